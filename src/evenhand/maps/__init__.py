"""Geometry in and out. Knows shapes, areas and neighbours; knows nothing of cases, parties or deals.

In: map files (GeoJSON; GeoPackage and shapefiles with `evenhand[maps]`). Out: layers of valid shapes in degrees of
longitude and latitude, with a report of every change made to them; `Cells`, with areas in a plane where areas are
true and the lengths of the borders that cells share, as arrays.

Read `layer` (what a map is here), `reading`, `repair`, `projection`, `coverage` and `cells`, in this order; `points`
is about tables of places, `writing` puts shapes back into a file. What cannot be used without falsifying it is refused
with a `MapError`.
"""

from evenhand.maps.cells import Cells, cells_of
from evenhand.maps.layer import Change, Layer
from evenhand.maps.points import Points, read_points
from evenhand.maps.problems import MapError, MapProblem
from evenhand.maps.projection import EqualArea, equal_area
from evenhand.maps.reading import read_layer
from evenhand.maps.repair import repaired
from evenhand.maps.writing import geojson

__all__ = [
    "Cells",
    "Change",
    "EqualArea",
    "Layer",
    "MapError",
    "MapProblem",
    "Points",
    "cells_of",
    "equal_area",
    "geojson",
    "read_layer",
    "read_points",
    "repaired",
]
