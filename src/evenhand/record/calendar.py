"""Times as TIMEX3 values: what a day, a week or a season is called, and reckoning with them. No language in here.

Values follow TimeML's TIMEX3 (Pustejovsky et al. 2003): `2025-03-18`, `2025-W12`, `2025-Q1`, `2025-SU`, `202` (a
decade), `20` (a century), `P30D`, `PT2H`, `PXD` (some days), `PRESENT_REF`. Weeks are ISO weeks, from Monday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["date", "time", "duration", "set"]
Grain = Literal[
    "time", "day", "weekend", "week", "month", "quarter", "season", "half", "year", "fiscal year", "decade", "century",
    "reference", "duration", "set",
]  # fmt: skip
UNITS = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
TIME_UNITS = ("second", "minute", "hour")
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
YEARS = range(1, 9999)
WELL_FORMED = re.compile(
    r"(PRESENT|PAST|FUTURE)_REF"
    r"|P(T?(\d+(\.\d+)?|X)[YMWDQHS])+"
    r"|(\d{2}|\d{3}|(\d{4}|XXXX)(-(\d\d|XX)(-(\d\d|XX))?|-W(\d\d|XX)(-([1-7]|WE))?|-Q[1-4X]|-H[12]|-(SP|SU|FA|WI))?)?"
    r"(T(\d\d(:\d\d(:\d\d)?)?|MO|MI|AF|EV|NI))?"
)


@dataclass(frozen=True, slots=True)
class When:
    """A time expression's meaning: its TIMEX3 `value`, how fine it is, and the days it covers where they are known."""

    kind: Kind
    value: str
    grain: Grain
    first: date | None = None
    last: date | None = None


def a_day(day: date) -> When:
    """One day."""
    return When("date", day.isoformat(), "day", day, day)


def a_week(day: date) -> When:
    """The week, from Monday, that a day lies in."""
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(weekday - 1)
    return When("date", f"{year:04}-W{week:02}", "week", monday, _plus(monday, 6))


def a_weekend(day: date) -> When:
    """Saturday and Sunday of the week that a day lies in."""
    week = a_week(day)
    assert week.first is not None
    return When("date", week.value + "-WE", "weekend", _plus(week.first, 5), week.last)


def a_month(year: int, month: int) -> When | None:
    """A month; nothing outside the calendar. `month` may run over: 13 is January of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return _span("month", f"{year:04}-{month:02}", year, month, 1)


def a_quarter(year: int, quarter: int) -> When | None:
    """A quarter of a year, from 1."""
    year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
    return _span("quarter", f"{year:04}-Q{quarter}", year, 3 * quarter - 2, 3)


def a_half(year: int, half: int) -> When | None:
    """A half of a year, 1 or 2."""
    return _span("half", f"{year:04}-H{half}", year, 6 * half - 5, 6)


def a_season(year: int, season: str) -> When | None:
    """A northern season, by the year it begins in."""
    return _span("season", f"{year:04}-{season}", year, SEASONS[season], 3)


def a_year(year: int, grain: Grain = "year") -> When | None:
    """A year."""
    return _span(grain, f"{year:04}", year, 1, 12)


def a_decade(year: int) -> When | None:
    """The ten years that begin in the year with a last 0."""
    start = year // 10 * 10
    return _span("decade", f"{start:04}"[:3], start, 1, 120) if start >= 1 else None


def a_century(number: int) -> When | None:
    """A century, by its usual number: the 20th has the value 19."""
    start = 100 * (number - 1)
    return _span("century", f"{start:04}"[:2], start, 1, 1200) if 1 < number < 99 else None


def _span(grain: Grain, value: str, year: int, month: int, months: int) -> When | None:
    end, after = year + (month + months - 1) // 12, (month + months - 1) % 12 + 1
    if year not in YEARS or end not in YEARS:
        return None
    return When("date", value, grain, date(year, month, 1), date(end, after, 1) - timedelta(1))


def a_duration(count: str, unit: str) -> When:
    """A length of time; `count` is a number or X, where it is only said that there are several."""
    letter = UNITS[unit]
    return When("duration", ("PT" if unit in TIME_UNITS else "P") + count + letter, "duration")


def shifted(day: date, count: int, unit: str) -> When | None:
    """The day, week, month or year that lies `count` units from a day; nothing outside the calendar."""
    if unit in {"day", "week"}:
        moved = _moved(day, count * (7 if unit == "week" else 1))
        return None if moved is None else a_day(moved) if unit == "day" else a_week(moved)
    if unit == "month":
        return a_month(day.year, day.month + count)
    if unit == "quarter":
        return a_quarter(day.year, (day.month + 2) // 3 + count)
    return a_year(day.year + count)


def weekday_near(day: date, weekday: int, lean: int) -> date:
    """The day with this weekday (Monday 0) at or before (`lean` -1) or at or after (1) a day."""
    ahead = (weekday - day.weekday()) % 7
    return _plus(day, ahead if lean > 0 or ahead == 0 else ahead - 7)


def year_near(day: date, month: int, day_of_month: int, lean: int) -> int:
    """The year of a month, or day, said without one: the last (`lean` -1), the next (1) or the nearest (0)."""
    here = (day.month, day.day) if day_of_month else (day.month, 0)
    there = (month, day_of_month)
    if lean > 0:
        return day.year + (there < here)
    if lean < 0:
        return day.year - (there > here)
    apart = 12 * (month - day.month) + (day_of_month or day.day) * 12 // 365 - day.day * 12 // 365
    return day.year + (-1 if apart > 6 else 1 if apart < -6 else 0)


def _plus(day: date, days: int) -> date:
    moved = _moved(day, days)
    return day if moved is None else moved


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days)
    except OverflowError:
        return None
