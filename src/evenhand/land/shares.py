"""Who holds what share of a territory, by date and source, with every choice behind the figures.

Shapes meet in degrees of longitude and latitude, where a map's edges are straight; areas are then taken in a plane of
equal areas chosen for the territory. Nothing is averaged: sources that differ stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import shapely

from evenhand.land.kinds import Grouped, Kinds, counted, grouped, parted, told
from evenhand.maps import EqualArea, Layer, MapError, MapProblem, Points, equal_area, repaired
from evenhand.maps.layer import Shapes

SQUARE_KM = 1e6


@dataclass(frozen=True)
class Share:
    """What areas of the control map that go by the same names hold. Areas in km², parts of the territory from 0 to 1.

    `names` are what they go by (date, source), `kinds` of what kinds they are; `gained` is what is held beyond the
    baseline, `lost` what of the baseline is not held (None without a baseline); `outside` lies beyond the territory and
    counts nowhere else, the largest piece of it around the longitude and latitude `beyond`. `inside` are sums over the
    places in them: how many, and each column asked for.
    """

    names: Mapping[str, str]
    kinds: tuple[str, ...]
    area: float
    part: float
    gained: float | None
    lost: float | None
    outside: float
    beyond: tuple[float, float] | None
    inside: Mapping[str, Fraction]

    def gained_part(self, territory: float) -> float | None:
        """What is held beyond the baseline, as a part of the territory."""
        return None if self.gained is None else self.gained / territory


@dataclass(frozen=True, eq=False)
class Accounting:
    """The area of the territory in km², the shares in the order of the map, and how they came about, in sentences.

    `drawn` are shapes in degrees for pictures: the territory, then what each share holds inside it.
    """

    territory: float
    shares: tuple[Share, ...]
    method: tuple[str, ...]
    drawn: Shapes


def shares_of(
    territory: Layer,
    control: Layer,
    by: tuple[str, ...],
    baseline: Layer | None = None,
    places: Points | None = None,
    kinds: Kinds | None = None,
) -> Accounting:
    """Account for control of a territory, and of the places in it. Raises MapError for maps that cannot be used.

    `kinds` say which areas of `control` count; all do unasked. The baseline counts whole.
    """
    asked = kinds or Kinds(None)
    layers = [repaired(layer) for layer in (territory, control, *((baseline,) if baseline else ()))]
    whole, plane = shapely.union_all(layers[0].shapes), equal_area(layers[0].shapes)
    counts = counted(layers[1], asked)
    found = grouped(counts, asked, by)
    _not_swapped(layers[1], whole)
    inside = shapely.intersection(found.shapes, whole)
    area = _square_km(plane, np.array([whole]))[0]
    before = shapely.intersection(shapely.union_all(layers[2].shapes), whole) if baseline else None
    shares = tuple(_shares(found, inside, whole, before, plane, area, places))
    method = (
        *_method(layers, area, baseline, plane),
        *told(layers[1], asked),
        *parted(counts, asked, found, inside, plane),
        *_reading(layers),
    )
    return Accounting(area, shares, method, np.array([whole, *inside], dtype=object))


def _shares(
    found: Grouped,
    inside: Shapes,
    whole: shapely.Geometry,
    before: shapely.Geometry | None,
    plane: EqualArea,
    area: float,
    places: Points | None,
) -> Iterator[Share]:
    """What is held inside, against the baseline, outside, and of places."""
    left = shapely.difference(found.shapes, whole)
    held, outside = (_square_km(plane, shapes) for shapes in (inside, left))
    gained: list[float] | list[None] = [None] * len(inside)
    lost = gained
    if before is not None:
        gained = _square_km(plane, shapely.difference(inside, before))
        lost = _square_km(plane, shapely.difference(np.full(len(inside), before), inside))
    for k, names in enumerate(found.names):
        within = _places_in(places, inside[k])
        yield Share(
            names, found.kinds[k], held[k], held[k] / area, gained[k], lost[k], outside[k], _spot(left[k]), within
        )


def _spot(shape: shapely.Geometry) -> tuple[float, float] | None:
    """Longitude and latitude of a place in the largest piece of a shape."""
    pieces = [piece for piece in shapely.get_parts(shape) if piece.area > 0]
    if not pieces:
        return None
    place = shapely.point_on_surface(max(pieces, key=shapely.area))
    return float(place.x), float(place.y)


def _not_swapped(control: Layer, whole: shapely.Geometry) -> None:
    """Raise MapError for a map that lies on the territory only with its axes swapped."""
    turned = shapely.transform(control.shapes, lambda places: places[:, ::-1])
    if not shapely.intersects(control.shapes, whole).any() and shapely.intersects(turned, whole).any():
        what = "none of it lies in the territory, but would if longitude and latitude were swapped."
        raise MapError([MapProblem(control.file, 0, "", what, "Write longitude first, then latitude.")])


def _square_km(plane: EqualArea, shapes: Shapes) -> list[float]:
    return [float(area) / SQUARE_KM for area in plane.areas(shapes)]


def _places_in(places: Points | None, shape: shapely.Geometry) -> dict[str, Fraction]:
    if places is None:
        return {}
    numbers = places.inside(shape)
    sums = {name: sum((row[k] for k in numbers), Fraction(0)) for name, row in places.amounts.items()}
    return {"places": Fraction(len(numbers)), **sums}


def _method(layers: list[Layer], area: float, baseline: Layer | None, plane: EqualArea) -> Iterator[str]:
    """What the figures are of, in which plane, and beyond what."""
    yield f"The territory is all of {layers[0].file}, {area:,.0f} km²; every percentage is of that."
    yield f"Areas are measured in {plane.name} ({plane.definition})."
    yield "What lies outside the territory is said, not counted."
    if baseline is not None:
        yield f"The baseline is all of {baseline.file}; gained is what is held beyond it, lost what of it is not held."


def _reading(layers: list[Layer]) -> Iterator[str]:
    """How the files were read, and what was repaired in them."""
    yield from (note for layer in layers for note in layer.notes)
    changes = [change.text() for layer in layers for change in layer.changes]
    yield from changes or ["No shape had to be repaired."]
