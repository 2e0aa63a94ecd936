"""Leximin partitions of whole items, level by level, with proof in integers.

A window of a few levels is made one objective: each party below the top of the window counts so much that
parties on higher levels cannot outweigh it, so the best objective has the best levels as far as the window
goes. What is proved so far becomes part of the next objective, and the next window starts where the best
partition found goes on, since no better one can go on lower. Levels that nobody is on need no weight of
their own: a partition with somebody there would contradict what was proved.

A first partition comes from weights under which all parties end near each other (the dual of the linear
program for the worst-off), then moves and swaps for objectives that favour the worst-off ever more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.partition.knapsack import Windows
from evenhand.solve.partition.local import improved
from evenhand.solve.partition.pricing import price
from evenhand.solve.partition.problem import Integers, Mask, PartitionProblem
from evenhand.solve.partition.search import Partition, Search
from evenhand.solve.program import Limits

Floats = NDArray[np.float64]

WINDOW = 6
"""Levels told apart at once: more are lost in the rounding of the linear programs."""
SEED = 0
KICKS = 60
"""How often a first partition is disturbed and improved again, at most; the generator starts from SEED."""
_SHARPNESS = (20.0, 8.0, 4.0, 2.0, 1.0)
_ROUNDS = 300
_BITS = 58
_FARTHEST = 12
_WHOLE = 1 << 20
TIED = 400_000
"""Among partitions with the same levels the first is looked for in so many rounds over parties × items."""


@dataclass(frozen=True)
class LeximinPartition:
    """The owners, their levels from the lowest, how many are proved, and a bound on the next (None: all are).

    `first`: no earlier partition, comparing owners item by item, has the same levels.
    """

    owner: Integers
    levels: tuple[int, ...]
    proved: int
    next_at_most: int | None
    first: bool


def leximin_partition(
    worth: Integers,
    may: Mask,
    steps: Integers,
    limits: Limits,
    progress: Callable[[str], None] = lambda _: None,
) -> LeximinPartition:
    """The partition whose levels, from the lowest, are largest.

    `worth`: n × m integers ≥ 0; `may`: n × m, who may hold what, every item has a holder; `steps`: by how
    many levels each unit of a party's worth lifts it, integers ≥ 1.
    """
    search = _Leximin(worth, may, steps, limits, progress)
    search.climb()
    return search.result()


class _Leximin:
    """`owner` is the best partition so far; its `proved` lowest levels are those of every best one."""

    def __init__(
        self, worth: Integers, may: Mask, steps: Integers, limits: Limits, progress: Callable[[str], None]
    ) -> None:
        self.worth, self.may, self.steps = worth, may, steps
        self.limits, self.progress = limits, progress
        self.lifts = worth * steps[:, None]
        self.shares, self.ceiling = _balance(np.where(may, self.lifts, 0))
        self.owner = self._first()
        self.proved = 0
        self.first = False

    def levels(self, owner: Integers) -> list[int]:
        """The levels of the parties, the lowest first."""
        held = self.lifts[owner, np.arange(len(owner))]
        return sorted(np.bincount(owner, held, len(self.steps)).astype(np.int64).tolist())

    def before(self, one: Integers, other: Integers) -> bool:
        """Whether the first owners have better levels, or the same and come first."""
        ahead, behind = self.levels(one), self.levels(other)
        return ahead > behind or (ahead == behind and one.tolist() < other.tolist())

    def climb(self) -> None:
        """Prove levels window by window, then look for the first partition that has them."""
        while self.proved < len(self.steps) and not self.limits.spent():
            now = self.levels(self.owner)
            self.progress(f"{self.proved} of {len(now)} levels proved")
            scale = _Scale.of(now[: self.proved], now[self.proved], len(now))
            if scale is None:
                return
            found = self._searched(scale)
            raised = self._next(found.owner) > self._next(self.owner)
            self.owner = found.owner
            if found.bound > found.objective:
                if raised:
                    continue
                self._note(scale, found.bound)
                return
            self.proved = sum(level < scale.top for level in self.levels(self.owner))
        self._go_first()

    def _next(self, owner: Integers) -> int:
        """The first level that is not proved."""
        return self.levels(owner)[self.proved]

    def _searched(self, scale: _Scale) -> Partition:
        """The best partition on this scale; the search also ends when the window can start higher."""
        problem = self._problem(scale)
        watch = _Watch(
            self.limits.seconds,
            self.limits.started,
            lambda: len(search.owner) > 0 and self._next(search.owner) > scale.start,
        )
        search = Search(problem, self.before, 0, watch, self.progress, ties=False)
        return search.run(self.owner, self._prices(problem))

    def _note(self, scale: _Scale, bound: int) -> None:
        """What a search that did not end says about the first level that is not proved."""
        left = len(self.steps) - self.proved
        before = sum(scale.gain(level) for level in self.levels(self.owner)[: self.proved])
        able = [
            level
            for level in range(scale.levels[-1], scale.start - 1, -1)
            if before + left * scale.gain(level) <= bound
        ]
        if before > bound and able:
            self.ceiling = min(self.ceiling, able[0])

    def _go_first(self) -> None:
        """Of partitions with these levels, the first, where that is short work."""
        levels = self.levels(self.owner)
        scale = _Scale.of(levels[:-1], levels[-1], len(levels))
        if self.proved < len(levels) or scale is None:
            return
        problem = self._problem(scale)
        rounds = iter(range(TIED // max(self.worth.size, 1)))
        patience = _Watch(self.limits.seconds, self.limits.started, lambda: next(rounds, None) is None)
        found = Search(problem, self.before, 0, patience, self.progress).run(self.owner, self._prices(problem))
        self.owner, self.first = found.owner, found.finished

    def _problem(self, scale: _Scale) -> PartitionProblem:
        tops = self.worth.sum(axis=1).tolist()
        highest = max(top * step for top, step in zip(tops, self.steps.tolist(), strict=True))
        table = scale.gains(highest)
        gains = tuple(table[: top * step + 1 : step] for top, step in zip(tops, self.steps.tolist(), strict=True))
        return PartitionProblem(self.worth, self.may, gains, scale.unit)

    def _prices(self, problem: PartitionProblem) -> Integers:
        """The items' worth under the balancing weights, in the proportion that gives the smallest bound."""
        worth = (self.shares[:, None] * np.where(self.may, self.lifts, 0)).max(axis=0)
        windows = Windows.of(problem)
        power, best = -4, (0, np.zeros(problem.items, dtype=np.int64))
        tried: dict[int, tuple[int, Integers]] = {}
        while True:
            for near in (power, power - 1, power + 1):
                if near not in tried:
                    prices = np.round(worth * (problem.unit * 4.0**near)).astype(np.int64)
                    tried[near] = (price(problem, problem.wanted, windows, prices).bound, prices)
            lowest = min((power, power - 1, power + 1), key=lambda near: tried[near][0])
            best = tried[lowest]
            if lowest == power or abs(lowest) > _FARTHEST:
                return best[1]
            power = lowest

    def _first(self) -> Integers:
        """Each item to where it is worth most under the balancing weights; then improved, disturbed, improved."""
        rng = np.random.default_rng(SEED)
        worth = np.where(self.may, self.shares[:, None] * self.lifts, -1.0)
        problems = [self._smooth(sharpness) for sharpness in _SHARPNESS]
        best = self._improved(problems, worth.argmax(axis=0))
        for _ in range(min(KICKS, 2 * len(best))):
            if self.limits.spent():
                break
            moved = rng.choice(len(best), min(len(best), max(3, len(best) // 20)), replace=False)
            other = best.copy()
            other[moved] = (worth[:, moved] * rng.uniform(0.7, 1.0, (len(worth), len(moved)))).argmax(axis=0)
            other = np.where(self.may[other, np.arange(len(other))], other, best)
            other = self._improved(problems[1:], other)
            if self.levels(other) > self.levels(best):
                best = other
        return best

    def _smooth(self, sharpness: float) -> PartitionProblem:
        """An objective that favours the worst-off, the more the smaller `sharpness` is."""
        tops = self.worth.sum(axis=1)
        reach = sharpness * max(1.0, self.ceiling / 200)
        rows = (np.arange(top + 1) * step for top, step in zip(tops.tolist(), self.steps.tolist(), strict=True))
        bend = [np.round(-1000 * 2.0 ** np.minimum((self.ceiling - row) / reach, 40.0)) for row in rows]
        return PartitionProblem(self.worth, self.may, tuple(row.astype(np.int64) for row in bend), 1000)

    def _improved(self, problems: list[PartitionProblem], owner: Integers) -> Integers:
        for problem in problems:
            owner = improved(problem, owner, self.limits.spent)
        return owner

    def result(self) -> LeximinPartition:
        """What was found and proved."""
        levels = tuple(self.levels(self.owner))
        bound = None if self.proved == len(levels) else max(self.ceiling, levels[self.proved])
        return LeximinPartition(self.owner, levels, self.proved, bound, self.first)


@dataclass(frozen=True)
class _Watch(Limits):
    """Ends a search for a reason of its own, or when the time is over. Asked once a round."""

    reason: Callable[[], bool] = bool

    def spent(self) -> bool:
        """Whether there is a reason to end."""
        return self.reason() or super().spent()


@dataclass(frozen=True)
class _Scale:
    """What a party on a level counts for: `levels` from the lowest that matters, each below 0, each outweighing
    all parties on higher ones. The window goes from `start` to below `top`; from `top` on nothing is lost."""

    levels: tuple[int, ...]
    start: int
    top: int
    base: int

    @classmethod
    def of(cls, proved: list[int], start: int, parties: int) -> _Scale | None:
        """The scale for a window at `start` after the levels proved; None where numbers would be too large."""
        base = parties + 1
        before = sorted(set(proved) - {start})
        room = int((_BITS - 2 * log2(base)) / log2(base)) - len(before)
        window = min(WINDOW, room)
        if window < 1:
            return None
        return cls((*before, *range(start, start + window)), start, start + window, base)

    @property
    def unit(self) -> int:
        """What counts as 1 in the linear programs: near the start of the window, and not too far below the rest."""
        return int(self.base ** max(self.top - self.start - 2, len(self.levels) - 5, 0))

    def gain(self, level: int) -> int:
        """What one party on this level counts for."""
        if level >= self.top:
            return 0
        if level < self.levels[0]:
            return -int(self.base ** (len(self.levels) + 1)) - (self.levels[0] - level)
        return -int(self.base ** (len(self.levels) - bisect_right(self.levels, level)))

    def gains(self, highest: int) -> Integers:
        """The same for every level from 0 to `highest`."""
        return np.array([self.gain(level) for level in range(highest + 1)], dtype=np.int64)


def _balance(lifts: Integers) -> tuple[Floats, int]:
    """Weights of the parties that sum to 1 and make the weighted worth of everything small, and the bound they give.

    The worst-off cannot be above the sum over items of their largest weighted worth.
    """
    logs = np.zeros(len(lifts))
    best, bound = logs, sum(lifts.max(axis=0).tolist())
    items = np.arange(lifts.shape[1])
    for round_ in range(_ROUNDS):
        whole = np.ceil(np.exp(logs - logs.max()) * _WHOLE).astype(np.int64)
        worth = whole[:, None] * lifts
        total = int(worth.max(axis=0).sum()) // int(whole.sum())
        if total <= bound:
            best, bound = whole.astype(np.float64), total
        owner = worth.argmax(axis=0)
        values = np.bincount(owner, lifts[owner, items], len(lifts))
        if values.min() >= bound:
            break
        logs = logs - 0.5 / (1 + round_ / 20) * (values / max(values.mean(), 1) - 1)
    return best / best.sum() if best.any() else np.full(len(lifts), 1 / len(lifts)), bound
