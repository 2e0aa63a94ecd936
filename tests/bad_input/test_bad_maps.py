"""Maps with mistakes: one clear sentence for each, with its place, and nothing is written."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.calling import ROOT, call
from maps.drawing import collection, feature, square

Map = dict[str, Any]
VALLEY = ROOT / "examples" / "valley"
TERRITORY = collection(feature(square(20, 45, 2), id="t"))
METRES = {"type": "Polygon", "coordinates": [[[2.28e6, 5.62e6], [2.35e6, 5.62e6], [2.35e6, 5.7e6], [2.28e6, 5.62e6]]]}
CROSSED = {"type": "Polygon", "coordinates": [[[20.5, 45.2], [21.5, 46], [21.5, 45.2], [20.5, 46], [20.5, 45.2]]]}


def named(system: str) -> Map:
    return {"crs": {"type": "name", "properties": {"name": system}}}


def held(shape: Any, **more: Any) -> Map:
    return collection(feature(shape, date="2025-01-01", source="a"), **more)


def shares(folder: Path, control: Map, territory: Map = TERRITORY, code: int = 0) -> str:
    for name, data in (("territory", territory), ("control", control)):
        (folder / f"{name}.geojson").write_text(json.dumps(data), "utf-8")
    files = ("--territory", "territory.geojson", "--control", "control.geojson", "-o", "page.html")
    done = call("land", "share", *files, cwd=folder, code=code)
    assert (folder / "page.html").exists() == (code == 0)
    return " ".join((done.stderr if code else done.stdout).split())


@pytest.mark.parametrize(
    ("control", "said"),
    [
        (held(METRES), "control.geojson: features[0]: its coordinates are not degrees of longitude and latitude. Name"),
        (held(square(45.2, 20.5, 0.6)), "none of it lies in the territory, but would if longitude and latitude were"),
        (held(CROSSED), "control.geojson: features[0]: its shape is not valid (self-intersection). Correct"),
        (held({"type": "Polygon", "coordinates": []}), "control.geojson: there is no surface in this map."),
        (held(None), "control.geojson: there is no surface in this map."),
        (held(METRES, **named("EPSG:99999999")), "EPSG:99999999"),
        (collection(), "control.geojson: there are no features in this map."),
    ],
    ids=["no system", "swapped axes", "self-crossing", "empty", "nothing", "unknown system", "no features"],
)
def test_a_map_of_control_that_cannot_be_used_is_refused_and_no_page_is_written(
    tmp_path: Path, control: Map, said: str
) -> None:
    assert said in shares(tmp_path, control, code=2)


def test_maps_in_two_coordinate_systems_are_laid_over_each_other(tmp_path: Path) -> None:
    degrees = [
        [
            [math.degrees(x / 6378137), math.degrees(math.atan(math.sinh(y / 6378137)))]
            for x, y in METRES["coordinates"][0]
        ]
    ]
    same = held({"type": "Polygon", "coordinates": degrees})
    mixed = shares(tmp_path, held(METRES, **named("urn:ogc:def:crs:EPSG::3857")))
    assert mixed.split("How this")[0] == shares(tmp_path, same).split("How this")[0]


def test_land_on_both_sides_of_the_date_line_is_one_territory(tmp_path: Path) -> None:
    both = {"type": "MultiPolygon", "coordinates": [square(179, 45)["coordinates"], square(-180, 45)["coordinates"]]}
    shown = shares(tmp_path, held(square(179.5, 45, 0.5)), collection(feature(both, id="t")))
    assert "The land lies across the 180th meridian" in shown
    assert " 12.6 " in shown  # an eighth, and a little, since degrees shrink to the north


def test_two_hundred_thousand_corners_and_a_territory_in_pieces_are_read(tmp_path: Path) -> None:
    turns = [2 * math.pi * k / 200_000 for k in range(200_000)]
    ring = [[21 + math.cos(turn) / 2, 46 + math.sin(turn) / 2] for turn in turns]
    circle = held({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
    pieces = {"type": "MultiPolygon", "coordinates": [square(20, 45)["coordinates"], square(23, 45)["coordinates"]]}
    assert " 19.6 " in shares(tmp_path, circle)  # π/4 of a quarter
    assert "17,373 km²" in shares(tmp_path, circle, collection(feature(pieces, id="t")))


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (square(21.5, 46.5), "6,332 km² lie outside the territory, the largest piece around 47.2° N"),
        (square(30, 50), "7,892 km² lie outside the territory (all of it), the largest piece around 50.5° N, 30.5° E."),
    ],
)
def test_control_outside_the_territory_is_said_with_how_much_and_where(tmp_path: Path, shape: Map, said: str) -> None:
    assert said in shares(tmp_path, held(shape))


def cell(data: Map, name: str) -> Map:
    return next(row for row in data["features"] if row["properties"]["id"] == name)


def without_a_column(data: Map) -> None:
    data["features"] = [row for row in data["features"] if row["properties"]["id"][0] != "d"]


def without_people(data: Map) -> None:
    del cell(data, "c1")["properties"]["people"]


def with_nobody(data: Map) -> None:
    for row in data["features"]:
        row["properties"]["people"] = 0


def with_a_crossed_cell(data: Map) -> None:
    ring = cell(data, "c3")["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]


def unchanged(_: Map) -> None:
    pass


CUT = "{a1: hill, a2: shore, b1: shore, b2: shore, h4: hill}"


@pytest.mark.parametrize(
    ("change", "fixed", "said"),
    [
        (without_a_column, None, "the land lies in 2 pieces that share no border: those of a1, e1. Join them"),
        (without_people, None, 'the map has no column "people" with a number for every cell: cell c1 has none.'),
        (with_nobody, None, 'the column "people" is 0 everywhere.'),
        (with_a_crossed_cell, None, "features[14]: its shape is not valid (self-intersection)."),
        (unchanged, CUT, "hill cannot have a1 and h4 in one piece: cells fixed to others lie between."),
    ],
    ids=["in pieces", "no value", "nothing in all", "self-crossing", "cut off by fixed cells"],
)
def test_land_that_cannot_be_divided_is_refused_with_the_cells_that_are_why(
    tmp_path: Path, change: Callable[[Map], None], fixed: str | None, said: str
) -> None:
    data, text = json.loads((VALLEY / "valley.geojson").read_text("utf-8")), (VALLEY / "case.yaml").read_text("utf-8")
    text = text[: text.index("    # The lines on")] + text[text.index("  - {id: dam,") :]
    change(data)
    if change is without_a_column:
        text = text.replace("    links: [[d5, e5], [d6, e6]]\n", "").replace("blocks: [[c4, d4]]", "blocks: []")
    if fixed:
        text = text.replace("{b3: hill, a3: hill, g4: shore, h4: shore}", fixed)
    (tmp_path / "valley.geojson").write_text(json.dumps(data), "utf-8")
    (tmp_path / "case.yaml").write_text(text, "utf-8")
    done = call("land", "divide", "case.yaml", "--save", "-o", "lines.html", cwd=tmp_path, code=2)
    assert said in " ".join(done.stderr.split())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.yaml", "valley.geojson"]
    assert (tmp_path / "case.yaml").read_text("utf-8") == text


def test_a_cell_with_forty_thousand_corners_on_straight_borders_fits_its_neighbours(tmp_path: Path) -> None:
    data, text = json.loads((VALLEY / "valley.geojson").read_text("utf-8")), (VALLEY / "case.yaml").read_text("utf-8")
    rings = cell(data, "a1")["geometry"]["coordinates"]
    between = [(step / 10_000, *ends) for ends in zip(rings[0], rings[0][1:], strict=False) for step in range(10_000)]
    rings[0] = [[a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part] for part, a, b in between]
    rings[0].append(rings[0][0])
    (tmp_path / "valley.geojson").write_text(json.dumps(data), "utf-8")
    (tmp_path / "case.yaml").write_text(text, "utf-8")
    shown = call("land", "divide", "case.yaml", "--on-the-table", "--steps", 0, cwd=tmp_path).stdout
    assert "48 cells, 2,165 km²" in shown
