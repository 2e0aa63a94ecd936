"""Fewer sums that cover the others: what is left out is above a sum that is kept by no more than each party's slack.

Slacks of one thinning after another add up. So what was given away in all, not what one thinning gives, is kept at the
same part of each party's reach, as nearly as whole units allow; a single step more takes one unit of one party.

Source: C. H. Papadimitriou, M. Yannakakis, On the approximability of trade-offs, FOCS (2000).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isqrt

from evenhand.solve.frontier.keys import Keys, Packing
from evenhand.solve.frontier.maxima import covering
from evenhand.solve.frontier.problem import Row

Layer = Mapping[int, Keys]
"""Per state the sums that are kept, as keys in rising order."""
_PRECISION = 8
"""A thinning may take this part of its steps more than needed."""


class Thinning:
    """What thinning has cost so far. `reach`: by party, between which bounds all sums lie, one less the other."""

    def __init__(self, packing: Packing, reach: Row) -> None:
        self._packing, self._reach = packing, reach
        self._whole = len(reach) * max(1, *reach)
        self._steps = 0

    @property
    def loss(self) -> Row:
        """By party, how far below a sum that was left out its replacement may be."""
        return self._given(self._steps)

    def thinned(self, layer: Layer, most: int) -> Layer:
        """At most so many sums (or one or two in each state) that cover the others; with few steps."""
        found, too_few, enough = self._cover(layer, self._whole, count(layer)), 0, self._whole
        while enough - too_few > 1 + too_few // _PRECISION:
            steps = max(too_few + 1, isqrt(max(1, too_few) * enough))
            if count(closer := self._cover(layer, steps, most)) > most:
                too_few = steps
            else:
                found, enough = closer, steps
        self._steps += enough
        return found

    def _given(self, steps: int) -> Row:
        """After all steps of the whole every party has given its reach; on the way there they take turns."""
        return tuple(
            (steps * units + party * (self._whole // len(self._reach))) // self._whole
            for party, units in enumerate(self._reach)
        )

    def _cover(self, layer: Layer, steps: int, most: int) -> Layer:
        """Sums that, so many steps on, cover the others of their state; only some if they are more than `most`."""
        before, after = self.loss, self._given(self._steps + steps)
        slack = tuple(b - a for a, b in zip(before, after, strict=True))
        found: dict[int, Keys] = {}
        for state, keys in layer.items():
            found[state] = keys[covering(self._packing.fields(keys), slack, most - count(found))]
        return found


def count(layer: Layer) -> int:
    """How many sums there are in all states."""
    return sum(map(len, layer.values()))
