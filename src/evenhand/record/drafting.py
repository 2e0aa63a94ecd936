"""From a record to the draft of a case: parties, issues, offers and answers, red lines, each with its statements.

Points are never made up: all are 0 until the parties say them, and the draft says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evenhand.case import JOINT, NO_DEAL, Case, CaseError, Problem, id_of, parse_document, read_case
from evenhand.record.english.naming import denies
from evenhand.record.model import Act, Record, Statement

OPEN = "otherwise"
"""The option that stands for whatever else an issue may become."""
_ANSWERS = {
    "acceptance": "accepted",
    "acceptance-with-conditions": "accepted-with-conditions",
    "rejection": "refused",
}
_POSITIONS = (*_ANSWERS, "proposal", "demand", "red-line", "concession", "guarantee")
"""Acts that make somebody a party and something an issue; a meeting or a word of hope does not."""
_ABOUT = (
    "Drafted from a record of reports. All points are 0 because no party has stated any: each party fills in its own "
    "under `preferences`. The options are what statements name; correct and complete them."
)
_UNKNOWN_ROLES = "The record does not say which of these are principals; all were taken as such: {}."


@dataclass(frozen=True)
class _Said:
    """One act that counts: who stands behind it, on which issue, about which option ("" where none is named)."""

    statement: Statement
    act: Act
    party: str
    issue: str
    option: str


def draft_case(record: Record, title: str = "") -> Case:
    """A case that can be checked at once. Raises CaseError where the record names no act on an issue."""
    said = list(_said(record))
    if not said:
        what = "the record marks nobody's act on an issue yet, so there is nothing to draft a case from."
        mend = "Mark on the page (--html) what somebody does by saying it, on which issue, in which terms."
        raise CaseError([Problem("", 0, 0, "", what, mend)])
    plain = _plain(record, said, title)
    return read_case(parse_document(json.dumps(plain), "the draft", is_json=True))


def _counts(statement: Statement) -> bool:
    """What was denied counts only for what is done by denying it, such as drawing a red line."""
    open_ = statement.supposed or (statement.negated and not statement.acts)
    return statement.review != "rejected" and not open_


def _said(record: Record) -> Iterator[_Said]:
    """The acts that count, in the order of their reports' dates."""
    actors = {actor.id: actor for actor in record.actors}
    days = {source.id: source.date for source in record.sources}
    for one in sorted(record.statements, key=lambda one: days[one.source]):
        actor = actors.get(one.speaker.actor or "")
        if actor is None or not _counts(one):
            continue
        for act in one.acts:
            issue = id_of(act.issue)
            if issue and act.kind in _POSITIONS and act.strength not in ("negated", "hypothetical"):
                yield _Said(one, act, actor.speaks_for or actor.id, issue, _option(act, one))


def _name(act: Act, one: Statement) -> str:
    """What an option is called; what a red line denies is called ruled out, never the denial itself."""
    words = act.term or one.words
    return f"Ruled out: “{words}”" if act.kind == "red-line" and denies(words) else words


def _option(act: Act, one: Statement) -> str:
    whole = act.kind in ("proposal", "red-line")
    named = (id_of(_name(act, one)) or id_of(one.words)) if whole else id_of(act.term)
    return f"the-{named}" if named in (OPEN, JOINT, NO_DEAL) else named


def _plain(record: Record, said: list[_Said], title: str) -> dict[str, Any]:
    names: dict[str, str] = {}
    options: dict[str, dict[str, str]] = {}
    for one in said:
        names.setdefault(one.issue, one.act.issue)
        found = options.setdefault(one.issue, {})
        if one.option:
            found.setdefault(one.option, _name(one.act, one.statement))
    for found in options.values():
        found[OPEN] = "Something else, or open"
    parties, about = _parties(record, said)
    principals = [party["id"] for party in parties if party["role"] == "principal"]
    kept = [one for one in record.statements if _counts(one)]
    sources = {one.source for one in kept}
    return {
        "evenhand": 1,
        "title": title or "Draft from a record",
        "as_of": str(max(source.date for source in record.sources)),
        "about": about,
        "parties": parties,
        "issues": [_issue(issue, names[issue], options[issue]) for issue in options],
        "preferences": {party: _nothing(options) for party in principals},
        "rules": list(_red_lines(said, principals)),
        "sources": [
            {"id": one.id, "title": one.title, "publisher": one.publisher, "date": str(one.date), "where": one.file}
            for one in record.sources
            if one.id in sources
        ],
        "statements": [_statement(record, one, {party["id"] for party in parties}) for one in kept],
        "proposals": list(_proposals(said, options)),
    }


