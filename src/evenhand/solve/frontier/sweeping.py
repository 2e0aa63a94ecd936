"""Which of many rows are maximal: compiled sweeps through all rows, each compared with the rows kept before it.

Three columns: rows come in falling order of the first. A tree over the second column's numbers has the largest third
number of the kept rows from any of them up.

More columns: rows come in falling order of a code, their numbers' bits interleaved from the highest down (Z-order). No
row covers one with a higher code, and rows whose codes are near are often near in every column. So kept rows are the
leaves of a tree in the order in which they come, and each branch has the largest number in each column of four
neighbours: where it does not cover a row, none of the four does.

Sources: P. M. Fenwick, A new data structure for cumulative frequency tables, Software: Practice and Experience 24
(1994); K. C. K. Lee, B. Zheng, H. Li, W.-C. Lee, Approaching the skyline in Z order, VLDB (2007).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.compiling import compiled

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Table = NDArray[np.int32]
"""Rows × columns."""
_AT_ONCE = 1024
"""Rows between two checks."""
BITS, _CODE = 30, 62
"""Bits of a number, and of a code."""
_FOUR = 2
"""Bits: a branch has four below it."""


def sweep_three(second: Numbers, third: Numbers, check: Callable[[], None]) -> Mask:
    """Which rows are maximal, of distinct ones in falling lexicographic order; the first column is not needed.

    Numbers are 0 or more; memory grows with the largest second one.
    """
    places = second.max() - second + 1
    tree = np.full(int(places.max()) + 1, -1, dtype=np.int64)
    keep = np.zeros(len(second), dtype=bool)
    for start in range(0, len(second), 64 * _AT_ONCE):
        check()
        _sweep_three(places, third, tree, keep, start, min(start + 64 * _AT_ONCE, len(second)))
    return keep


@compiled
def _sweep_three(places: Numbers, third: Numbers, tree: Numbers, keep: Mask, start: int, end: int) -> None:
    for row in range(start, end):
        if not _reached(tree, places[row], third[row]):
            keep[row] = True
            _enter(tree, places[row], third[row])


@compiled
def _reached(tree: Numbers, place: int, number: int) -> bool:
    """Whether a place up to this one has at least this number."""
    while place > 0:
        if tree[place] >= number:
            return True
        place &= place - 1
    return False


@compiled
def _enter(tree: Numbers, place: int, number: int) -> None:
    while place < len(tree) and tree[place] < number:
        tree[place] = number
        place += place & -place


def sweep_many(columns: Iterable[Numbers], check: Callable[[], None]) -> Mask:
    """Which rows are maximal, of distinct ones in falling lexicographic order; numbers from 0 to less than 2^BITS."""
    table = np.stack([_aligned(column) for column in columns], axis=1)
    keep = np.zeros(len(table), dtype=bool)
    for _ in _sweep(table, table, keep):
        check()
    return keep


def sweep_cover(columns: Sequence[NDArray[Any]], slack: Sequence[int], most: int) -> Mask:
    """Some rows, such that each row is nowhere above one of them by more than the slack; ends early after `most`.

    Rows may come in any order; numbers are 0 or more, integers of any size.
    """
    table = np.stack([_aligned(column) for column in columns], axis=1)
    lacks = [_aligned_slack(column, units) for column, units in zip(columns, slack, strict=True)]
    keep = np.zeros(len(table), dtype=bool)
    for count in _sweep(table, table - np.array(lacks, dtype=np.int32), keep):
        if count > most:
            break
    return keep


def _sweep(table: Table, lowered: Table, keep: Mask) -> Iterator[int]:
    """Keep each row, by falling codes, that when lowered is covered by none kept before; how many so far, by pieces."""
    order, starts, count = _by_codes(table), _starts(len(table)), 0
    tree = np.zeros((starts[-1], table.shape[1]), dtype=np.int32)
    for start in range(0, len(table), _AT_ONCE):
        rows = order[start : start + _AT_ONCE]
        whole, kept = table[rows], np.zeros(len(rows), dtype=bool)
        count = _sweep_piece(whole, whole if lowered is table else lowered[rows], tree, starts, kept, count)
        keep[rows] = kept
        yield count


def _shift(column: NDArray[Any]) -> int:
    """To the left, for its highest bit to be the highest of a table's."""
    return BITS - int(column.max(initial=0)).bit_length()


def _aligned(column: NDArray[Any]) -> NDArray[np.int32]:
    """A column of a table, its highest bit in the same place as the others', so that each has its say in a code."""
    shift = _shift(column)
    return np.asarray(column << shift if shift >= 0 else column >> -shift).astype(np.int32)


def _aligned_slack(column: NDArray[Any], slack: int) -> int:
    """What may lack in an aligned column. Bits cut off both numbers can hide that almost one more lacks."""
    shift = _shift(column)
    return min(slack << shift if shift >= 0 else (slack + 1 >> -shift) - 1, 1 << BITS)


def _by_codes(table: Table) -> NDArray[np.intp]:
    """The rows' order by falling codes; where codes are equal, their lower bits cut off, as the rows came."""
    codes = np.empty(len(table), dtype=np.int64)
    _encode(table, min(BITS, _CODE // table.shape[1]), codes)
    return np.argsort(-codes, kind="stable")


@compiled
def _encode(table: Table, depth: int, codes: Numbers) -> None:
    for row in range(len(table)):
        code = 0
        for bit in range(BITS - 1, BITS - 1 - depth, -1):
            for column in range(table.shape[1]):
                code = code << 1 | table[row, column] >> bit & 1
        codes[row] = code


def _starts(count: int) -> NDArray[np.int64]:
    """Where each level of a tree of so many leaves begins, leaves first; then the end of the highest one."""
    sizes = [count]
    while sizes[-1] > 1:
        sizes.append((sizes[-1] - 1 >> _FOUR) + 1)
    return np.cumsum([0, *sizes])


@compiled
def _sweep_piece(table: Table, lowered: Table, tree: Table, starts: Numbers, keep: Mask, count: int) -> int:
    """Put the rows into the tree that none of the `count` there covers when lowered; how many there are then."""
    for row in range(len(table)):
        if not _covered(lowered[row], tree, starts, count):
            keep[row] = True
            _grow(table[row], tree, starts, count)
            count += 1
    return count


@compiled
def _covered(row: Any, tree: Table, starts: Numbers, count: int) -> bool:
    """Whether one of the leaves is at least as large everywhere; from the last one back, as the nearest often is."""
    highest = len(starts) - 2
    level, leaf = highest, count - 1
    while leaf >= 0:
        branch = leaf >> _FOUR * level
        if _at_least(tree[starts[level] + branch], row):
            if level == 0:
                return True
            level -= 1
        else:
            leaf = (branch << _FOUR * level) - 1
            while level < highest and branch & (1 << _FOUR) - 1 == 0:
                level, branch = level + 1, branch >> _FOUR
    return False


@compiled
def _grow(row: Any, tree: Table, starts: Numbers, leaf: int) -> None:
    for level in range(len(starts) - 1):
        branch = tree[starts[level] + (leaf >> _FOUR * level)]
        for column in range(len(row)):
            branch[column] = max(branch[column], row[column])


@compiled
def _at_least(one: Any, other: Any) -> bool:
    for column in range(len(other)):  # noqa: SIM110  `all` does not compile
        if one[column] < other[column]:
            return False
    return True
