"""Small territories made for tests: square cells in a grid, values by table, no map file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any, cast

from evenhand.case import Ground, Territory, parse_document, read_case, with_line_values
from evenhand.land.ground import Land
from evenhand.maps import Cells


def names(columns: int, rows: int) -> tuple[str, ...]:
    return tuple(f"{x}{y}" for y in range(rows) for x in range(columns))


def ground_of(columns: int, rows: int, border: int = 10) -> Ground:
    cells = names(columns, rows)
    near = {
        cell: {
            f"{x}{y}": border
            for x, y in (
                (int(cell[0]), int(cell[1]) - 1),
                (int(cell[0]) - 1, int(cell[1])),
                (int(cell[0]) + 1, int(cell[1])),
                (int(cell[0]), int(cell[1]) + 1),
            )
            if 0 <= x < columns and 0 <= y < rows
        }
        for cell in cells
    }
    return Ground(cells, near, {"area_km2": (Fraction(1),) * len(cells)}, {})


def land_of(columns: int, rows: int, values: Mapping[str, Sequence[int]], **territory: Any) -> Land:
    """A territory of which each party values the cells as listed, row by row."""
    cells, ground = names(columns, rows), ground_of(columns, rows)
    tree = {
        "title": "Grid",
        "parties": [{"id": party} for party in values],
        "issues": [{"id": "land", "kind": "territory", "map": "none.geojson", **territory}],
        "preferences": {
            party: {"points": {"land": 100}, "land": {"land": {"cells": dict(zip(cells, row, strict=True))}}}
            for party, row in values.items()
        },
    }
    case = read_case(parse_document(json.dumps(tree), "case.json", is_json=True))
    issue = case.issue("land")
    assert isinstance(issue, Territory)
    known = with_line_values(case.model_copy(update={"issues": (issue.on(ground),)}))
    worth = {
        party: {cell: Fraction(value) for cell, value in zip(cells, row, strict=True)} for party, row in values.items()
    }
    return Land(known, cast(Territory, known.issue("land")), cast(Cells, None), worth)


def connected(ground: Ground, cells: Sequence[str]) -> bool:
    """By definition: from the first cell every other is reached within the side."""
    reached = set(cells[:1])
    while more := {near for cell in reached for near in ground.neighbours[cell] if near in cells} - reached:
        reached |= more
    return reached == set(cells)


def every_line(land: Land, *more: str) -> list[dict[str, str]]:
    """Each way to give every cell to a party (or to one of `more` sides) so that all have land in one piece and what is
    fixed is kept."""
    ground, found = land.ground, []
    for pick in product((*land.parties, *more), repeat=len(ground.cells)):
        sides = dict(zip(ground.cells, pick, strict=True))
        parts = [[cell for cell in ground.cells if sides[cell] == side] for side in (*land.parties, *more)]
        kept = all(sides[cell] == side for cell, side in land.territory.fixed.items())
        if kept and all(part and connected(ground, part) for part in parts):
            found.append(sides)
    return found
