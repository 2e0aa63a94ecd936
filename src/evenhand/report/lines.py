"""A cake as a bar that shows who gets which stretch: blocks for a terminal, SVG for a page."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from html import escape
from string import ascii_uppercase

from evenhand.case import Cake, Case, plain_decimal
from evenhand.deals import Deal
from evenhand.report.charts import colour_of
from evenhand.report.words import pieces_text

_COLUMNS = 64
_WIDTH, _MARGIN, _LETTER = 540, 24, 7.5


@dataclass(frozen=True)
class Part:
    """One piece of a line: the party's number and name, from where, to where."""

    number: int
    name: str
    start: Fraction
    end: Fraction

    @property
    def letter(self) -> str:
        """What stands for the party in a terminal: A for the first in the case."""
        return ascii_uppercase[self.number % len(ascii_uppercase)]


def cakes(case: Case) -> list[Cake]:
    """The lines that were cut."""
    return [issue for issue in case.issues if isinstance(issue, Cake)]


def parts(case: Case, cake: Cake, deal: Deal) -> list[Part]:
    """The pieces of a line from its lower end up."""
    found = [
        Part(number, party.label, start, end)
        for number, party in enumerate(case.principals)
        for start, end in deal.pieces[cake.id].get(party.id, ())
    ]
    return sorted(found, key=lambda part: part.start)


def line_rows(case: Case, cake: Cake, deal: Deal) -> list[str]:
    """The line in letters, a party's for each of its columns; below it where it was cut, and whose letter is whose."""
    found = parts(case, cake, deal)
    ends = [cake.marks[0], *(part.end for part in found)]
    columns = [_column(cake, end) for end in ends]
    drawn = "".join(
        "│" + part.letter * (right - left - 1)
        for part, left, right in zip(found, columns, columns[1:], strict=False)
        if right > left
    )
    names = {part.letter: part.name for part in sorted(found, key=lambda part: part.number)}
    key = "  ".join(f"{letter} {name}" for letter, name in names.items())
    return [f"{cake.label}", drawn + "│", *_ticks(cake, ends, columns), key]


def _column(cake: Cake, at: Fraction) -> int:
    return round(_COLUMNS * (at - cake.marks[0]) / (cake.marks[-1] - cake.marks[0]))


def _ticks(cake: Cake, ends: list[Fraction], columns: list[int]) -> list[str]:
    """The positions under their cuts, in a second row where they would touch."""
    rows = ["", ""]
    last = len(ends) - 1
    for number, (end, column) in enumerate(zip(ends, columns, strict=True)):
        text = plain_decimal(end) + (f" {cake.unit}".rstrip() if number == last else "")
        row = next((row for row, line in enumerate(rows) if not line or len(line) < column), None)
        if row is not None:
            rows[row] = rows[row].ljust(column) + text
    return [row for row in rows if row]


def line_picture(case: Case, cake: Cake, deal: Deal) -> str:
    """The line as one SVG element, described in words for those who cannot see it."""
    found = parts(case, cake, deal)
    spoken = "; ".join(f"{part.name} {pieces_text(cake, ((part.start, part.end),))}" for part in found)
    ends = [cake.marks[0], *(part.end for part in found)]
    body = "".join(_piece(cake, part) for part in found) + "".join(_labels(cake, ends))
    return (
        f'<svg class="bars line" viewBox="0 0 {_WIDTH} 84" role="img" aria-label="{escape(f"{cake.label}. {spoken}")}">'
        f"{body}</svg>"
    )


def _across(cake: Cake, at: Fraction) -> float:
    share = (at - cake.marks[0]) / (cake.marks[-1] - cake.marks[0])
    return _MARGIN + float(share) * (_WIDTH - 2 * _MARGIN)


def _piece(cake: Cake, part: Part) -> str:
    left, right = _across(cake, part.start), _across(cake, part.end)
    fits = int((right - left - 8) / _LETTER)
    name = part.name if len(part.name) <= fits else part.name[: fits - 1] + "…" if fits > 3 else part.letter
    text = (
        f'<text x="{(left + right) / 2:.1f}" y="27" text-anchor="middle" class="on">{escape(name)}</text>'
        if right - left > 14
        else ""
    )
    colour = colour_of(part.number)
    return (
        f'<rect x="{left:.1f}" y="8" width="{right - left:.1f}" height="28" fill="{colour}" stroke="#fff">'
        f"<title>{escape(part.name)} {escape(pieces_text(cake, ((part.start, part.end),)))}</title></rect>{text}"
    )


def _labels(cake: Cake, ends: list[Fraction]) -> list[str]:
    """Positions below the bar, lower where they would touch the one before."""
    drawn, free = [], [0.0, 0.0]
    for number, end in enumerate(ends):
        x = _across(cake, end)
        text = plain_decimal(end) + (f" {cake.unit}".rstrip() if number == len(ends) - 1 else "")
        half = len(text) * _LETTER / 2
        row = 0 if x - half >= free[0] else 1
        free[row] = x + half + 4
        x = min(x, _WIDTH - half)
        y = 54 + 20 * row
        cut = f"{_across(cake, end):.1f}"
        drawn.append(f'<line x1="{cut}" x2="{cut}" y1="36" y2="{y - 13}" class="cut"/>')
        drawn.append(f'<text x="{x:.1f}" y="{y}" text-anchor="middle" class="value">{escape(text)}</text>')
    return drawn
