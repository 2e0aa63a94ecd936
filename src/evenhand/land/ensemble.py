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
from evenhand.land.problem import blocks_of, entitled, fixed_cells, graph_of, line_problem, sides_of
from evenhand.land.values import in_whole_numbers
from evenhand.solve import Limits
from evenhand.solve.regions.annealing import SHORTEST, Effort, best_line
from evenhand.solve.regions.lines import LineProblem
from evenhand.solve.regions.recombination import Balance, Recombination

TOLERANCE = Fraction(1, 10)


@dataclass(frozen=True)
class Place:
    """What part of the random lines every party would like less than this line, and what part is longer."""

    worse_for_all: Fraction
    longer: Fraction


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
    even = LineProblem.of(
        problem.graph,
        np.repeat(weights[:, None], len(shares), axis=1),
        entitlements=shares,
        least=balance.low.tolist(),
        most=balance.high.tolist(),
        fixed=fixed_cells(land),
        blocks=blocks_of(land),
    )
    start = best_line(even, SHORTEST, Effort(rounds=4, seed=seed), limits)
    if start is None:
        return None
    chain = Recombination(
        graph_of(land), balance, start.labels, values=problem.values, fixed=even.fixed, blocks=even.blocks, seed=seed
    )
    found = chain.advance(steps, limits)
    wholes = tuple(int(total) for total in problem.values.sum(axis=0))
    count = len(found.borders)
    return Ensemble(count, seed, column, tolerance, found.borders, found.sums, wholes) if count else None
