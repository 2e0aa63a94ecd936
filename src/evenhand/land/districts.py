"""Shares broken down by district: how much of each district every area of the control map holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from evenhand.land.shares import SQUARE_KM, Accounting
from evenhand.maps import Layer, equal_area, repaired
from evenhand.maps.layer import Shapes


@dataclass(frozen=True, eq=False)
class Districts:
    """Districts in the order of their map. `area` is km², shape (districts,); `held` is km², shape (districts, shares).

    What is held counts inside the territory only; `area` is that of the whole district.
    """

    names: tuple[str, ...]
    area: NDArray[np.float64]
    held: NDArray[np.float64]
    method: tuple[str, ...]


def districts_of(layer: Layer, name: str, found: Accounting) -> Districts:
    """Account for each feature of `layer`, called by its property `name`. Raises MapError for maps of no use."""
    layer = repaired(layer)
    plane = equal_area(layer.shapes)
    held = np.zeros((len(layer), len(found.shares)))
    for number, shape in enumerate(found.drawn[1:]):
        near, clipped = _clipped(layer.shapes, shape)
        np.add.at(held[:, number], near, plane.areas(clipped) / SQUARE_KM)
    said = f"Percentages of districts are of each whole district as {layer.file} draws it, in {plane.name}."
    names = tuple(str(row.get(name, "")) for row in layer.properties)
    changes = (change.text() for change in layer.changes)
    return Districts(names, plane.areas(layer.shapes) / SQUARE_KM, held, (said, *layer.notes, *changes))


def _clipped(districts: Shapes, shape: shapely.Geometry) -> tuple[NDArray[np.intp], Shapes]:
    """The numbers of the districts that a shape meets, and what it has in each; a district inside it is not cut."""
    near = np.sort(shapely.STRtree(districts).query(shape, predicate="intersects"))
    shapely.prepare(shape)
    whole = shapely.covers(shape, districts[near])
    parts = districts[near]
    parts[~whole] = shapely.intersection(parts[~whole], shape)
    return near, parts
