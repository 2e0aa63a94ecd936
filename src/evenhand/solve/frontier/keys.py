"""Sums as sorted keys. Where all parties' units fit in 62 bits together a row is one int64, and adding rows is adding
keys; otherwise keys are Python's own integers, slower and just as exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.frontier.problem import Row

Keys = NDArray[Any]
"""One-dimensional: int64 or Python integers. The first party's units are the highest digits."""
_WORD = 62


@dataclass(frozen=True)
class Packing:
    """How rows between `low` and `high` become keys, each party's units counted from `low`."""

    low: Row
    bits: tuple[int, ...]

    @classmethod
    def of(cls, low: Sequence[int], high: Sequence[int]) -> Packing:
        """Room for every sum, and partial sum, between two rows."""
        return cls(tuple(low), tuple(max(1, (b - a).bit_length()) for a, b in zip(low, high, strict=True)))

    @property
    def dtype(self) -> Any:
        """The type of keys."""
        return np.int64 if sum(self.bits) <= _WORD else object

    @property
    def _shifts(self) -> list[int]:
        return [sum(self.bits[place + 1 :]) for place in range(len(self.bits))]

    def step(self, row: Sequence[int]) -> int:
        """What adding a row adds to a key."""
        return sum(int(units) << shift for units, shift in zip(row, self._shifts, strict=True))

    def key(self, row: Sequence[int]) -> int:
        """The key of a row."""
        return self.step([units - low for units, low in zip(row, self.low, strict=True)])

    def steps(self, rows: Sequence[Sequence[int]]) -> Keys:
        """What adding each row adds to a key."""
        return np.array([self.step(row) for row in rows], dtype=self.dtype)

    def keys(self, rows: NDArray[Any]) -> Keys:
        """The key of each row of a table with a column for each party."""
        found = np.zeros(len(rows), dtype=self.dtype)
        for column, low, shift in zip(rows.T, self.low, self._shifts, strict=True):
            found += (column.astype(self.dtype) - low) << shift
        return found

    def fields(self, keys: Keys) -> list[Keys]:
        """Each party's units above `low`; int64 wherever they fit."""
        found = []
        for bits, shift in zip(self.bits, self._shifts, strict=True):
            column = (keys >> shift) & ((1 << bits) - 1)
            found.append(column.astype(np.int64, copy=False) if bits <= _WORD else column)
        return found

    def rows(self, keys: Keys) -> NDArray[Any]:
        """The rows of keys: a column for each party; int64 if everything fits."""
        fits = all(bits <= _WORD and abs(low) < 2**_WORD for bits, low in zip(self.bits, self.low, strict=True))
        kind = np.int64 if fits else object
        rows = np.empty((len(keys), len(self.bits)), dtype=kind)
        for party, (column, low) in enumerate(zip(self.fields(keys), self.low, strict=True)):
            rows[:, party] = column.astype(kind) + low
        return rows


def sorted_unique(keys: Keys) -> Keys:
    """The keys in rising order, each once."""
    keys = np.sort(keys)
    if len(keys) < 2:
        return keys
    fresh = np.empty(len(keys), dtype=bool)
    fresh[0] = True
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    return keys[fresh]


def among(keys: Keys, sought: Keys) -> NDArray[np.bool_]:
    """Which of the sought keys are among sorted keys."""
    if not len(keys):
        return np.zeros(len(sought), dtype=bool)
    places = np.searchsorted(keys, sought)
    places[places == len(keys)] = 0
    return np.asarray(keys[places] == sought, dtype=bool)
