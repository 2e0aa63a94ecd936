"""From reports to statements; what people did stays."""

from datetime import date

from evenhand.record.actors import Actors
from evenhand.record.english.naming import bare_name, names_nobody, negated, supposed
from evenhand.record.model import Actor, Quoted, Source
from evenhand.record.reading import read_reports
from evenhand.record.sources import digest

TEXT = (
    "President Ana Kovac said on Monday that Borland had agreed to a ceasefire of ten days. Kovac did not say when. "
    "“We will never give up the eastern valley,” Ben Novak said."
)


def source_of(text, name="a"):
    return Source(id=name, title=name, file=name, date=date(2025, 3, 17), sha256=digest(text), text=text)


def by_words(record, words):
    return next(one for one in record.statements if words in one.words and one.within is None)


def test_each_statement_is_the_text_at_its_place():
    record, _ = read_reports([source_of(TEXT)])
    assert record.statements
    for one in record.statements:
        assert [TEXT[piece.start : piece.end] for piece in one.content] == [piece.text for piece in one.content]


def test_a_surname_is_the_same_actor_as_the_full_name():
    record, _ = read_reports([source_of(TEXT)])
    assert by_words(record, "Borland had agreed").speaker.actor == "ana-kovac"
    assert by_words(record, "eastern valley").speaker.actor == "ben-novak"


def test_what_somebody_reports_of_another_stands_on_their_word():
    record, _ = read_reports([source_of(TEXT)])
    inner = next(one for one in record.statements if one.within is not None and one.speaker.actor == "borland")
    assert inner.attributed_to == ("ana-kovac",)


def test_what_was_not_said_is_marked():
    record, _ = read_reports([source_of(TEXT)])
    assert [one.negated for one in record.statements if one.words.startswith("when")] in ([], [True])
    assert negated("He did not disclose how", (11, 19), (0, 2))
    assert not negated("Not him. He said so", (12, 16), (9, 11))


def test_reading_again_keeps_what_a_person_did():
    record, _ = read_reports([source_of(TEXT)])
    one, other = by_words(record, "eastern valley"), by_words(record, "Borland had agreed")
    start = TEXT.index("eastern valley")
    mine = one.model_copy(
        update={"review": "corrected", "content": (Quoted(start=start, end=start + 14, text="eastern valley"),)}
    )
    gone = other.model_copy(update={"review": "rejected"})
    swap = {one.id: mine, other.id: gone}
    before = record.model_copy(update={"statements": tuple(swap.get(s.id, s) for s in record.statements)})
    again, _ = read_reports([source_of(TEXT)], before=before)
    assert mine in again.statements
    assert gone in again.statements
    assert len(again.statements) == len(record.statements)
    assert again == read_reports([source_of(TEXT)], before=again)[0]


def test_two_reports_of_one_speech_are_linked_and_not_merged():
    other = "Ben Novak told the council: “We will never give up the eastern valley, whatever they offer.”"
    record, _ = read_reports([source_of(TEXT), source_of(other, "b")])
    linked = [one for one in record.statements if one.same_words]
    assert {one.source for one in linked} == {"a", "b"}


def test_names_lead_to_one_actor_only_where_they_must():
    actors = Actors([Actor(id="us", name="United States", aliases=("Washington",))])
    assert actors.of("Washington") == "us"
    assert actors.of("Ana Kovac") == actors.of("Kovac") == "ana-kovac"
    actors.of("Eva Kovac")
    assert actors.of("Ivo Kovac") == "ivo-kovac"


def test_names_lose_their_trimmings():
    assert bare_name("US President Donald Trump's") == "Donald Trump"
    assert bare_name("US negotiators") == "US negotiators"
    assert bare_name("the talks team") == "talks team"
    assert names_nobody("which")
    assert not names_nobody("Ana")


def test_the_day_is_the_one_named_beside_and_never_one_to_come():
    record, _ = read_reports([source_of(TEXT)])
    found = by_words(record, "Borland had agreed").said_on
    assert (found.first, found.last) == (date(2025, 3, 17), date(2025, 3, 17))
    assert by_words(record, "eastern valley").said_on is None
    later, _ = read_reports(
        [source_of("Ana Kovac said on Friday that talks go on. Ben Novak said talks end tomorrow.")]
    )
    assert by_words(later, "talks go on").said_on.first == date(2025, 3, 14)
    assert by_words(later, "talks end").said_on is None


def test_what_may_happen_is_marked():
    assert supposed("Ukraine may need to concede land", (20, 27), (0, 7))
    assert not supposed("Ana said that", (4, 8), (0, 3))
