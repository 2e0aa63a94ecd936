"""Quotation marks: which stretches of a text are quoted. Knows all kinds of marks and no words; never fails."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evenhand.record.english.paragraphs import borders

PAIRS = {"“": "”", "„": "“”", "«": "»", "‟": "”", "『": "』", "「": "」", "‹": "›"}
STRAIGHT = '"＂'
_MARK = re.compile("[“”„«»‟『』「」‹›\"＂]|``|''|(?<![\\w’'])[‘'](?=\\w)|(?<=[\\w.,!?…])[’'](?!\\w)")


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted characters from `start` to `end`, marks included. `closed` is false where the closing mark is missing.

    `goes_on`: the paragraph ended without a closing mark and the next one opens with a mark again, as long speeches
    are set.
    """

    start: int
    end: int
    closed: bool
    goes_on: bool = False


def quotes(text: str, start: int, end: int) -> list[Quote]:
    """The outermost quotations in text[start:end], in order; none runs past its paragraph."""
    found: list[Quote] = []
    begin = start
    for border in [*borders(text, start, end), end]:
        found += _in_paragraph(text, begin, border)
        begin = border
    return found


def _in_paragraph(text: str, start: int, end: int) -> list[Quote]:
    found: list[Quote] = []
    opened, closers = -1, ""
    for mark in _MARK.finditer(text, start, end):
        sign, at = mark.group(), mark.start()
        if opened < 0:
            closers = _closers(text, sign, at, start)
            opened = at if closers else -1
        elif sign in closers and not _opens_again(text, sign, at):
            found.append(Quote(opened, mark.end(), True))
            opened = -1
        elif sign == text[opened] and sign not in STRAIGHT:
            # the mark before was never closed
            opened = at
    if opened >= 0 and text[opened] not in "‘'":
        stop = start + len(text[start:end].rstrip())
        goes_on = end + 1 < len(text) and text[end] == text[opened]
        found.append(Quote(opened, stop, False, goes_on))
    return found


def _closers(text: str, sign: str, at: int, start: int) -> str:
    """The marks that close what this one opens; "" where it does not open anything."""
    if sign in PAIRS:
        return PAIRS[sign]
    if sign == "”" and not text[start:at].strip():
        # the wrong mark, but where only an opening one can stand
        return "”"
    if sign in ("``", "''"):
        return "''"
    if sign in ("‘", "'") and text[at + 1 : at + 2].isalnum():
        return "’'"
    if sign in STRAIGHT and not (at > start and text[at - 1].isdigit()):
        return STRAIGHT
    return ""


def _opens_again(text: str, sign: str, at: int) -> bool:
    return sign in STRAIGHT and at + 1 < len(text) and text[at - 1].isspace() and text[at + 1].isalnum()
