"""Phrases that report a whole clause: "according to …", "in her view", "as he put it", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.record.english.candidate import Candidate
from evenhand.record.english.lexicon import verb_bases, verb_frames
from evenhand.record.english.subjects import bare, phrase, subject
from evenhand.record.english.tree import Span, Tree

VIEWS = frozenset(
    {"view", "opinion", "words", "word", "mind", "eyes", "estimation", "judgment", "estimate", "reckoning", "telling"}
)
ADVERBS = frozenset({"reportedly", "allegedly", "supposedly", "purportedly", "presumably", "rumored", "ostensibly"})


def phrased(tree: Tree) -> Iterator[Candidate]:
    """Every attribution that hangs on a phrase of its own."""
    for at, word in enumerate(tree.words):
        if word == "according":
            yield from _according(tree, at)
        elif word in VIEWS:
            yield from _view(tree, at)
        elif word in ADVERBS:
            yield from _adverb(tree, at)
        elif word == "as" and tree.deps[at] in ("mark", "advmod"):
            yield from _as(tree, at)


def _according(tree: Tree, at: int) -> Iterator[Candidate]:
    to = next((one for one in range(at + 1, min(at + 2, len(tree.words))) if tree.words[one] == "to"), -1)
    who = tree.child(to, "pobj") if to >= 0 else -1
    if who < 0:
        return
    content = _rest(tree, at, min(tree.left[at], at), max(tree.right[at], tree.right[who]))
    if content:
        yield Candidate("phrase according", (tree.span(at, to),), phrase(tree, who), content, at, who)


def _rest(tree: Tree, at: int, first: int, last: int) -> tuple[Span, ...]:
    """The clause that the phrase from `first` to `last` belongs to, without the phrase."""
    head = tree.heads[at]
    while tree.heads[head] != head and tree.tags[head][:2] not in ("VB", "MD"):
        head = tree.heads[head]
    low, high = tree.left[head], tree.right[head]
    parts = [(low, first - 1), (last + 1, high)]
    spans = [bare(tree, a, b) for a, b in parts if a <= b]
    return tuple(one for one in spans if one is not None)


def _view(tree: Tree, at: int) -> Iterator[Candidate]:
    who, to = tree.child(at, "poss"), tree.heads[at]
    if who < 0 or tree.words[to] not in ("in", "by", "to", "from") or tree.deps[to] != "prep":
        return
    content = _rest(tree, to, tree.left[to], tree.right[to])
    if content:
        yield Candidate("phrase view", (tree.span(to, at),), phrase(tree, who), content, at, who)


def _adverb(tree: Tree, at: int) -> Iterator[Candidate]:
    head = tree.heads[at]
    content = _rest(tree, at, at, at)
    if content and head != at:
        yield Candidate("phrase adverb", (tree.span(at, at),), (), content, at)


def _as(tree: Tree, at: int) -> Iterator[Candidate]:
    verb = tree.heads[at]
    base = verb_bases().get(tree.words[verb])
    if tree.deps[verb] != "advcl" or base is None or tree.child(verb, "ccomp", "xcomp", "auxpass") >= 0:
        return
    if not ("clause" in verb_frames().get(base, ()) or (base == "put" and tree.child(verb, "dobj") >= 0)):
        return
    who = subject(tree, verb)
    content = _rest(tree, verb, tree.left[verb], tree.right[verb])
    if who >= 0 and content:
        yield Candidate("phrase as", (tree.span(verb, verb),), phrase(tree, who), content, verb, who)
