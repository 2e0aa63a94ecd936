"""What kind of event a sentence reports, in the terms of PLOVER (Halterman et al. 2023): who does what to whom.

The verb nearest to the top of the sentence that names an event decides; verbs of saying are looked through. What is
willed, owed or denied is another event than what is done: "will help" is an agreement, "must leave" a demand, "will
not sign" a rejection, "will bomb" a threat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from evenhand.record.english.lexicon import lines, regular
from evenhand.record.english.tree import Tree

# kinds as in the first codebook, and what they became: an event and its mode
PLOVER: Mapping[str, tuple[str, str | None]] = MappingProxyType(
    {
        "DEMAND": ("REQUEST", None),
        "DISAPPROVE": ("ACCUSE", "disapprove"),
        "INVESTIGATE": ("ACCUSE", "investigate"),
        "FIGHT": ("ASSAULT", "heavy-weapons"),
    }
)
KIND = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT"})
HARSH = frozenset({"PROTEST", "COERCE", "ASSAULT", "FIGHT", "MOBILIZE", "SANCTION"})
STEPS = 4
SAYING = frozenset(
    ["say", "announce", "report", "tell", "add", "state", "note", "explain", "confirm", "declare", "indicate", "reveal"]
) | frozenset(["disclose", "signal", "claim", "believe", "think"])
WILLED = frozenset({"will", "would", "'ll", "shall", "wo"})
OWED = frozenset({"must", "should", "ought"})
# how much deeper than its head a clause counts
DEEPER = MappingProxyType(
    {"ccomp": 1.0, "xcomp": 1.0, "conj": 0.5, "advcl": 2.0, "relcl": 3.0, "acl": 2.0, "dobj": 0.5, "nsubj": 1.2}
    | {"pobj": 1.0, "prep": 0.5}
)


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its kind, the word that names it, and whether it is willed, owed or denied."""

    kind: str
    word: int
    future: bool = False
    negated: bool = False

    @property
    def plover(self) -> tuple[str, str | None]:
        """Event and mode in the current codebook."""
        return PLOVER.get(self.kind, (self.kind, None))


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    particle: str
    needs: frozenset[str]


@cache
def _lexicon() -> tuple[Mapping[str, tuple[_Entry, ...]], Mapping[str, str]]:
    """Entries by base form of the verb, those that need most first; and kinds by other words."""
    verbs: dict[str, list[_Entry]] = {}
    words: dict[str, str] = {}
    kind = ""
    for line in lines("events.txt"):
        if line.startswith("["):
            kind = line.strip("[]")
        elif kind.endswith(" words"):
            words |= dict.fromkeys(line.split(), kind.split()[0])
        else:
            for item in line.split():
                base, _, needs = item.partition(":")
                base, _, particle = base.partition("_")
                wanted = frozenset(needs.replace(":", ",").split(",")) - {""}
                verbs.setdefault(base, []).append(_Entry(kind, particle, wanted))
    ordered = {base: sorted(found, key=lambda one: (not one.particle, not one.needs)) for base, found in verbs.items()}
    return MappingProxyType({base: tuple(found) for base, found in ordered.items()}), MappingProxyType(words)


@cache
def _bases() -> Mapping[str, str]:
    bases: dict[str, str] = {}
    for base in {*_lexicon()[0], *SAYING}:
        doubled = base + base[-1]
        for form in [*regular(base), doubled + "ed", doubled + "ing"]:
            bases.setdefault(form, base)
    for group in lines("irregular_events.txt"):
        base, *others = group.split()
        bases |= dict.fromkeys(others, base)
    return MappingProxyType(bases)


def event_of(tree: Tree, sentence: int = 0) -> Event | None:
    """The event a sentence reports; nothing where no word of it names one."""
    first, end = tree.sentences[sentence]
    found = [(depth, at) for at, depth in _depths(tree, first, end)]
    for _, at in sorted(found):
        event = _named(tree, at)
        if event is not None:
            return event
    return None


def _depths(tree: Tree, first: int, end: int) -> Iterator[tuple[int, float]]:
    """Every word with how far below the top its clause stands; what is said counts as high as the saying."""
    for at in range(first, end):
        depth, word = 0.0, at
        while tree.heads[word] != word and first <= tree.heads[word] < end:
            head = tree.heads[word]
            if not (tree.deps[word] in {"ccomp", "xcomp"} and _base(tree, head) in SAYING):
                depth += DEEPER.get(tree.deps[word], 1.5)
            word = head
        yield at, depth


def _base(tree: Tree, word: int) -> str:
    return _bases().get(tree.words[word], tree.words[word])


def _named(tree: Tree, at: int) -> Event | None:
    verbs, words = _lexicon()
    if tree.tags[at].startswith("V") and tree.deps[at] != "amod":
        below = _below(tree, at)
        after = " ".join(tree.words[at + 1 : at + 6])
        fits = (one for one in verbs.get(_base(tree, at), ()) if _follows(one.particle, after))
        entry = next((one for one in fits if not one.needs or one.needs & below), None)
        return _moody(tree, at, entry.kind) if entry else _owed(tree, at)
    kind = words.get(tree.words[at])
    return None if kind is None else _moody(tree, at, kind)


def _follows(particle: str, after: str) -> bool:
    return not particle or re.match(rf"(?:\w+ ){{0,3}}{particle.replace('_', ' ')}\b", after) is not None


def _below(tree: Tree, at: int) -> set[str]:
    """The words that belong to a verb: a few steps below it, not in clauses about something else."""
    found = {tree.words[tree.heads[at]]} if tree.deps[at] in {"acl", "relcl"} else set()
    apart = {"advcl", "relcl", "parataxis", *(("ccomp",) if _base(tree, at) in SAYING else ())}
    level = [at]
    for _ in range(STEPS):
        level = [one for up in level for one in tree.children[up] if tree.deps[one] not in apart]
        found |= {tree.words[one] for one in level}
    return found


def _owed(tree: Tree, at: int) -> Event | None:
    """A demand, where another is told what must be done, whatever it is."""
    said = tree.deps[at] == "ccomp" and _base(tree, tree.heads[at]) in SAYING
    return Event("DEMAND", at) if said and _helpers(tree, at) & OWED else None


def _helpers(tree: Tree, at: int) -> set[str]:
    return {tree.words[one] for one in tree.children[at] if tree.deps[one] in {"aux", "auxpass", "neg"}}


def _moody(tree: Tree, at: int, kind: str) -> Event:
    """The event, after what the helpers of its verb make of it."""
    helpers = _helpers(tree, at)
    future = bool(helpers & WILLED)
    negated = bool(helpers & {"not", "n't", "never"})
    if negated and kind in KIND | {"AGREE", "CONCEDE"}:
        return Event("REJECT", at, future, negated)
    if helpers & OWED and kind not in {"DISAPPROVE", "THREATEN"}:
        return Event("DEMAND", at, future, negated)
    if future and kind in KIND:
        return Event("AGREE", at, future, negated)
    if future and kind in HARSH:
        return Event("THREATEN", at, future, negated)
    return Event(kind, at, future, negated)
