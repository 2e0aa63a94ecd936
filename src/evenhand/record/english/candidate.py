"""What one finder found: a cue, whose it is, and what was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.record.english.tree import Span

LOOSE = " \t\r\n\xa0,;:–—•*\u200b\u200e\u200f"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An attribution somebody proposes, in characters of the whole text. `kind` says by which rule."""

    kind: str
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    at: int
    holder: int = -1

    @property
    def first(self) -> int:
        """Where the content begins."""
        return min(start for start, _ in self.content)

    @property
    def last(self) -> int:
        """Where the content ends."""
        return max(end for _, end in self.content)


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters in spans that are in order and do not touch."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def trimmed(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Spans without blanks, commas and dashes at their ends; nothing where no letter or digit is left."""
    out = []
    for start, end in spans:
        left = start + len(text[start:end]) - len(text[start:end].lstrip(LOOSE))
        right = start + len(text[start:end].rstrip(LOOSE))
        if any(map(str.isalnum, text[left:right])):
            out.append((left, right))
    return tuple(out)
