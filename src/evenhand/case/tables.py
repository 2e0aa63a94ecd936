"""Points tables: what each party gives each issue, filled in on a spreadsheet.

The first row is the heading: any label, perhaps `kind`, then one column per party. Each further row is an
issue: its name, perhaps its kind (asset, where nothing is said, or divisible), then its points. An issue
with points below 0 is a burden.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from evenhand.case.building import read_case
from evenhand.case.model import Case, Chosen, Issue, Party
from evenhand.case.numbers import exact
from evenhand.case.parts import JOINT
from evenhand.case.problems import CaseError, Mistake, Problem
from evenhand.case.reading import Place, parse_document
from evenhand.case.saving import case_text
from evenhand.case.sheets import Cell, Rows, Unusable, cell_name, read_rows, stop

MOST_ROWS = 10_000
KINDS = ("asset", "divisible")
_LONGEST_ID = 60


@dataclass(frozen=True)
class PointsTable:
    """A table that was read: names as they were written, in the table's order, and exact points.

    `kinds` and `burden` go with `issues`; `points` is by party, then by issue. `file` and the places (row
    and column of each name) serve the errors of what is done with the table.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    kinds: tuple[str, ...]
    burden: tuple[bool, ...]
    points: Mapping[str, Mapping[str, Fraction]]
    file: str = "table"
    party_places: tuple[Place, ...] = ()
    issue_places: tuple[Place, ...] = ()


def read_points_table(file: Path | str) -> PointsTable:
    """Read a points table from a CSV or XLSX file. Raises CaseError listing every mistake by its cell."""
    reader = _TableReader(str(file), read_rows(file))
    table = reader.table()
    if reader.problems:
        raise CaseError(reader.problems)
    return table


def case_from_table(table: PointsTable, title: str) -> Case:
    """A new case with the table's parties, issues and points; ids are made from the names."""
    issues = zip(table.issues, table.kinds, table.burden, strict=True)
    tree = {
        "evenhand": 1,
        "title": title,
        "parties": [_named(party) for party in table.parties],
        "issues": [_named(name) | {"kind": kind} | ({"burden": True} if bad else {}) for name, kind, bad in issues],
        "preferences": {
            id_of(party): {"points": {id_of(issue): str(number) for issue, number in table.points[party].items()}}
            for party in table.parties
        },
    }
    return _checked(json.dumps(tree), table.file)


def with_points(case: Case, table: PointsTable) -> Case:
    """The case with the table's points in place of its own, where parties and issues match by id or name.

    Points of parties and issues that the table does not name stay; the table's kinds are not looked at.
    Raises CaseError naming each party and issue the case does not have.
    """
    problems: list[Problem] = []
    parties = _matches(case.principals, table.parties, "principal", _noted(table, table.party_places, problems))
    issues = _matches(case.issues, table.issues, "issue", _noted(table, table.issue_places, problems))
    problems += _sign_problems(table, issues)
    if problems:
        raise CaseError(problems)
    preferences = dict(case.preferences)
    for name, party in parties.items():
        points = {issues[issue].id: number for issue, number in table.points[name].items()}
        own = preferences[party.id]
        preferences[party.id] = own.model_copy(update={"points": {**own.points, **points}})
    return _checked(case_text(case.model_copy(update={"preferences": preferences}), as_json=True), table.file)


def id_of(name: str) -> str:
    """The id made from a name: lower case, with - for spaces and punctuation; "" when nothing remains."""
    plain = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", name).lower()).strip("-")
    return plain[:_LONGEST_ID].strip("-")


def _named(name: str) -> dict[str, Any]:
    return {"id": id_of(name)} | ({} if name == id_of(name) else {"name": name})


def _checked(text: str, file: str) -> Case:
    """The case in JSON text made here. Its lines mean nothing to people, so problems name the whole table."""
    try:
        return read_case(parse_document(text, file, is_json=True))
    except CaseError as error:
        raise CaseError([replace(problem, line=0, column=0) for problem in error.problems]) from None


