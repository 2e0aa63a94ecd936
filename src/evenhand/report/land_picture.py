"""A line on its map, as SVG: each cell in the colour of its side, with no network and no flags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

from evenhand.case import JOINT, Case, Ground, Outline, Territory
from evenhand.deals import Deal
from evenhand.report.charts import colour_of
from evenhand.report.placing import Placing, placing
from evenhand.report.words import label

WIDTH = 540
JOINT_COLOUR = "#c9c2ae"
_STRIPES = (
    "",
    "M-2,2L2,-2M0,8L8,0M6,10L10,6",
    "M0,4H8",
    "M4,0V8",
    "M2,4H6M4,2V6",
)
_JOINT_STRIPES = "M-2,6L2,10M0,0L8,8M6,-2L10,2"
"""Lines in a square of 8 × 8, so that sides are told apart without colours too, as on paper."""


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
    placed = _placed(ground.outlines)
    height = placed.height
    paths = "".join(
        f'<path d="{placed.path(ground.outlines[cell])}" fill="{filling(case, sides[cell])}">'
        f"<title>{escape(f'{cell}: {side_name(case, sides[cell])}')}</title></path>"
        for cell in ground.cells
    )
    counts = [f"{side_name(case, side)} {len(cells)} cells" for side, cells in land.lines[line].items()]
    spoken = f"{land.label}, line {line}. {'; '.join(counts)}"
    return (
        f'<svg class="bars land" viewBox="0 0 {WIDTH} {height + 30:.0f}" role="img" aria-label="{escape(spoken)}">'
        f"<defs>{patterns(case, [*land.lines[line]])}</defs>{paths}"
        f'<path d="{_line(ground, sides, placed)}" class="border"/>{_legend(case, land, line, height)}'
        f"{placed.scale(WIDTH - 2, height + 14)}</svg>"
    )


def side_name(case: Case, side: str) -> str:
    """What a side is called."""
    return "joint" if side == JOINT else label(case, side)


def colour_of_side(case: Case, side: str) -> str:
    """The colour of a party, or that of the joint zone."""
    return JOINT_COLOUR if side == JOINT else colour_of(_place(case, side))


def filling(case: Case, side: str) -> str:
    """What a side is filled with: its pattern, see `patterns`."""
    return f"url(#{_pattern(case, side)})"


def patterns(case: Case, sides: Sequence[str]) -> str:
    """The colour of each side with its own stripes, as SVG patterns."""
    return "".join(
        f'<pattern id="{_pattern(case, side)}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{colour_of_side(case, side)}"/>'
        f'<path d="{_stripes(case, side)}" style="stroke:#fff;stroke-width:1.2;opacity:.6;fill:none"/></pattern>'
        for side in sides
    )


def _pattern(case: Case, side: str) -> str:
    return "joint-zone" if side == JOINT else f"side-{_place(case, side)}"


def _stripes(case: Case, side: str) -> str:
    return _JOINT_STRIPES if side == JOINT else _STRIPES[_place(case, side) % len(_STRIPES)]


def _place(case: Case, side: str) -> int:
    return [party.id for party in case.principals].index(side)


def _placed(outlines: Mapping[str, Outline]) -> Placing:
    points = [point for outline in outlines.values() for ring in outline for point in ring]
    across, up = [x for x, _ in points], [y for _, y in points]
    return placing((min(across), min(up), max(across), max(up)), WIDTH, 2 * WIDTH)


def _line(ground: Ground, sides: Mapping[str, str], placed: Placing) -> str:
    """The edges that cells of different sides share, as they stand in the outlines."""
    whose: dict[frozenset[tuple[float, float]], str] = {}
    drawn = []
    for cell in ground.cells:
        for ring in ground.outlines[cell]:
            for start, end in pairwise(ring):
                other = whose.setdefault(frozenset((start, end)), sides[cell])
                if other != sides[cell]:
                    drawn.append("M{:.1f},{:.1f}L{:.1f},{:.1f}".format(*placed.at(start), *placed.at(end)))
    return "".join(drawn)


def _legend(case: Case, land: Territory, line: str, height: float) -> str:
    drawn, at = [], 2.0
    for side in land.lines[line]:
        name = side_name(case, side)
        drawn.append(
            f'<rect x="{at:.0f}" y="{height + 10:.0f}" width="14" height="14" fill="{filling(case, side)}"/>'
            f'<text x="{at + 20:.0f}" y="{height + 22:.0f}">{escape(name)}</text>'
        )
        at += 40 + 8 * len(name)
    return "".join(drawn)
