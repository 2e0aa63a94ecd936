"""What can be offered: the settlements of each issue, and the rules that are open to all. No preference is in it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from evenhand.case import Cake, Case, Divisible
from evenhand.deals import Clause, Deal, NoDeal, NotDefined, Settlement, allowed_settlements, broken_rules

Pick = tuple[int, ...]
"""For each issue the number of its settlement on the menu."""
Tie = tuple[tuple[int, frozenset[int]], ...]
"""A rule's demand: in at least one of these issues the settlement is one of these numbers."""


LISTED = 200_000
"""A menu of so many deals is listed whole; on larger ones each group of tied issues may have so many."""


@dataclass(frozen=True)
class Menu:
    """The deals that may be offered.

    `case` has the parties, issues and open rules, and nobody's points. `options[k]` settle issue k, in the
    case's order; a divisible is offered in whole parts of `parts`. `ties` are the rules across issues.
    """

    case: Case
    options: tuple[tuple[Settlement, ...], ...]
    ties: tuple[Tie, ...]

    @classmethod
    def of(cls, case: Case, parts: int | None = None) -> Menu:
        """Lay out what a case lets people offer. Raises NotDefined where that has no meaning here."""
        _refuse(case)
        public = case.model_copy(
            update={"preferences": {}, "rules": tuple(rule for rule in case.rules if rule.party is None)}
        )
        names, clauses = allowed_settlements(public)
        parties = [party.id for party in case.principals]
        parts = parts or (10 if len(parties) == 2 else 4)
        options = tuple(
            tuple(_shares(parties, parts)) if isinstance(issue, Divisible) else found
            for issue, found in zip(case.issues, names, strict=True)
        )
        return cls(public, options, tuple(tie_of(public, options, clause) for clause in clauses))

    @cached_property
    def size(self) -> int:
        """How many deals there are, rules across issues aside."""
        return prod(len(found) for found in self.options)

    @property
    def listed(self) -> bool:
        """Whether there are few enough deals to list them."""
        return self.size <= LISTED

    @cached_property
    def picks(self) -> NDArray[np.int64]:
        """Every deal that keeps the open rules, a row each, in the case's order. Only for a listed menu."""
        return self.ways(range(len(self.options)), self.ties)

    def ways(self, issues: Sequence[int], ties: Sequence[Tie]) -> NDArray[np.int64]:
        """Every way to settle some issues that meets the demands given (on these issues alone); first slowest."""
        sizes = [len(self.options[number]) for number in issues]
        picks = np.indices(sizes, dtype=np.int64).reshape(len(sizes), -1).T
        return picks[keeping(ties, picks, issues)]

    def deal(self, pick: Sequence[int]) -> Deal:
        """The deal of a pick."""
        issues = zip(self.case.issues, self.options, pick, strict=True)
        return Deal.of(self.case, {issue.id: found[number] for issue, found, number in issues})

    def pick(self, deal: Deal) -> Pick:
        """The pick of a deal; -1 for shares that are not on the menu."""
        settled = zip(self.case.issues, self.options, strict=True)
        return tuple(ways.index(deal[issue.id]) if deal[issue.id] in ways else -1 for issue, ways in settled)

    def keeps(self, deal: Deal) -> bool:
        """Whether a deal, on the menu or not, keeps the open rules."""
        return not broken_rules(self.case, deal)

    def first(self, seed: int | None = None) -> Deal:
        """The first deal in the case's order that keeps the open rules; with a seed, one at random.

        Raises NoDeal when there is none.
        """
        order = [list(range(len(found))) for found in self.options]
        if seed is not None:
            rng = random.Random(seed)
            for numbers in order:
                rng.shuffle(numbers)
        found = self._complete([], order)
        if found is None:
            raise NoDeal("No deal keeps the rules that are open to all.")
        return self.deal(found)

    def _complete(self, begun: list[int], order: Sequence[Sequence[int]]) -> Pick | None:
        """The first pick in the order given that goes on from one begun and keeps the rules."""
        if not all(_may_hold(tie, begun) for tie in self.ties):
            return None
        if len(begun) == len(order):
            return tuple(begun)
        tries = (self._complete([*begun, number], order) for number in order[len(begun)])
        return next((found for found in tries if found is not None), None)

    def changes(self, deal: Deal) -> Iterator[Deal]:
        """The deals that settle one issue otherwise, or two that a rule ties, and keep the open rules."""
        tied = {pair for tie in self.ties for pair in combinations(sorted({issue for issue, _ in tie}), 2)}
        ids = [issue.id for issue in self.case.issues]
        for issues in [*((number,) for number in range(len(ids))), *sorted(tied)]:
            for settled in product(*(self.options[number] for number in issues)):
                new = dict(zip((ids[number] for number in issues), settled, strict=True))
                changed = Deal.of(self.case, {**deal.settlements, **new})
                if all(changed[issue] != deal[issue] for issue in new) and self.keeps(changed):
                    yield changed


def keeping(ties: Sequence[Tie], picks: NDArray[np.int64], issues: Sequence[int]) -> NDArray[np.bool_]:
    """Which rows meet every demand; column c of `picks` settles `issues[c]`."""
    at = {number: place for place, number in enumerate(issues)}
    kept = np.ones(len(picks), dtype=bool)
    for tie in ties:
        kept &= np.any([np.isin(picks[:, at[k]], sorted(true)) for k, true in tie], axis=0)
    return kept


def tie_of(case: Case, options: Sequence[Sequence[Settlement]], clause: Clause) -> Tie:
    """A clause as numbers on the menu."""
    numbers = {issue.id: number for number, issue in enumerate(case.issues)}
    found = []
    for literal in clause.literals:
        number = numbers[literal.issue]
        true = (n for n, way in enumerate(options[number]) if literal.holds(Deal({literal.issue: _plain(way)})))
        found.append((number, frozenset(true)))
    return tuple(found)


def _plain(settlement: Settlement) -> Settlement:
    """Without empty shares, as a deal is written."""
    return settlement if isinstance(settlement, str) else {party: share for party, share in settlement.items() if share}


def _may_hold(tie: Tie, begun: Sequence[int]) -> bool:
    return any(number >= len(begun) or begun[number] in true for number, true in tie)


def _shares(parties: Sequence[str], parts: int) -> Iterator[dict[str, Fraction]]:
    """Every way to share in whole parts, from all to the first party to all to the last."""
    for counts in product(range(parts, -1, -1), repeat=len(parties) - 1):
        if sum(counts) <= parts:
            whole = (*counts, parts - sum(counts))
            yield {party: Fraction(n, parts) for party, n in zip(parties, whole, strict=True) if n}


def _refuse(case: Case) -> None:
    if len(case.principals) < 2:
        raise NotDefined("A negotiation needs at least two principals.")
    if any(isinstance(issue, Cake) for issue in case.issues):
        raise NotDefined("Pieces of a line cannot be offered back and forth here; `evenhand ask` has ways to cut it.")
    if case.money is not None and (case.money.one_each or case.money.to_pay):
        raise NotDefined("Offers carry no payments, and this case has a sum to pay together; see `divide --by list`.")
