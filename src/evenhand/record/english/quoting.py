"""Quotations: whose they are. The nearest verb of speech decides; else the speaker stays unknown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evenhand.record.english.candidate import Candidate
from evenhand.record.english.quotes import Quote
from evenhand.record.english.subjects import phrase, subject
from evenhand.record.english.tree import Tree
from evenhand.record.english.verbs import frames_of

SHORT = 4
SENTENCE = 7
BEHIND = 30
BEFORE = 14
NEAR = 300
TURNED = 6
SPEAKERS = ("NN", "NNS", "NNP", "NNPS", "PRP")
_SENTENCE_END = re.compile(r"[.!?][\"”’»]*\s")
_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"[.!?…,;—-][\"'”’»]*\s*$")
_SIGNED = re.compile(r"\s*(―|—|–|--|-)\s*(\w[^\n“”\"―—:;!?]{1,80}?)\.?\s*(?:\n|$)")
_FULL_STOP = re.compile(r"[.…][\"'”’»]*\s*$")
_LOWER = re.compile(r"\s*[a-z]")


def spoken(text: str, quote: Quote) -> bool:
    """Whether a quotation looks like speech rather than a word held with tongs: long, or a sentence of its own."""
    inner = text[quote.start : quote.end]
    words = len(_WORD.findall(inner))
    return words > SHORT or (words > 0 and _ENDS.search(inner) is not None)


def quoted(tree: Tree, quotes: Sequence[Quote]) -> Iterator[Candidate]:
    """A candidate for each quotation of speech that is signed or has a verb of speech beside it."""
    for quote in quotes:
        if not spoken(tree.text, quote):
            continue
        signed = _signature(tree.text, quote)
        if signed is not None:
            yield signed
            continue
        first = bisect_left(tree.starts, quote.start)
        last = bisect_left(tree.starts, quote.end) - 1
        verb = _behind(tree, last, quote) if last >= first else -1
        if verb < 0:
            verb = _before(tree, first)
        if verb >= 0:
            who = _speaker(tree, verb, quote)
            yield Candidate(
                "quote", (tree.span(verb, verb),), phrase(tree, who), ((quote.start, quote.end),), verb, who
            )


def _speaker(tree: Tree, verb: int, quote: Quote) -> int:
    """Whose the quotation is: the verb's subject, or, where the parser took a quoted word for it, who follows."""
    who = subject(tree, verb)
    if who < 0 or not quote.start <= tree.starts[who] < quote.end:
        return who
    behind = range(verb + 1, min(verb + 1 + TURNED, len(tree.words)))
    named = (at for at in behind if tree.tags[at] in SPEAKERS and tree.deps[at] != "compound")
    return next(named, -1)


def _signature(text: str, quote: Quote) -> Candidate | None:
    """A quotation with a name behind it: '"…" — Ann Lee' at the end of a line."""
    found = _SIGNED.match(text, quote.end)
    if found is None or not quote.closed or not found.group(2)[0].isupper():
        return None
    return Candidate("signed", (found.span(1),), (found.span(2),), ((quote.start, quote.end),), -quote.start - 1)


def _speaks(tree: Tree, at: int) -> bool:
    if tree.tags[at][:2] != "VB":
        return False
    frames = frames_of(tree, at)
    return ("clause" in frames or "quote" in frames) and subject(tree, at) >= 0


def _behind(tree: Tree, last: int, quote: Quote) -> int:
    """The verb of speech that follows a quotation: '," he said', '?" asked the king'."""
    said = tree.text[quote.start : quote.end]
    if not _ENDS.search(said) or (_FULL_STOP.search(said) and not _LOWER.match(tree.text, quote.end)):
        return -1
    ended = tree.sentence_of[last]
    for at in range(last + 1, min(last + 1 + BEHIND, len(tree.words))):
        if (
            tree.sentence_of[at] > ended + 1
            or tree.words[at] in ("“", '"', ".", "”")
            or (tree.tags[at] == "_SP" and "\n" in tree.words[at])
        ):
            return -1
        if tree.deps[at] not in ("relcl", "acl") and _speaks(tree, at):
            return at
    return -1


def _before(tree: Tree, first: int) -> int:
    """The verb of speech that leads to a quotation: 'he said: "'; after a colon, from the paragraph before, too."""
    before = first - 1
    while before >= 0 and tree.tags[before] == "_SP":
        before -= 1
    if before == first - 1 and before >= 0 and _speaks(tree, before):
        return before
    allowed = (":",) if before < first - 1 else (",", ":", "that", "—", "–", "--")
    if before < 0 or tree.words[before] not in allowed:
        return -1
    for at in range(before, max(before - BEFORE, -1), -1):
        if tree.words[at] in ("”", '"', "."):
            return -1
        if _speaks(tree, at):
            return at
    return -1


def floating(candidates: list[Candidate], quotes: Sequence[Quote], text: str) -> list[Candidate]:
    """Gives quotations that no candidate holds to the speaker just before them; else keeps them with nobody's name."""
    out = list(candidates)
    before: Quote | None = None
    for quote in quotes:
        goes_on = before is not None and before.goes_on and not text[before.end : quote.start].strip()
        before = quote
        if any(holds(one, quote) for one in out):
            continue
        at = _last_paragraph(out, quote) if goes_on else _just_before(out, quote, text)
        if at >= 0 and _joins(out[at], quote, text, goes_on):
            out[at] = replace(out[at], content=(*out[at].content, (quote.start, quote.end)))
        elif len(_WORD.findall(text[quote.start : quote.end])) > SENTENCE:
            known = out[at] if at >= 0 else None
            cue, source = (known.cue, known.source) if known else ((), ())
            out.append(
                Candidate(
                    "floating" if known else "unknown", cue, source, ((quote.start, quote.end),), -quote.start - 1
                )
            )
    return out


def holds(one: Candidate, quote: Quote) -> bool:
    """Whether a candidate claims a quotation, or part of it, from outside."""
    inside = one.cue and one.kind != "colon" and quote.start <= one.cue[0][0] < quote.end
    return not inside and any(start < quote.end and quote.start < end for start, end in one.content)


def _joins(one: Candidate, quote: Quote, text: str, goes_on: bool) -> bool:
    """Whether a quotation belongs to the one before, rather than being a statement of its own."""
    between = text[one.last : quote.start]
    return goes_on or text[one.first] in "“\"'‘«" or not re.search(r"[.!?]", between)


def _last_paragraph(candidates: Sequence[Candidate], quote: Quote) -> int:
    ends = [(one.last, at) for at, one in enumerate(candidates) if one.last < quote.start]
    return max(ends)[1] if ends else -1


def _just_before(candidates: Sequence[Candidate], quote: Quote, text: str) -> int:
    near = [(_end(one), at) for at, one in enumerate(candidates) if one.cue and 0 <= quote.start - _end(one) < NEAR]
    for end, at in sorted(near, reverse=True):
        between = text[end : quote.start]
        if (
            "\n" not in between
            and len(_SENTENCE_END.findall(between)) <= 2
            and candidates[at].kind
            in (
                "verb clause",
                "quote",
                "phrase according",
                "verb person to",
                "verb as",
            )
        ):
            return at
    return -1


def _end(one: Candidate) -> int:
    return max([one.last, *(end for _, end in one.cue), *(end for _, end in one.source)])
