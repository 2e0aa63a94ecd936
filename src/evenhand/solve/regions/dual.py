"""The dual of a planar graph of cells: corners where cells meet, and steps from corner to corner between two cells.

A line that splits the cells into two connected sides is a closed walk over corners that visits none twice, and the
other way round (Whitney 1932). What lies on its left is added up along it: cell weights are led along a tree of cells
to one root, and a step gains what it crosses, from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import networkx
import numpy as np
from numpy.typing import NDArray

from evenhand.solve.regions.graph import Graph, Integers, Labels

Columns = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Dual:
    """Corners 0, 1, …; the steps out of corner c are `first[c]` to `first[c + 1]` − 1.

    By step: the corner it leads to (`head`), its `length`, the cells on its `left` and on its `right`, and whether it
    is of a shortest spanning tree of the corners (`treed`).
    """

    first: Labels
    head: Labels
    length: Integers
    left: Labels
    right: Labels
    treed: NDArray[np.bool_]

    @cached_property
    def graph(self) -> Graph:
        """The corners as a graph, each neighbour once."""
        pairs = {(min(a, b), max(a, b)) for a, b in zip(self.tails.tolist(), self.head.tolist(), strict=True)}
        return Graph.of_edges(self.corners, ((a, b, 0) for a, b in pairs if a != b))

    @property
    def corners(self) -> int:
        """How many there are."""
        return len(self.first) - 1

    @cached_property
    def tails(self) -> Labels:
        """The corner each step leads from."""
        return np.repeat(np.arange(self.corners, dtype=np.int32), np.diff(self.first))

    @cached_property
    def around(self) -> NDArray[np.bool_]:
        """Steps of no length that close a ring of such steps, between two corners."""
        return np.asarray((self.length == 0) & ~self.treed & (self.head != self.tails))

    @cached_property
    def opposite(self) -> Labels:
        """For each step the one between the same cells the other way."""
        place = {pair: step for step, pair in enumerate(zip(self.left.tolist(), self.right.tolist(), strict=True))}
        pairs = zip(self.right.tolist(), self.left.tolist(), strict=True)
        return np.array([place[pair] for pair in pairs], dtype=np.int32)

    @classmethod
    def of(cls, graph: Graph) -> Dual | None:
        """The dual of one drawing of a connected graph; None: it cannot be drawn without crossings."""
        corner = _corners(graph)
        if corner is None:
            return None
        one, other, border = graph.edges()
        left, right = np.concatenate([one, other]), np.concatenate([other, one])
        length = np.concatenate([border, border])
        head = np.array([corner[dart] for dart in zip(left.tolist(), right.tolist(), strict=True)], dtype=np.int32)
        tail = np.roll(head, len(one))
        half = _spanning(tail[: len(one)], head[: len(one)], border)
        treed = np.concatenate([half, half])
        order = np.argsort(tail, kind="stable")
        first = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=int(head.max()) + 1))]).astype(np.int32)
        return cls(first, head[order], length[order], left[order], right[order], treed[order])

    def gains(self, weights: Columns, root: int) -> Columns:
        """int64[steps, columns]: what each step gains, so that around a line without the root on its left it all comes
        to what is on its left; with the root there, to that less everything."""
        cells = ~self.treed
        parent, order = _rooted(self.left[cells], self.right[cells], len(weights), root)
        below = weights.copy()
        for cell in order[:0:-1]:
            below[parent[cell]] += below[cell]
        gained = np.zeros((len(self.head), weights.shape[1]), dtype=np.int64)
        up, down = cells & (parent[self.left] == self.right), cells & (parent[self.right] == self.left)
        gained[up], gained[down] = below[self.left[up]], -below[self.right[down]]
        return gained


def _corners(graph: Graph) -> dict[tuple[int, int], int] | None:
    """The corner on the left of each (cell, neighbour), going from one to the other."""
    one, other, _ = graph.edges()
    drawn = networkx.Graph(zip(one.tolist(), other.tolist(), strict=True))
    planar, drawing = networkx.check_planarity(drawn)
    if not planar:
        return None
    corner: dict[tuple[int, int], int] = {}
    count = 0
    for start in drawing.edges:
        if start in corner:
            continue
        dart = start
        while dart not in corner:
            corner[dart] = count
            dart = drawing.next_face_half_edge(*dart)
        count += 1
    return corner


def _spanning(tail: Labels, head: Labels, length: Integers) -> NDArray[np.bool_]:
    """Which pairs of corners are in a spanning tree, the shortest first."""
    leader = list(range(int(max(tail.max(), head.max())) + 1))

    def find(corner: int) -> int:
        while leader[corner] != corner:
            leader[corner] = corner = leader[leader[corner]]
        return corner

    taken = np.zeros(len(tail), dtype=bool)
    for step in np.argsort(length, kind="stable").tolist():
        a, b = find(int(tail[step])), find(int(head[step]))
        if a != b:
            leader[a], taken[step] = b, True
    return taken


def _rooted(left: Labels, right: Labels, count: int, root: int) -> tuple[NDArray[np.int64], list[int]]:
    """The parent of each cell in the tree of these pairs, both ways listed, and the cells, parents first."""
    near: list[list[int]] = [[] for _ in range(count)]
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        near[a].append(b)
    parent, order = np.full(count, -1, dtype=np.int64), [root]
    for cell in order:
        for other in near[cell]:
            if other != parent[cell]:
                parent[other] = cell
                order.append(other)
    return parent, order
