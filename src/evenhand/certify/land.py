"""Land by a line: the cells of each side hang together, every cell of the map is on one side, once, and a joint zone is
as the case asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from evenhand.case import JOINT, Ground, Territory, fraction_text, territories
from evenhand.certify.certificate import Certificate, undefined
from evenhand.certify.examined import Examined
from evenhand.certify.property import Property
from evenhand.certify.recheck import land as recheck

_NO_LAND = "The case divides no land."
_NO_ZONE = "The case asks for no joint zone of a certain size."
_NO_MAP = "The map was not read, so it is not known which cells touch."


def _sides_connected(examined: Examined) -> Certificate:
    if (why := _why_not(examined)) is not None:
        return undefined("sides-connected", why)
    orders: dict[str, dict[str, list[list[str]]]] = {}
    apart = []
    for land, ground in _lands(examined):
        for side, cells in land.lines[str(examined.deal[land.id])].items():
            parts = list(_parts(cells, ground.neighbours))
            orders.setdefault(land.id, {})[side] = parts[0] if parts else []
            if len(parts) > 1:
                cut_off = [cell for cell, _ in parts[-1]]
                apart.append({"territory": land.id, "side": side, "cut_off": cut_off})
    if apart:
        return Certificate("sides-connected", "fails", {"apart": apart}, SIDES_CONNECTED.assumed)
    return Certificate("sides-connected", "holds", {"order": orders}, SIDES_CONNECTED.assumed)


def _parts(cells: Sequence[str], neighbours: Mapping[str, Mapping[str, int]]) -> Iterator[list[list[str]]]:
    """The parts that hang together, the largest first; each as [cell, an earlier cell that it touches]. O(cells)."""
    left, found = dict.fromkeys(cells), []
    while left:
        start = next(iter(left))
        del left[start]
        order = [[start, ""]]
        for cell, _ in order:  # grows as cells are reached
            for other in neighbours.get(cell, {}):
                if other in left:
                    del left[other]
                    order.append([other, cell])
        found.append(order)
    yield from sorted(found, key=len, reverse=True)


def _land_covered_once(examined: Examined) -> Certificate:
    if (why := _why_not(examined)) is not None:
        return undefined("land-covered-once", why)
    counts: dict[str, dict[str, str]] = {}
    wrong = []
    for land, ground in _lands(examined):
        line = land.lines[str(examined.deal[land.id])]
        given = [cell for cells in line.values() for cell in cells]
        counts[land.id] = {side: str(len(cells)) for side, cells in line.items()}
        missing = [cell for cell in ground.cells if cell not in set(given)]
        strange = [cell for cell in given if cell not in set(ground.cells)]
        twice = sorted({cell for cell in given if given.count(cell) > 1}) if len(set(given)) < len(given) else []
        if missing or strange or twice:
            wrong.append({"territory": land.id, "missing": missing, "not_on_the_map": strange, "twice": twice})
    if wrong:
        return Certificate("land-covered-once", "fails", {"wrong": wrong}, LAND_COVERED_ONCE.assumed)
    return Certificate("land-covered-once", "holds", {"cells": counts}, LAND_COVERED_ONCE.assumed)


def _joint_zone_as_asked(examined: Examined) -> Certificate:
    if (why := _why_not(examined)) is not None:
        return undefined("joint-zone-as-asked", why)
    sizes: dict[str, str] = {}
    wrong = []
    for land, ground in _lands(examined):
        if (zone := land.zone) is None:
            continue
        sides = land.sides(str(examined.deal[land.id]))
        counted = zip(ground.cells, zone.sizes(ground), strict=True)
        size = sum((one for cell, one in counted if sides.get(cell) == JOINT), Fraction(0))
        touching = next(_touching(sides, ground), []) if zone.between else []
        sizes[land.id] = fraction_text(size)
        if touching or not zone.at_least <= size <= zone.at_most:
            wrong.append({"territory": land.id, "size": sizes[land.id], "touching": touching})
    if not sizes:
        return undefined("joint-zone-as-asked", _NO_ZONE)
    if wrong:
        return Certificate("joint-zone-as-asked", "fails", {"wrong": wrong}, JOINT_ZONE_AS_ASKED.assumed)
    return Certificate("joint-zone-as-asked", "holds", {"sizes": sizes}, JOINT_ZONE_AS_ASKED.assumed)


def _touching(sides: Mapping[str, str], ground: Ground) -> Iterator[list[str]]:
    """Pairs of cells that touch though they are of two parties."""
    for cell, near in ground.neighbours.items():
        for other in near:
            pair = {sides.get(cell, JOINT), sides.get(other, JOINT)}
            if len(pair) == 2 and JOINT not in pair:
                yield [cell, other]


def _lands(examined: Examined) -> Iterator[tuple[Territory, Ground]]:
    for land in territories(examined.case):
        assert land.ground is not None
        yield land, land.ground


def _why_not(examined: Examined) -> str | None:
    lands = territories(examined.case)
    if not lands:
        return _NO_LAND
    return _NO_MAP if any(land.ground is None for land in lands) else None


SIDES_CONNECTED = Property(
    id="sides-connected",
    title="Sides hang together",
    meaning="The land of each side hangs together: one can walk through all of it without leaving it.",
    own_meaning="The land of each side hangs together.",
    definition="For every territory, the cells of each side are connected by shared borders of positive length, and by "
    "the links that the case names.",
    source="contiguity in the sense of political districting (rook adjacency)",
    by_hand="For each side its cells in an order in which each touches the earlier one written beside it (holds); or "
    "cells that touch no other cell of their side (fails). Look them up on the map.",
    cost="O(cells and borders)",
    recheck_cost="O(cells and borders)",
    check=_sides_connected,
    recheck=recheck.sides_connected,
    assumed=("The map and the links of the case say truly which cells touch.",),
)

LAND_COVERED_ONCE = Property(
    id="land-covered-once",
    title="All land is given, once",
    meaning="Every part of the land is on one side of the line, and no part is on two.",
    own_meaning="Every part of the land is on one side of the line, and no part is on two.",
    definition="The sides of the line partition the cells of the map.",
    source="the map of the case",
    by_hand="How many cells each side has; add them up and count those of the map. Or the cells that are wrong.",
    cost="O(cells)",
    recheck_cost="O(cells)",
    check=_land_covered_once,
    recheck=recheck.land_covered_once,
    assumed=("The map is the one that the case names.",),
)

JOINT_ZONE_AS_ASKED = Property(
    id="joint-zone-as-asked",
    title="Joint zone as asked",
    meaning="The joint zone is as large as the case asks, and keeps the sides apart where it asks that.",
    own_meaning="The joint zone is as large as was asked, and keeps the sides apart where that was asked.",
    definition="For every territory that asks for a joint zone, the sizes of its cells sum to something from "
    "`at_least` to `at_most`; with `between`, no cell of a party is a neighbour of another party's.",
    source="the case",
    by_hand="How large the joint zone is, by territory (holds); or the same where it is wrong, with two cells that "
    "touch if two sides do (fails). Add up its cells, and look at the map.",
    cost="O(cells and borders)",
    recheck_cost="O(cells and borders)",
    check=_joint_zone_as_asked,
    recheck=recheck.joint_zone_as_asked,
    assumed=("The map and the links of the case say truly which cells touch, and how large they are.",),
)
