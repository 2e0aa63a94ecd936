"""The deal with the largest sum of points: what is best for all together where money can change hands."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evenhand.deals.deal import Deal
from evenhand.deals.listing import SearchTooLarge, list_picks
from evenhand.deals.shares import Box, Cell, ShareRows, boxes
from evenhand.deals.space import Space
from evenhand.solve import Infeasible

Shares = dict[int, dict[str, Fraction]]


def settled_apart(space: Space) -> bool:
    """Whether each issue can be settled by itself: no rule ties issues, and points simply add."""
    return not space.clauses and space.additive


def largest_sum(space: Space, most: int) -> Deal | None:
    """The deal with the largest sum of points among those that keep the rules; of equal ones the first in order.

    None when no deal keeps them. Issue by issue where nothing ties them together; else all ways to settle the
    whole issues are looked at. Raises SearchTooLarge where there are more than `most` of them.
    """
    if any(not names for names in space.settlements):
        return None
    if settled_apart(space):
        return _issue_by_issue(space)
    if space.size > most:
        raise SearchTooLarge
    best: tuple[Fraction, Deal] | None = None
    for deal in _candidates(space):
        total = sum(space.values(deal), Fraction(0))
        if best is None or total > best[0]:
            best = total, deal
    return best and best[1]


def sums_of(space: Space) -> list[list[Fraction]]:
    """What each settlement of each issue brings to all together."""
    return [[sum(filter(None, worth), Fraction(0)) for worth in rows] for rows in space.worth]


def _issue_by_issue(space: Space) -> Deal:
    tops = [row.index(max(row)) for row in sums_of(space)]
    shares = {number: {space.settlements[number][tops[number]]: Fraction(1)} for number in space.divisible}
    return space.deal(tuple(-1 if k in space.divisible else top for k, top in enumerate(tops)), shares)


def _candidates(space: Space) -> Iterator[Deal]:
    """For every way to settle the whole issues, the best way to share the others."""
    for pick in list_picks(space):
        if not space.divisible:
            yield space.deal(pick)
        else:
            for box in boxes(space, pick):
                shares = _best_shares(space, box)
                if shares is not None:
                    yield space.deal(pick, shares)


def _best_shares(space: Space, box: Box) -> Shares | None:
    cells: list[Cell] = [(issue, party) for issue in space.divisible for party in range(len(space.parties))]
    table = ShareRows(box, cells)
    for number in space.divisible:
        table.add({cell: Fraction(1) for cell in cells if cell[0] == number}, Fraction(1))
    gains = {
        (number, space.parties.index(name)): space.worth[number][at][space.parties.index(name)]
        for number in space.divisible
        for at, name in enumerate(space.settlements[number])
    }
    try:
        found = table.best(gains)
    except Infeasible:
        return None
    return {k: {party: found[k, i] for i, party in enumerate(space.parties)} for k in space.divisible}
