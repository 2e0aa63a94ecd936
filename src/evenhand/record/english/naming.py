"""What a name is without its trimmings, and the words near a cue that turn it round."""

from __future__ import annotations

import re

from evenhand.record.english.tree import Span

_TITLES_WORDS = """mr mrs ms miss dr sir dame lord lady prof professor president vice prime minister foreign defence
defense secretary general chancellor king queen prince princess senator representative congressman
congresswoman governor mayor judge ambassador envoy special spokesman spokeswoman spokesperson
chairman chairwoman colonel captain the a an us u.s uk former then-president"""
_TITLES = frozenset(_TITLES_WORDS.split())
_EMPTY_WORDS = """i me we us you he him she her it they them who which that this these those many some others one
everyone everybody someone somebody nobody people both each all what"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_NOT = re.compile(r"\b(?:not|never|no longer|neither|nor|cannot|without)\b|n['’]t\b", re.I)
_MAY = re.compile(r"\b(?:may|might|could|would|should|must|ought|(?:needs?|has|have|had) to)\b|\bto\s*$", re.I)
_NEAR = 24


def bare_name(text: str) -> str:
    """A name without articles, titles and the possessive: "US President Donald Trump's" is Donald Trump."""
    words = re.sub(r"['’]s?$", "", re.sub(r"\s+", " ", text.strip(" ,.;:“”\"'"))).split(" ")
    if not any(word[:1].isupper() and word.strip(".").lower() not in _TITLES for word in words):
        return " ".join(words[1:] if words[0].lower() in ("the", "a", "an") and len(words) > 1 else words)
    kept = words
    while len(kept) > 1 and kept[0].strip(".").lower() in _TITLES:
        kept = kept[1:]
    return " ".join(kept)


def names_nobody(text: str) -> bool:
    """Whether the words alone do not tell who is meant."""
    return text.strip().lower() in _EMPTY


def negated(text: str, cue: Span, source: Span | None) -> bool:
    """Whether the words just before a cue deny it: "did not disclose"."""
    return _NOT.search(_before(text, cue, source)) is not None


def denies(words: str) -> bool:
    """Whether words say what will not be: "never give up the valley"."""
    return _NOT.search(words) is not None


def supposed(text: str, cue: Span, source: Span | None) -> bool:
    """Whether the words just before a cue leave open that it happens: "may need to concede"."""
    return _MAY.search(_before(text, cue, source)) is not None


def _before(text: str, cue: Span, source: Span | None) -> str:
    begin = max(0, cue[0] - _NEAR)
    if source is not None and source[1] <= cue[0]:
        begin = max(begin, source[1])
    before = text[begin : cue[0]]
    stop = max(before.rfind(mark) for mark in '.,;:“”"\n')
    return before[stop + 1 :]
