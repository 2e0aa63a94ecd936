"""Spreadsheets with mistakes: one clear problem for each, at its cell."""

import builtins
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from evenhand.case import CaseError, Problem, read_points_table

HEADING = ["issue", "Ana", "Ben"]


def problems_of(file: Path) -> tuple[Problem, ...]:
    with pytest.raises(CaseError) as raised:
        read_points_table(file)
    for problem in raised.value.problems:
        assert problem.mend
        assert problem.file == str(file)
    return raised.value.problems


def one_problem(file: Path) -> Problem:
    found = problems_of(file)
    assert len(found) == 1, [problem.text() for problem in found]
    return found[0]


def written(folder: Path, content: str | bytes, name: str = "points.csv") -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


BAD_CSV = {
    "empty cell": ("issue,Ana,Ben\nhouse,,5\n", 2, "B2", "is empty", "Write 0"),
    "text for a number": ("issue,Ana,Ben\nhouse,5,much\n", 2, "C2", '"much" is not a number', "a decimal"),
    "decimal comma": ("issue;Ana;Ben\nhouse;12,5;5\n", 2, "B2", '"12,5" is not a number', "Write 12.5."),
    "comma of thousands": ("issue;Ana;Ben\nhouse;1,500;5\n", 2, "B2", "not a number", "Write 1500 or 1.500"),
    "decimal comma between commas": ("issue,Ana,Ben\nhouse,12,5,5\n", 2, "D2", "4 cells", "write 12.5, not 12,5"),
    "short row": ("issue,Ana,Ben\nhouse,5\n", 2, "C2", "the row has 2 cells, the heading has 3", "Fill in"),
    "duplicate party": ("issue,Ana,ana\nhouse,5,5\n", 1, "C1", "stands in B1 already", "Keep one"),
    "duplicate issue": ("issue,Ana\nhouse,5\nHouse!,5\n", 3, "A3", "stands in A2 already", "Keep one"),
    "party without a name": ("issue,,Ben\nhouse,5,5\n", 1, "B1", "the party has no name", "Write one"),
    "issue without a name": ("issue,Ana,Ben\n,5,5\n", 2, "A2", "the issue has no name", "Write one"),
    "name of signs only": ("issue,Ana,??\nhouse,5,5\n", 1, "C1", "cannot name a party", "letters"),
    "name with a control sign": ("issue,Ana,B\x07en\nhouse,5,5\n", 1, "C1", "cannot name a party", "letters"),
    "reserved name": ("issue,Ana,Joint\nhouse,5,5\n", 1, "C1", "reserved word", "another name"),
    "mixed signs": ("issue,Ana,Ben\nhouse,5,-5\n", 2, "A2", "above 0 and below 0", "burden"),
    "formula": ("issue,Ana,Ben\nhouse,=B1+1,5\n", 2, "B2", "a formula", "Write the value"),
    "error value": ("issue,Ana,Ben\nhouse,#REF!,5\n", 2, "B2", "the error #REF!", "Write the value"),
    "unknown kind": ("issue,kind,Ana\nhouse,choice,5\n", 2, "B2", '"choice" is not a kind', "asset or divisible"),
    "not a number": ("issue,Ana,Ben\nhouse,NaN,5\n", 2, "B2", '"NaN" is not a number', "integer"),
    "huge": ("issue,Ana,Ben\nhouse,1e400,5\n", 2, "B2", "too large", "larger unit"),
    "division by zero": ("issue,Ana,Ben\nhouse,1/0,5\n", 2, "B2", "divides by zero", "other than 0"),
    "no party": ("issue\nhouse\n", 1, "A1", "no column for a party", "each party's name"),
    "only a kind column": ("issue,kind\nhouse,asset\n", 1, "A1", "no column for a party", "each party's name"),
    "no issue": ("issue,Ana,Ben\n", 1, "A1", "no issues", "a row for each issue"),
    "empty": ("", 0, "", "the table is empty", "Write a heading"),
    "only empty cells": (",,\n,,\n", 0, "", "the table is empty", "Write a heading"),
    "open quotation": ('issue,Ana,Ben\n"house,5,5\n', 2, "", "cannot be read from here on", "quotation mark"),
    "too many rows": ("issue,Ana\n" + "x,1\n" * 10_001, 0, "", "more than 10000 rows", "contested"),
    "latin-1": ("issue,Ana\nhôtel,5\n".encode("latin-1"), 2, "", "not UTF-8", "UTF-8"),
    "utf-16": ("issue\tAna\nhouse\t5\n".encode("utf-16"), 0, "", "UTF-16", "UTF-8"),
    "binary": (b"\x7fELF\0\0\0", 0, "", "not a text file", "plain text"),
}


@pytest.mark.parametrize("name", BAD_CSV)
def test_a_mistake_in_a_csv_is_named_at_its_cell(tmp_path: Path, name: str) -> None:
    content, line, path, what, mend = BAD_CSV[name]
    problem = one_problem(written(tmp_path, content))
    assert (problem.line, problem.path) == (line, path)
    assert what in problem.what
    assert mend in problem.mend


