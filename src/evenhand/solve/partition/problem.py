"""Whole items to hand out among parties, and what each party's total value counts for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]

LARGEST = 2**60
"""No sum of gains may reach this."""


@dataclass(frozen=True, eq=False)
class PartitionProblem:
    """Give each of m items to one of n parties so that the sum over parties of gains[i][value] is largest.

    `worth`: n × m integers ≥ 0, what each item adds to the value of each party. `may`: n × m, whether a
    party may hold an item; every item has a holder. `gains`: one integer array per party, nondecreasing,
    entry t for the value t, at least as long as 1 + the sum of the party's row. `unit`: how many of the
    gains' parts make 1 in the linear programs that search (floats there; never in what is asserted).

    A total that must not be is given a gain lower than everything else together.
    Raises ValueError for another shape, negative worths, falling gains, or gains so large that sums overflow.
    """

    worth: Integers
    may: Mask
    gains: tuple[Integers, ...]
    unit: int

    def __post_init__(self) -> None:
        if self.worth.ndim != 2 or self.may.shape != self.worth.shape or len(self.gains) != len(self.worth):
            raise ValueError("worth and may need a row per party, gains an array per party")
        if (self.worth < 0).any() or not self.may.any(axis=0).all():
            raise ValueError("worths are at least 0, and each item has a party that may hold it")
        if any(len(gain) <= total for gain, total in zip(self.gains, self.worth.sum(axis=1), strict=True)):
            raise ValueError("gains need an entry for each value up to the sum of the row")
        if any((np.diff(gain) < 0).any() for gain in self.gains):
            raise ValueError("gains must not fall")
        if sum(max(abs(int(gain[0])), abs(int(gain[-1]))) for gain in self.gains) >= LARGEST:
            raise ValueError("gains are too large")

    @property
    def parties(self) -> int:
        """How many parties."""
        return len(self.worth)

    @property
    def items(self) -> int:
        """How many items."""
        return len(self.worth[0])

    @cached_property
    def table(self) -> Integers:
        """The gains as one array, each row continued with its last entry."""
        longest = max(len(gain) for gain in self.gains)
        return np.array([np.concatenate([gain, np.full(longest - len(gain), gain[-1])]) for gain in self.gains])

    @cached_property
    def wanted(self) -> Mask:
        """n × m: whether a party may hold an item and it adds to its value."""
        return self.may & (self.worth > 0)

    def spare(self, may: Mask) -> Integers:
        """For each item the first party that may hold it and gets nothing from it; -1 where there is none."""
        idle = may & (self.worth == 0)
        return np.where(idle.any(axis=0), idle.argmax(axis=0), -1)

    def values(self, owner: Sequence[int] | Integers) -> Integers:
        """The total value of each party."""
        held = np.asarray(owner)
        return np.bincount(held, self.worth[held, np.arange(self.items)], self.parties).astype(np.int64)

    def objective(self, owner: Sequence[int] | Integers) -> int:
        """The sum of gains, exact."""
        return sum(int(self.gains[party][value]) for party, value in enumerate(self.values(owner)))
