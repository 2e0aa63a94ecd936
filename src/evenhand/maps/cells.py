"""Cells of a map: their areas, and the borders they share, in a plane of equal areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from evenhand.maps.layer import Layer
from evenhand.maps.problems import MapError, MapProblem

SHORTEST = 0.1
"""Metres: what touches in less than this touches in a point."""


@dataclass(frozen=True, eq=False)
class Cells:
    """n cells. The neighbours of cell v are `indices[indptr[v]:indptr[v + 1]]`, ascending, with `border_m` metres each.

    Neighbours share a border of positive length (rook), or are joined by a link (0 m). `shapes` in degrees, `area_m2`
    float64[n], `outer_m` float64[n]: the border with no other cell.
    """

    ids: tuple[str, ...]
    shapes: NDArray[np.object_]
    properties: tuple[Mapping[str, Any], ...]
    area_m2: NDArray[np.float64]
    indptr: NDArray[np.int32]
    indices: NDArray[np.int32]
    border_m: NDArray[np.float64]
    outer_m: NDArray[np.float64]
    notes: tuple[str, ...] = ()


def cells_of(layer: Layer, id_column: str, *, links: Sequence[tuple[str, str]] = ()) -> Cells:
    """The cells of a layer, named by one of its properties. Raises MapError where a name is missing or used twice."""
    ids = _ids(layer, id_column)
    plane, note = _in_equal_areas(layer.shapes)
    pairs = dict(_borders(plane))
    number = {cell: k for k, cell in enumerate(ids)}
    for one, other in links:
        if one in number and other in number:
            low, high = sorted((number[one], number[other]))
            pairs.setdefault((low, high), 0.0)
    ends = sorted([(a, b, m) for (a, b), m in pairs.items()] + [(b, a, m) for (a, b), m in pairs.items()])
    tails = np.array([a for a, _, _ in ends], dtype=np.int32)
    border = np.array([m for _, _, m in ends], dtype=np.float64)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(tails, minlength=len(ids)))]).astype(np.int32)
    shared = np.bincount(tails, weights=border, minlength=len(ids))
    indices = np.array([b for _, b, _ in ends], dtype=np.int32)
    area, length = shapely.area(plane), shapely.length(plane)
    return Cells(ids, layer.shapes, layer.properties, area, indptr, indices, border, length - shared, (note,))


def _ids(layer: Layer, column: str) -> tuple[str, ...]:
    problems, seen = [], set()
    ids = [row.get(column) for row in layer.properties]
    for number, cell in enumerate(ids):
        where = f"features[{number}].properties.{column}"
        if cell is None or isinstance(cell, bool | float | list | dict) or cell == "":
            mend = "Give every feature its own id, and name that property under `cell:` in the case."
            problems.append(MapProblem(layer.file, 0, where, f"the cell has no id `{column}`.", mend))
        elif cell in seen:
            problems.append(MapProblem(layer.file, 0, where, f'the id "{cell}" is used twice.', "Give each its own."))
        seen.add(cell)
    if problems:
        raise MapError(problems)
    return tuple(str(cell) for cell in ids)


def _in_equal_areas(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], str]:
    """The shapes in metres, in a Lambert azimuthal equal-area projection around their middle (Snyder 1987)."""
    west, south, east, north = shapely.total_bounds(shapes)
    middle = f"+lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f}"
    move = Transformer.from_crs("EPSG:4326", f"+proj=laea {middle} +datum=WGS84 +units=m", always_xy=True).transform
    plane = shapely.transform(shapes, lambda points: np.column_stack(move(points[:, 0], points[:, 1])))
    return plane, f"Lengths and areas: Lambert azimuthal equal-area projection, {middle.replace('+', '')}, WGS 84."


def _borders(plane: NDArray[np.object_]) -> Iterator[tuple[tuple[int, int], float]]:
    tree = shapely.STRtree(plane)
    one, other = tree.query(plane, predicate="intersects")
    low, high = one[one < other], other[one < other]
    edges = shapely.boundary(plane)
    shared = shapely.length(shapely.intersection(edges[low], edges[high]))
    for a, b, length in zip(low.tolist(), high.tolist(), shared.tolist(), strict=True):
        if length > SHORTEST:
            yield (a, b), length
