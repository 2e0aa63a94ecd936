"""Whole numbers drawn evenly, the same on any machine."""

from __future__ import annotations

import numpy as np
from numpy.random import PCG64, SeedSequence
from numpy.typing import NDArray


class Chance:
    """Draws from the 64-bit words of a PCG64 generator, whose stream NumPy promises never to change."""

    def __init__(self, *seed: int) -> None:
        self._words = PCG64(SeedSequence(seed))

    def below(self, sizes: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each size (at least 1) a number from 0 to size − 1, each as likely as the others.

        A word is cut to as many bits as the largest number needs, and drawn again while it is too large.
        """
        masks = _ones(sizes.astype(np.uint64) - np.uint64(1))
        found = np.zeros(len(sizes), np.int64)
        waiting = np.arange(len(sizes))
        while len(waiting):
            drawn = (self._words.random_raw(len(waiting)) & masks[waiting]).astype(np.int64)
            fits = drawn < sizes[waiting]
            found[waiting[fits]] = drawn[fits]
            waiting = waiting[~fits]
        return found

    def one_below(self, size: int) -> int:
        """One number from 0 to size − 1."""
        return int(self.below(np.array([size]))[0])


def _ones(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """All bits set up to the highest one."""
    for shift in (1, 2, 4, 8, 16, 32):
        numbers = numbers | (numbers >> np.uint64(shift))
    return numbers
