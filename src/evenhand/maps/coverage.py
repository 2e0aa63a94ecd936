"""Cells that cover land side by side: overlaps and gaps between them found, small ones mended, all reported."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from evenhand.maps.layer import Change, Layer, Shapes
from evenhand.maps.problems import refused
from evenhand.maps.projection import EqualArea, equal_area
from evenhand.maps.repair import MOST_CHANGED, repaired

SLIVER = 0.01
"""Gaps narrower than this part of a typical cell's width are slips of the pen, and closed; wider ones may be lakes."""


def coverage(layer: Layer) -> Layer:
    """The layer with borders that meet point for point: no overlaps, no slivers; each change is listed.

    Raises `MapError` for a feature without a surface, and where two features overlap by more than a hundredth of the
    smaller one, or a cell would change by as much: that is not for a program to decide.
    """
    layer = repaired(layer)
    for at in np.flatnonzero(shapely.is_empty(layer.shapes)):
        raise refused(layer.file, int(at) + 1, "this cell has no surface.", "Draw it, or leave the feature out.")
    plane = equal_area(layer.shapes)
    flat = plane.flat_vertices(layer.shapes)
    width = SLIVER * float(np.median(np.sqrt(shapely.area(flat))))
    if not shapely.coverage_is_valid(flat, gap_width=width):
        _refuse_overlaps(layer, flat)
        layer = _cleaned(layer, flat, plane, width)
    return replace(layer, notes=(*layer.notes, *_gaps(layer.shapes, plane)))


def _refuse_overlaps(layer: Layer, flat: Shapes) -> None:
    first, second = shapely.STRtree(flat).query(flat, predicate="intersects")
    first, second = first[first < second], second[first < second]
    shared = shapely.area(shapely.intersection(flat[first], flat[second]))
    smaller = np.minimum(shapely.area(flat[first]), shapely.area(flat[second]))
    for pair in np.flatnonzero(shared > MOST_CHANGED * smaller):
        what = f"it overlaps feature {int(second[pair]) + 1} by {shared[pair] / 1e6:.3f} km²."
        raise refused(layer.file, int(first[pair]) + 1, what, "Cells lie side by side: say whose land this is.")


def _cleaned(layer: Layer, flat: Shapes, plane: EqualArea, width: float) -> Layer:
    clean = _fitted_shapes(flat, width)
    before, after = shapely.area(flat), shapely.area(clean)
    for at in np.flatnonzero(abs(after - before) > MOST_CHANGED * before):
        what = f"fitting it to its neighbours would change its area by {(after[at] - before[at]) / 1e6:+.3f} km²."
        raise refused(layer.file, int(at) + 1, what, "Draw its borders so that they meet its neighbours'.")
    moved = np.flatnonzero(~shapely.equals_exact(shapely.normalize(flat), shapely.normalize(clean)))
    changes = [_fitted(layer.file, int(at), float(after[at] - before[at])) for at in moved]
    return replace(layer, shapes=plane.degrees(clean), changes=(*layer.changes, *changes))


def _fitted_shapes(flat: Shapes, width: float) -> Shapes:
    """Where borders do not meet, corners closer than a tenth of a sliver are one; less, where a border is drawn with
    corners so close that it would be lost."""
    if shapely.coverage_is_valid(flat):
        return np.asarray(shapely.coverage_clean(flat, gap_width=width, snapping_distance=-1.0))
    before = shapely.area(flat)
    for part in (10, 1_000, 100_000):
        clean = np.asarray(shapely.coverage_clean(flat, gap_width=width, snapping_distance=width / part))
        if (abs(shapely.area(clean) - before) <= MOST_CHANGED * before).all():
            break
    return clean


def _fitted(file: str, at: int, area: float) -> Change:
    return Change(file, at + 1, "borders fitted to those of its neighbours", area / 1e6)


def _gaps(shapes: Shapes, plane: EqualArea) -> tuple[str, ...]:
    """A sentence on land that the cells surround and nobody has."""
    whole = shapely.get_parts(shapely.coverage_union_all(shapes))
    rings = [ring for part in whole for ring in part.interiors]
    if not rings:
        return ()
    holes = plane.areas(np.array([shapely.Polygon(ring) for ring in rings], dtype=object)) / 1e6
    count = "a gap" if len(rings) == 1 else f"{len(rings)} gaps"
    return (f"The cells leave {count} of {holes.sum():.3f} km² between them, which stays out (a lake, perhaps).",)
