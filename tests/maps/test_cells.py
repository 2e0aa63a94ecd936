"""Cells: areas agree with an independent computation, and borders with who touches whom."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.maps import MapError, cells_of, equal_area, geojson, read_layer
from evenhand.solve.regions import Graph, components
from maps.drawing import collection, feature, grid, square, written

LAND = Path(__file__).parents[3] / "shared" / "data" / "land"
GEOD = pyproj.Geod(ellps="WGS84")


def geodesic_areas(shapes):
    fine = shapely.orient_polygons(shapely.segmentize(shapes, 0.02))
    return np.array([abs(GEOD.geometry_area_perimeter(shape)[0]) for shape in fine])


def pieces(cells):
    """The parts of the land that hang together, each from its lowest cell on."""
    pairs = ((at, int(near), 1) for at in range(len(cells)) for near in cells.neighbours(at) if at < near)
    piece = components(Graph.of_edges(len(cells), pairs))
    return tuple(tuple(map(int, np.flatnonzero(piece == k))) for k in range(int(piece.max()) + 1))


@pytest.mark.parametrize("file", ["ua_oblasts", "ua_raions_pre2020_495"])
def test_real_areas_agree_with_geodesic_ones_and_borders_with_perimeters(file):
    if not LAND.exists():
        pytest.skip("the shared land data is not here")
    layer = read_layer(LAND / f"{file}.geojson")
    cells = cells_of(replace(layer, properties=tuple({"number": at} for at in range(len(layer)))), "number")
    assert np.allclose(cells.area_m2, geodesic_areas(cells.shapes), rtol=1e-4)
    perimeters = [GEOD.geometry_length(shapely.boundary(shape)) for shape in cells.shapes]
    assert np.allclose(np.add.reduceat(cells.border_m, cells.indptr[:-1]) + cells.outer_m, perimeters, rtol=1e-9)
    assert len(pieces(cells)) == 1


@settings(max_examples=60, deadline=None)
@given(
    west=st.floats(-179, 170),
    south=st.floats(-88, 80),
    size=st.floats(0.01, 8),
    radii=st.lists(st.floats(0.3, 1), min_size=3, max_size=12),
)
def test_areas_are_true_anywhere_on_earth(west, south, size, radii):
    turns = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    middle = np.array([west + size / 2, min(south + size / 2, 89 - size / 2)])
    corners = middle + (np.array(radii) * size / 2)[:, None] * np.column_stack((np.cos(turns), np.sin(turns)))
    shapes = np.array([shapely.Polygon(corners)], dtype=object)
    assert equal_area(shapes).areas(shapes) == pytest.approx(geodesic_areas(shapes), rel=1e-3)


def test_cells_that_meet_in_a_point_are_no_neighbours(tmp_path):
    cells = cells_of(read_layer(written(tmp_path, grid(2, 2))), "id")
    assert [list(cells.neighbours(at)) for at in range(4)] == [[1, 2], [0, 3], [0, 3], [1, 2]]
    assert cells.border_m[0] == pytest.approx(GEOD.inv(20.1, 45, 20.1, 45.1)[2])


def test_a_link_joins_cells_that_share_no_border(tmp_path):
    layer = read_layer(written(tmp_path, collection(feature(square(20, 45), id="a"), feature(square(22, 45), id="b"))))
    assert pieces(cells_of(layer, "id")) == ((0,), (1,))
    linked = cells_of(layer, "id", links=[("b", "a")])
    assert pieces(linked) == ((0, 1),)
    assert list(linked.border_m) == [0, 0]
    with pytest.raises(MapError, match='the cell "c"'):
        cells_of(layer, "id", links=[("a", "c")])


def test_borders_that_miss_by_a_hair_are_fitted_and_reported(tmp_path):
    near = {"type": "Polygon", "coordinates": [[[21.0001, 45], [22, 45], [22, 46], [20.9999, 46], [21.0001, 45]]]}
    layer = read_layer(written(tmp_path, collection(feature(square(20, 45), id=1), feature(near, id=2))))
    cells = cells_of(layer, "id")
    assert list(cells.indices) == [1, 0]
    assert cells.border_m[0] == pytest.approx(GEOD.inv(21, 45, 21, 46)[2], rel=1e-3)
    assert {change.what for change in cells.changes} == {"borders fitted to those of its neighbours"}


def test_a_border_with_a_corner_on_one_side_only_is_shared_whole(tmp_path):
    tall = {"type": "Polygon", "coordinates": [[[21, 45], [22, 45], [22, 47], [21, 47], [21, 45]]]}
    data = collection(feature(square(20, 45), id="a"), feature(square(20, 46), id="b"), feature(tall, id="c"))
    cells = cells_of(read_layer(written(tmp_path, data)), "id")
    assert [list(cells.neighbours(at)) for at in range(3)] == [[1, 2], [0, 2], [0, 1]]


def test_a_lake_stays_a_gap_and_is_told(tmp_path):
    data = grid(3, 3)
    del data["features"][4]
    assert "a gap of" in cells_of(read_layer(written(tmp_path, data)), "id").notes[-1]


@pytest.mark.parametrize(
    ("features", "at", "said"),
    [
        ([feature(square(20, 45), id="a"), feature(square(20.5, 45), id="b")], 1, "overlaps feature 2"),
        ([feature(square(20, 45), id="a"), feature(None, id="b")], 2, "no surface"),
        ([feature(square(20, 45), id="a"), feature(square(21, 45), id="a")], 2, "used twice"),
        ([feature(square(20, 45), name="a")], 1, "has no id"),
    ],
)
def test_what_cannot_be_cells_is_refused(tmp_path, features, at, said):
    with pytest.raises(MapError) as refused:
        cells_of(read_layer(written(tmp_path, collection(*features))), "id")
    (problem,) = refused.value.problems
    assert problem.path.startswith(f"features[{at - 1}]")
    assert said in problem.what


def test_fifty_thousand_corners_are_read(tmp_path):
    turns = np.linspace(0, 2 * np.pi, 50_001)
    ring = np.column_stack((30 + np.cos(turns), 50 + np.sin(turns)))
    ring[-1] = ring[0]
    data = collection(feature({"type": "Polygon", "coordinates": [ring.tolist()]}, id="round"))
    cells = cells_of(read_layer(written(tmp_path, data)), "id")
    assert cells.outer_m[0] == pytest.approx(GEOD.geometry_length(cells.shapes[0]), rel=1e-6)


def test_what_is_written_is_read_back(tmp_path):
    layer = read_layer(written(tmp_path, grid(2, 3)))
    again = read_layer(written(tmp_path, geojson(zip(layer.shapes, layer.properties, strict=True)), "again.geojson"))
    assert again.properties == layer.properties
    assert shapely.equals(shapely.normalize(again.shapes), shapely.normalize(layer.shapes)).all()
