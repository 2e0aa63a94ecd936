"""Time expressions mean what a reader of that day would take them to mean."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.record.calendar import WELL_FORMED, a_day, a_week, weekday_near
from evenhand.record.english.date_rules import DAYS, MONTHS, Setting
from evenhand.record.english.dates import dates_in, meaning, values_at

TEXTS = Path(__file__).parents[3] / "shared" / "data" / "text"
MONDAY = date(2025, 3, 17)


def values(text: str, said_on: date = MONDAY) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.when.value) for one in dates_in(text, said_on)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The envoys met on Friday.", "2025-03-14"),
        ("The envoys will meet on Friday.", "2025-03-21"),
        ("The envoys are expected in Geneva next week.", "2025-W13"),
        ("The bridge was closed in October.", "2024-10"),
        ("The bridge will open in October.", "2025-10"),
        ("They signed it on 4 May 2019.", "2019-05-04"),
        ("They signed it on December 24.", "2024-12-24"),
        ("A ceasefire of thirty days was offered.", "P30D"),
        ("A 30-day ceasefire was offered.", "P30D"),
        ("The truce held for several weeks.", "PXW"),
        ("It fell in the third quarter of 2023.", "2023-Q3"),
        ("They were neighbours in the 1990s.", "199"),
        ("The guns fell silent three days ago.", "2025-03-14"),
        ("The army left last summer.", "2024-SU"),
        ("The vote was two decades ago.", "2005"),
        ("They meet every Monday.", "XXXX-WXX-1"),
        ("He called on Friday afternoon.", "2025-03-14TAF"),
        ("We must have an answer by Tuesday.", "2025-03-18"),
    ],
)
def test_a_time_is_reckoned_from_the_day_and_the_tense(text: str, value: str) -> None:
    assert [found for _, found in values(text)] == [value]


def test_words_that_only_look_like_times_are_left_alone() -> None:
    assert values("He may march to the second spring at the Mar estate, and fall.") == []


def test_a_number_shares_the_unit_behind_it() -> None:
    text = "It takes 12 to 18 months."
    found = values_at(text, [(9, 11), (15, 24)], MONDAY)
    assert [one and one.value for one in found] == ["P12M", "P18M"]


def test_the_talks_report_has_its_days_right() -> None:
    file = TEXTS / "talks-report.txt"
    if not file.exists():
        pytest.skip("the report is not here")
    text = file.read_text("utf-8")
    found = {
        (text[: one.start].split()[-1], text[one.start : one.end], one.when.value) for one in dates_in(text, MONDAY)
    }
    assert ("on", "Sunday", "2025-03-16") in found
    assert ("on", "Tuesday", "2025-03-18") in found
    assert ("by", "Tuesday", "2025-03-18") in found
    assert ("on", "Friday", "2025-03-14") in found
    assert ("war.", "Last week", "2025-W11") in found
    assert ("continue", "this week", "2025-W12") in found
    assert ("proposed", "30-day", "P30D") in found


def test_nine_in_ten_values_of_the_news_texts_are_right() -> None:
    file = TEXTS / "tempeval3_platinum.json"
    if not file.exists():
        pytest.skip("the news texts are not here")
    right = total = 0
    for document in json.loads(file.read_text("utf-8")):
        text, places, wanted = laid_out(document)
        found = values_at(text, places, date.fromisoformat(document["dct"]))
        right += sum(one is not None and one.value == value for one, value in zip(found, wanted, strict=True))
        total += len(wanted)
    assert right / total >= 0.89


def laid_out(document: dict[str, Any]) -> tuple[str, list[tuple[int, int]], list[str]]:
    """A tokenised document as one text, the places of its time expressions and their values."""
    text, rows = "", []
    for number, words in enumerate(document["sentences"]):
        starts = []
        for word in words:
            text += "" if word in {",", ".", "'s", ";"} else " "
            starts.append(len(text))
            text += word
        for one in document["timexes"]:
            if one["sent"] == number:
                last = one["end"] - 1
                rows.append((starts[one["start"]], starts[last] + len(words[last]), one["value"]))
    rows.sort()
    return text, [row[:2] for row in rows], [row[2] for row in rows]


NUMBERS = "2025 1999 31 30th two X 0 ½ ٣ 10:30 pm"
OTHERS = "last next this the of in weeks year day every ago early end half a quarter today - decade ’s century"
WORDS = MONTHS + DAYS + NUMBERS.split() + OTHERS.split()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join) | st.text(max_size=30), st.dates())
def test_any_words_give_a_well_formed_value_or_none(text: str, said_on: date) -> None:
    for lean in (-1, 0, 1):
        found = meaning(text, Setting(said_on, lean))
        assert found is None or WELL_FORMED.fullmatch(found.value)
    for one in dates_in(text, said_on):
        assert 0 <= one.start < one.end <= len(text)
        assert WELL_FORMED.fullmatch(one.when.value)
        assert (one.when.first is None) == (one.when.last is None)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_nearest_on_its_side(day: date, weekday: int) -> None:
    before, after = weekday_near(day, weekday, -1), weekday_near(day, weekday, 1)
    assert 0 <= (day - before).days < 7
    assert 0 <= (after - day).days < 7
    assert before.weekday() == after.weekday() == weekday
    assert re.fullmatch(r"\d{4}-W\d\d", a_week(day).value)
    assert a_day(day).first == a_day(day).last == day
