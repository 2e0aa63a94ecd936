"""Land in words: what a side holds by a line."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evenhand.case import JOINT, Case, Territory, Zone, plain_decimal, territories

AREA = "area_km2"


def land_held(land: Territory, line: str, party: str) -> Iterator[str]:
    """What a party holds by a line, and what is joint."""
    sides = land.lines[line]
    for side, whose in ((party, ""), (JOINT, ", jointly")):
        if cells := sides.get(side, ()):
            yield f"{land_text(land, cells)} of {land.label}{whose}"


def line_notes(case: Case) -> Iterator[str]:
    """For each territory how many lines a deal can take, and where they come from."""
    for land in territories(case):
        if land.sought:
            origin = f"sought, since none is on the table (at most {land.seek}: `seek` in the case; seed 0)"
        else:
            origin = "those on the table (`evenhand land divide` seeks more)"
        noun = "line is" if len(land.lines) == 1 else "lines are"
        yield f"{land.label}: {len(land.lines)} {noun} considered, {origin}. What is proved is proved among them."


def land_text(land: Territory, cells: tuple[str, ...]) -> str:
    """How much some cells are: "24 of 48 cells (1,085 km²)"; the area where the map was read."""
    ground = land.ground
    count = f"{len(cells)} of {len(land.cells)} cells"
    return f"{count} ({amount_text(ground.sums(cells)[AREA])} km²)" if ground else count


def zone_text(zone: Zone) -> str:
    """What is asked of a joint zone."""
    unit = column_text(zone.of) if zone.of else "cells"
    least = f"{plain_decimal(zone.at_least)} to " if zone.at_least else "at most "
    between = ", and the sides do not touch but through it" if zone.between else ""
    return f"{least}{plain_decimal(zone.at_most)} {unit}{between}"


def amount_text(number: Fraction) -> str:
    """A sum over cells for people: whole where it is large, else to about three digits."""
    return f"{round(number):,}" if abs(number) >= 100 else plain_decimal(number, 1)


def column_text(name: str) -> str:
    """What a column of the map is called in a table."""
    return "km²" if name == AREA else "MW" if name == "mw" else name.replace("_", " ")


def kilometres(decimetres: int) -> str:
    """A length for people."""
    return plain_decimal(Fraction(decimetres, 10_000), 1)
