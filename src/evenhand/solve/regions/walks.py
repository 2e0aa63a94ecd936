"""Closed walks over the corners of a map that gain enough (compiled).

Three things are added up along a walk. Of the first a closed walk needs much, of the second little: for each row of
`ways`, its product with these two must reach the `needs` of some case. The third must come to `target`. Walks are taken
up in the order of the least length they can end with. A walk is dropped where nothing that can be gained on the way
back would do, and where one before it to the same corner, with the same third sum, has as much of the first and as
little of the second (or, where too much of the first is possible, the same of both).

Arrays travel in tuples. `net`: the first step of each corner, its head, length and three gains. `ahead`: which corners
are open; how far each is from the start; its place; the most that each way gains from a place, by units of length left;
the length of a unit; by how much a closed walk may be longer than the longest to look for. `asked`: ways, needs at the
end, needs on the way, target, whether only equal sums are compared. `room`: walks (a row of numbers each, see `AT` and
those after it), the heap of those that wait, a hash table of walks by corner and sums, for each corner and third sum
the stairs of the first two, and their heights.

Source: M. Desrochers, F. Soumis, A generalized permanent labelling algorithm for the shortest path problem with time
windows, INFOR 26 (1988); I. Dumitrescu, N. Boland, Improved preprocessing, labeling and scaling algorithms for the
weight-constrained shortest path problem, Networks 42 (2003).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from evenhand.solve.compiling import compiled, part

UNREACHED = -(2**62)
"""The gain of a walk that there is not."""
AT, LONG, ONE, OTHER, TURN, LEAST, CAME, BY, STAIRS, WIDTH = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9
"""Of a walk: its corner, its length, its sums, the least length it can end with, the walk before, the last step, and
the number of its stairs."""
WAITING, MADE, CLOSED, BOUND, FLIGHTS, HIGHEST, STATES = 0, 1, 2, 3, 4, 5, 6
"""Of a search: how many walks wait and were made, the closed one found (0: none), a length that none still to be
found is below, how many stairs there are and the height of the highest."""
ENDED, FULL, PAUSED = 0, 1, 2
"""Why a search came back: a walk was closed or none is left; there is no room for more; it took up as many as asked."""
_MIX, _MORE, _HIGH = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(20)


@compiled
def distances(net: Any, open_: Any, start: int, far: int) -> Any:
    """int64[corners]: the shortest way over open corners from each to `start`; `far` where there is none below."""
    first, head, length, _ = net
    found = np.full(len(first) - 1, far, dtype=np.int64)
    found[start] = 0
    again = True
    while again:
        again = False
        for corner in range(len(first) - 1):
            if not open_[corner]:
                continue
            for step in range(first[corner], first[corner + 1]):
                if open_[head[step]] and found[head[step]] + length[step] < found[corner]:
                    found[corner] = found[head[step]] + length[step]
                    again = True
    return found


@compiled
def most_gained(net: Any, way: Any, units: Any, place: Any, open_: Any, start: int, most: Any) -> None:
    """Fill `most` int64[budget + 1, places]: what a walk of so many units to `start` can gain at the most.

    `place`: steps of no unit lead within one place, or to or from `start`, which has a place of its own; what is gained
    within a place does not count. Of `start` itself: walks that leave it first.
    """
    for left in range(len(most)):
        for at in range(most.shape[1]):
            most[left, at] = most[left - 1, at] if left else UNREACHED
        for corner in range(len(place)):
            if open_[corner] and corner != start:
                _raise(net, way, units, place, open_, corner, start, most, left)
        _raise(net, way, units, place, open_, start, start, most, left)


@part
def _raise(
    net: Any, way: Any, units: Any, place: Any, open_: Any, corner: int, start: int, most: Any, left: int
) -> None:
    """Count the walks of `left` units that leave a corner."""
    first, head, _, gain = net
    at = place[corner]
    for step in range(first[corner], first[corner + 1]):
        to, cost = head[step], units[step]
        if not open_[to] or cost > left or (to == corner and to != start):
            continue
        reached = way[0] * gain[step, 0] + way[1] * gain[step, 1]
        if to != start:
            before = most[left - cost, place[to]]
            if before == UNREACHED or (cost == 0 and corner != start):
                continue
            reached += before
        most[left, at] = max(most[left, at], reached)


@compiled
def search(net: Any, ahead: Any, asked: Any, start: int, longest: int, room: Any, state: Any, count: int) -> int:
    """Take up so many walks, or until one is closed or none is left."""
    first, head, length, gain = net
    walks, heap, _, stairs, _ = room
    for _ in range(count):
        if state[WAITING] == 0:
            state[BOUND] = longest + 1
            return ENDED
        walk = heap[0]
        at = walks[walk, AT]
        state[BOUND] = walks[walk, LEAST]
        if at == start and walk > 0:
            state[CLOSED] = walk
            return ENDED
        if state[MADE] + first[at + 1] - first[at] > len(walks):
            return FULL
        if state[HIGHEST] == stairs.shape[1] or state[FLIGHTS] == len(stairs):
            return FULL
        _pop(heap, walks, state)
        if not _is_worth_it(walks, walk, room, asked, state):
            continue
        for step in range(first[at], first[at + 1]):
            to = head[step]
            reached = walks[walk, LONG] + length[step]
            least = reached + ahead[1][to]
            if not ahead[0][to] or least > longest or (to == at and at != start):
                continue
            row = walks[state[MADE]]
            row[ONE], row[OTHER] = walks[walk, ONE] + gain[step, 0], walks[walk, OTHER] + gain[step, 1]
            row[TURN] = walks[walk, TURN] + gain[step, 2]
            if _can_end(ahead, asked, to, to == start, longest + ahead[5] - reached, row):
                row[AT], row[LONG], row[LEAST], row[CAME], row[BY] = to, reached, least, walk, step
                _push(heap, walks, state)
    return PAUSED


@part
def _can_end(ahead: Any, asked: Any, to: int, ended: bool, left: int, row: Any) -> bool:
    """Whether such sums reach the needs of some case, with the most that may be gained on the way back."""
    _, _, place, most, unit, _ = ahead
    ways, needs, needs_before, target, _ = asked
    for case in range(len(needs)):
        good = True
        for way in range(len(ways)):
            gained = ways[way, 0] * row[ONE] + ways[way, 1] * row[OTHER]
            if ended:
                good = good and gained >= needs[case, way]
            else:
                more = most[way, left // unit, place[to]]
                good = good and more != UNREACHED and gained + more >= needs_before[case, way]
        if good:
            return not ended or row[TURN] == target
    return False


@part
def _push(heap: Any, walks: Any, state: Any) -> None:
    """The walk made last waits."""
    new, at = state[MADE], state[WAITING]
    while at > 0 and walks[heap[(at - 1) // 2], LEAST] > walks[new, LEAST]:
        heap[at] = heap[(at - 1) // 2]
        at = (at - 1) // 2
    heap[at] = new
    state[MADE] += 1
    state[WAITING] += 1


@part
def _pop(heap: Any, walks: Any, state: Any) -> None:
    state[WAITING] -= 1
    count = state[WAITING]
    last, at, below = heap[count], 0, 1
    while below < count:
        if below + 1 < count and walks[heap[below + 1], LEAST] < walks[heap[below], LEAST]:
            below += 1
        if walks[heap[below], LEAST] >= walks[last, LEAST]:
            break
        heap[at] = heap[below]
        at, below = below, 2 * below + 1
    heap[at] = last


@part
def _is_worth_it(walks: Any, walk: int, room: Any, asked: Any, state: Any) -> Any:
    """Whether no walk taken up before makes this one needless; then note it."""
    _, _, table, stairs, heights = room
    exact = asked[4]
    place = _place(table, walks, walk, exact)
    is_new = table[place] < 0
    if is_new:
        table[place] = walk
    if exact:
        return is_new
    if is_new:
        walks[walk, STAIRS] = state[FLIGHTS]
        state[FLIGHTS] += 1
    flight = walks[table[place], STAIRS]
    height = _joined(stairs[flight], heights[flight], walks[walk, ONE], walks[walk, OTHER])
    if height < 0:
        return False
    heights[flight] = height
    state[HIGHEST] = max(state[HIGHEST], height)
    return True


@part
def _place(table: Any, walks: Any, walk: int, exact: bool) -> Any:
    """Where in the table a walk to the same corner with the same third sum is (`exact`: all sums), or would go."""
    at, one, other, turn = walks[walk, AT], walks[walk, ONE], walks[walk, OTHER], walks[walk, TURN]
    mixed = (np.uint64(at) * _MORE + np.uint64(turn)) * _MIX
    if exact:
        mixed = ((mixed ^ np.uint64(one)) * _MORE) ^ (np.uint64(other) * _MIX)
    place = np.int64((mixed * _MIX) >> _HIGH) & (len(table) - 1)
    while table[place] >= 0:
        row = walks[table[place]]
        if row[AT] == at and row[TURN] == turn and (not exact or (row[ONE] == one and row[OTHER] == other)):
            break
        place = (place + 1) & (len(table) - 1)
    return place


@compiled
def rehashed(table: Any, walks: Any, exact: bool) -> Any:
    """The same walks in a table of twice the size."""
    larger = np.full(2 * len(table), -1, dtype=np.int32)
    for place in range(len(table)):
        if table[place] >= 0:
            larger[_place(larger, walks, table[place], exact)] = table[place]
    return larger


@part
def _joined(stairs: Any, height: int, one: int, other: int) -> int:
    """Add a pair to `stairs[:height]`, pairs falling in both columns; the new height, or −1 where one has as much of
    the first and as little of the second."""
    low, high = 0, height
    while low < high:
        middle = (low + high) // 2
        if stairs[middle, 0] >= one:
            low = middle + 1
        else:
            high = middle
    if low > 0 and stairs[low - 1, 1] <= other:
        return -1
    start = low - 1 if low > 0 and stairs[low - 1, 0] == one else low
    end = start
    while end < height and stairs[end, 1] >= other:
        end += 1
    if end == start:
        for k in range(height, start, -1):
            stairs[k, 0], stairs[k, 1] = stairs[k - 1, 0], stairs[k - 1, 1]
    elif end > start + 1:
        for k in range(end, height):
            stairs[k - end + start + 1, 0], stairs[k - end + start + 1, 1] = stairs[k, 0], stairs[k, 1]
    stairs[start, 0], stairs[start, 1] = one, other
    return height + 1 - (end - start)
