"""How good a deal is against the others that all could sign. The mediator's alone: it takes everybody's points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from operator import ge

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.frontier import Frontier, Segment, Values, frontier_of
from evenhand.bargain.package import mixed_deal
from evenhand.bargain.protocols.menu import Menu
from evenhand.bargain.protocols.own import Own
from evenhand.case import Case
from evenhand.deals import Deal, NotDefined, deal_values
from evenhand.solve import Limits

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_SECONDS = 10.0
"""A frontier may take so long; without it, nothing is said of how good a deal is."""


@dataclass(frozen=True)
class Zone:
    """The deals of a listed menu that every party can sign. `worths[r, p]` is what row r of the menu is worth to party
    p, in its own whole units; `inside` are the rows that all can sign."""

    owns: tuple[Own, ...]
    worths: Ints
    inside: Ints

    @classmethod
    def of(cls, owns: Sequence[Own]) -> Zone:
        """Lay out the zone. The menu must be listed."""
        worths = np.stack([own.worths for own in owns if own.worths is not None], axis=1)
        inside = np.ones(len(worths), dtype=bool)
        for number, own in enumerate(owns):
            kept = np.zeros(len(worths), dtype=bool)
            kept[own.rows] = True
            inside &= kept & (worths[:, number] >= int(own.case.preferences[own.party].no_deal * own.scale))
        return cls(tuple(owns), worths, np.flatnonzero(inside))

    @cached_property
    def parts(self) -> Floats:
        """The worths as parts of each party's range."""
        return np.stack([own.parts_of(column) for own, column in zip(self.owns, self.worths.T, strict=True)], axis=1)

    @cached_property
    def nash(self) -> int | None:
        """The row of the largest product of gains over no deal (in floats; the first of equal ones). None: no zone."""
        if not len(self.inside):
            return None
        no_deal = [float(own.case.preferences[own.party].no_deal * own.scale) for own in self.owns]
        spread = [float(own.top - own.floor or 1) for own in self.owns]
        gains = (self.worths[self.inside] - np.array(no_deal)) / np.array(spread)
        return int(self.inside[np.argmax(gains.prod(axis=1))])

    def better(self, deal: Deal) -> Deal | None:
        """The first deal of the zone that is better for some party and worse for none, by exact worths; None: it is
        efficient among all that could be offered and signed."""
        exact = [own.worth(deal) * own.scale for own in self.owns]
        rest = self.worths[self.inside]
        no_worse = (rest >= np.array([ceil(worth) for worth in exact])).all(axis=1)
        found = np.flatnonzero(no_worse & (rest > np.array([floor(worth) for worth in exact])).any(axis=1))
        menu = self.owns[0].menu
        return menu.deal(menu.picks[self.inside[found[0]]]) if len(found) else None

    def efficient(self, row: int) -> bool:
        """Whether no deal of the zone is better for some party and worse for none."""
        menu = self.owns[0].menu
        return self.better(menu.deal(menu.picks[row])) is None

    def distance(self, row: int, other: int) -> float:
        """How far apart two deals are, in parts of the parties' ranges (Euclid)."""
        return float(np.sqrt(((self.parts[row] - self.parts[other]) ** 2).sum()))

    def shortfall(self, row: int) -> float:
        """How far a deal is from the efficient ones: the distance to the nearest; 0 for an efficient deal."""
        return min((self.distance(row, other) for other in self._efficient), default=0.0)

    @cached_property
    def _efficient(self) -> list[int]:
        """The rows of the zone that no other beats, one per value. From the largest worths down, the first party's
        first, only rows already kept can beat a later one."""
        _, first = np.unique(self.worths[self.inside], axis=0, return_index=True)
        kept = np.empty((0, len(self.owns)), dtype=np.int64)
        found: list[int] = []
        for row in self.inside[first[::-1]]:
            if not (kept >= self.worths[row]).all(axis=1).any():
                kept = np.vstack([kept, self.worths[row]])
                found.append(int(row))
        return found


@dataclass(frozen=True)
class Standing:
    """Where a deal stands: `better` is one that is better for some party and worse for none (None: there is none);
    `among` says what it was compared with: the `menu` of packages that could be offered, or the case's `frontier`."""

    better: Deal | None
    among: str


def standing_of(case: Case, deal: Deal, menu: Menu) -> Standing | None:
    """Compare a deal with all others that everybody could sign: with the case's frontier where that is complete, else
    with what could be offered; None where neither can be told in full."""
    try:
        found = None if case.money is not None else frontier_of(case, limits=Limits(_SECONDS))
    except NotDefined:
        found = None
    if found is not None and found.complete:
        return Standing(_better_on(found, tuple(deal_values(case, deal).values())), "frontier")
    if not menu.listed:
        return None
    zone = Zone.of([Own.of(case, party.id, menu) for party in case.principals])
    return Standing(zone.better(deal), "menu")


def _better_on(frontier: Frontier, mine: Values) -> Deal | None:
    """The first package of a frontier, or place on a stretch, that is better for some party and worse for none."""
    for k in range(len(frontier)):
        if frontier.value(k) != mine and all(map(ge, frontier.value(k), mine)):
            return frontier.deal(k)
    for segment in frontier.segments:
        part = _no_worse_part(segment, mine)
        if part is not None:
            return mixed_deal(frontier.case, segment.start_deal, segment.end_deal, part)
    return None


def _no_worse_part(segment: Segment, mine: Values) -> Fraction | None:
    """A place on a stretch, as a part of the way from its start, where nobody has less than `mine` and somebody more:
    the middle of all such places. None: there is none, or only an open end."""
    low, high = Fraction(0), Fraction(1)
    for start, end, least in zip(segment.start, segment.end, mine, strict=True):
        if start == end and start < least:
            return None
        if end > start:
            low = max(low, (least - start) / (end - start))
        elif end < start:
            high = min(high, (least - start) / (end - start))
    part = (low + high) / 2
    if low > high or (segment.start_open and part == 0) or (segment.end_open and part == 1):
        return None
    there = tuple(start + part * (end - start) for start, end in zip(segment.start, segment.end, strict=True))
    return None if there == mine else part
