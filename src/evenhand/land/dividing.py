"""The lines worth discussing: from the one with the shortest border to the one with the best worst-off side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Literal

import numpy as np

from evenhand.deals import NotDefined
from evenhand.land.ceiling import Ceiling, worst_ceiling
from evenhand.land.ground import Land
from evenhand.land.lines import Measured, entitled_parts, measured
from evenhand.land.problem import as_sides, line_problem
from evenhand.solve import Limits
from evenhand.solve.regions.annealing import (
    BEST_WORST,
    LARGEST_PRODUCT,
    LEAST_MOVED,
    SHORTEST,
    Aim,
    Effort,
    Search,
)
from evenhand.solve.regions.lines import Line, LineProblem

By = Literal["shortest-border", "max-min", "nash", "least-movement"]
AIMS: Mapping[str, Aim] = {
    "shortest-border": SHORTEST,
    "max-min": BEST_WORST,
    "nash": LARGEST_PRODUCT,
    "least-movement": LEAST_MOVED,
}
"""What can be asked of a line, by its name on the command line."""


@dataclass(frozen=True)
class Asked:
    """How to search: how many lines, for one aim or for the whole range, the seed, the limit, who hears of progress."""

    count: int = 20
    by: str | None = None
    seed: int = 0
    limits: Limits = field(default_factory=Limits)
    progress: Callable[[str], None] = lambda _: None


@dataclass(frozen=True)
class Division:
    """Lines found, from the shortest border on: none of them is both longer and worse for the worst-off than another.

    `ceiling`: the level that no line can give to the worst-off. `stopped`: the time was over before all was tried.
    """

    land: Land
    lines: tuple[Measured, ...]
    ceiling: Ceiling
    asked: Asked
    stopped: bool

    def gap(self, line: Measured) -> Fraction:
        """How much higher the worst-off side of another line could be at most, as a part of this line's level."""
        least = line.least(entitled_parts(self.land))
        return max(Fraction(0), self.ceiling.limit - least) / least if least else Fraction(1)


def divide(land: Land, asked: Asked) -> Division:
    """Search for lines. Raises NotDefined where an aim has no meaning for the case, or no line was found."""
    problem = line_problem(land)
    if asked.by == "least-movement" and not land.territory.homes:
        raise NotDefined("Who would have to move is not said: write `homes: {party: column}`, columns of people.")
    search = Search(problem, Effort(seed=asked.seed), asked.limits)
    found = [search.best(AIMS[asked.by])] if asked.by else _range(problem, search, asked)
    lines = [line for line in found if line is not None]
    if not lines:
        raise NotDefined("No line was found that keeps each side in one piece; free a fixed cell, or add a link.")
    kept = lines if asked.by else undominated(lines)
    named = (measured(land, f"line-{k}", as_sides(land, line.labels)) for k, line in enumerate(kept, 1))
    return Division(land, tuple(named), worst_ceiling(problem), asked, search.stopped)


def _range(problem: LineProblem, search: Search, asked: Asked) -> list[Line | None]:
    """The two ends, then the shortest line at each of equally spaced levels between them."""
    asked.progress("the shortest border")
    shortest = search.best(SHORTEST)
    asked.progress("the best worst-off side")
    fairest = search.best(BEST_WORST)
    found = [shortest, fairest]
    if shortest is None or fairest is None or asked.count < 3:
        return found
    low, high = shortest.worst, max(fairest.worst, shortest.worst)
    for step in range(1, asked.count - 1):
        asked.progress(f"line {step + 1} of {asked.count}")
        if asked.limits.spent():
            break
        level = low + (high - low) * step / (asked.count - 1)
        least = np.array([max(ceil(level * due), own) for due, own in zip(problem.due, problem.least, strict=True)])
        found.append(search.best(SHORTEST, least=least, start=fairest.labels))
    return found


def undominated(lines: list[Line]) -> list[Line]:
    """Those that no other beats in border or worst level without losing in the other; from the shortest on.

    Of equal ones the first is kept.
    """
    ordered = sorted(enumerate(lines), key=lambda row: (row[1].border, -row[1].worst, row[0]))
    kept: list[Line] = []
    for _, line in ordered:
        if not kept or line.worst > kept[-1].worst:
            kept.append(line)
    return kept
