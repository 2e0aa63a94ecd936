"""Mixing bundles so that no item has more than its part of the weight: column generation for one target.

The linear program puts as much weight as it can on bundles worth at least the target; each item bears at
most the part b. If the weight reaches 1, that is a mix. If not, its prices leave no bundle of the
target's worth affordable. Each step prices the items, and takes up the cheapest bundle that is worth
enough (P. Gilmore and R. Gomory, "A linear programming approach to the cutting-stock problem", Operations
Research 9, 1961). The simplex method runs in floats; what it finds is checked in integers and fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.affordable import Bundle, affordable, whole_prices

Floats = NDArray[np.float64]
Mix = tuple[tuple[Bundle, Fraction], ...]
"""Bundles and their weights, which sum to 1."""

_TOTALS = (1 << 12, 1 << 15, 1 << 18)
"""What prices are rounded to sum to: coarse first, finer where that hides the proof."""
_CLOSE = 1e-9
_JITTER = 1e-7
"""The items' limits differ by so much, so that no two rows leave the basis at once."""
_GRAIN = 10**12


class Mixing:
    """Asked for one target after the other; bundles met before are tried first. `steps` bound the bundles tried."""

    def __init__(self, numbers: Sequence[int], part: Fraction, steps: int) -> None:
        self.numbers = list(numbers)
        self.part = part
        self.steps = steps
        self.bundles: list[Bundle] = []
        self._before = np.array(self.numbers, dtype=np.float64) / max(sum(self.numbers), 1)
        self._dear: dict[int, tuple[int, ...]] = {}

    def mix(self, target: int) -> Mix | None:
        """A mix of bundles worth at least the target, or None."""
        simplex = _Simplex(len(self.numbers))
        known = [bundle for bundle in self.bundles if sum(self.numbers[item] for item in bundle) >= target]
        while self.steps > 0:
            self.steps -= 1
            if simplex.total * self.part >= 1 - _CLOSE and (found := self._exact(simplex)) is not None:
                return found
            bundle = simplex.worthwhile(known) or self._new(simplex.prices, target)
            if bundle is None:
                return None
            simplex.enter(bundle)
        return None

    def prices(self, target: int) -> tuple[int, ...] | None:
        """Prices at which no bundle worth the target is affordable, where `mix` ended with them."""
        return self._dear.get(target)

    def _new(self, prices: Floats, target: int) -> Bundle | None:
        """A bundle whose price is below 1; None where there is none, and then the prices may be kept as proof.

        Prices half way to the last ones are tried first, which keeps them from swinging.
        """
        now = np.maximum(prices, 0.0)
        now = now / now.sum() if now.any() else self._before
        self._before = (now + self._before) / 2
        for asked, total in ((self._before, _TOTALS[0]), *((now, total) for total in _TOTALS)):
            whole = whole_prices(asked.tolist(), total)
            found = affordable(self.numbers, whole, self.part)
            if found.value < target:
                self._dear[target] = whole
                return None
            bundle = found.cheapest(target)
            if prices[list(bundle)].sum() < 1 - _CLOSE:
                self.bundles.append(bundle)
                return bundle
        return None

    def _exact(self, simplex: _Simplex) -> Mix | None:
        """The weights as fractions that sum to 1, checked; None where rounding leaves too little."""
        for weights in (_rounded(simplex, self.part), _solved(simplex, self.part)):
            if weights is not None and (found := self._checked(weights)) is not None:
                return found
        return None

    def _checked(self, weights: dict[Bundle, Fraction]) -> Mix | None:
        """The first weights up to a sum of 1, if no item bears more than its part."""
        left, chosen = Fraction(1), []
        for bundle, weight in weights.items():
            if (used := min(weight, left)) > 0:
                chosen.append((bundle, used))
                left -= used
        borne = [Fraction(0)] * len(self.numbers)
        for bundle, weight in chosen:
            for item in bundle:
                borne[item] += weight
        return tuple(chosen) if left == 0 and max(borne, default=Fraction(0)) <= self.part else None


class _Simplex:
    """Most weight on bundles, each item bearing at most 1. Starts with nothing but the items' slack."""

    def __init__(self, items: int) -> None:
        self.inverse: Floats = np.eye(items)
        self.basis: list[Bundle | int] = list(range(items))
        self.limits: Floats = 1 + _JITTER * np.arange(1, items + 1) / (items + 1)
        self.gains: Floats = np.zeros(items)

    @property
    def prices(self) -> Floats:
        """The price of each item; a bundle whose price is below 1 adds weight."""
        return np.asarray(self.gains @ self.inverse)

    @property
    def total(self) -> float:
        """The weight of all bundles."""
        return float(self.gains @ self.weights)

    @property
    def weights(self) -> Floats:
        """The weight of what is in the basis, row by row."""
        return np.asarray(self.inverse.sum(axis=1))

    def worthwhile(self, bundles: Sequence[Bundle]) -> Bundle | None:
        """The cheapest of these bundles if its price is below 1."""
        prices = self.prices
        costs = [prices[list(bundle)].sum() for bundle in bundles]
        return bundles[int(np.argmin(costs))] if costs and min(costs) < 1 - _CLOSE else None

    def enter(self, bundle: Bundle) -> None:
        """Take a bundle up, and then every item's slack that pays."""
        column = np.zeros(len(self.basis))
        column[list(bundle)] = 1.0
        self._pivot(bundle, column, 1.0)
        while (prices := self.prices).min() < -_CLOSE:
            item = int(np.argmin(prices))
            self._pivot(item, np.eye(len(self.basis))[item], 0.0)

    def _pivot(self, entering: Bundle | int, column: Floats, gain: float) -> None:
        change = self.inverse @ column
        have = self.inverse @ self.limits
        ratios = np.where(change > _CLOSE, have / np.where(change > _CLOSE, change, 1.0), np.inf)
        row = int(np.argmin(ratios))
        self.inverse[row] /= change[row]
        change[row] = 0.0
        self.inverse -= np.outer(change, self.inverse[row])
        self.basis[row] = entering
        self.gains[row] = gain


def _rounded(simplex: _Simplex, part: Fraction) -> dict[Bundle, Fraction]:
    """The weights rounded down."""
    pairs = zip(simplex.basis, simplex.weights.tolist(), strict=True)
    return {
        bundle: Fraction(int(weight * float(part) * _GRAIN) - 1, _GRAIN)
        for bundle, weight in pairs
        if not isinstance(bundle, int) and weight * float(part) * _GRAIN > 2
    }


def _solved(simplex: _Simplex, part: Fraction) -> dict[Bundle, Fraction] | None:
    """The weights of the basis, solved in fractions: items without slack bear exactly their part."""
    bundles = [bundle for bundle in simplex.basis if not isinstance(bundle, int)]
    slack = {item for item in simplex.basis if isinstance(item, int)}
    rows = [
        [*(Fraction(int(item in bundle)) for bundle in bundles), part]
        for item in range(len(simplex.basis))
        if item not in slack
    ]
    for number in range(len(bundles)):
        pivot = next((row for row in range(number, len(rows)) if rows[row][number]), None)
        if pivot is None:
            return None
        rows[number], rows[pivot] = rows[pivot], rows[number]
        scale = rows[number][number]
        rows[number] = [value / scale if value else value for value in rows[number]]
        for other, row in enumerate(rows):
            if other != number and (factor := row[number]):
                rows[other] = [a - factor * b if b else a for a, b in zip(row, rows[number], strict=True)]
    weights = {bundle: rows[number][-1] for number, bundle in enumerate(bundles)}
    return weights if all(weight >= 0 for weight in weights.values()) else None
