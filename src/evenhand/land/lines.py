"""A line measured: who gets which cells, how much of everything that is, and what it is worth to each party."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from evenhand.case import JOINT, part_of_land
from evenhand.land.ground import Land

Sides = Mapping[str, str]
"""Who gets each cell: a party, or `joint`."""


@dataclass(frozen=True)
class Measured:
    """A line and what it means.

    `cells` by side in the order of the map, sides in the case's order, `joint` last; `border` in decimetres, each
    stretch once; `amounts` are the sums of the map's columns by side; `part` is what part of the land's worth a party
    gets (0 to 1), its part of the joint zone with it.
    """

    id: str
    cells: Mapping[str, tuple[str, ...]]
    border: int
    amounts: Mapping[str, Mapping[str, Fraction]]
    part: Mapping[str, Fraction]

    @property
    def sides(self) -> dict[str, str]:
        """Who gets each cell."""
        return {cell: side for side, cells in self.cells.items() for cell in cells}

    def least(self, entitlements: Mapping[str, Fraction]) -> Fraction:
        """The smallest part of any party, measured by its entitled part: 1 where it has just that."""
        return min(part / entitlements[party] for party, part in self.part.items())


def entitled_parts(land: Land) -> dict[str, Fraction]:
    """What part of the whole each party is entitled to."""
    total = sum((party.entitlement for party in land.case.principals), Fraction(0))
    return {party.id: party.entitlement / total for party in land.case.principals}


def measured(land: Land, line: str, sides: Sides) -> Measured:
    """Measure a line; `sides` names every cell of the map. Only parties whose values are known have a part."""
    names = [*land.parties, *((JOINT,) if JOINT in sides.values() else ())]
    cells = {side: tuple(cell for cell in land.ground.cells if sides[cell] == side) for side in names}
    amounts = {side: land.ground.sums(row) for side, row in cells.items()}
    n = len(land.parties)
    part = {party: part_of_land(land.territory, sides, party, values, n) for party, values in land.values.items()}
    return Measured(line, cells, border_length(land, sides), amounts, part)


def border_length(land: Land, sides: Sides) -> int:
    """The length of the border between different sides, in decimetres, each stretch once."""
    rows = land.ground.neighbours.items()
    twice = sum(length for cell, row in rows for other, length in row.items() if sides[cell] != sides[other])
    return twice // 2


def on_the_table(land: Land) -> tuple[Measured, ...]:
    """The lines that the case has, measured, in its order."""
    return tuple(measured(land, line, land.territory.sides(line)) for line in land.territory.lines)
