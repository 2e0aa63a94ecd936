"""From a file to a tree of dicts, lists and text that remembers on which line each part stands.

Every scalar stays text here ("12", "no", "40/3"); the model gives it its meaning. So no number passes
through a binary float and `no` is never turned into a truth value. Aliases, tags and duplicate keys are
refused: a case file means what it shows.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from evenhand.case.json_reading import NeedsCare, OnDemand, tree_of_json
from evenhand.case.problems import CaseError, Problem

LARGEST_FILE = 10_000_000
DEEPEST = 40
ARCHIVE = b"PK\x03\x04"

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE_AFTER_COLON = "Write `name: value`, with a space after the colon."
_QUOTES = 'Put text that holds such a sign in quotation marks: "…".'
_BRACKETS = "Close every [ with ] and every { with }, and put commas between."
# Words of the YAML library, with what they mean to a person. In those of `_BEGUN_EARLIER` the mistake
# stands where the part began, not where the reading stopped.
_BEGUN_EARLIER = (
    "could not find expected ':'",
    "unexpected end of stream",
    "expected ',' or",
    "node content, but found",
)
_YAML_WORDS = (
    ("mapping values are not allowed", "a colon stands where none is expected.", _QUOTES),
    ("could not find expected ':'", "this line is not of the form `name: value`.", _SPACE_AFTER_COLON),
    ("unexpected end of stream", "a quotation mark that opens here is not closed.", "Close it."),
    ("expected ',' or", "a bracket that opens here is not closed, or a comma is missing.", _BRACKETS),
    ("node content, but found", "a value is missing, or a bracket that opens here is not closed.", _BRACKETS),
    ("expected <block end>", "the line does not fit those above it.", "Indent it like its neighbours."),
    ("that cannot start any token", "this sign cannot begin a value.", _QUOTES),
    ("expected alphabetic or numeric", "this sign cannot stand here.", _QUOTES),
    (
        "escape ",
        "a \\ in double quotes begins a special sign.",
        "Use single quotes, or write \\\\ for each \\.",
    ),
    ("expected <document start>", "the line does not fit those above it.", "Remove the indentation or the stray sign."),
)
_NO_NAME = "Remove a comma with nothing after it, or a comment: JSON has none."
_JSON_WORDS = (
    ("Expecting ','", "a comma or a closing bracket is missing.", "Look here and at the end of the line above."),
    ("Expecting property name", "a name in double quotes was expected after the sign before.", _NO_NAME),
    ("Illegal trailing comma", "a name in double quotes was expected after the sign before.", _NO_NAME),
    ("Expecting value", "a value was expected here.", "Write a number, a list, a group, or text in double quotes."),
    ("Unterminated string", "a quotation mark that opens here is not closed.", "Close it."),
    ("Extra data", "something follows after the end of the case.", "Keep one case per file."),
    ("Expecting ':'", "a colon is missing after the name.", 'Write "name": value.'),
    (
        "Invalid control character",
        "text may not run over the end of a line.",
        "Close the quotation mark, or write \\n.",
    ),
    ("escape", "a \\ in text begins a special sign.", "Write \\\\ for each \\."),
)

_NOTHING = ("", "~", "null", "Null", "NULL")

TreePath = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """A spot in a file; both counts start at 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """What was read: the tree, where each part of it stands, the text itself, and the file's name.

    `problems` are mistakes that did not stop the reading (names written twice).
    """

    file: str
    text: str
    tree: Any
    places: Mapping[TreePath, Place]
    problems: tuple[Problem, ...] = ()

    def place(self, path: TreePath) -> Place:
        """Where `path` stands, or the nearest part around it that the file has."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return Place(0, 0)

    def problem(self, path: TreePath, what: str, mend: str) -> Problem:
        """A problem at `path`, with its line filled in."""
        place = self.place(path)
        return Problem(self.file, place.line, place.column, path_text(path), what, mend)


def path_text(path: TreePath) -> str:
    """`("rules", 0, "forbid")` as `rules[0].forbid`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def read_document(file: Path | str) -> Document:
    """Read a YAML or JSON file. Raises CaseError when it cannot be read or is not well formed."""
    path = Path(file)
    text = _decoded(path)
    return parse_document(text, str(file), is_json=path.suffix.lower() in (".json", ".geojson"))


