"""A case together with its maps, and lines found for it, each with its certificates.

Not imported by the front desk itself, since maps need libraries that take a while to load.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from evenhand.case import Case, Document, Territory, read_case, read_document, with_line_values
from evenhand.certify import Certificate, certify
from evenhand.deals import Deal
from evenhand.land.ceiling import Ceiling
from evenhand.land.dividing import Asked, Division, divide
from evenhand.land.ensemble import Ensemble, random_lines
from evenhand.land.ground import AREA, Land, read_land
from evenhand.land.lines import Measured, Sides, entitled_parts, measured, on_the_table
from evenhand.land.problem import check_dividable

OF_LAND = ("sides-connected", "land-covered-once")
OF_ZONE = "joint-zone-as-asked"
BALANCED_BY = "people"
"""The column by which random lines are even, where the map has it; else the area."""


@dataclass(frozen=True)
class Drawn:
    """Lines of a territory: those on the table, then those found, each certified and placed.

    `certificates` by line. `division` is None where nothing was sought; `ensemble` where no random lines were drawn.
    """

    land: Land
    lines: tuple[Measured, ...]
    on_table: frozenset[str]
    certificates: Mapping[str, tuple[Certificate, ...]]
    division: Division | None
    ensemble: Ensemble | None
    seconds: float

    @property
    def ceiling(self) -> Ceiling | None:
        """The level that no line can give to the worst-off."""
        return self.division.ceiling if self.division else None

    def level(self, line: Measured) -> Fraction | None:
        """The smallest part of any party by its entitled part, where everybody's values are known."""
        known = set(line.part) == set(self.land.parties)
        return line.least(entitled_parts(self.land)) if known else None


def load_with_maps(file: Path | str) -> Case:
    """As `load_case`, with the maps of its territories. Raises CaseError listing every mistake found."""
    document = read_document(file)
    return with_maps(read_case(document), document)[0]


def with_maps(case: Case, document: Document) -> tuple[Case, dict[str, Land]]:
    """The case with what its maps say, and each territory with its map. Raises CaseError."""
    return read_land(case, document)


def drawn(
    land: Land,
    document: Document,
    asked: Asked,
    steps: int,
    *,
    seek: bool = True,
    proposed: Mapping[str, Sides] | None = None,
) -> Drawn:
    """The lines on the table, lines `proposed` besides, and, with `seek`, those worth discussing.

    They are placed among so many random ones. Raises CaseError where no line can be, NotDefined where none was found.
    """
    started = time.process_time()
    if seek:
        check_dividable(land, document)
    division = divide(land, asked) if seek else None
    table = on_the_table(land)
    brought = tuple(measured(land, name, sides) for name, sides in (proposed or {}).items())
    lines = (*table, *brought, *_new((*table, *brought), division.lines if division else ()))
    ensemble = None
    if steps and len(land.values) == len(land.parties):
        asked.progress(f"{steps} random lines")
        column = BALANCED_BY if BALANCED_BY in land.ground.columns else AREA
        ensemble = random_lines(land, steps, asked.seed, column, limits=asked.limits)
    certificates = {line.id: _certified(land, line) for line in lines}
    on_table = frozenset(line.id for line in table)
    return Drawn(land, lines, on_table, certificates, division, ensemble, time.process_time() - started)


def with_lines(lands: Mapping[str, Land], territory: str, lines: Sequence[Measured], *, sought: bool = False) -> Case:
    """The case with these lines of one territory, and nothing else changed.

    They are on the table unless they were only `sought`.
    """
    land = lands[territory]
    table = {line.id: {side: cells for side, cells in line.cells.items() if cells} for line in lines}
    changed = land.territory.with_lines(table, sought=sought)
    issues = tuple(changed if issue.id == territory else issue for issue in land.case.issues)
    values = {(party, each.territory.id): found for each in lands.values() for party, found in each.values.items()}
    return with_line_values(land.case.model_copy(update={"issues": issues}), values)


def with_lines_found(
    lands: Mapping[str, Land], document: Document, progress: Callable[[str], None]
) -> tuple[Case, dict[str, Land]]:
    """The case with the lines worth discussing wherever none is on the table, and its lands with it.

    There are at most as many as the territory says (`seek`). Raises CaseError where no line can be, NotDefined where
    none was found.
    """
    known = dict(lands)
    case = next(iter(lands.values())).case
    for name, land in lands.items():
        if not land.territory.lines:
            asked = Asked(land.territory.seek, progress=progress)
            case = with_lines(known, name, drawn(known[name], document, asked, 0).lines, sought=True)
            known = {key: replace(each, case=case, territory=_territory(case, key)) for key, each in known.items()}
    return case, known


def _territory(case: Case, name: str) -> Territory:
    issue = case.issue(name)
    assert isinstance(issue, Territory)
    return issue


def _new(table: Sequence[Measured], found: Sequence[Measured]) -> list[Measured]:
    """The lines found that are not on the table, under ids that are free there."""
    known = [line.sides for line in table]
    taken = {line.id for line in table}
    free = (name for k in range(1, 10**6) if (name := f"line-{k}") not in taken)
    return [
        Measured(next(free), line.cells, line.border, line.amounts, line.part)
        for line in found
        if line.sides not in known
    ]


def _certified(land: Land, line: Measured) -> tuple[Certificate, ...]:
    """What can be checked of a line by itself: a case of nothing but this land and this line."""
    territory = land.territory.model_copy(update={"lines": {line.id: dict(line.cells)}})
    alone = land.case.model_copy(update={"issues": (territory,), "rules": ()})
    asked = OF_LAND if land.territory.zone is None else (*OF_LAND, OF_ZONE)
    return certify(alone, Deal.of(alone, {territory.id: line.id}), only=asked)
