"""When: time expressions in English, found in a text and reckoned from the day on which they were said.

The longest match of `date_rules` at a place wins. What only narrows a time ("early", "the end of", "at least") is
taken off first. Whether "on Friday" looks back or ahead is read from the words before it in its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.record import calendar
from evenhand.record.calendar import When
from evenhand.record.english import numbers
from evenhand.record.english.date_rules import DAYS, EVERY, MONTHS, PARTS, RULES, SEASONS, Setting
from evenhand.record.english.leaning import leaning

# words that narrow a time without giving another value
NARROW = re.compile(
    r"(?:(?:the )?(?:very )?(?:early|late|later|mid|middle|end|beginning|start|close|dawn|half|first days"
    r"|first half|last days|rest)"
    r"(?: in| of|-| )\s?|about |around |approximately |roughly |nearly |almost |at least |at most |up to "
    r"|more than |over |less than "
    r"|fewer than |under |some |a mere |only |just |another |exactly |as (?:early|late|long) as |no (?:more"
    r"|less) than )+"
)
# a place where an expression may begin
BEGINS = re.compile(r"(?<![\w$€£])(?=\w|['’]\d)(?!(?:over|under|in|just) )")
# an expression has one of these words, or a year
TELLING = re.compile(
    r"\b(?:"
    + "|".join([*MONTHS, *DAYS, *PARTS, *SEASONS, *EVERY])
    + r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
    r"|yesterday|today|tonight|tomorrow|now|current|present|recent|past|last|next|future|soon|shortly|late|earl"
    r"|once|ago|time|moment"
    r"|previous|former|second|minute|hour|day|week|fortnight|month|quarter|year|decade|centur|fiscal|fy|(?:1\d"
    r"|20)\d\d|\d0s|\d+:\d|\d+ ?[ap]\.?m)"
)
# single words that are found in a text only where they must be times
LOOSE = frozenset(
    {"may", "march", "second", "once", "later", "earlier", "spring", "summer", "fall", "winter", "the day", "that day"}
)
ABBREVIATED = frozenset({"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"})
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression at its place in the text, in code points, and what it means."""

    start: int
    end: int
    when: When


def values_at(text: str, places: Iterable[tuple[int, int]], said_on: date) -> tuple[When | None, ...]:
    """What the expressions at these places of a text mean, in their order: each may rest on those before it."""
    found: list[When | None] = []
    story: int | None = None
    for start, end in places:
        found.append(value_at(text, start, end, said_on, story=story))
        story = _story(found[-1], story)
    return tuple(found)


def value_at(text: str, start: int, end: int, said_on: date, *, story: int | None = None) -> When | None:
    """What the expression at a place of a text means; nothing where it is no time we know.

    `story`: the year of the time last named before it.
    """
    span = text[start:end]
    setting = Setting(said_on, leaning(text, start, end), _year_behind(text, end), story)
    found = meaning(span, setting)
    if found is None and (number := numbers.number(span)) is not None:
        return (
            _shared_unit(text, end, setting)
            if number != number.to_integral() or len(span) != 2
            else (_second_year(text, start, span) or _shared_unit(f"{span}{text[end:]}", len(span), setting))
        )
    return found


def meaning(expression: str, setting: Setting) -> When | None:
    """What an expression means by itself. Never raises."""
    plain = re.sub(r"\s+", " ", expression.lower().replace("’", "'")).strip(" .,;:'\"()") or " "
    for words in dict.fromkeys((plain, _unnarrowed(plain))):
        for pattern, reckon in RULES:
            match = pattern.fullmatch(words)
            if match and (found := reckon(match, setting)) is not None:
                return found
    return None


def dates_in(text: str, said_on: date, *, start: int = 0, end: int | None = None) -> tuple[Dated, ...]:
    """The time expressions of a stretch of text (all of it unless told), in its order, without overlaps."""
    return tuple(_found(text, said_on, start, len(text) if end is None else end))


def _story(when: When | None, before: int | None) -> int | None:
    return when.first.year if when and when.first and when.kind in {"date", "time"} else before


def _unnarrowed(words: str) -> str:
    """Without words that narrow; the article stays where they leave none ("the end of the week")."""
    match = NARROW.match(words)
    return words[match.end() :] if match and match.end() < len(words) else words


def _year_behind(text: str, end: int) -> int | None:
    """The year that follows closely and belongs to the expression: "that January day in 2011"."""
    match = re.match(r",? (?:in|of) ((?:1[0-9]|20)\d\d)\b", text[end : end + 12])
    return int(match[1]) if match else None


def _second_year(text: str, start: int, span: str) -> When | None:
    """The second of two years written together: "1957-58"."""
    match = re.search(r"\b((?:1[0-9]|20)\d\d) ?[-–/] ?$", text[max(0, start - 12) : start])
    return calendar.a_year(int(match[1][:2] + span)) if match else None


def _shared_unit(text: str, end: int, setting: Setting) -> When | None:
    """A number that shares the unit of the one behind it: "12 to 18 months"."""
    first = re.search(rf"(?:{numbers.NUMBER})$", text[:end].lower())
    match = re.match(rf" ?(?:to|or|and|-|–) ?(?:{numbers.NUMBER})[ -](\w+)", text[end : end + 40].lower())
    return meaning(f"{first[0]} {match[1]}", setting) if first and match else None


def _found(text: str, said_on: date, start: int, end: int) -> Iterator[Dated]:
    lower = text.lower().replace("’", "'")
    if len(lower) != len(text):  # some letters change their length
        lower = "".join(one if len(one.lower()) != 1 else one.lower() for one in text).replace("’", "'")
    place = start
    story: int | None = None
    for telling in TELLING.finditer(lower, start, end):
        if telling.start() < place:
            continue
        for begin in BEGINS.finditer(lower, max(place, _words_before(lower, telling.start(), 6)), telling.start() + 1):
            match = _longest(lower, begin.start(), min(end, begin.start() + LONGEST))
            if match <= telling.start():
                continue
            when = value_at(text, begin.start(), match, said_on, story=story)
            if when is not None and _surely(text[begin.start() : match], text, begin.start()):
                story = _story(when, story)
                yield Dated(begin.start(), match, when)
                place = match
                break


def _words_before(text: str, place: int, count: int) -> int:
    """Where the word stands that is so many words before a place, on the same line and in the same sentence."""
    begun = re.search(r"[\w'-]*$", text[max(0, place - 25) : place])
    place -= len(begun[0]) if begun else 0
    for _ in range(count):
        match = re.search(r"[\w',-]+ $", text[max(0, place - 25) : place])
        if not match or match[0].endswith(", "):
            return place
        place -= len(match[0])
    return place


def _longest(lower: str, begin: int, end: int) -> int:
    """Where the longest expression that begins here ends; `begin` where none does."""
    narrow = NARROW.match(lower, begin, end)
    best = begin
    for place in {begin, narrow.end() if narrow else begin}:
        for pattern, _ in RULES:
            match = pattern.match(lower, place, end)
            if match and match.end() > best and not re.match(r"\w", lower[match.end() : match.end() + 1]):
                best = match.end()
    return best


def _surely(span: str, text: str, start: int) -> bool:
    """Whether a word that has other meanings is a time here: "May" is, "may" is not."""
    lower = span.lower()
    if lower in {"may", "march"}:
        return span[0].isupper() and bool(
            re.search(r"\b(?:in|of|since|until|by|from|last|this|next|early|late|mid)[ -]$", text[:start][-8:])
        )
    return lower not in LOOSE and lower not in ABBREVIATED
