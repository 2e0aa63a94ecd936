"""How far to trust an attribution, stage by stage. Round numbers: how often each construction is right."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.record.english.candidate import Candidate
from evenhand.record.english.tree import Tree

CUES = {
    "verb clause": 0.95,
    "quote": 0.95,
    "signed": 0.95,
    "phrase according": 0.95,
    "verb inserted": 0.9,
    "noun clause": 0.85,
    "colon": 0.85,
    "floating": 0.85,
    "verb as": 0.8,
    "phrase as": 0.8,
    "verb to": 0.75,
    "verb person to": 0.7,
    "verb object": 0.7,
    "verb passive": 0.65,
    "unknown": 0.5,
}
OTHER_VERB, OTHER = 0.65, 0.55
OWN, BORROWED, NOBODY = 0.95, 0.8, 0.0
LONG = 500
"""Code points."""


@dataclass(frozen=True, slots=True)
class Scores:
    """From 0 to 1: that the cue reports something; that the content is it; whose it is; that `named` is meant."""

    cue: float
    content: float
    speaker: float
    actor: float

    @property
    def whole(self) -> float:
        """That cue, content and source are right; where nobody is named, that there is a statement at all."""
        return round(self.cue * self.content * (self.speaker or 1), 2)


def scored(one: Candidate, tree: Tree, actor: float) -> Scores:
    """The scores of what a rule found."""
    cue = CUES.get(one.kind, OTHER_VERB if one.kind.startswith("verb") else OTHER)
    return Scores(cue, _content(one), _speaker(one, tree), actor)


def _content(one: Candidate) -> float:
    """Less where the content is in pieces, and for very long indirect clauses, whose end is easily mistaken."""
    if one.kind in ("quote", "signed"):
        return 0.95
    return 0.85 if len(one.content) > 1 or one.last - one.first > LONG else 0.95


def _speaker(one: Candidate, tree: Tree) -> float:
    if not one.source:
        return NOBODY
    if one.at < 0 or one.holder < 0:
        return OWN if one.kind != "floating" else BORROWED
    return OWN if tree.heads[one.holder] == one.at else BORROWED
