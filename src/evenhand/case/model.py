"""What a case is: parties, issues, preferences, rules, and the words it rests on.

Every model is frozen and refuses names it does not know. All amounts are exact fractions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from evenhand.case.numbers import exact
from evenhand.case.parts import NUMBER_PATTERN, Id, Ids, IssuePart, Number, Option, Part, as_list
from evenhand.case.problems import Mistake
from evenhand.case.territory import LandValue, Territory

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CONDITION_MEND = 'Write an id, a list of ids, or bounds on shares such as {ana: "< 1/3"}.'
_INTERVAL_MEND = "Write [lowest, highest]."
_DOUBT_MEND = "Write [lowest, highest] or `rank-only`."
_VALUES_DOUBT_MEND = "Write {issue: rank-only}, or {issue: {option: [lowest, highest]}}."
_SIDE_MEND = "Write {issue: settlement, …}, or `no-deal`."
NO_DEAL = "no-deal"
"""What stands in a comparison for walking away."""
_STATED_MEND = "Write a sentence, or {issue: condition} as in `require`."
_TERM_MEND = "Write a party, an option, or shares such as {ana: 1/2, ben: 1/2}."


def _as_version(value: Any) -> Any:
    if value not in (1, "1"):
        shown = f'"{value}"' if isinstance(value, str) else "this"
        raise Mistake(f"{shown} is not a version of the case format known here", "Write `evenhand: 1`.")
    return 1


def _as_day(value: Any) -> Any:
    """Dates are written in one way only: other texts, and numbers, could be read as more than one day."""
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    shown = f'"{value}"' if isinstance(value, str) else "this"
    raise Mistake(f"{shown} is not a date", "Write year-month-day, such as 2026-05-02.")


def _condition(value: Any) -> tuple[str, ...] | dict[str, str]:
    value = as_list(value)
    if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(value, dict) and value and all(isinstance(item, str) for item in value.values()):
        return dict(value)
    raise Mistake("this is not a condition", _CONDITION_MEND)


def _doubt(value: Any) -> Any:
    if value == "rank-only":
        return value
    if not isinstance(value, dict):
        raise Mistake("this does not say what is in doubt", "Write `rank-only`, or {issue: [lowest, highest]}.")
    return {issue: _doubt_of_issue(issue, entry) for issue, entry in value.items()}


def _doubt_of_issue(issue: str, entry: Any) -> Any:
    return entry if entry == "rank-only" else _interval(entry, _DOUBT_MEND, issue)


def _interval(entry: Any, mend: str, *within: str) -> tuple[Fraction, Fraction]:
    if not isinstance(entry, list | tuple) or len(entry) != 2:
        raise Mistake("this is not an interval", mend, within)
    return _exact_within(entry[0], *within), _exact_within(entry[1], *within)


def _exact_within(value: Any, *within: str) -> Fraction:
    """A number whose mistake, if it has one, belongs to the line of the names it stands under."""
    try:
        return exact(value)
    except Mistake as error:
        raise Mistake(str(error), error.mend, within) from None


def _values_doubt(value: Any) -> Any:
    if not isinstance(value, dict):
        raise Mistake("this does not say which values are in doubt", _VALUES_DOUBT_MEND)
    return {issue: _values_doubt_of_issue(issue, entry) for issue, entry in value.items()}


def _values_doubt_of_issue(issue: str, entry: Any) -> Any:
    if entry == "rank-only":
        return entry
    if not isinstance(entry, dict) or not entry:
        raise Mistake("this does not say which values are in doubt", _VALUES_DOUBT_MEND, (issue,))
    return {option: _interval(ends, _INTERVAL_MEND, issue, option) for option, ends in entry.items()}


def _side(value: Any) -> Any:
    """One side of a comparison: some settlements, or no deal."""
    if value == NO_DEAL:
        return value
    if not isinstance(value, dict) or not value:
        raise Mistake("this is not a side of a comparison", _SIDE_MEND)
    return {issue: _term_within(issue, term) for issue, term in value.items()}


def _term_within(issue: str, term: Any) -> Any:
    try:
        return _term(term)
    except Mistake as error:
        raise Mistake(str(error), error.mend, (issue, *error.within)) from None


def _term(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and value:
        return {party: _exact_within(share, party) for party, share in value.items()}
    raise Mistake("this does not settle the issue", _TERM_MEND)


def _stated(value: Any) -> Any:
    """What somebody makes an answer depend on: a sentence, or conditions on issues as in a rule."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and value:
        return {issue: _condition_within(issue, condition) for issue, condition in value.items()}
    raise Mistake("this is not a condition", _STATED_MEND)


