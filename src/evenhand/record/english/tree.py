"""Texts as sentences with their grammar, in plain lists: what everything else in this room reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evenhand.record.english.language import docs
from evenhand.record.english.paragraphs import paragraphs, stretches

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COLUMNS: list[int | str] = ["ORTH", "TAG", "DEP", "HEAD", "LENGTH", "IDX", "SENT_START"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tree:
    """The words of one stretch of a text, each with its part of speech, its head and the link to it.

    Words are numbered from 0. `starts` and `ends` are code points into the whole text; `words` is lower case; `tags`
    are Penn Treebank tags and `deps` spaCy's English dependency labels; a root's head is itself. `left` and `right`
    are the first and last word below a word. `sentence_of` gives the sentence of a word, `sentences` the first word
    and the one behind the last.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]] = field(repr=False)
    left: list[int] = field(repr=False)
    right: list[int] = field(repr=False)
    sentence_of: list[int] = field(repr=False)
    sentences: list[Span] = field(repr=False)

    def child(self, word: int, *deps: str) -> int:
        """The first child of a word that hangs on it by one of these links; -1 where there is none."""
        return next((one for one in self.children[word] if self.deps[one] in deps), -1)

    def span(self, first: int, last: int) -> Span:
        """The characters from one word to another, both included."""
        return self.starts[first], self.ends[last]

    @property
    def end(self) -> int:
        """The code point behind the last word."""
        return self.ends[-1] if self.ends else 0

    def under(self, word: int) -> Span:
        """The characters of a word and all that hangs on it."""
        return self.starts[self.left[word]], self.ends[self.right[word]]


def trees(text: str, nlp: Language) -> Iterator[Tree]:
    """The text's stretches, parsed, only a few at a time. Every paragraph is parsed on its own, many in one go."""
    cuts = [paragraphs(text, start, end) for start, end in stretches(text)]
    places = [one for cut in cuts for one in cut]
    parsed = docs(nlp, (text[start:end] for start, end in places))
    for cut in cuts:
        yield plain([(next(parsed), start) for start, _ in cut], text)


def plain(parsed: Sequence[tuple[Doc, int]], text: str) -> Tree:
    """Parsed docs, each with the place in the text where it begins, as one list of words."""
    tree = Tree(text, [], [], [], [], [], [], [], [], [], [], [])
    for doc, start in parsed:
        _append(tree, doc, start)
    tree.children.extend([] for _ in tree.words)
    for at, head in enumerate(tree.heads):
        if head != at:
            tree.children[head].append(at)
    left, right = _edges(tree.heads)
    tree.left.extend(left)
    tree.right.extend(right)
    return tree


def _append(tree: Tree, doc: Doc, start: int) -> None:
    """A doc's words behind those that are there; the layout of spaCy's array is told by the names of its columns."""
    names = doc.vocab.strings
    base = len(tree.words)
    for at, (orth, tag, dep, head, length, place, begins) in enumerate(doc.to_array(COLUMNS).tolist()):
        if begins == 1 or at == 0:
            tree.sentences.append((base + at, base + at))
        tree.starts.append(start + place)
        tree.ends.append(start + place + length)
        tree.words.append(names[orth].lower().replace("’", "'"))
        tree.tags.append(names[tag])
        tree.deps.append(names[dep])
        # heads are stored as differences, in an unsigned array
        tree.heads.append(base + at + (head if head < 1 << 63 else head - (1 << 64)))
        tree.sentence_of.append(len(tree.sentences) - 1)
        tree.sentences[-1] = (tree.sentences[-1][0], base + at + 1)


def _edges(heads: list[int]) -> tuple[list[int], list[int]]:
    left, right = list(range(len(heads))), list(range(len(heads)))
    for at in range(len(heads)):
        up = heads[at]
        while left[up] > at:
            left[up] = at
            up = heads[up]
    for at in reversed(range(len(heads))):
        up = heads[at]
        while right[up] < at:
            right[up] = at
            up = heads[up]
    return left, right
