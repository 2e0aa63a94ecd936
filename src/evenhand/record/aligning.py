"""Words that a model gives, found again in the text: exactly, but for blanks and the shape of quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DOUBLE, _SINGLE = '"“”„«»', "'’‘‚`"

_ENDS, _SENTENCE = re.compile(r"[.!?]\W*\s"), 1000


@dataclass(frozen=True, slots=True)
class Claim:
    """What a model says it read: somebody's words, the words that say so, and who, each as it stands in the text."""

    content: str
    cue: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Where it stands, in code points."""

    content: tuple[int, int]
    cue: tuple[int, int] | None
    speaker: tuple[int, int] | None


def found_in(text: str, claim: Claim, start: int = 0, end: int | None = None) -> Found | None:
    """Where a claim stands between two places of a text; None unless every part of it is there.

    The content is sought first; then the cue and the speaker nearest to it, outside of it. Of several such places
    the one where all lie closest together counts, then the first.
    """
    stop = len(text) if end is None else end
    best: tuple[int, Found] | None = None
    for content in _places(text, claim.content, start, stop):
        cue, far = _nearest(text, claim.cue, content, start, stop)
        speaker, farther = _nearest(text, claim.speaker, content, start, stop)
        if (claim.cue.strip() and cue is None) or (claim.speaker.strip() and speaker is None):
            continue
        if best is None or far + farther < best[0]:
            best = far + farther, Found(content, cue, speaker)
    return best[1] if best else None


def _places(text: str, words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    pieces = words.split()
    if not any(map(str.isalnum, words)):
        return
    pattern = r"\s+".join("".join(map(_like, piece)) for piece in pieces)
    first = r"(?<!\w)" if pieces[0][0].isalnum() else ""
    last = r"(?!\w)" if pieces[-1][-1].isalnum() else ""
    for match in re.compile(first + pattern + last).finditer(text, start, end):
        yield match.span()


def _like(letter: str) -> str:
    kind = next((marks for marks in (_DOUBLE, _SINGLE) if letter in marks), "")
    return f"[{kind}]" if kind else re.escape(letter)


def _nearest(
    text: str, words: str, content: tuple[int, int], start: int, end: int
) -> tuple[tuple[int, int] | None, int]:
    """The place of some words nearest to the content and outside of it, and how far it is."""
    outside = [place for place in _places(text, words, start, end) if place[1] <= content[0] or content[1] <= place[0]]
    far = {place: _distance(text, content, place) for place in outside}
    place = min(outside, key=lambda one: far[one], default=None)
    return place, far[place] if place else 0


def _distance(text: str, one: tuple[int, int], other: tuple[int, int]) -> int:
    """Characters between two places, a sentence's end counting like very many."""
    start, end = min(one[1], other[1]), max(one[0], other[0])
    return end - start + _SENTENCE * len(_ENDS.findall(text, start, end))
