"""New shares of one or two divisibles that raise the smallest gain most, everything else of a deal as it is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evenhand.case import Divisible
from evenhand.deals import Deal, Space
from evenhand.deals.shares import Box, Cell, boxes
from evenhand.deals.space import Pick
from evenhand.solve import Infeasible, maximise_exactly


@dataclass(frozen=True)
class Reshare:
    """What to share anew: the divisibles `issues` of `deal`, so that parties gain over `start`.

    `summed`: the sum of gains is to be largest, whoever gains; else the smallest gain.
    """

    space: Space
    start: Deal
    deal: Deal
    issues: tuple[int, ...]
    summed: bool


def shared_gains(wanted: Reshare) -> Deal | None:
    """The deal with the best shares, or None where no shares that the rules allow leave nobody worse off."""
    best: tuple[Fraction, Deal] | None = None
    for box in boxes(wanted.space, _pick(wanted)):
        found = _best_in(wanted, box)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


def _pick(wanted: Reshare) -> Pick:
    """The whole issues as settled; of an asset that is shared, its first holder."""
    space = wanted.space
    names = [next(iter(s)) if not isinstance(s, str) else s for s in wanted.deal.settlements.values()]
    rows = zip(space.issues, space.settlements, names, strict=True)
    return tuple(-1 if isinstance(issue, Divisible) else _number(of, name) for issue, of, name in rows)


def _number(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else 0


def _best_in(wanted: Reshare, box: Box) -> tuple[Fraction, Deal] | None:
    """First the largest smallest gain; where that is nothing, the largest sum at which nobody loses."""
    found = _solved(wanted, box, smallest=not wanted.summed)
    if found is not None and not wanted.summed and found[0] == 0:
        found = _solved(wanted, box, smallest=False)
        return found and (Fraction(0), found[1])
    return found


def _solved(wanted: Reshare, box: Box, *, smallest: bool) -> tuple[Fraction, Deal] | None:
    """The best value and deal. Variables: shares from their lower bounds, then the smallest gain, then slacks."""
    space, parties = wanted.space, range(len(wanted.space.parties))
    cells: list[Cell] = [(issue, party) for issue in wanted.issues for party in parties]
    worth = {(k, p): space.worth[k][p][p] for k, p in cells}
    rows: list[tuple[dict[int, Fraction], int, Fraction]] = []
    for issue in wanted.issues:
        left = 1 - sum((box.lower[issue, party] for party in parties), Fraction(0))
        rows.append(({n: Fraction(1) for n, cell in enumerate(cells) if cell[0] == issue}, 0, left))
    rows += [({n: Fraction(1)}, 1, box.upper[cell] - box.lower[cell]) for n, cell in enumerate(cells)]
    at_lower = {p: _gain_at_lower(wanted, box, p) for p in parties}
    for party in parties if not wanted.summed else ():
        terms = {n: worth[cell] for n, cell in enumerate(cells) if cell[1] == party}
        rows.append((terms | ({len(cells): Fraction(-1)} if smallest else {}), -1, -at_lower[party]))
    costs = {len(cells): Fraction(1)} if smallest else {n: worth[cell] for n, cell in enumerate(cells)}
    try:
        point = _maximised(costs, rows, len(cells) + 1)
    except Infeasible:
        return None
    value = point[len(cells)] if smallest else sum((costs[n] * point[n] for n in costs), Fraction(0))
    return value, _with_shares(wanted, {cell: box.lower[cell] + point[n] for n, cell in enumerate(cells)})


def _gain_at_lower(wanted: Reshare, box: Box, party: int) -> Fraction:
    """What a party gains over the start with the least shares it may have of what is shared anew."""
    space, own = wanted.space, Fraction(0)
    name = space.parties[party]
    for issue in wanted.issues:
        whole = space.worth[issue][party][party]
        own += whole * (box.lower[issue, party] - wanted.deal.shares(space.issues[issue].id).get(name, Fraction(0)))
    return space.values(wanted.deal)[party] - space.values(wanted.start)[party] + own


def _maximised(
    costs: dict[int, Fraction], rows: list[tuple[dict[int, Fraction], int, Fraction]], width: int
) -> list[Fraction]:
    slacks = [number for number, (_, slack, _) in enumerate(rows) if slack]
    table = [
        [terms.get(n, Fraction(0)) for n in range(width)] + [Fraction(slack * int(number == s)) for s in slacks]
        for number, (terms, slack, _) in enumerate(rows)
    ]
    objective = [costs.get(n, Fraction(0)) for n in range(width)] + [Fraction(0)] * len(slacks)
    return list(maximise_exactly(objective, table, [bound for _, _, bound in rows]))


def _with_shares(wanted: Reshare, shares: dict[Cell, Fraction]) -> Deal:
    space = wanted.space
    settled = dict(wanted.deal.settlements)
    for issue in wanted.issues:
        settled[space.issues[issue].id] = {p: shares[issue, n] for n, p in enumerate(space.parties)}
    return Deal.of(space.case, settled, wanted.deal.payments, subsidy=wanted.deal.subsidy)