def parse_document(text: str, file: str = "case", *, is_json: bool = False) -> Document:
    """Parse text that was already read; `file` is the name that errors will show."""
    _refuse_unprintable(text, file)
    if not text.strip():
        _fail_as_empty(file)
    if is_json:
        try:
            tree = tree_of_json(text, _printable, DEEPEST)
        except (NeedsCare, json.JSONDecodeError, RecursionError):
            _check_json(text, file)
        else:
            if tree is not None:
                return Document(file, text, tree, OnDemand(lambda: _with_places(text, file, is_json=True).places))
    return _with_places(text, file, is_json=is_json)


def _printable(text: str) -> bool:
    return _UNPRINTABLE.search(text) is None


def _with_places(text: str, file: str, *, is_json: bool) -> Document:
    # A raw tab cannot occur inside a JSON string, so this changes white space only, and no column.
    text_to_parse = text.replace("\t", " ") if is_json else text
    builder = _TreeBuilder(file)
    try:
        tree = builder.build(YAML(typ="safe", pure=True).parse(text_to_parse))
    except CaseError:
        raise
    except MarkedYAMLError as error:
        _fail_at_mark(file, text, error)
    except (YAMLError, ValueError, OverflowError):
        _fail(file, 0, 0, "a \\ in double quotes stands for no character.", "Write \\\\ for each \\.")
    if tree is None:
        _fail_as_empty(file)
    return Document(file, text, tree, builder.places, tuple(builder.problems))


def _fail_as_empty(file: str) -> NoReturn:
    _fail(file, 0, 0, "the file is empty.", "Write a case into it, or start one with `evenhand new`.")


def _refuse_unprintable(text: str, file: str) -> None:
    found = _UNPRINTABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        what = f"the character U+{ord(found.group()):04X} cannot stand in a file of plain text."
        _fail(file, line, column, what, "Remove it; check that the file was saved as text in UTF-8.")


def _fail(file: str, line: int, column: int, what: str, mend: str) -> NoReturn:
    raise CaseError([Problem(file, line, column, "", what, mend)])


def _decoded(path: Path) -> str:
    name, data = str(path), file_bytes(path)
    if data.startswith(ARCHIVE):
        _fail(name, 0, 0, "this is a spreadsheet or archive.", "Use `evenhand new --points FILE` for a table.")
    return utf8_text(name, data)


def file_bytes(path: Path) -> bytes:
    """What a file holds. Raises CaseError for a folder, a missing or unreadable file, or one above 10 MB."""
    name = str(path)
    if "\0" in name:
        _fail(name.replace("\0", "?"), 0, 0, "this is not a name a file can have.", "Check the name.")
    if path.is_dir():
        _fail(name, 0, 0, "this is a folder, not a file.", "Name the file inside it.")
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        _fail(name, 0, 0, "there is no such file.", "Check the name, or start one with `evenhand new`.")
    except OSError as error:
        _fail(name, 0, 0, f"the file cannot be read ({error.strerror}).", "Check that you may open it.")
    if len(data) > LARGEST_FILE:
        mend = "What is read here holds words and points; remove the rest."
        _fail(name, 0, 0, "the file is larger than 10 MB.", mend)
    return data


