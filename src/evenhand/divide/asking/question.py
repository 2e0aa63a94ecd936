"""What a party can be asked, and which answers count.

A question is plain data; words are made elsewhere. `read` takes an answer as plain data (text, numbers, lists,
{name: number}) and gives it back exactly, or raises Mistake. Marks and choices are the queries of J. Robertson
and W. Webb, Cake-Cutting Algorithms (1998).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from evenhand.case import Mistake, exact, nearest_name, plain_decimal
from evenhand.deals import Outcome

Piece = tuple[Fraction, Fraction]
"""(from, to) on a line."""
Pile = Mapping[str, Fraction]
"""{issue: share}, shares above 0."""


@dataclass(frozen=True)
class Mark:
    """Going up from `start`, where has the piece become worth `part` of what `whole` is worth to you?

    Answer: a position from `start` to `end`.
    """

    party: str
    cake: str
    start: Fraction
    end: Fraction
    part: Fraction
    whole: Piece

    def read(self, given: object) -> Fraction:
        """The position."""
        return _position(given, self.start, self.end)


@dataclass(frozen=True)
class Trim:
    """Is the piece from `start` to `end` worth more than `part` of `whole` to you? Then cut it down to that.

    Answer: the new end; `end` itself, or the word `pass`, lets the piece stand.
    """

    party: str
    cake: str
    start: Fraction
    end: Fraction
    part: Fraction
    whole: Piece

    def read(self, given: object) -> Fraction:
        """The position; `end` where the piece stands."""
        passed = isinstance(given, str) and given.strip().lower() == "pass"
        return self.end if passed else _position(given, self.start, self.end)


@dataclass(frozen=True)
class ChoosePieces:
    """Which `count` of these pieces of a line do you take? Answer: their numbers, counted from 1."""

    party: str
    cake: str
    pieces: tuple[Piece, ...]
    count: int

    def read(self, given: object) -> tuple[int, ...]:
        """The numbers, in rising order."""
        return _numbers(given, len(self.pieces), self.count)


@dataclass(frozen=True)
class Split:
    """Make two piles of these things, of which the other will take one.

    Answer: {issue: share that lies in the first pile}; what is not named lies in the second. `whole` things
    lie in one pile only.
    """

    party: str
    issues: tuple[str, ...]
    whole: frozenset[str]

    def read(self, given: object) -> Mapping[str, Fraction]:
        """The share of every issue that lies in the first pile."""
        shares = _table(given, self.issues)
        for issue, share in shares.items():
            if not 0 <= share <= 1:
                raise Mistake(f"{issue}: {share} is no share", "Write a share from 0 to 1, such as 1/2.", (issue,))
            if issue in self.whole and share not in (0, 1):
                raise Mistake(f"{issue} is whole and cannot be split", "Put it into one pile.", (issue,))
        return shares


@dataclass(frozen=True)
class ChoosePile:
    """Which of the two piles do you take? Answer: 1 or 2."""

    party: str
    piles: tuple[Pile, Pile]

    def read(self, given: object) -> tuple[int, ...]:
        """The number of the pile, alone in a tuple."""
        return _numbers(given, len(self.piles), 1)


@dataclass(frozen=True)
class Spread:
    """Spread `total` points over these issues: the more you want one (a burden: want to be rid of it), the more.

    Answer: {issue: points}, 0 or above; what is not named gets 0.
    """

    party: str
    issues: tuple[str, ...]
    total: Fraction

    def read(self, given: object) -> Mapping[str, Fraction]:
        """The points of every issue."""
        points = _table(given, self.issues)
        for issue, number in points.items():
            if number < 0:
                raise Mistake(f"{issue}: {number} is below 0", "Write points of 0 or above.", (issue,))
        given_out = sum(points.values(), Fraction(0))
        if given_out != self.total:
            more = f"{plain_decimal(abs(self.total - given_out))} {'more' if given_out < self.total else 'fewer'}"
            raise Mistake(f"these come to {plain_decimal(given_out)} points", f"Give {more}: {self.total} in all.")
        return points


Question: TypeAlias = Mark | Trim | ChoosePieces | Split | ChoosePile | Spread
Answer: TypeAlias = Fraction | tuple[int, ...] | Mapping[str, Fraction]
Protocol: TypeAlias = Generator[Question, Answer, Outcome]
"""A procedure as questions: it yields each, is sent the answer as `read` gives it, and returns an outcome."""


def asked_position(question: Mark | Trim) -> Generator[Question, Answer, Fraction]:
    """Ask for a position on a line."""
    at = yield question
    assert isinstance(at, Fraction)
    return at


def asked_numbers(question: ChoosePieces | ChoosePile) -> Generator[Question, Answer, tuple[int, ...]]:
    """Ask for the numbers of what is chosen."""
    chosen = yield question
    assert isinstance(chosen, tuple)
    return chosen


def asked_table(question: Split | Spread) -> Generator[Question, Answer, Mapping[str, Fraction]]:
    """Ask for a number for each issue."""
    found = yield question
    assert isinstance(found, Mapping)
    return found


def _position(given: object, start: Fraction, end: Fraction) -> Fraction:
    at = given if isinstance(given, Fraction) else exact(given)
    if not start <= at <= end:
        between = f"{plain_decimal(start)} to {plain_decimal(end)}"
        raise Mistake(f"{plain_decimal(at)} lies outside the piece", f"Name a position from {between}.")
    return at


def _numbers(given: object, most: int, count: int) -> tuple[int, ...]:
    listed = list(given) if isinstance(given, list | tuple) else [given]
    found = sorted({_number(item) for item in listed})
    if len(found) != count or len(listed) != count or not all(1 <= number <= most for number in found):
        what = f"{count} different numbers were expected" if count > 1 else "one number was expected"
        raise Mistake(what, f"Choose from 1 to {most}.")
    return tuple(found)


def _number(item: object) -> int:
    found = exact(item)
    return int(found) if found.denominator == 1 else 0


def _table(given: object, issues: tuple[str, ...]) -> dict[str, Fraction]:
    if not isinstance(given, Mapping):
        raise Mistake("a number for each thing was expected", "Write things with their numbers.")
    for name in given:
        if name not in issues:
            raise Mistake(f'there is no "{name}" here', nearest_name(str(name), issues), (str(name),))
    found = {issue: given.get(issue, Fraction(0)) for issue in issues}
    return {issue: number if isinstance(number, Fraction) else exact(number) for issue, number in found.items()}
