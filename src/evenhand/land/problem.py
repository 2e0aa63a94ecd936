"""A territory as the numbers that searches take, and labels back as sides. No search here."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, lcm

import numpy as np
from numpy.typing import NDArray

from evenhand.case import JOINT, CaseError, Document, Problem
from evenhand.land.ground import Land
from evenhand.land.values import in_whole_numbers
from evenhand.solve.regions import FREE, Graph, components, cut_off
from evenhand.solve.regions.graph import LARGEST
from evenhand.solve.regions.lines import LineProblem


def graph_of(land: Land) -> Graph:
    """The cells and their borders, in decimetres."""
    number, rows = land.ground.number_of, land.ground.neighbours.items()
    edges = ((number[a], number[b], length) for a, row in rows for b, length in row.items() if number[a] < number[b])
    return Graph.of_edges(len(number), edges)


def sides_of(land: Land) -> tuple[str, ...]:
    """Who may get cells in a search: the principals, and `joint` last where a zone is asked for or a cell is fixed to
    it."""
    zone = land.territory.zone is not None or JOINT in land.territory.fixed.values()
    return (*land.parties, *((JOINT,) if zone else ()))


def fixed_cells(land: Land) -> NDArray[np.int32]:
    """The label that each cell must have; −1 where it is free."""
    labels = {side: label for label, side in enumerate(sides_of(land))}
    given = land.territory.fixed
    return np.array([labels[given[cell]] if cell in given else FREE for cell in land.ground.cells], dtype=np.int32)


def blocks_of(land: Land) -> tuple[tuple[int, ...], ...]:
    """The cells that stay together, by number."""
    return tuple(tuple(land.ground.number_of[cell] for cell in block) for block in land.territory.blocks)


def line_problem(land: Land, least: Fraction = Fraction(0)) -> LineProblem:
    """The search for a line: each party's cells are worth what that party says, in whole numbers.

    Each party gets at least the part `least` of what it is entitled to. A joint zone that is asked for counts for the
    parties as the case says, and is as large as it says; one that is only fixed counts for nobody in the search, so
    that it does not grow for its own sake.
    """
    columns = [in_whole_numbers([land.values[party][cell] for cell in land.ground.cells]) for party in land.parties]
    joint, parts = len(sides_of(land)) > len(land.parties), entitled(land)
    share = land.territory.joint_share(len(columns)) if land.territory.zone else Fraction(0)
    shared = [[share.numerator * value for value in column] for column in columns]
    columns = [[share.denominator * value for value in column] for column in columns]
    due = [part * sum(column) / sum(parts) for part, column in zip(parts, columns, strict=True)]
    sizes, low, high = _zone(land)
    return LineProblem.of(
        graph_of(land),
        np.array([*columns, *[sizes] * joint], dtype=np.int64).T,
        least=[*(ceil(least * own) for own in due), *[low] * joint],
        most=[*[LARGEST] * len(columns), *[high] * joint],
        entitlements=parts,
        joint=joint,
        fixed=fixed_cells(land),
        blocks=blocks_of(land),
        moving=_moving(land),
        shared=np.array([*shared, *[[0] * len(sizes)] * joint], dtype=np.int64).T,
        apart=land.territory.zone is not None and land.territory.zone.between,
    )


def _zone(land: Land) -> tuple[list[int], int, int]:
    """What each cell counts for in a joint zone, and the least and most of it, in whole numbers of one unit."""
    zone = land.territory.zone
    if zone is None:
        return [0] * len(land.ground.cells), 0, LARGEST
    sizes = zone.sizes(land.ground)
    unit = lcm(*(size.denominator for size in sizes))
    return [int(size * unit) for size in sizes], ceil(zone.at_least * unit), floor(zone.at_most * unit)


def exact_levels(land: Land) -> list[list[Fraction]]:
    """For each party what each cell adds to its level: 1 is just what it is entitled to."""
    parts, found = entitled(land), []
    for part, party in zip(parts, land.parties, strict=True):
        row = [land.values[party][cell] for cell in land.ground.cells]
        due = part * sum(row, Fraction(0)) / sum(parts)
        found.append([value / due for value in row])
    return found


def _moving(land: Land) -> NDArray[np.int64] | None:
    """How many people would have to move: those of other parties in a cell, by the columns that count them; nobody
    where it is joint."""
    homes = land.territory.homes
    if not homes:
        return None
    people = {party: [round(count) for count in land.ground.columns[column]] for party, column in homes.items()}
    total = np.sum(list(people.values()), axis=0)
    rows = [total - np.array(people.get(side, total if side == JOINT else 0 * total)) for side in sides_of(land)]
    return np.array(rows, dtype=np.int64).T


def as_sides(land: Land, labels: Sequence[int] | NDArray[np.integer]) -> dict[str, str]:
    """Who gets each cell."""
    names = sides_of(land)
    return {cell: names[int(label)] for cell, label in zip(land.ground.cells, labels, strict=True)}


def check_dividable(land: Land, document: Document) -> None:
    """Raise CaseError where no line can keep each side in one piece, or nobody's values are known.

    What is reported is certain; that nothing is reported does not promise a line.
    """
    number = [issue.id for issue in land.case.issues].index(land.territory.id)
    problems = [
        *_too_few(land, document, number),
        *_unvalued(land, document),
        *_pieces(land, document, number),
        *_fixed_apart(land, document, number),
        *_zone_of_no_size(land, document, number),
    ]
    if problems:
        raise CaseError(problems)


def _too_few(land: Land, document: Document, number: int) -> list[Problem]:
    sides, cells = len(sides_of(land)), len(land.ground.cells)
    if 2 <= sides <= cells:
        return []
    few = "there is nobody to divide the land with." if sides < 2 else f"{cells} cells are too few for {sides} sides."
    return [document.problem(("issues", number), few, "A line needs two principals, and a cell for each side.")]


def _unvalued(land: Land, document: Document) -> list[Problem]:
    missing = [party for party in land.parties if party not in land.values]
    mend = "Say under `land` what the cells are worth; values of whole lines tell nothing of new ones."
    what = "lines cannot be sought, since only whole lines are valued."
    return [document.problem(("preferences", party, "values", land.territory.id), what, mend) for party in missing]


def _pieces(land: Land, document: Document, number: int) -> list[Problem]:
    piece = components(graph_of(land))
    count = int(piece.max()) + 1
    if count < 2:
        return []
    firsts = [land.ground.cells[int(np.flatnonzero(piece == k)[0])] for k in range(count)]
    what = f"the land lies in {count} pieces that share no border: those of {', '.join(firsts[:6])}."
    mend = "Join them with `links`, such as [[c3, c9]] for a bridge or ferry."
    return [document.problem(("issues", number, "links"), what, mend)]


def _fixed_apart(land: Land, document: Document, number: int) -> list[Problem]:
    sides, problems = sides_of(land), []
    for label, groups in cut_off(graph_of(land), fixed_cells(land)).items():
        shown = " and ".join(", ".join(land.ground.cells[cell] for cell in group[:4]) for group in groups)
        what = f"{sides[label]} cannot have {shown} in one piece: cells fixed to others lie between."
        mend = "Free a cell between them, or add a link."
        problems.append(document.problem(("issues", number, "fixed"), what, mend))
    return problems


def _zone_of_no_size(land: Land, document: Document, number: int) -> list[Problem]:
    """A joint zone that is smaller than what is fixed to it, or larger than what may be its."""
    if land.territory.zone is None:
        return []
    sizes, low, high = _zone(land)
    fixed = fixed_cells(land)
    must = sum(size for size, label in zip(sizes, fixed, strict=True) if label == len(land.parties))
    may = must + sum(size for size, label in zip(sizes, fixed, strict=True) if label == FREE)
    path = ("issues", number, "joint")
    if must > high:
        what = "the cells fixed to be joint are more than the joint zone may have."
        return [document.problem((*path, "at_most"), what, "Raise at_most, or free some of them.")]
    if may < low:
        what = "the joint zone is to have more than the land that is not fixed to a party."
        return [document.problem((*path, "at_least"), what, "Lower at_least, or free some cells.")]
    return []


def entitled(land: Land) -> list[Fraction]:
    """Each principal's entitlement, in the order of the case."""
    return [party.entitlement for party in land.case.principals]
