"""What time expressions in English mean, reckoned from the day on which they were said.

A rule is a pattern and a function that gives its meaning; patterns are composed of a few named parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from evenhand.record import calendar
from evenhand.record.calendar import When
from evenhand.record.english import numbers

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS = {
    "morning": "MO",
    "noon": "MI",
    "midday": "MI",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
    "overnight": "NI",
}
ADVERBS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
EVERY = {"hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M",
         "quarterly": "P1Q", "yearly": "P1Y", "annually": "P1Y", "annual": "P1Y"}  # fmt: skip
NOW = (
    "now|currently|presently|nowadays|at present|at the moment|these days|at this (?:point|stage|time|moment)"
    "|right now|so far|"
    "to date|present-day|the present"
)
PAST = (
    "recently|lately|formerly|previously|once|the (?:recent |distant )?past|at th(?:e|at) time|the other day"
    "|long ago|earlier|"
    "back then|(?:some|a short|a long) (?:time|while) ago|years ago"
)
FUTURE = (
    "soon|shortly|later|the (?:near |foreseeable |distant )?future|in due course|before long|eventually|"
    "the coming (?:days|weeks|months|years)|(?:days|weeks|months) ahead"
)
MONTH = rf"(?P<month>(?:{'|'.join(MONTHS)})|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
DAY = rf"(?P<day>(?:{'|'.join(DAYS)})|(?:mon|tues?|wed|thurs?|fri|sat|sun)\.)"
YEAR = r"(?P<year>(?:1[0-9]|20)\d\d)"
DOM = r"(?P<dom>[12]?\d|3[01])(?:st|nd|rd|th)?"
PART = r"(?P<part>morning|noon|midday|afternoon|evening|night)"
UNIT = r"(?P<unit>second|minute|hour|day|week|fortnight|month|quarter|year|decade|century|centurie)s?"
COUNT = (
    rf"(?P<count>{numbers.NUMBER}|an?|half an?|several|a few|few|some|many|a couple(?: of)?|dozens of"
    rf"|hundreds of|a number of)"
)
SHIFT = r"(?P<shift>last|past|previous|this|current|next|coming|following|same|that)"
CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?(?: ?(?P<half>[ap])\.?m\b\.?)?(?: (?:gmt|utc|cet"
    r"|est|edt|local time))?"
)
SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
STEP = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}


class Setting(NamedTuple):
    """What an expression is reckoned from: the day it was said, and whether its sentence looks back (-1) or ahead (1).

    `year` is one written right behind it, `story` the year of the time last named before it.
    """

    said_on: date
    lean: int = 0
    year: int | None = None
    story: int | None = None


def _group(match: re.Match[str], name: str) -> str:
    return match.groupdict().get(name) or ""


def _month(match: re.Match[str]) -> int:
    return next(at for at, name in enumerate(MONTHS, 1) if name.startswith(_group(match, "month")[:3]))


def _weekday(match: re.Match[str]) -> int:
    return next(at for at, name in enumerate(DAYS) if name.startswith(_group(match, "day")[:3]))


def _day_of_month(year: int, month: int, day: str) -> When | None:
    try:
        return calendar.a_day(date(year, month, int(day)))
    except ValueError:
        return None


def _reference(value: str) -> Callable[[re.Match[str], Setting], When]:
    return lambda match, setting: When("date", value, "reference")


def _adverb(match: re.Match[str], setting: Setting) -> When | None:
    found = calendar.shifted(setting.said_on, ADVERBS[_group(match, "adverb")], "day")
    part = "NI" if _group(match, "adverb") == "tonight" else PARTS.get(_group(match, "part"), "")
    return _part_of(found, part)


def _part_of(found: When | None, part: str) -> When | None:
    return When("time", f"{found.value}T{part}", "time", found.first, found.last) if found and part else found


def _iso(match: re.Match[str], setting: Setting) -> When | None:
    return _day_of_month(int(_group(match, "year")), int(_group(match, "m")), _group(match, "d"))


def _month_day(match: re.Match[str], setting: Setting) -> When | None:
    month = _month(match)
    named = _group(match, "year") or setting.year
    year = int(named) if named else calendar.year_near(setting.said_on, month, int(_group(match, "dom")), setting.lean)
    return _day_of_month(year, month, _group(match, "dom"))


def _month_alone(match: re.Match[str], setting: Setting) -> When | None:
    month, step, today = _month(match), _group(match, "shift"), setting.said_on
    if _group(match, "year"):
        year = int(_group(match, "year"))
    elif step in STEP:
        year = calendar.year_near(today, month, 0, STEP[step])
        year += STEP[step] * (month == today.month)
    elif step == "this":
        year = today.year
    else:
        year = setting.year or calendar.year_near(today, month, 0, setting.lean)
    return calendar.a_month(year, month)


def _some_day_in_month(match: re.Match[str], setting: Setting) -> When | None:
    found = _month_alone(match, setting)
    return found and When("date", found.value + "-XX", "day", found.first, found.last)


def _weekday_alone(match: re.Match[str], setting: Setting) -> When | None:
    today, weekday, step = setting.said_on, _weekday(match), _group(match, "shift")
    lean = STEP.get(step, setting.lean) or -1
    if step == "this":
        lean = 1 if setting.lean >= 0 else -1
    day = calendar.weekday_near(today, weekday, lean)
    weeks = STEP[step] if day == today and step in STEP else 0
    found = calendar.shifted(day, 7 * weeks, "day")
    return _part_of(found, PARTS.get(_group(match, "part"), ""))


def _weekday_of_week(match: re.Match[str], setting: Setting) -> When | None:
    week = calendar.shifted(setting.said_on, STEP.get(_group(match, "shift"), 0), "week")
    return calendar.shifted(week.first, _weekday(match), "day") if week and week.first else None


def _shifted_unit(match: re.Match[str], setting: Setting) -> When | None:
    unit, step, today = _group(match, "unit"), STEP.get(_group(match, "shift"), 0), setting.said_on
    if unit == "decade":
        return calendar.a_duration("10", "year") if step else calendar.a_decade(today.year)
    if unit in {"century", "centurie"}:
        return calendar.a_century(today.year // 100 + 1 + step)
    if unit in calendar.TIME_UNITS:
        return calendar.a_duration("1", unit)
    return calendar.shifted(today, step * (2 if unit == "fortnight" else 1), "week" if unit == "fortnight" else unit)


def _weekend(match: re.Match[str], setting: Setting) -> When | None:
    step = STEP.get(_group(match, "shift"), 0)
    # on a Monday "the weekend", looking back, is the one just gone
    if not _group(match, "shift") and setting.lean <= 0 and setting.said_on.weekday() < 5:
        step = -1
    week = calendar.shifted(setting.said_on, step, "week")
    return calendar.a_weekend(week.first) if week and week.first else None


def _part_of_day(match: re.Match[str], setting: Setting) -> When | None:
    step = -1 if _group(match, "shift") == "last" else 1 if _group(match, "shift") == "next" else 0
    return _part_of(calendar.shifted(setting.said_on, step, "day"), PARTS[_group(match, "part")])


def _season(match: re.Match[str], setting: Setting) -> When | None:
    season, today = SEASONS[_group(match, "season")], setting.said_on
    month, step = calendar.SEASONS[season], _group(match, "shift")
    if _group(match, "year"):
        return calendar.a_season(int(_group(match, "year")), season)
    if step in {"this", "current"}:
        return calendar.a_season(today.year, season)
    return calendar.a_season(calendar.year_near(today, month, 0, STEP.get(step, setting.lean)), season)


def _year(match: re.Match[str], setting: Setting) -> When | None:
    return calendar.a_year(int(_group(match, "year")), "fiscal year" if _group(match, "fiscal") else "year")


def _fiscal(match: re.Match[str], setting: Setting) -> When | None:
    return calendar.a_year(setting.said_on.year + STEP.get(_group(match, "shift"), 0), "fiscal year")


def _decade(match: re.Match[str], setting: Setting) -> When | None:
    digits = _group(match, "decade")
    return calendar.a_decade(int(digits) if len(digits) == 4 else 1900 + int(digits))


def _quarter(match: re.Match[str], setting: Setting) -> When | None:
    year = int(_group(match, "year") or setting.year or setting.said_on.year)
    number = numbers.ordinal(_group(match, "ordinal"))
    if _group(match, "what") == "half":
        return calendar.a_half(year, number) if number in {1, 2} else None
    return calendar.a_quarter(year, number) if 1 <= number <= 4 else None


def _century(match: re.Match[str], setting: Setting) -> When | None:
    return calendar.a_century(numbers.ordinal(_group(match, "ordinal")))


def _length(count: str, unit: str) -> When:
    if unit in {"decade", "century", "centurie", "fortnight"}:
        size, of = {"decade": (10, "year"), "fortnight": (2, "week")}.get(unit, (100, "year"))
        found = numbers.number(count)
        return calendar.a_duration("X" if found is None else str(int(found) * size), of)
    if count.startswith("half"):
        return {"hour": calendar.a_duration("30", "minute"), "year": calendar.a_duration("6", "month"),
                "day": calendar.a_duration("12", "hour")}.get(unit, calendar.a_duration("0.5", unit))  # fmt: skip
    return calendar.a_duration("2" if "couple" in count else numbers.whole(count), unit)


def _duration(match: re.Match[str], setting: Setting) -> When | None:
    return _length(_group(match, "count"), _group(match, "unit"))


def _durations(match: re.Match[str], setting: Setting) -> When | None:
    return (
        calendar.a_duration("X", _group(match, "unit"))
        if _group(match, "unit") not in {"decade", "century", "centurie"}
        else None
    )


def _away(sign: int) -> Callable[[re.Match[str], Setting], When | None]:
    def reckon(match: re.Match[str], setting: Setting) -> When | None:
        length = _length(_group(match, "count"), _group(match, "unit"))
        digits = re.fullmatch(r"P(\d{1,5})([DWMY])", length.value)
        if digits is None:
            return (
                When("date", "PAST_REF" if sign < 0 else "FUTURE_REF", "reference") if "X" in length.value else length
            )
        unit = {"D": "day", "W": "week", "M": "month", "Y": "year"}[digits[2]]
        # "two weeks ago" is a day, said loosely: TimeML gives it its week
        return calendar.shifted(setting.said_on, sign * int(digits[1]), unit)

    return reckon


def _clock(match: re.Match[str], setting: Setting) -> When | None:
    minute, half, weekday = _group(match, "minute"), _group(match, "half"), _group(match, "day")
    if not (minute or half):
        return None
    hour = int(_group(match, "hour"))
    hour = hour % 12 + 12 * (half == "p") if half else hour
    if weekday:
        day: When | None = calendar.a_day(calendar.weekday_near(setting.said_on, _weekday(match), setting.lean or 1))
    else:
        day = calendar.shifted(setting.said_on, ADVERBS.get(_group(match, "adverb"), 0), "day")
    return _part_of(day, f"{hour:02}:{minute}" if minute else f"{hour:02}")


def _stopwatch(match: re.Match[str], setting: Setting) -> When | None:
    hours, minutes, seconds = (int(match[name]) for name in "hms")
    return When("duration", f"PT{hours}H{minutes}M{seconds}S", "duration")


def _every(match: re.Match[str], setting: Setting) -> When | None:
    if _group(match, "each"):
        return When("set", EVERY[_group(match, "each")], "set")
    if _group(match, "part"):
        return When("set", "XXXX-XX-XXT" + PARTS[_group(match, "part")], "set")
    if _group(match, "day"):
        return When("set", f"XXXX-WXX-{_weekday(match) + 1}", "set")
    if _group(match, "month"):
        return When("set", f"XXXX-{_month(match):02}", "set")
    if _group(match, "season"):
        return When("set", "XXXX-" + SEASONS[_group(match, "season")], "set")
    return When("set", _length(_group(match, "count") or "1", _group(match, "unit")).value, "set")


def _some_day(match: re.Match[str], setting: Setting) -> When | None:
    year = "XXXX" if _group(match, "ordinal") or setting.story is None else f"{setting.story:04}"
    return When("date", f"{year}-XX-XX", "day")


def _year_end(match: re.Match[str], setting: Setting) -> When | None:
    year = setting.said_on.year
    return calendar.a_year(year - 1 if setting.lean < 0 else year)


def _quarter_to_come(match: re.Match[str], setting: Setting) -> When | None:
    number = numbers.ordinal(_group(match, "ordinal"))
    return calendar.a_quarter(setting.year or setting.said_on.year, number) if 1 <= number <= 4 else None


Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Setting], "When | None"]]
_ADVERB = rf"(?P<adverb>{'|'.join(ADVERBS)})"
_ORDINAL = rf"(?P<ordinal>{numbers.ORDINAL})"
_SIZED = "full |long |more |consecutive |whole |straight "
_AROUND = r"(?:the )?(?:(?:last|past|next|coming|following|previous|first|final|another|a|an) )*"
RULES: tuple[Rule, ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)", _iso),
        (rf"{_ADVERB}(?: {PART})?", _adverb),
        (rf"(?:{DAY},? )?{MONTH} (?:the )?{DOM}(?:,? {YEAR})?", _month_day),
        (rf"(?:{DAY},? )?(?:the )?{DOM}(?: of)? {MONTH}(?:,? {YEAR})?", _month_day),
        (rf"(?:{SHIFT} )?{MONTH}(?:(?:,| of)? {YEAR})?", _month_alone),
        (rf"(?:that |one |an? )?{MONTH} day", _some_day_in_month),
        (rf"(?:the )?(?:{SHIFT} )?{DAY}(?: {PART})?", _weekday_alone),
        (rf"{DAY} (?:of )?{SHIFT} week", _weekday_of_week),
        (rf"(?:the )?{SHIFT} {UNIT}", _shifted_unit),
        (rf"(?:the |{SHIFT} )weekend", _weekend),
        (rf"(?:{SHIFT} |in the |the ){PART}", _part_of_day),
        (rf"(?:(?:the )?{SHIFT} |the |in )?{SEASON}(?: of)?,? {YEAR}", _season),
        (rf"(?:(?:the )?{SHIFT} |the |in the |in ){SEASON}", _season),
        (rf"(?P<fiscal>fiscal(?: year)?|fy) ?{YEAR}", _year),
        (rf"(?:the )?{SHIFT} fiscal year", _fiscal),
        (rf"(?:the year )?{YEAR}", _year),
        (r"(?:the )?['’]?(?P<decade>(?:1[89]|20)?\d0)['’]?s", _decade),
        (rf"(?:the )?{_ORDINAL}[ -](?P<what>quarter|half) (?:of )?{YEAR}", _quarter),
        (rf"(?:the )?{_ORDINAL} quarter", _quarter_to_come),
        (rf"(?:the )?{_ORDINAL}[ -]centur(?:y|ies)", _century),
        (rf"{_AROUND}{COUNT}[ -](?:{_SIZED})?{UNIT}(?:['’](?! ?s))?", _duration),
        (rf"{_AROUND}(?:recent )?(?P<unit>second|minute|hour|day|week|month|year|decade)s", _durations),
        (rf"{COUNT}[ -]{UNIT} (?:ago|earlier|before|back)", _away(-1)),
        (rf"{COUNT} {UNIT} (?:from now|hence|later)", _away(1)),
        (rf"(?:{DAY},? (?:at )?)?{CLOCK}", _clock),
        (rf"{CLOCK},? (?:on )?(?:{DAY}|{_ADVERB})", _clock),
        (r"(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)", _stopwatch),
        (rf"(?:every|each) (?:{PART}|{DAY}|{MONTH}|{SEASON}|(?:(?P<count>{numbers.NUMBER}) )?{UNIT})", _every),
        (rf"(?P<each>{'|'.join(EVERY)})", _every),
        (r"(?:the )?(?:turn|end) of (?:the )?year|year[- ]end", _year_end),
        (rf"(?:the |that )(?:{_ORDINAL} )?day", _some_day),
        (rf"(?:{NOW})", _reference("PRESENT_REF")),
        (rf"(?:{PAST})", _reference("PAST_REF")),
        (rf"(?:{FUTURE})", _reference("FUTURE_REF")),
    )
)