def _condition_within(issue: str, value: Any) -> Any:
    try:
        return _condition(value)
    except Mistake as error:
        raise Mistake(str(error), error.mend, (issue,)) from None


def _stated_by_party(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        raise Mistake("this does not say whose conditions they are", "Write text, or {party: text}.")
    found = {}
    for party, stated in value.items():
        try:
            found[party] = _stated(stated)
        except Mistake as error:
            raise Mistake(str(error), error.mend, (party, *error.within)) from None
    return found


Day = Annotated[date, BeforeValidator(_as_day)]
Condition = Annotated[
    tuple[str, ...] | dict[str, str],
    PlainValidator(_condition),
    WithJsonSchema(
        {
            "title": "Condition",
            "description": "An option or party, a list of them (any of these), or bounds on shares such as "
            '{ana: "< 1/3"}.',
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
                {"type": "object", "additionalProperties": {"type": "string"}},
            ],
        }
    ),
]


Interval = tuple[Fraction, Fraction] | Literal["rank-only"]
_NUMBER_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": NUMBER_PATTERN}]}
_INTERVAL_SCHEMA = {
    "anyOf": [
        {"const": "rank-only"},
        {"type": "array", "items": _NUMBER_SCHEMA, "minItems": 2, "maxItems": 2},
    ]
}
Doubt = Annotated[
    Literal["rank-only"] | dict[str, Interval],
    PlainValidator(_doubt),
    WithJsonSchema({"anyOf": [{"const": "rank-only"}, {"type": "object", "additionalProperties": _INTERVAL_SCHEMA}]}),
]
_ENDS_SCHEMA = {"type": "array", "items": _NUMBER_SCHEMA, "minItems": 2, "maxItems": 2}
Ends = Annotated[
    tuple[Fraction, Fraction],
    PlainValidator(lambda value: _interval(value, _INTERVAL_MEND)),
    WithJsonSchema(_ENDS_SCHEMA),
]
_VALUES_SCHEMA = {
    "anyOf": [
        {"const": "rank-only"},
        {"type": "object", "additionalProperties": _ENDS_SCHEMA, "minProperties": 1},
    ]
}
ValuesDoubt = Annotated[
    dict[str, Literal["rank-only"] | dict[str, tuple[Fraction, Fraction]]],
    PlainValidator(_values_doubt),
    WithJsonSchema({"type": "object", "additionalProperties": _VALUES_SCHEMA}),
]
Term = Annotated[
    str | dict[str, Fraction],
    PlainValidator(_term),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": _NUMBER_SCHEMA}]}),
]
Side = Annotated[
    Literal["no-deal"] | dict[str, str | dict[str, Fraction]],
    PlainValidator(_side),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": NO_DEAL},
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": {
                        "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": _NUMBER_SCHEMA}]
                    },
                },
            ]
        }
    ),
]


StatedCondition = Annotated[
    str | dict[str, tuple[str, ...] | dict[str, str]],
    PlainValidator(_stated),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
]
StatedConditions = Annotated[
    str | dict[str, str | dict[str, tuple[str, ...] | dict[str, str]]],
    PlainValidator(_stated_by_party),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "object"}]}},
            ]
        }
    ),
]
AnswerWord = Literal["accepted", "accepted-with-conditions", "refused", "open"]


class Party(Part):
    """Somebody at the table. Only principals receive things and sign."""

    id: Id = Field(description="Its short name in the file: letters, digits, - and _.")
    name: str = Field(default="", description="What people call the party; its id when left out.")
    role: Literal["principal", "mediator", "third-party"] = "principal"
    entitlement: Number = Field(default=Fraction(1), description="The party's part against the others', above 0.")
    about: str = Field(default="", description="Anything people should know.")

    @property
    def label(self) -> str:
        """The name to show to people."""
        return self.name or self.id


class Asset(IssuePart):
    """Something whole: one principal gets it, or they keep it jointly where `joint` allows that."""

    kind: Literal["asset"]
    burden: bool = Field(default=False, description="A duty or debt that nobody wants; its points are 0 or below.")
    joint: bool = Field(default=False, description="May be settled as `joint`; then `values` says its worth.")


