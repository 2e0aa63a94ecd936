"""The record's benchmark says what it measured."""

from benches import record
from benches.record_attributions import outermost
from benches.record_rows import Row
from evenhand.record.english import attributions

MADE = {"date": "2026-01-01", "machine": "m", "python": "3", "load": 0.0, "evenhand": {"evenhand": "1"}, "peers": {}}


def test_the_page_shows_precision_recall_and_single_values():
    rows = [Row.of_scores("content", (81.0, 72.5, 76.5), "≥ 72", "a program 60"), Row("speed", "≥ 12", "6", value=14.0)]
    shown = record.page({"made": {**MADE, "kept": None, "note": None}, "results": [row.plain() for row in rows]})
    assert "| content | 81 | 72.5 | 76.5 | ≥ 72 | a program 60 |" in shown
    assert "| speed |  |  | 14 | ≥ 12 | 6 |" in shown


def test_what_stands_inside_anothers_words_is_not_scored():
    found = attributions("Ana says Ben believes that the bridge is open.")
    assert len(found) == 2
    assert len(outermost(found)) == 1
