"""A record on disk: readable, exact, checked."""

from datetime import date
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.case import CaseError, parse_document
from evenhand.record import file
from evenhand.record.file import load_record, read_record, record_text
from evenhand.record.model import Actor, Quoted, Record, Source, Speaker, Statement
from evenhand.record.sources import digest

PLAIN = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t\x85\u2028\ufeff\u200f"), min_size=1
)


def a_record(text: str) -> Record:
    source = Source(id="s", title="T", date=date(2025, 3, 17), sha256=digest(text), text=text)
    said = Statement(
        id="s-1",
        source="s",
        speaker=Speaker(actor="ana"),
        content=(Quoted(start=0, end=len(text), text=text),),
        type="direct",
        confidence=0.7,
    )
    return Record(sources=(source,), actors=(Actor(id="ana", name="Ana"),), statements=(said,))


@settings(max_examples=150)
@given(PLAIN, st.booleans())
def test_every_character_of_a_text_survives_the_file(text, as_json):
    record = a_record(text)
    written = record_text(record, as_json=as_json)
    assert read_record(parse_document(written, "r", is_json=as_json)) == record


@settings(max_examples=100)
@given(PLAIN)
def test_a_record_with_a_line_for_each_statement_says_the_same(text):
    record = a_record(text)
    with patch.object(file, "MANY", 0):
        written = record_text(record)
    assert "\n  - {" in written
    assert read_record(parse_document(written, "r")) == record


@pytest.mark.parametrize("name", ["r.yaml", "r.json"])
def test_a_saved_record_is_read_back(tmp_path, name):
    record = a_record("Ana said: “Yes.”\nBen did not.")
    (tmp_path / name).write_text(record_text(record, as_json=name.endswith(".json")), "utf-8")
    assert load_record(tmp_path / name) == record


def test_a_text_of_paragraphs_stays_readable():
    assert "text: |-\n      One.\n      Two." in record_text(a_record("One.\nTwo."))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("actor: ana", "actor: eve", 'there is no actor "eve". Add it under `actors`'),
        ("source: s\n", "source: z\n", 'there is no source "z". Known: s.'),
        ("end: 4", "end: 3", 'the text has "Yes" there.'),
        ("end: 4", "end: 9", "the span ends at 9, behind the text's 4 characters."),
        ("start: 0", "start: 4", "the span 4 to 4 holds nothing."),
        ("record: 1", "record: 2", "this is not a version of the record's format known here."),
        ("record: 1", "recorded: 1", "this is not a record of reports."),
        ("type: direct", "type: loud", '"loud" is not one of the words allowed here.'),
        ("confidence: 0.7", "confidence: 7", "less than or equal to 1"),
    ],
)
def test_a_wrong_record_is_refused_with_its_place(old, new, said):
    text = record_text(a_record("Yes.")).replace(old, new, 1)
    with pytest.raises(CaseError) as error:
        read_record(parse_document(text, "r.yaml"))
    assert said in str(error.value)
    assert str(error.value).startswith("r.yaml:")


def test_a_text_that_was_changed_is_refused():
    text = record_text(a_record("Yes.")).replace("    text: Yes.\n", "    text: Yes!\n", 1)
    with pytest.raises(CaseError, match="the text is not the one that was read"):
        read_record(parse_document(text, "r.yaml"))
