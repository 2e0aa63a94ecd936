"""Whose words or thoughts a verb's are: its subject, over infinitives, participles, relative clauses and "and"."""

from __future__ import annotations

from evenhand.record.english.coordination import FINITE, outer_verb, trailing_verb
from evenhand.record.english.lexicon import helpers, verb_bases
from evenhand.record.english.tree import Span, Tree

DEEPEST = 6
BORROWS = frozenset({"xcomp", "advcl", "ccomp", "dep", "parataxis", "prep", "conj"})
LONG = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis", "npadvmod"})


def subject(tree: Tree, verb: int, depth: int = 0) -> int:
    """The word that says or thinks what `verb` reports; -1 where nobody is named."""
    own = tree.child(verb, "nsubj", "csubj")
    if own >= 0:
        return -1 if tree.words[own] in ("there", "it") and tree.child(verb, "expl") >= 0 else own
    if tree.child(verb, "nsubjpass") >= 0:
        return agent(tree, verb)
    outer = max(outer_verb(tree, verb), trailing_verb(tree, verb))
    if outer >= 0:
        return subject(tree, outer, depth + 1)
    if tree.heads[verb] == verb:
        return _astray(tree, verb)
    return -1 if depth > DEEPEST else _above(tree, verb, depth)


def _astray(tree: Tree, verb: int) -> int:
    """The name right before a main verb without a subject: the parser took it for the end of a list."""
    before = verb - 1
    while before > 0 and tree.deps[before] == "advmod":
        before -= 1
    named = before >= 0 and tree.tags[verb] in FINITE and tree.tags[before].startswith("NNP")
    return before if named and tree.deps[before] in ("conj", "appos", "pobj") else -1


def _above(tree: Tree, verb: int, depth: int) -> int:
    """The subject a verb borrows from what it hangs on."""
    head, dep = tree.heads[verb], tree.deps[verb]
    if dep == "pcomp":
        return _above(tree, head, depth + 1)
    if dep == "relcl" or (dep == "acl" and tree.tags[verb] == "VBG"):
        return head
    if dep == "acl":
        return owner(tree, head, depth + 1)
    if dep not in BORROWS or (dep == "conj" and not _verbal(tree, head)):
        return -1
    patient = tree.child(head, "dobj", "dative") if dep == "xcomp" else -1
    if 0 <= patient < verb:
        return patient
    above = subject(tree, head, depth + 1)
    return above if dep == "conj" and above >= 0 else _passive_or(tree, head, above)


def _passive_or(tree: Tree, head: int, above: int) -> int:
    """Who is meant below a passive: "was accused of saying" is about the accused."""
    passive = tree.child(head, "nsubjpass")
    return passive if passive >= 0 else above


def _verbal(tree: Tree, word: int) -> bool:
    return tree.tags[word].startswith(("VB", "MD"))


def agent(tree: Tree, verb: int) -> int:
    """The doer of a passive verb: "by X"."""
    by = tree.child(verb, "agent")
    return tree.child(by, "pobj") if by >= 0 else -1


def owner(tree: Tree, noun: int, depth: int = 0) -> int:
    """Whose a noun is: "her plan", "the army's plan", "a plan by the army", "he has a plan"; else -1."""
    of = tree.child(noun, "poss")
    if of >= 0:
        return of
    by = next(
        (
            one
            for one in tree.children[noun]
            if tree.words[one] in ("by", "from") and tree.deps[one] in ("prep", "agent")
        ),
        -1,
    )
    if by >= 0:
        return tree.child(by, "pobj")
    head, dep = tree.heads[noun], tree.deps[noun]
    if dep in ("dobj", "attr", "oprd") and verb_bases().get(tree.words[head]) in helpers():
        return subject(tree, head, depth + 1)
    if dep == "conj" and depth < DEEPEST:
        return owner(tree, head, depth + 1)
    return -1


def infinitive(tree: Tree, verb: int) -> bool:
    """Whether a verb stands with "to"."""
    return any(tree.tags[one] == "TO" for one in tree.children[verb])


def phrase(tree: Tree, word: int) -> tuple[Span, ...]:
    """The whole noun phrase of a word, up to a relative clause that follows; nothing for no word."""
    if word < 0:
        return ()
    last = tree.right[word]
    for one in tree.children[word]:
        if one > word and tree.deps[one] in LONG:
            last = tree.left[one] - 1
            break
    while last > word and tree.deps[last] == "punct" and tree.words[last] not in (")", "]"):
        last -= 1
    first = tree.left[word]
    while first < word and tree.tags[first] in ("NFP", "SYM", ":", ",", "_SP", "LS"):
        first += 1
    return (tree.span(first, max(last, word)),)


def bare(tree: Tree, first: int, last: int) -> Span | None:
    """The words from `first` to `last` without punctuation at either end, but for quotation marks; None: none left."""
    while (
        first <= last and (tree.deps[first] == "punct" or tree.tags[first] == "_SP") and tree.words[first] not in '“"‘'
    ):
        first += 1
    while first <= last and (tree.deps[last] == "punct" or tree.tags[last] == "_SP") and tree.words[last] not in '”"’':
        last -= 1
    return tree.span(first, last) if first <= last else None
