"""One shape for everything that can be wrong with what a user gave us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it is, what is wrong, what would mend it.

    `file` is "" for what is not about a file. `line` and `column` count from 1 (0: the whole file); `path` is the
    place in the document, such as `preferences.ana.points.house` ("" for the whole document).
    """

    file: str
    line: int
    column: int
    path: str
    what: str
    mend: str

    def text(self) -> str:
        """The problem as one line for a terminal."""
        file = self.file or "evenhand"
        where = f"{file}:{self.line}" if self.line else file
        path = f" {self.path}:" if self.path else ""
        return f"{where}:{path} {self.what} {self.mend}".rstrip()

    def as_json(self) -> dict[str, object]:
        """The problem as plain data; keys: file, line, column, path (None where there is none), what, mend."""
        return {
            "file": self.file or None,
            "line": self.line or None,
            "column": self.column or None,
            "path": self.path or None,
            "what": self.what,
            "mend": self.mend,
        }


def nearest_name(name: str, known: Sequence[str]) -> str:
    """What would mend an unknown name: the one probably meant, or all that are known, in the order given."""
    close = get_close_matches(name, known, n=1)
    if close:
        return f'Did you mean "{close[0]}"?'
    return f"Known: {', '.join(known)}." if known else "None are given."


class Mistake(ValueError):
    """A value that cannot be used, found where its place in the file is not known.

    The text is what is wrong, without a full stop; `within` is the place inside the value.
    """

    def __init__(self, what: str, mend: str, within: tuple[str, ...] = ()) -> None:
        self.mend = mend
        self.within = within
        super().__init__(what)


class CaseError(ValueError):
    """Input that cannot be used. `problems` lists every mistake found, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(problem.text() for problem in self.problems))
