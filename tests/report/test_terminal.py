"""The list of procedures is readable at a terminal: promises for all, reasons where one does not apply, 80 columns."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from evenhand.case import load_case
from evenhand.divide import PROCEDURES
from evenhand.report.terminal import show_procedures
from evenhand.settle import applying

ROOT = Path(__file__).parents[2]
TALKS = load_case(ROOT / "examples/ceasefire-talks/case.yaml")


def _shown() -> str:
    page = io.StringIO()
    show_procedures(Console(file=page, width=80, highlight=False), applying(TALKS))
    return page.getvalue()


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_every_procedure_says_what_it_promises_and_those_that_do_not_apply_why() -> None:
    shown = _flat(_shown())
    for procedure, why in applying(TALKS):
        assert procedure.id in shown
        assert _flat(procedure.promise) in shown
        assert why is None or _flat(f"Why not: {why} Promises: {procedure.promise}") in shown


def test_no_line_is_wider_than_80_columns_and_those_that_apply_come_first() -> None:
    lines = _shown().splitlines()
    assert max(map(len, lines)) <= 80
    ids = [line[2:].split("  ")[0] for line in lines if line[:2] in ("✓ ", "– ")]
    ready = [procedure.id for procedure, why in applying(TALKS) if why is None]
    assert ids[: len(ready)] == ready
    assert sorted(ids) == sorted(PROCEDURES)


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_words_to_choose_by_are_short_and_end(procedure: str) -> None:
    found = PROCEDURES[procedure]
    for words in (found.promise, found.use, found.avoid):
        assert words.endswith(".")
        assert len(words) < 240
