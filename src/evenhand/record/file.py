"""The record as a file that a person can read: YAML with the reports in it, or JSON; written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from evenhand.case import CaseError, Document, TreePath, read_document, read_part
from evenhand.record.model import Record, Source, Span, Statement
from evenhand.record.sources import digest

MANY = 1000
"""Statements from which on a record is written with one line for each."""
_MEND_TEXT = "Offsets hold for the text as it was read; restore it, or read the report again."


def load_record(file: Path | str) -> Record:
    """Read a record and check that its spans fit its texts. Raises CaseError listing every mistake found."""
    return read_record(read_document(file))


def read_record(document: Document) -> Record:
    """The record in a document. Raises CaseError listing every mistake found."""
    tree = document.tree
    if not isinstance(tree, dict) or "record" not in tree:
        what = "this is not a record of reports."
        raise CaseError([document.problem((), what, "Make one with `evenhand read REPORT --date DAY -o FILE`.")])
    record = read_part(document, Record)
    problems = [document.problem(*found) for found in _problems(record)]
    if problems:
        raise CaseError(problems)
    return record


def record_text(record: Record, *, as_json: bool = False) -> str:
    """The record as text; reading it gives an equal record."""
    plain = as_plain(record)
    if as_json:
        return json.dumps(plain, ensure_ascii=True, indent=1) + "\n"
    if len(record.statements) <= MANY:
        return _yaml(plain)
    lists = {name: part for name, part in plain.items() if isinstance(part, list) and name != "sources"}
    head = _yaml({name: part for name, part in plain.items() if name not in lists})
    return head + "".join(_one_line_each(name, rows) for name, rows in lists.items())


def _one_line_each(name: str, rows: list[Any]) -> str:
    """A list as YAML with a row on each line, as JSON has it; thirty times as quick to write as an indented one."""
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    return f"{name}:\n" + "".join(f"  - {line if line.isprintable() else _spelled_out(line)}\n" for line in lines)


def _spelled_out(line: str) -> str:
    """What cannot be printed as YAML's escapes; it stands within quotation marks, as JSON leaves no other place."""
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in line)


def _yaml(plain: dict[str, Any]) -> str:
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(_readable(plain), stream)
    return stream.getvalue()


def as_plain(record: Record) -> dict[str, Any]:
    """The record as plain data, leaving out what was not said."""
    return {"record": 1, **record.model_dump(mode="json", exclude_defaults=True)}


def _readable(value: Any) -> Any:
    """The same, with texts as blocks where that keeps every character, else in quotation marks."""
    if isinstance(value, dict):
        return {name: _readable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_readable(part) for part in value]
    if isinstance(value, str) and "\n" in value and _fits_a_block(value):
        return LiteralScalarString(value)
    if isinstance(value, str) and not (value.isprintable() and value == value.strip()):
        return DoubleQuotedScalarString(value)
    return value


def _fits_a_block(text: str) -> bool:
    lines = text.split("\n")
    return bool(lines[0]) and all(line.isprintable() and line == line.strip() for line in lines)


def _problems(record: Record) -> Iterator[tuple[TreePath, str, str]]:
    texts: dict[str, Source] = {}
    for number, source in enumerate(record.sources):
        if source.id in texts:
            yield ("sources", number, "id"), f'there are two sources "{source.id}".', "Give each its own id."
        if digest(source.text) != source.sha256:
            yield ("sources", number, "text"), "the text is not the one that was read.", _MEND_TEXT
        texts[source.id] = source
    ids: set[str] = set()
    for number, statement in enumerate(record.statements):
        path: TreePath = ("statements", number)
        if statement.id in ids:
            yield (*path, "id"), f'there are two statements "{statement.id}".', "Give each its own id."
        ids.add(statement.id)
        if statement.source not in texts:
            mend = f"Known: {', '.join(texts)}." if texts else "There are none."
            yield (*path, "source"), f'there is no source "{statement.source}".', mend
            continue
        yield from _span_problems(statement, texts[statement.source].text, path)
    known = {actor.id for actor in record.actors}
    for number, statement in enumerate(record.statements):
        actor = statement.speaker.actor
        if actor is not None and actor not in known:
            mend = "Add it under `actors`, or name one of those."
            yield ("statements", number, "speaker", "actor"), f'there is no actor "{actor}".', mend
        if statement.within is not None and statement.within not in ids:
            yield ("statements", number, "within"), f'there is no statement "{statement.within}".', "Correct the id."


def _span_problems(statement: Statement, text: str, path: TreePath) -> Iterator[tuple[TreePath, str, str]]:
    spans: list[tuple[TreePath, Span | None]] = [
        ((*path, "cue"), statement.cue),
        ((*path, "speaker", "span"), statement.speaker.span),
        *(((*path, "content", number), piece) for number, piece in enumerate(statement.content)),
    ]
    for place, span in spans:
        if span is not None and span.end > len(text):
            yield place, f"the span ends at {span.end}, behind the text's {len(text)} characters.", "Correct it."
    for number, piece in enumerate(statement.content):
        if piece.end <= len(text) and text[piece.start : piece.end] != piece.text:
            what = f'the text has "{_short(text[piece.start : piece.end])}" there.'
            yield (*path, "content", number, "text"), what, "Let `text` be the characters from `start` to `end`."


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
