"""A length that no line between two sides is below, by closed walks over the corners of the map.

Every line is a closed walk that visits no corner twice and has on its left what one side needs. Here the shortest of
all closed walks with that on their left is sought, whatever they visit twice: no line is shorter, and where it is a
line itself, it is a shortest one. Where it goes around a cell twice, so that the cell counts twice, the search is done
again for lines with that cell on one side, and for those with it on the other. All is counted in whole numbers.

Read `dual` first, then `demands`, `closing` (the walks through one corner), `walks` (how they are taken up) and
`halves` (where both sides count alike).

Lines are taken apart by corners: those through a first corner (outside the map, as a rule), those through a second one
that avoid the first, and so on. Cells at corners done with all lie on one side of any line left, so soon too little is
left for the other side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.program import Limits
from evenhand.solve.regions.closing import Corner, Field, Start
from evenhand.solve.regions.graph import Labels, components
from evenhand.solve.regions.lines import Compact, Line, LineProblem, allowed, measured
from evenhand.solve.regions.room import Found


@dataclass(frozen=True, eq=False)
class Enclosed:
    """No line is shorter than `least`. `line`: one of at most the length asked for, if one was met."""

    least: int
    line: Line | None


def enclosed(problem: LineProblem, longest: int, limits: Limits) -> Enclosed | None:
    """Look for a line of at most this length; `least` is one more where there is none.

    None: the graph cannot be drawn without crossings, or values are too large.
    """
    field = Field.of(problem, Compact.of(problem))
    if field is None:
        return None
    starts = _starts(field, longest, limits)
    return Enclosed(0, None) if starts is None else _Branching(field, longest + 1).run(starts, limits)


class _Branching:
    """Searches, the one with the lowest bound first, each of which may have to be parted in two.

    `best`: the length of the shortest line met, or what there was to begin with; `passed`: no line in a part that was
    given up is shorter.
    """

    def __init__(self, field: Field, best: int) -> None:
        self._field, self.best, self.passed = field, best, best
        self.line: Line | None = None

    def run(self, waiting: list[Start], limits: Limits) -> Enclosed:
        """Until nothing can be shorter, or time is over."""
        while waiting and waiting[0].least < self.best and not limits.spent():
            start = waiting.pop(0)
            found = start.search(self.best - 1, _half(limits) if waiting else limits)
            waiting = sorted([*waiting, *self._after(start, found)], key=lambda start: start.least)
        return Enclosed(min([self.best, self.passed, *(start.least for start in waiting)]), self.line)

    def _after(self, start: Start, found: Found) -> list[Start]:
        """What remains to be searched."""
        times = None if found.steps is None else start.times(found.steps)
        if times is None:
            self.passed = min(self.passed, found.least)
            return []
        labels = np.asarray(times == 1, dtype=np.int32)[self._field.compact.into]
        if allowed(self._field.problem, labels):
            self.line = measured(self._field.problem, labels)
            self.best = self.line.border
            return []
        parts = start.parted(times, found.least)
        self.passed = self.passed if parts is not None else min(self.passed, found.least)
        return parts or []


def _half(limits: Limits) -> Limits:
    """Half of the time left, so that others get some too."""
    left = limits.left()
    return limits if left is None else Limits(left / 2)


def _starts(field: Field, longest: int, limits: Limits) -> list[Start] | None:
    """The searches that together find every line of at most this length, the most hopeful first; None: no time."""
    turn, found = _Turn(field), []
    for number in turn:
        if limits.spent():
            return None
        found += Corner.of(field, number, turn.open_, longest).starts()
    return sorted(found, key=lambda start: start.least)


class _Turn:
    """Corners one after the other, until the others leave too little for one side. `open_`: not done with yet."""

    def __init__(self, field: Field) -> None:
        self._dual, self._demands = field.dual, field.demands
        self.open_ = np.ones(field.dual.corners, dtype=bool)

    def __iter__(self) -> Iterator[int]:
        """Along ways into what is left, so that all that is done with hangs together."""
        path = [int(np.diff(self._dual.first).argmax())]
        while path:
            for number in path:
                yield number
                self.open_ = self.open_.copy()
                self.open_[number] = False
            path = self._path()

    def _path(self) -> list[int]:
        """From what is done with to the corner furthest from it, where both sides could have what they need."""
        piece = components(self._dual.graph, self.open_)
        inside = self._inside(piece)
        for number in range(int(piece.max(initial=-1)) + 1):
            if self._enough(inside == number):
                return self._furthest(piece == number)
            self.open_ = self.open_ & (piece != number)
        return []

    def _inside(self, piece: Labels) -> Labels:
        """For each cell the piece of its corners, −1 if one of them is done with."""
        dual = self._dual
        found = np.full(len(self._demands.weights), -1, dtype=np.int32)
        found[dual.left] = piece[dual.tails]
        found[dual.left[piece[dual.tails] < 0]] = -1
        found[dual.right[piece[dual.tails] < 0]] = -1
        return found

    def _enough(self, cells: NDArray[np.bool_]) -> bool:
        """Whether a label could have what it needs of these cells alone."""
        return bool((self._demands.weights[cells].sum(axis=0) >= self._demands.least()).any())

    def _furthest(self, among: NDArray[np.bool_]) -> list[int]:
        graph, came = self._dual.graph, {}
        done = np.flatnonzero(~self.open_).tolist()
        reached = [(int(near), -1) for corner in done for near in graph.neighbours(corner) if among[near]]
        for corner, before in reached:  # grows while it is walked through
            if corner not in came:
                came[corner] = before
                reached += [(int(near), corner) for near in graph.neighbours(corner) if among[near]]
        path = [list(came)[-1]]
        while came[path[-1]] >= 0:
            path.append(came[path[-1]])
        return path[::-1]
