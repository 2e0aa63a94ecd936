"""XML as plain parts that know their line. Nothing in a file can make this reader fetch or unfold anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from evenhand.case import DEEPEST, CaseError, Mistake, Place, Problem

_WORDS = (
    ("no element found", "the file ends before all of its parts are closed.", "Get the whole file again."),
    ("unclosed token", "the file ends in the middle of a part.", "Get the whole file again."),
    (
        "mismatched tag",
        "a part is closed that was not the last one opened.",
        "Close each part before the one around it.",
    ),
    ("duplicate attribute", "an attribute is written twice.", "Keep one of the two."),
    ("junk after document element", "something follows after the end of the document.", "Remove it."),
    ("undefined entity", "this name after & is not known.", "Write &amp; for the sign &."),
)
_NO_DOCTYPE = (
    "a DOCTYPE can define text that unfolds without end, so no file with one is read.",
    "Remove the line that begins <!DOCTYPE.",
)


@dataclass(frozen=True)
class Part:
    """An element: its tag, its attributes, what is inside it, where it begins, and its file."""

    file: str
    tag: str
    attributes: dict[str, str]
    place: Place
    path: str
    parts: list[Part] = field(default_factory=list)

    def inside(self, tag: str) -> list[Part]:
        """The parts of this tag directly inside, in the file's order."""
        return [part for part in self.parts if part.tag == tag]

    def problem(self, what: str, mend: str) -> Problem:
        """A problem where this part begins."""
        return Problem(self.file, self.place.line, self.place.column, self.path, what, mend)

    def attribute(self, name: str) -> str:
        """An attribute's text. Raises Mistake when it is missing."""
        if name not in self.attributes:
            raise Mistake(f"<{self.tag}> has no `{name}`", f'Write {name}="…".')
        return self.attributes[name]


def read_markup(data: bytes, file: str) -> Part:
    """The document's outermost part. Raises CaseError for anything that is not well formed, and for a DOCTYPE."""
    return _Reader(file).read(data)


class _Reader:
    """Builds the parts as the parser meets them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.open: list[tuple[Part, Counter[str]]] = []
        self.root: Part | None = None
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = lambda _: self.open.pop()
        self.parser.StartDoctypeDeclHandler = lambda *_: self._stop(*_NO_DOCTYPE)

    def read(self, data: bytes) -> Part:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            message = expat.errors.messages[error.code]
            plain = (f"this is not valid XML ({message}).", "Look at this line and the one above it.")
            what, mend = next(((what, mend) for sign, what, mend in _WORDS if sign in message), plain)
            raise CaseError([Problem(self.file, error.lineno, error.offset + 1, "", what, mend)]) from None
        except CaseError:
            raise
        except (LookupError, ValueError):
            self._stop("the encoding it names is not known.", "Save it again as UTF-8.")
        assert self.root is not None
        return self.root

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        place = Place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        if len(self.open) > DEEPEST:
            self._stop("the file is nested too deeply.", f"Keep it under {DEEPEST} levels.")
        path = tag
        if self.open:
            above, seen = self.open[-1]
            path = f"{above.path}.{tag}[{seen[tag]}]"
            seen[tag] += 1
        part = Part(self.file, tag, attributes, place, path)
        if self.open:
            above.parts.append(part)
        else:
            self.root = part
        self.open.append((part, Counter()))

    def _stop(self, what: str, mend: str) -> NoReturn:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        raise CaseError([Problem(self.file, line, column, "", what, mend)])
