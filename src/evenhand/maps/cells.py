"""Land as cells: how large each is, and how much border it shares with which others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from evenhand.maps.coverage import coverage
from evenhand.maps.layer import Change, Layer, Shapes
from evenhand.maps.problems import MapError, MapProblem, refused
from evenhand.maps.projection import EqualArea, equal_area


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells as arrays, one number per cell in the order of the file.

    Attributes:
        ids: the name of each cell.
        shapes: polygons in degrees whose borders meet point for point.
        properties: what the file says of each.
        area_m2: square metres, in a plane of equal areas.
        indptr, indices, border_m: who touches whom along how many metres, as compressed rows: the neighbours of cell
            `i` are `indices[indptr[i]:indptr[i + 1]]`, ascending. Cells that meet in a point only are no neighbours
            (rook contiguity). A link (a bridge, a ferry) makes neighbours with 0 metres between them.
        outer_m: metres of each cell's border that no other cell shares.
        projection: the plane in which areas were taken.
        notes, changes: sentences on what was done to the map.
    """

    file: str
    ids: tuple[str, ...]
    shapes: Shapes
    properties: tuple[dict[str, Any], ...]
    area_m2: NDArray[np.float64]
    indptr: NDArray[np.int32]
    indices: NDArray[np.int32]
    border_m: NDArray[np.float64]
    outer_m: NDArray[np.float64]
    projection: EqualArea
    notes: tuple[str, ...]
    changes: tuple[Change, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def neighbours(self, cell: int) -> NDArray[np.int32]:
        """The cells that share a border or a link with `cell`, ascending."""
        return self.indices[self.indptr[cell] : self.indptr[cell + 1]]


def cells_of(layer: Layer, id_column: str, *, links: Iterable[Sequence[str]] = ()) -> Cells:
    """The features of a layer as cells named by the property `id_column`, with `links` between pairs of names.

    Raises `MapError` for cells without a name or with the same one, links to unknown cells, and what `coverage`
    refuses.
    """
    ids = _names(layer, id_column)
    joined = [_link(layer.file, ids, link) for link in links]
    layer = coverage(layer)
    plane = equal_area(layer.shapes)
    borders, outer = _borders(layer.shapes)
    for pair in joined:
        borders.setdefault(pair, 0.0)
    return Cells(
        layer.file, ids, layer.shapes, layer.properties, plane.areas(layer.shapes), *_rows(len(ids), borders), outer,
        plane, layer.notes, layer.changes,
    )  # fmt: skip


def _names(layer: Layer, id_column: str) -> tuple[str, ...]:
    """The name of each feature; every feature without one, or with one that another has, is told at once."""
    names = [row.get(id_column) for row in layer.properties]
    problems = []
    for at, name in enumerate(names):
        place = f"features[{at}].properties.{id_column}"
        if name is None or name == "" or isinstance(name, bool | float | list | dict):
            mend = "Give every feature its own id, and say which property it is."
            problems.append(MapProblem(layer.file, 0, place, f"the cell has no id `{id_column}`.", mend))
        elif names.index(name) < at:
            what = f'the id "{name}" is used twice (by feature {names.index(name) + 1} too).'
            problems.append(MapProblem(layer.file, 0, place, what, "Give each its own."))
    if problems:
        raise MapError(problems)
    return tuple(str(name) for name in names)


def _link(file: str, ids: tuple[str, ...], link: Sequence[str]) -> tuple[int, int]:
    for name in link:
        if name not in ids:
            raise refused(
                file, 0, f'a link names the cell "{name}", which is not on the map.', "Write it as the map does."
            )
    first, second = sorted(ids.index(name) for name in link)
    return first, second


def _borders(shapes: Shapes) -> tuple[dict[tuple[int, int], float], NDArray[np.float64]]:
    """Metres of border between each pair of cells that share some, and of each cell's border that nobody shares."""
    owner, ends = _segments(shapes)
    _, at, segment = np.unique(ends, axis=0, return_index=True, return_inverse=True)
    metres = np.abs(pyproj.Geod(ellps="WGS84").inv(*ends[at].T)[2])
    order = np.lexsort((owner, segment.ravel()))
    owners = np.split(owner[order], np.cumsum(np.bincount(segment.ravel()))[:-1])
    outer, borders = np.zeros(len(shapes)), dict[tuple[int, int], float]()
    for cells, length in zip(owners, metres, strict=True):
        if len(cells) == 1:
            outer[cells[0]] += length
        elif cells[0] != cells[1]:
            pair = int(cells[0]), int(cells[1])
            borders[pair] = borders.get(pair, 0.0) + float(length)
    return borders, outer


def _segments(shapes: Shapes) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """All straight pieces of all borders: the cell each is of, and its two ends in one order for both sides."""
    owners, ends = [], []
    for cell, shape in enumerate(shapes):
        for part in shapely.get_parts(shape):
            for ring in (part.exterior, *part.interiors):
                for first, second in pairwise(ring.coords):
                    owners.append(cell)
                    ends.append((*min(first[:2], second[:2]), *max(first[:2], second[:2])))
    return np.array(owners, dtype=np.intp), np.array(ends, dtype=np.float64)


def _rows(
    size: int, borders: dict[tuple[int, int], float]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    there = [(first, second, metres) for (first, second), metres in borders.items()]
    both = sorted(there + [(second, first, metres) for first, second, metres in there])
    counts = np.bincount([row[0] for row in both], minlength=size)
    indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    near, metres = [row[1] for row in both], [row[2] for row in both]
    return indptr, np.array(near, dtype=np.int32), np.array(metres, dtype=np.float64)