def test_several_mistakes_are_reported_together(tmp_path: Path) -> None:
    found = problems_of(written(tmp_path, "issue,Ana,ana\nhouse,,5\nboat,5\ncar,x,5\n"))
    assert [problem.path for problem in found] == ["C1", "B2", "C3", "B4"]


def edited(folder: Path, change: Callable[[Workbook], object]) -> Path:
    book = Workbook()
    for row in (HEADING, ["house", 60, 50], ["car", 40, 50]):
        book.active.append(row)
    change(book)
    file = folder / "points.xlsx"
    book.save(file)
    return file


def cell(place: str, value: Any) -> Callable[[Workbook], object]:
    return lambda book: book.active.__setitem__(place, value)


def second_sheet(book: Workbook) -> None:
    book.create_sheet("Last year").append(HEADING)


def all_removed(book: Workbook) -> None:
    book.active.delete_rows(1, 3)


BAD_XLSX: dict[str, tuple[Callable[[Workbook], object], int, str, str, str]] = {
    "empty cell": (cell("B2", None), 2, "B2", "is empty", "Write 0"),
    "text": (cell("C3", "half"), 3, "C3", '"half" is not a number', "a decimal"),
    "formula": (cell("B3", "=100-B2"), 3, "B3", "a formula", "Write the value"),
    "formula as a name": (cell("B1", "=A1"), 1, "B1", "a formula", "Write the value"),
    "error": (cell("B3", "#REF!"), 3, "B3", "the error #REF!", "Write the value"),
    "truth value": (cell("B3", True), 3, "B3", "true or false", "Write a number"),
    "date": (cell("B3", date(2026, 1, 2)), 3, "B3", "made a date", "Format the cell"),
    "date and time": (cell("B3", datetime(2026, 1, 2, 3, 4)), 3, "B3", "made a date", "Format the cell"),
    "time of day": (cell("B3", time(1, 2)), 3, "B3", "made a date", "Format the cell"),
    "too fine": (cell("B3", 100 / 3), 3, "B3", "too fine", "Round it"),
    "huge": (cell("B3", 1e300), 3, "B3", "too large", "larger unit"),
    "merged": (lambda book: book.active.merge_cells("B2:C2"), 2, "B2", "B2:C2 are merged", "Unmerge"),
    "several sheets": (second_sheet, 0, "", 'filled in: "Sheet", "Last year"', "Keep the one"),
    "nothing in it": (all_removed, 0, "", "the table is empty", "Write a heading"),
    "column without a heading": (cell("D2", 5), 2, "D2", "4 cells", "a heading"),
    "a cell far away": (cell("XFD1048576", 5), 0, "", "too many cells", "Delete the empty rows"),
}


@pytest.mark.parametrize("name", BAD_XLSX)
def test_a_mistake_in_a_workbook_is_named_at_its_cell(tmp_path: Path, name: str) -> None:
    change, line, path, what, mend = BAD_XLSX[name]
    problem = one_problem(edited(tmp_path, change))
    assert (problem.line, problem.path) == (line, path)
    assert what in problem.what
    assert mend in problem.mend


def test_a_protected_or_old_workbook_is_told_apart(tmp_path: Path) -> None:
    problem = one_problem(written(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "points.xlsx"))
    assert "password" in problem.what


@pytest.mark.parametrize("content", [b"", b"issue,Ana\nhouse,5\n", b"PK\x03\x04 and nothing more"])
def test_a_file_that_only_claims_to_be_a_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "not a readable .xlsx" in one_problem(written(tmp_path, content, "points.xlsx")).what


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "points.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert "not a readable .xlsx" in one_problem(file).what


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "points.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 120_000_000)
    assert "too large when unpacked" in one_problem(file).what


def test_without_openpyxl_the_mend_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = edited(tmp_path, lambda book: None)
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("openpyxl"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    assert "pip install 'evenhand[spreadsheet]'" in one_problem(file).mend


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    assert "a folder" in one_problem(tmp_path).what
    assert "no such file" in one_problem(tmp_path / "none.csv").what


def assert_read_or_refused(file: Path) -> None:
    found: tuple[Problem, ...] = ()
    try:
        read_points_table(file)
    except CaseError as error:
        found = error.problems
    assert all(problem.mend for problem in found)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_or_refused_but_never_crashes(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    data = bytearray(edited(tmp_path, lambda book: None).read_bytes())
    for _ in range(dice.randint(1, 12)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    if seed % 3 == 0:
        del data[dice.randrange(len(data)) :]
    assert_read_or_refused(written(tmp_path, bytes(data), "points.xlsx"))


@pytest.mark.parametrize("seed", range(60))
def test_a_workbook_with_damaged_parts_is_read_or_refused_but_never_crashes(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    source = edited(tmp_path, lambda book: None)
    file = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(file, "w") as damaged:
        for name in whole.namelist():
            data = bytearray(whole.read(name))
            for _ in range(dice.randint(0, 2)):
                data[dice.randrange(len(data))] = dice.choice(b'<>&"/=019aZ \xff')
            damaged.writestr(name, bytes(data))
    assert_read_or_refused(file)
