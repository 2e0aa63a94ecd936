"""Quotation marks of all kinds, right and wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.record.english.quotes import quotes

MARKS = "“”„‟«»‹›「」『』‘’'\"＂`"
ANY = st.text(alphabet=st.one_of(st.sampled_from(MARKS + " \n.,ab’"), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("Er sagte „ja“.", ["„ja“"]),
        ("Il dit « oui ».", ["« oui »"]),
        ("He said ``yes''.", ["``yes''"]),
        ("He said ''yes''.", ["''yes''"]),
        ("He said ‘yes’.", ["‘yes’"]),
        ("“He told me ‘no’,” she said.", ["“He told me ‘no’,”"]),
        ("Hamas' demand and the workers' answer: \"No.\"", ['"No."']),
        ("It’s the workers’ plan.", []),
        ('A 5" nail.', []),
        ("”Wrong mark,” she said.", ["”Wrong mark,”"]),
        ("“Never closed", ["“Never closed"]),
        ("“Never closed.\n\nNext one.", ["“Never closed."]),
    ],
)
def test_marks_are_paired(text: str, inside: list[str]) -> None:
    assert [text[one.start : one.end] for one in quotes(text, 0, len(text))] == inside


def test_a_speech_over_paragraphs_goes_on() -> None:
    text = "“One.\n\n“Two.”"
    first, second = quotes(text, 0, len(text))
    assert (first.closed, first.goes_on) == (False, True)
    assert second.closed


@given(ANY)
def test_quotes_never_overlap_and_stay_inside(text: str) -> None:
    found = quotes(text, 0, len(text))
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
