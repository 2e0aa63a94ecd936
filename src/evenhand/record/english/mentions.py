"""Whom a source means: "he", "who", "the president" and bare surnames, led back to the name used before."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from evenhand.record.english.lexicon import framed
from evenhand.record.english.tree import Span, Tree

NEAR, FAR = 2, 12
RECENT, ALIKE = 500, 50
"""How many names are remembered, and how many that end alike are compared: memory and time stay bounded."""
PLACES = frozenset({"in", "at", "from", "near", "of", "to", "into", "over", "across"})
RELATIVE = frozenset({"who", "that", "which", "whom"})
GENDERS = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she", "hers": "she"}
THINGS = frozenset({"it", "its"})
DATES = """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december"""
DAYS = frozenset(DATES.split())
JOINED = ("compound", "nmod", "amod")
SURE, LIKELY, GUESS = 0.95, 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something named: characters, words of the name, what it is called beside, and where it stands."""

    span: Span
    name: tuple[str, ...]
    roles: frozenset[str]
    gender: str
    plural: bool
    subject: bool
    sentence: int


class Mentions:
    """All names read so far, stretch by stretch."""

    def __init__(self) -> None:
        self.known: deque[Mention] = deque(maxlen=RECENT)
        self._by_surname: dict[str, list[Mention]] = {}
        self._sentences = 0
        self._base = 0

    def read(self, tree: Tree) -> None:
        """Remember the names of a stretch."""
        self._base = self._sentences
        self._sentences += len(tree.sentences)
        for one in self._named(tree):
            self.known.append(one)
            self._by_surname.setdefault(one.name[-1], []).append(one)

    def _named(self, tree: Tree) -> Iterator[Mention]:
        for at, tag in enumerate(tree.tags):
            if tag in ("NNP", "NNPS") and tree.deps[at] != "compound" and _name(tree, at):
                yield self._mention(tree, at)

    def _mention(self, tree: Tree, at: int) -> Mention:
        first = at
        while (
            first > 0
            and tree.heads[first - 1] == at
            and (tree.deps[first - 1] in JOINED or tree.words[first - 1] == "-")
        ):
            first -= 1
        proper = next(one for one in range(first, at + 1) if tree.tags[one].startswith("NNP"))
        called, first = tree.words[first:proper], proper
        name = tuple(tree.words[first : at + 1])
        beside = [tree.heads[at]] if tree.deps[at] == "appos" else []
        roles = [tree.words[one] for one in [*beside, *tree.children[at]] if one in beside or tree.deps[one] == "appos"]
        head = beside[0] if beside else at
        subject = tree.deps[head] in ("nsubj", "nsubjpass", "agent") or (
            tree.deps[head] == "pobj" and tree.deps[tree.heads[head]] == "agent"
        )
        gender = next((genders()[word] for word in name if word in genders()), "")
        if not gender and tree.deps[head] == "pobj" and tree.words[tree.heads[head]] in PLACES:
            gender = "place"
        sentence = self._base + tree.sentence_of[at]
        return Mention(
            tree.span(first, at), name, frozenset([*roles, *called]), gender, tree.tags[at] == "NNPS", subject, sentence
        )

    def meant(self, tree: Tree, holder: int) -> tuple[Span | None, float]:
        """The name that the word stands for, and how sure that is; None where no name was found for it."""
        word, tag = tree.words[holder], tree.tags[holder]
        if word in RELATIVE and tag in ("WP", "WDT", "IN", "DT"):
            verb = tree.heads[holder]
            return self.meant(tree, tree.heads[verb]) if tree.deps[verb] == "relcl" else (None, 0.0)
        if tree.child(holder, "conj") >= 0:
            # several together are no single actor
            return None, 0.0
        return self._pronoun(tree, holder) if word in GENDERS or word in THINGS else self._called(tree, holder)

    def _pronoun(self, tree: Tree, holder: int) -> tuple[Span | None, float]:
        word, place = tree.words[holder], tree.starts[holder]
        sentence = self._base + tree.sentence_of[holder]
        if word in GENDERS:
            return self._full(self._person(GENDERS[word], place, sentence), LIKELY)
        return self._full(self._thing(place, sentence), GUESS)

    def _called(self, tree: Tree, holder: int) -> tuple[Span | None, float]:
        """A name, a title with a name beside it, or a title that was used with a name before."""
        tag, place, beside = tree.tags[holder], tree.starts[holder], tree.child(holder, "appos")
        if tag == "NN":
            named = beside >= 0 and tree.tags[beside] == "NNP"
            return self.meant(tree, beside) if named else self._full(self._titled(tree, holder, place), LIKELY)
        if tag not in ("NNP", "NNPS"):
            return None, 0.0
        own = next((one for one in reversed(self.known) if one.span[0] <= place < one.span[1]), None)
        return self._full(own, SURE)

    def _person(self, gender: str, place: int, sentence: int) -> Mention | None:
        """Who "he" or "she" is: a subject before others, a known one before one who may be; the nearest of these."""
        before = (one for one in self._near(sentence) if one.span[1] <= place)
        might = (one for one in before if not one.plural and one.gender != "place")
        ranked = [(self._fits(one, gender, sentence - one.sentence), one.span[0], one) for one in might]
        return max((row for row in ranked if row[0] > 0), key=lambda row: row[:2], default=(0, 0, None))[2]

    def _near(self, sentence: int) -> Iterator[Mention]:
        """The names of the last sentences before one, the nearest first."""
        return takewhile(lambda one: sentence - one.sentence <= FAR, reversed(self.known))

    def _fits(self, one: Mention, gender: str, before: int) -> int:
        """How well a name fits "he" or "she", that many sentences on; 0: not at all."""
        known = self._gender(one)
        if known not in (gender, "") or (not known and (before > NEAR or not one.subject)):
            return 0
        return 1 + 2 * one.subject + 2 * bool(known) + 3 * (before <= NEAR)

    def _gender(self, one: Mention) -> str:
        """Of a bare surname, what the full name tells."""
        full = self._fullest(one)
        return full.gender if full.gender != "place" else ""

    def _thing(self, place: int, sentence: int) -> Mention | None:
        """What "it" is: the nearest subject of this sentence or the one before, if it is nobody."""
        subjects = (one for one in reversed(self.known) if one.subject and one.span[1] <= place)
        last = next((one for one in subjects if sentence - one.sentence <= 1), None)
        return last if last and not last.plural and self._gender(last) == "" else None

    def _titled(self, tree: Tree, holder: int, place: int) -> Mention | None:
        """Who "the foreign minister" is: the last one called so by name, not long before."""
        before = {tree.words[one] for one in tree.children[holder] if one < holder}
        if "the" not in before:
            return None
        title = (before - {"the"}) | {tree.words[holder]}
        sentence = self._base + tree.sentence_of[holder]
        near = (one for one in self._near(sentence) if one.span[1] <= place)
        return next((one for one in near if title <= {*one.name[:-1], *one.roles}), None)

    def _full(self, one: Mention | None, sure: float) -> tuple[Span | None, float]:
        return (None, 0.0) if one is None else (self._fullest(one).span, sure)

    def _fullest(self, one: Mention) -> Mention:
        """The first longest mention, up to this one, that ends with the same name and does not contradict it."""
        own = set(one.name) - genders().keys() if len(one.name) > 1 else set()
        same = [
            more
            for more in self._by_surname[one.name[-1]][:ALIKE]
            if more.span[0] <= one.span[0] and own <= set(more.name)
        ]
        agreeing = [more for more in same if not (one.gender and more.gender and one.gender != more.gender)]
        return max(agreeing, key=lambda more: (len(more.name), -more.span[0]), default=one)


def _name(tree: Tree, at: int) -> bool:
    """Whether a word is a name rather than a day, a month or a number."""
    return tree.words[at] not in DAYS and tree.text[tree.starts[at]].isupper()


@cache
def genders() -> dict[str, str]:
    """Titles and first names that tell whether somebody is "he" or "she"."""
    found = framed("names.txt")
    return {word: next(iter(kinds)) for word, kinds in found.items() if len(kinds) == 1}
