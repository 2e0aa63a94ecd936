"""Shares of a territory for a person at a terminal, and as plain data."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evenhand import __version__
from evenhand.case import fraction_text
from evenhand.land.shares import Accounting, Share
from evenhand.report.terminal import item, section
from evenhand.report.words.land import amount_text

_BAR = 18


def show_shares(console: Console, found: Accounting, title: str) -> None:
    """A row for each feature of the control map, with a bar of the whole, then how it was measured."""
    console.print(Text(title, style="bold"))
    console.print()
    beyond = any(share.gained is not None for share in found.shares)
    grid = Table(box=None, pad_edge=False, padding=(0, 1))
    names = list(found.shares[0].names)
    for name in (*names, "km²", "%"):
        grid.add_column(name, justify="right" if name in ("km²", "%") else "left")
    if beyond:
        for name in ("gained km²", "%"):
            grid.add_column(name, justify="right")
    counted = list(found.shares[0].inside)
    for name in counted:
        grid.add_column(name.replace("_", " "), justify="right")
    if not counted:
        grid.add_column("of the territory")
    for share in found.shares:
        gained = [f"{share.gained:,.0f}", _percent(share.gained_part(found.territory))] if beyond else []
        held = [f"{share.area:,.0f}", _percent(share.part), *gained]
        inside = [amount_text(share.inside[name]) for name in counted] or [_bar(share.part)]
        grid.add_row(*share.names.values(), *held, *inside)
    console.print(grid)
    console.print(section("How this was measured"))
    for line in (*found.method, *outside(found)):
        console.print(item(line))


def _percent(part: float | None) -> str:
    return "" if part is None else f"{100 * part:.1f}"


def _bar(part: float) -> str:
    filled = min(_BAR, round(part * _BAR))
    return "█" * filled + "░" * (_BAR - filled)


def outside(found: Accounting) -> list[str]:
    """What lies outside the territory, a sentence for each share that has some."""
    return [
        f"{', '.join(share.names.values())}: {share.outside:,.0f} km² lie outside the territory{_where(share)}."
        for share in found.shares
        if share.outside >= 0.5
    ]


def _where(share: Share) -> str:
    """Where the largest piece of what is outside lies, and whether that is all."""
    if share.beyond is None:
        return ""
    (east, north), whole = share.beyond, " (all of it)" if share.area < 0.5 else ""
    across, up = "E" if 0 <= east <= 180 else "W", "N" if north >= 0 else "S"
    degrees = 360 - east if east > 180 else abs(east)
    return f"{whole}, the largest piece around {abs(north):.1f}° {up}, {degrees:.1f}° {across}"


def shares_json(found: Accounting) -> dict[str, Any]:
    """The shares as plain data: areas in km² to a thousandth, percentages to a thousandth."""
    return {
        "territory_km2": round(found.territory, 3),
        "shares": [_share_json(share, found.territory) for share in found.shares],
        "method": list(found.method),
        "version": __version__,
    }


def _share_json(share: Share, territory: float) -> dict[str, Any]:
    row: dict[str, Any] = dict(share.names) | {"kinds": list(share.kinds)}
    row |= {"area_km2": round(share.area, 3), "percent": round(100 * share.part, 3)}
    if share.gained is not None and share.lost is not None:
        row |= {"gained_km2": round(share.gained, 3), "gained_percent": round(100 * share.gained / territory, 3)}
        row |= {"lost_km2": round(share.lost, 3)}
    inside = {"inside": {name: fraction_text(total) for name, total in share.inside.items()}} if share.inside else {}
    return row | {"outside_km2": round(share.outside, 3), "outside_around": share.beyond} | inside
