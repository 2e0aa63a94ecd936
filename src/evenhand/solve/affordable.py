"""The best bundle that a budget buys at whole-numbered prices: one pass over items and budgets, so exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np
from numpy.typing import NDArray

Bundle = tuple[int, ...]
"""Positions in the list of numbers."""

TOTAL = 1 << 18
"""Prices are rounded so that all of them together come to at most about this."""


def whole_prices(prices: Sequence[int | float], total: int = TOTAL) -> tuple[int, ...]:
    """Prices in the same proportions as nearly as their sum, at most about `total`, allows."""
    summed = sum(prices)
    if summed <= total and all(isinstance(price, int) for price in prices):
        return tuple(int(price) for price in prices)
    return tuple(round(price * total / summed) for price in prices)


@dataclass(frozen=True)
class Affordable:
    """The largest value that the budget buys. `cheapest(target)` is for targets up to it."""

    value: int
    numbers: tuple[int, ...]
    prices: tuple[int, ...]
    best: NDArray[np.int64]
    taken: NDArray[np.bool_]

    def cheapest(self, target: int) -> Bundle:
        """A cheapest bundle worth at least `target`; of equally cheap ones, the most valuable."""
        budget = int(np.argmax(self.best >= target))
        chosen = []
        for item in reversed(range(len(self.numbers))):
            if self.taken[item, budget]:
                chosen.append(item)
                budget -= self.prices[item]
        return tuple(reversed(chosen))


def affordable(numbers: Sequence[int], prices: Sequence[int], part: Fraction) -> Affordable:
    """What the entitled part of all prices buys. Numbers and prices are ≥ 0; O(items × budget)."""
    budget = floor(sum(prices) * part)
    best = np.zeros(budget + 1, dtype=np.int64)
    taken = np.zeros((len(numbers), budget + 1), dtype=np.bool_)
    for item, (number, price) in enumerate(zip(numbers, prices, strict=True)):
        if price <= budget and number:
            with_it = best[: budget + 1 - price] + number
            better = with_it > best[price:]
            taken[item, price:] = better
            best[price:] = np.where(better, with_it, best[price:])
    return Affordable(int(best[-1]), tuple(numbers), tuple(prices), best, taken)
