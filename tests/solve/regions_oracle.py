"""Lines from the definition alone: every labelling is looked at, and nothing of the package is used but `Graph`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.regions import Graph


def masks_of(graph: Graph) -> list[int]:
    """The neighbours of each cell as the bits of a number."""
    return [sum(1 << int(u) for u in graph.neighbours(v)) for v in range(graph.size)]


def hangs_together(neighbours: list[int], cells: int) -> bool:
    """Whether the cells whose bits are set are connected; none are."""
    reached = fresh = cells & -cells
    while fresh:
        around = 0
        while fresh:
            around |= neighbours[(fresh & -fresh).bit_length() - 1]
            fresh &= fresh - 1
        fresh = around & cells & ~reached
        reached |= fresh
    return reached == cells


def two_part_lines(graph: Graph) -> NDArray[np.int32]:
    """int32[lines, n]: all labellings with 0 and 1 in which both are there and each is connected, by number."""
    neighbours, everything = masks_of(graph), (1 << graph.size) - 1
    halves = [
        cells
        for cells in _connected_with_first(neighbours)
        if cells != everything and hangs_together(neighbours, everything & ~cells)
    ]
    masks = np.array(sorted([*halves, *(everything & ~cells for cells in halves)]), dtype=np.int64)
    return ((masks[:, None] >> np.arange(graph.size)) & 1).astype(np.int32)


def _connected_with_first(neighbours: list[int]) -> Iterator[int]:
    """Every connected set of cells that has cell 0: each is reached from one that lacks one cell of it."""
    seen, waiting = {1}, [1]
    while waiting:
        cells = waiting.pop()
        yield cells
        around = 0
        for cell, near in enumerate(neighbours):
            if cells >> cell & 1:
                around |= near
        around &= ~cells
        while around:
            more = cells | around & -around
            around &= around - 1
            if more not in seen:
                seen.add(more)
                waiting.append(more)


@cache
def grid_lines(rows: int, columns: int) -> NDArray[np.int32]:
    """`two_part_lines` of a grid, worked out once."""
    return two_part_lines(Graph.grid(rows, columns))


def all_lines(graph: Graph, parts: int) -> Iterator[tuple[int, ...]]:
    """Every labelling with labels below `parts` in which each label is there and connected. Tiny graphs only."""
    neighbours = masks_of(graph)
    for labels in product(range(parts), repeat=graph.size):
        sides = [sum(1 << v for v, label in enumerate(labels) if label == part) for part in range(parts)]
        if all(sides) and all(hangs_together(neighbours, side) for side in sides):
            yield labels


def border_by_definition(graph: Graph, labels: NDArray[np.int32] | tuple[int, ...]) -> int:
    """The sum of border over pairs of neighbours whose labels differ."""
    total = 0
    for a, b in combinations(range(graph.size), 2):
        near = list(graph.neighbours(a))
        if b in near and labels[a] != labels[b]:
            total += int(graph.border[graph.indptr[a] + near.index(b)])
    return total


def borders_of(graph: Graph, lines: NDArray[np.int32]) -> NDArray[np.int64]:
    """int64[lines]: the border of each."""
    one, other, border = graph.edges()
    return (lines[:, one] != lines[:, other]) @ border


def random_map(draw: random.Random, size: int) -> Graph:
    """A connected graph like that of a map: points joined to near ones, in a chain so that none is left alone."""
    points = sorted((draw.random(), draw.random()) for _ in range(size))
    pairs = {(v, v + 1) for v in range(size - 1)}
    for a, b in combinations(range(size), 2):
        if (points[a][0] - points[b][0]) ** 2 + (points[a][1] - points[b][1]) ** 2 < 1.5 / size:
            pairs.add((a, b))
    return Graph.of_edges(size, [(a, b, draw.randint(0, 20)) for a, b in sorted(pairs)])
