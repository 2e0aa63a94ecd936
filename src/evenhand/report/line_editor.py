"""A page on which a line can be moved, cell by cell: one file with its map, its script and no network.

What it shows while cells move is computed in the browser and rounded; a line saved from it is measured and certified
when it is read again (`evenhand land divide CASE --line FILE`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from evenhand import __version__
from evenhand.case import JOINT, Case
from evenhand.land.ground import Land
from evenhand.land.lines import Measured
from evenhand.report.land_picture import filling, patterns, side_name
from evenhand.report.page import environment
from evenhand.report.words import label
from evenhand.report.words.land import column_text


def editor_page(land: Land, lines: Sequence[Measured], file: str, eyes: str | None = None) -> str:
    """The page; it starts from the first line and knows the others. With `eyes`, one party's points alone are in it."""
    data = json.dumps(editor_data(land, lines, eyes), ensure_ascii=False, separators=(",", ":"))
    leaflet = files("js_lib_leaflet").joinpath("static", "js_lib_leaflet")
    return (
        environment()
        .get_template("line_editor.html.j2")
        .render(
            case=land.case,
            territory=land.territory,
            patterns=Markup(patterns(land.case, [*land.parties, JOINT])),
            data=Markup(data.replace("<", "\\u003c")),  # inside a script element only the end of it must not occur
            style=Markup(leaflet.joinpath("leaflet.css").read_text("utf-8")),
            library=Markup(leaflet.joinpath("leaflet.js").read_text("utf-8").replace("//# sourceMappingURL", "//")),
            file=file,
            reader=label(land.case, eyes) if eyes else None,
            version=__version__,
        )
    )


def editor_data(land: Land, lines: Sequence[Measured], eyes: str | None = None) -> dict[str, Any]:
    """What the script needs, cells by number in the order of the map; `values` are parts of the whole."""
    ground, number = land.ground, land.ground.number_of
    sides = [*land.parties, *([JOINT] if land.territory.joint or _any_joint(lines) else [])]
    seen = [party for party in land.parties if party in land.values and eyes in (None, party)]
    points = {party: land.case.preferences[party].points[land.territory.id] for party in seen}
    return {
        "sides": [_side(land.case, side) for side in sides],
        "cells": [{"id": cell, "rings": ground.outlines[cell]} for cell in ground.cells],
        "neighbours": [
            [[number[other], length] for other, length in ground.neighbours[cell].items()] for cell in ground.cells
        ],
        "columns": [{"name": column_text(name), "values": [*map(float, row)]} for name, row in ground.columns.items()],
        "points": {party: float(worth) for party, worth in points.items()},
        "values": {party: _parts(land, party) for party in seen},
        "share": float(land.territory.joint_share(len(land.parties))),
        "fixed": [sides.index(land.territory.fixed[c]) if c in land.territory.fixed else -1 for c in ground.cells],
        "blocks": [[number[cell] for cell in block] for block in land.territory.blocks],
        "lines": [{"id": line.id, "sides": [sides.index(line.sides[cell]) for cell in ground.cells]} for line in lines],
    }


def _any_joint(lines: Sequence[Measured]) -> bool:
    return any(line.cells.get(JOINT) for line in lines)


def _side(case: Case, side: str) -> dict[str, str]:
    return {"id": side, "name": side_name(case, side), "fill": filling(case, side)}


def _parts(land: Land, party: str) -> list[float]:
    total = sum(land.values[party].values())
    return [float(land.values[party][cell] / total) for cell in land.ground.cells]
