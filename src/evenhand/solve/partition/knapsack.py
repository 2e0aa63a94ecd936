"""The cheapest bundle of each value, for one party at given prices. Integers throughout, so exact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.solve.partition.problem import Integers, Mask, PartitionProblem

FAR = 2**61
"""The cost of a value that no bundle has."""


@dataclass(frozen=True)
class Knapsack:
    """`table[k][t]`: the least cost of a bundle of value t from the first k of `items`; FAR where none has it.

    O(items × top) steps, by dynamic programming over values 0..top.
    """

    items: Integers
    sizes: Integers
    costs: Integers
    table: Integers

    @staticmethod
    def of(items: Integers, sizes: Integers, costs: Integers, top: int) -> Knapsack:
        """The table for these items; those larger than `top` are left out."""
        small = sizes <= top
        items, sizes, costs = items[small], sizes[small], costs[small]
        table = np.full((len(items) + 1, top + 1), FAR, dtype=np.int64)
        table[:, 0] = 0
        for number, (size, cost) in enumerate(zip(sizes.tolist(), costs.tolist(), strict=True)):
            before, after = table[number], table[number + 1]
            np.add(before[: top + 1 - size], cost, out=after[size:])
            after[:size] = before[:size]
            np.minimum(after[size:], before[size:], out=after[size:])
        return Knapsack(items, sizes, costs, table)

    @property
    def cost(self) -> Integers:
        """The least cost of each value."""
        row: Integers = self.table[-1]
        return row

    def bundle(self, value: int) -> tuple[int, ...]:
        """The items of a cheapest bundle with this value, in their order."""
        chosen = []
        number = len(self.items)
        while value:
            # The last item that made the value cheaper is in; before it the rest of the value was reached.
            row = self.table[: number + 1, value]
            number = int(np.flatnonzero(row != row[-1])[-1])
            chosen.append(int(self.items[number]))
            value -= int(self.sizes[number])
        return tuple(reversed(chosen))


@dataclass
class Windows:
    """What is left of each party's gains: `gains[i][t]` is −FAR for values that no better partition has.

    Only values up to the last that is left are kept, which makes the tables shorter.
    """

    gains: list[Integers]

    @staticmethod
    def of(problem: PartitionProblem) -> Windows:
        """All values are left."""
        tops = np.where(problem.wanted, problem.worth, 0).sum(axis=1)
        return Windows([gain[: top + 1].copy() for gain, top in zip(problem.gains, tops.tolist(), strict=True)])

    def narrow(self, party: int, losses: Integers, slack: int) -> None:
        """Rule out the values whose loss is above `slack`; the value of least loss stays."""
        gain = self.gains[party]
        gain[losses > slack] = -FAR
        left = np.flatnonzero(gain > -FAR)
        self.gains[party] = gain[: int(left[-1]) + 1] if len(left) else gain[:1]


def knapsack(problem: PartitionProblem, wanted: Mask, windows: Windows, prices: Integers, party: int) -> Knapsack:
    """The cheapest bundles of one party among the items that `wanted` leaves it."""
    items = np.flatnonzero(wanted[party])
    top = len(windows.gains[party]) - 1
    return Knapsack.of(items, problem.worth[party, items], prices[items], top)


def reduced(windows: Windows, party: int, found: Knapsack) -> Integers:
    """What each value is worth at these prices: gain less least cost; about −FAR where it cannot be."""
    gain = windows.gains[party]
    return np.where((gain > -FAR) & (found.cost < FAR), gain - np.minimum(found.cost, FAR), -FAR)
