"""Whatever the text, every span lies in it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.record.english import attributions

PLAIN = (
    """Ruiz said that he SHE_SAID plans was accused of claim rain not according to “ ” " « » ‘ ’ '' “No , . ? : — … -"""
)
ODD = ["\n\n", "\n", "\u200b", "\u202e", "\u200f", "🕊", "الوزير"]
WORDS = st.sampled_from([*PLAIN.split(), *ODD])


@settings(max_examples=120, deadline=None)
@given(st.lists(WORDS | st.text(max_size=8), max_size=40).map(" ".join))
def test_any_text_gives_spans_that_lie_in_it(text: str) -> None:
    found = attributions(text)
    for at, one in enumerate(found):
        assert one.content
        for start, end in (*one.source, *one.cue, *one.content):
            assert 0 <= start < end <= len(text)
        assert one.nested_in is None or one.nested_in < at
