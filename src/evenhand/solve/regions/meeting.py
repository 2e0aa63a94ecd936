"""Where two walks meet to close one (compiled)."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenhand.solve.compiling import compiled, part


@compiled
def meet(net: Any, open_: Any, start: int, begin: Any, sums: Any, asked: Any, met: Any) -> None:
    """Find the shortest of a walk, a step, and another walk's way back.

    `begin`: where the walks to each corner begin; `sums`: by walk its third sum and its first, by which the walks to a
    corner are in rising order, and its length. `asked`: the least and the most that the first sum must come to, and
    what the third must. `met`: the length, the walk, the step and the other walk; the length of what was found before.
    """
    first, head, _, _ = net
    queue = np.empty(max(1, len(sums[0])), dtype=np.int64)
    for corner in range(len(first) - 1):
        for step in range(first[corner], first[corner + 1]):
            to = head[step]
            if open_[corner] and open_[to] and (to != corner or to == start):
                _over(net, begin, sums, asked, corner, step, queue, met)


@part
def _over(net: Any, begin: Any, sums: Any, asked: Any, corner: int, step: int, queue: Any, met: Any) -> None:
    """Over one step. While walks rise, so do the others that fit; `queue`: of those the ones that none that comes
    later is shorter than."""
    _, head, length, gain = net
    turn, one, long = sums
    least, most, target = asked
    at, end = begin[head[step]], begin[head[step] + 1]
    low, high = 0, 0
    for walk in range(begin[corner], begin[corner + 1]):
        turned, gained = turn[walk] + gain[step, 2] - target, one[walk] + gain[step, 0]
        while at < end and (turn[at] < turned or (turn[at] == turned and one[at] <= gained - least)):
            while high > low and long[queue[high - 1]] >= long[at]:
                high -= 1
            queue[high] = at
            high += 1
            at += 1
        while low < high and (turn[queue[low]] < turned or one[queue[low]] < gained - most):
            low += 1
        if low < high:
            whole = long[walk] + length[step] + long[queue[low]]
            if whole < met[0]:
                met[0], met[1], met[2], met[3] = whole, walk, step, queue[low]
