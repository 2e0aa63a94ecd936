"""Verbs that report: "said that …", "plans to …", "criticized the …", "was accused of …"."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.record.english.candidate import Candidate, union
from evenhand.record.english.coordination import FINITE, end_of_report, tense
from evenhand.record.english.lexicon import NOTHING, PREPOSITIONS, Frames, verb_bases, verb_frames
from evenhand.record.english.subjects import agent, bare, infinitive, phrase, subject
from evenhand.record.english.tree import Span, Tree

MARKS = ("“", "”", "''", "``", '"', "«", "»", "‘")
BREAKS = (",", "--", "—", "–")
LONGEST_NAME = 12
JUDGED = ("dobj", "oprd", "xcomp", "attr")


def reported(tree: Tree) -> Iterator[Candidate]:
    """Every attribution that hangs on a verb."""
    for at, tag in enumerate(tree.tags):
        if tag[:2] == "VB":
            frames = frames_of(tree, at)
            if frames:
                if _is_passive(tree, at):
                    yield from _passive(tree, at, frames)
                elif _is_reduced(tree, at):
                    yield from _reduced(tree, at, frames)
                else:
                    yield from _active(tree, at, frames)


def base_of(tree: Tree, at: int) -> str:
    """The base form of a listed verb; "" for other words."""
    return verb_bases().get(tree.words[at], "")


def frames_of(tree: Tree, at: int) -> Frames:
    """What may follow the verb, with its particle if it has one; nothing where the verb is not listed."""
    base = base_of(tree, at)
    if base == "":
        return NOTHING
    particle = tree.child(at, "prt")
    frames = verb_frames()
    both = frames.get(f"{base} {tree.words[particle]}") if particle >= 0 else None
    return frames.get(base, NOTHING) if both is None else both


def _is_passive(tree: Tree, at: int) -> bool:
    return tree.child(at, "nsubjpass", "auxpass") >= 0


def _is_reduced(tree: Tree, at: int) -> bool:
    """Whether a participle stands for a passive: "asked about it, she …", "a truce proposed by them"."""
    return tree.tags[at] == "VBN" and tree.deps[at] in ("acl", "advcl") and tree.child(at, "nsubj", "aux") < 0


def _reduced(tree: Tree, at: int, frames: Frames) -> Iterator[Candidate]:
    """ "A truce proposed by them": the truce is theirs."""
    thing, who = tree.heads[at], agent(tree, at)
    if (
        who >= 0
        and tree.deps[at] == "acl"
        and thing < at
        and frames & {"object", "as", "clause"}
        and base_of(tree, at) != "quote"
    ):
        content = (tree.span(tree.left[thing], at - 1),)
        yield Candidate("verb passive", (tree.span(at, at),), phrase(tree, who), content, at, who)


def _active(tree: Tree, at: int, frames: Frames) -> Iterator[Candidate]:
    who = subject(tree, at)
    source = phrase(tree, who)
    for one in tree.children[at]:
        find = KINDS.get(tree.deps[one])
        kind = find(tree, at, one, frames) if find else ""
        content = _content(tree, at, one, kind, who) if kind else ()
        if content and (source or (kind == "clause" and tree.tags[at] in FINITE)):
            yield Candidate("verb " + kind, _cue(tree, at, one, kind), source, content, at, who)


def _cue(tree: Tree, at: int, one: int, kind: str) -> tuple[Span, ...]:
    """The verb, with its particle and preposition: "ruled out", "called for"."""
    more = {tree.child(at, "prt")} | ({one} if tree.deps[one] in ("prep", "agent") and kind != "as" else set())
    return union([tree.span(at, at)] + [_joined(tree, at, word) for word in more if word > at])


def _joined(tree: Tree, at: int, word: int) -> Span:
    return tree.span(at if word == at + 1 else word, word)


def _clause(tree: Tree, at: int, one: int, frames: Frames) -> str:
    """A finite clause; or, as spaCy sees it, somebody who is to do something: "want them to go"."""
    if one < at and _parted(tree, one, at):
        return ""
    if infinitive(tree, one):
        if "person to" in frames and tree.child(one, "nsubj") >= 0:
            return "person to"
        if "to" in frames:
            return "to"
    quoted = any(tree.words[place] in MARKS for place in range(tree.left[one], tree.right[one] + 1))
    if "clause" in frames:
        return "clause" if quoted or one < at or _finite(tree, one) else ""
    return "clause" if quoted and "quote" in frames else ""


def _finite(tree: Tree, verb: int) -> bool:
    """Whether a clause is a whole sentence, or shows somebody doing something, unlike "held them liable"."""
    going = tree.tags[verb] == "VBG" and tree.child(verb, "nsubj") >= 0
    return going or tense(tree, verb)[0] != "" or tree.child(verb, "mark") >= 0


def _parted(tree: Tree, one: int, at: int) -> bool:
    """Whether a colon or semicolon stands between a clause and the verb behind it: then it is a sentence of its own."""
    first = tree.right[one] if tree.right[one] < at else one
    return any(tree.words[place] in (":", ";") for place in range(first, at))


def _open(tree: Tree, at: int, one: int, frames: Frames) -> str:
    """A complement without a subject: "hopes to win", "urged them to go", "denied taking it"."""
    if infinitive(tree, one):
        alone = tree.child(at, "dobj") < 0
        kind = "to" if alone else "person to"
        return kind if kind in frames else ""
    if tree.tags[one] == "VBG":
        return "gerund" if "object" in frames else ""
    return "as" if "as" in frames else ""


def _thing(tree: Tree, at: int, one: int, frames: Frames) -> str:
    if tree.child(at, "oprd") >= 0 or "object" not in frames:
        return ""
    return "object"


def _pointed(tree: Tree, at: int, one: int, frames: Frames) -> str:
    """What follows a preposition: "called for talks", "described him as weak"."""
    word = tree.words[one]
    if word == "as":
        return "as" if "as" in frames and tree.child(at, "dobj") >= 0 else ""
    if word == "to":
        return "to as object" if "to as object" in frames else ""
    return word if word in PREPOSITIONS and word in frames else ""


def _judged(tree: Tree, at: int, one: int, frames: Frames) -> str:
    return "as" if "as" in frames else ""


KINDS = {"ccomp": _clause, "xcomp": _open, "dobj": _thing, "prep": _pointed, "agent": _pointed, "oprd": _judged}


def _content(tree: Tree, at: int, one: int, kind: str, who: int) -> tuple[Span, ...]:
    if kind in ("as", "person to"):
        return _judgement(tree, at, one)
    if tree.deps[one] in ("prep", "agent"):
        inner = tree.child(one, "pobj", "pcomp")
        return (tree.under(inner),) if inner >= 0 else ()
    if kind == "object":
        return (_with_reasons(tree, at, one),)
    return _around(tree, at, one, who)


def _judgement(tree: Tree, at: int, one: int) -> tuple[Span, ...]:
    """What is judged, and as what: "the plan an insult"; in two pieces around the verb: "which he called wrong"."""
    things = [
        more for more in tree.children[at] if tree.deps[more] in JUDGED and (more == one or tree.deps[more] != "prep")
    ]
    if one not in things:
        things.append(one)
    return union(_joined_up(tree, at, sorted(things)))


def _joined_up(tree: Tree, at: int, things: list[int]) -> list[Span]:
    before = [one for one in things if one < at]
    behind = [one for one in things if one > at]
    return [
        tree.span(
            min(tree.left[one] for one in side),
            min(max(tree.right[one] for one in side), at - 1 if side is before else len(tree.words)),
        )
        for side in (before, behind)
        if side
    ]


def _with_reasons(tree: Tree, at: int, one: int) -> Span:
    """A thing with what follows it: "blasted the office for being late"."""
    last = _before_aside(tree, one)
    for more in tree.children[at]:
        if (
            more > one
            and tree.left[more] == last + 1
            and tree.words[more] in ("for", "as", "over")
            and tree.deps[more] == "prep"
        ):
            last = tree.right[more]
    return tree.span(tree.left[one], last)


def _before_aside(tree: Tree, one: int) -> int:
    """The last word of a noun phrase, without a relative clause behind a comma: "the plan, which …"."""
    for more in tree.children[one]:
        before = tree.left[more] - 1
        if tree.deps[more] == "relcl" and before > one and tree.words[before] == ",":
            return before - 1
    return tree.right[one]


def _around(tree: Tree, at: int, one: int, who: int) -> tuple[Span, ...]:
    """A clause, without the cue and its subject where they stand inside it: "…, he said, …"."""
    first, last = tree.left[one], end_of_report(tree, at, one, tree.right[one])
    if not first <= at <= last:
        return (tree.span(first, last),)
    low = min(at, tree.left[who]) if who >= 0 else at
    high = max(at, tree.right[who]) if who >= 0 else at
    return tuple(tree.span(a, b) for a, b in ((first, low - 1), (high + 1, last)) if a <= b)


def inserted(tree: Tree) -> Iterator[Candidate]:
    """Sentences that are interrupted by who says them: "The bridge, the mayor said, was open"."""
    for at, tag in enumerate(tree.tags):
        if (
            tag in FINITE
            and "clause" in frames_of(tree, at)
            and at + 1 < len(tree.words)
            and tree.words[at + 1] in BREAKS
        ):
            who = tree.child(at, "nsubj")
            first = min(tree.left[who], at) if who >= 0 else 0
            if first > 0 and tree.words[first - 1] in BREAKS and abs(who - at) <= LONGEST_NAME:
                begin, end = tree.sentences[tree.sentence_of[at]]
                halves = [bare(tree, begin, first - 1), bare(tree, at + 1, end - 1)]
                if all(halves):
                    content = tuple(half for half in halves if half)
                    yield Candidate("verb inserted", (tree.span(at, at),), phrase(tree, who), content, at, who)


def _passive(tree: Tree, at: int, frames: Frames) -> Iterator[Candidate]:
    """ "is expected to rise", "was accused of it", "was praised by them": what it is about, and what is said of it."""
    thing, who = tree.child(at, "nsubjpass"), agent(tree, at)
    named = "as" in frames and any(tree.deps[one] == "oprd" or tree.words[one] == "as" for one in tree.children[at])
    if not ("passive" in frames or named or (who >= 0 and frames & {"object", "as"})):
        return
    rest = [one for one in tree.children[at] if one > at and _told(tree, one, frames)]
    spans = ([tree.under(thing)] if thing >= 0 and tree.words[thing] != "it" else []) + [
        tree.under(one) for one in rest
    ]
    if spans and (rest or who >= 0):
        yield Candidate("verb passive", (tree.span(at, at),), phrase(tree, who), tuple(spans), at, who)


def _told(tree: Tree, one: int, frames: Frames) -> bool:
    dep = tree.deps[one]
    return dep in ("xcomp", "ccomp", "oprd") or (dep == "prep" and tree.words[one] in frames & {"of", "for", "as"})
