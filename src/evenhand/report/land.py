"""Lines of a territory for a person at a terminal, as plain data, as maps for other programs, and as one page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import shapely
from markupsafe import Markup
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evenhand import __version__
from evenhand.case import Case, Territory, fraction_text, plain_decimal
from evenhand.land.dividing import Division
from evenhand.land.ensemble import Mixing
from evenhand.land.lines import Measured
from evenhand.maps import geojson
from evenhand.report.land_picture import side_name, sides_picture
from evenhand.report.page import environment
from evenhand.report.terminal import item, section
from evenhand.report.words import label, points
from evenhand.report.words.land import AREA, amount_text, column_text, kilometres, zone_text
from evenhand.settle.land import OF_LAND, OF_ZONE, Drawn
from evenhand.solve.regions.shortest import Shortest

_BROKEN = {
    "sides-connected": "a side falls apart",
    "land-covered-once": "some land is left out or given twice",
    "joint-zone-as-asked": "the joint zone is not as asked",
}
SHOWN_COLUMNS = 3
"""Columns of the map in the terminal: as many as fit into 80 characters."""


def show_lines(console: Console, drawn: Drawn, eyes: str | None = None) -> None:
    """Every line: its border, and for each side what it is worth to it and what it holds."""
    land = drawn.land
    console.print(Text(f"{land.case.title}\n", style="bold"), Text(heading(drawn), style="dim"), sep="")
    console.print()
    columns = list(land.ground.columns)[:SHOWN_COLUMNS]
    grid = Table(box=None, pad_edge=False, padding=(0, 1))
    placed = eyes is None and drawn.ensemble is not None
    names = ("line", "km", *(("better",) if placed else ()), "side", "points", "cells", *map(column_text, columns))
    for name in names:
        grid.add_column(name, justify="left" if name in ("line", "side") else "right")
    for line in drawn.lines:
        for number, (side, cells) in enumerate(line.cells.items()):
            held = [amount_text(line.amounts[side][column]) for column in columns]
            first = [line.id, kilometres(line.border), *([better_than(drawn, line)] if placed else [])]
            own = (side_name(land.case, side), _points(drawn, line, side, eyes), str(len(cells)), *held)
            grid.add_row(*(first if number == 0 else [""] * len(first)), *own)
    console.print(grid)
    for title, rows in (("What this means", notes(drawn, eyes)), ("What was proved", proofs(drawn, eyes))):
        console.print(section(title))
        for row in rows:
            console.print(item(row))


def heading(drawn: Drawn) -> str:
    """What the lines divide, and how many there are."""
    land = drawn.land
    area = sum(land.ground.columns[AREA], Fraction(0))
    count = f"{len(drawn.lines)} {'line' if len(drawn.lines) == 1 else 'lines'}"
    return f"{land.territory.label}: {len(land.ground.cells)} cells, {amount_text(area)} km²; {count}"


def _points(drawn: Drawn, line: Measured, side: str, eyes: str | None) -> str:
    """What a line is worth to a party, where that is known and may be seen."""
    if side not in line.part or (eyes is not None and side != eyes):
        return ""
    return points(worth(drawn, line, side))


def worth(drawn: Drawn, line: Measured, party: str) -> Fraction:
    """What a line is worth to a party, in its points."""
    return drawn.land.case.preferences[party].points[drawn.land.territory.id] * line.part[party]


def notes(drawn: Drawn, eyes: str | None = None) -> Iterator[str]:
    """What the table does not say, in sentences."""
    division, ensemble = drawn.division, drawn.ensemble
    if eyes is not None:
        yield f"Points are those of {label(drawn.land.case, eyes)} alone."
        return
    if division is not None and division.asked.by is None:
        yield (
            "Lines found go from the shortest border to the best worst-off side; nothing found is at least as good as "
            "one of them in all, and better in something."
        )
    if ensemble is not None:
        yield (
            f"“Better”: the part of {ensemble.steps:,} random lines that every party likes less. Each of them gives "
            f"each side its part of {column_text(ensemble.column)} within {_percent(ensemble.tolerance)}; they are "
            f"drawn by recombination of spanning trees, which prefers compact sides (seed {ensemble.seed}). "
            + _mixing(ensemble.mixing)
        )


def _mixing(mixing: Mixing) -> str:
    """Whether the random lines are enough to go by."""
    if not mixing.agreed:
        return f"The {mixing.chains} chains they come from do not agree yet, so this part is rough: draw more of them."
    return (
        f"They come from {mixing.chains} chains that agree, and say as much as about {mixing.effective:,} lines drawn "
        "independently."
    )


def better_than(drawn: Drawn, line: Measured) -> str:
    """Which part of the random lines every party likes less than this one."""
    return _percent(drawn.ensemble.place(line).worse_for_all) if drawn.ensemble else ""


def _percent(part: Fraction, places: int = 0) -> str:
    return f"{plain_decimal(part * 100, places)}%"


def proofs(drawn: Drawn, eyes: str | None = None) -> Iterator[str]:
    """What is certain of the lines, and what is not claimed."""
    broken = [
        (line, found.property)
        for line, rows in drawn.certificates.items()
        for found in rows
        if found.verdict != "holds"
    ]
    properties = {what for _, what in broken}
    if not properties & set(OF_LAND):
        yield "Each side of every line hangs together, and every cell is on one side, once; every line was checked."
    for line, what in broken:
        yield f"{line}: {_BROKEN[what]}."
    if (zone := drawn.land.territory.zone) is not None and OF_ZONE not in properties:
        yield f"The joint zone of every line is as asked: {zone_text(zone)}."
    if drawn.division is not None and eyes is None:
        yield from _limits(drawn)


def _limits(drawn: Drawn) -> Iterator[str]:
    division = drawn.division
    assert division is not None
    best = max(division.lines, key=lambda line: drawn.level(line) or Fraction(0))
    level = drawn.level(best) or Fraction(0)
    yield (
        f"No line gives the worst-off side more than {_percent(division.ceiling.limit, 1)} of its entitled part; the "
        f"best found gives {_percent(level, 1)}, so {_at_most(division.gap(best))}."
    )
    yield _of_the_border(drawn, division)
    if division.stopped:
        yield "The search was stopped before all was tried; these are the lines found by then."
    yield f"Seed: {division.asked.seed}. Time: {drawn.seconds:.2f} s of CPU."


def _at_most(gap: Fraction) -> str:
    if gap == 0:
        return "none can be better for it"
    return f"it can be {'less than 0.1%' if gap < Fraction(1, 1000) else f'at most {_percent(gap, 1)}'} better"


def lines_json(drawn: Drawn, eyes: str | None = None) -> dict[str, Any]:
    """Everything about the lines as plain data; numbers are fractions as text. With `eyes`, one party's view."""
    data: dict[str, Any] = {
        "case": drawn.land.case.title,
        "territory": drawn.land.territory.id,
        "cells": len(drawn.land.ground.cells),
        "lines": [_line_json(drawn, line, eyes) for line in drawn.lines],
        "notes": map_notes(drawn),
        "version": __version__,
    }
    if eyes is None and drawn.ensemble is not None:
        found = drawn.ensemble
        data["ensemble"] = {
            "lines": found.steps,
            "seed": found.seed,
            "balanced_by": found.column,
            "tolerance": fraction_text(found.tolerance),
            "method": "recombination of spanning trees",
            "chains": found.mixing.chains,
            "effective_lines": found.mixing.effective,
            "chains_agree": found.mixing.agreed,
        }
    if eyes is None and (division := drawn.division) is not None:
        data["limit"] = {
            "worst_level_at_most": fraction_text(division.ceiling.limit),
            "weights": [fraction_text(weight) for weight in division.ceiling.weights],
        }
        if division.shortest is not None:
            data["limit"]["border_km_at_least"] = fraction_text(Fraction(division.shortest.least, 10_000))
            data["limit"]["shortest_proved"] = division.shortest.proved
            data["limit"]["in_whole_numbers"] = division.shortest.exact
        data["method"] = {
            "least": fraction_text(division.asked.least),
            "by": division.asked.by or "shortest-border to max-min",
            "algorithm": "simulated annealing; weights, then rising levels",
            "seed": division.asked.seed,
            "stopped": division.stopped,
            "seconds": round(drawn.seconds, 3),
        }
    return data


