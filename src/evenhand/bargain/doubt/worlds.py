"""Possible worlds of one party, drawn evenly from its region.

Even means: for unknowns that some conditions tie together, every point of a fine grid that meets them is as likely as
any other. Unknowns are points; so where an issue's points and an option's value are both in doubt, larger points are
somewhat likelier, as they leave the option more room. Everything is in whole numbers of grid steps, so what is said of
a world is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.doubt.chance import Chance
from evenhand.bargain.doubt.form import Form
from evenhand.bargain.doubt.lattice import Grid, drawn, steps
from evenhand.bargain.doubt.parts import Part
from evenhand.bargain.doubt.region import Region

FINE = 2**16
"""No interval has fewer grid steps than this."""
_SAFE = 2**62


@dataclass(frozen=True)
class Worlds:
    """`units[w, k] / scale` is unknown k in world w, exact (worlds × unknowns; int64, or Python's own integers).

    `walked`: how many steps the longest walk took; 0 when every part was drawn exactly evenly.
    """

    units: NDArray[Any]
    scale: int
    walked: int

    def __len__(self) -> int:
        return len(self.units)

    def values(self, form: Form) -> tuple[NDArray[Any], int]:
        """A form in every world, exact: whole numbers, and what to divide them by."""
        scale = form.scale
        constant = int(form.constant * scale) * self.scale
        factors = {k: int(factor * scale) for k, factor in form.factors.items()}
        size = abs(constant) + sum(abs(f) * int(abs(self.units[:, k]).max()) for k, f in factors.items())
        units = self.units if size < _SAFE else self.units.astype(object)
        values = np.full(len(units), constant, units.dtype)
        for k, factor in factors.items():
            values = values + units[:, k] * factor
        return values, scale * self.scale

    def holds(self, form: Form) -> NDArray[np.bool_]:
        """In which worlds a form is at least 0; exact."""
        return np.asarray(self.values(form)[0] >= 0, bool)


def worlds_of(region: Region, count: int, chance: Chance) -> Worlds:
    """`count` worlds of a region."""
    columns: dict[int, tuple[NDArray[Any], int]] = {}
    walked = 0
    for part in region.parts:
        found, way = _of_part(region, part, count, chance)
        columns |= found
        walked = max(walked, way)
    scale = lcm(*(own for _, own in columns.values()))
    table = [columns[k][0].astype(object) * (scale // columns[k][1]) for k in range(len(region.unknowns))]
    if not table:
        return Worlds(np.zeros((count, 0), np.int64), 1, 0)
    units = np.stack(table, axis=1)
    return Worlds(units.astype(np.int64) if abs(units).max() < _SAFE else units, scale, walked)


def _of_part(region: Region, part: Part, count: int, chance: Chance) -> tuple[dict[int, tuple[NDArray[Any], int]], int]:
    """The unknowns of one part in every world, each with its scale; and how many steps were walked."""
    zero = part.zero if part.is_interval else region.always_zero(part)
    tied = _solved(part.members, zero)
    free = [k for k in part.members if k not in tied]
    free.sort(key=lambda k: (-abs(region.unknowns[k].written), k))  # neighbours in worth are neighbours in a walk
    if not free:
        return {k: _constant(tied[k], count) for k in part.members}, 0
    scale = _grid_scale(region, free)
    grid = _grid(region, part, free, tied, scale)
    points, way = drawn(grid, count, chance)
    of_free = Worlds(points, scale, 0)
    places = {k: place for place, k in enumerate(free)}
    found = {k: (points[:, places[k]], scale) for k in free}
    for k, form in tied.items():
        found[k] = of_free.values(Form(form.constant, {places[j]: f for j, f in form.factors.items()}))
    return found, steps(len(free)) if way == "walk" else 0


def _constant(form: Form, count: int) -> tuple[NDArray[Any], int]:
    return np.full(count, form.constant.numerator), form.constant.denominator


def _solved(members: Sequence[int], zero: Sequence[Form]) -> dict[int, Form]:
    """Forms that are 0 throughout, solved for as many unknowns as they fix, in terms of the others."""
    solved: dict[int, Form] = {}
    for form in zero:
        left = _with(form, solved)
        if not left.factors:
            continue
        k = min(left.factors)
        own = left.factors[k]
        rest = Form(left.constant, {j: f for j, f in left.factors.items() if j != k}).times(-1 / own)
        solved = {j: _with(other, {k: rest}) for j, other in solved.items()} | {k: rest}
    return {k: solved[k] for k in members if k in solved}


def _with(form: Form, known: Mapping[int, Form]) -> Form:
    """A form with some unknowns replaced."""
    result = Form(form.constant, {k: f for k, f in form.factors.items() if k not in known})
    for k, factor in form.factors.items():
        if k in known:
            result = result + known[k].times(factor)
    return result


def _grid_scale(region: Region, free: Sequence[int]) -> int:
    """Grid steps to a point: the ends and the values as written are grid points, and no interval is coarse."""
    unknowns = [region.unknowns[k] for k in free]
    scale = lcm(*(number.denominator for u in unknowns for number in (u.written, u.low, u.high)))
    while min(u.high - u.low for u in unknowns) * scale < FINE:
        scale *= 2
    return scale


def _grid(region: Region, part: Part, free: Sequence[int], tied: Mapping[int, Form], scale: int) -> Grid:
    """The grid points of a part, in its free unknowns."""
    low = [ceil(region.unknowns[k].low * scale) for k in free]
    high = [floor(region.unknowns[k].high * scale) for k in free]
    start = [int(region.unknowns[k].written * scale) for k in free]
    rows, bounds = [], []
    ends = (form for k in part.members if k in tied for form in region.ends(k))
    for form in (*ends, *part.least):
        left = _with(form, tied)
        if left.factors:
            factor = left.scale
            rows.append([-int(left.factors.get(k, Fraction(0)) * factor) for k in free])
            bounds.append(floor(left.constant * factor * scale))
    kind: Any = np.int64 if _small(rows, bounds, low, high) else object
    empty = np.zeros((0, len(free)), np.int64)
    matrix = np.array(rows, kind) if rows else empty
    return Grid(np.array(low), np.array(high), matrix, np.array(bounds, kind), np.array(start))


def _small(rows: Sequence[Sequence[int]], bounds: Sequence[int], low: Sequence[int], high: Sequence[int]) -> bool:
    """Whether every row fits 64 bits anywhere in the box."""
    ends = [max(abs(a), abs(b)) for a, b in zip(low, high, strict=True)]
    sizes = [sum(abs(f) * end for f, end in zip(row, ends, strict=True)) for row in rows]
    return all(4 * (size + abs(bound)) < _SAFE for size, bound in zip(sizes, bounds, strict=True))
