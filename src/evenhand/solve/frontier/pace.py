"""How many sums may be kept: as many as there are, until memory or time would run out."""

from __future__ import annotations

import time
from collections.abc import Callable

from evenhand.solve.program import Limits

MOST = {1: 4_000_000, 2: 4_000_000, 3: 1_000_000}
"""Sums kept at a time, at the most, by the number of parties; MOST_OF_MANY for more."""
MOST_OF_MANY = 250_000
_FEW = 1_000
_GROWTH = 1.5
"""Time to merge, measured, grows with the number of sums to about this power."""


class TooMany(Exception):
    """More sums than allowed would have to be kept."""


class Pace:
    """Says after each merge how many sums may go on, so that all groups are merged in time."""

    def __init__(self, limits: Limits, tell: Callable[[str], None], most: int, *, thin: bool = True) -> None:
        self._limits, self._tell, self._most, self._thin = limits, tell, most, thin
        self._clock = time.process_time()

    def most(self, count: int, groups_left: int) -> int | None:
        """The number of sums that may go on, of `count`. Raises TooMany where none may be left out."""
        if not self._thin:
            if count > self._most:
                raise TooMany
            return None
        now = time.process_time()
        seconds, self._clock = now - self._clock, now
        self._tell(f"{count:,} sums; issues left: {groups_left}")
        left = self._limits.left()
        if left is None or not groups_left:
            return self._most
        if self._limits.spent():
            return _FEW
        allowed = left / groups_left
        if seconds <= allowed:
            return self._most
        return int(min(self._most, max(_FEW, count * (allowed / seconds) ** (1 / _GROWTH))))
