"""Whole assets whose points simply add: the largest product by `solve.best_partition`, proved in integers.

Each party's logarithms are rounded down to a grid, so sums of them may misjudge two deals that lie less than
a grain per party apart; such deals are compared as exact products. Having nothing costs more than all
logarithms together, so as many parties as possible come above zero first.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from evenhand.case import Asset, Case
from evenhand.deals import Space
from evenhand.divide.nash.product import Found, compared, parts
from evenhand.divide.procedure import Options
from evenhand.divide.whole import Things
from evenhand.solve import Partition, PartitionProblem, best_partition

Integers = NDArray[np.int64]

GRAIN = 2**44
"""Logarithms are counted in these parts of 1."""
_CELLS = 20_000_000
"""Parties × assets × values: above this the tables of cheapest bundles would be too long."""

_FINEST = 10**6
"""Entitlements as smallest whole numbers: up to this, different ones differ on the grid of logarithms too."""


def is_whole(space: Space) -> bool:
    """Whether a case is of whole assets, no rule ties them, points add, and totals are not too large."""
    plain = all(isinstance(issue, Asset) and not issue.joint for issue in space.issues)
    if not plain or space.clauses or not space.additive or max(space.entitlements) > _FINEST:
        return False
    return len(space.issues) * sum(_total(space.case, party) for party in space.parties) <= _CELLS


def _total(case: Case, party: str) -> int:
    """What all assets are worth to a party in its smallest whole unit."""
    points = case.preferences[party].points.values()
    return int(sum(points) * lcm(*(worth.denominator for worth in points)))


def best_whole(space: Space, options: Options) -> Found:
    """The best deal found and what was proved. Raises NoDeal where an asset is barred to all."""
    things = Things.in_space(space)
    found = best_partition(
        _problem(things),
        before=_before(things),
        tolerance=2 * len(things.points),
        limits=options.limits,
        progress=options.progress,
    )
    return _found(things, found)


def _problem(things: Things) -> PartitionProblem:
    worth = np.array(things.points, dtype=np.int64).reshape(len(things.points), things.count)
    may = np.array([[party in allowed for allowed in things.allowed] for party in things.parties], dtype=bool)
    rows = zip(parts(things.space), worth.sum(axis=1).tolist(), strict=True)
    logs = [np.floor(np.log(np.arange(1, total + 1)) * (float(part) * GRAIN)) for part, total in rows]
    most = sum(int(row[-1]) for row in logs if len(row))
    gains = [np.concatenate([[-most - GRAIN], row]).astype(np.int64) for row in logs]
    return PartitionProblem(worth, may.reshape(worth.shape), tuple(gains), GRAIN)


def _before(things: Things) -> Callable[[Integers, Integers], bool]:
    def before(one: Integers, other: Integers) -> bool:
        ahead = compared(things.space, _values(things, one), _values(things, other))
        return ahead > 0 or (ahead == 0 and one.tolist() < other.tolist())

    return before


def _values(things: Things, owner: Integers) -> tuple[Fraction, ...]:
    """Points as written."""
    rows = zip(things.values(owner.tolist()), things.scales, strict=True)
    return tuple(Fraction(value, scale) for value, scale in rows)


def _found(things: Things, found: Partition) -> Found:
    gap = 0.0
    if not found.finished:
        # Each logarithm was rounded down by at most a grain.
        gap = (found.bound - found.objective + 2 * len(things.points)) / GRAIN
    deal = things.deal(found.owner.tolist())
    return Found(deal, _values(things, found.owner), gap, found.finished, found.finished)
