"""A bound on every partition, from prices of the items; and the prices that make it small.

For any prices p ≥ 0 no partition's objective is above
    sum of p  +  sum over parties of  max_t (gains[i][t] − least cost of a bundle of value t),
because a party's gain is at most what it pays for its bundle plus that maximum. All of it is integers.
The best such prices come from column generation: the linear program over the bundles met so far gives
prices, the knapsacks at those prices give the bound and new bundles, until no bundle is worth more than
its price. Prices half way to the best ones so far (smoothing) keep the search from swinging.

Sources: P. Gilmore and R. Gomory, "A linear programming approach to the cutting-stock problem", Operations
Research 9 (1961); P. Wentges, "Weighted Dantzig–Wolfe decomposition for linear mixed-integer programming",
International Transactions in Operational Research 4 (1997).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evenhand.solve.partition.knapsack import Knapsack, Windows, knapsack, reduced
from evenhand.solve.partition.master import WORTHWHILE, Column, Floats, Master, Pool
from evenhand.solve.partition.problem import Integers, Mask, PartitionProblem

SMOOTHING = 0.7
"""The part of the best prices so far in the prices tried."""
PER_PARTY = 8
"""Bundles taken up from each knapsack."""
LOWEST = 2**60
"""What is worth less than minus this cannot be."""


@dataclass(frozen=True)
class Bound:
    """No partition has a larger objective than `bound`; `prices` show it. `mix`: the columns that the linear
    program takes and how much of each; empty when the search ended before the smallest bound."""

    bound: int
    prices: Integers
    mix: tuple[tuple[Column, float], ...]


@dataclass(frozen=True)
class Priced:
    """What all knapsacks say at some prices: the bound, and each party's best surplus."""

    bound: int
    prices: Integers
    found: list[Knapsack]
    worth: list[Integers]

    def losses(self, party: int) -> Integers:
        """By how much each value of a party falls short of its best at these prices."""
        losses: Integers = self.worth[party].max() - self.worth[party]
        return losses

    def of(self, party: int) -> tuple[Knapsack, Integers]:
        """One party's knapsack, and the losses of its values."""
        return self.found[party], self.losses(party)


def price(problem: PartitionProblem, wanted: Mask, windows: Windows, prices: Integers) -> Priced:
    """Run every party's knapsack. O(n m top) steps."""
    found = [knapsack(problem, wanted, windows, prices, party) for party in range(problem.parties)]
    worth = [reduced(windows, party, table) for party, table in enumerate(found)]
    return Priced(int(prices.sum()) + sum(int(row.max()) for row in worth), prices, found, worth)


def bundles(problem: PartitionProblem, priced: Priced, count: int) -> list[Column]:
    """The `count` best bundles of each party, of different values."""
    columns = []
    for party, (table, worth) in enumerate(zip(priced.found, priced.worth, strict=True)):
        for value in np.argsort(-worth, kind="stable")[:count].tolist():
            if worth[value] > -LOWEST:
                columns.append(Column(party, table.bundle(value), int(problem.gains[party][value])))
    return columns


class Pricing:
    """Column generation on one problem, whatever pairs of party and item a mask leaves."""

    def __init__(self, problem: PartitionProblem, spent: Callable[[], bool]) -> None:
        self.problem = problem
        self.spent = spent
        self.windows = Windows.of(problem)
        self.pool = Pool(problem)
        # Nothing for a party always fits, so that every program has a solution.
        for party, gain in enumerate(problem.gains):
            self.pool.add(Column(party, (), int(gain[0])))

    def tighten(self, wanted: Mask, start: Integers, enough: int) -> Bound:
        """The smallest bound among the pairs of `wanted`, from the prices `start`.

        Ends early when the bound is below `enough` or the time is over; what is reached then is valid too.
        """
        best = price(self.problem, wanted, self.windows, start)
        master = Master(self.problem, self._start(wanted, best, enough))
        settled = False
        while best.bound >= enough and not self.spent():
            objective, places, aim = master.solve()
            settled = best.bound / self.problem.unit - objective <= WORTHWHILE
            if settled:
                break
            best, fresh = self._step(wanted, best, places, aim, master)
            settled = not fresh
            if settled:
                break
        return Bound(best.bound, best.prices, master.mix() if settled else ())

    def _start(self, wanted: Mask, first: Priced, enough: int) -> list[Column]:
        """The columns that lose no more at these prices than a partition of interest may."""
        for column in bundles(self.problem, first, PER_PARTY):
            self.pool.add(column)
        slack = max(first.bound - enough, 0)
        least = np.array([int(worth.max()) - slack for worth in first.worth])
        return self.pool.fitting(wanted, first.prices, least)

    def _step(self, wanted: Mask, best: Priced, places: Floats, aim: Floats, master: Master) -> tuple[Priced, bool]:
        """Price between the best prices and the program's; at the program's own if that shows no new bundle."""
        for smoothing in (SMOOTHING, 0.0):
            mixed = smoothing * best.prices + (1.0 - smoothing) * aim * self.problem.unit
            priced = price(self.problem, wanted, self.windows, np.rint(mixed).astype(np.int64))
            columns = self._worthwhile(bundles(self.problem, priced, PER_PARTY), places, aim)
            best = min(best, priced, key=lambda known: known.bound)
            for column in columns:
                self.pool.add(column)
            if master.add(columns):
                return best, True
        return best, False

    def _worthwhile(self, columns: list[Column], places: Floats, aim: Floats) -> list[Column]:
        unit = self.problem.unit
        return [
            column
            for column in columns
            if column.gain / unit - places[column.party] - aim[list(column.bundle)].sum() > WORTHWHILE
        ]
