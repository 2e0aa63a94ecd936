"""The linear program over bundles, a column per party and bundle. Floats: it searches, it asserts nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyscipopt import LP

from evenhand.solve.partition.problem import Integers, Mask, PartitionProblem

Floats = NDArray[np.float64]

WORTHWHILE = 1e-9
"""A bundle joins when it is worth more than its price by this, in units."""
SURE = 1 - 1e-6
"""A bundle of which a mix takes this much is taken whole."""


@dataclass(frozen=True)
class Column:
    """A bundle for a party and what its value counts for."""

    party: int
    bundle: tuple[int, ...]
    gain: int


class Pool:
    """Every column met so far, each once."""

    def __init__(self, problem: PartitionProblem) -> None:
        self.problem = problem
        self.columns: list[Column] = []
        self.known: set[Column] = set()
        self._inside = np.zeros((64, problem.items), dtype=bool)
        self._party = np.zeros(64, dtype=np.int64)

    def add(self, column: Column) -> None:
        """Keep the column, if it is new."""
        if column in self.known:
            return
        number = len(self.columns)
        if number == len(self._inside):
            self._inside = np.concatenate([self._inside, np.zeros_like(self._inside)])
            self._party = np.concatenate([self._party, np.zeros_like(self._party)])
        self._inside[number, list(column.bundle)] = True
        self._party[number] = column.party
        self.known.add(column)
        self.columns.append(column)

    def fitting(self, wanted: Mask, prices: Integers, least: Integers) -> list[Column]:
        """The columns whose party may hold all that is in them, and for which they are worth `least` above their price.

        The empty bundle fits always, so that every program has a solution.
        """
        count = len(self.columns)
        inside, party = self._inside[:count], self._party[:count]
        outside = (inside & ~wanted[party]).any(axis=1)
        worth = np.array([column.gain for column in self.columns]) - inside @ prices
        fits = ~inside.any(axis=1) | (~outside & (worth >= least[party]))
        return [self.columns[number] for number in np.flatnonzero(fits)]


class Master:
    """Each party has one bundle, each item is in at most one; the sum of gains is largest.

    Of the bundles with two or more items of one of `triples`, at most one. Gains fall into the program over the
    problem's `unit`.
    """

    def __init__(
        self, problem: PartitionProblem, columns: Iterable[Column], triples: Sequence[tuple[int, ...]] = ()
    ) -> None:
        self.problem = problem
        self.columns: list[Column] = []
        self.known: set[Column] = set()
        self._triples = [frozenset(triple) for triple in triples]
        self._program = LP("partition", sense="maximize")
        ones, free = [1.0] * problem.parties, [-self._program.infinity()] * (problem.items + len(triples))
        self._program.addRows([[] for _ in ones], ones, ones)
        self._program.addRows([[] for _ in free], free, [1.0] * len(free))
        self.add(columns)

    def add(self, columns: Iterable[Column]) -> bool:
        """Let these columns take part; whether any of them is new."""
        new = [column for column in columns if column not in self.known]
        if not new:
            return False
        self.columns += new
        self.known.update(new)
        entries = [self._entries(column) for column in new]
        gains = [column.gain / self.problem.unit for column in new]
        zeros, tops = [0.0] * len(new), [self._program.infinity()] * len(new)
        self._program.addCols(entries, gains, zeros, tops)
        return True

    def _entries(self, column: Column) -> list[tuple[int, float]]:
        """The rows a column is in."""
        first = self.problem.parties
        second = first + self.problem.items
        crossed = [number for number, triple in enumerate(self._triples) if len(triple.intersection(column.bundle)) > 1]
        rows = [column.party, *(first + item for item in column.bundle), *(second + number for number in crossed)]
        return [(row, 1.0) for row in rows]

    def solve(self) -> tuple[float, Floats, Floats]:
        """The objective, the worth of each party's place, the price of each item, then of each triple; in units."""
        self._program.solve(dual=False)
        duals = np.array(self._program.getDual())
        places, prices = duals[: self.problem.parties], np.maximum(duals[self.problem.parties :], 0.0)
        return float(self._program.getObjVal()), places, prices

    def mix(self) -> tuple[tuple[Column, float], ...]:
        """The columns that the solution takes, and how much of each."""
        return tuple((column, x) for column, x in zip(self.columns, self._program.getPrimal(), strict=True) if x > 1e-9)
