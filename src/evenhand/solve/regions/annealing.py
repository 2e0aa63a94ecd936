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
from evenhand.solve.regions.flips import anneal
from evenhand.solve.regions.graph import FREE, LARGEST, Labels
from evenhand.solve.regions.lines import Compact, Line, LineProblem, measured
from evenhand.solve.regions.starts import grown_line

AT_ONCE = 50_000
"""Steps between two looks at the clock."""
PENALTIES = (1.0, 3.0, 10.0)
"""What it costs, round by round, to be amiss by an average cell, where an average border costs 1."""


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

    rounds: int = 6
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
        least = self.problem.least if least is None else np.asarray(least, dtype=np.int64)
        kept = kept or self._nothing_kept
        best, cost = np.full(self.size, -1, dtype=np.int32), np.array([np.inf])
        if start is not None:
            best[self._compact.into] = start
        for number in range(rounds or self.effort.rounds_for(self.size)):
            if number and self.limits.spent():
                self.stopped = True
                break
            again = best[0] >= 0 and number % 2 == (start is None)
            labels = best.copy() if again else grown_line(self.problem, self._compact, self._state)
            if labels is None:
                break
            self._round(aim, labels, 0.4 if again else 1.5, number, least, (best, cost), kept)
        return self.line(best) if np.isfinite(cost[0]) else None

    def _round(
        self, aim: Aim, labels: Labels, hot: float, number: int, least: NDArray[Any], found: Any, kept: Kept
    ) -> None:
        best, cost = found
        whole = self.effort.sweeps * self.size
        penalty = PENALTIES[number % len(PENALTIES)] / self._average(self._compact.values)
        limits = (least, self.problem.most, penalty)
        worth = (self._compact.values, self._compact.moving, self._per_level, self._exponents)
        for done in range(0, whole, AT_ONCE):
            heat = np.array([hot, done / whole, 1 / whole, min(AT_ONCE, whole - done)])
            asked = (self._groups, limits, self._weigh(aim), heat)
            anneal(self._state, labels, self._graph, worth, *asked, best, cost, kept.arrays())
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
