"""How each solution measures a package: roughly for all packages at once, exactly for the few that could be best.

A measure is made for one menu. `rough` gives a float per row, off by no more than rounding; `key` something that
compares exactly, larger is better; `turns` the places of a stretch (0 to 1) where its best may lie.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.solutions.menu import Gains, Menu
from evenhand.solve import compare_with_one, log_of_fraction

Floats = NDArray[np.float64]
ZERO, ONE = Fraction(0), Fraction(1)


Most = Callable[[Sequence[Fraction]], Fraction]
"""For weights on the parties' gains, what no deal's weighted sum of gains is above."""


class Measure(Protocol):
    """What choosing needs of a solution."""

    def rough(self, menu: Menu) -> Floats:
        """A float per row; the exactly best rows are within rounding of its largest."""

    def key(self, gains: Gains) -> Any:
        """Something to compare exactly; larger is better."""

    def turns(self, one: Gains, other: Gains) -> Sequence[Fraction]:
        """Where on a stretch the best may lie, besides its ends."""

    def lead(self, best: Gains, other: Gains) -> float | None:
        """By how much `best` measures above `other`; None where that cannot be said."""

    def room(self, best: Gains, most: Most) -> float | None:
        """By how much any package at all may measure above `best`; None where weights do not say."""


@dataclass(frozen=True)
class Product:
    """The product of gains, each to its power, over the parties that can gain at once."""

    powers: tuple[int, ...]
    gaining: tuple[int, ...]

    @classmethod
    def of(cls, menu: Menu, powers: Sequence[int]) -> Product:
        """Over the largest set of parties that some package helps all at once; of several, the first in order."""
        signs = set(map(bytes, menu.rows > 0))
        rows = {tuple(party for party, gains in enumerate(row) if gains) for row in signs}
        inside = {tuple(p for p, gain in enumerate(s.at(Fraction(1, 2))) if gain) for s in menu.stretches}
        return cls(tuple(powers), min(rows | inside, key=lambda parties: (-len(parties), parties)))

    def rough(self, menu: Menu) -> Floats:
        """The logarithm of the product; minus infinity where one of those parties gains nothing."""
        tops = [float(menu.ideal[party]) for party in self.gaining]
        ratios = menu.points[:, list(self.gaining)] / np.array(tops)
        shares = np.array([self.powers[party] / max(self.powers) for party in self.gaining])
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(ratios) @ shares if self.gaining else np.zeros(len(ratios)))

    def key(self, gains: Gains) -> Any:
        """How many of the parties gain; then the product."""
        own = [(gains[party], self.powers[party]) for party in self.gaining]
        short = any(gain <= 0 for gain, _ in own)
        return cmp_to_key(_compared)((short, own))

    def turns(self, one: Gains, other: Gains) -> Sequence[Fraction]:
        """Where the product is level, for two parties: its logarithm bends downwards all the way."""
        (x, y), (dx, dy) = one, _steps(one, other)
        power, power_y = self.powers
        if self.gaining != (0, 1) or not dx * dy:
            return ()
        return _within(-(power * dx * y + power_y * dy * x) / ((power + power_y) * dx * dy))

    def lead(self, best: Gains, other: Gains) -> float | None:
        """The part by which the geometric mean (weighted by powers) is larger; where all gain, else others might."""
        if len(self.gaining) < len(best) or any(gains[party] <= 0 for gains in (best, other) for party in self.gaining):
            return None
        logs = sum(self.powers[p] * log_of_fraction(best[p] / other[p]) for p in self.gaining)
        return float(np.expm1(logs / max(1, sum(self.powers[p] for p in self.gaining))))

    def room(self, best: Gains, most: Most) -> float | None:
        """A mean of ratios is no less than the geometric mean of them, so weights of power over gain bound it."""
        if len(self.gaining) < len(best) or min(best) <= 0:
            return None
        whole = sum(self.powers)
        return float(most([Fraction(power, whole) / gain for power, gain in zip(self.powers, best, strict=True)]) - 1)


def _compared(one: tuple[bool, Any], other: tuple[bool, Any]) -> int:
    if one[0] or other[0]:
        return int(other[0]) - int(one[0])
    return compare_with_one([*one[1], *((gain, -power) for gain, power in other[1])])


@dataclass(frozen=True)
class Smallest:
    """The smallest of the parties' gains in their own units, then the next smallest (leximin).

    `units[p]` points count as 1; a party with 0 can gain nothing and is left out.
    """

    units: tuple[Fraction, ...]

    def rough(self, menu: Menu) -> Floats:
        """The smallest gain, in units."""
        own = [party for party, unit in enumerate(self.units) if unit]
        if not own:
            return np.zeros(len(menu.rows))
        return np.asarray((menu.points[:, own] / np.array([float(self.units[party]) for party in own])).min(axis=1))

    def key(self, gains: Gains) -> tuple[Fraction, ...]:
        """The gains in units, smallest first."""
        return tuple(sorted(gain / unit for gain, unit in zip(gains, self.units, strict=True) if unit))

    def turns(self, one: Gains, other: Gains) -> Sequence[Fraction]:
        """Where two parties gain alike."""
        if not all(self.units):
            return ()
        (x, y), (dx, dy) = (
            [gain / unit for gain, unit in zip(row, self.units, strict=True)] for row in (one, _steps(one, other))
        )
        return _within((y - x) / (dx - dy)) if dx != dy else ()

    def lead(self, best: Gains, other: Gains) -> float | None:
        """The difference of the smallest gains, in units."""
        first, second = self.key(best), self.key(other)
        return float(first[0] - second[0]) if first else 0.0

    def room(self, best: Gains, most: Most) -> float | None:
        """The smallest of the gains is no more than their mean."""
        own = sum(1 for unit in self.units if unit)
        return (
            float(most([1 / (unit * own) if unit else unit for unit in self.units]) - self.key(best)[0])
            if own
            else None
        )


@dataclass(frozen=True)
class Sum:
    """The sum of gains, `weights[p]` for a point of party p."""

    weights: tuple[Fraction, ...]

    def rough(self, menu: Menu) -> Floats:
        """The sum."""
        return np.asarray(menu.points @ np.array([float(weight) for weight in self.weights]))

    def key(self, gains: Gains) -> Fraction:
        """The sum."""
        return sum((gain * weight for gain, weight in zip(gains, self.weights, strict=True)), ZERO)

    def turns(self, one: Gains, other: Gains) -> Sequence[Fraction]:
        """None: the best lies at an end, or the whole stretch is as good."""
        return ()

    def lead(self, best: Gains, other: Gains) -> float | None:
        """The difference of the sums."""
        return float(self.key(best) - self.key(other))

    def room(self, best: Gains, most: Most) -> float | None:
        """What the sum is below the largest of all."""
        return float(most(self.weights) - self.key(best))


@dataclass(frozen=True)
class WorstRank:
    """How far down its own order the party must go that has to go furthest, then the next furthest."""

    columns: tuple[tuple[int, ...], ...]
    units: tuple[int, ...]

    @classmethod
    def of(cls, menu: Menu) -> WorstRank:
        """The parties' orders over the packages of a menu."""
        return cls(tuple(tuple(sorted(map(int, column))) for column in menu.rows.T), menu.units)

    def rough(self, menu: Menu) -> Floats:
        """Minus the largest rank; exact."""
        return np.array([-max(self._ranks([int(units) for units in row])) for row in menu.rows], dtype=float)

    def _ranks(self, row: Sequence[int]) -> list[int]:
        """1 for the best; how many packages each party likes strictly better, and 1."""
        return [len(c) - bisect_right(c, units) + 1 for c, units in zip(self.columns, row, strict=True)]

    def key(self, gains: Gains) -> tuple[int, ...]:
        """Minus the ranks, the largest rank first."""
        return tuple(sorted(-rank for rank in self.ranks(gains)))

    def ranks(self, gains: Gains) -> list[int]:
        """Where the package stands in each party's own order."""
        return self._ranks([int(gain * unit) for gain, unit in zip(gains, self.units, strict=True)])

    def turns(self, one: Gains, other: Gains) -> Sequence[Fraction]:
        """None: on a stretch ranks have no meaning."""
        return ()

    def lead(self, best: Gains, other: Gains) -> float | None:
        """Ranks are those among the packages listed; nothing is said about others."""
        return None

    def room(self, best: Gains, most: Most) -> float | None:
        """Nor here."""
        return None


def _steps(one: Gains, other: Gains) -> Gains:
    return tuple(b - a for a, b in zip(one, other, strict=True))


def _within(part: Fraction) -> Sequence[Fraction]:
    """The place, drawn back to the nearer end where it lies beyond."""
    return (min(max(part, ZERO), ONE),)


def ratios_to_ideal(menu: Menu) -> Smallest:
    """Gains over the most each party could gain."""
    return Smallest(menu.ideal)


Make = Callable[[Menu, Sequence[int]], Measure]
"""A measure for a menu and the parties' powers."""
