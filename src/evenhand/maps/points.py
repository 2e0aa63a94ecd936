"""Tables of places: a CSV file with a longitude and a latitude in each row, and amounts to add up."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from evenhand.maps.layer import Shapes
from evenhand.maps.problems import MapError, MapProblem

_LONGITUDE = ("longitude", "lon", "lng", "long", "x")
_LATITUDE = ("latitude", "lat", "y")


@dataclass(frozen=True, eq=False)
class Points:
    """Places as points in degrees, and by column an exact amount for each."""

    file: str
    shapes: Shapes
    amounts: dict[str, tuple[Fraction, ...]]

    def inside(self, shape: shapely.Geometry) -> NDArray[np.intp]:
        """The numbers of the places in a shape; one on its edge is in it."""
        shapely.prepare(shape)
        return np.flatnonzero(shapely.intersects(shape, self.shapes))


def read_points(path: Path | str, columns: tuple[str, ...] = ()) -> Points:
    """Read places, and these columns of amounts; an empty amount counts 0. Raises MapError listing every mistake."""
    file = str(path)
    with Path(path).open(encoding="utf-8-sig", newline="") as stream:
        try:
            rows = list(csv.DictReader(stream))
        except (UnicodeDecodeError, csv.Error):
            raise _wrong(file, 0, "this is no CSV table in UTF-8.", "Save it as CSV.") from None
    names = list(rows[0]) if rows else []
    across, up = (_named(file, names, known) for known in (_LONGITUDE, _LATITUDE))
    for name in columns:
        if name not in names:
            raise _wrong(file, 1, f'there is no column "{name}".', f"Known: {', '.join(map(str, names))}.")
    problems: list[MapProblem] = []
    places = [
        (_number(file, line, row[across], problems), _number(file, line, row[up], problems))
        for line, row in enumerate(rows, 2)
    ]
    amounts = {
        name: tuple(_number(file, line, row[name] or "0", problems) for line, row in enumerate(rows, 2))
        for name in columns
    }
    problems += [
        MapProblem(file, line, "", "this is no longitude and latitude.", "They may be swapped.")
        for line, (x, y) in enumerate(places, 2)
        if abs(x) > 180 or abs(y) > 90
    ]
    if problems:
        raise MapError(problems)
    return Points(file, shapely.points(np.array(places, dtype=float).reshape(-1, 2)), amounts)


def _named(file: str, names: list[str], known: tuple[str, ...]) -> str:
    for name in names:
        if str(name).strip().lower() in known:
            return name
    raise _wrong(file, 1, f"no column is called {known[0]}.", f"Name one {' or '.join(known[:2])}.")


def _number(file: str, line: int, text: str | None, problems: list[MapProblem]) -> Fraction:
    try:
        if isfinite(float(text or "")):  # also keeps numbers of a million digits out
            return Fraction((text or "").strip())
        raise ValueError
    except ValueError:
        problems.append(MapProblem(file, line, "", f'"{text or ""}" is no number.', "Write a number such as 34.1."))
        return Fraction(0)


def _wrong(file: str, line: int, what: str, mend: str) -> MapError:
    return MapError([MapProblem(file, line, "", what, mend)])
