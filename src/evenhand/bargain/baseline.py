"""An even package to start from where none is on the table: every issue settled by itself, nothing traded.

In the case's order: a choice takes the option whose smallest part of what the issue could bring a party is largest; an
asset goes to whoever has least so far, as a part of its own points for its entitlement (a burden to whoever has
most); what can be split is split by entitlement. A settlement after which the rules leave no deal is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evenhand.case import JOINT, Case, Chosen
from evenhand.deals import Deal, Space, lay_out, total_points, with_cakes
from evenhand.deals.rules import Clause, Named
from evenhand.deals.shares import Box, ShareRows, boxes
from evenhand.deals.space import Pick

STEPS = 20_000
"""Settlements tried before it is said that none was found."""


def even_baseline(case: Case) -> Deal | None:
    """The even package, or None where the rules left none within STEPS. Raises NoDeal where rules bar an issue."""
    space = lay_out(case)
    found = _Baseline(case, space).run()
    if found is None:
        return None
    pick, box = found
    return with_cakes(case, space.deal(pick, _shares(space, box)))


class _Baseline:
    """Depth first in the case's order, the most even settlement of each issue first."""

    def __init__(self, case: Case, space: Space) -> None:
        self.space, self.steps = space, STEPS
        self.totals = [total_points(case, party) * part for party, part in self._entitled()]
        self.pick = [-1] * len(space.issues)
        self.closing: dict[int, list[Clause]] = {}
        for clause in space.clauses:
            if all(isinstance(literal, Named) for literal in clause.literals):
                last = max(space.number_of[literal.issue] for literal in clause.literals)
                self.closing.setdefault(last, []).append(clause)

    def _entitled(self) -> Iterator[tuple[str, Fraction]]:
        return zip(self.space.parties, self.space.entitlements, strict=True)

    def run(self) -> tuple[Pick, Box] | None:
        return self._descend(0, (Fraction(0),) * len(self.totals))

    def _descend(self, number: int, sums: tuple[Fraction, ...]) -> tuple[Pick, Box] | None:
        if number == len(self.pick):
            box = next(boxes(self.space, tuple(self.pick)), None)
            return None if box is None else (tuple(self.pick), box)
        if number in self.space.divisible:
            return self._descend(number + 1, sums)
        for choice in self._evenest(number, sums):
            self.steps -= 1
            if self.steps < 0:
                return None
            self.pick[number] = choice
            if all(self._holds(clause) for clause in self.closing.get(number, ())):
                worth = self.space.worth[number][choice]
                if found := self._descend(number + 1, tuple(a + b for a, b in zip(sums, worth, strict=True))):
                    return found
        return None

    def _holds(self, clause: Clause) -> bool:
        return any(self._true(literal) for literal in clause.literals if isinstance(literal, Named))

    def _true(self, literal: Named) -> bool:
        number = self.space.number_of[literal.issue]
        return (self.space.settlements[number][self.pick[number]] in literal.names) == literal.wanted

    def _evenest(self, number: int, sums: tuple[Fraction, ...]) -> list[int]:
        """The settlements of an issue, the most even first, then in the case's order."""
        rows, names = self.space.worth[number], self.space.settlements[number]
        if isinstance(self.space.issues[number], Chosen) or JOINT in names:
            return sorted(range(len(rows)), key=lambda s: ([-part for part in _parts(rows, s)], s))
        after = [[a + b for a, b in zip(sums, row, strict=True)] for row in rows]
        return sorted(range(len(rows)), key=lambda s: ([-part for part in self._levels(after[s])], s))

    def _levels(self, sums: list[Fraction]) -> list[Fraction]:
        """Everybody's points so far as a part of all its own, for its entitlement; the least first."""
        return sorted(total / whole if whole else total for total, whole in zip(sums, self.totals, strict=True))


def _parts(rows: tuple[tuple[Fraction, ...], ...], s: int) -> list[Fraction]:
    """For each party that cares, how far up a settlement lies between its worst and its best; the lowest first."""
    columns = list(zip(*rows, strict=True))
    return sorted((c[s] - min(c)) / (max(c) - min(c)) for c in columns if max(c) > min(c))


def _shares(space: Space, box: Box) -> dict[int, dict[str, Fraction]]:
    """By entitlement where the rules allow it, else some shares that they do."""
    whole = sum(space.entitlements, Fraction(0))
    even = [part / whole for part in space.entitlements]
    return {issue: dict(zip(space.parties, _shares_of(box, issue, even), strict=True)) for issue in space.divisible}


def _shares_of(box: Box, issue: int, even: list[Fraction]) -> list[Fraction]:
    cells = [(issue, party) for party in range(len(even))]
    if all(box.lower[cell] <= part <= box.upper[cell] for cell, part in zip(cells, even, strict=True)):
        return even
    rows = ShareRows(box, cells)
    rows.add(dict.fromkeys(cells, Fraction(1)), Fraction(1))
    return list(rows.best({}).values())
