"""What each cell is worth to each party, exactly: from the case, or from columns of the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

from evenhand.case import LandValue

MILLION = 1_000_000
"""What the cells of all the land are worth together, where their worth comes from columns."""


def cell_values(
    value: LandValue, cells: Sequence[str], columns: Mapping[str, Sequence[Fraction]]
) -> dict[str, Fraction]:
    """The worth of each cell, in the order of the map.

    With columns, a cell counts weight × its part of each column's total, plus its mark; then it is rounded to
    millionths of the whole, so that all sum to the whole.
    """
    if value.cells is not None:
        return {cell: value.cells[cell] for cell in cells}
    raw = [value.marks.get(cell, Fraction(0)) for cell in cells]
    for name, weight in (value.columns or {}).items():
        total = sum(columns[name], Fraction(0))
        raw = [so_far + weight * part / total for so_far, part in zip(raw, columns[name], strict=True)]
    return dict(zip(cells, map(Fraction, in_parts(raw, MILLION)), strict=True))


def in_parts(amounts: Sequence[Fraction], whole: int) -> list[int]:
    """Whole numbers in the proportions of some amounts, with this sum.

    Largest remainders are rounded up (Hamilton's method); of equal ones, those that come first.
    """
    total = sum(amounts, Fraction(0))
    exact = [amount * whole / total for amount in amounts]
    parts = [int(part) for part in exact]
    by_rest = sorted(range(len(parts)), key=lambda k: parts[k] - exact[k])
    for k in by_rest[: whole - sum(parts)]:
        parts[k] += 1
    return parts


def in_whole_numbers(values: Sequence[Fraction], largest: int = 10**9) -> list[int]:
    """Values of cells as whole numbers in the same proportions where they fit, else rounded to parts of `largest`."""
    scale = lcm(*(value.denominator for value in values))
    whole = [int(value * scale) for value in values]
    common = gcd(*whole) or 1
    if sum(whole) // common <= largest:
        return [number // common for number in whole]
    return in_parts(values, largest)
