"""What a line is asked to be, and what one is worth, in whole numbers and fractions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.regions.graph import (
    FREE,
    LARGEST,
    Graph,
    Integers,
    Labels,
    border_of,
    contracted,
    is_connected,
    is_line,
)


@dataclass(frozen=True, eq=False)
class LineProblem:
    """Give each of n cells one of the labels 0, 1, …, so that each label has cells and they hang together.

    `values` int64[n, labels]: what a cell counts for in the sum of each label, were it given to it. `due`: the sum at
    which a label has exactly what it is entitled to; a label's *level* is its sum over that. 0: the label has no level
    (a joint zone). `least`, `most` int64[labels]: what each sum must be. `fixed` int32[n]: the label a cell must
    have, or −1. `blocks`: cells that must have one label. `moving` int64[n, labels]: what it costs to give a cell to
    a label, such as the people who would move.

    Of a joint zone, the last label: `shared` int64[n, labels] is what its cells count for in the sums of the others;
    `apart`: no two others touch each other.
    """

    graph: Graph
    values: Integers
    due: tuple[Fraction, ...]
    least: Integers
    most: Integers
    fixed: Labels
    blocks: tuple[tuple[int, ...], ...]
    moving: Integers
    shared: Integers
    apart: bool = False

    @classmethod
    def of(
        cls,
        graph: Graph,
        values: NDArray[np.integer],
        *,
        entitlements: Sequence[Fraction | int] | None = None,
        joint: bool = False,
        least: Sequence[int] | None = None,
        most: Sequence[int] | None = None,
        fixed: NDArray[np.integer] | None = None,
        blocks: Sequence[Sequence[int]] = (),
        moving: NDArray[np.integer] | None = None,
        shared: NDArray[np.integer] | None = None,
        apart: bool = False,
    ) -> LineProblem:
        """The problem, checked. What is due to a label: its part of the entitlements (default: equal) of the sum of
        its own column. `joint`: the last label is a zone of nobody's, without a level. ValueError: what is wrong."""
        worth = np.asarray(values, dtype=np.int64)
        labels = worth.shape[1]
        levelled = labels - joint
        parts = [Fraction(part) for part in (entitlements or [1] * levelled)]
        if len(parts) != levelled or min(parts) <= 0:
            raise ValueError(f"{levelled} entitlements above 0 are needed")
        due = [part / sum(parts) * int(worth[:, label].sum()) for label, part in enumerate(parts)]
        return cls(
            graph,
            worth,
            (*due, *[Fraction(0)] * joint),
            np.array([0] * labels if least is None else least, dtype=np.int64),
            np.array([LARGEST] * labels if most is None else most, dtype=np.int64),
            np.full(graph.size, FREE, dtype=np.int32) if fixed is None else np.asarray(fixed, dtype=np.int32),
            tuple(tuple(int(cell) for cell in block) for block in blocks if len(block) > 1),
            np.zeros_like(worth) if moving is None else np.asarray(moving, dtype=np.int64),
            np.zeros_like(worth) if shared is None else np.asarray(shared, dtype=np.int64),
            apart,
        )

    def __post_init__(self) -> None:
        n, labels = self.graph.size, self.labels
        tables = (("values", self.values), ("moving", self.moving), ("shared", self.shared))
        shapes = [*(table.shape for _, table in tables), self.fixed.shape, self.least.shape, self.most.shape]
        if shapes != [*[(n, labels)] * 3, (n,), (labels,), (labels,)] or not 2 <= labels <= n:
            raise ValueError("values, moving, shared, fixed, least and most do not fit the cells and labels")
        if self.due[-1] and (self.apart or self.shared.any()):
            raise ValueError("without a joint zone nothing is shared, and others cannot be kept apart by it")
        for name, numbers in tables:
            if int(numbers.min()) < 0 or int(numbers.max()) * n >= LARGEST:
                raise ValueError(f"{name} must be at least 0, and their sums below 2^62")
        if self.fixed.min() < FREE or self.fixed.max() >= labels:
            raise ValueError("a cell is fixed to a label that is none")
        if not is_connected(self.graph):
            raise ValueError("the cells lie in pieces that no border and no link joins")
        if all(part == 0 for part in self.due):
            raise ValueError("no cell counts for any label")

    @property
    def labels(self) -> int:
        """How many labels there are."""
        return int(self.values.shape[1])

    @cached_property
    def exponents(self) -> tuple[int, ...]:
        """Entitlements as the smallest whole numbers, 0 for a label without a level: for a Nash product."""
        totals = self.values.sum(axis=0).tolist()
        parts = [own / total if total else Fraction(0) for own, total in zip(self.due, totals, strict=True)]
        below = lcm(*(part.denominator for part in parts))
        whole = [int(part * below) for part in parts]
        return tuple(part // gcd(*whole) for part in whole)


@dataclass(frozen=True, eq=False)
class Line:
    """A line and what it comes to: `labels` int32[n], length of `border`, each label's sum in its own column, the sum
    of `moving`, and the level of each label (None: it has none)."""

    labels: Labels
    border: int
    sums: tuple[int, ...]
    moving: int
    levels: tuple[Fraction | None, ...]

    @property
    def worst(self) -> Fraction:
        """The smallest level."""
        return min(level for level in self.levels if level is not None)


def measured(problem: LineProblem, labels: NDArray[np.integer]) -> Line:
    """What a labelling comes to, exactly."""
    given = np.ascontiguousarray(labels, dtype=np.int32)
    cells = np.arange(problem.graph.size)
    own = problem.values[cells, given]
    shared = problem.shared[given == problem.labels - 1].sum(axis=0)
    sums = tuple(int(own[given == label].sum() + shared[label]) for label in range(problem.labels))
    levels = tuple(held / due if due else None for held, due in zip(sums, problem.due, strict=True))
    return Line(given, border_of(problem.graph, given), sums, int(problem.moving[cells, given].sum()), levels)


def allowed(problem: LineProblem, labels: NDArray[np.integer]) -> bool:
    """Whether a labelling is a line that gives each label cells and keeps all that is asked of it."""
    given = np.asarray(labels)
    if not (is_line(problem.graph, given) and set(given.tolist()) == set(range(problem.labels))):
        return False
    sums = np.array(measured(problem, given).sums)
    whole = all(len({int(given[cell]) for cell in block}) == 1 for block in problem.blocks)
    kept = ((problem.fixed == FREE) | (problem.fixed == given)).all()
    if problem.apart and touching(problem, given):
        return False
    return bool(whole and kept and (sums >= problem.least).all() and (sums <= problem.most).all())


def touching(problem: LineProblem, labels: NDArray[np.integer]) -> int:
    """How many pairs of neighbouring cells have different labels, neither of them the last one."""
    one, other, _ = problem.graph.edges()
    zone = problem.labels - 1
    return int(((labels[one] != labels[other]) & (labels[one] != zone) & (labels[other] != zone)).sum())


@dataclass(frozen=True, eq=False)
class Compact:
    """A problem with the connected pieces of its blocks drawn together, as searches take it.

    `into` int32[n]: where each cell went. `groups`: cells that move together, every cell in one of them.
    """

    graph: Graph
    into: Labels
    values: Integers
    moving: Integers
    shared: Integers
    fixed: Labels
    groups: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, problem: LineProblem) -> Compact:
        """ValueError: the cells of a block are fixed to two labels."""
        graph, into = contracted(problem.graph, problem.blocks)
        values, moving, shared = (np.zeros((graph.size, problem.labels), dtype=np.int64) for _ in range(3))
        for drawn, each in ((values, problem.values), (moving, problem.moving), (shared, problem.shared)):
            np.add.at(drawn, into, each)
        groups = _groups(problem.blocks, into, graph.size)
        held = [set(problem.fixed[np.isin(into, group)].tolist()) - {FREE} for group in groups]
        if any(len(labels) > 1 for labels in held):
            raise ValueError("the cells of a block are fixed to different labels")
        fixed = np.full(graph.size, FREE, dtype=np.int32)
        for group, labels in zip(groups, held, strict=True):
            fixed[list(group)] = labels.pop() if labels else FREE
        return cls(graph, into, values, moving, shared, fixed, groups)


def _groups(blocks: Sequence[Sequence[int]], into: Labels, size: int) -> tuple[tuple[int, ...], ...]:
    together = [tuple(sorted({int(into[cell]) for cell in block})) for block in blocks]
    apart = [group for group in together if len(group) > 1]
    inside = {cell for group in apart for cell in group}
    return (*apart, *((cell,) for cell in range(size) if cell not in inside))
