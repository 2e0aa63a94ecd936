"""Geometry in and out. Knows shapes, areas and neighbours; knows nothing of cases, parties or deals.

In: map files (GeoJSON; GeoPackage and shapefiles with `evenhand[maps]`), tables of points. Out: layers whose shapes
are valid and lie in one plane of equal areas, with a report of every change that was made to them; cells with their
areas and the lengths of the borders they share, as arrays.
"""
