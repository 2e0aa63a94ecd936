"""What a record holds: sources, statements with their evidence, acts, proposals, actors, quantities, meetings, dates.

All offsets are code points into the untouched text of a source, [start, end). The parts are frozen; what a person
corrects is a new part in a new record.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, NonNegativeInt, model_validator

from evenhand.case.model import Day
from evenhand.case.parts import Id, Ids, Part
from evenhand.case.problems import Mistake
from evenhand.record.calendar import Grain

Manner = Literal["direct", "indirect", "mixed"]
Review = Literal["unread", "accepted", "corrected", "rejected"]
ActKind = Literal[
    "proposal",
    "acceptance",
    "acceptance-with-conditions",
    "rejection",
    "demand",
    "red-line",
    "concession",
    "concession-called-for",
    "threat",
    "guarantee",
    "commitment-to-meet",
    "progress-claim",
]
Strength = Literal["firm", "in-principle", "hypothetical", "negated"]
Certainty = Annotated[float, Field(ge=0, le=1)]


def _as_version(value: Any) -> Any:
    if value not in (1, "1"):
        raise Mistake("this is not a version of the record's format known here", "Write `record: 1`.")
    return 1


class Span(Part):
    """A stretch of a source's text, in code points."""

    start: NonNegativeInt
    end: NonNegativeInt

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end <= self.start:
            raise Mistake(f"the span {self.start} to {self.end} holds nothing", "Let `end` be above `start`.")
        return self


class Quoted(Span):
    """A stretch with its words, so that a person can read the record without the report."""

    text: str


class Source(Part):
    """A report: its text exactly as read, where it is from, and how its date is known."""

    id: Id
    title: str
    publisher: str = ""
    file: str = ""
    date: Day
    dated_by: str = Field(default="", description="How its date is known.")
    form: Literal["text", "html", "pdf"] = "text"
    encoding: str = ""
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Of the text in UTF-8.")
    pages: tuple[NonNegativeInt, ...] = Field(default=(), description="Where each page of a PDF begins in the text.")
    text: str

    def page_at(self, place: int) -> int | None:
        """The page, from 1, on which a code point stands; None where the source has no pages."""
        return sum(begin <= place for begin in self.pages) or None


class Actor(Part):
    """Somebody who speaks, or for whom somebody speaks."""

    id: Id
    name: str = ""
    aliases: tuple[str, ...] = ()
    role: Literal["principal", "mediator", "third-party", "unknown"] = "unknown"
    speaks_for: str | None = Field(default=None, description="The id of the actor it speaks for.")

    @property
    def label(self) -> str:
        """The name to show to people."""
        return self.name or self.id


class Speaker(Part):
    """Who says it: as written, and who that is (None: unknown)."""

    actor: str | None = None
    span: Span | None = None


class Date(Part):
    """A time that a text names, as TIMEX3 value, and the days it covers where they are known."""

    value: str
    granularity: Grain
    first: Day | None = None
    last: Day | None = None
    source: str | None = None
    span: Span | None = None
    how: str = Field(default="", description="How it was found.")


class Quantity(Part):
    """A number with its unit."""

    source: str
    span: Span
    value: str
    unit: str = ""


class Meeting(Part):
    """A meeting that is planned or was held."""

    id: Id
    source: str
    span: Span
    who: tuple[str, ...] = ()
    when: Date | None = None
    statement: str | None = None


class Plover(Part):
    """The event in the PLOVER ontology that an act would be coded as."""

    event: str
    mode: str | None = None
    context: tuple[str, ...] = ()


class Act(Part):
    """What somebody does by saying it."""

    kind: ActKind
    strength: Strength = "firm"
    issue: str = ""
    term: str = ""
    quantity: str = ""
    duration: str = ""
    conditions: tuple[str, ...] = ()
    answers: str | None = Field(default=None, description="The id of the proposal it answers.")
    plover: Plover | None = None
    confidence: Certainty | None = None


class Statement(Part):
    """Somebody's words or position, tied to the characters it rests on."""

    id: Id
    source: str
    speaker: Speaker = Speaker()
    cue: Span | None = None
    content: tuple[Quoted, ...] = Field(min_length=1)
    type: Manner
    negated: bool = Field(default=False, description='The report says that this was not said ("did not disclose").')
    supposed: bool = Field(default=False, description='The report leaves open that it happens ("may concede").')
    addressee: str | None = None
    said_on: Date | None = None
    within: str | None = Field(default=None, description="The id of the statement in which this one is reported.")
    attributed_to: tuple[str, ...] = Field(
        default=(), description="On whose word: the speakers who report it, the nearest first, where it is not its own."
    )
    same_words: Ids = Field(default=(), description="Ids of statements in other reports that quote the same words.")
    confidence: Certainty
    scores: dict[str, Certainty] = Field(default_factory=dict)
    rule: str = ""
    read_by: str = Field(default="rules", description="Rules, a person, or the name of a model.")
    read_as: str = Field(default="", description="The spans as first read, by which a second reading knows it again.")
    review: Review = "unread"
    reviewed_by: str = ""
    acts: tuple[Act, ...] = ()

    @property
    def words(self) -> str:
        """What was said, its pieces joined."""
        return " … ".join(piece.text for piece in self.content)


class Status(Part):
    """Where a party stands on a proposal, and the statement that says so."""

    answer: Literal["accepted", "accepted-with-conditions", "in-principle", "refused", "open"]
    statement: str | None = None
    conditions: tuple[str, ...] = ()


class Proposal(Part):
    """What somebody put on the table."""

    id: Id
    terms: str
    issue: str = ""
    by: str | None = None
    to: tuple[str, ...] = ()
    statements: Ids = ()
    status: dict[str, Status] = Field(default_factory=dict)


class Record(Part):
    """The whole: what was read from some reports, and what people made of it."""

    record: Annotated[Literal[1], BeforeValidator(_as_version)] = 1
    sources: tuple[Source, ...] = ()
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[Date, ...] = ()

    def actor(self, actor: str | None) -> str:
        """The name to show for an actor's id."""
        return next((one.label for one in self.actors if one.id == actor), actor or "unknown")

    def source(self, source: str) -> Source:
        """The source of this id."""
        return next(one for one in self.sources if one.id == source)
