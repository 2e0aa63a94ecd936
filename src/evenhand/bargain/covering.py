"""How much may be missing from a cover of the frontier."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from evenhand.solve.frontier import Front, SumProblem


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
    for bound in within.tolist():
        gap = max(gap, _lacking(front, bound, ranges))
    return gap if gap < 1 else Fraction(1)


def _lacking(front: Front, bound: list[int], ranges: list[int]) -> Fraction:
    """What the listed sum nearest to a bound lacks for the party that is furthest from it."""
    if not len(front.rows):
        return Fraction(1)
    lacks = (np.array(bound, dtype=front.rows.dtype) - front.rows).astype(float) / np.array(ranges, dtype=float)
    nearest = front.rows[int(np.argmin(lacks.max(axis=1)))].tolist()
    return max(Fraction(b - n, size) for b, n, size in zip(bound, nearest, ranges, strict=True))
