"""Random spanning trees of two parts that are drawn together, and the cuts of a tree that are balanced (compiled).

Source: Wilson, Generating random spanning trees more quickly than the cover time (1996); DeFord, Duchin and Solomon,
Recombination: a family of Markov chains for redistricting (2021).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from evenhand.solve.compiling import part
from evenhand.solve.regions.compiled import below, bits

_HALF = np.uint64(32)


@part
def merge_parts(
    indptr: Any, indices: Any, labels: Any, pair: Any, cells: Any, local: Any, start: Any, near: Any
) -> int:
    """Lay out the cells of the two labels in `pair` as a graph of their own; how many they are.

    `cells[i]` is the cell with number i there, `local` its inverse. What follows i: `near[start[i]:start[i + 1]]`, a
    power of two long: its neighbours, filled up with i itself. To stand still changes no walk's tree, and a power of
    two is drawn from without a multiplication.
    """
    count = 0
    for v in range(len(labels)):
        if labels[v] == pair[0] or labels[v] == pair[1]:
            cells[count], local[v] = v, count
            count += 1
    filled = 0
    for i in range(count):
        start[i] = filled
        for e in range(indptr[cells[i]], indptr[cells[i] + 1]):
            other = indices[e]
            if labels[other] == pair[0] or labels[other] == pair[1]:
                near[filled] = local[other]
                filled += 1
        length = 1
        while length < filled - start[i]:
            length *= 2
        while filled < start[i] + length:
            near[filled] = i
            filled += 1
    start[count] = filled
    return count


@part
def draw_tree(state: Any, start: Any, near: Any, count: int, parent: Any, order: Any, inside: Any) -> None:
    """A spanning tree, every one equally likely (Wilson's loop-erased walks): `parent`, −1 at its root.

    `order` lists the cells so that each comes after its parent.
    """
    for i in range(count):
        inside[i] = False
    root = below(state, count)
    parent[root], inside[root], order[0] = -1, True, root
    filled = 1
    for first in range(count):
        v = first
        while not inside[v]:
            after = near[start[v] + (np.int64(bits(state) >> _HALF) & (start[v + 1] - start[v] - 1))]
            parent[v] = after
            v = after
        v, low = first, filled
        while not inside[v]:
            inside[v] = True
            order[filled] = v
            filled += 1
            v = parent[v]
        high = filled - 1
        while low < high:
            order[low], order[high] = order[high], order[low]
            low, high = low + 1, high - 1


@part
def below_each(parent: Any, order: Any, count: int, cells: Any, columns: Any, total: Any) -> None:
    """Into `total` (int64[n, k]): for each cell of a tree the sums of `columns` (int64[n, k]) over what hangs on it."""
    for i in range(count):
        for k in range(columns.shape[1]):
            total[i, k] = columns[cells[i], k]
    for at in range(count - 1, 0, -1):
        i = order[at]
        for k in range(columns.shape[1]):
            total[parent[i], k] += total[i, k]


@part
def balanced_cut(state: Any, order: Any, count: int, total: Any, pair: Any, low: Any, high: Any) -> int:
    """One of the ways to cut the tree and label its two sides that are valid, all equally likely; −1: there is none.

    2 i: what hangs on cell i gets `pair[0]`; 2 i + 1: it gets `pair[1]`. Columns of `total`: the weight to balance,
    then a column for each label, which counts the cells fixed to it.
    """
    chosen, seen = -1, 0
    root = order[0]
    for at in range(1, count):
        i = order[at]
        for turned in range(2):
            one, other = pair[turned], pair[1 - turned]
            rest = total[root, 0] - total[i, 0]
            if not (low[one] <= total[i, 0] <= high[one] and low[other] <= rest <= high[other]):
                continue
            if total.shape[1] > 1 and (total[i, 1 + other] or total[i, 1 + one] != total[root, 1 + one]):
                continue
            seen += 1
            if below(state, seen) == 0:
                chosen = 2 * i + turned
    return chosen


@part
def hang_side(parent: Any, order: Any, count: int, top: int, side: Any) -> None:
    """Mark in `side` (bool[n]) the cells of the tree that hang on `top`."""
    side[order[0]] = False
    for at in range(1, count):
        i = order[at]
        side[i] = i == top or side[parent[i]]
