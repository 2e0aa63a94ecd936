"""From a case and its maps to cells with values: what the map says, checked against what the case says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import shapely

from evenhand.case import (
    Case,
    CaseError,
    Document,
    Ground,
    LandValue,
    Mistake,
    Outline,
    Problem,
    Territory,
    TreePath,
    exact,
    nearest_name,
    territories,
    with_line_values,
)
from evenhand.land.values import cell_values
from evenhand.maps import Cells, MapError, cells_of, read_layer

AREA = "area_km2"
"""The column that every map has: the area of a cell in km², rounded to whole square metres."""
Finding = tuple[TreePath, str, str]


@dataclass(frozen=True)
class Land:
    """A territory of a case with its map.

    `values` is the worth of each cell to each party, where the case says it cell by cell or by columns.
    """

    case: Case
    territory: Territory
    cells: Cells
    values: Mapping[str, Mapping[str, Fraction]]

    @property
    def ground(self) -> Ground:
        """What the map says of borders and areas."""
        assert self.territory.ground is not None
        return self.territory.ground

    @property
    def parties(self) -> tuple[str, ...]:
        """The principals' ids, in the order of the case."""
        return tuple(party.id for party in self.case.principals)


def read_land(case: Case, document: Document) -> tuple[Case, dict[str, Land]]:
    """The case with what its maps say, and each of its territories with its map.

    Maps are looked for from the folder of the case file. Raises CaseError with every mistake found, at its place in
    the case or the map.
    """
    read: dict[str, Territory] = {}
    maps: dict[str, Cells] = {}
    values: dict[tuple[str, str], Mapping[str, Fraction]] = {}
    problems: list[Problem] = []
    for number, issue in enumerate(case.issues):
        if isinstance(issue, Territory):
            cells = maps[issue.id] = _read_map(issue, document, ("issues", number))
            ground = _ground(cells)
            found = [*_strange(case, issue, number, cells), *_unusable(case, issue, number, cells, ground.columns)]
            problems += [document.problem(*finding) for finding in found]
            read[issue.id] = issue.on(ground)
            if not found:
                values |= _values(case, issue, ground)
    if problems:
        raise CaseError(problems)
    issues = tuple(read.get(issue.id, issue) for issue in case.issues)
    known = with_line_values(case.model_copy(update={"issues": issues}), values)
    return known, {
        land.id: Land(known, land, maps[land.id], {p: found for (p, t), found in values.items() if t == land.id})
        for land in territories(known)
    }


def _read_map(land: Territory, document: Document, path: TreePath) -> Cells:
    file = Path(document.file).parent / land.map
    if not file.exists():
        what, mend = f"there is no map {file}.", "Name it as seen from the folder of the case file."
        raise CaseError([document.problem((*path, "map"), what, mend)])
    try:
        return cells_of(read_layer(file, crs=land.crs), land.cell, links=tuple((a, b) for a, b in land.links))
    except MapError as error:
        raise CaseError(
            [Problem(one.file, one.line, 0, one.path, one.what, one.mend) for one in error.problems]
        ) from None


def _columns(cells: Cells) -> dict[str, tuple[Fraction, ...]]:
    """What the map gives as a number for every cell."""
    found = {AREA: tuple(Fraction(round(float(area)), 1_000_000) for area in cells.area_m2)}
    for name in dict.fromkeys(name for row in cells.properties for name in row):
        numbers = [_number(row.get(name)) for row in cells.properties]
        if name != AREA and all(number is not None for number in numbers):
            found[name] = tuple(number for number in numbers if number is not None)
    return found


def _number(value: Any) -> Fraction | None:
    if value is None or isinstance(value, bool | str):
        return None
    try:
        return exact(value)
    except Mistake:
        return None


def _ground(cells: Cells) -> Ground:
    ids, at = cells.ids, cells.indptr
    rows = (
        {
            ids[k]: round(float(length) * 10)
            for k, length in zip(cells.indices[at[n] : at[n + 1]], cells.border_m[at[n] : at[n + 1]], strict=True)
        }
        for n in range(len(ids))
    )
    return Ground(
        ids, dict(zip(ids, rows, strict=True)), _columns(cells), dict(zip(ids, _outlines(cells), strict=True))
    )


