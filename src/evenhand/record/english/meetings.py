"""Meetings that a text names: the words, who, where, and when.

A meeting needs a word for one and, in the same sentence, a time, or at least two that meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evenhand.record.calendar import When
from evenhand.record.english.dates import Dated

_WORD = re.compile(
    r"\b(?:meetings?|summit|talks|conversation|negotiations|discussions|consultations|phone call|conference|"
    r"(?:will |to )?(?:meet|meets|met|travel|visit|speak with|host)|travelled|traveled|visited|visiting|hosted)\b",
    re.I,
)
_SENTENCE = re.compile(r"[.!?]['\"”’)]*(?=\s+[A-Z“\"]|\s*$)|\n")
_NAME = r"[A-Z][\w’'-]*(?:\s+(?:of\s+)?[A-Z][\w’'-]*)*"
_WITH = re.compile(rf"\b(?:with|between|both|and|by)\s+(?:the\s+)?({_NAME})")
_WHERE = re.compile(rf"\b(?:in|at|to)\s+((?!the\b){_NAME})")
_APART = re.compile(r"\bthat\b|,.*,|[“”\"]|.{100}", re.S)
NEAR = 150
_TIMES = frozenset({"day", "week", "weekend", "month", "time"})


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting at its place in a text: the span from its first to its last word, names as written, place and time."""

    start: int
    end: int
    who: tuple[str, ...]
    where: str
    when: When | None


def meetings_in(text: str, times: Sequence[Dated]) -> tuple[Met, ...]:
    """The meetings a text names, one a sentence at most; `times` are those of the text."""
    return tuple(_meetings(text, times))


def _meetings(text: str, times: Sequence[Dated]) -> Iterator[Met]:
    start = 0
    for end in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
        word = _WORD.search(text, start, end)
        if word:
            near = [one for one in times if start <= one.start < end and one.when.grain in _TIMES]
            # the time that stands behind the word, rather than the one of another clause
            time = min(near, key=lambda one: (one.start < word.start(), abs(one.start - word.end())), default=None)
            if time is not None and _together(text, word, time):
                yield _met(text, start, end, word, time)
        start = end


def _together(text: str, word: re.Match[str], time: Dated) -> bool:
    """Whether a time belongs to the word: "announced on Sunday that talks had begun" names no day of the talks."""
    if time.start >= word.end():
        return time.start - word.end() < NEAR
    return _APART.search(text[time.end : word.start()]) is None


def _met(text: str, start: int, end: int, word: re.Match[str], time: Dated) -> Met:
    first, last = min(word.start(), time.start), max(word.end(), time.end)
    behind = text[word.end() : end].split(",", 1)[0]
    who = tuple(dict.fromkeys(match[1] for match in _WITH.finditer(behind)))
    where = _WHERE.search(behind)
    return Met(first, last, who, where[1] if where else "", time.when)
