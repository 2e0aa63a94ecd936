"""Random balanced lines from several chains, and how far these can be trusted to stand for all that chains reach.

Sources: Gelman and Rubin (1992) and, for splitting each chain in two, Gelman and others, Bayesian Data Analysis
(2013), for `agreement`; Geyer, Practical Markov chain Monte Carlo (1992), for `effective`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.program import Limits
from evenhand.solve.regions.annealing import SHORTEST, Aim, Effort, best_line
from evenhand.solve.regions.graph import Graph, Integers, Labels
from evenhand.solve.regions.lines import LineProblem
from evenhand.solve.regions.recombination import Balance, Recombination

AGREED = 1.05
CHAINS = 2
APART = 1_000_003
"""Between the seeds of two chains."""
_STARTS = (SHORTEST, Aim(worst=1.0))
"""Chains start far apart: from a short line, from one that winds, and so on in turn."""


@dataclass(frozen=True, eq=False)
class Ensemble:
    """What chains passed through, step by step: `borders` int64[chains, steps]; `sums` int64[chains, steps, labels],
    each label's cells in its own column of values; how many spanning `trees` were drawn; the `seed`; `stopped`: the
    time was over before all steps were made."""

    borders: Integers
    sums: Integers
    trees: int
    seed: int
    stopped: bool

    @property
    def size(self) -> int:
        """How many lines there are, over all chains."""
        return int(self.borders.size)

    def traces(self) -> NDArray[np.float64]:
        """float64[traces, chains, steps]: the border, and the sum of each label, where they change at all."""
        every = np.concatenate([self.borders[None], np.moveaxis(self.sums, 2, 0)]).astype(np.float64)
        return np.asarray(every[[bool(np.ptp(trace) > 0) for trace in every]])

    def effective(self) -> int:
        """About so many independent lines would say as much: of the border and all sums, the one that says least, to
        two leading digits, downwards."""
        least = min((effective_size(trace) for trace in self.traces()), default=self.size)
        unit = int(10 ** max(0, len(str(least)) - 2))
        return least // unit * unit

    def agreement(self) -> float:
        """How much wider the lines of all chains together spread than those of each half chain; of the border and all
        sums, the worst. 1 is perfect; above `AGREED` the chains were too short. Infinite below 8 steps a chain."""
        if self.borders.shape[1] < 8:
            return float("inf")
        return max((split_ratio(trace) for trace in self.traces()), default=1.0)


def effective_size(trace: NDArray[np.float64]) -> int:
    """How many independent draws say as much about a mean as this trace (float64[chains, steps]); at most its size."""
    chains, steps = int(trace.shape[0]), int(trace.shape[1])
    apart = trace - trace.mean()
    spread = float((apart**2).mean())
    inverse, before = -1.0, float("inf")
    for lag in range(0, steps - 1, 2):
        pair = _correlation(apart, lag) / spread + _correlation(apart, lag + 1) / spread
        if pair <= 0:
            break
        before = min(before, pair)
        inverse += 2.0 * before
    return max(1, min(chains * steps, int(chains * steps / max(inverse, 1e-9))))


def _correlation(apart: NDArray[np.float64], lag: int) -> float:
    steps = apart.shape[1]
    return float((apart[:, : steps - lag] * apart[:, lag:]).sum()) / apart.size


def split_ratio(trace: NDArray[np.float64]) -> float:
    """The potential scale reduction of half chains (float64[chains, steps], at least four steps, not all alike)."""
    half = trace.shape[1] // 2
    halves = np.concatenate([trace[:, :half], trace[:, -half:]])
    within = float(halves.var(axis=1, ddof=1).mean())
    between = float(halves.mean(axis=1).var(ddof=1))
    if within == 0:
        return float("inf") if between else 1.0
    return float(np.sqrt((half - 1) / half + between / within))


def random_lines(
    graph: Graph,
    balance: Balance,
    steps: int,
    *,
    values: NDArray[np.integer] | None = None,
    fixed: NDArray[np.integer] | None = None,
    blocks: Sequence[Sequence[int]] = (),
    chains: int = CHAINS,
    seed: int = 0,
    limits: Limits | None = None,
) -> Ensemble | None:
    """About so many random balanced lines in all, as many from each chain; None: no line was found to start from.

    `values`, `fixed`, `blocks` as for `Recombination`. A tenth more is walked, and the first steps of every chain are
    left out, as they depend on the line it starts from; with two labels every step is drawn anew, and none is.
    """
    limits, labels = limits or Limits(), len(balance.low)
    own, early = -(-steps // chains), 0 if labels == 2 else steps // chains // 10
    passed: list[Any] = []
    for number in range(chains):
        start = _start(graph, balance, fixed, blocks, number, seed, limits)
        if start is None:
            return None
        options: Any = {"values": values, "fixed": fixed, "blocks": blocks, "seed": seed + APART * number}
        passed.append(Recombination(graph, balance, start, **options))
    made = [chain.advance(early + own, _part(limits, chains - at)) for at, chain in enumerate(passed)]
    shortest = min(len(one.borders) for one in made)
    if shortest == 0:
        return None
    first = min(early, shortest // 10)
    borders = np.stack([one.borders[first:shortest] for one in made])
    sums = np.stack([one.sums[first:shortest] for one in made])
    return Ensemble(borders, sums, sum(one.trees for one in made), seed, shortest < early + own)


def _part(limits: Limits, chains: int) -> Limits:
    """An equal part of the time that is left for so many chains."""
    left = limits.left()
    return limits if left is None else Limits(left / chains)


def _start(
    graph: Graph,
    balance: Balance,
    fixed: NDArray[np.integer] | None,
    blocks: Sequence[Sequence[int]],
    number: int,
    seed: int,
    limits: Limits,
) -> Labels | None:
    """A balanced line, as unlike the other chains' as can be."""
    labels = len(balance.low)
    even = LineProblem.of(
        graph,
        np.repeat(balance.weights[:, None], labels, axis=1),
        entitlements=[max(1, int(low + high)) for low, high in zip(balance.low, balance.high, strict=True)],
        least=balance.low.tolist(),
        most=balance.high.tolist(),
        fixed=fixed,
        blocks=blocks,
    )
    line = best_line(even, _STARTS[number % len(_STARTS)], Effort(rounds=3, seed=seed + APART * number), limits)
    return None if line is None else line.labels
