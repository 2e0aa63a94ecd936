"""Nouns and adjectives that report: "her claim that …", "support for …", "is willing to …", "worried about …"."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.record.english.candidate import Candidate
from evenhand.record.english.lexicon import adjective_frames, noun_frames
from evenhand.record.english.subjects import infinitive, owner, phrase, subject
from evenhand.record.english.tree import Tree


def named(tree: Tree) -> Iterator[Candidate]:
    """Every attribution that hangs on a noun or an adjective."""
    nouns, adjectives = noun_frames(), adjective_frames()
    for at, tag in enumerate(tree.tags):
        word = tree.words[at]
        if tag in ("NN", "NNS") and word in nouns:
            yield from _of_noun(tree, at, nouns[word])
        elif (
            tag[:2] in ("JJ", "VB")
            and word in adjectives
            and tree.deps[at] in ("acomp", "oprd", "conj", "ROOT", "xcomp", "advcl", "ccomp", "relcl")
        ):
            yield from _of_adjective(tree, at, adjectives[word])


def _of_noun(tree: Tree, at: int, frames: frozenset[str]) -> Iterator[Candidate]:
    who = owner(tree, at)
    for one in tree.children[at]:
        if one < at:
            continue
        kind, inner = "", one
        if tree.deps[one] in ("acl", "ccomp", "relcl") and "clause" in frames and _that(tree, one):
            kind = "clause"
        elif tree.deps[one] in ("acl", "xcomp", "ccomp") and "to" in frames and infinitive(tree, one):
            kind = "to"
        elif tree.deps[one] == "prep" and tree.words[one] in frames:
            kind, inner = tree.words[one], tree.child(one, "pobj", "pcomp")
        if kind and inner >= 0:
            yield Candidate("noun " + kind, (tree.span(at, at),), phrase(tree, who), (tree.under(inner),), at, who)


def _that(tree: Tree, verb: int) -> bool:
    mark = tree.child(verb, "mark")
    return mark >= 0 and tree.words[mark] in ("that", "whether", "if")


def _of_adjective(tree: Tree, at: int, frames: frozenset[str]) -> Iterator[Candidate]:
    verb = tree.heads[at] if tree.deps[at] in ("acomp", "oprd") else at
    who = subject(tree, verb)
    if who < 0 and tree.deps[at] == "conj":
        who = subject(tree, tree.heads[tree.heads[at]])
    if who < 0:
        who = tree.child(at, "nsubjpass")
    if who < 0:
        return
    for one in [*tree.children[at], *(tree.children[verb] if verb != at else [])]:
        if one < at:
            continue
        kind, inner = "", one
        if (
            tree.deps[one] in ("ccomp", "advcl")
            and "clause" in frames
            and (tree.deps[one] == "ccomp" or _that(tree, one))
        ):
            kind = "clause"
        elif tree.deps[one] == "xcomp" and "to" in frames and infinitive(tree, one):
            kind = "to"
        elif tree.deps[one] in ("prep", "agent") and (
            tree.words[one] in frames or (tree.words[one] == "to" and "to as object" in frames)
        ):
            kind, inner = tree.words[one], tree.child(one, "pobj", "pcomp")
        if kind and inner >= 0 and not inner <= who <= tree.right[inner]:
            yield Candidate("adjective " + kind, (tree.span(at, at),), phrase(tree, who), (tree.under(inner),), at, who)
