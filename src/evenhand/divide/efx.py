"""Envy-freeness up to any item: whoever would rather have another's part would not, whichever one thing were left out.

How the deal is found, by the first of these that fits:

1. few ways to hand everything out: all are compared, and of those that qualify the one with the largest product
   of values is taken (burdens: the one whose worst-off party carries least, then the next, and so on);
2. two parties: one cuts everything into two parts as even as its own points allow, the other chooses;
3. all rank the things alike: envy cycles, from the largest thing to the smallest;
4. otherwise exchanges from a deal by envy cycles and from one by highest worth (`efx_search`), then the solver.

Whether such a deal always exists is open for four parties and more; a search that ends without one says so.
Source: B. Plaut and T. Roughgarden, "Almost envy-freeness with general valuations", SIAM Journal on Discrete
Mathematics 34 (2020); for burdens ranked alike B. Li, Y. Li and X. Wu, "Almost (weighted) proportional allocations for
indivisible chores", WWW (2022).
"""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from evenhand.case import Case
from evenhand.deals import Method, NoDeal, Outcome, Step
from evenhand.divide.efx_search import raised, searched, solved
from evenhand.divide.envy_cycle import hand_out
from evenhand.divide.procedure import Options, Procedure
from evenhand.divide.whole import Owners, Things, barred, is_efx, is_mixed, not_whole
from evenhand.solve import largest_minimum

TIES = (
    "Of equally good deals the first in the order of the case; the first in the case (or one drawn with the seed) "
    "cuts; a party that likes both parts alike leaves the other the part that one likes better."
)
_LISTED = 20_000
"""How many ways to hand everything out are compared one by one."""
_STEPS = 40_000
"""How many placements the search for an even cut tries."""


def why_not(case: Case) -> str | None:
    """The reason the procedure is not defined for a case, or None."""
    title = "Envy-freeness up to any item"
    if (reason := not_whole(case, title)) is not None:
        return reason
    if is_mixed(case):
        return f"With goods and burdens together the field has several definitions of {title[0].lower()}{title[1:]}."
    if not case.equal_entitlements:
        return f"{title} is sought for equal entitlements only; unequal ones may leave no such deal."
    return None


def run(case: Case, options: Options) -> Outcome:
    """A deal free of envy up to any item. Raises NoDeal when there is none, or none was found."""
    things = Things.of(case)
    if things.size <= _LISTED:
        return _best_of_all(things, _named(case))
    if barred(case) is None:
        if len(things.parties) == 2:
            return _cut_and_chosen(things, options)
        if (order := _common_ranking(things)) is not None:
            owners, trace = hand_out(things, order)
            proof = "All rank the things alike, so no step leaves more envy than its own thing."
            return _outcome(things, owners, trace, Method("efx", "envy cycles, largest thing first", proof))
    return _by_search(things, options, _named(case))


def _named(case: Case) -> str:
    """Why there may be no such deal, if a rule is in the way."""
    label = barred(case)
    return "" if label is None else f" A rule bars some party from “{label}”, which may be what is in the way."


def _outcome(things: Things, owners: Owners, trace: tuple[Step, ...], method: Method) -> Outcome:
    assert is_efx(things, owners)
    return Outcome(things.deal(owners), trace, method)


def _best_of_all(things: Things, hint: str) -> Outcome:
    """All ways compared; equal ones in the order of the case."""
    best, rank = None, None
    for owners in things.every():
        found = things.rank(owners)
        if (rank is None or found > rank) and is_efx(things, owners):
            best, rank = owners, found
    if best is None:
        raise NoDeal(
            f"Each of the {things.size:,} ways to hand everything out leaves somebody envious although some one thing "
            f"is left out.{hint}"
        )
    proof = "Every way to hand everything out was compared in whole numbers."
    step = Step("compared", {"deals": things.size})
    return _outcome(things, best, (step,), Method("efx", "listing", proof, 0.0, exact=True))


def _cut_and_chosen(things: Things, options: Options) -> Outcome:
    """One party cuts, the other chooses. The seed draws who cuts; without it, the first in the case."""
    cutter = 0 if options.seed is None else random.Random(options.seed).randrange(2)
    parts = _even_cut(things, cutter)
    chooser = 1 - cutter
    worth = [[sum(things.points[party][k] for k in part) for part in parts] for party in (cutter, chooser)]
    chosen = max((0, 1), key=lambda part: (worth[1][part], -worth[0][part], -part))
    owners = [chooser if k in parts[chosen] else cutter for k in range(things.count)]
    space = things.space
    names = [[space.issues[k].id for k in part] for part in parts]
    points = [str(Fraction(total, things.scales[cutter])) for total in worth[0]]
    cut = Step("cut", {"party": space.parties[cutter], "parts": names, "points": points})
    choice = Step("choose", {"party": space.parties[chooser], "part": names[chosen]})
    proof = "The cutter would be content with either part but for any one thing; the chooser takes the better one."
    return _outcome(things, owners, (cut, choice), Method("efx", "cut and choose", proof, seed=options.seed))


def _even_cut(things: Things, cutter: int) -> list[list[int]]:
    """Two parts with the worse as good as the cutter's points allow; where that is long work, largest things first."""
    own = things.points[cutter]
    best = largest_minimum(own, 2, _STEPS)
    alike = replace(things, points=(own, own), scales=(1, 1))
    owners = [int(k in best.parts[1]) for k in range(things.count)]
    if not best.decided and not is_efx(alike, owners):
        owners = hand_out(alike, sorted(range(things.count), key=lambda k: -abs(own[k])))[0]
    return alike.holdings(owners)


def _common_ranking(things: Things) -> list[int] | None:
    """The things from the largest to the smallest, if all parties can agree on that order; or None."""
    columns = list(zip(*things.points, strict=True))
    order = sorted(range(things.count), key=lambda k: -abs(sum(columns[k])))
    agree = all(abs(a) >= abs(b) for k, n in pairwise(order) for a, b in zip(columns[k], columns[n], strict=True))
    return order if agree else None


def _by_search(things: Things, options: Options, hint: str) -> Outcome:
    """Exchanges; where they get stuck, the solver. The generator's seed is 0 unless one is given."""
    options.progress("looking for a deal free of envy up to any item")
    found, tried = searched(things, options)
    algorithm = "exchanges"
    if found is None:
        options.progress("asking the solver")
        found = solved(things, options, hint)
        algorithm = "SCIP, then exchanges"
    owners = raised(things, found, options)
    proof = "That the deal is free of envy up to any item is exact; a better one of this kind may exist."
    method = Method("efx", algorithm, proof, seed=options.seed or 0)
    return _outcome(things, owners, (Step("searched", {"deals": tried}),), method)


PROCEDURE = Procedure(
    id="efx",
    title="Envy-free up to any item",
    promise="Whoever prefers another's part would not, whichever one thing were left out; where the ways are few, "
    "the best such deal.",
    use="Sides that watch each other closely, and whole things only: the strongest promise about envy they allow.",
    avoid="Goods and burdens together, unequal entitlements, shares or choices.",
    source="Plaut and Roughgarden (2020); Li, Li and Wu (2022)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
