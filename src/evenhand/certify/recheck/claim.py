"""What is rechecked: a verdict and its witness, read warily, since anybody may have written them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

from evenhand.case import Case
from evenhand.deals.deal import Deal

LONGEST = 4000
"""Characters of the longest number that is read."""
_NUMBER = re.compile(r"-?[0-9]+(/[0-9]*[1-9][0-9]*)?")


class Wrong(ValueError):
    """The certificate is refuted; the message says what is wrong, for people."""


class NotRecheckable(ValueError):
    """The witness is not complete, as the certificate itself says; the message says why."""


@dataclass(frozen=True)
class Claim:
    """A certificate against the case and the deal. `eyes` are the parties it speaks of.

    The witness is as read from a file: groups, lists, text, and truth values; numbers are text.
    """

    case: Case
    deal: Deal
    eyes: tuple[str, ...]
    verdict: str
    witness: Mapping[str, Any]

    @property
    def holds(self) -> bool:
        """Whether the certificate says that the property holds."""
        return self.verdict == "holds"

    @property
    def parties(self) -> tuple[str, ...]:
        """The principals' ids, in the order of the case."""
        return tuple(party.id for party in self.case.principals)

    def must_be(self, expected: Mapping[str, Any], *, holds: bool) -> None:
        """Refute the claim unless its verdict and all of its witness are as recomputed."""
        self.verdict_is(holds=holds)
        same(self.witness, expected, "the witness")

    def verdict_is(self, *, holds: bool) -> None:
        """Refute the claim unless it has this verdict."""
        if self.holds != holds:
            wrong(f"the property {'holds' if holds else 'fails'} here")

    def only(self, *names: str) -> None:
        """Refute a witness that has anything besides these names."""
        for name in self.witness:
            if name not in names:
                wrong(f"“{name}” has no place in this witness")


def wrong(what: str) -> NoReturn:
    """Refute the claim."""
    raise Wrong(f"{what}.")


def number(given: Any, where: str) -> Fraction:
    """A whole number or fraction written as text."""
    if not isinstance(given, str) or len(given) > LONGEST or not _NUMBER.fullmatch(given):
        wrong(f"{where} is no number such as 65 or 395/6")
    return Fraction(given)


def numbers_of(given: Any, names: Sequence[str], where: str) -> dict[str, Fraction]:
    """A number for each of these names, and for nobody else."""
    rows = group(given, names, where)
    return {name: number(rows[name], f"{where} for {name}") for name in names}


def group(given: Any, names: Sequence[str], where: str) -> Mapping[str, Any]:
    """A group with exactly these names."""
    if not isinstance(given, Mapping) or set(given) != set(names):
        wrong(f"{where} is not a group of {', '.join(names) or 'nothing'}")
    return given


def rows_of(given: Any, where: str) -> Sequence[Any]:
    """A list."""
    if not isinstance(given, Sequence) or isinstance(given, str):
        wrong(f"{where} is not a list")
    return given


def same(given: Any, expected: Any, where: str) -> None:
    """Refute what is not the same as recomputed: numbers by their size, everything else as it stands."""
    if isinstance(expected, Fraction):
        if (found := number(given, where)) != expected:
            wrong(f"{where} is {expected}, not {found}")
    elif isinstance(expected, Mapping):
        rows = group(given, tuple(expected), where)
        for name, value in expected.items():
            same(rows[name], value, f"{where}: {name}")
    elif isinstance(expected, list | tuple):
        if len(entries := rows_of(given, where)) != len(expected):
            wrong(f"{where} has {len(expected)} entries, not {len(entries)}")
        for place, (one, other) in enumerate(zip(entries, expected, strict=True), 1):
            same(one, other, f"{where}: entry {place}")
    elif given != expected:
        wrong(f"{where} is “{expected}”, and something else is written")