def _outlines(cells: Cells) -> Iterator[Outline]:
    """The rings of each cell, coarse enough for a picture: to a thousandth of the map's width."""
    west, _, east, _ = shapely.total_bounds(cells.shapes)
    for shape in shapely.coverage_simplify(cells.shapes, (east - west) / 1000):
        rings = [ring for part in shapely.get_parts(shape) for ring in shapely.get_rings(part)]
        yield tuple(tuple((round(x, 6), round(y, 6)) for x, y in shapely.get_coordinates(ring)) for ring in rings)


def _values(case: Case, land: Territory, ground: Ground) -> Iterator[tuple[tuple[str, str], dict[str, Fraction]]]:
    for party in case.principals:
        preference = case.preferences.get(party.id)
        if preference is not None and (value := preference.land.get(land.id)) is not None:
            yield (party.id, land.id), cell_values(value, ground.cells, ground.columns)


def _strange(case: Case, land: Territory, number: int, cells: Cells) -> Iterator[Finding]:
    """What the case says of cells that the map does not have, and cells of the map that it leaves out."""
    known, here = set(cells.ids), ("issues", number)
    named: list[tuple[TreePath, str]] = [((*here, "fixed", cell), cell) for cell in land.fixed]
    named += [((*here, "assets", asset), cell) for asset, cell in land.assets.items()]
    for name, groups in (("links", land.links), ("blocks", land.blocks)):
        named += [((*here, name, k), cell) for k, group in enumerate(groups) for cell in group]
    for line, sides in land.lines.items():
        named += [((*here, "lines", line, side), cell) for side, row in sides.items() for cell in row]
        if left_out := [cell for cell in cells.ids if cell not in land.sides(line)]:
            what = f"the line leaves out {_some(left_out)} of the map."
            yield (*here, "lines", line), what, "Give every cell to a side."
    for party, preference in case.preferences.items():
        if (value := preference.land.get(land.id)) is not None:
            path = ("preferences", party, "land", land.id)
            named += [((*path, "marks", cell), cell) for cell in value.marks]
            named += [((*path, "cells", cell), cell) for cell in value.cells or ()]
            if value.cells is not None and (without := [cell for cell in cells.ids if cell not in value.cells]):
                yield (
                    (*path, "cells"),
                    f"the worth of {_some(without)} is missing.",
                    "Write 0 for what is worth nothing.",
                )
    for place, cell in named:
        if cell not in known:
            yield place, f'the map has no cell "{cell}".', nearest_name(cell, _few(cells.ids))


def _lacking(cells: Cells, column: str) -> str:
    """The cells without a number in a column that others have one in."""
    numbers = [_number(row.get(column)) for row in cells.properties]
    without = [cell for cell, number in zip(cells.ids, numbers, strict=True) if number is None]
    return (
        f": {_some(without)} {'has' if len(without) == 1 else 'have'} none" if 0 < len(without) < len(numbers) else ""
    )


def _unusable(
    case: Case, land: Territory, number: int, cells: Cells, columns: Mapping[str, tuple[Fraction, ...]]
) -> Iterator[Finding]:
    """Columns that are named and not there, or that cannot be weighed."""
    named: list[tuple[TreePath, str, bool]] = [
        (("issues", number, "homes", party), column, False) for party, column in land.homes.items()
    ]
    if land.zone is not None and land.zone.of is not None:
        named.append((("issues", number, "joint", "of"), land.zone.of, True))
    for party, preference in case.preferences.items():
        value = preference.land.get(land.id) or LandValue()
        here = ("preferences", party, "land", land.id, "columns")
        named += [((*here, column), column, True) for column in value.columns or ()]
    for place, column, weighed in named:
        if column not in columns:
            what = f'the map has no column "{column}" with a number for every cell{_lacking(cells, column)}.'
            yield place, what, nearest_name(column, list(columns))
        elif any(amount < 0 for amount in columns[column]):
            yield place, f'the column "{column}" has numbers below 0.', "Correct the map, or leave the column out."
        elif weighed and not any(columns[column]):
            yield place, f'the column "{column}" is 0 everywhere.', "Correct the map, or leave the column out."


def _some(cells: list[str]) -> str:
    rest = f" and {len(cells) - 5} more" if len(cells) > 5 else ""
    return f"{'cell' if len(cells) == 1 else 'cells'} {', '.join(cells[:5])}{rest}"


def _few(cells: tuple[str, ...]) -> list[str]:
    return list(cells) if len(cells) <= 20 else [*cells[:19], "…"]
