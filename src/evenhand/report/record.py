"""A record in a terminal: who said what when, who stands where, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from rich.table import Table
from rich.text import Text

from evenhand.record.model import Act, Date, Proposal, Record, Statement, Status
from evenhand.record.proposals import next_moves

UNSURE = 0.5
_SHORT = 230


def shown(record: Record) -> list[Statement]:
    """What a timeline holds: what was not rejected, nor repeats what it stands in."""
    return [one for one in _in_time(record) if one.review != "rejected" and not _repeats(one)]


def _in_time(record: Record) -> list[Statement]:
    """The day on which it was said where the report names it, else that of the report; then as in the record."""
    days = {source.id: source.date for source in record.sources}
    dated = _said_days(record)

    def day(one: Statement) -> date:
        found = dated[one.id]
        return (found and found.first) or days[one.source]

    return sorted(record.statements, key=day)


def _said_days(record: Record) -> dict[str, Date | None]:
    """When each was said: for what stands within another's words, when those were."""
    known = {one.id: one for one in record.statements}
    found: dict[str, Date | None] = {}
    for one in record.statements:
        at, seen = one, {one.id}
        while at.said_on is None and at.within in known and at.within not in seen:
            at = known[at.within]
            seen.add(at.id)
        found[one.id] = at.said_on
    return found


def _day(record: Record, one: Statement, said_on: Date | None) -> str:
    source = record.source(one.source)
    if said_on is None:
        return f"Reported {source.date}: {source.title}"
    first, last = said_on.first, said_on.last
    return f"Said {first}" if first == last or last is None else f"Said {first} to {last}"


def _repeats(one: Statement) -> bool:
    """Whether it adds little, or is too unsure, to be listed beside what it stands in."""
    if one.review != "unread" or one.acts:
        return False
    nobody = one.speaker.actor is None
    if one.within is None:
        return nobody and one.type == "indirect"
    return nobody or not one.attributed_to or one.confidence < UNSURE or one.supposed


def speaker_text(record: Record, one: Statement) -> str:
    """Who says it, and on whose word, as people say it."""
    text = record.source(one.source).text
    actor, span = one.speaker.actor, one.speaker.span
    name = record.actor(actor) if actor or not span else f"“{text[span.start : span.end]}”"
    return name if actor or span else "Nobody named"


def word_text(record: Record, one: Statement) -> str:
    """On whose word a statement stands: "so Ann, so Ben's report"."""
    return ", ".join(f"so {record.actor(actor)}" for actor in one.attributed_to)


def cue_text(record: Record, one: Statement) -> str:
    """The word that tells how it was said, with "not" where the report denies it."""
    text = record.source(one.source).text
    cue = "" if one.cue is None else " ".join(text[one.cue.start : one.cue.end].split())
    if one.cue and one.cue.end - one.cue.start > 40:
        cue = ""
    return f"not: {cue}" if one.negated else f"perhaps: {cue}" if one.supposed else cue


def timeline(record: Record) -> Table:
    """Who said what, day by day."""
    table = Table("Who", "What", title="Who said what", title_justify="left", expand=True, show_lines=False)
    table.columns[0].ratio, table.columns[1].ratio = 1, 3
    last = None
    dated = _said_days(record)
    for one in shown(record):
        day = _day(record, one, dated[one.id])
        if day != last:
            table.add_section()
            table.add_row("", Text(day, style="bold"))
            last = day
        who = Text(speaker_text(record, one))
        if one.attributed_to:
            who.append(f"\n{word_text(record, one)}", style="dim")
        table.add_row(who, Text(_sentence(record, one)))
    return table


def _sentence(record: Record, one: Statement) -> str:
    cue = cue_text(record, one)
    words = " ".join(one.words.split())
    marks = list(_marks(one))
    said = f"{cue}: {words}" if cue else words
    said = said if len(said) <= _SHORT else said[: _SHORT - 1].rsplit(" ", 1)[0] + " …"
    return said + (f" [{'; '.join(marks)}]" if marks else "")


