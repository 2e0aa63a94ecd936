"""The shortest border between two labels, proved; or a length that no border is below.

First by closed walks over the corners of the map, in whole numbers; where they leave a gap, or the graph cannot
be drawn on a plane, by a solver.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.solve.program import Limits
from evenhand.solve.regions.enclosing import enclosed
from evenhand.solve.regions.lines import Line, LineProblem, allowed, measured
from evenhand.solve.regions.separators import separated


@dataclass(frozen=True)
class Shortest:
    """No line that keeps all that is asked has a border below `least`. `line`: the shortest one known. `exact`: the
    bound was found in whole numbers; otherwise it rests on a solver's tolerance."""

    least: int
    line: Line | None
    exact: bool = False

    @property
    def proved(self) -> bool:
        """Whether the line is a shortest one."""
        return self.line is not None and self.line.border <= self.least


def shortest_border(
    problem: LineProblem, known: Line | None = None, limits: Limits | None = None, nodes: int | None = None
) -> Shortest | None:
    """Prove the shortest border of a line that keeps all that is asked, in the time there is.

    `known`: such a line; without one only the solver searches. `nodes`: in how many branches it may. None for more
    than two labels, and where no line keeps all that is asked.
    """
    if problem.labels != 2:
        return None
    limits = limits or Limits()
    first = _by_walks(problem, known, limits) if known is not None else Shortest(0, None)
    if first.proved or nodes == 0 or (known is not None and limits.spent()):
        return first
    return _by_solver(problem, first, limits, nodes)


def _by_walks(problem: LineProblem, known: Line, limits: Limits) -> Shortest:
    found = enclosed(problem, known.border - 1, limits)
    if found is None:
        return Shortest(0, known)
    return Shortest(found.least, found.line or known, exact=True)


def _by_solver(problem: LineProblem, first: Shortest, limits: Limits, nodes: int | None) -> Shortest | None:
    found = separated(problem, first.line.border if first.line else None, limits, nodes)
    if found.none:
        return Shortest(first.line.border, first.line) if first.line else None
    if found.labels is not None and allowed(problem, found.labels):
        line = measured(problem, found.labels)
        return Shortest(line.border, line)
    return first if first.least >= found.least else Shortest(found.least, first.line)
