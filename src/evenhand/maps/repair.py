"""Shapes that cross or touch themselves, made valid with a report; refused where that would falsify them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from evenhand.maps.layer import Change, Layer
from evenhand.maps.problems import refused
from evenhand.maps.projection import equal_area

MOST_CHANGED = 0.01
"""A repair that changes more than this part of a feature's area would falsify it."""


def repaired(layer: Layer) -> Layer:
    """The layer with every shape valid; each change is listed in `changes`.

    Rings keep their own reading (even-odd along a crossing ring). Raises `MapError` where the area of a feature, as its
    ring encloses it by turns, would change by more than a hundredth.
    """
    broken = np.flatnonzero(~shapely.is_valid(layer.shapes))
    if not len(broken):
        return layer
    shapes, plane, changes = layer.shapes.copy(), equal_area(layer.shapes), []
    for at in broken:
        why = str(shapely.is_valid_reason(shapes[at])).split("[")[0].lower()
        mended = _surface(shapely.make_valid(shapes[at], method="structure", keep_collapsed=False))
        before, after = plane.areas(np.array([shapes[at], mended], dtype=object))
        if mended.is_empty or abs(after - before) > MOST_CHANGED * max(after, before):
            mend = "Correct this feature in the map; a repair would change its area by more than a hundredth."
            raise refused(layer.file, int(at) + 1, f"its shape is not valid ({why}).", mend)
        changes.append(Change(layer.file, int(at) + 1, f"made valid ({why})", float(after - before) / 1e6))
        shapes[at] = mended
    return replace(layer, shapes=shapes, changes=(*layer.changes, *changes))


def _surface(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of what came out of a repair."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)
