"""Who goes on after "and": in "He said it was over and promised talks" the promise is his."""

from __future__ import annotations

from evenhand.record.english.lexicon import verb_bases, verb_frames
from evenhand.record.english.tree import Tree

FINITE = ("VBD", "VBZ", "VBP")
PERSONS = frozenset({"i", "you", "he", "she", "we", "they", "who"})


def outer_verb(tree: Tree, verb: int) -> int:
    """The reporting verb that a verb after "and" really stands beside, though parsed as part of the report; else -1.

    So where the verb agrees in tense with the reporting verb and not with its neighbour in the report, or where that
    neighbour's subject is nobody.
    """
    if tree.deps[verb] != "conj" or tree.child(verb, "nsubj", "nsubjpass", "mark") >= 0 or not _reports(tree, verb):
        return -1
    beside = tree.heads[verb]
    while tree.deps[beside] == "conj":
        beside = tree.heads[beside]
    above = tree.heads[beside]
    if (
        tree.deps[beside] != "ccomp"
        or above > verb
        or tense(tree, above) != tense(tree, verb)
        or not _reports(tree, above)
    ):
        return -1
    own = tree.child(beside, "nsubj", "nsubjpass")
    differs = tense(tree, tree.heads[verb]) != tense(tree, verb)
    return above if differs or not _somebody(tree, own) else -1


def _reports(tree: Tree, verb: int) -> bool:
    return verb_bases().get(tree.words[verb]) in verb_frames()


def _somebody(tree: Tree, word: int) -> bool:
    return word < 0 or tree.tags[word].startswith("NNP") or tree.words[word] in PERSONS


def tense(tree: Tree, verb: int) -> tuple[str, bool]:
    """The tag of the finite word, and whether "have" stands before the verb; "" where there is no finite word."""
    helping = [one for one in tree.children[verb] if one < verb and tree.deps[one] in ("aux", "auxpass")]
    finite = next((one for one in [*helping, verb] if tree.tags[one] in FINITE or tree.tags[one] == "MD"), -1)
    perfect = any(tree.words[one] in ("have", "has", "had", "'ve", "'d") and tree.tags[one] != "MD" for one in helping)
    return (tree.tags[finite] if finite >= 0 else ""), perfect


def trailing_verb(tree: Tree, verb: int) -> int:
    """The reporting verb that a participle behind a comma goes on from: "He said it was over, citing …"; else -1."""
    if tree.tags[verb] != "VBG" or tree.deps[verb] != "advcl" or not _reports(tree, verb):
        return -1
    before, clause = tree.left[verb] - 1, tree.heads[verb]
    if before < clause or tree.words[before] != "," or tree.deps[clause] != "ccomp":
        return -1
    above = tree.heads[clause]
    return above if above < clause and _reports(tree, above) else -1


def end_of_report(tree: Tree, verb: int, one: int, last: int) -> int:
    """The last word of what `verb` reports in the clause of `one`: it ends before what belongs beside `verb`."""
    for more in range(one + 1, last + 1):
        dep = tree.deps[more]
        beside = dep == "conj" and outer_verb(tree, more) == verb
        if beside or (dep == "advcl" and trailing_verb(tree, more) == verb) or tree.words[more] == ";":
            stop = (more if tree.words[more] == ";" else tree.left[more]) - 1
            while stop > one and tree.deps[stop] in ("cc", "punct"):
                stop -= 1
            return stop
    return last
