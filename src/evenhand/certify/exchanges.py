"""Quick looks for a better deal, before everything is searched: what people would try at the table.

One or two changed settlements; circles in which each gives one thing and gets one; and any two parties
dividing their two parts anew. What is found is a better deal; not finding one proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from evenhand.case import Asset
from evenhand.certify.dominating import Landscape, Row
from evenhand.deals import Deal, broken_rules

Changes = dict[int, int]
"""{issue number: number of its new settlement}."""
_PAIRS_UP_TO = 300
"""Above this many possible changes, pairs of them are left to the other looks."""
_LARGEST_SUM = 20_000
"""Parts are divided anew only where one party's points for both come to no more units than this."""


def quickly_better(landscape: Landscape, deal: Deal) -> Deal | None:
    """A deal that dominates and keeps the rules, by the first look that finds one."""
    looks: tuple[Callable[[Landscape, Deal], Iterator[Changes]], ...] = (_changes, _circles, _two_parts_anew)
    if not landscape.space.additive:
        return None
    for look in looks:
        for changes in look(landscape, deal):
            better = _changed(landscape, deal, changes)
            if better is not None:
                return better
    return None


def _changed(landscape: Landscape, deal: Deal, changes: Changes) -> Deal | None:
    space = landscape.space
    settled = {space.issues[k].id: space.settlements[k][s] for k, s in changes.items()}
    better = Deal.of(space.case, {**deal.settlements, **settled})
    shared = any(isinstance(issue, Asset) and better.is_shared(issue.id) for issue in space.issues)
    return None if shared or broken_rules(space.case, better) else better


def _whole(landscape: Landscape, deal: Deal) -> dict[int, int]:
    """The whole issues settled as some settlement allowed: {issue number: its settlement's number}."""
    space = landscape.space
    now = {}
    for number, issue in enumerate(space.issues):
        name = deal[issue.id]
        if isinstance(name, str) and name in space.settlements[number]:
            now[number] = space.settlements[number].index(name)
    return now


def _changes(landscape: Landscape, deal: Deal) -> Iterator[Changes]:
    """One change, or two in different issues, by which nobody loses and somebody gains."""
    gains: list[tuple[int, int, Row]] = []
    for number, now in _whole(landscape, deal).items():
        rows = landscape.worth[number]
        gains += [(number, s, _minus(row, rows[now])) for s, row in enumerate(rows) if s != now]
    for number, s, gain in gains:
        if _helps(gain):
            yield {number: s}
    for one, two in combinations(gains, 2) if len(gains) <= _PAIRS_UP_TO else ():
        if one[0] != two[0] and _helps([a + b for a, b in zip(one[2], two[2], strict=True)]):
            yield {one[0]: one[1], two[0]: two[1]}


def _minus(one: Row, other: Row) -> Row:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _helps(gain: Sequence[int]) -> bool:
    return min(gain) >= 0 and max(gain) > 0


class _Things:
    """The assets that one party holds whole: who holds each, and what it is worth to everybody.

    Floats tell which ways to try only where whole numbers would not fit; what is tried is checked exactly.
    """

    def __init__(self, landscape: Landscape, deal: Deal) -> None:
        space = landscape.space
        self.numbers = [
            number for number, s in _whole(landscape, deal).items() if space.settlements[number][s] in space.parties
        ]
        self.holder = np.array([space.parties.index(str(deal[space.issues[k].id])) for k in self.numbers], dtype=int)
        self.worth: dict[tuple[int, int], int] = {}
        for place, number in enumerate(self.numbers):
            for name, row in zip(space.settlements[number], landscape.worth[number], strict=True):
                if name in space.parties:
                    party = space.parties.index(name)
                    self.worth[party, place] = row[party]
        self.settlement = {
            (party, place): space.settlements[number].index(name)
            for place, number in enumerate(self.numbers)
            for party, name in enumerate(space.parties)
            if name in space.settlements[number]
        }

    def moved(self, moves: Sequence[tuple[int, int]]) -> Changes:
        """(thing, new holder) pairs as changes."""
        return {self.numbers[place]: self.settlement[party, place] for place, party in moves}


def _circles(landscape: Landscape, deal: Deal) -> Iterator[Changes]:
    """Circles in which each thing passes to the holder of the next, and nobody minds: at most one is tried."""
    things = _Things(landscape, deal)
    count = len(things.numbers)
    passes, gains = np.zeros((count, count), dtype=bool), np.zeros((count, count), dtype=bool)
    for one in range(count):
        for two in range(count):
            holder = int(things.holder[two])
            if holder != things.holder[one] and (holder, one) in things.worth:
                gain = things.worth[holder, one] - things.worth[holder, two]
                passes[one, two], gains[one, two] = gain >= 0, gain > 0
    reach = _closure(passes)
    for one, two in np.argwhere(gains & reach.T):
        circle = _way(passes, int(two), int(one))
        yield things.moved(
            [(place, int(things.holder[after])) for place, after in zip(circle, [*circle[1:], circle[0]], strict=True)]
        )
        return


def _closure(links: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Who can be reached from whom, along links."""
    reach = links.copy()
    for _ in range(max(1, len(links)).bit_length()):
        reach |= (reach.astype(np.float32) @ reach.astype(np.float32)) > 0
    return reach


def _way(links: NDArray[np.bool_], start: int, end: int) -> list[int]:
    """The nodes of a shortest way from start to end."""
    before = {start: -1}
    waiting = [start]
    for node in waiting:
        if node == end:
            break
        for after in np.flatnonzero(links[node]):
            if int(after) not in before:
                before[int(after)] = node
                waiting.append(int(after))
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


def _two_parts_anew(landscape: Landscape, deal: Deal) -> Iterator[Changes]:
    """The best way for two parties to divide their two parts anew, where that helps one and hurts neither."""
    things = _Things(landscape, deal)
    for one, two in combinations(range(len(landscape.target)), 2):
        places = [p for p in range(len(things.numbers)) if things.holder[p] in (one, two)]
        both = [p for p in places if (one, p) in things.worth and (two, p) in things.worth]
        worth = [(things.worth[one, p], things.worth[two, p]) for p in both]
        if not both or min(min(pair) for pair in worth) < 0:
            continue
        held = [bool(things.holder[p] == one) for p in both]
        better = _divided_anew(worth, held)
        if better is not None:
            yield things.moved([(p, one if to_one else two) for p, to_one in zip(both, better, strict=True)])


def _divided_anew(worth: Sequence[tuple[int, int]], held: Sequence[bool]) -> list[bool] | None:
    """Who gets each good so that the second keeps its sum and the first gains (or the other way), or None.

    A knapsack: what the second gives up may come to no more than what is beyond its own sum now.
    """
    own = sum(a for (a, _), mine in zip(worth, held, strict=True) if mine)
    room = sum(b for (_, b), mine in zip(worth, held, strict=True) if mine)
    if room + sum(b for _, b in worth) > _LARGEST_SUM or sum(a for a, _ in worth) > 2**40:
        return None
    best = np.zeros(room + 1, dtype=np.int64)
    taken = []
    for a, b in worth:
        added = np.full(room + 1, -1, dtype=np.int64)
        if b <= room:
            added[b:] = best[: room + 1 - b] + a
        taken.append(added > best)
        best = np.maximum(best, added)
    at = int(np.argmax(best == best[room]))
    if best[room] < own or (best[room] == own and at == room):
        return None
    to_one = [False] * len(worth)
    for number in reversed(range(len(worth))):
        if taken[number][at]:
            to_one[number] = True
            at -= worth[number][1]
    return to_one
