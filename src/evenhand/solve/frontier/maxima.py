"""Which rows are maximal: no other row is at least as large everywhere and larger somewhere.

Two columns: sort and sweep. Three: sort by the first, sweep a staircase of the other two, in blocks. More: in blocks
from the largest sums down, comparing sets of rows as bits. Many rows of three columns or more: `sweeping`.

Source: H. T. Kung, F. Luccio, F. P. Preparata, On finding the maxima of a set of vectors, Journal of the ACM 22 (1975).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = Sequence[NDArray[Any]]
Mask = NDArray[np.bool_]
Check = Callable[[], None]
FEW = {3: 400_000}
FEW_OF_MANY = 160_000
"""So many rows are compared in less time than it takes to load what is compiled, by columns; FEW_OF_MANY for more."""
_BLOCK = 2048
_WORD = 62
"""Bits."""


def _unhurried() -> None:
    return None


def maximal(columns: Columns, check: Check = _unhurried) -> Mask:
    """Which rows are maximal; rows are distinct and in falling lexicographic order.

    `check` is called now and then where it may take long; it may raise something to end it.
    """
    if len(columns) == 1:
        keep = np.zeros(len(columns[0]), dtype=bool)
        keep[:1] = True
        return keep
    if len(columns) == 2:
        return _sweep(columns[1])
    if _worth_sweeping(len(columns), len(columns[0])):
        return _swept(columns, check)
    if len(columns) == 3:
        return _staircase(_small(columns[1], 2**_WORD), _small(columns[2], 2**_WORD), check)
    return _in_blocks(columns, check)


def covering(columns: Columns, slack: Sequence[int], most: int) -> Mask:
    """Some rows, such that each row is nowhere above one of them by more than the slack.

    Where that takes more than `most`, the search ends early, with more than `most`. Rows may come in any order; numbers
    are 0 or more.
    """
    from evenhand.solve.frontier.sweeping import sweep_cover  # noqa: PLC0415  loads what is compiled

    return sweep_cover(columns, slack, most)


def make_ready(columns: int, rows: int) -> None:
    """Load what is compiled if so many rows call for it, so that it does not seem to belong to the time they take."""
    if _worth_sweeping(columns, rows):
        _swept([np.zeros(1, dtype=np.int64)] * columns, _unhurried)


def _worth_sweeping(columns: int, rows: int) -> bool:
    return columns > 2 and rows > FEW.get(columns, FEW_OF_MANY)


def _swept(columns: Columns, check: Check) -> Mask:
    from evenhand.solve.frontier.sweeping import BITS, sweep_many, sweep_three  # noqa: PLC0415  loads what is compiled

    if len(columns) == 3:
        return sweep_three(_small(columns[1], 4 * len(columns[1])), _small(columns[2], 2**_WORD), check)
    return sweep_many((_small(column, 2**BITS) for column in columns), check)


def _small(column: NDArray[Any], room: int) -> NDArray[np.int64]:
    """The numbers from 0 up to less than `room`; as ranks where they would not fit: nothing else about them matters."""
    if column.dtype == object or int(column.max(initial=0)) - int(column.min(initial=0)) >= room:
        return np.unique(column, return_inverse=True)[1]
    return np.asarray(column - column.min(initial=0), dtype=np.int64)


def _sweep(second: NDArray[Any]) -> Mask:
    """Rows whose second number is above all before it."""
    keep = np.ones(len(second), dtype=bool)
    if len(second) > 1:
        keep[1:] = second[1:] > np.maximum.accumulate(second)[:-1]
    return keep


def _staircase(second: NDArray[Any], third: NDArray[Any], check: Check) -> Mask:
    """Rows for which no earlier one is at least as large in both of these columns."""
    keep = np.zeros(len(second), dtype=bool)
    stairs_a, stairs_b = second[:0], third[:0]
    for at in range(0, len(second), _BLOCK):
        check()
        a, b = second[at : at + _BLOCK], third[at : at + _BLOCK]
        places = np.searchsorted(stairs_a, a)
        open_ = np.flatnonzero(np.append(stairs_b, np.iinfo(np.int64).min)[places] < b)
        left = open_[_none_before(a[open_], b[open_])]
        keep[at + left] = True
        stairs_a, stairs_b = _joined(stairs_a, stairs_b, a[left], b[left])
    return keep


def _none_before(a: NDArray[Any], b: NDArray[Any]) -> Mask:
    """Rows for which no earlier one is at least as large in both; by halves, then all pairs."""
    if len(a) <= 256:
        covered = (a[None, :] >= a[:, None]) & (b[None, :] >= b[:, None])
        return np.logical_not(np.tril(covered, -1).any(axis=1))
    half = len(a) // 2
    keep = np.zeros(len(a), dtype=bool)
    keep[:half] = _none_before(a[:half], b[:half])
    stairs_a, stairs_b = _joined(a[:0], b[:0], a[:half][keep[:half]], b[:half][keep[:half]])
    later_a, later_b = a[half:], b[half:]
    places = np.searchsorted(stairs_a, later_a)
    open_ = np.flatnonzero(np.append(stairs_b, np.iinfo(np.int64).min)[places] < later_b)
    keep[half + open_[_none_before(later_a[open_], later_b[open_])]] = True
    return keep


def _joined(
    stairs_a: NDArray[Any], stairs_b: NDArray[Any], a: NDArray[Any], b: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """A staircase (rising a, falling b) with more rows: for each a, the largest b at that a or above."""
    a, b = np.concatenate([stairs_a, a]), np.concatenate([stairs_b, b])
    order = np.lexsort((b, a))[::-1]
    a, b = a[order], b[order]
    keep = _sweep(b)
    return a[keep][::-1], b[keep][::-1]


def _in_blocks(columns: Columns, check: Check) -> Mask:
    """From the largest weighted sums down: whatever dominates a row has a larger sum.

    The rows ahead are compared with each other, and all that remain with them; so the strongest rows, few at first,
    clear most of the others away.
    """
    table = np.stack([_small(column, 4 * len(column) + 1000) for column in columns])
    factors = np.array([max(1, 2**30 // (int(column.max(initial=0)) + 1)) for column in table])
    left = np.argsort(-(factors @ table), kind="stable")
    kept = np.zeros(table.shape[1], dtype=bool)
    size = 64
    while len(left):
        check()
        judges = _Judges(table[:, left[:size]])
        found = left[:size][~judges.cover_each_other()]
        kept[found] = True
        left = left[size:]
        left = left[~_Judges(table[:, found]).cover(table[:, left])]
        size = min(4 * size, _BLOCK)
    return kept


class _Judges:
    """Some rows, ready to say which others they cover: are at least as large as everywhere."""

    def __init__(self, table: NDArray[np.int64]) -> None:
        self._table = table
        self._bits = [_at_least(column) for column in table]
        self._places = [
            np.searchsorted(np.sort(column), np.arange(column.max(initial=0) + 2)).astype(np.intp) for column in table
        ]

    def cover(self, rows: NDArray[np.int64]) -> Mask:
        """Which rows are covered by some judge."""
        covered = np.zeros(rows.shape[1], dtype=bool)
        for at in range(0, rows.shape[1], _BLOCK):
            covered[at : at + _BLOCK] = self._common(rows[:, at : at + _BLOCK]).any(axis=1)
        return covered

    def cover_each_other(self) -> Mask:
        """Which judges are covered by another one; they are distinct."""
        common = self._common(self._table)
        own = np.arange(len(common))
        common[own, own >> 6] &= ~(np.uint64(1) << (own & 63).astype(np.uint64))
        return np.asarray(common.any(axis=1))

    def _common(self, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Per row, the judges that are at least as large in every column, as bits."""
        common: NDArray[np.uint64] | None = None
        for column, places, bits in zip(rows, self._places, self._bits, strict=True):
            found = bits[places[np.minimum(column, len(places) - 1)]]
            common = found if common is None else np.bitwise_and(common, found, out=found)
        assert common is not None
        return common


def _at_least(column: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Row r: the judges that stand at place r or later in rising order, as bits; the last row is empty."""
    count = len(column)
    order = np.argsort(column, kind="stable")[::-1]
    bits = np.zeros((count + 1, (count + 63) // 64), dtype=np.uint64)
    bits[np.arange(count), order >> 6] = np.uint64(1) << (order & 63).astype(np.uint64)
    return np.bitwise_or.accumulate(np.roll(bits, 1, axis=0), axis=0)[::-1]
