"""Recheck that no deal is better by merging the issues again, in plain whole numbers.

From the last issue to the first, sums of points are kept that can still reach the deal examined and that no other is
better than. Sums are kept apart by how they settle issues that a rule or `together` term ties to issues still open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

from evenhand.case import Divisible, Issue, Rule
from evenhand.certify.recheck import rules, worth
from evenhand.certify.recheck.claim import Claim, NotRecheckable, wrong

STEPS = 3_000_000
"""How many sums and comparisons are made at the most."""
Row = tuple[int, ...]
State = frozenset[tuple[str, str]]
"""(issue, settlement) of the issues settled so far that still matter."""


def nothing_better(claim: Claim) -> None:
    """Refute the claim if some deal is better. At most STEPS steps; else it is not recheckable."""
    if any(isinstance(issue, Divisible) for issue in claim.case.issues):
        wrong("issues that can be split cannot be merged")
    merge = _Merge(claim)
    if any(row != merge.now for rows in merge.run().values() for row in rows):
        wrong("some deal is better for somebody and worse for nobody")


class _Merge:
    def __init__(self, claim: Claim) -> None:
        self.case, self.parties, self.steps = claim.case, claim.parties, STEPS
        now = [worth.of_settlements(self.case, party, claim.deal) for party in self.parties]
        table = {k.id: self._worths(k) for k in self.case.issues}
        columns = [[v[p] for rows in table.values() for v in rows.values()] for p in range(len(now))]
        terms = [(p, term) for p, party in enumerate(self.parties) for term in self.case.preferences[party].together]
        for place, term in terms:
            columns[place].append(term.points)
        scales = [lcm(*(v.denominator for v in (*column, now[p]))) for p, column in enumerate(columns)]
        self.now = self._whole(now, scales)
        self.table = {k: {name: self._whole(row, scales) for name, row in rows.items()} for k, rows in table.items()}
        self.terms = [(term.when, p, int(term.points * scales[p])) for p, term in terms]
        self.rules = [(rule, _issues(rule)) for rule in self.case.rules if rules.ties(self.case, rule)]

    def _worths(self, issue: Issue) -> dict[str, list[Fraction]]:
        names = rules.settlements(self.case, issue)
        return {name: [worth.of_settlement(self.case, p, issue, name) for p in self.parties] for name in names}

    def _whole(self, values: Iterable[Fraction], scales: Iterable[int]) -> Row:
        return tuple(int(value * scale) for value, scale in zip(values, scales, strict=True))

    def run(self) -> Mapping[State, list[Row]]:
        """The maximal sums of all issues that reach the deal."""
        layer: dict[State, list[Row]] = {frozenset(): [(0,) * len(self.now)]}
        open_ = [issue.id for issue in self.case.issues]
        while open_:
            issue = open_.pop()
            layer = self._with(issue, set(open_), layer)
        return layer

    def _with(self, issue: str, left: set[str], layer: Mapping[State, list[Row]]) -> dict[State, list[Row]]:
        """One more issue is settled; `left` are those that are not."""
        found: dict[State, set[Row]] = {}
        needed, tied = self._needed(left), self._tied(left)
        for state, rows in layer.items():
            for name, row in self.table[issue].items():
                settled = {**dict(state), issue: name}
                if not self._broken(issue, left, settled):
                    self._count(len(rows))
                    added = _plus(row, self._together(issue, left, settled))
                    totals = (_plus(one, added) for one in rows)
                    sums = found.setdefault(frozenset(pair for pair in settled.items() if pair[0] in tied), set())
                    sums |= {total for total in totals if all(a >= b for a, b in zip(total, needed, strict=True))}
        return {state: self._maximal(rows) for state, rows in found.items() if rows}

    def _needed(self, left: set[str]) -> Row:
        """What a sum must have to reach the deal if all that is open goes as well as it can."""
        most = [0] * len(self.now)
        for issue in left:
            for place in range(len(most)):
                most[place] += max((row[place] for row in self.table[issue].values()), default=0)
        for when, place, units in self.terms:
            if set(when) & left:
                most[place] += max(0, units)
        return tuple(now - more for now, more in zip(self.now, most, strict=True))

    def _tied(self, left: set[str]) -> set[str]:
        """The issues that a rule or term ties to one of those left."""
        groups = [issues for _, issues in self.rules] + [set(when) for when, _, _ in self.terms]
        return {issue for issues in groups if issues & left for issue in issues}

    def _broken(self, issue: str, left: set[str], settled: Mapping[str, str]) -> bool:
        """Whether a rule of which this was the last open issue is broken."""
        decided = [rule for rule, issues in self.rules if issue in issues and not issues & left]
        return any(rules.surely_broken(self.case, rule, settled) for rule in decided)

    def _together(self, issue: str, left: set[str], settled: Mapping[str, str]) -> Row:
        """What the terms of which this was the last open issue bring."""
        added = [0] * len(self.now)
        for when, place, units in self.terms:
            if issue in when and not set(when) & left and all(settled[k] in names for k, names in when.items()):
                added[place] += units
        return tuple(added)

    def _maximal(self, rows: Iterable[Row]) -> list[Row]:
        kept: list[Row] = []
        best = None
        for row in sorted(rows, reverse=True):
            if len(row) == 2:
                if best is None or row[1] > best:
                    kept.append(row)
                    best = row[1]
                continue
            self._count(len(kept))
            if not any(all(a >= b for a, b in zip(other, row, strict=True)) for other in kept):
                kept.append(row)
        return kept

    def _count(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise NotRecheckable(f"merging the issues again takes more than {STEPS:,} steps.")


def _plus(one: Row, other: Iterable[int]) -> Row:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _issues(rule: Rule) -> set[str]:
    return {issue for part in (rule.forbid, rule.require, rule.if_, rule.then) for issue in part or ()}
