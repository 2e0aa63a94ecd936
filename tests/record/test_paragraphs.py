"""Paragraphs, and stretches short enough to parse."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from evenhand.record.english.paragraphs import borders, stretches


def pieces(text: str) -> list[str]:
    places = [0, *borders(text, 0, len(text)), len(text)]
    return [text[start:end].strip() for start, end in pairwise(places)]


def test_blank_lines_and_single_breaks_begin_paragraphs() -> None:
    assert pieces("A title\nIt rained.\n\nIt snowed.") == ["A title", "It rained.", "It snowed."]


def test_wrapped_lines_stay_together() -> None:
    text = "The talks about the bridge over the river went on late, and the\nMayor said nothing of it.\nHe left."
    assert pieces(text) == [text.removesuffix("\nHe left."), "He left."]


@given(st.text(alphabet="ab. \n\t", max_size=200), st.integers(1, 30))
def test_stretches_make_up_the_text_and_none_is_too_long(text: str, longest: int) -> None:
    found = list(stretches(text, longest))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(0 < end - start <= 2 * longest for start, end in found)
