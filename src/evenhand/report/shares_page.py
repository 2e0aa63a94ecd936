"""Shares of a territory on one page: a table, a chart by date, and a map of each; no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import shapely
from markupsafe import Markup

from evenhand import __version__
from evenhand.land.districts import Districts
from evenhand.land.shares import Accounting, Share
from evenhand.report.charts import colour_of
from evenhand.report.districts import district_notes, district_rows
from evenhand.report.page import environment
from evenhand.report.placing import placing
from evenhand.report.shares import outside
from evenhand.report.words.land import amount_text

WIDTH, CHART = 540, 220


def shares_page(found: Accounting, title: str, districts: Districts | None = None) -> str:
    """The page, with a table of districts where there are some."""
    rows = [
        {
            "names": list(share.names.values()),
            "area": f"{share.area:,.0f}",
            "percent": f"{100 * share.part:.1f}",
            "gained": None
            if share.gained is None
            else f"{share.gained:,.0f} ({100 * share.gained / found.territory:.1f}%)",
            "lost": None if share.lost is None else f"{share.lost:,.0f}",
            "inside": [amount_text(total) for total in share.inside.values()],
            "map": Markup(_map(found, number, " ".join(share.names.values()))),
        }
        for number, share in enumerate(found.shares, 1)
    ]
    page = environment().get_template("shares.html.j2")
    return page.render(
        title=title,
        heads=list(found.shares[0].names),
        counted=[name.replace("_", " ") for name in found.shares[0].inside],
        rows=rows,
        chart=Markup(chart(found.shares)),
        districts=district_rows(districts) if districts else None,
        method=[*found.method, *outside(found), *(district_notes(districts) if districts else [])],
        version=__version__,
    )


def chart(shares: Sequence[Share]) -> str:
    """Percentages by date, a dot for each share and a line for each source; empty where dates cannot be read."""
    known = [(day, _source(share), 100 * share.part) for share in shares if (day := _day(share)) is not None]
    days = sorted({day for day, _, _ in known})
    if len(days) < 2:
        return ""
    sources = list(dict.fromkeys(source for _, source, _ in known))
    axes = _Axes(days[0], days[-1], max(part for _, _, part in known) * 1.1 or 1.0)
    drawn = [axes.drawn()]
    for number, source in enumerate(sources):
        rows = [(day, part) for day, name, part in sorted(known) if name == source]
        drawn += [_series(axes, number, source, rows), _key(number, source)]
    height = CHART + 16 + 20 * len(sources)
    return (
        f'<svg class="bars" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Percent of the territory by date">'
        f"{''.join(drawn)}</svg>"
    )


@dataclass(frozen=True)
class _Axes:
    """Days across, percent up."""

    first: int
    last: int
    top: float

    def at(self, day: int, part: float) -> tuple[float, float]:
        """Where a share stands on the picture."""
        across = 50 + (day - self.first) / (self.last - self.first) * (WIDTH - 70)
        return across, CHART - 24 - part / self.top * (CHART - 40)

    def drawn(self) -> str:
        """The ends of both axes in words."""
        days = ((50, self.first, "start"), (WIDTH - 20, self.last, "end"))
        parts = ((0.0, CHART - 24), (self.top, 22))
        return "".join(
            f'<text x="{x}" y="{CHART - 4}" text-anchor="{anchor}">{date.fromordinal(day)}</text>'
            for x, day, anchor in days
        ) + "".join(f'<text x="44" y="{y}" text-anchor="end">{part:.0f}%</text>' for part, y in parts)


DASHES = ("", "7 4", "2 3", "10 3 2 3")
"""Sources are told apart without colours too."""


def _series(axes: _Axes, number: int, source: str, rows: Sequence[tuple[int, float]]) -> str:
    colour = colour_of(number)
    places = [(*axes.at(day, part), part) for day, part in rows]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
    dots = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"><title>{escape(source)}: {part:.1f}%</title></circle>'
        for x, y, part in places
    )
    return f'<polyline points="{path}" fill="none" stroke="{colour}" {_dashed(number)}/>{"".join(dots)}'


def _dashed(number: int) -> str:
    return f'stroke-width="2" stroke-dasharray="{DASHES[number % len(DASHES)]}"'


def _key(number: int, source: str) -> str:
    """Which colour a source has."""
    return (
        f'<path d="M50,{CHART + 14 + 20 * number}h28" stroke="{colour_of(number)}" {_dashed(number)}/>'
        f'<text x="86" y="{CHART + 19 + 20 * number}">{escape(source)}</text>'
    )


def _day(share: Share) -> int | None:
    for text in share.names.values():
        try:
            return date.fromisoformat(text).toordinal()
        except ValueError:
            continue
    return None


def _source(share: Share) -> str:
    """All names but the date."""
    day = _day(share)
    kept = [text for text in share.names.values() if day is None or text != date.fromordinal(day).isoformat()]
    return ", ".join(kept) or "held"


def _map(found: Accounting, number: int, spoken: str) -> str:
    """The territory, and in it what one share holds."""
    west, south, east, north = map(float, shapely.bounds(found.drawn[0]))
    placed = placing((west, south, east, north), WIDTH, WIDTH)

    def path(shape: shapely.Geometry) -> str:
        parts = shapely.get_parts(shapely.simplify(shape, (east - west) / 1000))
        surfaces = (part for part in parts if part.geom_type == "Polygon")
        return placed.path(ring.coords for part in surfaces for ring in shapely.get_rings(part))

    size = f"{WIDTH} {placed.height + 24:.0f}"
    return (
        f'<svg class="bars land" viewBox="0 0 {size}" role="img" aria-label="{escape(spoken)}">'
        f'<path d="{path(found.drawn[0])}" fill="#d9d5c9"/>'
        f'<path d="{path(found.drawn[number])}" fill="{colour_of(0)}"/>'
        f"{placed.scale(WIDTH - 2, placed.height + 8)}</svg>"
    )
