"""Who said, thought or meant what: sentences, then cues, then content, then the speaker, each with its own score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from evenhand.record.english.candidate import Candidate
from evenhand.record.english.colons import before_colons
from evenhand.record.english.language import language
from evenhand.record.english.mentions import Mentions
from evenhand.record.english.merging import merged
from evenhand.record.english.nominal import named
from evenhand.record.english.phrases import phrased
from evenhand.record.english.quotes import Quote, quotes
from evenhand.record.english.quoting import quoted
from evenhand.record.english.scoring import Scores, scored
from evenhand.record.english.tree import Span, Tree, trees
from evenhand.record.english.verbs import inserted, reported
from evenhand.solve import Limits

if TYPE_CHECKING:
    from spacy.language import Language

Manner = Literal["direct", "indirect", "mixed"]
MOSTLY = 0.9
FIRST_PERSON = frozenset({"i", "my", "me", "mine"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement's parts, as spans of code points into the untouched text, each list in the order of the text.

    `content` is what was said, thought or meant; `cue` the words that say so; `source` who, as written there (empty:
    nobody is named). `nested_in` is the place, in the same list, of the attribution in whose content this one stands:
    in "Ann says Ben agreed", Ben's agreement is nested in what Ann says. `named` is where the source is called by its
    fullest name up to there, if a name was found: for "he", "who", "the president" or a surname. `rule` names the
    construction.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    type: Manner
    rule: str
    scores: Scores
    nested_in: int | None = None
    named: Span | None = None

    @property
    def confidence(self) -> float:
        """How far to trust it as a whole, 0 to 1."""
        return self.scores.whole


def attributions(
    text: str, *, nlp: Language | None = None, parsed: Iterable[Tree] | None = None, limits: Limits | None = None
) -> tuple[Attribution, ...]:
    """All attributions of a text, in its order. `parsed`: its trees, where they are known already.

    Long texts are read stretch by stretch. When `limits` are spent, what was found so far is given; `read_to` in
    `attributed` says how far that is.
    """
    return attributed(text, nlp=nlp, parsed=parsed, limits=limits)[0]


def attributed(
    text: str, *, nlp: Language | None = None, parsed: Iterable[Tree] | None = None, limits: Limits | None = None
) -> tuple[tuple[Attribution, ...], int]:
    """The attributions, and the code point up to which the text was read: its length unless `limits` were spent."""
    found: list[Attribution] = []
    read_to = 0
    mentions = Mentions()
    limits = limits or Limits()
    if not text.strip():
        return (), len(text)
    for tree in trees(text, nlp or language()) if parsed is None else parsed:
        mentions.read(tree)
        found += in_tree(tree, mentions, len(found))
        read_to = tree.end
        if limits.spent():
            break
    return tuple(found), read_to


def in_tree(tree: Tree, mentions: Mentions, offset: int = 0) -> Iterator[Attribution]:
    """The attributions of one stretch, whose names were read; `offset`: how many stand before them in the list."""
    if not tree.words:
        return
    marks = quotes(tree.text, tree.starts[0], tree.ends[-1])
    kept = candidates(tree, marks)
    actors: list[tuple[Span | None, float]] = []
    for at, one in enumerate(kept):
        around = _around(kept, at)
        actors.append(_actor(tree, one, mentions, None if around is None else actors[around]))
        named_at, actor = actors[-1]
        yield Attribution(
            one.source,
            one.cue,
            one.content,
            _manner(tree.text, one.content, marks),
            one.kind,
            scored(one, tree, actor),
            None if around is None else around + offset,
            named_at,
        )


def _actor(
    tree: Tree, one: Candidate, mentions: Mentions, outer: tuple[Span | None, float] | None
) -> tuple[Span | None, float]:
    """The name of whose words these are; "I" is whoever is quoted."""
    if one.holder < 0 or not one.source:
        return None, 0.0
    if tree.words[one.holder] in FIRST_PERSON:
        return outer or (None, 0.0)
    return mentions.meant(tree, one.holder)


def candidates(tree: Tree, marks: Sequence[Quote]) -> list[Candidate]:
    """What all finders propose, merged; in the order of the text, the wider before the narrower."""
    start, end = tree.starts[0], tree.ends[-1]
    proposed = [
        *reported(tree),
        *inserted(tree),
        *named(tree),
        *phrased(tree),
        *quoted(tree, marks),
        *before_colons(tree.text, start, end),
    ]
    return merged(proposed, marks, tree.text)


def _around(kept: Sequence[Candidate], at: int) -> int | None:
    """The narrowest attribution in whose content this one stands, cue and all."""
    one = kept[at]
    if not one.cue:
        return None
    first = min(one.first, one.cue[0][0])
    last = max(one.last, one.cue[-1][1])
    for outer in reversed(range(at)):
        wide = kept[outer]
        if (
            wide.first <= first
            and last <= wide.last
            and any(start <= one.cue[0][0] < end for start, end in wide.content)
        ):
            return outer
    return None


def _manner(text: str, content: Sequence[Span], marks: Sequence[Quote]) -> Manner:
    letters = within = 0
    for start, end in content:
        letters += sum(map(str.isalnum, text[start:end]))
        for mark in marks:
            within += sum(map(str.isalnum, text[max(start, mark.start) : min(end, mark.end)]))
    if within == 0:
        return "indirect"
    return "direct" if within >= MOSTLY * letters else "mixed"
