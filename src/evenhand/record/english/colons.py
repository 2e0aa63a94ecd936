"""Names before a colon: headlines ("Smith: We will win") and transcripts ("SMITH: Good evening")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from evenhand.record.english.candidate import Candidate
from evenhand.record.english.lexicon import lines
from evenhand.record.english.paragraphs import borders

_WORD = r"[A-Z][\w.’'-]*"
_NAMED = re.compile(
    rf"[\"“]?({_WORD}(?: (?:{_WORD}|of|the|and|for|de|al|bin|von|van)){{0,3}}(?: \([^)\n]{{1,40}}\))?)(:)\s+(?=\S)"
)


def before_colons(text: str, start: int, end: int) -> Iterator[Candidate]:
    """A candidate for each paragraph of text[start:end] that begins with a name and a colon."""
    begin = start
    for border in [*borders(text, start, end), end]:
        stop = begin + len(text[begin:border].rstrip())
        found = _NAMED.match(text, begin, stop)
        if found and found.group(1).lower().split()[0] not in labels():
            yield Candidate("colon", (found.span(2),), (found.span(1),), ((found.end(), stop),), -begin - 1)
        begin = border


@cache
def labels() -> frozenset[str]:
    """Words that begin a label rather than a name: "Note: …", "By: …"."""
    return frozenset(word for line in lines("labels.txt") for word in line.split())
