"""The best partition among listed bundles: price triples while that closes the gap, then decide one pair."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from evenhand.solve.partition.cover import Cover
from evenhand.solve.partition.listed import Listed, Relaxed, Triple
from evenhand.solve.partition.master import SURE, Column
from evenhand.solve.partition.near import Near, TooMany
from evenhand.solve.partition.problem import LARGEST, Integers, PartitionProblem
from evenhand.solve.partition.symmetry import Symmetry

BUNDLES, STEPS = 300, 3_000
"""A part is searched to its end when no party has more bundles near the bound than this, in so many steps."""
CLOSED = 0.05
"""Triples are priced as long as that closes this part of what is open."""


@dataclass(frozen=True)
class Interest:
    """What the search is for: `enough()`, below which nothing is preferable, rising with what is found; who looks at
    a choice of bundles that fit (`visit`, bits by party) and at a partition to be mended (`complete`)."""

    enough: Callable[[], int]
    visit: Callable[[dict[int, int]], None]
    complete: Callable[[list[Column]], None]
    spent: Callable[[], bool]


@dataclass(order=True)
class _Part:
    """Bundles still open, with a bound on what they make."""

    order: tuple[int, int]
    rows: Integers = field(compare=False)
    start: Integers = field(compare=False)
    triples: list[Triple] = field(compare=False)


class ListedSearch:
    """Best bound first. `needed`: the items, as bits, that one of the bundles must have."""

    def __init__(
        self, problem: PartitionProblem, near: Sequence[Near], symmetry: Symmetry, needed: int, interest: Interest
    ) -> None:
        self.problem = problem
        self.listed = Listed(problem, near)
        self.symmetry = symmetry
        self.needed = needed
        self.interest = interest
        self.parts: list[_Part] = []

    def run(self, bound: int) -> int:
        """Search; the largest bound on what is left when it was stopped, −LARGEST at the end."""
        everything, nothing = np.arange(len(self.listed.party)), np.zeros(0, dtype=np.int64)
        self._push(bound, everything, nothing, [])
        while self.parts and not self.interest.spent():
            part = heapq.heappop(self.parts)
            if -part.order[0] >= self.interest.enough():
                self._search(part)
        return max((-part.order[0] for part in self.parts), default=-LARGEST)

    def _push(self, bound: int, rows: Integers, start: Integers, triples: list[Triple]) -> None:
        if bound >= self.interest.enough():
            heapq.heappush(self.parts, _Part((-bound, len(self.parts)), rows, start, triples))

    def _search(self, part: _Part) -> None:
        relaxed = self._tightened(part)
        if relaxed.bound < self.interest.enough() or self._covered(relaxed):
            return
        self._dive(relaxed)
        party, item = self._pair(relaxed)
        rows, start = relaxed.rows, np.array([row for row, _ in relaxed.mix], dtype=np.int64)
        bound = min(relaxed.bound, -part.order[0])
        for given in (True, False):
            left, known = (self._where(bundles, party, item, given=given) for bundles in (rows, start))
            self._push(bound, left, known, relaxed.triples)

    def _where(self, rows: Integers, party: int, item: int, *, given: bool) -> Integers:
        """The bundles left when the item goes to the party, or does not."""
        own, has = self.listed.party[rows] == party, self.listed.inside[rows, item] > 0
        left: Integers = rows[(own == has) if given else ~(own & has)]
        return left

    def _tightened(self, part: _Part) -> Relaxed:
        """The part's bound, with triples priced while that helps."""
        rows, start, triples, before = part.rows, part.start, part.triples, -part.order[0]
        while True:
            relaxed = self._relaxed(rows, triples, start)
            open_ = relaxed.bound - self.interest.enough()
            if open_ < 0 or len(relaxed.rows) <= BUNDLES or self.interest.spent():
                return relaxed
            fresh = [triple for triple in self.listed.violated(relaxed.mix) if triple not in relaxed.triples]
            if not fresh or before - relaxed.bound < CLOSED * open_:
                return relaxed
            before, rows, triples = relaxed.bound, relaxed.rows, [*relaxed.triples, *fresh]
            start = np.array([row for row, _ in relaxed.mix], dtype=np.int64)

    def _relaxed(self, rows: Integers, triples: list[Triple], start: Integers) -> Relaxed:
        relaxed = self.listed.relax(rows, triples, start)
        if all(share > SURE for _, share in relaxed.mix):
            self.interest.complete([self.listed.column(row) for row, _ in relaxed.mix])
        return relaxed.within(relaxed.bound - self.interest.enough())

    def _covered(self, relaxed: Relaxed) -> bool:
        """Look at every way to fit the bundles together, where they are few."""
        if len(relaxed.rows) > BUNDLES * self.problem.parties:
            return False
        cover = Cover(
            self.needed,
            relaxed.prices.tolist(),
            lambda: relaxed.bound - self.interest.enough(),
            self.interest.visit,
            max(STEPS, self.problem.parties),  # one bundle for each can always be looked at
            self.symmetry,
        )
        try:
            cover.run(self.listed.choices(relaxed))
        except TooMany:
            return False
        return True

    def _dive(self, relaxed: Relaxed) -> None:
        """Take the bundle the program is surest of, solve again without what overlaps it, until all are taken."""
        taken: list[int] = []
        while relaxed.bound >= self.interest.enough() and not self.interest.spent():
            loose = [(share, -row) for row, share in relaxed.mix if row not in taken]
            if not loose:
                return
            taken += [-row for share, row in loose if share > SURE] or [-max(loose)[1]]
            rows = self._without_overlaps(relaxed.rows, taken)
            start = np.intersect1d(rows, [row for row, _ in relaxed.mix])
            relaxed = self._relaxed(rows, relaxed.triples, start)

    def _without_overlaps(self, rows: Integers, taken: list[int]) -> Integers:
        """Of these bundles those taken, and those of other parties with none of their items."""
        items = self.listed.inside[taken].any(axis=0)
        served = np.isin(self.listed.party[rows], self.listed.party[taken])
        free = ~served & ~self.listed.inside[np.ix_(rows, items)].any(axis=1)
        left: Integers = rows[free | np.isin(rows, taken)]
        return left

    def _pair(self, relaxed: Relaxed) -> tuple[int, int]:
        """The pair of party and item that the program is least sure of, among those on which bundles differ."""
        shape = (self.problem.parties, self.problem.items)
        chance, having = np.zeros(shape), np.zeros(shape)
        for row, share in relaxed.mix:
            chance[self.listed.party[row]] += share * self.listed.inside[row]
        np.add.at(having, self.listed.party[relaxed.rows], self.listed.inside[relaxed.rows])
        count = np.bincount(self.listed.party[relaxed.rows], minlength=self.problem.parties)
        doubt = np.where((having > 0) & (having < count[:, None]), np.minimum(chance, 1 - chance), -1)
        party, item = np.unravel_index(int(doubt.argmax()), shape)
        return int(party), int(item)
