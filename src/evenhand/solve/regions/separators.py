"""The shortest border between two labels by a solver; or a length that no border is below.

Rows that keep a label in one piece are added only where an answer breaks them: between a stray piece and the rest of
its label, some neighbour of the piece must have the label too (separators; Oehrlein and Haunert 2017). Before the last
of them is in, the solver's bound already holds, since fewer rows only allow more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.program import Limits, Program, Terms
from evenhand.solve.regions.graph import FREE, Labels, components
from evenhand.solve.regions.lines import Compact, LineProblem

DUST = 1e-6
"""What a solver's bound may be off by, as a part of it."""
COARSE = 10**7
"""Values go to the solver in units of which all cells together have about so many: it errs on larger numbers."""


@dataclass(frozen=True, eq=False)
class Separated:
    """No line that is shorter than the one known has a border below `least`, by the solver's bound. `labels`: of one
    that has just that, if the search came to its end. `none`: no line is shorter."""

    least: int
    labels: Labels | None = None
    none: bool = False


def separated(problem: LineProblem, known: int | None, limits: Limits, nodes: int | None = None) -> Separated:
    """Look for the shortest line of two labels, shorter than `known`, in the time and the branches there are."""
    program, bound = _Lines(problem, known), 0
    while True:
        answer = program.search(limits, nodes)
        if answer is None:
            return Separated(bound, none=True)
        bound, labels = max(bound, answer[0]), answer[1]
        if labels is None or limits.spent():
            return Separated(bound)
        stray, light = list(program.stray(labels)), list(program.light(labels))
        if not stray and not light:
            return Separated(bound, labels[program.into])
        for label, piece in stray:
            program.join(label, piece, labels)
        for label, cells in light:
            program.enlarge(label, cells)


class _Lines:
    """The program: for every cell whether it has label 1, for every border whether its ends differ."""

    def __init__(self, problem: LineProblem, known: int | None) -> None:
        self._least, self._most = problem.least.tolist(), problem.most.tolist()
        self._compact = compact = Compact.of(problem)
        self.into = compact.into
        self._program = program = Program()
        self._cells = [program.binary() for _ in range(compact.graph.size)]
        self._apart: list[tuple[float, int]] = []
        for one, other, border in zip(*(column.tolist() for column in compact.graph.edges()), strict=True):
            if border:
                self._border(one, other, border)
        for label in (0, 1):
            self._at_least(label, compact.values[:, label].tolist(), self._least[label])
            if self._most[label] < compact.values[:, label].sum():
                fewer = [-value for value in compact.values[:, label].tolist()]
                self._at_least(label, fewer, -self._most[label])
            self._at_least(label, [1] * len(self._cells), 1)
        for cell in np.flatnonzero(compact.fixed != FREE).tolist():
            program.equal([(1.0, self._cells[cell])], float(compact.fixed[cell]))
        for group in compact.groups:
            for cell in group[1:]:
                program.equal([(1.0, self._cells[cell]), (-1.0, self._cells[group[0]])], 0.0)
        if known is not None:
            program.at_most(self._apart, float(known - 1))

    def _border(self, one: int, other: int, border: int) -> None:
        apart = self._program.continuous(0.0, 1.0)
        for a, b in ((one, other), (other, one)):
            self._program.at_least([(1.0, apart), (-1.0, self._cells[a]), (1.0, self._cells[b])], 0.0)
        self._apart.append((float(border), apart))

    def _at_least(self, label: int, weights: list[int], least: int) -> None:
        """The cells of a label weigh at least so much, in a coarser unit that rules out no line: all is rounded up."""
        unit = max(1, sum(map(abs, weights)) // COARSE)
        coarse = [-(-weight // unit) for weight in weights]
        self._program.at_least(
            *self._of_label(label, list(zip(coarse, range(len(coarse)), strict=True)), -(-least // unit))
        )

    def _of_label(self, label: int, weighed: list[tuple[int, int]], least: int) -> tuple[Terms, float]:
        """Terms for Σ weight × [the cell has the label] ≥ least."""
        if label == 1:
            return [(float(weight), self._cells[cell]) for weight, cell in weighed], float(least)
        return [(-float(weight), self._cells[cell]) for weight, cell in weighed], float(
            least - sum(w for w, _ in weighed)
        )

    def search(self, limits: Limits, nodes: int | None) -> tuple[int, NDArray[np.int32] | None] | None:
        """What no border is below, and the labels of the answer where there is one; None: nothing is allowed."""
        answer = self._program.maximise([(-border, apart) for border, apart in self._apart], limits, nodes)
        if answer.infeasible:
            return None
        bound = 0 if answer.bound == float("inf") else ceil(-answer.bound * (1 - DUST) - DUST)
        if answer.values is None or not answer.finished:
            return max(0, bound), None
        return max(0, bound), np.array([round(answer.values[cell]) for cell in self._cells], dtype=np.int32)

    def light(self, labels: NDArray[np.int32]) -> Iterator[tuple[int, list[int]]]:
        """What the coarse unit let pass, as (label, cells): these weigh too little, or leave too much outside."""
        for label in (0, 1):
            held = labels == label
            weight = int(self._compact.values[held, label].sum())
            if weight < self._least[label]:
                yield label, np.flatnonzero(held).tolist()
            if weight > self._most[label]:
                yield 1 - label, np.flatnonzero(~held).tolist()

    def enlarge(self, label: int, cells: list[int]) -> None:
        """These cells are too few for a label: it has another one too."""
        others = sorted(set(range(len(self._cells))) - set(cells))
        self._program.at_least(*self._of_label(label, [(1, cell) for cell in others], 1))

    def stray(self, labels: NDArray[np.int32]) -> Iterator[tuple[int, list[int]]]:
        """The pieces of each label besides the one with its fixed cell, or its largest: (label, cells)."""
        for label in (0, 1):
            piece = components(self._compact.graph, labels == label)
            home = self._home(label, piece)
            for number in range(int(piece.max(initial=-1)) + 1):
                if number != home:
                    yield label, np.flatnonzero(piece == number).tolist()

    def _home(self, label: int, piece: NDArray[np.int32]) -> int:
        fixed = np.flatnonzero(self._compact.fixed == label)
        if len(fixed):
            return int(piece[fixed[0]])
        return int(np.bincount(piece[piece >= 0]).argmax()) if (piece >= 0).any() else -1

    def join(self, label: int, cells: list[int], labels: NDArray[np.int32]) -> None:
        """A stray piece is not of this label, or one of its neighbours is: with a cell elsewhere, if none is fixed."""
        graph, inside = self._compact.graph, set(cells)
        around = sorted({int(near) for cell in cells for near in graph.neighbours(cell)} - inside)
        fixed = np.flatnonzero(self._compact.fixed == label)
        if len(fixed):
            for cell in cells:
                self._program.at_least(*self._of_label(label, [*((1, near) for near in around), (-1, cell)], 0))
            return
        piece = components(graph, labels == label)
        far = int(np.flatnonzero(piece == self._home(label, piece))[0])
        row = [*((1, near) for near in around), (-1, cells[0]), (-1, far)]
        self._program.at_least(*self._of_label(label, row, -1))
