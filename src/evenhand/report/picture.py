"""Where packages lie, for two parties: one picture's data, drawn in characters here and as SVG in `charts`.

The first party's points run to the right, the second's upwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evenhand.case import plain_decimal
from evenhand.settle import Bargaining

Point = tuple[float, float]
_WIDTH, _HEIGHT = 62, 18
_STEPS = 200


@dataclass(frozen=True)
class Mark:
    """Something with a name in the picture; `kind` is package, table (a deal on the table) or start."""

    sign: str
    name: str
    at: Point
    kind: str


@dataclass(frozen=True)
class Picture:
    """The efficient packages as `dots` and `stretches`, what is marked among them, and the names of the two parties."""

    parties: tuple[str, str]
    dots: tuple[Point, ...]
    stretches: tuple[tuple[Point, Point], ...]
    marks: tuple[Mark, ...]

    @property
    def span(self) -> tuple[Point, Point]:
        """The lowest and the highest of everything, by party."""
        ends = [end for stretch in self.stretches for end in stretch]
        columns = list(zip(*self.dots, *ends, *(mark.at for mark in self.marks), strict=False))
        return _pair(map(min, columns)), _pair(map(max, columns))

    def legend(self) -> Iterator[tuple[str, str]]:
        """Each sign and what it stands for; deals at one place share a line."""
        for mark in self.marks:
            yield mark.sign, mark.name


def picture_of(found: Bargaining) -> Picture | None:
    """The picture of a case of two parties; None for any other number."""
    parties = found.frontier.parties
    if len(parties) != 2:
        return None
    frontier = found.frontier
    first, second = (found.case.party(party).label for party in parties)
    dots = tuple(_pair(map(float, frontier.value(k))) for k in range(len(frontier)))
    stretches = tuple((_pair(map(float, s.start)), _pair(map(float, s.end))) for s in frontier.segments)
    return Picture((first, second), dots, stretches, tuple(_marks(found)))


def grouped(found: Bargaining) -> list[tuple[str, list[str], int]]:
    """(letter, titles of the solutions, number of the first) for each different package, in the order shown."""
    rows: list[tuple[str, list[str], int]] = []
    for number, (package, _) in enumerate(found.agreed):
        same = next((row for row in rows if found.agreed[row[2]][0].values == package.values), None)
        if same is not None:
            same[1].append(package.solution.title)
        else:
            rows.append((chr(ord("A") + len(rows)), [package.solution.title], number))
    return rows


def _marks(found: Bargaining) -> Iterator[Mark]:
    name = "the deal given" if found.start else "no deal"
    yield Mark("x", name, _pair(map(float, found.frontier.no_deal)), "start")
    whole = [row for row in found.table if row.deal is not None]
    for number, row in enumerate(whole[:9], 1):
        yield Mark(str(number), f"on the table: {row.proposal.id}", _pair(map(float, row.values.values())), "table")
    for letter, titles, number in grouped(found):
        at = _pair(map(float, found.agreed[number][0].values.values()))
        yield Mark(letter, ", ".join(titles), at, "package")


def _pair(numbers: Iterator[float]) -> Point:
    first, second = numbers
    return first, second


def in_characters(picture: Picture) -> list[str]:
    """The picture as lines of at most 80 characters."""
    low, high = picture.span
    grid = [[" "] * _WIDTH for _ in range(_HEIGHT)]
    places = [(dot, "·") for dot in picture.dots]
    places += [(at, "·") for stretch in picture.stretches for at in _along(*stretch)]
    places += [(mark.at, mark.sign) for mark in picture.marks]
    for at, sign in places:
        column, row = _cell(at, low, high)
        grid[_HEIGHT - 1 - row][column] = sign
    top, bottom = (plain_decimal(Fraction(edge).limit_denominator(100), 1) for edge in (high[1], low[1]))
    left, right = (plain_decimal(Fraction(edge).limit_denominator(100), 1) for edge in (low[0], high[0]))
    labels = [top, *[""] * (_HEIGHT - 2), bottom]
    lines = [f"{label:>7} │{''.join(row).rstrip()}" for label, row in zip(labels, grid, strict=True)]
    return [
        f"{'':>7} {picture.parties[1]} ↑",
        *lines,
        f"{'':>7} └{'─' * _WIDTH}",
        f"{'':>8} {left}{right:>{_WIDTH - len(left)}}",
        f"{f'{picture.parties[0]} →':>{_WIDTH + 9}}",
    ]


def _along(one: Point, other: Point) -> Iterator[Point]:
    for step in range(_STEPS + 1):
        part = step / _STEPS
        yield one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])


def _cell(at: Point, low: Point, high: Point) -> tuple[int, int]:
    sizes: Sequence[int] = (_WIDTH, _HEIGHT)
    spans = [max(top - bottom, 1e-12) for bottom, top in zip(low, high, strict=True)]
    column, row = (
        round((a - bottom) / span * (size - 1)) for a, bottom, span, size in zip(at, low, spans, sizes, strict=True)
    )
    return column, row
