"""Parties and items that are alike: of partitions that differ only in who is who, the first is enough.

In the first of all best partitions, alike items go to owners in ascending order, so each party's part of them
is without a break; and of alike parties the earlier has the earlier first item, or else an exchange would
give an earlier partition that is as good.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.partition.problem import Mask, PartitionProblem


class Symmetry:
    """Which items and which parties of a problem are alike; sets of items are bits of an integer."""

    def __init__(self, problem: PartitionProblem) -> None:
        columns = zip(problem.worth.T.tolist(), problem.may.T.tolist(), strict=True)
        rows = zip(problem.worth.tolist(), problem.may.tolist(), problem.gains, strict=True)
        items = _alike((tuple(worth), tuple(may)) for worth, may in columns)
        parties = _alike((tuple(worth), tuple(may), tuple(gains.tolist())) for worth, may, gains in rows)
        self.items = problem.items
        self.following = [0] * problem.items
        self.beyond = [0] * problem.items
        for group in items:
            for place, item in enumerate(group[:-1]):
                self.following[item] = 1 << group[place + 1]
                self.beyond[item] = sum(1 << other for other in group[place + 1 :])
        self.pairs = [(1 << one, 1 << other) for group in items for one, other in pairwise(group)]
        self.group = {party: number for number, group in enumerate(parties) for party in group}

    def breaks(self, item: int, words: NDArray[np.uint64]) -> Mask:
        """For each bundle (a row of bits, 64 to a word): whether the item would be apart from alike items after it."""
        if not self.beyond[item]:
            return np.zeros(len(words), dtype=bool)
        beyond, following = self._words(self.beyond[item]), self._words(self.following[item])
        apart: Mask = np.logical_and((words & beyond).any(axis=1), ~(words & following).any(axis=1))
        return apart

    def _words(self, bits: int) -> NDArray[np.uint64]:
        """A set of items as bits, 64 to a word."""
        count = -(-self.items // 64)
        return np.frombuffer(bits.to_bytes(8 * count, "little"), dtype="<u8").astype(np.uint64)

    def barred(self, bits: int) -> tuple[int, int]:
        """(items barred from earlier parties, items barred from later parties) when a party has these."""
        earlier = later = 0
        for one, other in self.pairs:
            if bits & other and not bits & one:
                later |= one
            if bits & one and not bits & other:
                earlier |= other
        return earlier, later

    def in_order(self, one: int, bits: int, other: int, others: int) -> bool:
        """Whether two parties may have these bundles: alike ones in the order of their first items."""
        if self.group[one] != self.group[other]:
            return True
        first, second = (bits, others) if one < other else (others, bits)
        return not second or 0 < (first & -first) < (second & -second)


def _alike(keys: Iterable[Hashable]) -> Sequence[list[int]]:
    groups: dict[Hashable, list[int]] = {}
    for number, key in enumerate(keys):
        groups.setdefault(key, []).append(number)
    return list(groups.values())
