"""When something was said: the time that a report names beside the words that say so, and all times it names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from evenhand.record.english.dates import Dated, dates_in
from evenhand.record.model import Date, Source, Span, Statement

NEAR = 30
"""So many characters at most lie between the speaker or the cue and the time that goes with them."""
_BREAK = re.compile(r"[.!?]['\"”’]?\s|\n")


def times_in(source: Source, end: int | None = None) -> tuple[Dated, ...]:
    """The times a report names (up to a place), reckoned from its date."""
    return dates_in(source.text, source.date, end=end)


def as_date(source: Source, found: Dated, how: str = "") -> Date:
    """A time that a report names, with its place."""
    return Date(
        value=found.when.value,
        granularity=found.when.grain,
        first=found.when.first,
        last=found.when.last,
        source=source.id,
        span=Span(start=found.start, end=found.end),
        how=how,
    )


def said_on(source: Source, one: Statement, times: Sequence[Dated]) -> Date | None:
    """When a statement was made, where the report says so in the same sentence; None where it does not.

    `times` are those that stand outside all words that were said. Nothing can be reported before it is said, so
    later times do not count.
    """
    if one.cue is None or one.within is not None:
        return None
    parts = [one.cue, *([one.speaker.span] if one.speaker.span else [])]
    first, last = min(part.start for part in parts) - 2 * NEAR, max(part.end for part in parts) + 2 * NEAR
    reach = slice(
        bisect_left(times, first, key=lambda time: time.end), bisect_left(times, last, key=lambda time: time.start)
    )
    near = [
        (gap, time)
        for time in times[reach]
        if time.when.kind == "date"
        and time.when.first is not None
        and time.when.last is not None
        and time.when.last <= source.date
        for gap in [min(_gap(source.text, part, time) for part in parts)]
        if gap <= NEAR
    ]
    if not near:
        return None
    time = min(near, key=lambda pair: (pair[0], pair[1].start))[1]
    words = source.text[time.start : time.end]
    return as_date(source, time, f"“{words}”, reckoned from the report's date {source.date}")


def _gap(text: str, part: Span, time: Dated) -> int:
    """How many characters lie between; more than `NEAR` where a sentence ends there."""
    start, end = (part.end, time.start) if part.end <= time.start else (time.end, part.start)
    between = text[start : max(start, end)]
    return NEAR + 1 if len(between) > NEAR or _BREAK.search(between) else len(between)
