"""Memory for a search of walks, which grows as it is needed, and what comes of the search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.program import Limits
from evenhand.solve.regions import walks
from evenhand.solve.regions.graph import Integers, Labels

Array = TypeVar("Array", bound=NDArray[np.integer])
Net = tuple[Labels, Labels, Integers, Integers]
"""The first step of each corner; by step its head, its length and its three gains."""
FIRST_ROOM, MOST_ROOM = 2**16, 2**22
"""Walks from one corner for which there is room at first, and at the most: about 400 MB."""
MOST_STAIRS = 2**26
AT_ONCE = 100_000
"""Walks taken up between two looks at the clock."""


@dataclass(frozen=True, eq=False)
class Ahead:
    """What may be gained on the way back, by way, units of length left and place, beside what is gained `within`
    places."""

    place: Labels
    most: Integers
    unit: int
    within: Integers

    def fewest(self, corner: int, needs: Integers) -> int | None:
        """A length that no closed walk from a corner is below, if it gains what it needs; None: there is no such."""
        reached = (self.most[:, :, self.place[corner]] >= (needs - self.within)[:, None]).all(axis=0)
        return int(reached.argmax()) * self.unit if reached.any() else None


@dataclass(frozen=True, eq=False)
class Found:
    """No closed walk is shorter than `least`; the `steps` of one that has this length."""

    least: int
    steps: list[int] | None = None


class Room:
    """Memory for a search: the walks, those that wait, and what has been reached; see `walks`."""

    def __init__(self, start: int, corners: int, *, exact: bool) -> None:
        self.state = np.zeros(walks.STATES, dtype=np.int64)
        self.state[[walks.WAITING, walks.MADE]] = 1
        self._start, self._exact = start, exact
        self._walks = np.zeros((FIRST_ROOM, walks.WIDTH), dtype=np.int64)
        self._walks[0, walks.AT] = start
        self._heap = np.zeros(FIRST_ROOM, dtype=np.int32)
        self._table = np.full(4 * FIRST_ROOM, -1, dtype=np.int32)
        self._stairs = np.zeros((corners + 1, 1 if exact else 64, 2), dtype=np.int64)
        self._heights = np.zeros(corners + 1, dtype=np.int64)

    def search(self, net: Net, ahead: Any, asked: Any, longest: int, limits: Limits) -> bool:
        """Go on until a walk is closed or none is left (True), or time or room is over; see `walks.search`."""
        while True:
            arrays = (self._walks, self._heap, self._table, self._stairs, self._heights)
            end = walks.search(net, ahead, asked, self._start, longest, arrays, self.state, AT_ONCE)
            if end == walks.ENDED:
                return True
            if limits.spent() or (end == walks.FULL and not self._extend()):
                return False

    @property
    def bound(self) -> int:
        """No closed walk that is still to be found is shorter."""
        return int(self.state[walks.BOUND])

    def _extend(self) -> bool:
        """Make room for twice as many of what there was no room for; False: there would be too many."""
        if self.state[walks.FLIGHTS] == len(self._stairs):
            self._stairs, self._heights = _doubled(self._stairs), _doubled(self._heights)
        elif self.state[walks.HIGHEST] == self._stairs.shape[1]:
            self._stairs = np.concatenate([self._stairs, np.zeros_like(self._stairs)], axis=1)
        elif len(self._walks) < MOST_ROOM:
            self._walks, self._heap = _doubled(self._walks), _doubled(self._heap)
            self._table = walks.rehashed(self._table, self._walks, self._exact)
        else:
            return False
        return self._stairs.size <= MOST_STAIRS

    def closed(self) -> list[int] | None:
        """The steps of the closed walk that was found, the last one first."""
        return self.steps(int(self.state[walks.CLOSED])) or None

    def steps(self, walk: int) -> list[int]:
        """The steps of a walk, the last one first."""
        steps = []
        while walk:
            steps.append(int(self._walks[walk, walks.BY]))
            walk = int(self._walks[walk, walks.CAME])
        return steps

    def taken_up(self) -> tuple[Labels, Integers]:
        """The walks that none makes needless, with their rows."""
        numbers = np.sort(self._table[self._table >= 0])
        return numbers, self._walks[numbers]


def _doubled(array: Array) -> Array:
    return cast(Array, np.concatenate([array, np.zeros_like(array)]))
