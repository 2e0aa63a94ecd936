"""From what the finders propose to attributions that do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from evenhand.record.english.candidate import Candidate, trimmed, union
from evenhand.record.english.quotes import Quote
from evenhand.record.english.quoting import floating, holds, spoken
from evenhand.record.english.tree import Span

RANK = {"verb clause": 0, "quote": 1, "phrase according": 0, "verb as": 2, "verb person to": 2, "verb to": 2}


def merged(candidates: Iterable[Candidate], quotes: Sequence[Quote], text: str) -> list[Candidate]:
    """One candidate per cue, quotations taken whole, doubles dropped. In the order of the text."""
    kept: dict[int, Candidate] = {}
    for one in sorted(candidates, key=lambda one: (one.at, RANK.get(one.kind, 5))):
        known = kept.get(one.at)
        if known is None:
            kept[one.at] = one
        elif known.kind in ("verb clause", "quote") and one.kind == "quote":
            kept[one.at] = replace(known, content=union([*known.content, *one.content]))
    whole = [_whole(inner, quotes) for one in kept.values() if (inner := _within(one, quotes)).content]
    speech = [quote for quote in quotes if spoken(text, quote)]
    whole = [one for one in _one_holder(whole, speech) if one.content]
    whole = floating(whole, speech, text)
    whole = [replace(one, content=trimmed(one.content, text)) for one in whole]
    return sorted((one for one in whole if one.content), key=lambda one: (one.first, -one.last))


def _within(one: Candidate, quotes: Sequence[Quote]) -> Candidate:
    """What somebody quoted reports ends with the quotation; nothing is left where it does not begin there."""
    around = [quote for quote in quotes if one.kind != "colon" and quote.start < one.cue[0][0] < quote.end]
    if not around:
        return one
    quote = around[0]
    clipped = ((max(start, quote.start), min(end, quote.end)) for start, end in one.content)
    return replace(one, content=tuple((start, end) for start, end in clipped if start < end))


def _whole(one: Candidate, quotes: Sequence[Quote]) -> Candidate:
    """With every quotation that the content reaches into taken whole, unless the cue stands in it too."""
    cue = one.cue[0][0]
    more = [
        (quote.start, quote.end)
        for quote in quotes
        if one.kind != "colon"
        and not quote.start <= cue < quote.end
        and any(start < quote.end and quote.start < end for start, end in one.content)
    ]
    return replace(one, content=union([*one.content, *more])) if more else one


def _one_holder(candidates: list[Candidate], quotes: Sequence[Quote]) -> list[Candidate]:
    """Each quotation goes to the nearest cue that claims it; what stands inside another's content is left alone."""
    out = list(candidates)
    for quote in quotes:
        holders = [at for at, one in enumerate(out) if holds(one, quote)]
        rivals = [at for at in holders if not any(_inside(out[at], out[other]) for other in holders if other != at)]
        nearest = min(rivals, key=lambda at: _distance(out[at], quote), default=-1)
        for at in rivals:
            if at != nearest:
                out[at] = replace(out[at], content=_without(out[at].content, quote))
    return out


def _inside(one: Candidate, other: Candidate) -> bool:
    return bool(one.cue) and any(start <= one.cue[0][0] < end for start, end in other.content)


def _distance(one: Candidate, quote: Quote) -> int:
    if not one.cue:
        return quote.end
    return max(one.cue[0][0] - quote.end, quote.start - one.cue[-1][1])


def _without(content: Iterable[Span], quote: Quote) -> tuple[Span, ...]:
    parts = [part for start, end in content for part in ((start, min(end, quote.start)), (max(start, quote.end), end))]
    return tuple((start, end) for start, end in parts if start < end)
