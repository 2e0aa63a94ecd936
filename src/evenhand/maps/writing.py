"""Shapes as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import shapely


def geojson(features: Iterable[tuple[shapely.Geometry, Mapping[str, Any]]]) -> dict[str, Any]:
    """A FeatureCollection of shapes in degrees with their properties, as plain data."""
    listed = [
        {"type": "Feature", "properties": dict(properties), "geometry": json.loads(shapely.to_geojson(shape))}
        for shape, properties in features
    ]
    return {"type": "FeatureCollection", "features": listed}
