"""Rechecks of land: a walk through each side, cell by cell as it is written; counts of the cells and the joint zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from evenhand.case import JOINT, Ground, Territory, fraction_text
from evenhand.certify.recheck.claim import Claim, NotRecheckable, group, rows_of, same, wrong


def sides_connected(claim: Claim) -> None:
    """Each cell of a side touches the earlier one beside it; or a part of a side touches nothing else of it.

    O(cells) to hold, O(cells and borders) to fail.
    """
    lands = _lands(claim)
    if claim.holds:
        claim.only("order")
        orders = group(claim.witness.get("order"), [land.id for land, _ in lands], "the order of cells")
        for land, ground in lands:
            line = _line(claim, land)
            sides = group(orders[land.id], list(line), f"the order of {land.id}")
            for side, cells in line.items():
                _walk(rows_of(sides[side], f"the order of {side}"), cells, ground)
        return
    claim.only("apart")
    rows = rows_of(claim.witness.get("apart"), "what is apart")
    if not rows:
        wrong("nothing is said to be apart")
    for row in rows:
        _cut_off(claim, row, dict(zip([land.id for land, _ in lands], lands, strict=True)))


def _walk(order: Sequence[Any], cells: Sequence[str], ground: Ground) -> None:
    seen: set[str] = set()
    for entry in order:
        cell, touched = (*map(str, rows_of(entry, "a step")), "", "")[:2]
        if seen and (touched not in seen or touched not in ground.neighbours.get(cell, {})):
            wrong(f"{cell} does not touch {touched or 'anything'} written before it")
        seen.add(cell)
    if seen != set(cells) or len(order) != len(cells):
        wrong("the order does not have every cell of the side, once")


def _cut_off(claim: Claim, row: object, lands: Mapping[str, tuple[Territory, Ground]]) -> None:
    found = group(row, ("territory", "side", "cut_off"), "what is apart")
    if found["territory"] not in lands:
        wrong("there is no such territory")
    land, ground = lands[str(found["territory"])]
    cells = set(_line(claim, land).get(str(found["side"]), ()))
    part = set(map(str, rows_of(found["cut_off"], "the cells cut off")))
    if not part or not part < cells:
        wrong("the cells cut off are not a part of the side")
    for cell in sorted(part):
        for other in ground.neighbours.get(cell, {}):
            if other in cells - part:
                wrong(f"{cell} touches {other}, which is on the same side")


def land_covered_once(claim: Claim) -> None:
    """The cells of each side counted, and compared with the map. O(cells)."""
    counts, bad = {}, []
    for land, ground in _lands(claim):
        line = _line(claim, land)
        given = sorted(cell for cells in line.values() for cell in cells)
        counts[land.id] = {side: str(len(cells)) for side, cells in line.items()}
        bad += [land.id] if given != sorted(ground.cells) else []
    _by_territory(claim, bad, {"cells": counts})


def joint_zone_as_asked(claim: Claim) -> None:
    """The cells of each joint zone added up, and every border between two parties looked for. O(cells and borders)."""
    sizes, bad = {}, []
    for land, ground in _lands(claim):
        if (zone := land.zone) is None:
            continue
        line, numbers = _line(claim, land), zone.sizes(ground)
        size = sum((numbers[ground.number_of[cell]] for cell in line.get(JOINT, ())), Fraction(0))
        sizes[land.id] = fraction_text(size)
        touch = zone.between and any(_meet(one, other, line, ground) for one in line for other in line if one < other)
        bad += [land.id] if touch or size < zone.at_least or size > zone.at_most else []
    if not sizes:
        wrong("the case asks for no joint zone")
    _by_territory(claim, bad, {"sizes": sizes})


def _by_territory(claim: Claim, bad: Sequence[str], whole: Mapping[str, object]) -> None:
    """The verdict, and the witness: the territories that are wrong, or what is counted where none is."""
    claim.verdict_is(holds=not bad)
    if bad:
        claim.only("wrong")
        rows = rows_of(claim.witness.get("wrong"), "what is wrong")
        named = [row.get("territory") if isinstance(row, Mapping) else None for row in rows]
        same(named, bad, "the territories that are wrong")
    else:
        same(claim.witness, whole, "the witness")


def _meet(one: str, other: str, line: Mapping[str, Sequence[str]], ground: Ground) -> bool:
    """Whether the land of two parties touches."""
    if JOINT in (one, other):
        return False
    theirs = set(line[other])
    return any(near in theirs for cell in line[one] for near in ground.neighbours.get(cell, {}))


def _lands(claim: Claim) -> list[tuple[Territory, Ground]]:
    lands = [issue for issue in claim.case.issues if isinstance(issue, Territory)]
    if not lands:
        wrong("the case divides no land")
    if any(land.ground is None for land in lands):
        raise NotRecheckable("The map was not read.")
    return [(land, land.ground) for land in lands if land.ground is not None]


def _line(claim: Claim, land: Territory) -> Mapping[str, Sequence[str]]:
    return land.lines[str(claim.deal[land.id])]
