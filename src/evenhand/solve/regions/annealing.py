"""Good lines by search: the shortest, the one with the best worst-off side, the largest product, the least moved.

What is found is measured exactly; that nothing is better is not claimed here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.program import Limits
from evenhand.solve.regions.compiled import seeded
from evenhand.solve.regions.flips import anneal, room_for
from evenhand.solve.regions.graph import FREE, LARGEST, Integers, Labels
from evenhand.solve.regions.lines import Compact, Line, LineProblem, measured
from evenhand.solve.regions.starts import grown_line

AT_ONCE = 50_000
"""Steps between two looks at the clock."""
PENALTIES = (1.0, 3.0, 10.0)
"""What it costs, round by round, to be amiss by an average cell, where an average border costs 1."""


HOT, SCREENED, REHEATED = 1.5, 0.6, 0.4
"""Temperatures at first, in what an average cell changes: from a grown line, from the best of several after a short
annealing, and from the best line so far."""
SCREENING = 8
"""Grown lines that are annealed shortly for one that is annealed at length: where a line runs is decided early."""


@dataclass(frozen=True)
class Aim:
    """What is sought, as weights: a short `border`, little `moving`, a high `worst` level, a large `nash` product.

    Each is counted in what an average cell changes it by, so that weights of 1 and 1 are of the same order.
    """

    border: float = 0.0
    moving: float = 0.0
    worst: float = 0.0
    nash: float = 0.0


SHORTEST = Aim(border=1.0)
BEST_WORST = Aim(worst=1.0, border=0.001)
LARGEST_PRODUCT = Aim(nash=1.0, border=0.001)
LEAST_MOVED = Aim(moving=1.0, border=0.001)


@dataclass(frozen=True)
class Effort:
    """How long to search: rounds of `sweeps` steps per cell; at least so many `rounds`, and so many `steps` in all."""

    rounds: int = 12
    sweeps: int = 200
    steps: int = 150_000
    seed: int = 0

    def rounds_for(self, cells: int) -> int:
        """How many rounds that makes."""
        return max(self.rounds, self.steps // (self.sweeps * cells))


@dataclass(frozen=True, eq=False)
class Kept:
    """Short lines by level, kept on the way: a row for each of equally wide ranges of levels from `low` on."""

    low: float
    per_level: float
    borders: NDArray[np.int64]
    levels: NDArray[np.float64]
    lines: Labels

    @classmethod
    def rows(cls, low: float, high: float, count: int, cells: int) -> Kept:
        """Empty rows."""
        width = max(high - low, 1e-9) / max(1, count)
        borders, lines = np.full(count, LARGEST, dtype=np.int64), np.zeros((count, cells), dtype=np.int32)
        return cls(low, 1.0 / width, borders, np.zeros(count), lines)

    def arrays(self) -> Any:
        """As the compiled search takes it."""
        return self.low, self.per_level, self.borders, self.levels, self.lines


@dataclass(frozen=True, eq=False)
class _Task:
    """What one search is for."""

    aim: Aim
    least: Integers
    kept: Kept


@dataclass(frozen=True, eq=False)
class _Found:
    """The best line so far (−1: none) and its cost (float64[1])."""

    labels: Labels
    cost: NDArray[np.float64]

    @classmethod
    def nothing(cls, size: int) -> _Found:
        return cls(np.full(size, -1, dtype=np.int32), np.array([np.inf]))

    def take(self, other: _Found) -> None:
        """The better of both."""
        if other.cost[0] < self.cost[0]:
            self.labels[:], self.cost[:] = other.labels, other.cost


@dataclass(eq=False)
class Search:
    """Annealing of one problem, for any number of aims in a row. ValueError: a block is fixed to two labels.

    `stopped`: the time was over before a round had ended.
    """

    problem: LineProblem
    effort: Effort = field(default_factory=Effort)
    limits: Limits = field(default_factory=Limits)
    stopped: bool = False

    def __post_init__(self) -> None:
        self._compact = compact = Compact.of(self.problem)
        self._state = seeded(self.effort.seed)
        begins = np.cumsum([0, *(len(group) for group in compact.groups)]).astype(np.int32)
        members = np.array([cell for group in compact.groups for cell in group], dtype=np.int32)
        group_of = np.zeros(compact.graph.size, dtype=np.int32)
        group_of[members] = np.repeat(np.arange(len(compact.groups)), np.diff(begins))
        locked = compact.fixed[members[begins[:-1]]] != FREE
        self._groups = (begins, members, group_of, locked)
        self._room = room_for(self.size, self.problem.labels)
        self._graph = (compact.graph.indptr, compact.graph.indices, compact.graph.border)
        due = self.problem.due
        self._per_level = np.array([1 / float(part) if part else 0.0 for part in due])
        self._exponents = np.array(self.problem.exponents) / max(self.problem.exponents)
        self._nothing_kept = Kept.rows(0.0, 1.0, 0, compact.graph.size)

    @property
    def size(self) -> int:
        """Cells after blocks are drawn together."""
        return self._compact.graph.size

    def line(self, labels: Labels) -> Line:
        """A line of the compact graph, measured on the cells of the problem."""
        return measured(self.problem, labels[self._compact.into])

    def best(
        self,
        aim: Aim,
        least: NDArray[np.integer] | None = None,
        kept: Kept | None = None,
        start: Labels | None = None,
        rounds: int | None = None,
    ) -> Line | None:
        """The best line found for an aim; None: none was found that keeps all that is asked, which proves nothing.

        `least` in place of the problem's own; `kept`: where to keep lines on the way; `start`: a line to begin with.
        """
        task = _Task(
            aim,
            self.problem.least if least is None else np.asarray(least, dtype=np.int64),
            kept or self._nothing_kept,
        )
        found = _Found.nothing(self.size)
        if start is not None:
            found.labels[self._compact.into] = start
        for number in range(rounds or self.effort.rounds_for(self.size)):
            if number and self.limits.spent():
                self.stopped = True
                break
            if found.labels[0] >= 0 and number % 2 == (start is None):
                self._round(task, number, found.labels.copy(), REHEATED, found)
            else:
                anew = self.problem.labels == 2 or found.labels[0] < 0 or not number // 2 % 2
                around = None if anew else found.labels
                labels = self._screened(task, number, found, around)
                if labels is None:
                    break
                self._round(task, number, labels, SCREENED, found)
        return self.line(found.labels) if np.isfinite(found.cost[0]) else None

    def _screened(self, task: _Task, number: int, found: _Found, around: Labels | None) -> Labels | None:
        """The best of several grown lines, each after a tenth of a round; grown anew between two labels of `around`."""
        chosen, least = None, np.inf
        for _ in range(SCREENING):
            labels = grown_line(self.problem, self._compact, self._state, around)
            if labels is None or (chosen is not None and self.limits.spent()):
                break
            own = _Found.nothing(self.size)
            self._round(task, number, labels, HOT, own, 0.1)
            if chosen is None or own.cost[0] < least:
                chosen, least = labels, own.cost[0]
            found.take(own)
        return chosen

    def _round(self, task: _Task, number: int, labels: Labels, hot: float, found: _Found, part: float = 1.0) -> None:
        """A round of annealing, or a part of one, from `labels`, which it changes."""
        whole = max(1, int(part * self.effort.sweeps * self.size))
        amiss = PENALTIES[number % len(PENALTIES)]
        penalty = np.append(amiss / self._average(self._compact.values), amiss * self.problem.apart)
        limits = (task.least, self.problem.most, penalty)
        worth = (self._compact.values, self._compact.moving, self._per_level, self._exponents, self._compact.shared)
        for done in range(0, whole, AT_ONCE):
            heat = np.array([hot, done / whole, 1 / whole, min(AT_ONCE, whole - done)])
            asked = (self._groups, limits, self._weigh(task.aim), heat)
            into = (found.labels, found.cost, task.kept.arrays(), self._room)
            anneal(self._state, labels, self._graph, worth, *asked, *into)
            if self.limits.spent():
                self.stopped = True
                return

    def _weigh(self, aim: Aim) -> NDArray[np.float64]:
        """Weights in units of what one cell changes."""
        border, moving = self._compact.graph.border, self._compact.moving
        level = self.size / self.problem.labels
        per_border = aim.border / max(1e-9, float(border.mean()))
        per_moving = aim.moving / max(1e-9, float(self._average(moving).mean()))
        return np.array([per_border, per_moving, aim.worst * level, aim.nash * level])

    @staticmethod
    def _average(columns: NDArray[np.int64]) -> NDArray[np.float64]:
        """The average of each column, over cells that count for something in it."""
        return np.asarray(columns.sum(axis=0) / np.maximum(1, (columns > 0).sum(axis=0)) + 1e-9)


def best_line(
    problem: LineProblem, aim: Aim = SHORTEST, effort: Effort | None = None, limits: Limits | None = None
) -> Line | None:
    """The best line found for an aim, measured exactly; None: none was found, which proves nothing."""
    return Search(problem, effort or Effort(), limits or Limits()).best(aim)
