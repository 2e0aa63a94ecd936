"""What somebody does by saying something: proposes, accepts, refuses, demands, threatens …

Judged by the cue ("agreed to", "demanded") and by what is said. What one party says that another may have to do is
that speaker's call, never the other's position. A denied cue ("did not disclose") does nothing, unless what is
denied is a will to yield, which draws a red line, or an agreement, which is a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from evenhand.record.english.dates import dates_in
from evenhand.record.english.issues import Issue, issues_in

ActKind = Literal[
    "proposal", "acceptance", "acceptance-with-conditions", "rejection", "demand", "red-line", "concession",
    "concession-called-for", "threat", "guarantee", "commitment-to-meet", "progress-claim",
]  # fmt: skip
Strength = Literal["firm", "in-principle", "hypothetical", "negated"]


@dataclass(frozen=True, slots=True)
class Coded:
    """The event in PLOVER that an act would be coded as."""

    event: str
    mode: str | None = None
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActRead:
    """One act: its kind, how firm it is, the issue, what it concerns in words, for how long, and on what conditions."""

    kind: ActKind
    strength: Strength
    issue: str
    term: str
    duration: str
    conditions: tuple[str, ...]
    plover: Coded


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.I)


YIELD = (
    "relinquish(?:es|ed|ing)?|give(?:s|n)? up|gave up|giving up|ced(?:e|es|ed|ing)|conced(?:e|es|ed|ing)|"
    "withdr(?:aw|aws|ew|awn|awing)|surrender(?:s|ed|ing)?|abandon(?:s|ed|ing)?|hand(?:s|ed|ing)? over|"
    "compromis(?:e|es|ed|ing) on|step(?:s|ped|ping)? down"
)
GOING = re.compile(
    r"(?:to )?(?:travel|meet|visit|hold|resume|begin|continue|speak|talk|sit|send|host|attend|return)\b", re.I
)
MEET = (
    r"meet(?:s|ings?)?|talks?|talking|travel|visit|negotiat\w+|discuss\w*|speak|sit down|dialogue|summit|conversation"
)
CUES: tuple[tuple[ActKind, re.Pattern[str]], ...] = (
    (
        "acceptance",
        _any(
            r"agree(?:s|d|ing)?(?: to| with| on)?|accept(?:s|ed|ing)?|consent(?:s|ed)?(?: to)?|endors(?:es?|ed)|"
            r"assent(?:s|ed)?"
        ),
    ),
    (
        "rejection",
        _any(
            r"reject(?:s|ed|ing)?|refus(?:e|es|ed|ing)|rul(?:es?|ed|ing) out|turn(?:s|ed)? down|dismiss(?:es|ed)?|"
            r"oppos(?:es?|ed)|declin(?:es?|ed)|spurn(?:s|ed)?|rebuff(?:s|ed)?|veto(?:es|ed)?"
        ),
    ),
    (
        "demand",
        _any(
            r"demand(?:s|ed|ing)?|insist(?:s|ed)?|requir(?:es?|ed)|call(?:s|ed|ing)? (?:… )?(?:for|on)|"
            r"urg(?:es?|ed|ing)|order(?:s|ed)|want(?:s|ed)?"
        ),
    ),
    (
        "proposal",
        _any(
            r"propos(?:es?|ed|ing|als?)|suggest(?:s|ed|ing)?|offer(?:s|ed|ing)?|put(?:s|ting)? forward|tabl(?:es?|ed)|"
            r"float(?:s|ed)?"
        ),
    ),
    ("threat", _any(r"threat(?:en|ens|ened|ening|s)?|warn(?:s|ed|ing)?")),
    (
        "guarantee",
        _any(
            r"guarantee(?:s|d|ing)?|assur(?:es?|ed|ance)|pledg(?:es?|ed)|promis(?:es?|ed)|undert(?:akes?|ook)|"
            r"vow(?:s|ed)?|commit(?:s|ted)?"
        ),
    ),
)
PLANNING = _any(
    r"plan(?:s|ned|ning)?|intend(?:s|ed)?|agree(?:s|d)? to|schedul\w+|aim(?:s|ed)?|expect(?:s|ed)?"
    r"|due|set|hop(?:es?|ed)|ready"
)
PLANNED_MEETING = _any(rf"(?:will|would|'ll|’ll|going to|scheduled to|set to|plans? to) (?:be )?(?:{MEET})")
OWED = _any(r"must|should|(?:may |might |will |would |could )?(?:need|have) to|ought to|may|might")
DUTY = re.compile(r"\b(?:must|should|may|might|(?:needs?|have|has|ought) to)\s*$", re.I)
OWED_YIELD = re.compile(rf"\b(?:must|should|needs? to|have to|has to|ought to)\s+(?:\w+\s+)?(?:{YIELD})\b", re.I)
NO_YIELD = re.compile(
    rf"(?:\bnot?\b|n['’]t|\bnever|refuse\w*|no intention of|under no circumstances)\s+(?:\w+\s+){{0,3}}(?:{YIELD})\b"
    r"|\bred lines?\b|\bnon-negotiable\b|\bnot (?:up )?for (?:negotiation|discussion)\b",
    re.I,
)
PROGRESS = _any(
    r"progress(?! of)|productive|constructive|breakthrough|closer to|close to (?:a|an) (?:deal|agreement)"
    r"|optimis\w+|encouraging|"
    r"doing (?:\w+ )?well|(?:very )?good chance|starting to move|moving forward|ha(?:ve|s|d) (?:begun"
    r"|started) (?:talks|discussions|negotiations)|"
    r"engaged in (?:\w+ )?(?:talks|discussions|negotiations)|work(?:s|ing|ed) towards?|already identified"
    r"|could be resolved"
)
HARM = _any(
    r"attack|strike|bomb|invade|retaliat\w+|destroy|crush|force|consequences|sanctions?|punish\w*"
    r"|cut off|expel|break off|pull out|war"
)
IN_PRINCIPLE = _any(
    r"in (?:theory|principle)|theoretically|(?:philosophy|idea|concept|principle|spirit"
    r"|logic) (?:of|behind)|broadly"
)
HYPOTHETICAL = _any(r"may|might|could|maybe|perhaps|possibly|consider\w*|hope\w*|potential\w*|if possible")
CONDITION = re.compile(
    r"(?<!see )(?<!ask )(?<!know )(?<!wonder )\b(?:if|unless|provided(?: that)?|providing"
    r"|on condition(?: that)?|as long as|only (?:after|when|if))\s+[^,.;:”\"]+",
    re.I,
)
CONDITIONS = _any(r"conditions?|preconditions?|terms|requirements?")
SETTING = _any(
    r"set(?:s|ting)?(?: \w+)?|put(?:s)?|impos(?:es?|ed)|la(?:y|ys|id)(?: \w+)?|attach(?:es|ed)?"
    r"|list(?:s|ed)?|nam(?:es?|ed)|outlin(?:es?|ed)"
)
CONCESSIONS = _any(rf"concessions?|{YIELD}")
TRIM = " “”\"',.;"
ADDED = re.compile(
    r",\s+(?:a|which|who|placing|marking) |\s+(?:suggested|proposed|offered) by\b|\s+even before\b|\s+on \w+day\b"
)
BARE = re.compile(r"^(?:an?|the|some)\s+(?:proposed\s+)?", re.I)
YIELDING = frozenset({"ceasefire", "territory", "withdrawal", "prisoners", "arms", "government"})
ASSISTING = frozenset({"security guarantees", "assets and money", "aid and access"})


def acts_of(
    cue: str,
    content: str,
    *,
    before: str = "",
    beside: str = "",
    negated: bool = False,
    said_on: date | None = None,
    known: Sequence[Issue] | None = None,
) -> tuple[ActRead, ...]:
    """The acts of a statement.

    `before`: the words of its sentence before the cue; `beside`: those between cue and content and close behind it;
    `negated`: the cue is denied.
    `known`: the issues of these talks, where the general list will not do.
    """
    seen: set[str] = set()
    found = []
    for kind, strength in _kinds(cue, content, before[-60:], beside, negated):
        if kind not in seen:
            seen.add(kind)
            found.append(_act(kind, strength, content, beside, said_on, known))
    return tuple(found)


def _kinds(cue: str, content: str, before: str, beside: str, negated: bool) -> Iterator[tuple[ActKind, Strength]]:
    yields = re.search(rf"\b(?:{YIELD})\b", f"{cue} {content}", re.I)
    if negated:
        if re.fullmatch(r"(?:intend|plan|want|be willing|mean)\w*", cue, re.I) and yields:
            yield "red-line", "firm"
        elif re.match(r"(?:agree|accept|consent)", cue, re.I):
            yield "rejection", "firm"
        return
    if DUTY.search(before) or re.fullmatch("needs?", cue, re.I):
        return  # what another is told it must do is on record as the words of whoever tells it
    yield from _by_cue(cue, content, beside)
    yield from _by_content(cue, content)


def _by_cue(cue: str, content: str, beside: str) -> Iterator[tuple[ActKind, Strength]]:
    kind = next((kind for kind, pattern in CUES if pattern.match(cue)), None)
    if kind is None:
        yield from _by_plan(cue, content)
    elif _promises_to_meet(kind, cue, content):
        yield "commitment-to-meet", _strength(content)
    elif kind == "acceptance":
        conditional = CONDITION.search(f"{content} {beside}")
        yield ("acceptance-with-conditions" if conditional else kind), _strength(f"{content} {beside}")
    elif not _only_reports(kind, content):
        yield kind, "firm"
        if kind == "demand" and CONCESSIONS.search(content):
            yield "concession-called-for", "firm"


def _promises_to_meet(kind: ActKind, cue: str, content: str) -> bool:
    """Whether "agreed to …", "promised …" goes on with a meeting."""
    if kind == "acceptance":
        return bool(PLANNING.search(cue) and re.match(rf"(?:to )?(?:{MEET})\b", content, re.I))
    return kind == "guarantee" and bool(re.search(rf"\b(?:{MEET})\b", content, re.I))


def _only_reports(kind: ActKind, content: str) -> bool:
    """Whether the cue only reports: "suggested that it had rained", "warned of heavy snow"."""
    if kind == "proposal":
        return content.startswith("that ") and not OWED.search(content)
    return kind == "threat" and not HARM.search(content)


def _by_plan(cue: str, content: str) -> Iterator[tuple[ActKind, Strength]]:
    if SETTING.match(cue) and CONDITIONS.search(content):
        yield "demand", "firm"
    elif PLANNING.match(cue) and GOING.match(content) and re.search(rf"\b(?:{MEET})\b", content, re.I):
        yield "commitment-to-meet", "firm"
    elif re.fullmatch(YIELD, cue, re.I):
        yield "concession", _strength(content)
    elif re.match(r"readiness|willing|ready|prepared", cue, re.I) and CONCESSIONS.search(content):
        yield "concession", "hypothetical"


def _by_content(cue: str, content: str) -> Iterator[tuple[ActKind, Strength]]:
    if NO_YIELD.search(content):
        yield "red-line", "firm"
    elif OWED_YIELD.search(content):
        yield "concession-called-for", _strength(content)
    if PROGRESS.search(content) or PROGRESS.match(cue):
        yield "progress-claim", _strength(f"{cue} {content}")
    if PLANNED_MEETING.search(content):
        yield "commitment-to-meet", _strength(content)


def _strength(content: str) -> Strength:
    return (
        "in-principle" if IN_PRINCIPLE.search(content) else "hypothetical" if HYPOTHETICAL.search(content) else "firm"
    )


def _act(
    kind: ActKind, strength: Strength, content: str, beside: str, said_on: date | None, known: Sequence[Issue] | None
) -> ActRead:
    issues = issues_in(_term(content), known)
    lengths = [one.when.value for one in dates_in(content, said_on or date.min) if one.when.kind == "duration"]
    conditions = (
        [] if kind == "progress-claim" else [match[0].strip() for match in CONDITION.finditer(f"{content} {beside}")]
    )
    if kind == "demand" and not conditions and CONDITIONS.search(content):
        conditions = [content]
    issue = issues[0] if issues else None
    event, mode = _coded(kind, strength, issue.name if issue else "")
    context = tuple(dict.fromkeys([*(issue.contexts if issue else ()), *(["diplomatic"] if "meet" in kind else [])]))
    return ActRead(
        kind, strength, issue.name if issue else "", _term(content), lengths[0] if lengths else "", tuple(conditions),
        Coded(event, mode, context),
    )  # fmt: skip


def _term(content: str) -> str:
    """What it is about, in its own words, up to the first clause that only adds to them."""
    words = re.sub(r"^(?:that|to|whether|if)\s+", "", content.strip(TRIM), flags=re.I)
    return BARE.sub("", ADDED.split(words)[0].strip(TRIM))


def _coded(kind: ActKind, strength: Strength, issue: str) -> tuple[str, str | None]:
    mode = "yield" if issue in YIELDING else "assist" if issue in ASSISTING else "change"
    if kind == "concession-called-for":
        return ("CONCEDE", None) if strength == "hypothetical" else ("REQUEST", "yield")
    if kind in {"proposal", "demand"}:
        return "REQUEST", mode
    if kind in {"rejection", "red-line"}:
        return "REJECT", "yield" if kind == "red-line" else mode
    plain = {"concession": "CONCEDE", "threat": "THREATEN", "progress-claim": "CONSULT"}
    return plain.get(kind, "AGREE"), None
