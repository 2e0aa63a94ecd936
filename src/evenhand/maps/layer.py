"""Reading a map file: shapes and their properties, in degrees of longitude and latitude."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from evenhand.maps.problems import MapError, MapProblem

_KINDS = ("Polygon", "MultiPolygon")


@dataclass(frozen=True, eq=False)
class Layer:
    """The features of a map: for each its properties and its shape (lon/lat, WGS 84), in the order of the file."""

    file: str
    properties: tuple[Mapping[str, Any], ...]
    shapes: NDArray[np.object_]
    notes: tuple[str, ...] = ()


def read_layer(path: Path | str) -> Layer:
    """Read a GeoJSON file of areas. Raises MapError listing what is wrong with it."""
    file = str(path)
    tree = _parsed(Path(path))
    features = tree.get("features") if isinstance(tree, dict) else None
    if not isinstance(features, list) or not features:
        raise _wrong(file, "this is not a map: it has no features.", "Export the map as GeoJSON (RFC 7946).")
    problems = [
        *_crs(file, tree),
        *(problem for k, feature in enumerate(features) for problem in _of(file, k, feature)),
    ]
    if problems:
        raise MapError(problems)
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features], on_invalid="ignore")
    layer = Layer(file, tuple(feature.get("properties") or {} for feature in features), shapes)
    if problems := [*_shape_problems(layer)]:
        raise MapError(problems)
    return layer


def _parsed(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise _wrong(str(path), f"the map cannot be read ({error.strerror}).", "Name a GeoJSON file.") from None
    except UnicodeDecodeError:
        raise _wrong(str(path), "the map is not UTF-8 text.", "Export it as GeoJSON.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        what = "the map is broken or cut off here."
        raise MapError([MapProblem(str(path), line, "", what, "Export it as GeoJSON again.")]) from None


def _wrong(file: str, what: str, mend: str) -> MapError:
    return MapError([MapProblem(file, 0, "", what, mend)])


def _crs(file: str, tree: Mapping[str, Any]) -> Iterator[MapProblem]:
    """An old way of naming another reference system; only plain longitudes and latitudes are read."""
    name = json.dumps(tree.get("crs", "CRS84"))
    if not any(known in name for known in ("CRS84", "4326")):
        what = f"the map is in another reference system ({name[:60]})."
        yield MapProblem(file, 0, "crs", what, "Export it in longitudes and latitudes (WGS 84, EPSG:4326).")


def _of(file: str, number: int, feature: Any) -> Iterator[MapProblem]:
    geometry = (feature.get("geometry") if isinstance(feature, dict) else None) or {}
    kind = geometry.get("type")
    if kind not in _KINDS or not geometry.get("coordinates"):
        what = "there is no area here." if kind in (None, *_KINDS) else f"a {kind} is no area."
        yield MapProblem(file, 0, f"features[{number}].geometry", what, "Cells of a map are polygons.")


def _shape_problems(layer: Layer) -> Iterator[MapProblem]:
    for number, shape in enumerate(layer.shapes):
        where = f"features[{number}].geometry"
        if shape is None:
            what = "the outline cannot be read: a ring is not closed, or a point is no point."
            yield MapProblem(layer.file, 0, where, what, "Export the map again.")
            continue
        west, south, east, north = shapely.bounds(shape)
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            mend = "Export it in longitudes and latitudes; if it is, they may be swapped: longitude comes first."
            yield MapProblem(layer.file, 0, where, "these are no longitudes and latitudes.", mend)
        elif not shapely.is_valid(shape):
            what = f"the outline is broken: {shapely.is_valid_reason(shape)}."
            yield MapProblem(layer.file, 0, where, what, "Draw it again, without lines that cross each other.")
