"""What a solution chooses from: efficient packages as gains over the disagreement point, in exact numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

Gains = tuple[Fraction, ...]
"""Per party, points above the disagreement point."""
_SAFE = 2**62


@dataclass(frozen=True)
class Stretch:
    """Every mix of two ends is a package, but for an end that is open: there, another package is better."""

    one: Gains
    other: Gains
    one_open: bool = False
    other_open: bool = False

    def at(self, part: Fraction) -> Gains:
        """The gains at a place: 0 is the first end, 1 the second."""
        return tuple(a + part * (b - a) for a, b in zip(self.one, self.other, strict=True))

    def has(self, part: Fraction) -> bool:
        """Whether a place is within the stretch, and not an open end."""
        return 0 <= part <= 1 and not (part == 0 and self.one_open) and not (part == 1 and self.other_open)

    def raised(self, by: Sequence[Fraction]) -> Stretch:
        """The stretch with every gain raised."""
        one, other = (tuple(gain + more for gain, more in zip(end, by, strict=True)) for end in (self.one, self.other))
        return Stretch(one, other, self.one_open, self.other_open)


@dataclass(frozen=True)
class Menu:
    """The efficient packages of a zone of agreement.

    `rows[k, p] / units[p]` is the gain of party p in package k, 0 or more: whole numbers, int64 or, where they would
    not fit, Python's own.
    """

    rows: NDArray[Any]
    units: tuple[int, ...]
    stretches: tuple[Stretch, ...] = ()

    @classmethod
    def of(
        cls,
        values: NDArray[np.int64],
        scales: Sequence[int],
        disagreement: Sequence[Fraction],
        stretches: Sequence[Stretch] = (),
    ) -> Menu:
        """Lay out values (of which `scales[p]` are one point) against the disagreement point, in points.

        The stretches are of values, too.
        """
        units = tuple(lcm(scale, point.denominator) for scale, point in zip(scales, disagreement, strict=True))
        factors = [unit // scale for unit, scale in zip(units, scales, strict=True)]
        floor = [int(point * unit) for point, unit in zip(disagreement, units, strict=True)]
        largest = max([int(abs(values).max()) if values.size else 0]) * max(factors) + max(map(abs, floor))
        kind: Any = np.int64 if largest < _SAFE else object
        rows = values.astype(kind) * np.array(factors, dtype=kind) - np.array(floor, dtype=kind)
        return cls(rows, units, tuple(stretch.raised([-d for d in disagreement]) for stretch in stretches))

    def __len__(self) -> int:
        return len(self.rows) + len(self.stretches)

    def gains(self, row: int) -> Gains:
        """The gains of one package."""
        return tuple(Fraction(int(units), unit) for units, unit in zip(self.rows[row], self.units, strict=True))

    def on_stretch(self, number: int, part: Fraction) -> Gains:
        """The gains at a place of a stretch: 0 is its first end, 1 its second."""
        return self.stretches[number].at(part)

    @cached_property
    def points(self) -> NDArray[np.float64]:
        """The rows in points, rounded; for searching only."""
        return np.asarray(self.rows.astype(float) / np.array([float(unit) for unit in self.units]))

    @cached_property
    def ideal(self) -> Gains:
        """What each party could gain at the most, in the package it would choose itself."""
        best = [[Fraction(int(top), unit)] for top, unit in zip(self._tops, self.units, strict=True)]
        ends = [end for stretch in self.stretches for end in (stretch.one, stretch.other)]
        return tuple(max([*found, *(end[party] for end in ends)]) for party, found in enumerate(best))

    @property
    def _tops(self) -> Sequence[int]:
        return [column.max() for column in self.rows.T] if len(self.rows) else [0] * len(self.units)

    def raised(self, by: Sequence[Fraction]) -> Menu:
        """The menu with every gain raised: no package that was left out is worth more than one of these."""
        units = tuple(lcm(unit, more.denominator) for unit, more in zip(self.units, by, strict=True))
        factors = np.array([new // old for new, old in zip(units, self.units, strict=True)], dtype=object)
        more = np.array([int(gain * unit) for gain, unit in zip(by, units, strict=True)], dtype=object)
        return Menu(self.rows.astype(object) * factors + more, units, tuple(s.raised(by) for s in self.stretches))
