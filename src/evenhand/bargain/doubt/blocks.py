"""A case as blocks of issues that can be settled apart from each other: what is best adds up block by block.

Where shares are divided, a sum of points is largest at an end: with one party for all, or at a bound that the rules
set. So each block has finitely many ways to be settled that matter, and the best sum over all deals that keep the
rules is found exactly, in any world.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

import numpy as np
from numpy.typing import NDArray

from evenhand.case import Case
from evenhand.deals import (
    Clause,
    Deal,
    SearchTooLarge,
    Settlement,
    Space,
    applies,
    in_stretches,
    lay_out,
    list_picks,
    unsatisfiable,
    with_cakes,
)
from evenhand.deals.shares import Box, boxes

LARGEST_BLOCK = 5000


@dataclass(frozen=True)
class Block:
    """Issues that rules or `together` terms tie, by number, and every way to settle them.

    `settlements[i]` are the settlements of its i-th issue that occur; `ways[w, i]` says which of them way w takes;
    `bonus[w][p]` are the points that come together for party p.
    """

    issues: tuple[int, ...]
    settlements: tuple[tuple[Settlement, ...], ...]
    ways: NDArray[np.int64]
    bonus: tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class Blocks:
    """The blocks of a case, in the order of their first issues.

    `exact` is False where a block had too many ways: then its issues stand alone, rules that tie them are left out,
    and what is best in the blocks is no less than what is best among deals.
    """

    space: Space
    blocks: tuple[Block, ...]
    exact: bool

    @classmethod
    def of(cls, case: Case, most: int = LARGEST_BLOCK) -> Blocks:
        """The blocks of a case. Raises NoDeal where no deal keeps the rules."""
        space = lay_out(case)
        blocks: list[Block] = []
        exact = True
        for numbers in _tied(space):
            try:
                blocks.append(_block(space, numbers, most if len(numbers) > 1 else None))
            except SearchTooLarge:
                exact = False
                blocks += [_block(_apart(space), (number,)) for number in numbers]
        if any(not len(block.ways) for block in blocks):
            raise unsatisfiable(case)
        return cls(space, tuple(blocks), exact)

    def deal(self, case: Case, ways: Sequence[int]) -> Deal:
        """The deal that takes these ways, a number for each block. Only where the blocks are exact."""
        settled: dict[str, Settlement] = {}
        for block, way in zip(self.blocks, ways, strict=True):
            for place, number in enumerate(block.issues):
                settled[self.space.issues[number].id] = block.settlements[place][block.ways[way, place]]
        return with_cakes(case, Deal.of(in_stretches(case), settled))


def _tied(space: Space) -> list[tuple[int, ...]]:
    """The issues in groups that no rule and no `together` term crosses."""
    group = list(range(len(space.issues)))
    ties = [[literal.issue for literal in clause.literals] for clause in space.clauses]
    for tie in (*ties, *(when for _, when, _ in space.bonuses())):
        joined = {group[space.number_of[issue]] for issue in tie}
        group = [min(joined) if found in joined else found for found in group]
    return [tuple(k for k, found in enumerate(group) if found == first) for first in sorted(set(group))]


def _apart(space: Space) -> Space:
    """The space without what ties its issues; the terms that come together are counted wherever that helps."""
    return replace(space, clauses=())


def _block(space: Space, numbers: tuple[int, ...], most: int | None = None) -> Block:
    own = {space.issues[number].id for number in numbers}
    part = replace(
        space,
        issues=tuple(space.issues[number] for number in numbers),
        settlements=tuple(space.settlements[number] for number in numbers),
        worth=tuple(space.worth[number] for number in numbers),
        clauses=tuple(clause for clause in space.clauses if _within(clause, own)),
    )
    listed: list[list[Settlement]] = [[] for _ in numbers]
    places: list[dict[str, int]] = [{} for _ in numbers]
    ways: list[list[int]] = []
    bonus: list[tuple[Fraction, ...]] = []
    for settled in _settled(part, most):
        ways.append([_place(listed[i], places[i], found) for i, found in enumerate(settled)])
        bonus.append(_bonus(part, settled))
        if most is not None and len(ways) > most:
            raise SearchTooLarge
    shape = np.array(ways, np.int64).reshape(len(ways), len(numbers))
    return Block(numbers, tuple(tuple(found) for found in listed), shape, tuple(bonus))


def _within(clause: Clause, issues: set[str]) -> bool:
    return any(literal.issue in issues for literal in clause.literals)


def _place(listed: list[Settlement], places: dict[str, int], settlement: Settlement) -> int:
    """Where a settlement stands in a list, put there if it is new."""
    key = repr(settlement)
    if key not in places:
        places[key] = len(listed)
        listed.append(settlement)
    return places[key]


def _settled(part: Space, most: int | None) -> Iterator[tuple[Settlement, ...]]:
    """Every way to settle some issues that matters for sums, in the case's order."""
    for pick in list_picks(part, None if most is None else 20 * most):
        for shares in _ends(part, pick):
            yield tuple(shares[k] if choice < 0 else part.settlements[k][choice] for k, choice in enumerate(pick))


def _ends(part: Space, pick: tuple[int, ...]) -> list[Mapping[int, Settlement]]:
    """The corners of what the rules leave for shares, each once."""
    if not part.divisible and not part.clauses:
        return [{}]
    found: dict[str, Mapping[int, Settlement]] = {}
    for box in boxes(part, pick):
        corners = [_corners(part, box, number) for number in part.divisible]
        for chosen in product(*corners):
            shares = dict(zip(part.divisible, chosen, strict=True))
            found.setdefault(repr(shares), shares)
    return list(found.values())


def _corners(part: Space, box: Box, number: int) -> list[Settlement]:
    """The corners of the shares of one divisible: all parties but one at a bound."""
    parties = range(len(part.parties))
    found: dict[tuple[Fraction, ...], Settlement] = {}
    for last in parties:
        others = [party for party in parties if party != last]
        for ends in product(*((box.upper[number, p], box.lower[number, p]) for p in others)):
            shares = dict(zip(others, ends, strict=True))
            shares[last] = 1 - sum(shares.values(), Fraction(0))
            if box.lower[number, last] <= shares[last] <= box.upper[number, last]:
                row = tuple(shares[party] for party in parties)
                named = {part.parties[party]: share for party, share in enumerate(row) if share}
                found.setdefault(row, named)
    return [found[row] for row in sorted(found, reverse=True)]


def _bonus(part: Space, settled: Sequence[Settlement]) -> tuple[Fraction, ...]:
    points = [Fraction(0)] * len(part.parties)
    deal = Deal({issue.id: found for issue, found in zip(part.issues, settled, strict=True)})
    own = deal.settlements.keys()
    for party, when, term in part.bonuses():
        counted = max(term, Fraction(0)) if not when.keys() <= own and when.keys() & own else Fraction(0)
        points[party] += (term if applies(when, deal) else 0) if when.keys() <= own else counted
    return tuple(points)
