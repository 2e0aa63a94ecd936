"""Merging groups one by one, from the last to the first, keeping only sums that no other can replace.

A sum of the groups merged so far can be left out when another one, in the same state or in a better one, is at least as
large for every party and larger for one: whatever completes the first completes the second, to a larger sum. It can
also be left out when the best of all that is still to come would not lift it to the floor. Where sums grow too many,
or a merge takes too long, `thinning` leaves a cover of them.

Source: G. L. Nemhauser, Z. Ullmann, Discrete dynamic programming and capital allocation, Management Science 15 (1969).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.solve.frontier import screen
from evenhand.solve.frontier.keys import Keys, Packing, among, sorted_unique
from evenhand.solve.frontier.maxima import make_ready, maximal
from evenhand.solve.frontier.pace import Late, Pace
from evenhand.solve.frontier.problem import Row, SumProblem
from evenhand.solve.frontier.thinning import Layer, Thinning, count

State = int
"""Which open ties have a hit, as bits."""
_AT_ONCE = 4_000_000
"""How many sums are made before the maximal ones are picked."""


@dataclass(frozen=True)
class Arrival:
    """Where taking a row leads: the new state, and what it adds to the key."""

    state: State
    step: int


class Merging:
    """A problem laid out for merging; `run` does it. `layers[k]` then has the sums of groups k and later."""

    def __init__(self, problem: SumProblem) -> None:
        self.problem = problem
        self.packing = Packing.of(*problem.reach())
        self.layers: list[Layer] = []
        self._thinning = Thinning(self.packing, tuple(b - a for a, b in zip(*problem.reach(), strict=True)))
        self._hits = [
            [
                sum(1 << bit for bit, tie in enumerate(problem.ties) if s in tie.hits.get(k, ()))
                for s in range(len(rows))
            ]
            for k, rows in enumerate(problem.groups)
        ]
        self.steps = [[self.packing.step(row) for row in rows] for rows in problem.groups]
        self._closing = [
            [
                (1 << bit, None if tie.otherwise is None else self.packing.step(tie.otherwise))
                for bit, tie in enumerate(problem.ties)
                if not tie.stays and tie.first == k
            ]
            for k in range(len(problem.groups))
        ]

    @property
    def loss(self) -> Row:
        """By party, how far below a sum that was left out its replacement may be."""
        slack = self.problem.slack or (0,) * self.problem.width
        return tuple(a + b for a, b in zip(slack, self._thinning.loss, strict=True))

    def run(self, pace: Pace) -> None:
        """Merge every group."""
        start = self.packing.key(self.problem.start)
        self.layers = [{0: np.array([start], dtype=self.packing.dtype)}]
        for k in reversed(range(len(self.problem.groups))):
            layer = self._merged_in_time(k, pace)
            most = pace.most(count(layer), k)
            if most is not None and count(layer) > most:
                layer = self._thinning.thinned(layer, most)
            self.layers.insert(0, layer)

    def _merged_in_time(self, k: int, pace: Pace) -> Layer:
        """The next layer; from fewer sums where all of them would take too long."""
        while True:
            merged = count(self.layers[0])
            pace.begin(merged, k)
            try:
                return self._merged(k, self.layers[0], pace)
            except Late:
                self.layers[0] = self._thinning.thinned(self.layers[0], pace.fewer(merged))

    def arrive(self, k: int, state: State, settlement: int) -> Arrival | None:
        """Where taking a row of group k leads from a state of the groups after it; None: nowhere."""
        state |= self._hits[k][settlement]
        step = self.steps[k][settlement]
        for bit, otherwise in self._closing[k]:
            if state & bit:
                state ^= bit
            elif otherwise is None:
                return None
            else:
                step += otherwise
        return Arrival(state, step)

    def _merged(self, k: int, layer: Layer, pace: Pace) -> Layer:
        """The layer of groups k and later, from that of the groups after k."""
        most = self.problem.extremes(range(k))[1]
        pools: dict[State, _Pool] = {}
        for state, keys in layer.items():
            for to, steps in self._ways(k, state).items():
                pool = pools.setdefault(to, _Pool(self, most, pace))
                pool.add(keys, steps)
        found = {state: pool.kept() for state, pool in sorted(pools.items())}
        return self._without_worse_states({state: keys for state, keys in found.items() if len(keys)}, pace)

    def _ways(self, k: int, state: State) -> dict[State, list[int]]:
        ways: dict[State, list[int]] = {}
        for settlement in range(len(self.steps[k])):
            arrival = self.arrive(k, state, settlement)
            if arrival is not None:
                ways.setdefault(arrival.state, []).append(arrival.step)
        return ways

    def sums(self, keys: Keys, steps: Keys) -> list[Keys]:
        """Every sum of a key and a step; of two parties' many, those that may be maximal."""
        if self.problem.width == 2 and keys.dtype != object and len(keys) * len(steps) > screen.WORTH_IT:
            return screen.screened(keys, steps, self.packing.bits[1])
        return [(steps[:, None] + keys[None]).ravel()]

    def maximal_above(self, keys: Keys, most: Row, pace: Pace) -> Keys:
        """Of keys in rising order those that can reach the floor if `most` is added, and are maximal."""
        fields = self.packing.fields(keys)
        if self.problem.floor is not None:
            lift = zip(self.problem.floor, most, self.packing.low, self.loss, strict=True)
            needed = [floor - more - low - loss for floor, more, low, loss in lift]
            enough = np.ones(len(keys), dtype=bool)
            for column, least in zip(fields, needed, strict=True):
                if least > 0:
                    enough &= np.asarray(column >= least, dtype=bool)
            if not enough.all():
                keys, fields = keys[enough], [column[enough] for column in fields]
        if len(keys) < 2:
            return keys
        with pace.paused():
            make_ready(len(fields), len(keys))
        return keys[maximal([column[::-1] for column in fields], pace.check)[::-1]]

    def _without_worse_states(self, layer: Layer, pace: Pace) -> Layer:
        """Leave out what some better state has a larger sum for. One tie apart is enough to look at."""
        if len(layer) < 2:
            return layer
        nothing = (np.iinfo(np.int64).max,) * self.problem.width
        found = {}
        for state, keys in layer.items():
            better = [layer[other] for other in self._one_better(state) if other in layer]
            if better:
                together = self.maximal_above(sorted_unique(np.concatenate([keys, *better])), nothing, pace)
                found[state] = keys[among(together, keys)]
            else:
                found[state] = keys
        return {state: keys for state, keys in found.items() if len(keys)}

    def _one_better(self, state: State) -> Iterable[State]:
        for bit, tie in enumerate(self.problem.ties):
            good = tie.good_if_hit
            if good is not None and bool(state >> bit & 1) != good:
                yield state ^ (1 << bit)


class _Pool:
    """Sums that arrive in one state; only maximal ones are held."""

    def __init__(self, merging: Merging, most: Row, pace: Pace) -> None:
        self._merging, self._most, self._pace = merging, most, pace
        self._waiting: list[Keys] = []
        self._count = 0

    def add(self, keys: Keys, steps: Sequence[int]) -> None:
        """Add every step to every key."""
        added = np.array(sorted(set(steps)), dtype=keys.dtype)
        chunk = max(1, _AT_ONCE // len(added))
        for at in range(0, len(keys), chunk):
            self._pace.check()
            sums = self._merging.sums(keys[at : at + chunk], added)
            self._waiting += sums
            self._count += sum(map(len, sums))
            if self._count > _AT_ONCE:
                self._waiting = [self.kept()]
                self._count = len(self._waiting[0])

    def kept(self) -> Keys:
        """The maximal sums that can reach the floor."""
        return self._merging.maximal_above(sorted_unique(np.concatenate(self._waiting)), self._most, self._pace)
