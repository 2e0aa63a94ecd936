"""Every bundle of a party that loses little against a bound, all at once in arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.partition.knapsack import Knapsack
from evenhand.solve.partition.problem import Integers, Mask
from evenhand.solve.partition.symmetry import Symmetry

WORD = 64
"""Items kept in one machine word."""


class TooMany(Exception):
    """More bundles or more steps than allowed."""


@dataclass(frozen=True)
class Choice:
    """A bundle of one party as a set of bits, and what it loses against the party's best at some prices."""

    loss: int
    bits: int


@dataclass(frozen=True)
class Near:
    """Bundles of one party, least loss first: `loss`, one each, and `words`, their items as bits, 64 to a word."""

    loss: Integers
    words: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.loss)

    def inside(self, items: int) -> Mask:
        """bundles × items: which items each bundle has."""
        parts = self.words.astype("<u8").view(np.uint8)
        found: Mask = np.unpackbits(parts, axis=1, count=items, bitorder="little").astype(bool)
        return found

    def choices(self) -> list[Choice]:
        """One by one, for fitting together."""
        rows = self.words.astype("<u8")
        return [
            Choice(loss, int.from_bytes(row.tobytes(), "little"))
            for loss, row in zip(self.loss.tolist(), rows, strict=True)
        ]


def near(table: Knapsack, losses: Integers, slack: int, limit: int, symmetry: Symmetry) -> Near:
    """Every bundle that loses at most `slack`. Raises TooMany above `limit`. O(bundles × items) steps.

    `losses` is by how much each value falls short of the best at the prices of the table. Bundles with a break
    among alike items are left out. Each step back through the table adds what it costs more than the best step,
    so that every state kept on the way ends in a bundle within the slack.
    """
    rows, sizes = table.table, table.sizes.tolist()
    left = np.flatnonzero(losses <= slack)
    loss = losses[left]
    words = np.zeros((len(left), -(-symmetry.items // WORD)), dtype=np.uint64)
    for number in range(len(sizes) - 1, -1, -1):
        size, item = sizes[number], int(table.items[number])
        before = loss - rows[number + 1, left]
        skipped = before + rows[number, left]
        smaller = np.maximum(left - size, 0)
        taken = before + rows[number, smaller] + int(table.costs[number])
        skip = np.flatnonzero(skipped <= slack)
        take = np.flatnonzero((taken <= slack) & (left >= size) & ~symmetry.breaks(item, words))
        if len(skip) + len(take) > limit:
            raise TooMany
        with_item = words[take]
        with_item[:, item // WORD] |= np.uint64(1 << item % WORD)
        left = np.concatenate([left[skip], smaller[take]])
        loss = np.concatenate([skipped[skip], taken[take]])
        words = np.concatenate([words[skip], with_item])
    order = np.lexsort((*words.T, loss))
    return Near(loss[order], words[order])
