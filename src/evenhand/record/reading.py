"""From sources to a record, stage by stage: sentences, cues, content and speakers; then who that is, and whose word.

What a person accepted, corrected or rejected stays as it is when a report is read again; only new statements are added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import chain, count

from evenhand.record.acting import Reached, with_acts
from evenhand.record.actors import Actors
from evenhand.record.dating import as_date, said_on, times_in
from evenhand.record.english import Attribution, attributed
from evenhand.record.english.dates import Dated
from evenhand.record.english.naming import bare_name, names_nobody, negated, supposed
from evenhand.record.linking import with_same_words
from evenhand.record.model import Actor, Quoted, Record, Source, Span, Speaker, Statement
from evenhand.solve import Limits

Say = Callable[[str], None]


def read_reports(
    sources: Sequence[Source],
    *,
    registry: Sequence[Actor] = (),
    before: Record | None = None,
    limits: Limits | None = None,
    say: Say = lambda _: None,
) -> tuple[Record, tuple[str, ...]]:
    """The record of some reports, and notes for the reader.

    `before` is an earlier record: its sources, actors and all that people did in it are kept. When `limits` are
    spent, the notes say how far the reading came.
    """
    before = before or Record()
    actors = Actors([*before.actors, *(one for one in registry if one.id not in {a.id for a in before.actors})])
    limits = limits or Limits()
    statements = list(before.statements)
    kept = list(before.sources)
    notes: list[str] = []
    dates = list(before.dates)
    reached: dict[str, Reached] = {}
    for report in sources:
        say(f"reading {report.file or report.id}")
        known = next((one for one in kept if one.sha256 == report.sha256), None)
        source = known or _renamed(report, kept)
        if known is None:
            kept.append(source)
        elif known.date != report.date:
            notes.append(f"{report.file} is in the record with the date {known.date}, which was kept.")
        read, read_to = attributed(source.text, limits=limits)
        times = times_in(source, read_to)
        reached[source.id] = Reached(read_to, times)
        old = [one for one in statements if one.source == source.id]
        dates = [one for one in dates if one.source != source.id] + [as_date(source, one) for one in times]
        again = _again(old, _dated(source, _statements(source, read, actors), times))
        statements = [one for one in statements if one.source != source.id] + again
        if read_to < len(source.text):
            notes.append(f"{source.file}: read up to character {read_to} of {len(source.text)}; then it was stopped.")
    record = before.model_copy(
        update={
            "sources": tuple(kept),
            "statements": with_same_words(statements),
            "actors": actors.listed(),
            "dates": tuple(dates),
        }
    )
    return with_acts(record, reached), tuple(notes)


def _renamed(source: Source, kept: Sequence[Source]) -> Source:
    taken = {one.id for one in kept}
    numbered = (f"{source.id}-{number}" for number in range(2, len(taken) + 3))
    return source.model_copy(update={"id": next(one for one in [source.id, *numbered] if one not in taken)})


def _again(old: Sequence[Statement], new: Sequence[Statement]) -> list[Statement]:
    """Old statements that a person has seen, and new ones in place of the others, in the order of the text."""
    touched = [one for one in old if one.review != "unread" or one.read_by != "rules"]
    known = {one.read_as for one in touched} - {""}
    ids = {one.id for one in touched}
    fresh = [one for one in new if one.read_as not in known]
    renamed = {one.id: _free(one.id, ids) for one in fresh}
    mine_by = {one.read_as: one.id for one in touched}
    renamed |= {one.id: mine_by[one.read_as] for one in new if one.read_as in known}
    moved = [
        one.model_copy(update={"id": renamed[one.id], "within": renamed.get(one.within or "", one.within)})
        for one in fresh
    ]
    lost = {one.id for one in old} - ids - {one.id for one in moved}
    mine = [one.model_copy(update={"within": None}) if one.within in lost else one for one in touched]
    return sorted([*mine, *moved], key=lambda one: (one.content[0].start, -one.content[-1].end))


def _free(wanted: str, taken: set[str]) -> str:
    numbered = (f"{wanted}-{number}" for number in count(2))
    found = next(name for name in chain([wanted], numbered) if name not in taken)
    taken.add(found)
    return found


def _statements(source: Source, read: Sequence[Attribution], actors: Actors) -> list[Statement]:
    speakers = [_speaker(source.text, one, actors) for one in read]
    return [_statement(source, read, speakers, at) for at in range(len(read))]


def _dated(source: Source, statements: Sequence[Statement], times: Sequence[Dated]) -> list[Statement]:
    """The statements with the day on which each was made, where the report names it."""
    said = bytearray(len(source.text))
    for one in statements:
        for piece in one.content:
            said[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
    free = [one for one in times if not (said[one.start] and said[one.end - 1])]
    return [one.model_copy(update={"said_on": said_on(source, one, free)}) for one in statements]


def _statement(source: Source, read: Sequence[Attribution], speakers: Sequence[Speaker], at: int) -> Statement:
    one, text = read[at], source.text
    cue = Span(start=one.cue[0][0], end=one.cue[-1][1]) if one.cue else None
    content = tuple(Quoted(start=start, end=end, text=text[start:end]) for start, end in one.content)
    first = cue or content[0]
    return Statement(
        id=f"{source.id}-{at + 1}",
        source=source.id,
        speaker=speakers[at],
        cue=cue,
        content=content,
        type=one.type,
        negated=bool(one.cue) and negated(text, one.cue[0], one.source[-1] if one.source else None),
        supposed=bool(one.cue) and supposed(text, one.cue[0], one.source[-1] if one.source else None),
        within=None if one.nested_in is None else f"{source.id}-{one.nested_in + 1}",
        attributed_to=tuple(_reporters(read, speakers, at)),
        confidence=round(one.confidence, 3),
        scores={name: round(score, 3) for name, score in asdict(one.scores).items()},
        rule=one.rule,
        read_as=f"{first.start}-{first.end}:{content[0].start}-{content[-1].end}",
    )


def _reporters(read: Sequence[Attribution], speakers: Sequence[Speaker], at: int) -> Iterator[str]:
    """Who reports a statement that stands within another's words: the nearest first."""
    last = speakers[at].actor
    around = read[at].nested_in
    while around is not None:
        actor = speakers[around].actor
        if actor is not None and actor != last:
            yield actor
            last = actor
        around = read[around].nested_in


def _speaker(text: str, one: Attribution, actors: Actors) -> Speaker:
    span = Span(start=one.source[0][0], end=one.source[-1][1]) if one.source else None
    if one.named is not None:
        return Speaker(actor=actors.of(bare_name(text[slice(*one.named)])), span=span)
    words = text[span.start : span.end] if span else ""
    if not words or names_nobody(words) or len(words) > 80:
        return Speaker(span=span)
    return Speaker(actor=actors.of(bare_name(words)), span=span)
