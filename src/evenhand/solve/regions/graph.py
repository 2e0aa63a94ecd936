"""Cells and the borders between them, and what can be said of a labelling of cells.

A labelling gives each of n cells a label 0, 1, 2, …; a *line* is one in which the cells of each label are connected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Labels = NDArray[np.int32]

FREE = -1
"""In an array of fixed labels: this cell may get any label."""
LARGEST = 2**62
"""No sum may reach this, so that sums of 64 bits cannot overflow."""


@dataclass(frozen=True, eq=False)
class Graph:
    """n cells; the neighbours of cell v are `indices[indptr[v]:indptr[v + 1]]`, in ascending order.

    `indptr` int32[n + 1], `indices` int32[m], `border` int64[m]: the length of the border with that neighbour in any
    whole unit, 0 for a link. Symmetric, without loops or repetition. ValueError: it is not so, with the place.
    """

    indptr: Labels
    indices: Labels
    border: Integers

    def __post_init__(self) -> None:
        given = {"indptr": np.int32, "indices": np.int32, "border": np.int64}
        for name, kind in given.items():
            array = np.ascontiguousarray(getattr(self, name), dtype=kind)
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        self._check()

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.indptr) - 1

    @property
    def tails(self) -> Labels:
        """The cell at the other end of each entry of `indices`: int32[m]."""
        return np.repeat(np.arange(self.size, dtype=np.int32), np.diff(self.indptr))

    def neighbours(self, cell: int) -> Labels:
        """The neighbours of a cell, ascending."""
        return self.indices[self.indptr[cell] : self.indptr[cell + 1]]

    def edges(self) -> tuple[Labels, Labels, Integers]:
        """Every pair of neighbours once: smaller end, larger end, border; in ascending order."""
        tails = self.tails
        once = tails < self.indices
        return tails[once], self.indices[once], self.border[once]

    @classmethod
    def of_edges(cls, size: int, edges: Iterable[tuple[int, int, int]]) -> Graph:
        """The graph of `size` cells with these (cell, cell, border), each pair once, in any order."""
        listed = np.array(list(edges), dtype=np.int64).reshape(-1, 3)
        if listed.size and not (listed[:, :2].min() >= 0 and listed[:, :2].max() < size):
            raise ValueError(f"a neighbour is not one of the {size} cells")
        both = np.concatenate([listed, listed[:, [1, 0, 2]]])
        both = both[np.lexsort((both[:, 1], both[:, 0]))]
        indptr = np.concatenate([[0], np.cumsum(np.bincount(both[:, 0], minlength=size))])
        return cls(indptr.astype(np.int32), both[:, 1].astype(np.int32), both[:, 2])

    @classmethod
    def grid(cls, rows: int, columns: int, border: int = 1) -> Graph:
        """Cells in rows, each a neighbour of those beside, above and below it."""
        number = np.arange(rows * columns).reshape(rows, columns)
        beside = zip(number[:, :-1].flat, number[:, 1:].flat, strict=True)
        below = zip(number[:-1].flat, number[1:].flat, strict=True)
        return cls.of_edges(rows * columns, [(int(a), int(b), border) for a, b in (*beside, *below)])

    def _check(self) -> None:
        indptr, indices, border, tails = self.indptr, self.indices, self.border, self.tails
        if indptr[0] != 0 or (np.diff(indptr) < 0).any() or indptr[-1] != len(indices) or len(border) != len(indices):
            raise ValueError("indptr, indices and border do not fit together")
        if len(indices) == 0:
            return
        if indices.min() < 0 or indices.max() >= self.size:
            raise ValueError(f"a neighbour is not one of the {self.size} cells")
        if border.min() < 0 or int(border.max()) * len(border) >= LARGEST:
            raise ValueError("borders must be at least 0, and their sum below 2^62")
        same = tails[1:] == tails[:-1]
        if (indices == tails).any() or (same & (indices[1:] <= indices[:-1])).any():
            raise ValueError("neighbours must be in ascending order, without repetition, and never the cell itself")
        back = np.lexsort((tails, indices))
        if not (
            np.array_equal(tails[back], indices)
            and np.array_equal(indices[back], tails)
            and np.array_equal(border[back], border)
        ):
            raise ValueError("the graph is not symmetric: each border must be given from both sides, with one length")


def components(graph: Graph, among: Sequence[bool] | NDArray[np.bool_] | None = None) -> Labels:
    """The number of the piece that each cell lies in (int32[n]), by first cell; -1 outside `among` (default: all)."""
    left = np.ones(graph.size, dtype=bool) if among is None else np.array(among, dtype=bool)
    indptr, indices = graph.indptr.tolist(), graph.indices.tolist()
    waiting, piece, count = left.tolist(), [-1] * graph.size, 0
    for first in range(graph.size):
        if not waiting[first]:
            continue
        waiting[first], reached = False, [first]
        for cell in reached:  # grows while it is walked through
            piece[cell] = count
            for other in indices[indptr[cell] : indptr[cell + 1]]:
                if waiting[other]:
                    waiting[other] = False
                    reached.append(other)
        count += 1
    return np.array(piece, dtype=np.int32)


def is_connected(graph: Graph, among: Sequence[bool] | NDArray[np.bool_] | None = None) -> bool:
    """Whether these cells (default: all) hang together; no cells do."""
    return int(components(graph, among).max(initial=-1)) <= 0


def is_line(graph: Graph, labels: NDArray[np.integer]) -> bool:
    """Whether every cell has a label of at least 0 and the cells of each label hang together."""
    given = np.asarray(labels)
    known = len(given) == graph.size and bool((given >= 0).all())
    return known and all(is_connected(graph, given == label) for label in np.unique(given))


def border_of(graph: Graph, labels: NDArray[np.integer]) -> int:
    """The length of the border between cells of different labels, each stretch once."""
    given = np.asarray(labels)
    return int(graph.border[given[graph.tails] != given[graph.indices]].sum()) // 2


def sums_of(weights: NDArray[np.integer], labels: NDArray[np.integer], count: int) -> Integers:
    """int64[count, k]: what the cells of each label weigh in each of the k columns of `weights` (int64[n, k])."""
    columns = np.asarray(weights, dtype=np.int64)
    total = np.zeros((count, columns.shape[1]), dtype=np.int64)
    np.add.at(total, np.asarray(labels), columns)
    return total


def cut_off(graph: Graph, fixed: NDArray[np.integer]) -> dict[int, list[list[int]]]:
    """Labels whose fixed cells cannot be joined, because cells fixed to others lie between: label to its groups.

    Empty does not mean that a line exists: two labels may each be joined, but only across the other.
    """
    given = np.asarray(fixed)
    found = {}
    for label in sorted(set(given[given >= 0].tolist())):
        piece = components(graph, (given == label) | (given < 0))
        groups: dict[int, list[int]] = {}
        for cell in np.flatnonzero(given == label).tolist():
            groups.setdefault(int(piece[cell]), []).append(cell)
        if len(groups) > 1:
            found[label] = list(groups.values())
    return found


def contracted(graph: Graph, blocks: Iterable[Sequence[int]]) -> tuple[Graph, Labels]:
    """The graph with the connected pieces of each block drawn together into one cell, and where each cell went.

    New cells are in the order of the first cell in each. Borders between the same two new cells add up. A block in
    several pieces stays several cells; whoever labels them has to keep them together. ValueError: blocks overlap.
    """
    leader = np.arange(graph.size)
    taken = np.zeros(graph.size, dtype=bool)
    for block in blocks:
        inside = np.zeros(graph.size, dtype=bool)
        inside[list(block)] = True
        if (taken & inside).any():
            raise ValueError(f"cell {int(np.flatnonzero(taken & inside)[0])} is in two blocks")
        taken |= inside
        piece = components(graph, inside)
        for number in range(int(piece.max(initial=-1)) + 1):
            cells = np.flatnonzero(piece == number)
            leader[cells] = cells[0]
    firsts, into = np.unique(leader, return_inverse=True)
    return _merged(graph, into.astype(np.int32), len(firsts)), into.astype(np.int32)


def _merged(graph: Graph, into: Labels, size: int) -> Graph:
    one, other, border = graph.edges()
    low, high = np.minimum(into[one], into[other]), np.maximum(into[one], into[other])
    apart = low != high
    pairs, where = np.unique(low[apart].astype(np.int64) * size + high[apart], return_inverse=True)
    total = np.zeros(len(pairs), dtype=np.int64)
    np.add.at(total, where, border[apart])
    ends = zip((pairs // size).tolist(), (pairs % size).tolist(), total.tolist(), strict=True)
    return Graph.of_edges(size, ends)
