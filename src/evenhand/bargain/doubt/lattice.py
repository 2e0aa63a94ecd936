"""Evenly drawn points of a polytope on a grid of whole numbers: every grid point inside is as likely as any other.

Two ways. Where enough of the box around the polytope lies inside it, points of the box are drawn and those outside
thrown away: exact. Else hit-and-run (R. L. Smith, Operations Research 32, 1984; here with directions of whole numbers):
each point walks by itself from the same start, each step to an even draw from the grid points on a line through it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.doubt.chance import Chance

TRIAL = 2000
LEAST_INSIDE = 0.02
STEPS_PER_UNKNOWN = 40

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Grid:
    """The points k of whole numbers with low ≤ k ≤ high and rows · k ≤ bounds. Shapes: n, n, m × n, m.

    `start` is one of them.
    """

    low: Whole
    high: Whole
    rows: Whole
    bounds: Whole
    start: Whole

    def inside(self, points: Whole) -> NDArray[np.bool_]:
        """Which points meet every row."""
        return np.asarray((points @ self.rows.T <= self.bounds).all(axis=1))


def drawn(grid: Grid, count: int, chance: Chance) -> tuple[Whole, str]:
    """`count` points (count × n), and how they were drawn: `exact` or `walk`."""
    if not len(grid.rows):
        return _in_box(grid, count, chance), "exact"
    tried = _in_box(grid, TRIAL, chance)
    kept = tried[grid.inside(tried)]
    if len(kept) < LEAST_INSIDE * TRIAL:
        return _walked(grid, count, chance), "walk"
    found, total = [kept], len(kept)
    while total < count:
        tried = _in_box(grid, max(TRIAL, count), chance)
        found.append(tried[grid.inside(tried)])
        total += len(found[-1])
    return np.concatenate(found)[:count], "exact"


def _in_box(grid: Grid, count: int, chance: Chance) -> Whole:
    sizes = grid.high - grid.low + 1
    flat = chance.below(np.tile(sizes, count))
    return grid.low + flat.reshape(count, len(sizes))


def _walked(grid: Grid, count: int, chance: Chance) -> Whole:
    """All points walk at once: the direction of a step is drawn once for all, its length for each."""
    rows, bounds = _all_rows(grid)
    width = len(grid.start)
    points = np.tile(grid.start, (count, 1))
    room = np.tile(bounds - rows @ grid.start, (count, 1))
    for _ in range(steps(width)):
        direction = _direction(width, chance)
        rates = rows @ direction
        up, down = rates > 0, rates < 0
        most = (room[:, up] // rates[up]).min(axis=1)
        least = -(room[:, down] // -rates[down]).min(axis=1)
        length = least + chance.below(most - least + 1)
        points += length[:, None] * direction
        room -= length[:, None] * rates
    return points


def steps(width: int) -> int:
    """How many steps a point in so many unknowns walks."""
    return STEPS_PER_UNKNOWN * width


def _all_rows(grid: Grid) -> tuple[Whole, Whole]:
    """Every condition as a row, the box too."""
    unit = np.eye(len(grid.start), dtype=np.int64)
    return np.concatenate([grid.rows, unit, -unit]), np.concatenate([grid.bounds, grid.high, -grid.low])


def _direction(width: int, chance: Chance) -> Whole:
    """A run of neighbours moves together; half of the time another run moves the other way."""
    direction = _run(width, chance)
    if chance.one_below(2):
        direction = direction - _run(width, chance)
    return direction if direction.any() else _direction(width, chance)


def _run(width: int, chance: Chance) -> Whole:
    first, last = sorted((chance.one_below(width), chance.one_below(width)))
    run = np.zeros(width, np.int64)
    run[first : last + 1] = 1
    return run
