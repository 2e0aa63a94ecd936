"""Lines worth comparing: from the shortest border to the best worst-off side, none of them better in all than another.

The shortest border is sought again and again while the worst level comes to count for more beside it, and then while
the level that everybody must reach rises from that of the shortest line to the best (the epsilon-constraint method:
Haimes, Lasdon and Wismer 1971). Short lines that the searches pass on their way are kept. Where giving a cell to a
label costs something (`moving`), little of that is sought likewise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import ceil

import numpy as np

from evenhand.solve.program import Limits
from evenhand.solve.regions.annealing import (
    BEST_WORST,
    LEAST_MOVED,
    SHORTEST,
    Aim,
    Effort,
    Kept,
    Search,
)
from evenhand.solve.regions.graph import LARGEST, Integers
from evenhand.solve.regions.lines import Line, LineProblem

BOTH = Aim(border=1.0, moving=1.0)
ROWS = 100
"""Into at least so many ranges of levels lines found on the way are sorted; the shortest of each is kept."""
Progress = Callable[[int, int], None]
"""Told how many of how many searches are done."""


@dataclass(frozen=True, eq=False)
class Tradeoffs:
    """`lines`: none of them is at least as good as another in border, worst level and moving, and better in one; from
    the shortest border on. `stopped`: the time was over before the search had ended. That a line not found is better
    than one of these is not excluded."""

    lines: tuple[Line, ...]
    stopped: bool

    def spread(self, count: int) -> tuple[Line, ...]:
        """At most so many of them: the ends, and those nearest to evenly spaced worst levels between."""
        if len(self.lines) <= count or count < 2:
            return self.lines[:count]
        low, high = (pick(line.worst for line in self.lines) for pick in (min, max))
        chosen = {0, max(range(len(self.lines)), key=lambda at: self.lines[at].worst)}
        for step in range(1, count - 1):
            aim = low + (high - low) * step / (count - 1)
            left = [at for at in range(len(self.lines)) if at not in chosen]
            chosen.add(min(left, key=lambda at: abs(self.lines[at].worst - aim)))
        return tuple(self.lines[at] for at in sorted(chosen))


def tradeoffs(
    problem: LineProblem,
    count: int = 20,
    effort: Effort | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Tradeoffs:
    """Lines that nothing found is better than in all, sought in `count` ways each; no lines: none was found at all."""
    walk = _Walk(Search(problem, effort or Effort(), limits or Limits()), count)
    aims = [SHORTEST, LEAST_MOVED, BOTH] if problem.moving.any() else [SHORTEST]
    searches = [walk.ends(), *(part for aim in aims for part in (walk.weighing(aim), walk.rising(aim)))]
    whole = 2 + 2 * count * len(aims)
    for done, _ in enumerate(chain.from_iterable(searches), start=1):
        if progress:
            progress(done, whole)
    return Tradeoffs(non_dominated(walk.lines()), walk.search.stopped)


class _Walk:
    """Searches one after the other, and what they found; each yields once it is done."""

    def __init__(self, search: Search, count: int) -> None:
        self.search, self._count = search, count
        self._found: list[Line] = []
        self._kept: Kept | None = None

    def ends(self) -> Iterator[None]:
        """The shortest border and the best worst-off side."""
        for aim in (SHORTEST, BEST_WORST):
            self._add(self.search.best(aim))
            yield
        if self._found:
            low, high = self._range()
            self._kept = Kept.rows(float(low), float(high), max(ROWS, 4 * self._count), self.search.size)

    def weighing(self, aim: Aim) -> Iterator[None]:
        """The worst level counts for more and more beside the aim; each search begins with the line before."""
        before = min(self._found, key=lambda line: line.border, default=None)
        for step in range(self._count if self._found else 0):
            if self._over():
                return
            less = 0.5 ** (10 * step / self._count)
            both = Aim(border=less * aim.border, moving=less * aim.moving, worst=1.0)
            line = self.search.best(
                both, kept=self._kept, start=before.labels if before else None, rounds=self._rounds(1)
            )
            before = line or before
            self._add(line)
            yield

    def rising(self, aim: Aim) -> Iterator[None]:
        """The best for the aim that reaches a level, which rises; each begins with the shortest known to reach it."""
        for step in range(self._count if self._found else 0):
            if self._over():
                return
            low, high = self._range()
            level = low + (high - low) * step / max(1, self._count - 1)
            start = min((line for line in self._found if line.worst >= level), key=lambda line: line.border)
            least = _reaching(self.search.problem, level)
            rounds = self._rounds(2 if 2 * step < self._count else 1)  # low levels leave room for quite another course
            self._add(self.search.best(aim, least, self._kept, start.labels, rounds))
            yield

    def _range(self) -> tuple[Fraction, Fraction]:
        return min(line.worst for line in self._found), max(line.worst for line in self._found)

    def _rounds(self, fewest: int) -> int:
        """More where cells are few, and rounds short."""
        effort = self.search.effort
        return max(fewest, effort.steps // (8 * effort.sweeps * self.search.size))

    def _over(self) -> bool:
        self.search.stopped |= self.search.limits.spent()
        return self.search.stopped

    def _add(self, line: Line | None) -> None:
        self._found += [line] if line else []

    def lines(self) -> list[Line]:
        """All that was found and kept."""
        if self._kept is None:
            return self._found
        rows = np.flatnonzero(self._kept.borders < LARGEST)
        return [*self._found, *(self.search.line(self._kept.lines[row]) for row in rows)]


def _reaching(problem: LineProblem, level: Fraction) -> Integers:
    """The least sums at which every label is at this level, and at what is asked anyway."""
    asked = [ceil(level * due) for due in problem.due]
    return np.maximum(problem.least, np.array(asked, dtype=np.int64))


def non_dominated(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Those that no other is better than in border, worst level and moving together; the first of equals; from the
    shortest border on."""
    ranked = sorted(lines, key=lambda line: (line.border, -line.worst, line.moving))
    chosen: list[Line] = []
    for line in ranked:
        if not any(_as_good(other, line) for other in chosen):
            chosen.append(line)
    return tuple(chosen)


def _as_good(one: Line, other: Line) -> bool:
    return one.border <= other.border and one.worst >= other.worst and one.moving <= other.moving
