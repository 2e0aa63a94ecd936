"""What is merged: groups of rows, one row to be taken of each, and what ties groups together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

Row = tuple[int, ...]
"""Per party, whole units."""


@dataclass(frozen=True)
class Tie:
    """What ties a few groups: whether any of the rows in `hits` (by group) is taken.

    If none is, `otherwise` is added to the sum; None: then the sum does not count. `stays`: the answer is kept to the
    end instead, as one bit of the sum's state, and decides nothing here.
    """

    hits: Mapping[int, frozenset[int]]
    otherwise: Row | None = None
    stays: bool = False

    @property
    def first(self) -> int:
        """The first of its groups, after which it is decided: groups are merged from the last to the first."""
        return min(self.hits)

    @property
    def good_if_hit(self) -> bool | None:
        """Whether a sum with a hit can do all that the same sum without could; None: they do not compare."""
        if self.otherwise is None or all(units <= 0 for units in self.otherwise):
            return True
        return False if all(units >= 0 for units in self.otherwise) else None


@dataclass(frozen=True)
class SumProblem:
    """Sums of one row of each group, in whole units by party.

    `groups[k][s]` are rows of equal width. Only sums of at least `floor` count, where it is given. `slack`: what each
    sum stands for may be so much above it, so that a sum which is short of the floor by no more is kept apart.
    """

    width: int
    groups: Sequence[Sequence[Row]]
    ties: Sequence[Tie] = ()
    floor: Row | None = None
    base: Row = ()
    slack: Row = ()

    @cached_property
    def start(self) -> Row:
        """The sum of nothing."""
        return self.base or (0,) * self.width

    def extremes(self, groups: range) -> tuple[Row, Row]:
        """Bounds on what these groups, and the ties that they decide, add: (no less than, no more than)."""
        low, high = [0] * self.width, [0] * self.width
        for rows in (self.groups[k] for k in groups):
            for party, column in enumerate(zip(*rows, strict=True)):
                low[party] += min(column)
                high[party] += max(column)
        for tie in self.ties:
            if tie.otherwise is not None and not tie.stays and tie.first in groups:
                for party, units in enumerate(tie.otherwise):
                    low[party] += min(units, 0)
                    high[party] += max(units, 0)
        return tuple(low), tuple(high)

    def reach(self) -> tuple[Row, Row]:
        """Bounds on every partial sum."""
        down, up = list(self.start), list(self.start)
        for k in range(len(self.groups)):
            less, more = self.extremes(range(k, k + 1))
            down = [a + min(b, 0) for a, b in zip(down, less, strict=True)]
            up = [a + max(b, 0) for a, b in zip(up, more, strict=True)]
        return tuple(down), tuple(up)