class _TableReader:
    """Turns rows into a table, collecting the problems met. Rows and columns are counted from 0 here."""

    def __init__(self, file: str, rows: Rows) -> None:
        self.file = file
        self.rows = [(number, row) for number, row in enumerate(rows) if any(cell != "" for cell in row)]
        self.cells: dict[int, Sequence[Cell]] = {}
        self.problems: list[Problem] = []

    def table(self) -> PointsTable:
        if not self.rows:
            stop(self.file, "the table is empty.", "Write a heading with the parties, then a row for each issue.")
        if len(self.rows) - 1 > MOST_ROWS:
            stop(self.file, f"the table has more than {MOST_ROWS} rows.", "Keep the issues that are contested.")
        heading = self.rows[0]
        kind_column, parties = self._columns(*heading)
        width = len(_trimmed(heading[1]))
        issues = dict(self._issues(width))
        kinds = {row: self._kind(row, kind_column) for row in issues}
        points = {row: self._points(row, parties) for row in issues}
        self._mixed(issues, points)
        return PointsTable(
            parties=tuple(parties.values()),
            issues=tuple(issues.values()),
            kinds=tuple(kinds.values()),
            burden=tuple(any(number < 0 for number in found.values()) for found in points.values()),
            points={
                party: {issues[row]: found[party] for row, found in points.items() if party in found}
                for party in parties.values()
            },
            file=self.file,
            party_places=tuple(Place(heading[0] + 1, column + 1) for column in parties),
            issue_places=tuple(Place(row + 1, 1) for row in issues),
        )

    def _columns(self, row: int, heading: Sequence[Cell]) -> tuple[int | None, dict[int, str]]:
        """The column of the kinds, and the parties by column."""
        names = _trimmed(heading)
        found = [column for column, name in enumerate(names) if column and _is_kind(name)]
        kind_column = found[0] if found else None
        columns = [(row, column, names[column]) for column in range(1, len(names)) if column != kind_column]
        if not columns:
            self._note(row, 0, "the table has no column for a party.", "Write each party's name in the first row.")
        parties = {column: name for _, column, name in self._names(columns, "party")}
        for column, name in parties.items():
            if id_of(name) == JOINT:
                self._note(row, column, f'"{JOINT}" is a reserved word.', "Give the party another name.")
        return kind_column, parties

    def _issues(self, width: int) -> Iterator[tuple[int, str]]:
        """The issues by row; rows that are too short or too long are noted and left out."""
        body = [(row, cells) for row, cells in self.rows[1:] if self._fits(row, cells, width)]
        if not self.rows[1:]:
            self._note(self.rows[0][0], 0, "the table has no issues.", "Write a row for each issue.")
        self.cells.update(body)
        for row, _, name in self._names([(row, 0, cells[0]) for row, cells in body], "issue"):
            yield row, name

    def _fits(self, row: int, cells: Sequence[Cell], width: int) -> bool:
        filled = len(_trimmed(cells))
        if filled > width:
            mend = "Give each column a heading; write 12.5, not 12,5."
            self._note(row, width, f"the row has {filled} cells, the heading has {width}.", mend)
        elif len(cells) < width:
            mend = "Fill in each cell; write 0 where something is worth nothing."
            self._note(row, len(cells), f"the row has {len(cells)} cells, the heading has {width}.", mend)
        return filled <= width <= len(cells)

    def _names(self, cells: Iterable[tuple[int, int, Cell]], noun: str) -> Iterator[tuple[int, int, str]]:
        """The cells that hold a usable name no earlier one has."""
        seen: dict[str, str] = {}
        for row, column, cell in cells:
            name = self._name(row, column, cell, noun)
            if not name:
                continue
            before = seen.setdefault(id_of(name), cell_name(row + 1, column + 1))
            if before == cell_name(row + 1, column + 1):
                yield row, column, name
            else:
                self._note(row, column, f'the {noun} "{name}" stands in {before} already.', "Keep one of the two.")

    def _name(self, row: int, column: int, cell: Cell, noun: str) -> str:
        if isinstance(cell, Unusable):
            self._note(row, column, cell.what, cell.mend)
            return ""
        name = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        if not name:
            self._note(row, column, f"the {noun} has no name.", "Write one, or remove all of its cells.")
        elif not id_of(name) or any(unicodedata.category(sign) == "Cc" for sign in name):
            self._note(row, column, f"this cannot name a {noun}.", "Use letters and digits.")
        else:
            return name
        return ""

    def _kind(self, row: int, column: int | None) -> str:
        cell = self.cells[row][column] if column is not None else ""
        if isinstance(cell, Unusable):
            self._note(row, column or 0, cell.what, cell.mend)
        elif cell != "" and str(cell).lower() not in KINDS:
            mend = "Write asset or divisible; add a choice to the case file afterwards."
            self._note(row, column or 0, f'"{cell}" is not a kind that a table can hold.', mend)
        else:
            return str(cell).lower() or KINDS[0]
        return KINDS[0]

    def _points(self, row: int, parties: Mapping[int, str]) -> dict[str, Fraction]:
        found = {party: self._number(row, column, self.cells[row][column]) for column, party in parties.items()}
        return {party: number for party, number in found.items() if number is not None}

    def _number(self, row: int, column: int, cell: Cell) -> Fraction | None:
        if isinstance(cell, Unusable):
            self._note(row, column, cell.what, cell.mend)
        elif cell == "":
            self._note(row, column, "the cell is empty.", "Write 0 if it is worth nothing.")
        else:
            try:
                return exact(cell)
            except Mistake as error:
                self._note(row, column, f"{error}.", error.mend)
        return None

    def _mixed(self, issues: Mapping[int, str], points: Mapping[int, Mapping[str, Fraction]]) -> None:
        for row, found in points.items():
            if any(number < 0 for number in found.values()) and any(number > 0 for number in found.values()):
                what = f'"{issues[row]}" has points above 0 and below 0.'
                self._note(row, 0, what, "Points below 0 mark a burden, which nobody may want.")

    def _note(self, row: int, column: int, what: str, mend: str) -> None:
        place = cell_name(row + 1, column + 1)
        self.problems.append(Problem(self.file, row + 1, column + 1, place, what, mend))


