"""Charts as SVG text, made on the server: no script, no network, readable in print and by a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from evenhand.case import plain_decimal

COLOURS = ("#4f6d7a", "#7a5c8e", "#5f7f56", "#94634b", "#5d5d5d", "#8a7440", "#3f7f86", "#8c5a72")
"""Muted, and nobody's national colours; parties take them in the order of the case."""
_WIDTH, _ROW, _NAME, _BAR = 540, 34, 140, 260


@dataclass(frozen=True)
class Bar:
    """One bar: what it is called, its value, the largest it could be, and where no deal stands."""

    name: str
    value: Fraction
    most: Fraction
    floor: Fraction
    colour: str


def colour_of(number: int) -> str:
    """The colour of the party with this number in the case."""
    return COLOURS[number % len(COLOURS)]


def bars(rows: Sequence[Bar], title: str) -> str:
    """Horizontal bars as one SVG element, described in words for those who cannot see it."""
    height = _ROW * len(rows) + 8
    spoken = "; ".join(_spoken(row) for row in rows)
    drawn = "".join(_row(number, row) for number, row in enumerate(rows))
    return (
        f'<svg class="bars" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(f"{title}. {spoken}")}">'
        f"{drawn}</svg>"
    )


def _spoken(row: Bar) -> str:
    worth = f"{plain_decimal(row.value)} of {plain_decimal(row.most)} points"
    return f"{row.name}: {worth}, no deal {plain_decimal(row.floor)}"


def _row(number: int, row: Bar) -> str:
    top = number * _ROW + 8
    scale = max(row.most, abs(row.value), row.floor, Fraction(1))
    filled = _length(row.value, scale)
    floor = _NAME + _length(row.floor, scale)
    line = f'<line x1="{floor:.1f}" x2="{floor:.1f}" y1="{top - 3}" y2="{top + 21}" class="floor"/>'
    mark = line if row.floor > 0 else ""
    text = f"{plain_decimal(row.value)} of {plain_decimal(row.most)}"
    return (
        f'<text x="{_NAME - 10}" y="{top + 14}" class="name">{escape(_short(row.name))}</text>'
        f'<rect x="{_NAME}" y="{top}" width="{_BAR}" height="18" class="rest"/>'
        f'<rect x="{_NAME}" y="{top}" width="{filled:.1f}" height="18" fill="{row.colour}"/>{mark}'
        f'<text x="{_NAME + _BAR + 10}" y="{top + 14}" class="value">{text}</text>'
    )


def _length(value: Fraction, scale: Fraction) -> float:
    return max(0.0, float(value / scale)) * _BAR


def _short(name: str) -> str:
    return name if len(name) <= 20 else name[:19] + "…"
