"""Whole assets whose points simply add: leximin by column generation over bundles, proved in integers."""

from __future__ import annotations

from math import lcm

import numpy as np

from evenhand.case import Asset
from evenhand.deals import Deal, Method, Space
from evenhand.divide.procedure import Options
from evenhand.divide.whole import Things
from evenhand.solve import LeximinPartition, leximin_partition

_CELLS = 20_000_000
"""Parties × assets × values: above this the tables of cheapest bundles would be too long."""
_FINEST = 200_000
"""Steps that the levels together may span."""


def is_whole(space: Space) -> bool:
    """Whether a case is of whole goods, no rule ties them, points add, and levels are not too fine."""
    plain = all(isinstance(issue, Asset) and not issue.joint for issue in space.issues)
    if not plain or space.clauses or not space.additive or not space.issues:
        return False
    units = [space.scale(party) * int(weight) for party, weight in enumerate(space.entitlements)]
    ranges = [space.extremes(party) for party in range(len(space.parties))]
    tops = [int(most * space.scale(party)) for party, (_, most) in enumerate(ranges)]
    highest = max(top * (lcm(*units) // unit) for top, unit in zip(tops, units, strict=True))
    return min(least for least, _ in ranges) >= 0 and highest <= _FINEST and len(space.issues) * sum(tops) <= _CELLS


def best_whole(space: Space, options: Options) -> tuple[Deal, Method]:
    """The best deal found and what was proved. Raises NoDeal where an asset is barred to all."""
    things = Things.in_space(space)
    units = [scale * weight for scale, weight in zip(things.scales, things.weights, strict=True)]
    worth = np.array(things.points, dtype=np.int64)
    may = np.array([[party in allowed for allowed in things.allowed] for party in things.parties], dtype=bool)
    steps = np.array([lcm(*units) // unit for unit in units], dtype=np.int64)
    found = leximin_partition(worth, may, steps, options.limits, options.progress)
    return things.deal(found.owner.tolist()), _method(found, lcm(*units))


def _method(found: LeximinPartition, unit: int) -> Method:
    """What was proved; `unit` levels make one point for the entitlement."""
    algorithm = "column generation over bundles"
    if found.next_at_most is None:
        proof = "No deal has better levels: proved window by window, in integers."
        return Method("leximin", algorithm, proof, 0.0, exact=True)
    # Never 0 where something is open: the worst-off may be unable to gain while those above them still might.
    gap = max(found.next_at_most - found.levels[found.proved], 1) / unit
    if found.proved:
        proof = f"The levels of the {found.proved} worst-off are proved; the next could gain at most the gap stated."
    else:
        proof = "The search was stopped; the worst-off could gain at most the gap stated."
    return Method("leximin", algorithm, proof, gap)
