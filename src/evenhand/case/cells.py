"""What must agree about the cells of a territory: its lines, what is settled of them, and what parties say of them.

Whether a cell is on the map, and whether sides can be connected, is seen when the map is read (`land`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from evenhand.case.model import Asset, Case, Preference
from evenhand.case.parts import JOINT, is_id
from evenhand.case.problems import Problem, nearest_name
from evenhand.case.reading import Document, TreePath
from evenhand.case.references import Finding, Known, nearest, unknown
from evenhand.case.territory import LandValue, Territory


def land_problems(case: Case, document: Document, failed: set[TreePath]) -> list[Problem]:
    """Every disagreement about land between the parts of `case` that were readable by themselves."""
    known = Known(case, document.tree, failed)
    findings: list[Finding] = []
    for path, issue in known.rows("issues", case.issues):
        if isinstance(issue, Territory):
            findings += [*_itself(path, issue), *_lines(path, issue, known), *_things(path, issue, known)]
    for party, preference in case.preferences.items():
        findings += _valued(("preferences", party), preference, known)
    return [document.problem(*finding) for finding in findings if finding[0] not in failed]


def _itself(path: TreePath, land: Territory) -> Iterator[Finding]:
    if not land.map.strip():
        yield (*path, "map"), "no map is named.", "Write a file such as valley.geojson."
    for number, pair in enumerate(land.links):
        if len(set(pair)) != 2 or len(pair) != 2:
            yield (*path, "links", number), "a link joins two different cells.", "Write [c3, c9]."
    for number, block in enumerate(land.blocks):
        if len(set(block)) < 2:
            yield (*path, "blocks", number), "a block holds two cells or more.", "Write [c4, c5], or remove it."
        sides = dict.fromkeys(land.fixed[cell] for cell in block if cell in land.fixed)
        if len(sides) > 1:
            what = f"this block would be parted: its cells are fixed to {' and to '.join(sides)}."
            yield (*path, "blocks", number), what, "Change `fixed`, or remove the block."
    share = land.joint_share(1)
    if not 0 <= share <= 1:
        yield (*path, "joint", "share"), f"a share lies between 0 and 1 ({share}).", "A half is 1/2."
    if (zone := land.zone) is not None and not 0 <= zone.at_least <= zone.at_most:
        what = f"no joint zone has at least {zone.at_least} and at most {zone.at_most}."
        yield (*path, "joint"), what, "Write at_least from 0 on, and at_most no smaller."


def _lines(path: TreePath, land: Territory, known: Known) -> Iterator[Finding]:
    for line, sides in land.lines.items():
        here = (*path, "lines", line)
        if not is_id(line):
            yield here, f'"{line}" cannot be an id.', "Use letters, digits, - and _ (at most 60)."
        if not any(sides.values()):
            yield here, "the line has no cells.", "Write the cells of each side, such as {ana: [c1, c2], ben: [c3]}."
            continue
        wrong = [finding for side in sides for finding in _side((*here, side), side, land, known)]
        wrong += _once(here, sides)
        yield from wrong or _keeps(here, line, land, known)
        yield from _cover(here, land, {cell for cells in sides.values() for cell in cells})


def _once(here: TreePath, sides: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    counts = Counter(cell for cells in sides.values() for cell in cells)
    for cell in (cell for cell, count in counts.items() if count > 1):
        where = [side for side, cells in sides.items() if cell in cells]
        twice = f"is on two sides, {' and '.join(where)}" if len(where) > 1 else "is written twice"
        yield here, f"cell {cell} {twice}.", "Each cell is on one side, once."


def _side(here: TreePath, side: str, land: Territory, known: Known) -> Iterator[Finding]:
    if side == JOINT:
        if not land.joint:
            yield here, f'"{land.id}" allows no joint zone.', "Write `joint: true`, or give the cells to a party."
    elif known.is_no_principal(side):
        yield here, f'there is no principal "{side}".', nearest(side, known.principals)


def _cover(here: TreePath, land: Territory, cells: set[str]) -> Iterator[Finding]:
    first = next(iter(land.lines))
    if missing := [cell for cell in land.cells if cell not in cells]:
        yield here, f"the line leaves out {_listed(missing)}, which “{first}” has.", "Give every cell to a side."
    if strange := sorted(cells - set(land.cells)):
        yield here, f"the line has {_listed(strange)}, which “{first}” leaves out.", "Every line has all the cells."


def _listed(cells: list[str]) -> str:
    shown = ", ".join(cells[:5]) + (f" and {len(cells) - 5} more" if len(cells) > 5 else "")
    return f"{'cell' if len(cells) == 1 else 'cells'} {shown}"


def _keeps(here: TreePath, line: str, land: Territory, known: Known) -> Iterator[Finding]:
    sides = land.sides(line)
    settled = {cell: side for cell, side in land.fixed.items() if side == JOINT or not known.is_no_principal(side)}
    for cell, side in settled.items():
        if sides.get(cell, side) != side:
            what = f"the line gives {cell} to {sides[cell]}, but it is fixed to {side}."
            yield here, what, "Move the cell, or change `fixed`."
    for block in land.blocks:
        found = dict.fromkeys(sides[cell] for cell in block if cell in sides)
        if len(found) > 1 and len({settled[cell] for cell in block if cell in settled}) < 2:
            what = f"the line parts the block {', '.join(block)} between {' and '.join(found)}."
            yield here, what, "Move its cells to one side, or remove the block."


def _things(path: TreePath, land: Territory, known: Known) -> Iterator[Finding]:
    for cell, side in land.fixed.items():
        yield from _side((*path, "fixed", cell), side, land, known)
        yield from _strange((*path, "fixed", cell), cell, land)
    for name, groups in (("links", land.links), ("blocks", land.blocks)):
        for number, group in enumerate(groups):
            for cell in group:
                yield from _strange((*path, name, number), cell, land)
    for party in land.homes:
        if known.is_no_principal(party):
            yield (*path, "homes", party), f'there is no principal "{party}".', nearest(party, known.principals)
    for asset, cell in land.assets.items():
        here = (*path, "assets", asset)
        yield from unknown(here, (asset,), "issues", known)
        if not isinstance(known.issues.get(asset, None), Asset | None):
            yield here, f'"{asset}" is not an asset.', "Only whole things stand on a cell."
        yield from _strange(here, cell, land)


def _strange(here: TreePath, cell: str, land: Territory) -> Iterator[Finding]:
    if land.cells and cell not in land.cells:
        yield here, f'the lines have no cell "{cell}".', nearest_name(cell, _few(land.cells))


def _few(cells: tuple[str, ...]) -> list[str]:
    return list(cells) if len(cells) <= 20 else [*cells[:19], "…"]


def _valued(path: TreePath, preference: Preference, known: Known) -> Iterator[Finding]:
    for issue_id, value in preference.land.items():
        here = (*path, "land", issue_id)
        yield from unknown(here, (issue_id,), "issues", known)
        issue = known.issues.get(issue_id)
        if issue is None:
            continue
        if not isinstance(issue, Territory):
            yield here, f'"{issue_id}" is not a territory; it has no cells to value.', "Remove this line."
        elif issue_id in preference.values:
            yield (*path, "values", issue_id), "what a line is worth follows from `land`.", "Remove one of the two."
        else:
            yield from _land_value(here, value, issue)
    for issue in known.issues.values():
        if isinstance(issue, Territory) and issue.id not in (*preference.land, *preference.values):
            mend = f"Add `land: {{{issue.id}: {{cells: {{…}}}}}}`, or `{{columns: {{area_km2: 1}}}}`."
            yield path, f'what the cells of "{issue.id}" are worth is missing.', mend


def _land_value(here: TreePath, value: LandValue, land: Territory) -> Iterator[Finding]:
    if value.cells is not None and value.columns is not None:
        yield here, "cells and columns are both given.", "Keep one; with columns, `marks` make single cells weigh more."
        return
    if value.cells is None and value.columns is None:
        yield here, "neither cells nor columns are given.", "Add `cells: {c1: …}` or `columns: {area_km2: 1}`."
        return
    if value.marks and value.columns is None:
        yield (*here, "marks"), "marks go with columns.", "Put what they add into `cells`."
    field, given = ("cells", value.cells) if value.cells is not None else ("columns", value.columns or {})
    yield from _amounts((*here, field), given)
    yield from _amounts((*here, "marks"), value.marks)
    if not any(given.values()) and not any(value.marks.values()):
        yield (*here, field), "all the land together is worth nothing.", "Give 0 points to the issue instead."
    if value.cells is not None and land.cells:
        yield from _every_cell((*here, "cells"), value.cells, land)
    for cell in value.marks:
        yield from _strange((*here, "marks", cell), cell, land)


def _amounts(here: TreePath, given: Mapping[str, Fraction]) -> Iterator[Finding]:
    for name, amount in given.items():
        if amount < 0:
            yield (*here, name), f"land may not be worth less than nothing ({amount}).", "Write 0 or more."


def _every_cell(here: TreePath, given: Mapping[str, object], land: Territory) -> Iterator[Finding]:
    for cell in given:
        yield from _strange((*here, cell), cell, land)
    if missing := [cell for cell in land.cells if cell not in given]:
        verb = "is" if len(missing) == 1 else "are"
        yield here, f"the worth of {_listed(missing)} {verb} missing.", "Write 0 for what is worth nothing."
