"""Two parties: most new sums are far from maximal. A few of them, sorted, show that before the rest is made and sorted.

Every sixteenth key with every step gives a staircase of real sums. Sums that lie under it are left out at once: for
each of some thousand equal stretches of the first party's units, a table has the most that the second party gets
in a sum of the staircase to the right of that stretch.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.frontier.keys import Keys

WORTH_IT = 100_000
"""Fewer sums are sorted as quickly as screened."""
_SAMPLE = 16
_STRETCHES = 14
"""Bits: so many stretches, at the most, as a power of two."""


def screened(keys: Keys, steps: Keys, bits: int) -> list[Keys]:
    """The sums of keys and steps that no sampled sum covers; rising int64 keys with `bits` for the second party."""
    mask = np.int64((1 << bits) - 1)
    sampled = np.sort((steps[:, None] + keys[None, ::_SAMPLE]).ravel())
    low, high = int((keys[0] + steps.min()) >> bits), int((keys[-1] + steps.max()) >> bits)
    shift = max(0, (high - low).bit_length() - _STRETCHES)
    table = _most_to_the_right(sampled, bits, low, shift, ((high - low) >> shift) + 1)
    found = []
    for step in steps:
        sums = keys + step
        place = ((sums >> bits) - low) >> shift
        found.append(sums[table[place] < (sums & mask)])
    return found


def _most_to_the_right(sampled: Keys, bits: int, low: int, shift: int, count: int) -> NDArray[np.int64]:
    """For each stretch, the most of the second party in a sampled sum beyond its right end; -1: there is none."""
    most = np.maximum.accumulate((sampled & np.int64((1 << bits) - 1))[::-1])[::-1]
    ends = low + (np.arange(1, count + 1, dtype=np.int64) << shift)
    return np.append(most, -1)[np.searchsorted(sampled >> bits, ends)]