def _marks(one: Statement) -> Iterator[str]:
    yield one.id.rsplit("-", 1)[-1]
    if one.review != "unread":
        yield one.review
    elif one.confidence < UNSURE:
        yield "unsure"
    if one.read_by not in ("rules", "person"):
        yield f"read by {one.read_by}"
    if one.same_words:
        yield f"same words: {', '.join(one.same_words)}"
    yield from (act_text(act) for act in one.acts)


def act_text(act: Act) -> str:
    """An act in a few words."""
    issue = f" on {act.issue}" if act.issue else ""
    strength = "" if act.strength == "firm" else f", {act.strength}"
    return f"{act.kind.replace('-', ' ')}{issue}{strength}"


def positions(record: Record) -> list[dict[str, str]]:
    """Who stands where on which issue, since when, on whose word: the latest act of each actor on each issue."""
    holder = {one.id: one.speaks_for or one.id for one in record.actors}
    latest: dict[tuple[str, str], dict[str, str]] = {}
    dated = _said_days(record)
    for one in _in_time(record):
        if one.review == "rejected" or one.supposed:
            continue
        for act in one.acts:
            actor = one.speaker.actor
            who, word = record.actor(holder.get(actor or "", actor)), record.actor(actor)
            latest[(who, act.issue)] = {
                "who": who,
                "issue": act.issue,
                "stand": act_text(act.model_copy(update={"issue": ""})),
                "since": _since(record, one, dated[one.id]),
                "on_whose_word": ", ".join(record.actor(name) for name in one.attributed_to) or word,
                "statement": one.id,
            }
    return list(latest.values())


def _since(record: Record, one: Statement, said_on: Date | None) -> str:
    return str(said_on.first) if said_on else f"{record.source(one.source).date} (reported)"


_ANSWERS = {
    "accepted": "agreed",
    "accepted-with-conditions": "agreed with conditions",
    "in-principle": "agreed in principle",
    "refused": "refused",
    "open": "open",
}


def proposal_lines(record: Record) -> list[str]:
    """What is on the table, a sentence each: who proposed it, where each party stands, whose answer is open."""
    return [_proposal_line(record, one) for one in record.proposals]


def _proposal_line(record: Record, one: Proposal) -> str:
    answers = [f"{record.actor(party)} {_answer(status)}" for party, status in one.status.items()]
    moves = [record.actor(party) for party in next_moves(one)]
    more = f" Still open with: {', '.join(moves)}." if moves else ""
    stand = "; ".join(answers) or "no answer is recorded"
    return f"On the table: {one.terms}, proposed by {record.actor(one.by)}: {stand}.{more}"


def _answer(status: Status) -> str:
    marks = f" [{status.statement.rsplit('-', 1)[-1]}]" if status.statement else ""
    conditions = f" ({'; '.join(status.conditions)})" if status.conditions else ""
    return f"{_ANSWERS[status.answer]}{conditions}{marks}"


def position_table(record: Record) -> Table | None:
    """The positions as a table; None where no act was marked yet."""
    rows = positions(record)
    if not rows:
        return None
    table = Table("Who", "Issue", "Stands", "Since", "On whose word", title="Who stands where", title_justify="left")
    for row in rows:
        table.add_row(*(Text(row[name]) for name in ("who", "issue", "stand", "since", "on_whose_word")))
    return table


def record_lines(record: Record) -> list[str]:
    """What people should know about a record, a sentence each."""
    seen = sum(one.review != "unread" for one in record.statements)
    hidden = len([one for one in record.statements if one.review != "rejected"]) - len(shown(record))
    lines = [f"Statements: {len(record.statements)}, reviewed by a person: {seen}. Numbers in [ ] are theirs."]
    if hidden:
        lines.append(
            f"Not listed: {hidden} by nobody named, or unsure parts of others; the page and the file have them."
        )
    if not any(one.acts for one in record.statements):
        lines.append("No offers, demands or refusals are marked yet; mark them on the page (--html).")
    if seen < len(record.statements):
        lines.append("What no person has reviewed was read by rules and may be wrong.")
    return lines


def record_json(record: Record) -> dict[str, Any]:
    """The record as JSON: every part with its offsets in code points."""
    plain = record.model_dump(mode="json", exclude={"record"})
    return {**plain, "positions": positions(record)}
