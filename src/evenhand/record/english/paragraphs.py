"""Where paragraphs begin, and stretches of text short enough to parse at once. Knows nothing of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

LONGEST = 4000
WRAPPED = range(50, 101)
# the look back lets a long run of spaces be tried once, not from each of its places
_BREAK = re.compile(r"(?<![ \t\r\f\v])[ \t\r\f\v]*\n\s*")
_DATELINE = re.compile(r"[A-Z]{3}[A-Z .'’-]*(?:,[^—–\n:]{0,40}?)?(?: ?\([^)\n]{1,25}\))? ?(?:—|–|--| - ) ?")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+")

Span = tuple[int, int]


def borders(text: str, start: int, end: int) -> Iterator[int]:
    """The places in text[start:end] where a new paragraph begins, `start` not among them.

    A blank line is a border. So is a single line break, unless the lines are wrapped: the next line goes on in lower
    case, or the one before is as long as wrapped lines are and ends in the middle of a sentence.
    """
    line = start
    for found in _BREAK.finditer(text, start, end):
        after = found.end()
        if after < end and not _wrapped(text, line, found.start(), after, found.group().count("\n")):
            yield after
        line = after


def paragraphs(text: str, start: int, end: int) -> list[Span]:
    """The paragraphs that make up text[start:end]; "GENEVA (Reuters) — " at the head of one is a piece of its own."""
    places = [start, *borders(text, start, end)]
    behind = (found.end() for place in places if (found := _DATELINE.match(text, place, end)))
    return list(pairwise(sorted({*places, *behind, end})))


def _wrapped(text: str, line: int, stop: int, after: int, breaks: int) -> bool:
    if breaks > 1:
        return False
    if text[after].islower():
        return True
    return stop - line in WRAPPED and text[stop - 1].isalnum() and text[after].isalnum()


def stretches(text: str, longest: int = LONGEST) -> Iterator[Span]:
    """The text in pieces of about `longest` code points that end with a paragraph; longer ones end with a sentence.

    The pieces follow each other and make up the whole text; none is longer than twice `longest`.
    """
    start = 0
    while start < len(text):
        end = min(start + longest, len(text))
        if end < len(text):
            end = _cut(text, start, end, min(start + 2 * longest, len(text)))
        yield start, end
        start = end


def _cut(text: str, start: int, wished: int, latest: int) -> int:
    """The first paragraph end from `wished` on; else the nearest end of a line, a sentence or a word; else `latest`."""
    for place in borders(text, wished, latest):
        return place
    for pattern in (_BREAK, _SENTENCE_END, re.compile(r"\s+")):
        places = [found.end() for found in pattern.finditer(text, start, latest)]
        if places:
            return min(places, key=lambda place: abs(place - wished))
    return latest