class Divisible(IssuePart):
    """Something that can be split in any proportion."""

    kind: Literal["divisible"]
    amount: Number | None = Field(default=None, description="How much there is, above 0.")
    unit: str = ""
    burden: bool = Field(default=False, description="A debt or cost to share out; its points are 0 or below.")
    claims: dict[str, Number] = Field(default_factory=dict, description="What each principal claims, in the same unit.")


class Cake(IssuePart):
    """A line that can be cut anywhere: a coast, a road, a day on air. Where it is cut matters, not only how much."""

    kind: Literal["cake"]
    marks: tuple[Number, ...] = Field(
        min_length=2, description="Where its stretches begin and end, in rising order; within one, all is worth alike."
    )
    unit: str = ""

    @property
    def burden(self) -> bool:
        """Never: what is to be cut is wanted."""
        return False

    @property
    def stretches(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """(from, to) of each stretch, in order."""
        return tuple(pairwise(self.marks))


def _as_option(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


class Choice(IssuePart):
    """A question with a list of possible answers, one of which every deal takes."""

    kind: Literal["choice"]
    options: tuple[Annotated[Option, BeforeValidator(_as_option, json_schema_input_type=str | Option)], ...] = Field(
        min_length=1
    )

    def option(self, option_id: str) -> Option:
        """The option of this id."""
        return next(option for option in self.options if option.id == option_id)


Issue = Asset | Divisible | Choice | Cake | Territory
Chosen = Choice | Territory
"""What holds for everyone: a deal takes one of its options, which of a territory are its lines."""
ISSUE_KINDS: dict[str, type[Asset] | type[Divisible] | type[Choice] | type[Cake] | type[Territory]] = {
    "asset": Asset,
    "divisible": Divisible,
    "choice": Choice,
    "cake": Cake,
    "territory": Territory,
}


class Together(Part):
    """Points that come or go only when several things hold at once."""

    when: dict[str, Condition] = Field(min_length=1)
    points: Number


class AtLeastAsGood(Part):
    """A comparison that a party made: to it, `this` is at least as good as `than`, all else being equal."""

    this: Side = Field(description="Settlements, or `no-deal`.")
    than: Side = Field(description="Settlements, or `no-deal`.")


class Preference(Part):
    """What one principal wants. Private to that party."""

    points: dict[str, Number] = Field(description="For each issue, its worth: all of it, or its best option.")
    values: dict[str, dict[str, Number]] = Field(
        default_factory=dict,
        description="For each choice, what each option is worth, in percent of its points.",
    )
    density: dict[str, tuple[Number, ...]] = Field(
        default_factory=dict,
        description="For a cake, what a unit of length is worth in each stretch against the others; even if left out.",
    )
    land: dict[str, LandValue] = Field(
        default_factory=dict, description="For each territory, what its cells are worth; a line's value follows."
    )
    no_deal: Number = Field(default=Fraction(0), description="What walking away is worth, in the same points.")
    budget: Number | None = Field(default=None, description="The most it can pay, where the case has `money`.")
    doubt: Doubt = Field(
        default_factory=dict, description="Issues whose points are uncertain: [lowest, highest] or rank-only."
    )
    values_doubt: ValuesDoubt = Field(
        default_factory=dict,
        description="Option values that are uncertain: {option: [lowest, highest]}, or rank-only for a whole issue.",
    )
    no_deal_doubt: Ends | None = Field(
        default=None, description="Between what walking away may be worth: [lowest, highest]."
    )
    at_least_as_good: tuple[AtLeastAsGood, ...] = Field(
        default=(), description="Comparisons the party made, which hold whatever its points turn out to be."
    )
    together: tuple[Together, ...] = ()


class Rule(Part):
    """What may not happen, or what must come with what."""

    id: Id = Field(description="Its short name in the file: letters, digits, - and _.")
    kind: Literal["red-line", "linkage", "forbid", "require"]
    party: str | None = Field(
        default=None, description="Whose rule it is; needed for a red line. Only this party sees it."
    )
    forbid: dict[str, Condition] | None = Field(default=None, description="These may not all hold at once.")
    require: dict[str, Condition] | None = Field(default=None, description="Each of these must hold.")
    if_: dict[str, Condition] | None = Field(default=None, alias="if", description="When all of these hold …")
    then: dict[str, Condition] | None = Field(default=None, description="… each of these must hold.")
    why: str = ""
    statements: Ids = Field(default=(), description="Ids of the statements it rests on.")


class Source(Part):
    """Something that was read."""

    id: Id = Field(description="Its short name in the file: letters, digits, - and _.")
    title: str
    publisher: str = ""
    date: Day
    where: str = Field(default="", description="Address or place in an archive.")
    about: str = Field(default="", description="Anything people should know.")


class Statement(Part):
    """Somebody's words or position, tied to a source."""

    id: Id = Field(description="Its short name in the file: letters, digits, - and _.")
    source: str
    by: str = Field(description="Who said it: a party's id or, for others, a name.")
    says: str
    said_on: Day | None = None
    holder: str | None = Field(default=None, description="Whose position it is, where that is not the speaker's own.")


class Answer(Part):
    """An answer that a party gave to an offer and later changed."""

    party: str
    answer: AnswerWord
    condition: StatedCondition | None = Field(default=None, description="What it depended on.")
    given_on: Day | None = None


class Proposal(Part):
    """A deal, or part of one, that somebody put on the table, and how each party answered."""

    id: Id = Field(description="Its short name in the file: letters, digits, - and _.")
    by: str
    made_on: Day | None = None
    terms: dict[str, Term] = Field(default_factory=dict)
    answers: dict[str, AnswerWord] = Field(default_factory=dict)
    conditions: StatedConditions = Field(
        default="",
        description="What answers depend on: text; or by party, text or conditions on issues as in `require`.",
    )
    answered_on: dict[str, Day] = Field(default_factory=dict, description="When each party gave its answer.")
    history: tuple[Answer, ...] = Field(default=(), description="Answers that were changed later, the oldest first.")
    statements: Ids = ()
    about: str = Field(default="", description="Anything people should know.")

    def conditions_of(self, party: str) -> str | Mapping[str, tuple[str, ...] | dict[str, str]]:
        """What a party makes its answer depend on, where the file says so; else ""."""
        return "" if isinstance(self.conditions, str) else self.conditions.get(party, "")


class Money(Part):
    """Payments may be part of the deal: points are amounts of money, and a payment counts like points lost."""

    unit: str = Field(default="", description="The currency, such as EUR.")
    to_pay: Number = Field(
        default=Fraction(0), description="What the parties pay together, such as a rent; below 0 if they receive it."
    )
    one_each: bool = Field(default=False, description="Everyone gets exactly one of the assets, as with rooms.")


class Case(Part):
    """The whole document. Build one with `load_case`, which also checks what must agree across parts."""

    evenhand: Annotated[Literal[1], BeforeValidator(_as_version)] = Field(
        default=1, description="The version of this format."
    )
    title: str
    as_of: Day | None = Field(default=None, description="The day the case describes.")
    about: str = Field(default="", description="Anything people should know.")
    parties: tuple[Party, ...] = Field(min_length=1)
    issues: tuple[Annotated[Issue, Field(discriminator="kind")], ...] = Field(min_length=1)
    money: Money | None = Field(default=None, description="Write it where parties may pay each other, or pay together.")
    preferences: dict[str, Preference]
    rules: tuple[Rule, ...] = ()
    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    @property
    def principals(self) -> tuple[Party, ...]:
        """The parties that receive things and sign, in the case's order."""
        return tuple(party for party in self.parties if party.role == "principal")

    @property
    def equal_entitlements(self) -> bool:
        """Whether all principals are entitled to the same part."""
        return len({party.entitlement for party in self.principals}) == 1

    def party(self, party_id: str) -> Party:
        """The party of this id; KeyError when there is none."""
        return _by_id(self.parties, party_id)

    def issue(self, issue_id: str) -> Issue:
        """The issue of this id; KeyError when there is none."""
        return _by_id(self.issues, issue_id)

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id; KeyError when there is none."""
        return _by_id(self.rules, rule_id)

    def seen_by(self, party_id: str) -> Case:
        """The case as this party may see it: nobody else's preferences, nobody else's red lines.

        Words for a party are made from this, so they cannot depend on another's private numbers.
        """
        own = {party_id: self.preferences[party_id]} if party_id in self.preferences else {}
        shared = tuple(rule for rule in self.rules if rule.party in (None, party_id))
        return self.model_copy(update={"preferences": own, "rules": shared})


_WithId = TypeVar("_WithId", Party, Issue, Rule)


def _by_id(parts: tuple[_WithId, ...], part_id: str) -> _WithId:
    for part in parts:
        if part.id == part_id:
            return part
    raise KeyError(part_id)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a case file (draft 2020-12)."""
    schema = Case.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
