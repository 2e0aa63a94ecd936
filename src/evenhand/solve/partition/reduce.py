"""Ruling out, before and between searches, what no preferable partition has: values of parties, and pairs.

Each test compares a loss with the slack between a bound and what is still of interest, in integers.
"""

from __future__ import annotations

import numpy as np

from evenhand.solve.partition.knapsack import FAR, Knapsack, Windows
from evenhand.solve.partition.pricing import Priced
from evenhand.solve.partition.problem import Integers, Mask, PartitionProblem

_WIDEST = 600
"""Up to this many values every pair is tested at the cost of its square."""


def by_rates(problem: PartitionProblem, may: Mask, windows: Windows, rates: Integers, enough: int) -> None:
    """Rule out by straight lines above the gains: O(n (m + values)) steps, no knapsack.

    With a rate r per unit of value, prices p = max_i r_i worth_i leave no bundle a surplus over its value at
    that rate, so the objective is at most sum p + sum_i max_t (gain(t) − r_i t); a pair loses p − r_i worth.
    """
    worths = np.where(may, problem.worth * rates[:, None], -1)
    prices = worths.max(axis=0)
    above = [gain - rates[party] * np.arange(len(gain)) for party, gain in enumerate(windows.gains)]
    slack = min(sum(prices.tolist()) + sum(int(row.max()) for row in above) - enough, FAR)
    may &= prices - worths <= slack
    for party, row in enumerate(above):
        windows.narrow(party, row.max() - row, slack)


def values_by_prices(problem: PartitionProblem, windows: Windows, priced: Priced, enough: int) -> None:
    """Rule out the values whose cheapest bundle costs too much."""
    for party in range(problem.parties):
        windows.narrow(party, priced.losses(party), priced.bound - enough)


def pairs_by_prices(problem: PartitionProblem, may: Mask, windows: Windows, priced: Priced, enough: int) -> None:
    """Rule out the pairs that force a party to lose too much: O(n m values²) steps."""
    slack = priced.bound - enough
    for party, table in enumerate(priced.found):
        kept = may[party] & (problem.worth[party] == 0) & (priced.prices <= slack)
        if len(windows.gains[party]) <= _WIDEST:
            least = int(priced.worth[party].max()) - slack
            kept[table.items[_with_each(table, windows.gains[party]) >= least]] = True
        else:
            kept |= may[party]
        may[party] &= kept


def _with_each(table: Knapsack, gains: Integers) -> Integers:
    """For each item of a knapsack the largest surplus of a bundle that contains it."""
    top = len(gains) - 1
    wide = np.concatenate([gains, np.full(top + 1, -FAR)])
    sums = np.lib.stride_tricks.sliding_window_view(wide, top + 1)
    after = np.full(top + 1, FAR)
    after[0] = 0
    found = np.zeros(len(table.items), dtype=np.int64)
    for number in range(len(table.items) - 1, -1, -1):
        size, cost = int(table.sizes[number]), int(table.costs[number])
        before = table.table[number, : top + 1 - size]
        reach = np.flatnonzero(before < FAR)
        best = (sums[size + reach] - after).max(axis=1) - before[reach]
        found[number] = int(best.max()) - cost
        after[size:] = np.minimum(after[size:], after[: top + 1 - size] + cost)
    return found
