"""Shares by district add up to the whole shares, and count each district once."""

import json
from pathlib import Path

import pytest

from cli.calling import call
from land.test_shares import SHARED, map_file, maps, square

__all__ = ["maps"]


def test_districts_are_measured_and_a_missing_name_is_told(maps: tuple[Path, Path]) -> None:
    folder = maps[0].parent
    parts = map_file(folder, "parts.geojson", (square(0, -0.5), {"name": "w"}), (square(1, -0.5), {"name": "e"}))
    words = ("land", "share", "--territory", maps[0], "--control", maps[1], "--districts", parts)
    rows = json.loads(call(*words, "--json").stdout)["districts"]
    assert [row["district"] for row in rows] == ["w", "e"]
    assert [[round(part / row["area_km2"], 3) for part in row["held_km2"]] for row in rows] == [
        [1, 0.5, 0],
        [0, 0.5, 0.5],
    ]
    shown = call(*words).stdout
    assert max(len(line) for line in shown.splitlines()) <= 80
    call(*words, "-o", folder / "page.html")
    page = (folder / "page.html").read_text("utf-8")
    assert "<td><bdi>e</bdi></td>" in page
    assert "<td>0.0</td><td>50.0</td><td>50.0</td>" in page
    assert "lie outside the territory" in page
    assert 'has no property "id"' in call(*words, "--district", "id", code=2).stderr


@pytest.mark.skipif(not SHARED.exists(), reason="the shared maps are not here")
def test_real_districts_sum_to_the_whole_shares() -> None:
    raions = SHARED / "ua_raions_pre2020_495.geojson"
    words = ("--territory", raions, "--control", SHARED / "control_polygons.geojson", "--districts", raions)
    data = json.loads(call("land", "share", *words, "--district", "shapeName", "--json").stdout)
    for number, share in enumerate(data["shares"]):
        held = sum(row["held_km2"][number] for row in data["districts"])
        assert held == pytest.approx(share["area_km2"], rel=2e-3)