def _trimmed(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells without the empty ones at the end."""
    filled = max((number for number, cell in enumerate(cells, 1) if cell != ""), default=0)
    return cells[:filled]


def _is_kind(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.lower() == "kind"


_Part = TypeVar("_Part", Party, Issue)
Note = Callable[[int, str, str], None]


def _noted(table: PointsTable, places: Sequence[Place], problems: list[Problem]) -> Note:
    def note(number: int, what: str, mend: str) -> None:
        problems.append(_problem(table, places[number] if places else None, what, mend))

    return note


def _problem(table: PointsTable, place: Place | None, what: str, mend: str) -> Problem:
    if place is None:
        return Problem(table.file, 0, 0, "", what, mend)
    return Problem(table.file, place.line, place.column, cell_name(place.line, place.column), what, mend)


def _matches(parts: Sequence[_Part], names: Sequence[str], noun: str, note: Note) -> dict[str, _Part]:
    """The part of the case that each name means, by id or else by name, whatever the case of letters."""
    found: dict[str, _Part] = {}
    taken: dict[str, str] = {}
    for number, name in enumerate(names):
        meant = [part for part in parts if part.id.casefold() in (name.casefold(), id_of(name))]
        meant = meant or [part for part in parts if part.name.casefold() == name.casefold()]
        if not meant:
            note(number, f'the case has no {noun} "{name}".', f"Known: {', '.join(part.id for part in parts)}.")
        elif len(meant) > 1:
            ids = " or ".join(part.id for part in meant)
            note(number, f'"{name}" could be more than one {noun} of the case.', f"Write {ids}.")
        elif meant[0].id in taken:
            what = f'"{name}" and "{taken[meant[0].id]}" are the same {noun} of the case.'
            note(number, what, "Keep one of the two.")
        else:
            found[name] = meant[0]
            taken[meant[0].id] = name
    return found


def _sign_problems(table: PointsTable, issues: Mapping[str, Issue]) -> Iterator[Problem]:
    """Points that the case's issue cannot take: above 0 for a burden, below 0 for anything else."""
    for number, name in enumerate(table.issues):
        issue = issues.get(name)
        place = table.issue_places[number] if table.issue_places else None
        given = [table.points[party][name] for party in table.parties]
        if issue is None:
            continue
        burden = not isinstance(issue, Chosen) and issue.burden
        if burden and any(points > 0 for points in given):
            what = f'"{name}" is a burden in the case, so its points may not be above 0.'
            yield _problem(table, place, what, "Write them with a minus sign.")
        elif not burden and any(points < 0 for points in given):
            what = f'"{name}" is no burden in the case, so its points may not be below 0.'
            yield _problem(table, place, what, "Write 0 or more, or mark the issue `burden: true` in the case.")
