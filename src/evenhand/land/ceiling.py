"""A level that no line can give to the worst-off side, with the weights that prove it.

Whatever weights (0 or more, summing to 1) the sides get, the smallest level is at most the weighted sum of levels, and
that sum is at most what it comes to when every cell, or block, goes where it counts for most, connected or not. The
weights are found in floats; the limit they prove is added up in fractions. How large a joint zone must be is left out
of account, which only raises the limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from evenhand.solve.regions import FREE
from evenhand.solve.regions.lines import LineProblem

Levels = Sequence[Sequence[Fraction]]
_STEPS = 400
_FINE = 10**6


@dataclass(frozen=True)
class Ceiling:
    """No line has a worst level above `limit`, by these `weights` of the levels."""

    limit: Fraction
    weights: tuple[Fraction, ...]


def worst_ceiling(problem: LineProblem, levels: Levels, joint: Fraction = Fraction(0)) -> Ceiling:
    """The best limit found on the smallest level of any line; `levels[party][cell]` is what a cell adds, exactly.

    `joint`: what part of that a joint cell adds for each party.
    """
    groups = _groups(problem)
    held = np.array([[float(_level(row, group)) for row in levels] for group in groups])
    open_to = np.array([[_may(problem, group, label) for label in range(len(levels) + 1)] for group in groups])
    weights = np.full(len(levels), 1 / len(levels))
    best = (np.inf, weights)
    rows = np.arange(len(held))
    for step in range(1, _STEPS + 1):
        weighed = held * weights
        together = weighed.sum(axis=1, keepdims=True) * float(joint)
        worth = np.where(open_to, np.hstack([weighed, together]), 0.0)
        best = min(best, (worth.max(axis=1).sum(), weights.copy()), key=lambda found: found[0])
        chosen = worth.argmax(axis=1)
        taken = np.where(chosen[:, None] == len(levels), held * float(joint), 0.0)
        own = chosen < len(levels)
        taken[rows[own], chosen[own]] = held[rows[own], chosen[own]]
        weights = weights * np.exp(-(taken.sum(axis=0) - taken.sum(axis=0).mean()) / step**0.5)
        weights /= weights.sum()
    whole = [max(1, round(weight * _FINE)) for weight in best[1]]
    exact = tuple(Fraction(weight, sum(whole)) for weight in whole)
    return Ceiling(limit_of(problem, levels, exact, joint), exact)


def limit_of(
    problem: LineProblem, levels: Levels, weights: Sequence[Fraction], joint: Fraction = Fraction(0)
) -> Fraction:
    """What the weighted sum of levels comes to when every group goes where it counts for most; exact."""
    total = Fraction(0)
    for group in _groups(problem):
        worths = [weight * _level(row, group) for weight, row in zip(weights, levels, strict=True)]
        worths.append(joint * sum(worths, Fraction(0)))
        total += max((worth for label, worth in enumerate(worths) if _may(problem, group, label)), default=Fraction(0))
    return total


def _groups(problem: LineProblem) -> list[tuple[int, ...]]:
    """Cells that go together; every cell in one group. Overlapping blocks are split, which only weakens the limit."""
    seen: set[int] = set()
    groups = []
    for block in problem.blocks:
        group = tuple(cell for cell in block if cell not in seen)
        seen |= set(group)
        groups += [group] if group else []
    return groups + [(cell,) for cell in range(problem.graph.size) if cell not in seen]


def _level(row: Sequence[Fraction], group: Sequence[int]) -> Fraction:
    """What a group adds to a party's level."""
    return sum((row[cell] for cell in group), Fraction(0))


def _may(problem: LineProblem, group: Sequence[int], label: int) -> bool:
    return all(problem.fixed[cell] in (FREE, label) for cell in group)
