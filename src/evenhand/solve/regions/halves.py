"""The shortest closed walk where both sides count cells alike: of two halves that meet.

What such a walk encloses must be neither too much nor too little, so of two walks to a corner that enclose different
amounts neither makes the other needless, and there are very many. But no more than half as long a walk need be looked
at: a closed walk is one of at most half its length, a step, and the way back of another one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.program import Limits
from evenhand.solve.regions import walks
from evenhand.solve.regions.demands import Demands
from evenhand.solve.regions.dual import Dual
from evenhand.solve.regions.graph import Integers
from evenhand.solve.regions.lines import Compact
from evenhand.solve.regions.meeting import meet
from evenhand.solve.regions.room import Ahead, Found, Net, Room

FIXED = (2**54, 2**46)
"""What going around a cell fixed to label 0, and to label 1, adds to the third sum."""
WAYS = np.array([[1, 0], [-1, 0]], dtype=np.int64)
"""At least so much, and at most."""
NEVER = 2**61


@dataclass(frozen=True, eq=False)
class Halves:
    """Where walks go and what they gain: the one amount, and how often they go around cells that are fixed or told.

    `fixed`: how many cells are, to each label. What could be gained by going around again and again over steps of no
    length is taken from `least` and added to `most`.
    """

    dual: Dual
    net: Net
    total: int
    least: int
    most: int
    fixed: tuple[int, int]

    @classmethod
    def of(cls, dual: Dual, demands: Demands, compact: Compact, turns: Integers, root: int) -> Halves | None:
        """None: both sides do not count alike, or a cell that is fixed or told has no border but steps of no length."""
        if demands.alike is None:
            return None
        weights = np.zeros((compact.graph.size, 3), dtype=np.int64)
        weights[:, 0], weights[:, 2] = demands.alike.weights, turns[:, 0]
        for label, worth in enumerate(FIXED):
            weights[compact.fixed == label, 2] += worth
        gains = dual.gains(weights, root)
        if gains[dual.around, 2].any():
            return None
        loose = int(np.abs(gains[dual.around, 0]).sum()) // 2
        gains[dual.around] = 0
        count = (int((compact.fixed == 0).sum()), int((compact.fixed == 1).sum()))
        alike = demands.alike
        net = (dual.first, dual.head, dual.length, gains)
        return cls(dual, net, alike.total, alike.least - loose, alike.most + loose, count)

    def search(
        self,
        corner: int,
        open_: NDArray[np.bool_],
        look: Ahead,
        inside: bool,
        target: int,
        longest: int,
        limits: Limits,
    ) -> Found:
        """The shortest of at most this length through a corner over open ones, with the root on its left (`inside`) or
        not. `target`: what going around the cells told is to add up to."""
        nowhere = np.zeros(self.dual.corners, dtype=np.int64)
        ahead = (open_, nowhere, look.place, look.most, look.unit, longest - longest // 2)
        short = self.total if inside else 0
        least, most = self.least - short, self.most - short
        before = np.array([(least, -most), (-most, least)]) - look.within
        room = Room(corner, self.dual.corners, exact=True)
        whole = room.search(self.net, ahead, (WAYS, np.full((2, 2), NEVER), before, 0, True), longest // 2, limits)
        covered = longest if whole else min(longest, 2 * room.bound - 1)
        target += self.fixed[1] * FIXED[1] * (not inside) - self.fixed[0] * FIXED[0] * inside
        return self._met(room, open_, corner, (least, most, target), covered)

    def _met(
        self, room: Room, open_: NDArray[np.bool_], corner: int, asked: tuple[int, int, int], longest: int
    ) -> Found:
        numbers, rows = room.taken_up()
        order = np.lexsort((rows[:, walks.ONE], rows[:, walks.TURN], rows[:, walks.AT]))
        rows = rows[order]
        begin = np.searchsorted(rows[:, walks.AT], np.arange(self.dual.corners + 1))
        sums = tuple(rows[:, column].copy() for column in (walks.TURN, walks.ONE, walks.LONG))
        met = np.full(4, -1, dtype=np.int64)
        met[0] = longest + 1
        meet(self.net, open_, corner, begin, sums, asked, met)
        if met[1] < 0:
            return Found(longest + 1)
        back = self.dual.opposite[room.steps(int(numbers[order[met[3]]]))].tolist()
        return Found(int(met[0]), [*room.steps(int(numbers[order[met[1]]])), int(met[2]), *back])
