"""Geometry in and out. Knows shapes, areas and neighbours; knows nothing of cases, parties or deals.

In: map files (GeoJSON; GeoPackage and shapefiles with `evenhand[maps]`), tables of points. Out: layers whose shapes
are valid and lie in one plane of equal areas, with a report of every change that was made to them; cells with their
areas and the lengths of the borders they share, as arrays.
"""

from evenhand.maps.cells import Cells, cells_of
from evenhand.maps.layer import Layer, read_layer
from evenhand.maps.problems import MapError, MapProblem

__all__ = ["Cells", "Layer", "MapError", "MapProblem", "cells_of", "read_layer"]
