"""Numbers keep their units, and meetings their day."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.record.english.dates import dates_in
from evenhand.record.english.meetings import Met, meetings_in
from evenhand.record.english.quantities import quantities_in
from evenhand.record.reading import read_reports
from evenhand.record.sources import read_sources

REPORT = Path(__file__).parents[3] / "shared" / "data" / "text" / "talks-report.txt"
DAY = date(2025, 3, 17)


@pytest.mark.parametrize(
    ("text", "value", "unit", "about"),
    [
        ("It lost about 12 percent of its land.", "12", "percent", True),
        ("They paid $2.5 million at once.", "2500000", "USD", False),
        ("A loan of 40 million euros was agreed.", "40000000", "EUR", False),
        ("They freed two hundred prisoners.", "200", "prisoner", False),
        ("Some 1,500 square kilometres changed hands.", "1500", "km2", True),
        ("Between them stand 10 to 20 tanks.", "10..20", "vehicle", False),
        ("Up to 300 wounded soldiers left.", "300", "soldier", True),
    ],
)
def test_a_number_has_its_unit(text: str, value: str, unit: str, about: bool) -> None:
    (found,) = quantities_in(text)
    assert (found.value, found.unit, found.about) == (value, unit, about)


def test_a_number_without_a_unit_is_no_quantity() -> None:
    assert quantities_in("In 2014 he was one of seven; see page 30.") == ()


def meetings(text: str) -> tuple[Met, ...]:
    return meetings_in(text, dates_in(text, DAY))


def test_a_meeting_has_its_day_its_place_and_its_people() -> None:
    (found,) = meetings("The envoys will meet with Ada Moreau in Geneva on Thursday. The sea was blue on Monday.")
    assert found.when is not None
    assert (found.when.value, found.where, found.who) == ("2025-03-20", "Geneva", ("Ada Moreau",))


def test_without_a_time_no_meeting_is_noted() -> None:
    assert meetings("The talks were long.") == ()
    assert meetings("He said on Sunday that talks had begun.") == ()


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    for one in quantities_in(text):
        assert text[one.start : one.end].strip()
    meetings(text)


def test_the_talks_report_has_its_meetings_and_its_share_of_land() -> None:
    if not REPORT.exists():
        pytest.skip("the report is not here")
    record, _ = read_reports(read_sources([f"{REPORT}@2025-03-17"], None)[0])
    days = {one.when.value for one in record.meetings if one.when}
    assert days == {"2025-03-18", "2025-W12"}
    assert [(one.value, one.unit) for one in record.quantities] == [("about 11", "percent")]