def _parties(record: Record, said: list[_Said]) -> tuple[list[dict[str, str]], str]:
    actors = {actor.id: actor for actor in record.actors}
    found = list(dict.fromkeys(one.party for one in said))
    roles = {party: actors[party].role if party in actors else "unknown" for party in found}
    if "principal" not in roles.values() or "unknown" in roles.values():
        guessed = [party for party in found if roles[party] == "unknown"] or found
        roles |= dict.fromkeys(guessed, "principal")
        about = f"{_ABOUT} {_UNKNOWN_ROLES.format(', '.join(record.actor(party) for party in guessed))}"
    else:
        about = _ABOUT
    return [{"id": party, "name": record.actor(party), "role": roles[party]} for party in found], about


def _issue(issue: str, name: str, options: dict[str, str]) -> dict[str, Any]:
    listed = [{"id": option, "name": words} for option, words in options.items()]
    return {"id": issue, "name": name, "kind": "choice", "options": listed}


def _nothing(options: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "points": dict.fromkeys(options, 0),
        "values": {issue: dict.fromkeys(found, 0) for issue, found in options.items()},
    }


def _red_lines(said: list[_Said], principals: list[str]) -> Iterator[dict[str, Any]]:
    """One rule for each thing that a principal will not have, with all statements that say so."""
    lines: dict[tuple[str, str, str], list[_Said]] = {}
    for one in said:
        if one.act.kind == "red-line" and one.party in principals:
            lines.setdefault((one.party, one.issue, one.option), []).append(one)
    for number, ((party, issue, option), found) in enumerate(lines.items(), 1):
        yield {
            "id": f"red-line-{number}",
            "kind": "red-line",
            "party": party,
            "forbid": {issue: option},
            "why": found[0].statement.words,
            "statements": list(dict.fromkeys(one.statement.id for one in found)),
        }


def _statement(record: Record, one: Statement, parties: set[str]) -> dict[str, Any]:
    """Who said it is whoever we have it from; whose position it is, where that is another, is its holder."""
    actor = one.speaker.actor
    stands_for = next((known.speaks_for for known in record.actors if known.id == actor), None)
    by = one.attributed_to[0] if one.attributed_to else actor
    row = {
        "id": one.id,
        "source": one.source,
        "by": by if by in parties else (record.actor(by) if by else "unknown speaker"),
        "says": one.words,
    }
    holder = stands_for or actor
    if holder is not None and holder != by:
        row["holder"] = holder if holder in parties else record.actor(holder)
    if one.said_on is not None and one.said_on.first is not None and one.said_on.first == one.said_on.last:
        row["said_on"] = str(one.said_on.first)
    return row


def _proposals(said: list[_Said], options: dict[str, dict[str, str]]) -> Iterator[dict[str, Any]]:
    """Each offer with the answers on its issue that name its terms, or no terms where it is the only one."""
    offers: dict[tuple[str, str], list[_Said]] = {}
    for one in said:
        if one.act.kind == "proposal":
            offers.setdefault((one.issue, one.option), []).append(one)
    for number, ((issue, option), found) in enumerate(offers.items(), 1):
        alone = len([key for key in offers if key[0] == issue]) == 1
        answers = [one for one in said if one.issue == issue and _answers(one, option, alone=alone)]
        conditions = {one.party: text for one in answers if (text := _conditions(one))}
        given = {one.party: _answer(one) for one in answers if one.party != found[0].party}
        row = {
            "id": f"offer-{number}",
            "by": found[0].party,
            "terms": {issue: option},
            "answers": given,
            "statements": list(dict.fromkeys(one.statement.id for one in [*found, *answers])),
            "about": options[issue][option],
        }
        yield row | {"conditions": {party: text for party, text in conditions.items() if party in given}}


def _answers(one: _Said, option: str, *, alone: bool) -> bool:
    return one.act.kind in _ANSWERS and (one.option == option or (not one.option and alone))


def _answer(one: _Said) -> str:
    """An acceptance in principle is not yet one: it depends on what was not said."""
    word = _ANSWERS[one.act.kind]
    return "accepted-with-conditions" if word == "accepted" and one.act.strength == "in-principle" else word


def _conditions(one: _Said) -> str:
    if _answer(one) != "accepted-with-conditions":
        return ""
    stated = "; ".join(one.act.conditions) or one.statement.words
    return f"in principle: {stated}" if one.act.strength == "in-principle" else stated
