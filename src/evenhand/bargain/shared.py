"""The frontier of two parties that have something to split, or money to pay: exact points and stretches."""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from evenhand.bargain.profile import Piece, Point, Profile, clipped, envelope
from evenhand.bargain.sharing import Chain, chain_of, payments_between, payments_of, shares_of
from evenhand.case import Case
from evenhand.deals import Deal, NotDefined, deal_file, with_cakes
from evenhand.deals.shares import boxes
from evenhand.deals.space import Pick
from evenhand.deals.summing import Summing
from evenhand.solve.frontier import Front, SumProblem

if TYPE_CHECKING:
    from evenhand.bargain.frontier import Frontier

Row = tuple[int, ...]
Find = Callable[[SumProblem], Front]
"""Merges, as long as there is time."""


@dataclass(frozen=True)
class Way:
    """Whole issues that come to a row and end in a state (which rules on shares they satisfy), and a way to share."""

    state: int
    row: Row
    chain: Chain


@dataclass(frozen=True)
class Shared:
    """All that two parties can reach: sums of whole issues, and for each state the chains of sharing."""

    case: Case
    summing: Summing
    least: Point | None
    front: Front
    paid: tuple[Fraction, Fraction] | None

    @classmethod
    def of(cls, case: Case, summing: Summing, least: Sequence[Fraction] | None, find: Find) -> Shared:
        """Merge the whole issues; raises NotDefined where payments have no bounds, or time does not suffice."""
        space = summing.space
        floor: Point | None = None if least is None else (least[0], least[1])
        most = (space.extremes(0)[1], space.extremes(1)[1])
        paid = payments_between(space.case, floor, most)
        flows = (0, 0) if paid is None or case.money is None else (paid[1], case.money.to_pay - paid[0])
        reach = [sum((max(space.worth[k][p][p], Fraction(0)) for k in space.divisible), Fraction(0)) for p in (0, 1)]
        problem = summing.problem(None if floor is None else [floor[p] - reach[p] + flows[p] for p in (0, 1)])
        front = find(problem)
        if not front.complete:
            raise NotDefined("There was not time enough for all efficient packages of things that can be split.")
        return cls(case, summing, floor, front, paid)

    @cached_property
    def ways(self) -> list[Way]:
        """Every way to come to a value that may be efficient."""
        if self.paid is not None and self.paid[0] < self.paid[1]:
            return []
        found = []
        for state in self.front.states:
            rows = [tuple(row) for row in self.front.rows_in(state).tolist()]
            chains = self._chains(state, rows[0]) if rows else []
            found += [Way(state, row, chain) for row in rows for chain in chains]
        return sorted(found, key=lambda way: way.row)

    def _chains(self, state: int, row: Row) -> list[Chain]:
        space = self.summing.space
        pick = self._pick(next(self.front.picks(row, state)))
        found: list[Chain] = []
        for box in boxes(space, pick):
            chain = chain_of(space, box, self.paid)
            found += [] if chain in found else [chain]
        return found

    def _pick(self, groups: Pick) -> Pick:
        """A pick of the whole issues as a pick of all; -1 for what is divisible."""
        pick = [-1] * len(self.summing.space.issues)
        for number, settlement in zip(self.summing.whole, groups, strict=True):
            pick[number] = settlement
        return tuple(pick)

    def _points(self, row: Row) -> Point:
        first, second = (Fraction(units, scale) for units, scale in zip(row, self.summing.scales, strict=True))
        return first, second

    def profile(self) -> Profile:
        """What is efficient, from the first party's least to its most."""
        every = envelope([way.chain.profile(self._points(way.row), number) for number, way in enumerate(self.ways)])
        return every if self.least is None else clipped(every, self.least)

    def deal(self, piece: Piece, point: Point) -> Deal:
        """The first deal of a piece's way, shared so that it comes to a point."""
        way = self.ways[piece.source[0]]
        return self._deal(next(self.front.picks(way.row, way.state)), way, point)

    def _deal(self, groups: Pick, way: Way, point: Point) -> Deal:
        space = self.summing.space
        position = self._position(way, point)
        assert position is not None
        whole = space.deal(self._pick(groups), shares_of(space, position))
        return with_cakes(self.case, Deal.of(space.case, whole.settlements, payments_of(space, position)))

    def _position(self, way: Way, point: Point) -> dict[int, Fraction] | None:
        base = self._points(way.row)
        return way.chain.position((point[0] - base[0], point[1] - base[1]))

    def deals(self, value: Sequence[Fraction]) -> Iterator[Deal]:
        """A deal for each way to settle the whole issues that comes to the value, in the case's order."""
        point = (value[0], value[1])
        ways = [way for way in self.ways if self._position(way, point) is not None]
        streams = [((pick, number) for pick in self.front.picks(w.row, w.state)) for number, w in enumerate(ways)]
        return (self._deal(pick, ways[number], point) for pick, number in heapq.merge(*streams))

    def deal_texts(self, frontier: Frontier) -> Iterator[str]:
        """The first deal of each value, as the inside of a JSON object."""
        for k in range(len(frontier)):
            yield json.dumps(deal_file(frontier.deal(k)), ensure_ascii=False)[1:-1]
