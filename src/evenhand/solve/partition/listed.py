"""A bound on every partition made of listed bundles, from prices of items and of triples of items.

What is listed is everything a preferable partition can consist of. So a bundle's worth at new prices is read off
the list, with no knapsack, and prices may be asked for more than items: of the bundles with two or more items of
a triple a partition has at most one, and with any prices p, t ≥ 0 no partition's objective is above
    sum of p  +  sum of t  +  sum over parties of  max over its bundles (gain − p of its items − t of its triples).
Integers, like all bounds here; floats only look for the prices.

Sources: R. Baldacci, N. Christofides and A. Mingozzi, "An exact algorithm for the vehicle routing problem based
on the set partitioning formulation with additional cuts", Mathematical Programming 115 (2008); M. Jepsen,
B. Petersen, S. Spoorendonk and D. Pisinger, "Subset-row inequalities applied to the vehicle-routing problem with
time windows", Operations Research 56 (2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from evenhand.solve.partition.master import SURE, WORTHWHILE, Column, Floats, Master
from evenhand.solve.partition.near import Choice, Near
from evenhand.solve.partition.problem import LARGEST, Integers, PartitionProblem

Triple = tuple[int, int, int]

AT_ONCE = 10
"""Bundles of each party taken into a linear program at a time."""
FRESH = 40
"""Triples priced anew after a linear program."""
VIOLATED = 0.02
"""A triple is worth a price when bundles are taken beyond the one that may be by this much."""
_HALF = 2**26


class Listed:
    """Bundles in arrays, party by party: `party`, `gain`, and `inside`, bundles × items of 0 and 1."""

    def __init__(self, problem: PartitionProblem, near: Sequence[Near]) -> None:
        self.problem = problem
        self.party = np.repeat(np.arange(problem.parties), [len(found) for found in near])
        self.bits = np.concatenate([found.words for found in near])
        inside = np.concatenate([found.inside(problem.items) for found in near])
        self.gain = problem.table[self.party, (inside * problem.worth[self.party]).sum(axis=1)]
        self.inside = inside.astype(np.float64)

    def column(self, row: int) -> Column:
        """A bundle on its own."""
        return Column(int(self.party[row]), tuple(np.flatnonzero(self.inside[row]).tolist()), int(self.gain[row]))

    def choices(self, relaxed: Relaxed) -> dict[int, list[Choice]]:
        """The bundles still of interest, party by party, least loss first."""
        found = {}
        for party in range(self.problem.parties):
            own = np.flatnonzero(self.party[relaxed.rows] == party)
            own = own[np.argsort(relaxed.loss[own], kind="stable")]
            found[party] = Near(relaxed.loss[own], self.bits[relaxed.rows[own]]).choices()
        return found

    def relax(self, rows: Integers, triples: list[Triple], start: Integers) -> Relaxed:
        """Prices that make the bound on these bundles small, by linear programs; from the bundles `start`."""
        inside, twice = self.inside[rows], self._twice(rows, triples)
        gain = self.gain[rows] / self.problem.unit
        program = Master(self.problem, [], triples)
        program.add([Column(party, (), int(gains[0])) for party, gains in enumerate(self.problem.gains)])
        known = {self.column(row): row for row in start.tolist()}
        program.add(known)
        while True:
            _, places, prices = program.solve()
            prices, penalties = prices[: self.problem.items], prices[self.problem.items :]
            worth = gain - places[self.party[rows]] - inside @ prices - twice @ penalties
            fresh = {self.column(row): row for row in rows[self._most(rows, worth)].tolist()}
            known |= fresh
            if not program.add(fresh):
                break
        mix = tuple((known[column], part) for column, part in program.mix() if column in known)
        return self._bounded(rows, twice, triples, np.concatenate([prices, penalties]), mix)

    def _most(self, rows: Integers, worth: Floats) -> Integers:
        """The places of the bundles of each party that are worth most above their price."""
        able = np.flatnonzero(worth > WORTHWHILE)
        order = able[np.lexsort((-worth[able], self.party[rows[able]]))]
        owner = self.party[rows[order]]
        first = np.searchsorted(owner, owner)
        return order[np.arange(len(order)) - first < AT_ONCE]

    def _twice(self, rows: Integers, triples: Sequence[Triple]) -> Floats:
        """rows × triples: 1 where a bundle has two or more items of a triple."""
        found, inside = np.zeros((len(rows), len(triples))), self.inside[rows]
        for number, triple in enumerate(triples):
            found[:, number] = inside[:, list(triple)].sum(axis=1) >= 2
        return found

    def _bounded(
        self, rows: Integers, twice: Floats, triples: list[Triple], prices: Floats, mix: tuple[tuple[int, float], ...]
    ) -> Relaxed:
        """The bound at these prices, exactly, and what each bundle loses against it."""
        whole = np.rint(prices * self.problem.unit).astype(np.int64)
        count = self.problem.items
        worth = self.gain[rows] - _product(self.inside[rows], whole[:count]) - _product(twice, whole[count:])
        best = np.full(self.problem.parties, -LARGEST)
        np.maximum.at(best, self.party[rows], worth)
        bound = max(int(whole.sum()) + sum(best.tolist()), -LARGEST)
        kept = [triple for triple, price in zip(triples, whole[count:].tolist(), strict=True) if price]
        return Relaxed(bound, rows, best[self.party[rows]] - worth, whole[:count], kept, mix)

    def violated(self, mix: Sequence[tuple[int, float]]) -> list[Triple]:
        """The triples of which a mix takes most bundles with two or more items, most first."""
        rows, parts = [row for row, _ in mix], np.array([part for _, part in mix])
        broken = np.flatnonzero(parts <= SURE)
        items = np.flatnonzero(self.inside[rows][broken].any(axis=0))
        inside = self.inside[rows][broken][:, items]
        weighed = inside * parts[broken][:, None]
        pairs = weighed.T @ inside
        whole = np.einsum("ka,kb,kc->abc", weighed, inside, inside, optimize=True)
        taken = pairs[:, :, None] + pairs[:, None, :] + pairs[None, :, :] - 2 * whole
        first, second, third = np.array(list(combinations(range(len(items)), 3)), dtype=np.int64).reshape(-1, 3).T
        beyond = taken[first, second, third] - 1
        most = np.argsort(-beyond, kind="stable")[:FRESH]
        chosen = items[np.stack([first, second, third], axis=1)[most[beyond[most] > VIOLATED]]]
        return [(a, b, c) for a, b, c in chosen.tolist()]


@dataclass(frozen=True)
class Relaxed:
    """What prices show: an exact bound, each bundle's loss against it, the triples with a price, and the mix of
    bundles (number in the list, part) that the linear program takes."""

    bound: int
    rows: Integers
    loss: Integers
    prices: Integers
    triples: list[Triple]
    mix: tuple[tuple[int, float], ...]

    def within(self, slack: int) -> Relaxed:
        """Without the bundles that lose more."""
        left = self.loss <= slack
        return Relaxed(self.bound, self.rows[left], self.loss[left], self.prices, self.triples, self.mix)


def _product(inside: Floats, prices: Integers) -> Integers:
    """inside @ prices, exactly: each half of a price is so small that its sums are whole numbers as floats too."""
    high, low = np.divmod(prices, _HALF)
    found: Integers = (inside @ high).astype(np.int64) * _HALF + (inside @ low).astype(np.int64)
    return found
