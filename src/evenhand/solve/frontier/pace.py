"""How many sums may be kept: as many as there are, until memory or time would run out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from evenhand.solve.program import Limits

MOST = {1: 4_000_000, 2: 4_000_000, 3: 1_000_000}
"""Sums kept at a time, at the most, by the number of parties; MOST_OF_MANY for more."""
MOST_OF_MANY = 1_000_000
_FEW = 1_000
_GROWTH = 1.3
"""Time to merge, measured, grows with the number of sums to about this power."""
_AIM = 0.3
"""The part of the time left that merges are planned for; thinning takes nearly as much, and plans are rough."""
_STEEPEST = 6.0
"""A merge is not expected to take more than so many times as long as the one before."""


class TooMany(Exception):
    """More sums than allowed would have to be kept."""


class Late(Exception):
    """A merge takes too much of the time that is left."""


class Pace:
    """Ends a merge that takes too long, to be done again with fewer sums; says after each merge how many may go on.

    So all groups are merged in about the time there is.
    """

    def __init__(self, limits: Limits, tell: Callable[[str], None], most: int, *, thin: bool = True) -> None:
        self._limits, self._tell, self._most, self._thin = limits, tell, most, thin
        self._clock = time.process_time()
        self._began_with = 1
        self._until: float | None = None

    def begin(self, count: int, groups_left: int) -> None:
        """A merge of so many sums begins. It may take half of the time left, the last one nearly all.

        Few sums may take what they need.
        """
        self._clock, self._began_with = time.process_time(), max(1, count)
        left = self._limits.left() if self._thin and count > _FEW else None
        part = 1 / 2 if groups_left else 4 / 5
        self._until = None if left is None else self._clock + left * part

    @contextmanager
    def paused(self) -> Iterator[None]:
        """What is done meanwhile does not count as time to merge."""
        before = time.process_time()
        yield
        spent = time.process_time() - before
        self._clock += spent
        self._until = None if self._until is None else self._until + spent

    def check(self) -> None:
        """Raise Late when the merge has taken too long; TooMany at a stop where no sums may be left out."""
        if not self._thin and self._limits.spent():
            raise TooMany
        if self._until is not None and (time.process_time() > self._until or self._limits.spent()):
            raise Late

    def fewer(self, count: int) -> int:
        """With how many sums to do a merge again that came too late with `count`."""
        return _FEW if self._limits.spent() else max(_FEW, count // 4)

    def most(self, count: int, groups_left: int) -> int | None:
        """The number of sums that may go on, of `count`; None: all. Raises TooMany where none may be left out."""
        if not self._thin:
            if count > self._most:
                raise TooMany
            return None
        expected = self._expected(count)
        self._tell(f"{count:,} sums; issues left: {groups_left}")
        if not groups_left:
            return None
        left = self._limits.left()
        if left is None:
            return self._most
        if self._limits.spent():
            return _FEW
        allowed = _AIM * left / groups_left
        if expected <= allowed:
            return self._most
        return int(min(self._most, max(_FEW, count * (allowed / expected) ** (1 / _GROWTH))))

    def _expected(self, count: int) -> float:
        """How long the next merge would take, after one that gave so many sums."""
        grown: float = max(1.0, count / self._began_with) ** _GROWTH
        return (time.process_time() - self._clock) * min(grown, _STEEPEST)
