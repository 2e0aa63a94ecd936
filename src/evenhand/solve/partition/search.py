"""The search for the best partition: see the package docstring for the rule of what runs when."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from evenhand.solve.partition.cover import Cover
from evenhand.solve.partition.listed_search import BUNDLES, STEPS, Interest, ListedSearch
from evenhand.solve.partition.local import greedy, improved, marginal_rates
from evenhand.solve.partition.master import SURE, Column
from evenhand.solve.partition.near import Near, TooMany, near
from evenhand.solve.partition.pricing import Bound, Priced, Pricing, price
from evenhand.solve.partition.problem import LARGEST, Integers, Mask, PartitionProblem
from evenhand.solve.partition.reduce import by_rates, pairs_by_prices, values_by_prices
from evenhand.solve.partition.symmetry import Symmetry
from evenhand.solve.program import Limits

LISTED = 100_000
"""A node is searched by listing when all parties together have no more bundles near the bound than this."""
FIRST = 1.0
"""CPU seconds that the first moves and swaps may take even when the limits leave less."""

Before = Callable[[Integers, Integers], bool]
"""Whether the first owners are to be preferred to the second."""


@dataclass(frozen=True)
class Partition:
    """Who owns each item, what that reaches, and what was proved.

    No partition's objective is above `bound`; `prices` show the bound that holds without branching. Finished:
    none is to be preferred to this one.
    """

    owner: Integers
    objective: int
    bound: int
    prices: Integers
    finished: bool


@dataclass(order=True)
class _Node:
    """Part of the search: the pairs of party and item still open, with a bound for them."""

    order: tuple[int, int]
    may: Mask = field(compare=False)
    bound: Bound = field(compare=False)


class Search:
    """Best bound first. `before` must agree with the objective wherever two differ by more than `tolerance`."""

    def __init__(
        self,
        problem: PartitionProblem,
        before: Before,
        tolerance: int,
        limits: Limits,
        progress: Callable[[str], None],
        *,
        ties: bool = True,
    ) -> None:
        self.problem = problem
        self.before = before
        self.tolerance = tolerance
        self.ties = ties
        self.limits = limits
        self.progress = progress
        self.pricing = Pricing(problem, limits.spent)
        self.symmetry = Symmetry(problem)
        self.owner = np.zeros(0, dtype=np.int64)
        self.objective = -LARGEST
        self.nodes: list[_Node] = []
        self.counter = 0

    @property
    def enough(self) -> int:
        """What is below this is not to be preferred to the best so far; without `ties`, nor is what is as good."""
        return self.objective - self.tolerance + (0 if self.ties else 1)

    def run(self, start: Integers | None, prices: Integers | None = None) -> Partition:
        """Search, from this partition and these prices if they are known."""
        first, limits = Limits(FIRST), self.limits
        owner = greedy(self.problem) if start is None else start
        self.offer(improved(self.problem, owner, lambda: limits.spent() and first.spent()))
        root = self._root(prices)
        while self.nodes and self.nodes[0].bound.bound >= self.enough and not self.limits.spent():
            node = heapq.heappop(self.nodes)
            if not self._finish(node):
                self._branch(node)
        left = max((node.bound.bound for node in self.nodes), default=-LARGEST)
        finished = left < self.enough
        bound = self.objective if finished else max(min(left, root.bound), self.objective)
        return Partition(self.owner, self.objective, bound, root.prices, finished)

    def offer(self, owner: Integers) -> None:
        """Keep a partition that is to be preferred to the best so far."""
        objective = self.problem.objective(owner)
        if objective < self.enough:
            return
        if objective > self.objective + self.tolerance or self.before(owner, self.owner):
            self.owner, self.objective = owner, objective

    def _root(self, prices: Integers | None) -> Bound:
        """The bound on everything, and a dive from its program's solution."""
        may, rates = self.problem.may.copy(), marginal_rates(self.problem, self.owner)
        by_rates(self.problem, may, self.pricing.windows, rates, self.enough)
        if prices is None:
            prices = np.where(may, self.problem.worth * rates[:, None], 0).max(axis=0)
            prices = np.minimum(prices, LARGEST // max(self.problem.items, 1))
        bound = self.pricing.tighten(may & self.problem.wanted, prices, self.enough)
        self._narrow(may, bound)
        self._dive(may, bound)
        self._narrow(may, bound)
        self._push(may, bound)
        return bound

    def _narrow(self, may: Mask, bound: Bound) -> None:
        """Rule out values that no preferable partition has; only for the whole problem."""
        priced = price(self.problem, may & self.problem.wanted, self.pricing.windows, bound.prices)
        values_by_prices(self.problem, self.pricing.windows, priced, self.enough)

    def _push(self, may: Mask, bound: Bound) -> None:
        if bound.bound >= self.enough:
            self.counter += 1
            heapq.heappush(self.nodes, _Node((-bound.bound, self.counter), may, bound))

    def _dive(self, may: Mask, bound: Bound) -> None:
        """Fix the bundles the program is surest of, solve again, until one partition is left; then improve it."""
        wanted = may & self.problem.wanted
        while bound.mix:
            fixed = _surest(bound)
            if len(fixed) == len(bound.mix):
                self._complete([column for column, _ in bound.mix])
                return
            for column in fixed:
                _fix(wanted, column)
            bound = self.pricing.tighten(wanted, bound.prices, self.enough)

    def _complete(self, columns: list[Column]) -> None:
        """Give what no bundle holds to those whose gain rises most, then improve by moves and swaps."""
        owner = np.full(self.problem.items, -1)
        for column in columns:
            owner[list(column.bundle)] = column.party
        self._fill(owner)
        self.offer(owner)
        self.offer(improved(self.problem, owner, self.limits.spent))

    def _fill(self, owner: Integers) -> None:
        table, worth, parties = self.problem.table, self.problem.worth, np.arange(self.problem.parties)
        held = owner >= 0
        values = np.bincount(owner[held], worth[owner[held], held.nonzero()[0]], self.problem.parties).astype(np.int64)
        for item in np.flatnonzero(~held):
            rise = table[parties, values + worth[:, item]] - table[parties, values]
            owner[item] = np.where(self.problem.may[:, item], rise, -LARGEST).argmax()
            values[owner[item]] += worth[owner[item], item]

    def _finish(self, node: _Node) -> bool:
        """Compare every partition of the node that could be preferable; False when they are too many."""
        if (node.may.sum(axis=0) == 1).all():
            self.offer(node.may.argmax(axis=0))
            return True
        priced = price(self.problem, node.may & self.problem.wanted, self.pricing.windows, node.bound.prices)
        spare = self.problem.spare(node.may)
        needed = sum(1 << item for item in np.flatnonzero(spare < 0).tolist())

        def slack() -> int:
            return priced.bound - self.enough

        def visit(chosen: dict[int, int]) -> None:
            self.offer(self._owners(spare, chosen))

        try:
            found = self._near(priced)
        except TooMany:
            return False
        try:
            if max(map(len, found)) <= BUNDLES:
                choices = {party: bundles.choices() for party, bundles in enumerate(found)}
                Cover(needed, priced.prices.tolist(), slack, visit, STEPS, self.symmetry).run(choices)
                return True
        except TooMany:
            pass
        interest = Interest(lambda: self.enough, visit, self._complete, self.limits.spent)
        left = ListedSearch(self.problem, found, self.symmetry, needed, interest).run(priced.bound)
        self._push(node.may, Bound(min(left, node.bound.bound), node.bound.prices, node.bound.mix))
        return True

    def _near(self, priced: Priced) -> list[Near]:
        """Every bundle of a partition that could be preferable. Raises TooMany."""
        found: list[Near] = []
        for party in range(self.problem.parties):
            room = LISTED - sum(map(len, found))
            found.append(near(*priced.of(party), priced.bound - self.enough, room, self.symmetry))
        return found

    def _owners(self, spare: Integers, chosen: dict[int, int]) -> Integers:
        """Each party its bundle; what is in none goes to the first who may hold it and gets nothing from it."""
        owner = spare.copy()
        for party, bits in chosen.items():
            owner[[item for item in range(self.problem.items) if bits >> item & 1]] = party
        return owner

    def _branch(self, node: _Node) -> None:
        """Rule out pairs; then two parts: an item goes to a party; it does not."""
        priced = price(self.problem, node.may & self.problem.wanted, self.pricing.windows, node.bound.prices)
        pairs_by_prices(self.problem, node.may, self.pricing.windows, priced, self.enough)
        holders = node.may.sum(axis=0)
        if not holders.all():
            return
        if (holders == 1).all():
            self.offer(node.may.argmax(axis=0))
            return
        self._dive(node.may, node.bound)
        party, item = self._pair(node)
        given, barred = node.may.copy(), node.may.copy()
        given[:, item] = False
        given[party, item] = True
        barred[party, item] = False
        for may in (given, barred):
            bound = self.pricing.tighten(may & self.problem.wanted, node.bound.prices, self.enough)
            if bound.bound > node.bound.bound:
                bound = Bound(node.bound.bound, node.bound.prices, bound.mix)
            self._push(may, bound)

    def _pair(self, node: _Node) -> tuple[int, int]:
        """The pair that the program is least sure of; the first that is open when it is sure of all."""
        chance = np.zeros(node.may.shape)
        for column, weight in node.bound.mix:
            chance[column.party, list(column.bundle)] += weight
        open_ = node.may & (node.may.sum(axis=0) > 1)
        doubt = np.where(open_, np.minimum(chance, 1.0 - chance), -1.0)
        party, item = np.unravel_index(int(doubt.argmax()), doubt.shape)
        return int(party), int(item)


def _surest(bound: Bound) -> list[Column]:
    """The columns taken whole, or else the one with the largest weight."""
    whole = [column for column, weight in bound.mix if weight > SURE]
    most = max(bound.mix, key=lambda entry: entry[1] if entry[1] <= SURE else -1.0)
    return whole if len(whole) == len(bound.mix) else [*whole, most[0]]


def _fix(wanted: Mask, column: Column) -> None:
    """Leave the column's party its bundle and nothing else, and nobody else any of it."""
    wanted[column.party] = False
    wanted[:, list(column.bundle)] = False
    wanted[column.party, list(column.bundle)] = True
