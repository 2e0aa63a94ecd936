"""Nouns and adjectives that report: "her claim that …", "support for …", "is willing to …", "worried about …"."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.record.english.candidate import Candidate
from evenhand.record.english.lexicon import Frames, adjective_frames, noun_frames, verb_bases
from evenhand.record.english.subjects import infinitive, owner, phrase, subject
from evenhand.record.english.tree import Tree

BE = frozenset({"is", "was", "are", "were", "'s", "remains", "remained"})


def named(tree: Tree) -> Iterator[Candidate]:
    """Every attribution that hangs on a noun or an adjective."""
    nouns, adjectives = noun_frames(), adjective_frames()
    for at, tag in enumerate(tree.tags):
        word = tree.words[at]
        if tag in ("NN", "NNS") and word in nouns:
            yield from _of_noun(tree, at, nouns[word])
            yield from _is_said(tree, at, nouns[word])
        elif (
            tag[:2] in ("JJ", "VB")
            and word in adjectives
            and tree.deps[at] in ("acomp", "oprd", "conj", "ROOT", "xcomp", "advcl", "ccomp", "relcl")
        ):
            yield from _of_adjective(tree, at, adjectives[word])


def _of_noun(tree: Tree, at: int, frames: Frames) -> Iterator[Candidate]:
    """A noun of speech or thought; without a clause it counts only where somebody is named whose it is."""
    who = owner(tree, at)
    for one in tree.children[at]:
        kind, inner = _said_by_noun(tree, one, frames) if one > at else ("", -1)
        if inner >= 0 and (who >= 0 or kind == "clause"):
            yield Candidate("noun " + kind, (tree.span(at, at),), phrase(tree, who), (tree.under(inner),), at, who)


def _is_said(tree: Tree, at: int, frames: Frames) -> Iterator[Candidate]:
    """ "Her position is that …", "their plan is to …", where somebody is named whose it is."""
    verb, who = tree.heads[at], tree.child(at, "poss")
    if tree.deps[at] != "nsubj" or tree.words[verb] not in BE or who < 0:
        return
    for one in tree.children[verb]:
        kind = _said_by_noun(tree, one, frames)[0] if one > at and tree.deps[one] in ("ccomp", "xcomp") else ""
        if kind:
            yield Candidate("noun " + kind, (tree.span(at, at),), phrase(tree, who), (tree.under(one),), at, who)


def _said_by_noun(tree: Tree, one: int, frames: Frames) -> tuple[str, int]:
    dep = tree.deps[one]
    if dep in ("acl", "ccomp", "xcomp"):
        if "clause" in frames and _that(tree, one):
            return "clause", one
        return ("to", one) if "to" in frames and infinitive(tree, one) else ("", -1)
    return _behind_preposition(tree, one, frames) if dep == "prep" else ("", -1)


def _behind_preposition(tree: Tree, one: int, frames: Frames) -> tuple[str, int]:
    word = "to as object" if tree.words[one] == "to" else tree.words[one]
    return (word, tree.child(one, "pobj", "pcomp")) if word in frames else ("", -1)


def _that(tree: Tree, verb: int) -> bool:
    mark = tree.child(verb, "mark")
    return mark >= 0 and tree.words[mark] in ("that", "whether", "if")


def _of_adjective(tree: Tree, at: int, frames: Frames) -> Iterator[Candidate]:
    """Somebody is sure, willing, afraid …; nobody is where "it is clear that"."""
    verb = tree.heads[at] if tree.deps[at] in ("acomp", "oprd") else at
    who = _feeling(tree, at, verb)
    if who >= 0 and tree.words[who] == "it" and verb_bases().get(tree.words[tree.heads[at]]) == "make":
        who = subject(tree, tree.heads[at])
    if who < 0 or tree.words[who] in ("it", "this", "that"):
        return
    for one in [*tree.children[at], *(tree.children[verb] if verb != at else [])]:
        kind, inner = _said_by_adjective(tree, one, frames) if one > at else ("", -1)
        if inner >= 0 and not tree.left[inner] <= who <= tree.right[inner]:
            yield Candidate("adjective " + kind, (tree.span(at, at),), phrase(tree, who), (tree.under(inner),), at, who)


def _feeling(tree: Tree, at: int, verb: int) -> int:
    """Who is sure, willing, afraid: the subject, also over "and"."""
    above = tree.heads[tree.heads[at]] if tree.deps[at] == "conj" else -1
    tried = (subject(tree, verb), subject(tree, above) if above >= 0 else -1, tree.child(at, "nsubjpass"))
    return next((one for one in tried if one >= 0), -1)


def _said_by_adjective(tree: Tree, one: int, frames: Frames) -> tuple[str, int]:
    dep = tree.deps[one]
    if dep == "ccomp" or (dep == "advcl" and _that(tree, one)):
        return ("clause", one) if "clause" in frames else ("", -1)
    if dep == "xcomp":
        return ("to", one) if "to" in frames and infinitive(tree, one) else ("", -1)
    return _behind_preposition(tree, one, frames) if dep in ("prep", "agent") else ("", -1)
