"""Full dates as they stand at the head of a report: 2025-03-17, 17 March 2025, March 17, 2025."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS_WORDS = """january february march april may june july august september october november december"""
_MONTHS = _MONTHS_WORDS.split()
_DATES = re.compile(
    r"\b(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<day>\d{1,2}) (?P<month>[A-Za-z]+),? (?P<year>\d{4})"
    r"|(?P<month2>[A-Za-z]+) (?P<day2>\d{1,2}),? (?P<year2>\d{4}))\b"
)


def full_dates(text: str) -> Iterator[date]:
    """The days named with their year, in the order of the text."""
    for match in _DATES.finditer(text):
        month = (match["month"] or match["month2"] or "").lower()
        try:
            if match["iso"]:
                yield date.fromisoformat(match["iso"])
            elif month in _MONTHS:
                year, day = match["year"] or match["year2"], match["day"] or match["day2"]
                yield date(int(year), _MONTHS.index(month) + 1, int(day))
        except ValueError:
            continue
