"""Looking into a document that another program wrote: what is not as it should be is noted, with its line."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from evenhand.case import Document, Mistake, Problem, TreePath, as_written, nearest_name


class Walker:
    """Reads parts of a document by their path; the mistakes met gather in `problems`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = list(document.problems)

    def note(self, path: TreePath, what: str, mend: str) -> None:
        """Note a mistake, once."""
        problem = self.document.problem(path, what, mend)
        if problem not in self.problems:
            self.problems.append(problem)

    def part(self, path: TreePath) -> Any:
        """What stands at a path; None where nothing does."""
        found = self.document.tree
        for name in path:
            known = isinstance(found, dict) or (isinstance(found, list) and isinstance(name, int) and name < len(found))
            found = (found.get(name) if isinstance(found, dict) else found[name]) if known else None
        return found

    def mapping(self, path: TreePath) -> dict[str, Any]:
        """The names and values at a path; empty, and noted, where there are none."""
        found = self.part(path)
        if isinstance(found, dict):
            return found
        self._not_there(path, found, "a group of names with values")
        return {}

    def listed(self, path: TreePath) -> list[Any]:
        """The list at a path; empty, and noted, where there is none."""
        found = self.part(path)
        if isinstance(found, list):
            return found
        self._not_there(path, found, "a list")
        return []

    def texts(self, path: TreePath) -> tuple[str, ...]:
        """The texts in the list at a path, each different."""
        found = self.listed(path)
        for number, item in enumerate(found):
            if not isinstance(item, str) or not item:
                self.note((*path, number), "text was expected here.", "Write a word or a number.")
            elif item in found[:number]:
                self.note((*path, number), f'"{item}" stands in the list already.', "Keep one of the two.")
        return tuple(item for item in found if isinstance(item, str))

    def number(self, path: TreePath) -> Fraction:
        """The number at a path; 0, and noted, where there is none."""
        try:
            return as_written(self.part(path))
        except Mistake as mistake:
            self.note(path, f"{mistake}.", mistake.mend)
            return Fraction(0)

    def from_zero(self, path: TreePath, what: str) -> Fraction:
        """A number of 0 or more."""
        number = self.number(path)
        if number < 0:
            self.note(path, f"{what} may not be below 0.", "Write 0 or more.")
        return max(number, Fraction(0))

    def same_names(self, path: TreePath, found: Mapping[str, Any], wanted: tuple[str, ...], noun: str) -> None:
        """Note names that are not wanted, and wanted ones that are missing."""
        for name in found:
            if name not in wanted:
                self.note((*path, name), f'the domain has no {noun} "{name}".', nearest_name(name, wanted))
        for name in wanted:
            if name not in found:
                self.note(path, f'the {noun} "{name}" is missing.', f"Write a value for {name}.")

    def _not_there(self, path: TreePath, found: object, wanted: str) -> None:
        if found is None:
            self.note(path[:-1], f"`{path[-1]}` is missing." if path else "the file is empty.", f"Write {wanted}.")
        else:
            self.note(path, f"{wanted} was expected here.", "Look at this line and the one above it.")
