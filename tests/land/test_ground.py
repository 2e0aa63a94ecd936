"""A map is read with its case: what it says is exact, and what does not fit is told at its place."""

import json
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.case import CaseError, Problem, read_case, read_document
from evenhand.land.ground import Land, read_land
from evenhand.land.values import in_parts

VALLEY = Path(__file__).parents[2] / "examples" / "valley" / "case.yaml"


def read(file: Path = VALLEY) -> Land:
    document = read_document(file)
    return read_land(read_case(document), document)[1]["valley"]


def problems(folder: Path, *changes: tuple[str, str], of_map: tuple[tuple[str, str], ...] = ()) -> list[Problem]:
    case, drawn = VALLEY.read_text("utf-8"), VALLEY.with_name("valley.geojson").read_text("utf-8")
    for old, new in changes:
        assert old in case
        case = case.replace(old, new)
    for old, new in of_map:
        assert old in drawn
        drawn = drawn.replace(old, new)
    (folder / "case.yaml").write_text(case, "utf-8")
    (folder / "valley.geojson").write_text(drawn, "utf-8")
    with pytest.raises(CaseError) as raised:
        read(folder / "case.yaml")
    assert all(problem.mend for problem in raised.value.problems)
    return list(raised.value.problems)


def test_the_map_of_the_example_is_the_one_its_script_draws(tmp_path: Path) -> None:
    shutil.copy(VALLEY.with_name("make_map.py"), tmp_path)
    subprocess.run([sys.executable, "make_map.py"], cwd=tmp_path, check=True)
    assert (tmp_path / "valley.geojson").read_bytes() == VALLEY.with_name("valley.geojson").read_bytes()


def test_cells_know_their_neighbours_across_borders_and_bridges() -> None:
    ground = read().ground
    assert len(ground.cells) == 48
    assert ground.neighbours["d5"]["e5"] == 0
    assert "e4" not in ground.neighbours["d4"]
    assert all(ground.neighbours[b][a] == m for a, row in ground.neighbours.items() for b, m in row.items())


def test_a_map_in_metres_is_read_as_the_case_says(tmp_path: Path) -> None:
    written = json.loads(VALLEY.with_name("valley.geojson").read_text("utf-8"))
    onto = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:32636", always_xy=True)
    for row in written["features"]:
        rings = row["geometry"]["coordinates"]
        row["geometry"]["coordinates"] = [[list(onto.transform(*corner)) for corner in ring] for ring in rings]
    (tmp_path / "valley.geojson").write_text(json.dumps(written), "utf-8")
    case = VALLEY.read_text("utf-8").replace("map: valley.geojson", "map: valley.geojson\n    crs: EPSG:32636")
    (tmp_path / "case.yaml").write_text(case, "utf-8")
    assert read(tmp_path / "case.yaml").ground.neighbours.keys() == read().ground.neighbours.keys()
    (tmp_path / "case.yaml").write_text(VALLEY.read_text("utf-8"), "utf-8")
    with pytest.raises(CaseError) as raised:
        read(tmp_path / "case.yaml")
    assert "`crs`" in raised.value.problems[0].mend


def test_columns_are_exact_and_the_worth_of_all_cells_is_the_whole() -> None:
    land = read()
    assert sum(land.ground.columns["mw"]) == 235
    for values in land.values.values():
        assert sum(values.values()) == 1_000_000
        assert all(value.denominator == 1 for value in values.values())
    people, area, mw = (land.ground.columns[name] for name in ("people", "area_km2", "mw"))
    k = land.ground.number_of["e2"]
    exact = (3 * people[k] / sum(people) + 2 * mw[k] / sum(mw) + area[k] / sum(area)) / 6
    assert abs(land.values["shore"]["e2"] - 1_000_000 * exact) < 1


@settings(derandomize=True, max_examples=80, deadline=None, database=None)
@given(st.lists(st.fractions(0, 50, max_denominator=60), min_size=1, max_size=12).filter(any), st.integers(1, 500))
def test_parts_keep_the_sum_and_are_off_by_less_than_one(amounts: list[Fraction], whole: int) -> None:
    parts = in_parts(amounts, whole)
    assert sum(parts) == whole
    total = sum(amounts)
    assert all(abs(part - amount * whole / total) < 1 for part, amount in zip(parts, amounts, strict=True))
    assert parts == in_parts(amounts, whole)


def test_a_missing_map_is_told_at_the_line_that_names_it(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, ("map: valley.geojson", "map: vale.geojson"))
    assert (problem.path, problem.line) == ("issues[0].map", 13)
    assert "there is no map" in problem.what


@pytest.mark.parametrize(
    ("change", "path", "what"),
    [
        (("b3: hill", "b9: hill"), "issues[0].fixed.b9", 'the lines have no cell "b9"'),
        (("{people: 3,", "{folk: 3,"), "preferences.shore.land.valley.columns.folk", 'no column "folk"'),
        (("marks: {c2: 1/4}", "marks: {z9: 1/4}"), "preferences.hill.land.valley.marks.z9", 'no cell "z9"'),
    ],
)
def test_what_the_map_does_not_have_is_told_at_its_place(
    tmp_path: Path, change: tuple[str, str], path: str, what: str
) -> None:
    found = problems(tmp_path, change)
    assert found[0].path == path
    assert what in found[0].what


def test_a_cell_of_the_map_that_the_lines_leave_out_is_named(tmp_path: Path) -> None:
    found = problems(tmp_path, ("[a1, a2,", "[a2,"))
    assert {problem.path for problem in found} == {
        f"issues[0].lines.{line}" for line in ("river", "dam-to-hill", "east-bank-and-more")
    }
    assert "cell a1 of the map" in found[0].what


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (('"id": "a1"', '"id": "a2"'), 'the id "a2" is used twice'),
        (('"id": "a1", ', ""), "the cell has no id"),
        (('"mw": 0', '"mw": -1'), 'the column "mw" has numbers below 0'),
        (('"people": 1266', '"people": null'), 'no column "people"'),
        (("[-0.005285, -0.010475]", "[-0.005285, -500.0]"), "not degrees of longitude and latitude"),
        (("[[[-0.005285, -0.010475]", "[[[-0.005285, 0.010475]"), "its geometry cannot be read"),
        (('"type": "Polygon"', '"type": "LineString"'), "its geometry cannot be read"),
        (('"name": "An invented valley"', '"crs": {"name": "EPSG:3857"}'), "has no name"),
        (('"features": [', '"features": [{'), "broken or cut off"),
    ],
)
def test_a_map_that_cannot_be_used_is_refused_in_words(tmp_path: Path, change: tuple[str, str], what: str) -> None:
    assert what in problems(tmp_path, of_map=(change,))[0].what


def test_a_column_that_is_nothing_everywhere_cannot_be_weighed(tmp_path: Path) -> None:
    drawn = [(f'"mw": {mw}', '"mw": 0') for mw in (120, 30, 60, 25)]
    (problem,) = problems(tmp_path, of_map=tuple(drawn))
    assert 'the column "mw" is 0 everywhere' in problem.what
