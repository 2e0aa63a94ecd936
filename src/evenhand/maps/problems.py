"""What can be wrong with a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class MapProblem:
    """One mistake: the file, the line (0: the whole file), the place in it, what is wrong, what would mend it."""

    file: str
    line: int
    path: str
    what: str
    mend: str


class MapError(ValueError):
    """A map that cannot be used. `problems` lists every mistake found."""

    def __init__(self, problems: Sequence[MapProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{one.file}: {one.path} {one.what} {one.mend}" for one in problems))


def refused(file: str, feature: int, what: str, mend: str) -> MapError:
    """One mistake as an error; `feature` counts from 1, 0 stands for the whole file."""
    return MapError([MapProblem(file, 0, f"features[{feature - 1}]" if feature else "", what, mend)])
