"""The best exact split of the divisibles, once the whole issues are settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from evenhand.deals import Deal, NoDeal, Space
from evenhand.deals.shares import Box, Cell, boxes
from evenhand.deals.space import Pick
from evenhand.divide.nash.product import Found, compared
from evenhand.divide.product_shares import largest_product


@dataclass(frozen=True)
class Candidate:
    """A deal in the making: what settles the whole issues, the shares, the values, the multipliers."""

    pick: Pick
    shares: dict[int, dict[str, Fraction]]
    values: tuple[Fraction, ...]
    multipliers: tuple[Fraction, ...] | None = None


class Undecided(Exception):
    """The time is over, or a split could not be solved exactly."""


def polished(space: Space, found: Found) -> Found:
    """The same whole settlements with the best exact split of the divisibles, or else a split near the one found.

    The split found keeps the rules only up to the solver's tolerance; what is given back keeps them exactly.
    """
    if not space.divisible:
        return found
    pick = tuple(
        -1 if number in space.divisible else space.settlements[number].index(str(found.deal[issue.id]))
        for number, issue in enumerate(space.issues)
    )
    try:
        better = best_split(space, pick)
    except Undecided:
        better = _nearest_split(space, pick, found.deal)
    if better is None:
        raise NoDeal("Rules on shares clash by less than the solver can tell.")
    return replace(found, deal=space.deal(better.pick, better.shares), values=better.values)


def best_split(space: Space, pick: Pick) -> Candidate | None:
    """The best deal with these whole settlements; None when there is none. Raises Undecided."""
    base = space.pick_values(pick)
    if not space.divisible:
        return Candidate(pick, {}, base)
    best: Candidate | None = None
    for box in boxes(space, pick):
        split = largest_product(space, base, _counted(space, base, box), box)
        if split is None:
            raise Undecided
        candidate = _candidate(space, pick, split.shares, split.multipliers)
        if best is None or compared(space, candidate.values, best.values) > 0:
            best = candidate
    return best


def _candidate(
    space: Space, pick: Pick, shares: Mapping[Cell, Fraction], multipliers: tuple[Fraction, ...] | None
) -> Candidate:
    parties = list(enumerate(space.parties))
    values = tuple(
        value + sum((shares[n, i] * space.worth[n][i][i] for n in space.divisible), Fraction(0))
        for i, value in enumerate(space.pick_values(pick))
    )
    named = {number: {party: shares[number, i] for i, party in parties} for number in space.divisible}
    return Candidate(pick, named, values, multipliers)


def _counted(space: Space, base: Sequence[Fraction], box: Box) -> list[Fraction]:
    """The entitlements of the parties that some split brings above zero, 0 for others. Raises Undecided.

    Where nobody starts below zero, the middle of their best splits brings all of them above zero at once.
    """
    weights = []
    for party, (value, weight) in enumerate(zip(base, space.entitlements, strict=True)):
        most = sum((space.worth[n][party][party] * box.most(space, (n, party)) for n in space.divisible), Fraction(0))
        if value < 0 < value + most:
            raise Undecided
        weights.append(weight if value + most > 0 else Fraction(0))
    return weights


def _nearest_split(space: Space, pick: Pick, deal: Deal) -> Candidate | None:
    """The first split within the rules' bounds that follows the deal's shares as far as they allow."""
    for box in boxes(space, pick):
        shares: dict[Cell, Fraction] = {}
        for number in space.divisible:
            held = deal.shares(space.issues[number].id)
            cells = [(number, party) for party in range(len(space.parties))]
            wanted = {cell: held.get(space.parties[cell[1]], Fraction(0)) for cell in cells}
            shares |= {c: min(max(wanted[c], box.lower[c]), box.upper[c]) for c in cells}
            for cell in cells:
                change = 1 - sum(shares[other] for other in cells)
                shares[cell] = min(max(shares[cell] + change, box.lower[cell]), box.upper[cell])
        return _candidate(space, pick, shares, None)
    return None
