"""What each statement does, for whom its speaker speaks, and what is on the table: the last stages of a reading.

What a person has seen stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import NamedTuple

from evenhand.case import id_of
from evenhand.record.dating import times_in
from evenhand.record.english.acts import acts_of
from evenhand.record.english.dates import Dated
from evenhand.record.english.meetings import meetings_in
from evenhand.record.english.offices import body_of, office_of, state_of
from evenhand.record.english.quantities import quantities_in
from evenhand.record.model import Act, Actor, Date, Meeting, Quantity, Record, Source, Span, Statement
from evenhand.record.proposals import proposals_of, with_answers

_BREAK = re.compile(r"[.!?]['\"”’]?\s|\n")
_BEFORE = 120


class Reached(NamedTuple):
    """How far the reading of a source came, and the times named up to there; nothing behind is looked at."""

    end: int
    times: Sequence[Dated]


def with_acts(record: Record, reached: Mapping[str, Reached]) -> Record:
    """The record with acts, offices and proposals read anew from its statements.

    Sources are named by their ids in `reached`; one that is not there was read whole.
    """
    sources = {one.id: one for one in record.sources}
    read = [(one, reached.get(one.id) or Reached(len(one.text), times_in(one))) for one in record.sources]
    statements = tuple(_acting(one, sources[one.source]) for one in record.statements)
    actors = with_offices(record.actors, [one.text[: to.end] for one, to in read])
    proposals = proposals_of(statements, actors)
    return record.model_copy(
        update={
            "statements": with_answers(statements, proposals),
            "actors": actors,
            "proposals": proposals,
            "quantities": tuple(found for one, to in read for found in _quantities(one, to)),
            "meetings": tuple(found for one, to in read for found in _meetings(one, actors, to)),
        }
    )


def _quantities(source: Source, to: Reached) -> Iterator[Quantity]:
    for one in quantities_in(source.text[: to.end]):
        value = f"about {one.value}" if one.about else one.value
        yield Quantity(source=source.id, span=Span(start=one.start, end=one.end), value=value, unit=one.unit)


def _meetings(source: Source, actors: Sequence[Actor], to: Reached) -> Iterator[Meeting]:
    for number, one in enumerate(meetings_in(source.text[: to.end], to.times), 1):
        when = one.when and Date(
            value=one.when.value, granularity=one.when.grain, first=one.when.first, last=one.when.last
        )
        who = tuple(actor.id for actor in actors if any(actor.name and actor.name in name for name in one.who))
        span = Span(start=one.start, end=one.end)
        yield Meeting(id=f"{source.id}-meeting-{number}", source=source.id, span=span, who=who, when=when)


def _acting(one: Statement, source: Source) -> Statement:
    if one.review != "unread" or one.read_by != "rules" or one.cue is None:
        return one
    cue = source.text[one.cue.start : one.cue.end]
    before = _BREAK.split(source.text[max(0, one.cue.start - _BEFORE) : one.cue.start])[-1]
    beside = _beside(one, source.text)
    found = acts_of(cue, one.words, before=before, beside=beside, negated=one.negated, said_on=source.date)
    acts = tuple(Act.model_validate(asdict(act) | {"confidence": one.confidence}) for act in found)
    return one.model_copy(update={"acts": acts})


def _beside(one: Statement, text: str) -> str:
    """What stands between a cue and the content behind it, and close behind that, up to the next comma."""
    first, last = one.content[0], one.content[-1]
    if one.cue is None or one.cue.end > first.start:
        return ""
    behind = re.split(r"[,.;:!?\n“”\"]", text[last.end : last.end + _BEFORE])[0]
    return f"{text[one.cue.end : first.start]} {behind}"


def with_offices(actors: Sequence[Actor], texts: Sequence[str]) -> tuple[Actor, ...]:
    """The actors, each with the state it speaks for where a text says so; states that were not met yet are added."""
    text = "\n".join(texts)
    unsaid = [one for one in actors if one.speaks_for is None and one.name]
    offices = {one.id: body_of(one.name) or office_of(one.name, text) for one in unsaid}
    states = _states(actors)
    added: dict[str, Actor] = {}
    for state in dict.fromkeys(filter(None, offices.values())):
        if state not in states:
            states[state] = id_of(state)
            added[state] = Actor(id=id_of(state), name=state)
    return (*(_speaking(one, offices.get(one.id), states) for one in actors), *added.values())


def _states(actors: Sequence[Actor]) -> dict[str, str]:
    """Ids of actors that are states, by the state's name."""
    named = [(state, one) for one in actors if (state := state_of(one.name)) is not None]
    # a state called by its own name stands for itself, rather than its capital
    found = {state: one.id for state, one in named if one.name == state}
    for state, one in named:
        found.setdefault(state, one.id)
    return found


def _speaking(one: Actor, state: str | None, states: Mapping[str, str]) -> Actor:
    state = state or state_of(one.name)
    if one.speaks_for is not None or state is None or states.get(state, one.id) == one.id:
        return one
    return one.model_copy(update={"speaks_for": states[state]})
