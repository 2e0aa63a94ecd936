"""Lines to start a search from: labels grow from the cells fixed to them, in one piece from the first cell on."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import pairwise

import numpy as np

from evenhand.solve.regions.compiled import State, below
from evenhand.solve.regions.graph import FREE, Labels
from evenhand.solve.regions.lines import Compact, LineProblem

ATTEMPTS = 200
"""So many tries to join the fixed cells of all labels by ways that do not cross."""


def grown_line(problem: LineProblem, compact: Compact, state: State, around: Labels | None = None) -> Labels | None:
    """A line of the compact graph with fixed cells and groups kept, whatever its sums; None: none was found.

    `around`: a line all of which stays but the cells of two neighbouring labels, drawn at random.
    That none was found proves nothing: whether several sets of cells can be joined apart from each other is NP-hard.
    """
    for _ in range(ATTEMPTS):
        growth = _Growth(problem, compact, state, around)
        if growth.joined() and growth.seeded():
            return growth.grown()
    return None


class _Growth:
    def __init__(self, problem: LineProblem, compact: Compact, state: State, around: Labels | None) -> None:
        self._problem, self._compact, self._state = problem, compact, state
        indptr, indices = compact.graph.indptr.tolist(), compact.graph.indices.tolist()
        self._near = [indices[low:high] for low, high in pairwise(indptr)]
        self._owner = compact.fixed.tolist()
        self._labels = list(range(problem.labels)) if around is None else self._neighbours(around)
        if around is not None:
            for cell, label in enumerate(around.tolist()):
                self._owner[cell] = self._owner[cell] if label in self._labels else label
        for group in compact.groups:
            if len(group) > 1 and self._owner[group[0]] == FREE:
                label = self._labels[below(state, len(self._labels))]
                for cell in group:
                    self._owner[cell] = label

    def _neighbours(self, around: Labels) -> list[int]:
        """The labels at a border of a line, drawn at random."""
        labels = around.tolist()
        ends = [(labels[v], labels[u]) for v, near in enumerate(self._near) for u in near if labels[v] < labels[u]]
        return list(ends[below(self._state, len(ends))])

    def joined(self) -> bool:
        """Join the cells that each label has by short ways over free ones; the labels in a random order."""
        labels = list(self._labels)
        for i in range(len(labels) - 1, 0, -1):
            j = below(self._state, i + 1)
            labels[i], labels[j] = labels[j], labels[i]
        return all(self._join(label) for label in labels)

    def _join(self, label: int) -> bool:
        held = [cell for cell, owner in enumerate(self._owner) if owner == label]
        reached = set(held[:1])
        for cell in held[1:]:
            if cell not in reached:
                way = self._way(cell, label, reached)
                if not way:
                    return False
                for passed in way:
                    self._owner[passed] = label
                reached.update(way)
        return True

    def _way(self, start: int, label: int, goal: set[int]) -> list[int]:
        """The cells of a short way over this label's and free cells, lengths drawn at random; empty: there is none."""
        before, waiting, done = {start: start}, [(0, start, start)], set[int]()
        while waiting:
            length, cell, came = heappop(waiting)
            if cell in done:
                continue
            done.add(cell)
            before[cell] = came
            if cell in goal:
                way = [cell]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way
            for other in self._near[cell]:
                if other not in done and self._owner[other] in (FREE, label):
                    step = 0 if self._owner[other] == label else 16 + below(self._state, 16)
                    heappush(waiting, (length + step, other, cell))
        return []

    def seeded(self) -> bool:
        """A free cell for each label that has none; whether there were enough."""
        for label in self._labels:
            if label not in self._owner:
                free = [cell for cell, owner in enumerate(self._owner) if owner == FREE]
                if not free:
                    return False
                self._owner[free[below(self._state, len(free))]] = label
        return True

    def grown(self) -> Labels:
        """Give the rest to whoever has least of what is due to it and can still grow."""
        problem, values = self._problem, self._compact.values.tolist()
        aims = [
            float(due) or float(max(1, least)) for due, least in zip(problem.due, problem.least.tolist(), strict=True)
        ]
        held = [0.0] * problem.labels
        edge: list[list[int]] = [[] for _ in range(problem.labels)]
        for cell, owner in enumerate(self._owner):
            if owner in self._labels:
                held[owner] += values[cell][owner] / aims[owner]
                edge[owner] += self._free(cell)
        while any(edge):
            label = min((own for own in range(problem.labels) if edge[own]), key=held.__getitem__)
            at = below(self._state, len(edge[label]))
            edge[label][at], edge[label][-1] = edge[label][-1], edge[label][at]
            cell = edge[label].pop()
            if self._owner[cell] == FREE:
                self._owner[cell] = label
                held[label] += values[cell][label] / aims[label]
                edge[label] += self._free(cell)
        return np.array(self._owner, dtype=np.int32)

    def _free(self, cell: int) -> Iterable[int]:
        return [other for other in self._near[cell] if self._owner[other] == FREE]
