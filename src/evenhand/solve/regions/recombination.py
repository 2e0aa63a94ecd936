"""A Markov chain over balanced lines: draw two parts together, draw a spanning tree of them, cut it elsewhere.

The proposal is that of DeFord, Duchin and Solomon (2021), as in GerryChain: a border between two cells of different
labels is drawn, every one equally likely; a spanning tree of the two parts is drawn, here every one equally likely; of
the cuts that leave both sides within the tolerance one is drawn, every one equally likely. A tree without such a cut is
drawn again. There is no rejection, so lines with more spanning trees inside their parts come up more often: the
chain prefers compact parts, which is a choice and is said wherever its results are used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.compiling import compiled, part
from evenhand.solve.program import Limits
from evenhand.solve.regions.compiled import below, seeded
from evenhand.solve.regions.graph import FREE, Graph, Integers, Labels, contracted, is_line, sums_of
from evenhand.solve.regions.trees import balanced_cut, below_each, draw_tree, hang_side, merge_parts

PATIENCE = 10_000
"""So many trees of one pair of parts are drawn; when none has a balanced cut, another pair is drawn."""
AT_ONCE = 1_000_000
"""Cells of trees drawn between two looks at the clock."""


@dataclass(frozen=True, eq=False)
class Balance:
    """What the parts must weigh: `weights` int64[n]; label l between `low[l]` and `high[l]`, both included."""

    weights: Integers
    low: Integers
    high: Integers

    @classmethod
    def about(cls, weights: NDArray[np.integer], shares: Sequence[Fraction], tolerance: Fraction) -> Balance:
        """Each label about its share of the whole (shares are scaled to add up to 1): at most `tolerance` of that
        share above or below it."""
        whole, total = int(np.asarray(weights).sum()), sum(shares)
        aims = [Fraction(share) * whole / total for share in shares]
        low = [ceil(aim * (1 - tolerance)) for aim in aims]
        high = [floor(aim * (1 + tolerance)) for aim in aims]
        return cls(np.asarray(weights, dtype=np.int64), np.array(low), np.array(high))


@dataclass(frozen=True, eq=False)
class Steps:
    """What a chain passed through: a row for each step. `borders` int64[steps]; `sums` int64[steps, labels]: what
    each label's cells are worth in that label's own column; `trees`: how many were drawn for them."""

    borders: Integers
    sums: Integers
    trees: int


class Recombination:
    """The chain from one line on. The same seed gives the same chain, however it is cut into calls of `advance`.

    `labels` int32[n]: a line that keeps `balance`, the `fixed` cells (int32[n], −1: free) and the `blocks` (cells that
    stay together); every label up to the largest is there. `values` int64[n, labels]: what a cell counts for in each
    label's sum (default: what it weighs). ValueError: the line to start from does not keep all that.
    """

    def __init__(
        self,
        graph: Graph,
        balance: Balance,
        labels: NDArray[np.integer],
        *,
        values: NDArray[np.integer] | None = None,
        fixed: NDArray[np.integer] | None = None,
        blocks: Sequence[Sequence[int]] = (),
        seed: int = 0,
    ) -> None:
        parts = len(balance.low)
        self._graph, self._into = contracted(graph, blocks)
        self._balance, self._random = balance, seeded(seed)
        self._pair = np.array([-1, -1, 0], dtype=np.int32)
        given = np.asarray(np.full(graph.size, FREE) if fixed is None else fixed)[:, None] == np.arange(parts)
        counted = [balance.weights[:, None], given.astype(np.int64)] if given.any() else [balance.weights[:, None]]
        self._columns = sums_of(np.hstack(counted), self._into, self._graph.size)
        worth = np.repeat(balance.weights[:, None], parts, axis=1) if values is None else values
        self._values = sums_of(np.asarray(worth), self._into, self._graph.size)
        self._together = _pairs(blocks, self._into)
        n = self._graph.size
        near = np.zeros(2 * len(self._graph.indices) + n, np.int32)
        sides, totals = np.zeros(n, np.bool_), np.zeros((n, self._columns.shape[1]), np.int64)
        self._room = (np.zeros((5, n + 1), np.int32), near, sides, totals)
        self._labels = np.zeros(self._graph.size, dtype=np.int32)
        self._labels[self._into] = labels
        self._check(graph, np.asarray(labels), fixed)

    @property
    def labels(self) -> Labels:
        """The line where the chain stands: int32[n]."""
        return self._labels[self._into]

    def advance(self, steps: int, limits: Limits | None = None) -> Steps:
        """So many steps on, or fewer where the time is over: what they passed through."""
        limits, graph, balance = limits or Limits(), self._graph, self._balance
        borders = np.zeros(steps, dtype=np.int64)
        sums = np.zeros((steps, len(balance.low)), dtype=np.int64)
        chain = (graph.indptr, graph.indices, graph.border, self._columns, self._values, balance.low, balance.high)
        where = (self._random, self._labels, self._pair)
        done, trees = 0, 0
        while done < steps and not limits.spent():
            at_most = max(1, AT_ONCE // graph.size)
            done, drawn = _walk(*where, *chain, self._together, borders, sums, done, at_most, self._room)
            trees += drawn
        return Steps(borders[:done], sums[:done], trees)

    def _check(self, graph: Graph, labels: Labels, fixed: NDArray[np.integer] | None) -> None:
        balance, parts = self._balance, len(self._balance.low)
        if not (is_line(graph, labels) and set(labels.tolist()) == set(range(parts))):
            raise ValueError("the line to start from must give each label to some cells that hang together")
        weights = sums_of(balance.weights[:, None], labels, parts)[:, 0]
        if (weights < balance.low).any() or (weights > balance.high).any():
            raise ValueError("the line to start from is outside the tolerance")
        if fixed is not None and ((fixed != FREE) & (fixed != labels)).any():
            raise ValueError("the line to start from gives a fixed cell to another label")
        if (self.labels != labels).any() or (
            self._labels[self._together[:, 0]] != self._labels[self._together[:, 1]]
        ).any():
            raise ValueError("the line to start from parts a block")


def _pairs(blocks: Sequence[Sequence[int]], into: Labels) -> Labels:
    """int32[p, 2]: cells of the contracted graph that must have the same label."""
    pairs = [(into[block[0]], into[cell]) for block in blocks for cell in block if into[cell] != into[block[0]]]
    return np.array(sorted(set(pairs)), dtype=np.int32).reshape(-1, 2)


@compiled
def _walk(
    state: Any,
    labels: Any,
    pair: Any,
    indptr: Any,
    indices: Any,
    border: Any,
    columns: Any,
    values: Any,
    low: Any,
    high: Any,
    together: Any,
    borders: Any,
    sums: Any,
    done: int,
    at_most: int,
    room: Any,
) -> Any:
    """Steps until all rows of `borders` and `sums` are filled or `at_most` trees are drawn: rows filled, trees drawn.

    `room`: int32[5, n + 1], int32[ends of borders + n], bool[n], int64[n, columns], whatever is in them: making them
    here would be slow to compile.
    `pair`: the two labels in hand (−1: none) and how many trees of theirs had no balanced cut.
    """
    two = len(low) == 2
    numbers, near, side, total = room
    cells, local, parent, order, start = numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]
    count = trees = 0
    while done < len(borders) and trees < at_most:
        if pair[0] < 0:
            _choose_pair(state, indptr, indices, labels, pair)
            count = 0
        if count == 0:
            count = merge_parts(indptr, indices, labels, pair, cells, local, start, near)
        draw_tree(state, start, near, count, parent, order, side)
        below_each(parent, order, count, cells, columns, total)
        trees += 1
        pair[2] += 1
        cut = balanced_cut(state, order, count, total, pair, low, high)
        if cut >= 0:
            hang_side(parent, order, count, cut // 2, side)
        if cut < 0 or _parted(together, labels, pair, local, side):
            if pair[2] >= PATIENCE and not two:
                pair[0] = -1
            continue
        for i in range(count):
            labels[cells[i]] = pair[cut % 2] if side[i] else pair[1 - cut % 2]
        _record(indptr, indices, border, labels, values, borders, sums, done)
        done += 1
        pair[2] = 0
        if not two:
            pair[0] = -1
    return done, trees


@part
def _choose_pair(state: Any, indptr: Any, indices: Any, labels: Any, pair: Any) -> None:
    """The labels at the ends of one of the borders between labels, all equally likely; 0 and 1 where there are two."""
    ends = 0
    for v in range(len(labels)):
        for e in range(indptr[v], indptr[v + 1]):
            ends += labels[v] < labels[indices[e]]
    wanted = below(state, np.int64(ends))
    for v in range(len(labels)):
        for e in range(indptr[v], indptr[v + 1]):
            if labels[v] < labels[indices[e]]:
                if wanted == 0:
                    pair[0], pair[1], pair[2] = labels[v], labels[indices[e]], 0
                wanted -= 1


@part
def _parted(together: Any, labels: Any, pair: Any, local: Any, side: Any) -> bool:
    """Whether the two sides part cells that must stay together."""
    for at in range(len(together)):
        one, other = together[at, 0], together[at, 1]
        if (labels[one] == pair[0] or labels[one] == pair[1]) and side[local[one]] != side[local[other]]:
            return True
    return False


@part
def _record(
    indptr: Any, indices: Any, border: Any, labels: Any, values: Any, borders: Any, sums: Any, row: int
) -> None:
    for v in range(len(labels)):
        own = labels[v]
        sums[row, own] += values[v, own]
        for e in range(indptr[v], indptr[v + 1]):
            if own < labels[indices[e]]:
                borders[row] += border[e]
