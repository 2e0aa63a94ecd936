"""A plane in which areas are true, chosen for the land at hand.

Albers' conic projection serves land in middle latitudes, its standard parallels a sixth of the height inside; Lambert's
azimuthal one serves land near a pole, a cylindrical one land on the equator (Snyder, Map Projections: A
Working Manual, 1987).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from evenhand.maps.layer import Shapes

LONGEST_EDGE = 0.1
"""Degrees. An edge is straight in longitude and latitude, as GeoJSON has it, so longer ones are cut before bending."""


@dataclass(frozen=True)
class EqualArea:
    """An equal-area projection: its name for people, its definition for PROJ; metres."""

    name: str
    definition: str

    def flat(self, shapes: Shapes) -> Shapes:
        """Shapes from degrees into the plane, long edges cut first so that areas stay true."""
        return _transformed(shapely.segmentize(shapes, LONGEST_EDGE), self._forward)

    def flat_vertices(self, shapes: Shapes) -> Shapes:
        """Shapes from degrees into the plane, vertex by vertex."""
        return _transformed(shapes, self._forward)

    def degrees(self, shapes: Shapes) -> Shapes:
        """Shapes from the plane back into degrees, vertex by vertex."""
        return _transformed(shapes, self._backward)

    def areas(self, shapes: Shapes) -> NDArray[np.float64]:
        """Square metres of each shape given in degrees."""
        return np.asarray(shapely.area(self.flat(shapes)), dtype=np.float64)

    def lengths(self, lines: Shapes) -> NDArray[np.float64]:
        """Metres of each line given in degrees, on the ellipsoid."""
        geod = pyproj.Geod(ellps="WGS84")
        return np.array([geod.geometry_length(line) for line in shapely.segmentize(lines, LONGEST_EDGE)])

    @cached_property
    def _forward(self) -> pyproj.Transformer:
        return pyproj.Transformer.from_crs("OGC:CRS84", self.definition, always_xy=True)

    @cached_property
    def _backward(self) -> pyproj.Transformer:
        return pyproj.Transformer.from_crs(self.definition, "OGC:CRS84", always_xy=True)


def equal_area(shapes: Shapes) -> EqualArea:
    """The projection for shapes in degrees: areas are true everywhere, and forms nearly so where the shapes lie."""
    west, south, east, north = shapely.total_bounds(shapes)
    middle, centre = (west + east) / 2, (south + north) / 2
    about = f"+lon_0={middle:.4f} +datum=WGS84 +units=m"
    if max(abs(south), abs(north)) > 75 or (north - south) > 60:
        name = "Lambert azimuthal equal-area"
        return EqualArea(name, f"+proj=laea +lat_0={centre:.4f} {about}")
    if south <= 0 <= north:
        return EqualArea("cylindrical equal-area", f"+proj=cea +lat_ts={abs(centre):.4f} {about}")
    inside = max((north - south) / 6, 1e-3)
    first, second = south + inside, north - inside
    name = f"Albers equal-area conic, standard parallels {first:.2f}° and {second:.2f}°"
    return EqualArea(name, f"+proj=aea +lat_1={first:.4f} +lat_2={second:.4f} +lat_0={centre:.4f} {about}")


def _transformed(shapes: Shapes, by: pyproj.Transformer) -> Shapes:
    def moved(at: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(by.transform(at[:, 0], at[:, 1]))

    return np.asarray(shapely.transform(shapes, moved))
