"""How much may be missing from a cover of the frontier."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.frontier import Front, SumProblem

_COMPARED = 2_000


def cover_gap(problem: SumProblem, front: Front) -> Fraction:
    """By how much, in parts of each party's range, a deal may be above every listed one for every party.

    What was left out is at most `front.loss` above a sum that was kept. Where that one falls short of no deal itself,
    a listed one must do instead, and the gap is what it lacks. 1 where none is listed although some may exist.
    """
    if front.complete:
        return Fraction(0)
    low, high = problem.extremes(range(len(problem.groups)))
    ranges = [max(1, b - a) for a, b in zip(low, high, strict=True)]
    gap = max(Fraction(loss, size) for loss, size in zip(front.loss, ranges, strict=True))
    within = front.short + np.array(front.loss, dtype=front.short.dtype)
    if problem.floor is not None:
        reaches = [np.asarray(within[:, p] >= least, dtype=bool) for p, least in enumerate(problem.floor)]
        within = within[np.all(reaches, axis=0)]
    # Any listed sums bound the gap; a few, evenly spread, do so nearly as well as all.
    listed = front.rows[:: 1 + len(front.rows) // _COMPARED]
    for bound in within.tolist():
        gap = max(gap, _lacking(listed, bound, ranges))
    return gap if gap < 1 else Fraction(1)


def _lacking(listed: NDArray[Any], bound: list[int], ranges: list[int]) -> Fraction:
    """What the listed sum nearest to a bound lacks for the party that is furthest from it."""
    if not len(listed):
        return Fraction(1)
    lacks = (np.array(bound, dtype=listed.dtype) - listed).astype(float) / np.array(ranges, dtype=float)
    nearest = listed[int(np.argmin(lacks.max(axis=1)))].tolist()
    return max(Fraction(b - n, size) for b, n, size in zip(bound, nearest, ranges, strict=True))
