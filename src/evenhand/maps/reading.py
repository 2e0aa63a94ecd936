"""A map file into a `Layer`: features, their coordinate system, and only their surfaces."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import CRSError

from evenhand.maps.layer import Layer, Shapes
from evenhand.maps.problems import MapError, MapProblem, refused

GEOJSON = (".geojson", ".json")
STANDARD = "OGC:CRS84"
Feature = tuple[dict[str, Any], Any]
"""A feature's properties and its geometry as GeoJSON has it (None where there is none)."""


def read_layer(path: str | Path, *, crs: str | None = None) -> Layer:
    """The surfaces in a map file, in degrees of longitude and latitude.

    `crs` names the coordinate system where the file does not (such as `EPSG:32636`), unless its coordinates can only be
    degrees. Lines and points are left out, and
    said; a feature with nothing else is kept, empty, so that places stay what they are in the file.
    Raises `MapError` for what is no map, and `OSError` where the file cannot be read.
    """
    file = str(path)
    if Path(path).suffix.lower() not in GEOJSON:
        shapes, properties, named = _by_gdal(Path(path))
    else:
        features, named = _features(file, Path(path).read_bytes())
        shapes, properties = _shapes(file, features), [row for row, _ in features]
    shapes, notes = _in_degrees(file, shapes, crs, named)
    surfaces, more = _surfaces(file, shapes)
    if shapely.is_empty(surfaces).all():
        raise refused(file, 0, "there is no surface in this map.", "A territory is made of polygons.")
    return Layer(file, surfaces, tuple(properties), (*notes, *more))


