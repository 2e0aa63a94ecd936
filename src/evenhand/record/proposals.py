"""What is on the table: each proposal, who made it, and where every party stands on it, and by which statement.

An answer belongs to the proposal on the same issue for the same time; one that names no issue ("the proposal") to the
last one put forward before it. Conditions set by a party that agreed to a proposal are conditions of its answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from evenhand.record.model import Act, Actor, Proposal, Statement, Status

ANSWERS = frozenset({"acceptance", "acceptance-with-conditions", "rejection"})


class _Put(NamedTuple):
    """An act that counts, its statement, and the party that stands behind it."""

    party: str
    act: Act
    statement: Statement


def proposals_of(statements: Sequence[Statement], actors: Sequence[Actor]) -> tuple[Proposal, ...]:
    """The proposals that statements put forward, each with the answers to it."""
    holders = {one.id: one.speaks_for or one.id for one in actors}
    said = list(_put(statements, holders))
    groups: dict[tuple[str, str, str], list[_Put]] = {}
    for one in said:
        if one.act.kind == "proposal" and one.act.issue:
            groups.setdefault((one.party, one.act.issue, one.act.duration), []).append(one)
    answers = _answers(said, list(groups))
    return tuple(
        _proposal(f"proposal-{number}", found, answers.get(key, []))
        for number, (key, found) in enumerate(groups.items(), 1)
    )


def next_moves(proposal: Proposal) -> tuple[str, ...]:
    """The parties whose answer still leaves something open."""
    return tuple(party for party, status in proposal.status.items() if status.answer not in {"accepted", "refused"})


def with_answers(statements: Sequence[Statement], proposals: Sequence[Proposal]) -> tuple[Statement, ...]:
    """The statements, each act of answering with the proposal it answers, and with its issue and terms."""
    meant = {name: one for one in proposals for name in one.statements}
    return tuple(_answering(one, meant[one.id]) if one.id in meant else one for one in statements)


def _answering(one: Statement, proposal: Proposal) -> Statement:
    if one.review != "unread":
        return one
    changes = {"answers": proposal.id, "issue": proposal.issue, "term": proposal.terms}
    acts = (
        act.model_copy(update=changes)
        if act.kind in ANSWERS
        else act.model_copy(update={"answers": proposal.id})
        if act.conditions
        else act
        for act in one.acts
    )
    return one.model_copy(update={"acts": tuple(acts)})


def _put(statements: Sequence[Statement], holders: Mapping[str, str]) -> Iterator[_Put]:
    for one in statements:
        party = holders.get(one.speaker.actor or "")
        if party is None or one.review == "rejected":
            continue
        for act in one.acts:
            yield _Put(party, act, one)


def _answers(said: Sequence[_Put], keys: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str, str], list[_Put]]:
    """The acts that answer each proposal, in the order of the texts."""
    found: dict[tuple[str, str, str], list[_Put]] = {}
    last: tuple[str, str, str] | None = keys[0] if len(keys) == 1 else None
    for one in said:
        act = one.act
        if act.kind == "proposal":
            last = (one.party, act.issue, act.duration) if act.issue else last
        elif act.kind in ANSWERS:
            key = _meant(one, keys, last)
            if key is not None:
                found.setdefault(key, []).append(one)
        elif act.conditions:
            # conditions belong to what the same party has just agreed to
            key = next((key for key, put in found.items() if put[-1].party == one.party), None)
            if key is not None:
                found[key].append(one)
    return found


def _meant(
    one: _Put, keys: Sequence[tuple[str, str, str]], last: tuple[str, str, str] | None
) -> tuple[str, str, str] | None:
    if not one.act.issue:
        named = any(word in one.act.term.lower() for word in ("proposal", "offer", "plan", "deal", "initiative"))
        return last if named and last and last[0] != one.party else None
    fits = [key for key in keys if key[0] != one.party and key[1] == one.act.issue]
    return next((key for key in fits if one.act.duration in {"", key[2]}), None)


def _proposal(name: str, put: Sequence[_Put], answers: Sequence[_Put]) -> Proposal:
    first = put[0]
    status: dict[str, Status] = {}
    for one in answers:
        status[one.party] = _status(one, status.get(one.party))
    ids = dict.fromkeys(one.statement.id for one in [*put, *answers])
    return Proposal(
        id=name,
        terms=first.act.term,
        issue=first.act.issue,
        by=first.party,
        to=tuple(status),
        statements=tuple(ids),
        status=status,
    )


def _status(one: _Put, before: Status | None) -> Status:
    """Where a party stands after an act. What was agreed in principle stays so when conditions are added."""
    act = one.act
    if act.kind not in ANSWERS:
        assert before is not None
        conditions = (*before.conditions, *act.conditions)
        if before.answer == "accepted":
            return before.model_copy(update={"answer": "accepted-with-conditions", "conditions": conditions})
        return before.model_copy(update={"conditions": conditions})
    if act.kind == "rejection":
        return Status(answer="refused", statement=one.statement.id)
    in_principle = act.strength in {"in-principle", "hypothetical"}
    conditional = act.kind == "acceptance-with-conditions"
    answer = "in-principle" if in_principle else "accepted-with-conditions" if conditional else "accepted"
    return Status.model_validate({"answer": answer, "statement": one.statement.id, "conditions": act.conditions})
