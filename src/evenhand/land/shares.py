"""Who holds what share of a territory, by date and source, with every choice behind the figures.

Shapes meet in degrees of longitude and latitude, where a map's edges are straight; areas are then taken in a plane of
equal areas chosen for the territory. Nothing is averaged: sources that differ stand side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import shapely

from evenhand.maps import Layer, Points, equal_area, repaired
from evenhand.maps.layer import Shapes

SQUARE_KM = 1e6


@dataclass(frozen=True)
class Share:
    """What one feature of the control map holds. Areas in km², parts of the territory from 0 to 1.

    `names` are what it goes by (date, source); `gained` is what it holds beyond the baseline, `lost` what of the
    baseline it does not hold (None without a baseline); `outside` lies beyond the territory and counts nowhere else.
    `inside` are sums over the places it holds: how many, and each column asked for.
    """

    names: Mapping[str, str]
    area: float
    part: float
    gained: float | None
    lost: float | None
    outside: float
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
) -> Accounting:
    """Account for control of a territory, and of the places in it. Raises MapError for maps that cannot be used."""
    layers = [repaired(layer) for layer in (territory, control, *((baseline,) if baseline else ()))]
    whole = shapely.union_all(layers[0].shapes)
    before = shapely.intersection(shapely.union_all(layers[2].shapes), whole) if baseline else None
    plane = equal_area(layers[0].shapes)
    inside = shapely.intersection(layers[1].shapes, whole)
    beyond = shapely.difference(layers[1].shapes, whole)
    area = float(plane.areas(np.array([whole]))[0]) / SQUARE_KM
    held, outside = (plane.areas(shapes) / SQUARE_KM for shapes in (inside, beyond))
    gained = lost = None
    if before is not None:
        gained = plane.areas(shapely.difference(inside, before)) / SQUARE_KM
        lost = plane.areas(shapely.difference(np.full(len(inside), before), inside)) / SQUARE_KM
    shares = tuple(
        Share(
            {name: str(row.get(name, "")) for name in by},
            float(held[k]),
            float(held[k]) / area,
            None if gained is None else float(gained[k]),
            None if lost is None else float(lost[k]),
            float(outside[k]),
            _places_in(places, inside[k]),
        )
        for k, row in enumerate(layers[1].properties)
    )
    method = _method(layers, area, baseline, plane.name, plane.definition)
    return Accounting(area, shares, method, np.array([whole, *inside], dtype=object))


def _places_in(places: Points | None, shape: shapely.Geometry) -> dict[str, Fraction]:
    if places is None:
        return {}
    numbers = places.inside(shape)
    sums = {name: sum((row[k] for k in numbers), Fraction(0)) for name, row in places.amounts.items()}
    return {"places": Fraction(len(numbers)), **sums}


def _method(layers: list[Layer], area: float, baseline: Layer | None, name: str, definition: str) -> tuple[str, ...]:
    said = [
        f"The territory is all of {layers[0].file}, {area:,.0f} km²; every percentage is of that.",
        f"Areas are measured in {name} ({definition}).",
        f"Control is what {layers[1].file} draws as one feature; what lies outside the territory is said, not counted.",
    ]
    if baseline is not None:
        said.append(
            f"The baseline is all of {baseline.file}; gained is what is held beyond it, lost what of it is not held."
        )
    said += [note for layer in layers for note in layer.notes]
    changes = [change.text() for layer in layers for change in layer.changes]
    return (*said, *(changes or ["No shape had to be repaired."]))
