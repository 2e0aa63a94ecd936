"""Small maps to test with."""

import json


def square(west, south, size=1.0):
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


def grid(rows, columns, *, west=20.0, south=45.0, size=0.1):
    """A grid of squares whose corners are the same numbers for all that meet there; cells are named r0c0 …"""

    def corner(row, column):
        return [round(west + column * size, 6), round(south + row * size, 6)]

    def cell(row, column):
        ring = [corner(row + up, column + right) for up, right in ((0, 0), (0, 1), (1, 1), (1, 0), (0, 0))]
        return feature({"type": "Polygon", "coordinates": [ring]}, id=f"r{row}c{column}")

    return collection(*(cell(row, column) for row in range(rows) for column in range(columns)))


def written(folder, data, name="map.geojson"):
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return path
