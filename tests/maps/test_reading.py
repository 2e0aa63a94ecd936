"""Maps are read as what they say they are, or refused with the place and the mend."""

import numpy as np
import pyproj
import pytest
import shapely

from evenhand.maps import MapError, equal_area, read_layer
from maps.drawing import collection, feature, grid, square, written

UTM = "EPSG:32636"


def test_a_geojson_without_a_coordinate_system_is_degrees_and_says_so(tmp_path):
    layer = read_layer(written(tmp_path, grid(1, 2)))
    assert [row["id"] for row in layer.properties] == ["r0c0", "r0c1"]
    assert "longitude and latitude, since the file names no coordinate system" in layer.notes[0]


def test_a_feature_and_a_bare_geometry_are_maps_too(tmp_path):
    assert len(read_layer(written(tmp_path, feature(square(20, 45), id="a")))) == 1
    assert len(read_layer(written(tmp_path, square(20, 45)))) == 1


@pytest.mark.parametrize("named", [True, False])
def test_metres_become_degrees_when_their_system_is_named(tmp_path, named):
    onto = pyproj.Transformer.from_crs("OGC:CRS84", UTM, always_xy=True)
    flat = [list(onto.transform(*corner)) for corner in square(33, 47, 0.1)["coordinates"][0]]
    data = collection(feature({"type": "Polygon", "coordinates": [flat]}))
    if named:
        data["crs"] = {"type": "name", "properties": {"name": UTM}}
    layer = read_layer(written(tmp_path, data), crs=None if named else UTM)
    assert np.allclose(shapely.bounds(layer.shapes[0]), (33, 47, 33.1, 47.1))


def test_a_file_that_names_its_system_keeps_it_whatever_is_asked_for_and_says_so(tmp_path):
    data = collection(feature(square(20, 45)), crs={"type": "name", "properties": {"name": "EPSG:4326"}})
    layer = read_layer(written(tmp_path, data), crs=UTM)
    assert tuple(shapely.total_bounds(layer.shapes)) == (20, 45, 21, 46)
    assert "which the file names, rather than WGS 84 / UTM zone 36N" in layer.notes[0]


def test_degrees_are_not_taken_for_metres_because_another_map_has_metres(tmp_path):
    layer = read_layer(written(tmp_path, grid(1, 2)), crs=UTM)
    assert "too small for WGS 84 / UTM" in layer.notes[0]
    assert shapely.total_bounds(layer.shapes)[0] == shapely.total_bounds(read_layer(layer.file).shapes)[0]


def test_land_across_the_date_line_is_laid_together(tmp_path):
    data = collection(feature(square(179, -17)), feature(square(-180, -17)))
    layer = read_layer(written(tmp_path, data))
    assert tuple(shapely.total_bounds(layer.shapes)) == (179, -17, 181, -16)
    west, east = equal_area(layer.shapes).areas(layer.shapes)
    assert west == pytest.approx(east)


def test_what_has_no_surface_is_left_out_and_told(tmp_path):
    line = {"type": "LineString", "coordinates": [[20, 45], [21, 46]]}
    mixed = {"type": "GeometryCollection", "geometries": [line, square(22, 45)]}
    layer = read_layer(written(tmp_path, collection(feature(line), feature(mixed), feature(None))))
    assert list(shapely.is_empty(layer.shapes)) == [True, False, True]
    assert [note.split(":")[0][-9:] for note in layer.notes[1:]] == ["feature 1", "feature 2", "feature 3"]


@pytest.mark.parametrize(
    ("data", "feature_at", "said"),
    [
        ("", 0, "broken or cut off"),
        ("[1, 2]", 0, "not GeoJSON"),
        (collection(), 0, "no features"),
        (collection("moon"), 1, "not a feature"),
        (collection(feature(square(500_000, 5_200_000, 1000))), 1, "not degrees"),
        (collection(feature(square(45, 100))), 1, "latitude seems to stand before longitude"),
        (collection(feature({"type": "Polygon", "coordinates": [[[1, 1], [2, 2]]]})), 1, "cannot be read"),
        (collection(feature({"type": "Blob"})), 1, "cannot be read"),
        (collection(feature(square(20, 45)), feature(square(float("nan"), 45))), 2, "not a finite number"),
        (collection(feature({"type": "Point", "coordinates": [1, 1]})), 0, "no surface"),
        (collection(feature(square(20, 45)), crs={"properties": {"name": "EPSG:nowhere"}}), 0, "no coordinate system"),
        (collection(feature(square(20, 45)), crs={"type": "link"}), 0, "has no name"),
    ],
)
def test_what_is_no_map_is_refused_with_its_place(tmp_path, data, feature_at, said):
    with pytest.raises(MapError) as refused:
        read_layer(written(tmp_path, data))
    (problem,) = refused.value.problems
    assert said in problem.what
    assert problem.path == (f"features[{feature_at - 1}]" if feature_at else "")
    assert problem.mend


def test_a_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "map.geojson"
    path.write_bytes(b"\xff\xfe\x00{")
    with pytest.raises(MapError, match="not UTF-8"):
        read_layer(path)


def test_other_formats_are_read_by_the_extra(tmp_path):
    raw = pytest.importorskip("pyogrio.raw")
    shape = shapely.box(33, 47, 34, 48)
    file = tmp_path / "map.gpkg"
    shapes, names = np.array([shapely.to_wkb(shape)], dtype=object), [np.array(["a"], dtype=object)]
    raw.write(file, shapes, names, ["id"], geometry_type="Polygon", crs="EPSG:4326", driver="GPKG")
    layer = read_layer(file)
    assert layer.properties[0]["id"] == "a"
    assert shapely.equals(layer.shapes[0], shape)
