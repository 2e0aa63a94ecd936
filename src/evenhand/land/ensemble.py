"""Where a line stands among many random lines that divide the land evenly, as measured by one column of the map.

Random lines come from a chain of recombinations of spanning trees, which prefers compact sides (DeFord, Duchin and
Solomon, 2021); that preference is a choice, and every place in such a list says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from evenhand.land.ground import Land
from evenhand.land.lines import Measured
from evenhand.land.problem import blocks_of, entitled, fixed_cells, line_problem, sides_of
from evenhand.land.values import in_whole_numbers
from evenhand.solve import Limits
from evenhand.solve.regions.ensemble import AGREED
from evenhand.solve.regions.ensemble import random_lines as drawn_lines
from evenhand.solve.regions.recombination import Balance

TOLERANCE = Fraction(1, 10)


@dataclass(frozen=True)
class Place:
    """What part of the random lines every party would like less than this line, and what part is longer."""

    worse_for_all: Fraction
    longer: Fraction


@dataclass(frozen=True)
class Mixing:
    """How far random lines can be trusted: from how many chains they are, how many independent lines would say as much
    (`effective`), and how well the chains agree (`agreement`: 1 is perfect)."""

    chains: int
    effective: int
    agreement: float

    @property
    def agreed(self) -> bool:
        """Whether the chains were long enough to agree."""
        return self.agreement <= AGREED


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Random lines: how many, balanced in which column within which tolerance, from which seed.

    `borders` int64[steps]; `sums` int64[steps, parties]: what each party gets, in the whole numbers of `scales`.
    """

    steps: int
    seed: int
    column: str
    tolerance: Fraction
    borders: NDArray[np.int64]
    sums: NDArray[np.int64]
    wholes: tuple[int, ...]
    mixing: Mixing

    def place(self, line: Measured) -> Place:
        """Where a line stands among them; exact counts."""
        own = [line.part[party] for party in line.part]
        less = np.ones(self.steps, dtype=bool)
        for column, (part, whole) in enumerate(zip(own, self.wholes, strict=True)):
            # part > sum / whole, in whole numbers
            less &= self.sums[:, column] < int(-(-part * whole // 1))
        longer = int((self.borders > line.border).sum())
        return Place(Fraction(int(less.sum()), self.steps), Fraction(longer, self.steps))


def random_lines(
    land: Land, steps: int, seed: int, column: str, tolerance: Fraction = TOLERANCE, limits: Limits | None = None
) -> Ensemble | None:
    """So many random lines, or fewer where the time is over; None where no balanced line was found to start from."""
    limits = limits or Limits()
    problem, shares = line_problem(land), entitled(land)
    weights = np.array(in_whole_numbers(land.ground.columns[column]), dtype=np.int64)
    if len(sides_of(land)) > len(land.parties) or not weights.any():
        return None
    balance = Balance.about(weights, shares, tolerance)
    drawn = drawn_lines(
        problem.graph,
        balance,
        steps,
        values=problem.values,
        fixed=fixed_cells(land),
        blocks=blocks_of(land),
        seed=seed,
        limits=limits,
    )
    if drawn is None:
        return None
    wholes = tuple(int(total) for total in problem.values.sum(axis=0))
    borders, sums = drawn.borders.reshape(-1), drawn.sums.reshape(-1, len(shares))
    mixing = Mixing(len(drawn.borders), drawn.effective(), drawn.agreement())
    return Ensemble(drawn.size, seed, column, tolerance, borders, sums, wholes, mixing)
