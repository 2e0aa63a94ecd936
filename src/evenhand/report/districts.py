"""Shares by district for a person at a terminal, and as plain data."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from evenhand.land.districts import Districts
from evenhand.land.shares import Accounting
from evenhand.report.terminal import item, section

LEAST = 0.0005
"""Districts of which no share holds as much as this part (it would be shown as 0.0%) are counted, not listed."""


def show_districts(console: Console, found: Districts, shares: Accounting) -> None:
    """A row for each district of which something is held: percent of it by share, shares numbered as above."""
    console.print(section("Districts, percent held by each share above, numbered in its order"))
    grid = Table(box=None, pad_edge=False, padding=(0, 1))
    grid.add_column("district")
    for heading in ("km²", *(str(number) for number in range(1, len(shares.shares) + 1))):
        grid.add_column(heading, justify="right")
    for row in district_rows(found):
        grid.add_row(*row)
    console.print(grid)
    for line in district_notes(found):
        console.print(item(line))


def district_rows(found: Districts) -> list[list[str]]:
    """Of each district of which something is held: its name, its area, and the percent of it in each share."""
    parts = found.held / found.area[:, None]
    return [
        [found.names[k], f"{found.area[k]:,.0f}", *(f"{100 * part:.1f}" for part in parts[k])]
        for k in range(len(found.names))
        if parts[k].max() >= LEAST
    ]


def district_notes(found: Districts) -> list[str]:
    """How many districts are not listed, and how they were measured."""
    left = len(found.names) - len(district_rows(found))
    return [f"{left} districts of which nothing is held are not listed.", *found.method]


def districts_json(found: Districts) -> list[dict[str, Any]]:
    """Each district with what every share holds of it, in the order of the shares; km² to a thousandth."""
    return [
        {"district": name, "area_km2": round(float(area), 3), "held_km2": [round(float(part), 3) for part in held]}
        for name, area, held in zip(found.names, found.area, found.held, strict=True)
    ]
