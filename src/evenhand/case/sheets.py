"""From a CSV or XLSX file to rows of cells, with nothing computed and nothing guessed.

A cell is text ("" where it is empty), a number as the spreadsheet stored it, or `Unusable` with what is
wrong with it: a formula, an error such as #REF!, a truth value, a date.
"""

from __future__ import annotations

import csv
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from xml.etree.ElementTree import ParseError

from evenhand.case.problems import CaseError, Problem
from evenhand.case.reading import ARCHIVE, file_bytes, utf8_text

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_UNPACKED = 100_000_000
MOST_CELLS = 1_000_000
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
# What openpyxl and the parts below it raise on a damaged file.
_DAMAGED = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class Unusable:
    """A cell that holds neither a name nor a number: what it is, and what would mend it."""

    what: str
    mend: str


Cell = str | int | float | Unusable
Rows = list[tuple[Cell, ...]]


def read_rows(file: Path | str) -> Rows:
    """The rows of a CSV file or of the one filled sheet of an XLSX file, from the first row on.

    CSV rows are as long as the file has them; XLSX rows are all of one length. Raises CaseError.
    """
    path = Path(file)
    data = file_bytes(path)
    if data.startswith(_OLD_OR_LOCKED):
        mend = "Save it as .xlsx without a password."
        stop(str(file), "this spreadsheet is protected by a password, or of the old .xls kind.", mend)
    if data.startswith(ARCHIVE) or path.suffix.lower() in (".xlsx", ".xlsm"):
        return _sheet_rows(str(file), data)
    return _csv_rows(str(file), utf8_text(str(file), data))


def stop(file: str, what: str, mend: str, line: int = 0) -> NoReturn:
    """Raise CaseError with one problem of the whole table, or of one line."""
    raise CaseError([Problem(file, line, 1 if line else 0, "", what, mend)])


def cell_name(row: int, column: int) -> str:
    """Row 3, column 2 as "B3"; both count from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def _csv_rows(file: str, text: str) -> Rows:
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: Rows = []
    try:
        for row in reader:
            rows.append(tuple(_of_text(cell) for cell in row))
    except csv.Error as error:
        mend = "Check that every quotation mark that opens is closed."
        stop(file, f"the table cannot be read from here on ({error}).", mend, len(rows) + 1)
    return rows


def _delimiter(text: str) -> str:
    """The sign that divides the heading most often; a comma, which names may hold, gives way to the others."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(heading.split('"')[::2])
    return max("\t;,", key=bare.count)


def _of_text(text: str) -> Cell:
    text = " ".join(text.split())
    if text.startswith("="):
        return Unusable("the cell holds a formula.", "Write the value itself.")
    if text in _ERRORS:
        return Unusable(f"the cell holds the error {text}.", "Write the value itself.")
    return text


def _sheet_rows(file: str, data: bytes) -> Rows:
    sheets = [sheet for sheet in _workbook(file, data).worksheets if _filled(file, sheet)]
    if len(sheets) > 1:
        names = ", ".join(f'"{sheet.title}"' for sheet in sheets)
        stop(file, f"several sheets are filled in: {names}.", "Keep the one with the points, in a file of its own.")
    if not sheets:
        return []
    _refuse_merged(file, sheets[0])
    return [tuple(_of_cell(cell) for cell in row) for row in sheets[0].iter_rows()]


def _workbook(file: str, data: bytes) -> Workbook:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415  # an extra that a CSV user need not have
    except ImportError:
        mend = "Run pip install 'evenhand[spreadsheet]', or save the table as CSV."
        stop(file, "reading .xlsx needs a part that is not installed.", mend)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                stop(file, "the spreadsheet is too large when unpacked.", "Keep the points table, remove the rest.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it drops
            return load_workbook(BytesIO(data), data_only=False)
    except CaseError:
        raise
    except _DAMAGED:
        stop(file, "this is not a readable .xlsx file.", "Open it in your spreadsheet and save it as .xlsx or CSV.")


def _filled(file: str, sheet: Worksheet) -> bool:
    if sheet.max_row * sheet.max_column > MOST_CELLS:
        mend = "Delete the empty rows and columns around the table, or copy the table into a new file."
        stop(file, f'the sheet "{sheet.title}" spreads over too many cells.', mend)
    return any(value is not None for row in sheet.iter_rows(values_only=True) for value in row)


def _refuse_merged(file: str, sheet: Worksheet) -> None:
    merged: Sequence[Any] = sorted(sheet.merged_cells.ranges, key=lambda found: (found.min_row, found.min_col))
    if merged:
        raise CaseError(list(_merged_problems(file, merged)))


def _merged_problems(file: str, merged: Sequence[Any]) -> Iterator[Problem]:
    for found in merged:
        place = cell_name(found.min_row, found.min_col)
        mend = "Unmerge them, and fill in each cell."
        yield Problem(file, found.min_row, found.min_col, place, f"the cells {found.coord} are merged.", mend)


def _of_cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Unusable("the cell holds a formula.", "Write the value itself.")
    if cell.data_type == "e":
        return Unusable(f"the cell holds the error {value}.", "Write the value itself.")
    if isinstance(value, bool):
        return Unusable("the cell holds true or false.", "Write a number or a name.")
    if isinstance(value, date | time | timedelta):
        mend = "Format the cell as text or as a number, and write it again."
        return Unusable("the spreadsheet has made a date of this cell.", mend)
    return value if isinstance(value, int | float) else " ".join(str(value).split())
