"""Shapes as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import shapely


def geojson(features: Iterable[tuple[shapely.Geometry, Mapping[str, Any]]]) -> dict[str, Any]:
    """A FeatureCollection of shapes in degrees with properties, seven digits behind the point (about a centimetre)."""
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": dict(properties), "geometry": _geometry(shape)}
            for shape, properties in features
        ],
    }


def _geometry(shape: shapely.Geometry) -> Any:
    return _rounded(json.loads(shapely.to_geojson(shapely.orient_polygons(shape))))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 7)
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return {key: _rounded(item) for key, item in value.items()} if isinstance(value, dict) else value