def _features(file: str, raw: bytes) -> tuple[list[Feature], str | None]:
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise refused(file, 0, "this is not UTF-8 text.", "A map is a GeoJSON file.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        what, line = "the map is broken or cut off here.", getattr(error, "lineno", 0)
        raise MapError([MapProblem(file, line, "", what, "Export it as GeoJSON again.")]) from None
    if not isinstance(data, dict) or "type" not in data:
        raise refused(file, 0, "this is not GeoJSON.", 'It has no "type", such as FeatureCollection.')
    listed = data.get("features") if data["type"] == "FeatureCollection" else [data]
    if not isinstance(listed, list) or not listed:
        raise refused(file, 0, "there are no features in this map.", 'They are listed under "features".')
    return [_feature(file, at, row) for at, row in enumerate(listed, 1)], _named_crs(file, data.get("crs"))


def _feature(file: str, at: int, row: Any) -> Feature:
    if not isinstance(row, dict):
        raise refused(file, at, "this is not a feature.", "A feature has a geometry and properties.")
    if row.get("type") != "Feature":
        return {}, row
    properties = row.get("properties") or {}
    if not isinstance(properties, dict):
        raise refused(file, at, "the properties are not a table of names and values.", "Write them in braces.")
    named = {"id": row["id"]} if "id" in row else {}
    return named | properties, row.get("geometry")


def _shapes(file: str, features: list[Feature]) -> Shapes:
    shapes = np.empty(len(features), dtype=object)
    for at, (_, geometry) in enumerate(features):
        shapes[at] = _shape(file, at + 1, geometry) if geometry else shapely.Polygon()
    return shapes


def _shape(file: str, at: int, geometry: Any) -> shapely.Geometry:
    try:
        text = json.dumps(geometry, allow_nan=False)
    except ValueError:
        raise refused(file, at, "a coordinate is not a finite number.", "Give longitude and latitude.") from None
    try:
        return shapely.from_geojson(text)
    except shapely.errors.ShapelyError:
        mend = "A polygon is a list of rings, each of four corners or more that end where they began."
        raise refused(file, at, "its geometry cannot be read.", mend) from None


def _named_crs(file: str, member: Any) -> str | None:
    """The coordinate system named in the file, in the way GeoJSON had before 2016 (`crs`, removed by RFC 7946)."""
    if member is None:
        return None
    name = member.get("properties", {}).get("name") if isinstance(member, dict) else None
    if not isinstance(name, str):
        raise refused(file, 0, "its coordinate system has no name.", 'Write {"properties": {"name": "EPSG:…"}}.')
    return name


def _by_gdal(path: Path) -> tuple[Shapes, list[dict[str, Any]], str | None]:
    try:
        from pyogrio import raw  # noqa: PLC0415
        from pyogrio.errors import DataSourceError  # noqa: PLC0415
    except ModuleNotFoundError:
        mend = "Save it as GeoJSON, or install evenhand[maps]."
        raise refused(str(path), 0, f"files that end in {path.suffix or 'nothing'} need another part.", mend) from None
    path.stat()
    try:
        meta, _, geometry, columns = raw.read(path)
    except DataSourceError as error:
        raise refused(str(path), 0, f"this map cannot be read ({error}).", "Save it as GeoJSON.") from None
    table = zip(*(column.tolist() for column in columns), strict=True)
    rows: list[dict[str, Any]] = [dict(zip(meta["fields"], values, strict=True)) for values in table]
    shapes = np.asarray(shapely.from_wkb(geometry), dtype=object)
    shapes[shapely.is_missing(shapes)] = shapely.Polygon()
    return shapes, rows or [{} for _ in shapes], meta["crs"]


def _in_degrees(file: str, shapes: Shapes, given: str | None, named: str | None) -> tuple[Shapes, tuple[str, ...]]:
    asked = _known_crs(file, given) if given else None
    system, why = _system(file, shapes, asked, named)
    if system != _known_crs(file, STANDARD):
        by = pyproj.Transformer.from_crs(system, STANDARD, always_xy=True)
        shapes = np.asarray(shapely.transform(shapes, lambda at: np.column_stack(by.transform(at[:, 0], at[:, 1]))))
    _check_degrees(file, shapes, known=bool(given or named))
    shapes, more = _one_side_of_the_date_line(shapes)
    return shapes, (f"{file}: coordinates are {why}.", *more)


def _system(file: str, shapes: Shapes, asked: pyproj.CRS | None, named: str | None) -> tuple[pyproj.CRS, str]:
    """The coordinate system of a file, and why: what it names, else what is asked for, else degrees."""
    if named:
        system = _known_crs(file, named)
        other = f", which the file names, rather than {asked.name}" if asked and asked != system else ""
        return system, f"{system.name}{other}"
    degrees = _known_crs(file, STANDARD)
    if asked is None:
        return degrees, "longitude and latitude, since the file names no coordinate system"
    if asked.is_projected and _degrees_at_most(shapes):
        return (
            degrees,
            f"longitude and latitude: the file names no coordinate system, and they are too small for {asked.name}",
        )
    return asked, f"{asked.name}, as asked, since the file names no coordinate system"


def _degrees_at_most(shapes: Shapes) -> bool:
    """Whether every coordinate could be a degree; metres of a projected system are larger by far."""
    at = np.abs(shapely.get_coordinates(shapes))
    return bool((at <= (360, 90)).all())


def _known_crs(file: str, name: str) -> pyproj.CRS:
    try:
        return pyproj.CRS.from_user_input(name)
    except CRSError:
        raise refused(file, 0, f'there is no coordinate system "{name}".', "Name one like EPSG:4326.") from None


def _check_degrees(file: str, shapes: Shapes, *, known: bool) -> None:
    owner = np.repeat(np.arange(len(shapes)), shapely.get_num_coordinates(shapes))
    longitude, latitude = shapely.get_coordinates(shapes).T
    if not len(longitude):
        return
    outside = ~((abs(longitude) <= 360) & (abs(latitude) <= 90))
    if not outside.any():
        return
    feature = int(owner[outside.argmax()]) + 1
    if (abs(longitude) <= 90).all() and (abs(latitude) <= 180).all():
        raise refused(
            file, feature, "latitude seems to stand before longitude.", "Write longitude first: GeoJSON's order."
        )
    mend = (
        "Is the right coordinate system named?"
        if known
        else "Name their coordinate system, such as EPSG:32636: with --crs, or in a case with `crs`."
    )
    raise refused(file, feature, "its coordinates are not degrees of longitude and latitude.", mend)


ACROSS = "The land lies across the 180th meridian; its west counts on from 180°."


def _one_side_of_the_date_line(shapes: Shapes) -> tuple[Shapes, tuple[str, ...]]:
    """Land on both sides of the 180th meridian is laid together by counting its west from 180 to 360 degrees."""
    longitude = np.unique(shapely.get_coordinates(shapes)[:, 0])
    if len(longitude) < 2 or np.diff(longitude).max() < 180:
        return shapes, ()

    def moved(at: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack((np.where(at[:, 0] < 0, at[:, 0] + 360, at[:, 0]), at[:, 1]))

    return np.asarray(shapely.transform(shapes, moved)), (ACROSS,)


def _surfaces(file: str, shapes: Shapes) -> tuple[Shapes, tuple[str, ...]]:
    """Only what has an area; a sentence for each feature that loses something."""
    notes: list[str] = []
    surfaces = shapes.copy()
    for at, shape in enumerate(shapes):
        if shape.geom_type in ("Polygon", "MultiPolygon") and not shape.is_empty:
            continue
        parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
        surfaces[at] = shapely.MultiPolygon(parts)
        what = "lines and points in it are" if parts else "it has no surface and is"
        notes.append(f"{file}, feature {at + 1}: {what} left out.")
    return surfaces, tuple(notes)
