"""Shares add up, say what is outside, and agree with what is published where the data is there."""

import json
from pathlib import Path

import pytest

from cli.calling import call
from evenhand.land.shares import shares_of
from evenhand.maps import read_layer

SHARED = Path(__file__).parents[3] / "shared" / "data" / "land"


def square(west: float, south: float, size: float = 1.0) -> dict[str, object]:
    east, north = west + size, south + size
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def map_file(folder: Path, name: str, *features: tuple[dict[str, object], dict[str, str]]) -> Path:
    rows = [{"type": "Feature", "geometry": shape, "properties": properties} for shape, properties in features]
    (folder / name).write_text(json.dumps({"type": "FeatureCollection", "features": rows}), "utf-8")
    return folder / name


@pytest.fixture
def maps(tmp_path: Path) -> tuple[Path, Path]:
    land = map_file(tmp_path, "land.geojson", (square(0, -0.5), {}), (square(1, -0.5), {}))
    control = map_file(
        tmp_path,
        "control.geojson",
        (square(0, -0.5), {"date": "2020-01-01", "source": "before"}),
        (square(0.5, -0.5), {"date": "2021-01-01", "source": "one"}),
        (square(1.5, -0.5), {"date": "2021-01-01", "source": "other"}),
    )
    return land, control


def test_held_gained_lost_and_outside_add_up(maps: tuple[Path, Path]) -> None:
    land, control = (read_layer(file) for file in maps)
    baseline = read_layer(maps[0].parent / "control.geojson")
    before = type(baseline)(baseline.file, baseline.shapes[:1], baseline.properties[:1])
    found = shares_of(land, control, ("date", "source"), before)
    assert [round(share.part, 3) for share in found.shares] == [0.5, 0.5, 0.25]
    assert [round(share.gained / found.territory, 3) for share in found.shares] == [0, 0.25, 0.25]
    assert [round(share.lost / found.territory, 3) for share in found.shares] == [0, 0.25, 0.5]
    assert [round(share.outside / found.territory, 3) for share in found.shares] == [0, 0, 0.25]
    assert found.shares[1].names == {"date": "2021-01-01", "source": "one"}


def test_the_command_tells_every_choice_in_80_columns(maps: tuple[Path, Path]) -> None:
    words = ("land", "share", "--territory", maps[0], "--control", maps[1], "--baseline", "before")
    shown = call(*words).stdout
    assert max(len(line) for line in shown.splitlines()) <= 80
    for said in ("every percentage is of", "equal-area", "baseline", "lie outside the territory"):
        assert said in " ".join(shown.split())
    data = json.loads(call(*words, "--json").stdout)
    assert [row["percent"] for row in data["shares"]] == [50, 50, 25]
    assert [row["gained_percent"] for row in data["shares"]] == [0, 25, 25]
    assert data["method"]


def test_places_inside_are_counted_and_their_amounts_added_up_exactly(maps: tuple[Path, Path]) -> None:
    table = maps[0].parent / "plants.csv"
    table.write_text("name,lon,lat,mw\na,0.25,0,0.1\nb,0.75,0,0.2\nc,1.75,0.1,\nd,9,9,100\n", "utf-8")
    words = ("land", "share", "--territory", maps[0], "--control", maps[1], "--points", table, "--sum", "mw", "--json")
    found = [row["inside"] for row in json.loads(call(*words).stdout)["shares"]]
    assert found == [{"places": "2", "mw": "3/10"}, {"places": "1", "mw": "1/5"}, {"places": "1", "mw": "0"}]


def test_the_page_has_a_chart_and_a_map_for_each_share_and_no_script(maps: tuple[Path, Path]) -> None:
    hostile = "<script>alert(1)</script>"
    text = maps[1].read_text("utf-8").replace('"other"', json.dumps(hostile))
    maps[1].write_text(text, "utf-8")
    call("land", "share", "--territory", maps[0], "--control", maps[1], "-o", maps[0].parent / "page.html")
    page = (maps[0].parent / "page.html").read_text("utf-8")
    assert "<script" not in page
    assert page.count("<svg") == 1 + 3
    assert "2020-01-01" in page
    assert "http" not in page


