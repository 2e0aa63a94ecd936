"""Where degrees of longitude and latitude come to lie on a picture of a map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, floor, log10, radians

Place = tuple[float, float]
KM_OF_A_DEGREE = 111.2
"""Of latitude, on a sphere; within half a percent everywhere."""


@dataclass(frozen=True)
class Placing:
    """Factor and shift across and down; `height` of the picture."""

    across: tuple[float, float]
    down: tuple[float, float]
    height: float

    def at(self, place: Place) -> Place:
        """Where a place (longitude, latitude) is drawn."""
        return place[0] * self.across[0] + self.across[1], place[1] * self.down[0] + self.down[1]

    def path(self, rings: Iterable[Iterable[Place]]) -> str:
        """Rings as the outline of one shape."""
        drawn = (" ".join("{:.1f},{:.1f}".format(*self.at(place)) for place in ring) for ring in rings)
        return "".join(f"M{ring}Z" for ring in drawn)

    def scale(self, right: float, top: float) -> str:
        """A bar as long as a round number of kilometres, at most a quarter of the picture, ending at `right`, as SVG;
        it holds along a meridian, and at the middle of the map in all directions."""
        per_km = -self.down[0] / KM_OF_A_DEGREE
        most = right / 4 / per_km
        whole = 10.0 ** floor(log10(most))
        km = max(step * whole for step in (1, 2, 5) if step * whole <= most)
        start = right - km * per_km
        return (
            f'<path d="M{start:.1f},{top:.1f}v6H{right:.1f}v-6" class="border"/>'
            f'<text x="{start - 6:.1f}" y="{top + 7:.1f}" text-anchor="end">{km:g} km</text>'
        )


def placing(bounds: tuple[float, float, float, float], width: float, tallest: float) -> Placing:
    """A map (west, south, east, north) fitted into a width and a height; degrees of longitude shrink by latitude."""
    west, south, east, north = bounds
    shrunk = max(cos(radians((south + north) / 2)), 0.01)
    factor = min((width - 2) / ((east - west) * shrunk), tallest / (north - south))
    across, down = (factor * shrunk, 1 - west * factor * shrunk), (-factor, 1 + north * factor)
    return Placing(across, down, (north - south) * factor + 2)
