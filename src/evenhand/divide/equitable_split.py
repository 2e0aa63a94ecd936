"""Equitable split: all parties equally well served, and as well as that allows.

Every party gets the same points for its entitlement, points as written, and of all such deals the level is the
highest. What is divisible makes the parties even; whole things and choices are settled so that the level can be
high. Source: S. J. Brams and A. D. Taylor, Fair Division (1996), for the standard; L. E. Dubins and E. H. Spanier,
"How to cut a cake fairly", American Mathematical Monthly 68 (1961), for its existence when all is divisible.

For each way to settle the whole issues the best shares are a linear program, solved in fractions. Where there
are many ways, the solver proposes one and bounds the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evenhand.case import Case, Divisible
from evenhand.deals import (
    Deal,
    DealProgram,
    Method,
    NoDeal,
    Outcome,
    SearchTooLarge,
    Space,
    Step,
    clashing_rules,
    list_picks,
)
from evenhand.deals.shares import Box, Cell, ShareRows, boxes
from evenhand.deals.space import Pick
from evenhand.divide.procedure import Options, Procedure
from evenhand.solve import Infeasible

TIES = "Deals at the same level are worth the same to everyone; the first found in the order of the case is taken."
_LISTED = 60
"""How many ways to settle whole issues are tried one by one before the solver is asked."""


def why_not(case: Case) -> str | None:
    """The reason the equitable split is not defined for a case, or None."""
    if not any(isinstance(issue, Divisible) for issue in case.issues):
        return "All parties can be served exactly alike only if something is divisible; here nothing is."
    space = Space.of(case)
    for number, party in enumerate(case.principals):
        if not any(space.extremes(number)):
            return f"{party.label} gives points to nothing, so being served like the others has no meaning for it."
    return None


def run(case: Case, options: Options) -> Outcome:
    """The equitable deal with the highest level. Raises NoDeal when there is none."""
    space = Space.of(case)
    picks, bound = _few_picks(space), None
    if picks is None:
        picks, bound = _from_solver(space, options)
    deals = [deal for pick in picks for deal in _best_splits(space, pick)]
    if not deals:
        raise _nothing(case, bound)
    best = max(deals, key=lambda deal: _level(space, deal))
    step = Step("equal-level", {"level": str(_level(space, best))})
    return Outcome(best, (step,), _method(bound, _level(space, best)))


def _method(bound: float | None, level: Fraction) -> Method:
    if bound is None:
        proof = "Every way to settle the whole issues was compared in fractions."
        return Method("equitable-split", "exact linear programs", proof, 0.0, exact=True)
    proof = "The solver bounds the level; that all are served alike is exact."
    return Method("equitable-split", "SCIP, then an exact linear program", proof, max(0.0, bound - float(level)))


def _nothing(case: Case, bound: float | None) -> NoDeal:
    """Why there is no deal: rules that clash, no way to serve all alike, or too little time."""
    if clash := clashing_rules(case):
        return NoDeal("No deal satisfies the rules.", clash)
    if bound in (None, float("-inf")):
        return NoDeal("No deal serves all exactly alike: what is divisible cannot make up for the rest.")
    return NoDeal("No deal that serves all exactly alike was found in the time there was, though one may exist.")


def _level(space: Space, deal: Deal) -> Fraction:
    return space.values(deal)[0] / space.entitlements[0]


def _few_picks(space: Space) -> list[Pick] | None:
    """Every way to settle the whole issues, or None where there are many."""
    if space.size > _LISTED:
        return None
    try:
        return list(list_picks(space, 4 * _LISTED))
    except SearchTooLarge:
        return None


def _from_solver(space: Space, options: Options) -> tuple[list[Pick], float]:
    """The solver's way to settle the whole issues, if it found one, and a bound on the level (−inf: none)."""
    model = DealProgram(space)
    size = max(abs(end) / e for i, e in enumerate(space.entitlements) for end in space.extremes(i))
    level = model.program.continuous(None, None)
    for party, entitlement in enumerate(space.entitlements):
        terms, constant = model.value(party)
        unit = float(entitlement * size)
        model.program.equal([*((c / unit, v) for c, v in terms), (-1.0, level)], -constant / unit)
    answer = model.program.maximise([(1.0, level)], options.limits)
    if answer.values is None:
        return [], float("-inf") if answer.infeasible else float("inf")
    return [model.pick(answer)], answer.bound * float(size)


def _best_splits(space: Space, pick: Pick) -> Iterator[Deal]:
    """For each way to keep the rules on shares, the split that serves all equally at the highest level."""
    for box in boxes(space, pick):
        try:
            shares = _even(space, pick, box)
        except Infeasible:
            continue
        yield space.deal(pick, {k: {p: shares[k, i] for i, p in enumerate(space.parties)} for k in space.divisible})


def _even(space: Space, pick: Pick, box: Box) -> dict[Cell, Fraction]:
    """The shares within a box. Raises Infeasible when none make all parties even."""
    base = space.pick_values(pick)
    parties = range(len(base))
    cells = [(k, i) for k in space.divisible for i in parties]
    rate = {(k, i): space.worth[k][i][i] / space.entitlements[i] for k, i in cells}
    table = ShareRows(box, cells)
    for number in space.divisible:
        table.add({cell: Fraction(1) for cell in cells if cell[0] == number}, Fraction(1))
    first = {cell: rate[cell] for cell in cells if cell[1] == 0}
    start = base[0] / space.entitlements[0]
    for party in parties[1:]:
        own = {cell: -rate[cell] for cell in cells if cell[1] == party}
        table.add({**first, **own}, base[party] / space.entitlements[party] - start)
    return table.best(first)


PROCEDURE = Procedure(
    id="equitable-split",
    title="Equitable split",
    promise="All end with exactly the same points for their entitlement, as many as that allows; or, where no deal "
    "serves all alike, it says so.",
    use="Sides who compare what each of them got; shares, whole things and choices together.",
    avoid="Nothing is divisible; points on different scales; some would give up much only to stay even.",
    source="Brams and Taylor (1996); Dubins and Spanier (1961)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