@pytest.mark.parametrize(
    ("more", "what"),
    [
        (("--baseline", "never"), 'there is no map, date or source "never"'),
        (("--by", "day"), 'has no property "day"'),
        (("--by", ","), "--by names no property"),
        (("--territory", "none.geojson"), "cannot be read"),
        (("--crs", "EPSG:nowhere"), 'there is no coordinate system "EPSG:nowhere"'),
        (("--kind", "colour"), 'has no property "colour"'),
        (("--leave-out", "advance"), 'it has no area of the kind "advance"'),
        (("--leave-out", "before,one,other"), "none of its areas counts as control"),
    ],
)
def test_what_cannot_be_accounted_for_is_refused_in_words(
    maps: tuple[Path, Path], more: tuple[str, ...], what: str
) -> None:
    words = ["land", "share", "--territory", maps[0], "--control", maps[1], *more]
    assert what in call(*words, cwd=maps[0].parent, code=2).stderr


@pytest.fixture
def drawn_by_kind(maps: tuple[Path, Path]) -> tuple[object, ...]:
    """Half of the land controlled, a quarter and half of what is controlled advanced on; and once both in one."""
    whole = {"date": "2022", "source": "x"}
    control = map_file(
        maps[0].parent,
        "kinds.geojson",
        (square(0, -0.5), whole | {"kind": "control"}),
        (square(0.5, -0.5), whole | {"kind": "advance"}),
        (square(0, -0.5), {"date": "2023", "source": "x", "kind": "control+advance"}),
    )
    return ("land", "share", "--territory", maps[0], "--control", control)


@pytest.mark.parametrize(
    ("more", "percent", "said"),
    [
        ((), [75, 50], "calls, in “kind”: control, advance. Left out: none."),
        (("--leave-out", "advance"), [50], "2 of its 3 areas are not counted: those called advance, control+advance."),
        (("--count", "control,advance"), [75, 50], "Left out: none."),
        (("--count", "advance"), [50], "Left out: control."),
        (("--kind", "source"), [75, 50], "calls, in “source”: x. Left out: none."),
    ],
)
def test_kinds_of_area_are_counted_or_left_out_and_said(
    drawn_by_kind: tuple[object, ...], more: tuple[str, ...], percent: list[int], said: str
) -> None:
    data = json.loads(call(*drawn_by_kind, *more, "--json").stdout)
    assert [row["percent"] for row in data["shares"]] == percent
    assert said in " ".join(data["method"])


def test_how_much_of_a_share_rests_on_one_kind_is_said_where_the_map_parts_them(
    drawn_by_kind: tuple[object, ...],
) -> None:
    data = json.loads(call(*drawn_by_kind, "--json").stdout)
    quarter = f"{data['territory_km2'] / 4:,.0f}"
    assert f"2022, x: {quarter} km² of it are advance alone, beyond what is control." in data["method"]
    assert f"2022, x: {quarter} km² of it are control alone, beyond what is advance." in data["method"]
    assert [row["kinds"] for row in data["shares"]] == [["control", "advance"]] * 2
    assert any(line.startswith("2023, x: drawn as one area") for line in data["method"])


def test_maps_without_a_coordinate_system_are_read_as_asked_and_the_page_says_it(maps: tuple[Path, Path]) -> None:
    folder = maps[0].parent
    land = map_file(folder, "metres.geojson", (square(500_000, 5_200_000, 1000), {}))
    control = map_file(folder, "half.geojson", (square(500_500, 5_200_000, 1000), {"date": "2022", "source": "x"}))
    words = ("land", "share", "--territory", land, "--control", control)
    refused = call(*words, code=2).stderr
    assert "--crs" in refused
    data = json.loads(call(*words, "--crs", "EPSG:32636", "-o", folder / "page.html", "--json").stdout)
    assert data["shares"][0]["percent"] == pytest.approx(50, abs=0.01)
    said = f"{control}: coordinates are WGS 84 / UTM zone 36N, as asked, since the file names no coordinate system."
    assert said in data["method"]
    assert said in (folder / "page.html").read_text("utf-8")


@pytest.mark.skipif(not SHARED.exists(), reason="the shared maps are not here")
def test_the_published_share_since_february_2022_is_met() -> None:
    words = ("--territory", SHARED / "ua_oblasts.geojson", "--control", SHARED / "control_polygons.geojson")
    data = json.loads(call("land", "share", *words, "--baseline", "2022-02-23", "--json").stdout)
    last = next(row for row in data["shares"] if row["date"] == "2025-03-16")
    assert abs(last["gained_percent"] - 11) < 0.3
    assert abs(data["shares"][0]["area_km2"] - 43_323) < 50
    said = " ".join(data["method"])
    assert "calls, in “source”: baseline, isw-cot, advance, deepstate. Left out: none." in said
    assert "2022-03-31, isw-cot+advance: 30,652 km² of it are advance alone" in said