def _of_the_border(drawn: Drawn, division: Division) -> str:
    found, least = division.shortest, _percent(division.asked.least)
    if found is None:
        return "That a border is the shortest possible is not claimed: it is the shortest that was found."
    if found.line is not None and found.proved:
        shortest = kilometres(min(line.border for line in division.lines))
        return (
            f"No line that gives each side {least} of its entitled part has a border below {shortest} km, that of the "
            f"shortest one found ({_proof(found)})."
        )
    return (
        f"No line that gives each side {least} of its entitled part has a border below {kilometres(found.least)} km "
        f"({_proof(found)}); whether any is shorter than those found is not known."
    )


def _proof(found: Shortest) -> str:
    return "proved in whole numbers" if found.exact else "proved by the solver SCIP, up to its tolerance"


def map_notes(drawn: Drawn) -> list[str]:
    """How the map was read, and what was changed in it."""
    cells = drawn.land.cells
    plane = f"Areas are measured in {cells.projection.name} ({cells.projection.definition})."
    return [*cells.notes, *(change.text() for change in cells.changes), plane]


def _line_json(drawn: Drawn, line: Measured, eyes: str | None) -> dict[str, Any]:
    seen = [party for party in line.part if eyes in (None, party)]
    row: dict[str, Any] = {
        "id": line.id,
        "on_the_table": line.id in drawn.on_table,
        "border_km": fraction_text(Fraction(line.border, 10_000)),
        "sides": {
            side: {"cells": list(cells), **{name: fraction_text(total) for name, total in line.amounts[side].items()}}
            for side, cells in line.cells.items()
        },
        "points": {party: fraction_text(worth(drawn, line, party)) for party in seen},
        "certificates": [found.as_json() for found in drawn.certificates[line.id]],
    }
    if eyes is None and (level := drawn.level(line)) is not None:
        row["worst_level"] = fraction_text(level)
        if drawn.division is not None:
            row["worst_level_gap"] = fraction_text(drawn.division.gap(line))
        if drawn.ensemble is not None:
            place = drawn.ensemble.place(line)
            row["better_for_all_than"] = fraction_text(place.worse_for_all)
            row["shorter_than"] = fraction_text(place.longer)
    return row


