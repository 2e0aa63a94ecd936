"""A line that somebody proposes, read from a file: sides with their cells, or a map that has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from evenhand.case import JOINT, CaseError, Document, TreePath, nearest_name
from evenhand.land.ground import Land
from evenhand.land.lines import Sides

Finding = tuple[TreePath, str, str]
_MEND = "Write {ana: [c1, c2], ben: [c3]}, or name a map written by `evenhand land divide -o`."


def proposed_line(land: Land, document: Document) -> Sides:
    """Who gets each cell by the line in a file. Raises CaseError listing every mistake found."""
    sides = _sides(document)
    findings = [*_wrong_sides(land, sides), *_wrong_cells(land, sides), *_against_the_case(land, sides)]
    if findings:
        raise CaseError([document.problem(*finding) for finding in findings])
    return {cell: side for side, (_, cells) in sides.items() for cell in cells}


def _sides(document: Document) -> dict[str, tuple[TreePath, list[str]]]:
    """The cells of each side, with where they stand in the file."""
    tree: Any = document.tree
    path: TreePath = ()
    if isinstance(tree, Mapping) and isinstance(tree.get("line"), Mapping):
        tree, path = tree["line"], ("line",)
    if isinstance(tree, Mapping) and tree.get("type") == "FeatureCollection":
        return _of_map(document)
    if isinstance(tree, Mapping) and tree and all(_are_cells(cells) for cells in tree.values()):
        return {str(side): ((*path, side), list(map(str, cells))) for side, cells in tree.items()}
    raise CaseError([document.problem(path, "this is not a line.", _MEND)])


def _of_map(document: Document) -> dict[str, tuple[TreePath, list[str]]]:
    features = document.tree.get("features")
    found: dict[str, tuple[TreePath, list[str]]] = {}
    for number, feature in enumerate(features if isinstance(features, list) else []):
        row = feature.get("properties") if isinstance(feature, Mapping) else None
        path: TreePath = ("features", number, "properties")
        if not isinstance(row, Mapping) or "side" not in row or not _are_cells(row.get("cells")):
            raise CaseError([document.problem(path, "there are no `side` and `cells` here.", _MEND)])
        if row["side"] in found:
            raise CaseError([document.problem(path, "there is more than one line in this map.", "Keep one of them.")])
        found[str(row["side"])] = (path, list(map(str, row["cells"])))
    if not found:
        raise CaseError([document.problem(("features",), "there is no line in this map.", _MEND)])
    return found


def _are_cells(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(cell, str | int) for cell in value)


def _wrong_sides(land: Land, sides: Mapping[str, tuple[TreePath, list[str]]]) -> Iterator[Finding]:
    known = [*land.parties, *((JOINT,) if land.territory.joint else ())]
    for side, (path, _) in sides.items():
        if side == JOINT and not land.territory.joint:
            yield path, f'"{land.territory.id}" allows no joint zone.', "Give the cells to a party."
        elif side not in known:
            yield path, f'there is no principal "{side}".', nearest_name(side, known)


def _wrong_cells(land: Land, sides: Mapping[str, tuple[TreePath, list[str]]]) -> Iterator[Finding]:
    counts = Counter(cell for _, cells in sides.values() for cell in cells)
    for path, cells in sides.values():
        for cell in dict.fromkeys(cells):
            if cell not in land.ground.number_of:
                yield path, f'the map has no cell "{cell}".', nearest_name(cell, land.ground.cells[:20])
            elif counts[cell] > 1:
                yield path, f"cell {cell} is written more than once.", "Each cell is on one side, once."
    if missing := [cell for cell in land.ground.cells if cell not in counts]:
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        yield (), f"the line leaves out {', '.join(missing[:5])}{more}.", "Give every cell to a side."


def _against_the_case(land: Land, sides: Mapping[str, tuple[TreePath, list[str]]]) -> Iterator[Finding]:
    given = {cell: side for side, (_, cells) in sides.items() for cell in cells}
    for cell, side in land.territory.fixed.items():
        if given.get(cell, side) != side:
            what = f"the line gives {cell} to {given[cell]}, but the case fixes it to {side}."
            yield sides[given[cell]][0], what, "Move the cell, or change `fixed` in the case."
    for block in land.territory.blocks:
        found = dict.fromkeys(given[cell] for cell in block if cell in given)
        if len(found) > 1:
            what = f"the line parts the block {', '.join(block)} between {' and '.join(found)}."
            yield (), what, "Move its cells to one side, or remove the block from the case."
