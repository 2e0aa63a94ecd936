"""A line on its map, as SVG: each cell in the colour of its side, with no network and no flags."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import pairwise
from math import cos, radians

from evenhand.case import JOINT, Case, Ground, Outline, Territory
from evenhand.deals import Deal
from evenhand.report.charts import colour_of
from evenhand.report.words import label

WIDTH = 540
JOINT_COLOUR = "#c9c2ae"


def lands(case: Case) -> list[Territory]:
    """The territories whose map was read."""
    return [issue for issue in case.issues if isinstance(issue, Territory) and issue.ground is not None]


def land_picture(case: Case, land: Territory, deal: Deal) -> str:
    """The line of a deal on the map, as one SVG element, described in words for those who cannot see it."""
    return sides_picture(case, land, str(deal[land.id]))


def sides_picture(case: Case, land: Territory, line: str) -> str:
    """One line of a territory on its map."""
    ground, sides = land.ground, land.sides(line)
    assert ground is not None
    x, y, height = _placing(ground.outlines)
    paths = "".join(
        f'<path d="{_path(ground.outlines[cell], x, y)}" fill="{colour_of_side(case, sides[cell])}">'
        f"<title>{escape(f'{cell}: {side_name(case, sides[cell])}')}</title></path>"
        for cell in ground.cells
    )
    counts = [f"{side_name(case, side)} {len(cells)} cells" for side, cells in land.lines[line].items()]
    spoken = f"{land.label}, line {line}. {'; '.join(counts)}"
    return (
        f'<svg class="bars land" viewBox="0 0 {WIDTH} {height + 30:.0f}" role="img" aria-label="{escape(spoken)}">'
        f'{paths}<path d="{_line(ground, sides, x, y)}" class="border"/>{_legend(case, land, line, height)}</svg>'
    )


def side_name(case: Case, side: str) -> str:
    """What a side is called."""
    return "joint" if side == JOINT else label(case, side)


def colour_of_side(case: Case, side: str) -> str:
    """The colour of a party, or that of the joint zone."""
    order = [party.id for party in case.principals]
    return JOINT_COLOUR if side == JOINT else colour_of(order.index(side))


def _placing(outlines: Mapping[str, Outline]) -> tuple[tuple[float, float], tuple[float, float], float]:
    """Factor and shift across and down that fit the map into the width; degrees of longitude shrink by latitude."""
    points = [point for outline in outlines.values() for ring in outline for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shrunk = max(cos(radians((south + north) / 2)), 0.01)
    factor = min((WIDTH - 2) / ((east - west) * shrunk), 2 * WIDTH / (north - south))
    return (factor * shrunk, 1 - west * factor * shrunk), (-factor, 1 + north * factor), (north - south) * factor + 2


def _path(outline: Outline, x: tuple[float, float], y: tuple[float, float]) -> str:
    rings = (" ".join(f"{px * x[0] + x[1]:.1f},{py * y[0] + y[1]:.1f}" for px, py in ring) for ring in outline)
    return "".join(f"M{ring}Z" for ring in rings)


def _line(ground: Ground, sides: Mapping[str, str], x: tuple[float, float], y: tuple[float, float]) -> str:
    """The edges that cells of different sides share, as they stand in the outlines."""
    whose: dict[frozenset[tuple[float, float]], str] = {}
    drawn = []
    for cell in ground.cells:
        for ring in ground.outlines[cell]:
            for start, end in pairwise(ring):
                other = whose.setdefault(frozenset((start, end)), sides[cell])
                if other != sides[cell]:
                    (x1, y1), (x2, y2) = start, end
                    ends = (x1 * x[0] + x[1], y1 * y[0] + y[1], x2 * x[0] + x[1], y2 * y[0] + y[1])
                    drawn.append("M{:.1f},{:.1f}L{:.1f},{:.1f}".format(*ends))
    return "".join(drawn)


def _legend(case: Case, land: Territory, line: str, height: float) -> str:
    drawn, at = [], 2.0
    for side in land.lines[line]:
        name = side_name(case, side)
        drawn.append(
            f'<rect x="{at:.0f}" y="{height + 10:.0f}" width="14" height="14" fill="{colour_of_side(case, side)}"/>'
            f'<text x="{at + 20:.0f}" y="{height + 22:.0f}">{escape(name)}</text>'
        )
        at += 40 + 8 * len(name)
    return "".join(drawn)