def line_map(drawn: Drawn, line: Measured) -> str:
    """A line as GeoJSON: the land of each side as one feature with its sums, nobody's points among them."""
    return _collection(_side_features(drawn, line))


def lines_map(drawn: Drawn) -> str:
    """Every line as GeoJSON in one collection; the property `line` tells them apart."""
    return _collection(feature for line in drawn.lines for feature in _side_features(drawn, line))


def _collection(features: Iterable[tuple[shapely.Geometry, dict[str, Any]]]) -> str:
    return json.dumps(geojson(features), ensure_ascii=False, indent=1) + "\n"


def _side_features(drawn: Drawn, line: Measured) -> Iterator[tuple[shapely.Geometry, dict[str, Any]]]:
    numbers, shapes = drawn.land.ground.number_of, drawn.land.cells.shapes
    for side, cells in line.cells.items():
        if not cells:
            continue
        whole = shapely.union_all(shapes[[numbers[cell] for cell in cells]])
        names = {"line": line.id, "side": side, "name": side_name(drawn.land.case, side), "cells": list(cells)}
        sums = {name: float(total) for name, total in line.amounts[side].items()}
        yield whole, {**names, **sums}


def lines_page(drawn: Drawn, case: Case, again: str, eyes: str | None = None) -> str:
    """Every line on its map with who gets what, in one file that needs no network."""
    territory = case.issue(drawn.land.territory.id)
    assert isinstance(territory, Territory)
    columns = list(drawn.land.ground.columns)
    rows = [
        {
            "id": line.id,
            "on_table": line.id in drawn.on_table,
            "border": kilometres(line.border),
            "better": better_than(drawn, line) if eyes is None else "",
            "picture": Markup(sides_picture(case, territory, line.id)),  # the picture escapes every name in it
            "sides": [
                (
                    side_name(case, side),
                    _points(drawn, line, side, eyes),
                    len(cells),
                    [amount_text(line.amounts[side][column]) for column in columns],
                )
                for side, cells in line.cells.items()
            ],
        }
        for line in drawn.lines
    ]
    page = environment().get_template("lines.html.j2")
    return page.render(
        case=case,
        territory=territory,
        heading=heading(drawn),
        rows=rows,
        columns=[column_text(name) for name in columns],
        notes=list(notes(drawn, eyes)),
        proofs=list(proofs(drawn, eyes)),
        measured=map_notes(drawn),
        again=again,
        reader=label(case, eyes) if eyes else None,
        version=__version__,
    )