def utf8_text(name: str, data: bytes) -> str:
    """The text in a file's bytes, with or without a byte order mark. Raises CaseError when it is not UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _fail(name, 0, 0, "the file is saved as UTF-16.", "Save it again as UTF-8.")
    if b"\0" in data:
        _fail(name, 0, 0, "this is not a text file.", "Name a file of plain text saved as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        _fail(name, line, 1, "the file is not UTF-8 text.", "Save it again with the encoding UTF-8.")


def _check_json(text: str, file: str) -> None:
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        what, mend = _in_plain_words(error.msg, _JSON_WORDS, "JSON")
        _fail(file, error.lineno, error.colno, what, mend)
    except RecursionError:
        _fail(file, 1, 1, "the file is nested too deeply.", f"Keep it under {DEEPEST} levels.")


def _fail_at_mark(file: str, text: str, error: MarkedYAMLError) -> NoReturn:
    problem = str(error.problem)
    begun = any(sign in problem for sign in _BEGUN_EARLIER)
    mark = (error.context_mark if begun else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if _has_tab_indent(text, line) or "\\t" in problem:
        _fail(file, line, column, "the line is indented with a tab.", "Indent with spaces.")
    _fail(file, line, column, *_in_plain_words(problem, _YAML_WORDS, "YAML"))


def _has_tab_indent(text: str, line: int) -> bool:
    lines = text.split("\n")
    if line > len(lines):
        return False
    return "\t" in lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip())]


def _in_plain_words(message: str, words: tuple[tuple[str, str, str], ...], language: str) -> tuple[str, str]:
    """What is wrong and its mend, for a message of the YAML or JSON library."""
    for sign, what, mend in words:
        if sign in message:
            return what, mend
    return f"this is not valid {language} ({message}).", "Look at this line and the one above it."


class _TreeBuilder:
    """Builds the tree from parser events, noting the place of each part as it goes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[TreePath, Place] = {}
        self.problems: list[Problem] = []

    def build(self, events: Iterator[Event]) -> Any:
        tree: Any = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(event, (), "the file holds more than one document.", "Keep one case per file.")
                tree = self._node(next(events), events, ())
        return tree

    def _stop(self, event: Event, path: TreePath, what: str, mend: str) -> NoReturn:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        raise CaseError([Problem(self.file, line, column, path_text(path), what, mend)])

    def _node(self, event: Event, events: Iterator[Event], path: TreePath) -> Any:
        self.places.setdefault(path, Place(event.start_mark.line + 1, event.start_mark.column + 1))
        self._refuse_tricks(event, path)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path)
        assert isinstance(event, ScalarEvent)
        if event.style is None and event.value in _NOTHING:
            return None
        return self._text(event, path)

    def _refuse_tricks(self, event: Event, path: TreePath) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self._stop(event, path, "anchors and aliases (& and *) are not used in case files.", "Write the value out.")
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            shown = str(tag).replace("tag:yaml.org,2002:", "!!")
            self._stop(event, path, f"the tag {shown} is not used in case files.", "Remove it.")
        if len(path) > DEEPEST:
            self._stop(event, path[:3], "the file is nested too deeply.", f"Keep it under {DEEPEST} levels.")

    def _text(self, event: ScalarEvent, path: TreePath) -> str:
        """A scalar as text. Numbers and truth values stay text."""
        # JSON may write a character beyond the first plane as two escapes; join them.
        text: str = event.value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
        found = _UNPRINTABLE.search(text)
        if found:
            what = f"the character U+{ord(found.group()):04X} cannot be printed."
            self._stop(event, path, what, "Remove the escape sign that stands for it.")
        return text

    def _mapping(self, events: Iterator[Event], path: TreePath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                self._stop(event, path, "a name was expected here.", "Write `name: value`.")
            self._refuse_tricks(event, (*path, event.value))
            key = self._text(event, path)
            if key in found:
                self._note_twice(event, (*path, key))
            self.places[(*path, key)] = Place(event.start_mark.line + 1, event.start_mark.column + 1)
            found[key] = self._node(next(events), events, (*path, key))
        return found

    def _note_twice(self, event: Event, path: TreePath) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        first = self.places[path].line
        what = f"this name is written twice (first on line {first})."
        self.problems.append(Problem(self.file, line, column, path_text(path), what, "Keep one of the two."))

    def _sequence(self, events: Iterator[Event], path: TreePath) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            found.append(self._node(event, events, (*path, len(found))))
        return found
