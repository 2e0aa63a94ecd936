"""A case laid out for searching: issues × settlements × parties, in exact numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

from evenhand.case import JOINT, Asset, Case, Chosen, Condition, Divisible, Issue
from evenhand.deals.cakes import in_stretches
from evenhand.deals.deal import Deal, Settlement
from evenhand.deals.outcome import needs_no_map
from evenhand.deals.rules import Clause, Named, case_clauses
from evenhand.deals.value import deal_values, worth_of

Pick = tuple[int, ...]
"""For each issue the number of its settlement; -1 for a divisible, whose shares are settled apart."""


@dataclass(frozen=True)
class Space:
    """The deals a case allows.

    `settlements[k]` are the ids that may settle issue k: parties (assets; for a divisible, who may hold
    shares), options, `joint`. What a rule bars outright is left out, so the list can be empty.
    `worth[k][s][i]` is what that settlement is worth to party i (of a divisible: all of it).
    `clauses` are the rules that tie issues together or bound shares.
    """

    case: Case
    parties: tuple[str, ...]
    issues: tuple[Issue, ...]
    settlements: tuple[tuple[str, ...], ...]
    worth: tuple[tuple[tuple[Fraction, ...], ...], ...]
    clauses: tuple[Clause, ...]

    @classmethod
    def of(cls, case: Case) -> Space:
        """Lay out a case; cakes as their stretches. Raises NotDefined where a map must be read first."""
        needs_no_map(case)
        case = in_stretches(case)
        parties = tuple(party.id for party in case.principals)
        settlements, tying = allowed_settlements(case)
        worth = tuple(
            tuple(_row(case, issue, parties, name) for name in names)
            for issue, names in zip(case.issues, settlements, strict=True)
        )
        return cls(case, parties, case.issues, settlements, worth, tying)

    @cached_property
    def entitlements(self) -> tuple[Fraction, ...]:
        """The parties' entitlements, scaled to the smallest integers."""
        raw = [party.entitlement for party in self.case.principals]
        scale = lcm(*(part.denominator for part in raw))
        whole = [int(part * scale) for part in raw]
        common = gcd(*whole)
        return tuple(Fraction(part // common) for part in whole)

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each issue."""
        return {issue.id: number for number, issue in enumerate(self.issues)}

    @cached_property
    def divisible(self) -> tuple[int, ...]:
        """The numbers of the divisible issues."""
        return tuple(number for number, issue in enumerate(self.issues) if isinstance(issue, Divisible))

    @cached_property
    def size(self) -> int:
        """How many ways there are to settle the whole issues, rules that tie issues aside."""
        size = 1
        for number, names in enumerate(self.settlements):
            size *= 1 if number in self.divisible else len(names)
        return size

    @cached_property
    def additive(self) -> bool:
        """Whether no party has `together` terms."""
        return not any(self.case.preferences[party].together for party in self.parties)

    def deal(self, pick: Pick, shares: dict[int, dict[str, Fraction]] | None = None) -> Deal:
        """The deal of a pick, and of the shares of each divisible issue."""
        settled: dict[str, Settlement] = {}
        for number, choice in enumerate(pick):
            issue = self.issues[number].id
            settled[issue] = (shares or {})[number] if choice < 0 else self.settlements[number][choice]
        return Deal.of(self.case, settled)

    def pick_values(self, pick: Pick) -> tuple[Fraction, ...]:
        """What a pick is worth to each party, divisible issues left out."""
        totals = [
            sum(column, Fraction(0))
            for column in zip(*(self.worth[k][s] for k, s in enumerate(pick) if s >= 0), strict=True)
        ] or [Fraction(0)] * len(self.parties)
        for party, when, points in self.bonuses():
            if all(self._settled_by(pick, issue) in names for issue, names in when.items()):
                totals[party] += points
        return tuple(totals)

    def _settled_by(self, pick: Pick, issue: str) -> str:
        number = self.number_of[issue]
        return self.settlements[number][pick[number]]

    def values(self, deal: Deal) -> tuple[Fraction, ...]:
        """What a deal is worth to each party, in the order of `parties`."""
        return tuple(deal_values(self.case, deal).values())

    def bonuses(self) -> list[tuple[int, dict[str, Condition], Fraction]]:
        """The `together` terms as (party number, conditions, points)."""
        if self.additive:
            return []
        return [
            (number, term.when, term.points)
            for number, party in enumerate(self.parties)
            for term in self.case.preferences[party].together
        ]

    def extremes(self, party: int) -> tuple[Fraction, Fraction]:
        """Bounds on what any deal is worth to a party: (no less than, no more than)."""
        columns = [[worth[party] for worth in rows] or [Fraction(0)] for rows in self.worth]
        low = sum((min(column) for column in columns), Fraction(0))
        high = sum((max(column) for column in columns), Fraction(0))
        bonuses = [points for number, _, points in self.bonuses() if number == party]
        return low + sum(p for p in bonuses if p < 0), high + sum(p for p in bonuses if p > 0)

    def most_weighted(self, weights: Sequence[Fraction]) -> Fraction:
        """No deal's sum of weights × values is above this: each issue, and each `together` term, at its best."""
        tops = (max(weighted_sum(weights, row) for row in rows) for rows in self.worth)
        bonus = (weights[party] * points for party, _, points in self.bonuses() if points > 0)
        return sum(tops, Fraction(0)) + sum(bonus, Fraction(0))

    def scale(self, party: int) -> int:
        """The smallest factor that makes every worth of a party (whole settlements) an integer."""
        parts = [worth[party].denominator for rows in self.worth for worth in rows]
        parts += [points.denominator for number, _, points in self.bonuses() if number == party]
        return lcm(*parts)


def weighted_sum(weights: Sequence[Fraction], values: Sequence[Fraction]) -> Fraction:
    """The sum of weights × values. Most values are 0: an asset is worth something to its holder alone."""
    return sum((weight * value for weight, value in zip(weights, values, strict=True) if value), Fraction(0))


def allowed_settlements(case: Case) -> tuple[tuple[tuple[str, ...], ...], tuple[Clause, ...]]:
    """For each issue the ids that may settle it, without those that a rule bars outright; and the other clauses."""
    clauses = case_clauses(case)
    barred = [clause for clause in clauses if len(clause.literals) == 1 and isinstance(clause.literals[0], Named)]
    tying = tuple(clause for clause in clauses if clause not in barred)
    principals = tuple(party.id for party in case.principals)
    return tuple(_settlements(principals, issue, barred) for issue in case.issues), tying


def _settlements(principals: tuple[str, ...], issue: Issue, barred: Sequence[Clause]) -> tuple[str, ...]:
    if isinstance(issue, Chosen):
        names = tuple(option.id for option in issue.options)
    else:
        names = (*principals, JOINT) if isinstance(issue, Asset) and issue.joint else principals
    if not barred:
        return names
    return tuple(name for name in names if all(_allows(clause, issue.id, name) for clause in barred))


def _allows(clause: Clause, issue: str, name: str) -> bool:
    literal = clause.literals[0]
    assert isinstance(literal, Named)
    return literal.issue != issue or (name in literal.names) == literal.wanted


def _row(case: Case, issue: Issue, parties: Sequence[str], name: str) -> tuple[Fraction, ...]:
    """What a settlement is worth to each party. Where one party gets it all, the others have the same nothing."""
    if name == JOINT or isinstance(issue, Chosen):
        return tuple(worth_of(case.preferences[party], issue, party, name) for party in parties)
    own = worth_of(case.preferences[name], issue, name, name)
    return tuple(own if party == name else _NOTHING for party in parties)


_NOTHING = Fraction(0)
