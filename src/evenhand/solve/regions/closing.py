"""Closed walks through one corner of a map: what may become of them, and the shortest that gains what it needs.

In: a `Field` (a problem and the dual of its graph), a corner, which corners are open. Out: `Found`, a length that none
is below, and the steps of one that has it. How walks are taken up is in `walks`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.program import Limits
from evenhand.solve.regions import walks
from evenhand.solve.regions.demands import Demands
from evenhand.solve.regions.dual import Dual
from evenhand.solve.regions.graph import FREE, Graph, Integers, Labels, components
from evenhand.solve.regions.halves import WAYS, Halves
from evenhand.solve.regions.lines import Compact, LineProblem
from evenhand.solve.regions.room import Ahead, Found, Net, Room

PARTS = (32, 128, 512, 2048)
"""Into how many units a length is parted to look ahead; more of them only where fewer rule nothing out."""
ENTRIES = 2**24
"""So many numbers may be kept to look ahead."""
TURNS, LARGEST_TURN = 64, 2**44
"""How often a walk goes around cells set apart is kept in one number, up to so many times each, below this largest."""


@dataclass(frozen=True, eq=False)
class Field:
    """Where walks go, what they gain, and what they must.

    `root`: the cell that gains are counted from. `told`: the groups of cells that are set apart, with the label they
    are to have. `lessened`: what could be gained by going around again and again over steps of no length; it is taken
    from the needs instead.
    """

    problem: LineProblem
    compact: Compact
    dual: Dual
    demands: Demands
    told: tuple[Told, ...]
    root: int
    net: Net
    lessened: Integers
    halves: Halves | None

    @classmethod
    def of(cls, problem: LineProblem, compact: Compact) -> Field | None:
        """None: the graph cannot be drawn without crossings, or values are too large."""
        dual = Dual.of(compact.graph)
        fixed = np.flatnonzero(compact.fixed != FREE)
        return None if dual is None else cls._of(problem, compact, dual, (), int(fixed[0]) if len(fixed) else 0)

    @classmethod
    def _of(cls, problem: LineProblem, compact: Compact, dual: Dual, told: tuple[Told, ...], root: int) -> Field | None:
        fixed = compact.fixed.copy()
        for part in told:
            fixed[list(part.cells)] = part.label
        demands = Demands.of(problem, replace(compact, fixed=fixed))
        if demands is None:
            return None
        turns = np.zeros((compact.graph.size, 1), dtype=np.int64)
        for part in told:
            turns[list(part.cells), 0] = part.turns
        gains = dual.gains(np.concatenate([demands.weights, turns], axis=1), root)
        lessened = _once(gains[dual.around], demands.ways)
        gains[dual.around, :2] = 0
        net = (dual.first, dual.head, dual.length, gains)
        halves = Halves.of(dual, demands, compact, turns, root)
        return cls(problem, compact, dual, demands, told, root, net, lessened, halves)

    def with_told(self, cells: tuple[int, ...], label: int) -> Field | None:
        """For lines on which these cells have a label; None: too many are set apart already."""
        room = TURNS * sum(sum(part.turns) for part in self.told) + 1
        told = Told(cells, label, tuple(room * k for k in range(1, len(cells) + 1)))
        if sum(told.turns) > LARGEST_TURN:
            return None
        return self._of(self.problem, self.compact, self.dual, (*self.told, told), self.root)

    @property
    def insides(self) -> tuple[bool, ...]:
        """Whether the root may have label 1: as it is fixed, or both."""
        label = self.compact.fixed[self.root]
        return (False, True) if label == FREE else (bool(label),)

    def needs(self, inside: bool) -> Integers:
        """What a closed walk must gain: around a line with the root inside all cells are missing in what is gained."""
        needs = self.demands.needs - self.lessened
        return needs - self.demands.ways @ self.demands.total if inside else needs

    def target(self, inside: bool) -> int:
        """The third sum of a walk around just those of the cells told that have label 1."""
        return sum((part.label - inside) * sum(part.turns) for part in self.told)


@dataclass(frozen=True)
class Told:
    """Cells that are set apart for a label; `turns`: what going around each adds to the third sum."""

    cells: tuple[int, ...]
    label: int
    turns: tuple[int, ...]


def _once(gains: Integers, ways: Integers) -> Integers:
    """What these steps gain at the most, by way: each is listed in both directions and taken once, in one of them."""
    return np.asarray(np.abs(gains[:, :2] @ ways.T).sum(axis=0) // 2, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Corner:
    """Closed walks of at most some length through one corner over open ones, which are `home` away from it."""

    field: Field
    number: int
    open_: NDArray[np.bool_]
    home: Integers
    longest: int

    @classmethod
    def of(cls, field: Field, number: int, open_: NDArray[np.bool_], longest: int) -> Corner:
        """Only corners from which there is a way back in time are open."""
        home = walks.distances(field.net, open_, number, longest + 1)
        near = open_ & (2 * home <= longest)
        near[number] = True
        return cls(field, number, near, home, longest)

    def starts(self) -> list[Start]:
        """Searches that may find something."""
        found = [Start(self, inside, 0) for inside in self.field.insides]
        for unit in self.units():
            ahead = self.ahead(unit, self.field.net, self.field.demands.ways)
            found = [later for start in found if (later := start.after(ahead)) is not None]
            if not found:
                break
        return found

    def units(self) -> list[int]:
        """Units of length to look ahead with, coarser ones first."""
        most = max(1, ENTRIES // (len(self.field.demands.ways) * len(self.open_)))
        return sorted({-(-max(1, self.longest) // min(parts, most)) for parts in PARTS}, reverse=True)

    def ahead(self, unit: int, net: Net, ways: Integers) -> Ahead:
        """The tables for lengths in such units."""
        dual = self.field.dual
        units = dual.length // unit
        place = self._places(units)
        most = np.empty((len(ways), self.longest // unit + 1, int(place.max()) + 1), dtype=np.int64)
        for way, table in zip(ways, most, strict=True):
            walks.most_gained(net, way, units, place, self.open_, self.number, table)
        return Ahead(place, most, unit, self._within(units, net, ways))

    def _places(self, units: Integers) -> Labels:
        """Corners between which there are steps of no unit, but for this one, which is a place alone."""
        dual = self.field.dual
        near = self._short(units)
        edges = {
            (min(a, b), max(a, b), 0) for a, b in zip(dual.tails[near].tolist(), dual.head[near].tolist(), strict=True)
        }
        return components(Graph.of_edges(dual.corners, (edge for edge in edges if edge[0] != edge[1])))

    def _short(self, units: Integers) -> NDArray[np.bool_]:
        tail, head = self.field.dual.tails, self.field.dual.head
        passed = (tail != self.number) & (head != self.number) & self.open_[tail] & self.open_[head]
        return np.asarray((units == 0) & passed)

    def _within(self, units: Integers, net: Net, ways: Integers) -> Integers:
        """By way, what steps within places gain."""
        steps = self._short(units) & ~self.field.dual.treed
        return _once(net[3][steps], ways)


@dataclass(frozen=True, eq=False)
class Start:
    """Closed walks through a corner, with the root on the left (`inside`) or not; none is shorter than `least`."""

    corner: Corner
    inside: bool
    least: int

    @property
    def needs(self) -> Integers:
        """What they must gain."""
        return self.corner.field.needs(self.inside)

    def after(self, ahead: Ahead) -> Start | None:
        """With what a look ahead tells; None: there are no such walks."""
        least = ahead.fewest(self.corner.number, self.needs)
        return None if least is None else replace(self, least=max(self.least, least))

    def search(self, longest: int, limits: Limits) -> Found:
        """The shortest of at most this length."""
        corner, demands = self.corner, self.corner.field.demands
        if corner.field.halves is not None:
            look = corner.ahead(corner.units()[-1], corner.field.halves.net, WAYS)
            part = (corner.number, corner.open_, look, self.inside, corner.field.target(self.inside))
            found = corner.field.halves.search(*part, longest, limits)
            return replace(found, least=max(self.least, found.least))
        look = corner.ahead(corner.units()[-1], corner.field.net, demands.ways)
        ahead = (corner.open_, corner.home, look.place, look.most, look.unit, 0)
        needs, target = self.needs[None], corner.field.target(self.inside)
        asked = (demands.ways, needs, needs - look.within, target, demands.exact)
        room = Room(corner.number, corner.field.dual.corners, exact=demands.exact)
        ended = room.search(corner.field.net, ahead, asked, longest, limits)
        return Found(max(self.least, room.bound), room.closed() if ended else None)

    def times(self, steps: list[int]) -> Integers:
        """How often a closed walk goes around each cell, with the cell on its left."""
        field, dual = self.corner.field, self.corner.field.dual
        crossed = Counter(zip(dual.left[steps].tolist(), dual.right[steps].tolist(), strict=True))
        times, order = {field.root: int(self.inside)}, [field.root]
        for cell in order:  # grows while it is walked through
            for other in field.compact.graph.neighbours(cell).tolist():
                if other not in times:
                    times[other] = times[cell] - crossed[cell, other] + crossed[other, cell]
                    order.append(other)
        return np.array([times[cell] for cell in range(len(times))])

    def parted(self, times: Integers, least: int) -> list[Start] | None:
        """By the label of the heaviest group that such a walk does not go around as a line would, with its cells all on
        one side and the one it is fixed to; None: there is no such group, or too many are set apart already."""
        field, fixed = self.corner.field, self.corner.field.compact.fixed
        weight = (field.demands.weights / field.demands.total).sum(axis=1)
        apart = {part.cells for part in field.told}
        amiss = [
            (float(weight[list(cells)].sum()), cells)
            for cells in field.compact.groups
            if cells not in apart and {*times[list(cells)].tolist()} not in _sides(int(fixed[cells[0]]))
        ]
        if not amiss:
            return None
        cells = max(amiss)[1]
        fields = [field.with_told(cells, label) for label in (0, 1) if fixed[cells[0]] in (FREE, label)]
        return None if None in fields else [part for later in fields if later for part in self._in(later, least)]

    def _in(self, field: Field, least: int) -> list[Start]:
        corner = replace(self.corner, field=field)
        return [replace(part, least=max(least, part.least)) for part in corner.starts() if part.inside == self.inside]


def _sides(fixed: int) -> list[set[int]]:
    """How often a line goes around all cells of a group."""
    return [{label} for label in (0, 1) if fixed in (FREE, label)]
