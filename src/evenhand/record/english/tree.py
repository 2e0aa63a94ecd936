"""Texts as sentences with their grammar, in plain lists: what everything else in this room reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evenhand.record.english.paragraphs import borders, stretches

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 8
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
    """The text's stretches, parsed, only a few at a time. Sentences end where paragraphs do."""
    parts = list(stretches(text))
    docs = (
        _started(nlp.make_doc(text[start:end]), [at - start for at in borders(text, start, end)])
        for start, end in parts
    )
    for (start, _), doc in zip(parts, nlp.pipe(docs, batch_size=BATCH), strict=True):
        yield plain(doc, text, start)


def _started(doc: Doc, places: list[int]) -> Doc:
    """The doc, told where sentences must start."""
    waiting = iter(places)
    place = next(waiting, None)
    for token in doc:
        if place is not None and token.idx >= place and not token.is_space:
            token.is_sent_start = True
            while place is not None and token.idx >= place:
                place = next(waiting, None)
    return doc


def plain(doc: Doc, text: str, start: int) -> Tree:
    """A parsed doc, whose text begins at `start` of the whole text, as plain lists."""
    names = doc.vocab.strings
    rows = doc.to_array(["ORTH", "TAG", "DEP", "HEAD", "LENGTH", "SENT_START"]).tolist()
    known: dict[int, str] = {}

    def name(code: int) -> str:
        found = known.get(code)
        if found is None:
            found = known[code] = names[code]
        return found

    starts = [start + token.idx for token in doc]
    size = len(starts)
    # heads are stored as differences, in an unsigned array
    heads = [at + (row[3] if row[3] < 1 << 31 else row[3] - (1 << 64)) for at, row in enumerate(rows)]
    deps = [name(row[2]) for row in rows]
    children: list[list[int]] = [[] for _ in range(size)]
    for at, head in enumerate(heads):
        if head != at:
            children[head].append(at)
    left, right = _edges(heads)
    sentence_of, sentences = _sentences([row[5] == 1 for row in rows])
    return Tree(
        text,
        starts,
        [at + row[4] for at, row in zip(starts, rows, strict=True)],
        [name(row[0]).lower().replace("’", "'") for row in rows],
        [name(row[1]) for row in rows],
        deps,
        heads,
        children,
        left,
        right,
        sentence_of,
        sentences,
    )


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


def _sentences(begins: list[bool]) -> tuple[list[int], list[Span]]:
    firsts = [at for at, begin in enumerate(begins) if begin or at == 0]
    spans = list(zip(firsts, [*firsts[1:], len(begins)], strict=True)) if begins else []
    return [number for number, (first, end) in enumerate(spans) for _ in range(first, end)], spans
