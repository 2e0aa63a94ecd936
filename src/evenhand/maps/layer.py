"""What a map is here: shapes with their properties, and what was done to them on the way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Shapes = NDArray[np.object_]
"""An array of shapely geometries."""


@dataclass(frozen=True)
class Change:
    """One thing that was changed in a map so that it could be used.

    `feature` counts from 1; `area_km2` is by how much the area of that feature changed (gained is positive).
    """

    file: str
    feature: int
    what: str
    area_km2: float

    def text(self) -> str:
        """The change in one line."""
        return f"{self.file}, feature {self.feature}: {self.what} ({self.area_km2:+.3f} km²)"


@dataclass(frozen=True, eq=False)
class Layer:
    """The features of one map file.

    `shapes` are polygons or multipolygons in degrees of longitude and latitude (WGS 84), `properties` what the file
    says of each. `notes` are sentences for people on how the file was read; `changes` what was repaired.
    """

    file: str
    shapes: Shapes
    properties: tuple[dict[str, Any], ...]
    notes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    def __len__(self) -> int:
        return len(self.properties)
