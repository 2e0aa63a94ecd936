"""The next trade: one or two issues of a deal settled otherwise, so that everybody gains, by the smallest gain.

A trade keeps every rule. It changes whole issues to other settlements, shares of a divisible to any others, and,
where the case has money, payments within budgets. Best is the largest smallest gain, then the next smallest, then
the first in the case's order. Candidates are walked from the largest bound on their smallest gain downwards, so what
is found is the best of all; bounds are floats, gains are exact.

A single swap that helps both sides is the step H. Raiffa (The Art and Science of Negotiation, 1982) takes from a
settlement to a better one; here one that helps some and hurts nobody counts where none helps everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.reshare import Reshare, shared_gains
from evenhand.case import JOINT, Asset, Case
from evenhand.deals import Deal, applies, broken_rules, deal_in_stretches, deal_values, lay_out, with_cakes, worth_in
from evenhand.deals.rules import Named

_MARGIN, _DUST = 1e-9, 1e-13
"""Parts of the largest worth: bounds are off by less than the first; sums of a few floats by less than the second."""


@dataclass(frozen=True)
class Trade:
    """A deal that differs from `start` in the issues `changed` (and in payments), and what each party gains by it."""

    start: Deal
    deal: Deal
    changed: tuple[str, ...]
    gains: Mapping[str, Fraction]

    @property
    def helps_everybody(self) -> bool:
        """Whether all gain; else some do and nobody loses."""
        return all(gain > 0 for gain in self.gains.values())


Option = tuple[int, int]
"""(issue number, settlement number); settlement -1: its shares are to be found."""


def best_trade(case: Case, start: Deal) -> Trade | None:
    """The best trade from a deal, or None where no change of one or two issues helps somebody and hurts nobody.

    O(m² s²) for m issues of s settlements, in arrays. Raises NoDeal where rules bar every settlement of an issue.
    """
    search = _Search(case, start)
    best: tuple[Any, Deal, tuple[Option, ...]] | None = None
    for bound, options in search.candidates():
        if best is not None and bound < float(best[0][0][0]) - search.margin:
            break
        found = search.exactly(options)
        if found is not None and (best is None or _rank(found[0], options) > best[0]):
            best = (_rank(found[0], options), found[1], options)
    if best is None:
        return None
    deal = with_cakes(case, best[1])
    before, after = deal_values(case, start), deal_values(case, deal)
    changed = [issue.id for issue in case.issues if deal[issue.id] != start[issue.id]]
    return Trade(start, deal, tuple(changed), {party: after[party] - before[party] for party in before})


def _rank(gains: Sequence[Fraction], options: tuple[Option, ...]) -> tuple[Any, ...]:
    return (sorted(gains), -len(options), [(-k, -s) for k, s in options])


class _Search:
    """A case and a deal laid out, with what each other settlement of each issue would bring each party."""

    def __init__(self, case: Case, start: Deal) -> None:
        self.space = lay_out(case)
        self.case, self.start = self.space.case, deal_in_stretches(case, start)
        self.base = {issue.id: self._worth(issue.id) for issue in self.case.issues}
        self.steps = {number: self._steps(number) for number in range(len(self.space.issues))}
        self.holds = [applies(when, self.start) for _, when, _ in self.space.bonuses()]
        self.money = self.case.money is not None
        worths = [worth for rows in self.space.worth for row in rows for worth in row]
        largest = float(max(map(abs, [*worths, *(points for _, _, points in self.space.bonuses())])))
        self.margin, self.dust = _MARGIN * largest, _DUST * largest

    def _worth(self, issue: str) -> list[Fraction]:
        return [worth_in(self.case, self.case.issue(issue), self.start, party) for party in self.space.parties]

    def _steps(self, number: int) -> list[tuple[int, list[Fraction]]]:
        """(settlement, what it brings each party against the deal) of each other settlement of a whole issue."""
        issue, names = self.space.issues[number], self.space.settlements[number]
        if number in self.space.divisible:
            return []
        rows = zip(names, self.space.worth[number], strict=True)
        base = self.base[issue.id]
        return [
            (s, [a - b for a, b in zip(row, base, strict=True)])
            for s, (name, row) in enumerate(rows)
            if name != self.start[issue.id]
        ]

    def candidates(self) -> list[tuple[float, tuple[Option, ...]]]:
        """Changes that could help, with a bound on the smallest gain, the largest first, then in the case's order."""
        found = [*self._whole(), *self._with_shares()]
        found = [row for row in found if row[0] >= -self.margin]
        return sorted(found, key=lambda row: (-row[0], len(row[1]), row[1]))

    def _whole(self) -> Iterator[tuple[float, tuple[Option, ...]]]:
        """Changes of one or two whole issues."""
        issues = [number for number, steps in self.steps.items() if steps]
        rows = {k: np.array([[float(v) for v in row] for _, row in self.steps[k]]) for k in issues}
        for k in issues:
            bounds = self._bounds(rows[k][:, None, :] + self._bonus(k, None))
            yield from ((b, ((k, self.steps[k][s][0]),)) for b, s, _ in bounds)
        for k, j in combinations(issues, 2):
            bounds = self._bounds(rows[k][:, None, :] + rows[j][None, :, :] + self._bonus(k, j))
            yield from ((b, ((k, self.steps[k][s][0]), (j, self.steps[j][t][0]))) for b, s, t in bounds)

    def _bounds(self, gains: NDArray[np.float64]) -> Iterator[tuple[float, int, int]]:
        """(bound, row, column) of the changes that could help; with money, gains can be evened out."""
        least = gains.mean(axis=2) if self.money else gains.min(axis=2)
        for s, t in np.argwhere((least >= -self.margin) & (gains.max(axis=2) > self.dust)).tolist():
            yield float(least[s, t]), s, t

    def _bonus(self, k: int, j: int | None) -> NDArray[np.float64]:
        """What comes together, or no longer does, for each pair of settlements of one or two issues."""
        sizes = (len(self.steps[k]), len(self.steps[j]) if j is not None else 1, len(self.space.parties))
        added = np.zeros(sizes)
        for (party, when, points), held in zip(self.space.bonuses(), self.holds, strict=True):
            mine = [number for number in (k, j) if number is not None and self.space.issues[number].id in when]
            if mine:
                rest = {i: c for i, c in when.items() if self.space.number_of[i] not in mine}
                true = self._met(when, k)[:, None] & self._met(when, j)[None, :] & applies(rest, self.start)
                added[:, :, party] += float(points) * (true.astype(float) - held)
        return added

    def _met(self, when: Mapping[str, Any], number: int | None) -> NDArray[np.bool_]:
        """For each other settlement of an issue, whether it meets its condition (or there is none)."""
        if number is None:
            return np.ones(1, bool)
        names, issue = self.space.settlements[number], self.space.issues[number].id
        return np.array([issue not in when or names[s] in when[issue] for s, _ in self.steps[number]])

    def _with_shares(self) -> Iterator[tuple[float, tuple[Option, ...]]]:
        """Changes of the shares of a divisible, alone, with a whole issue, or with another divisible."""
        zero = [0.0] * len(self.space.parties)
        for d in self.space.divisible:
            yield self._bound_shared(d, zero), ((d, -1),)
            for k, steps in self.steps.items():
                bonus = self._bonus(k, None)
                for place, (s, row) in enumerate(steps):
                    gains = [float(v) + b for v, b in zip(row, bonus[place, 0], strict=True)]
                    yield self._bound_shared(d, gains), ((d, -1), (k, s))
        for d, e in combinations(self.space.divisible, 2):
            yield self._bound_two_shared(d, e), ((d, -1), (e, -1))

    def _whole_worth(self, d: int) -> list[Fraction]:
        """What all of a divisible is worth to each party."""
        return [row[party] for party, row in enumerate(self.space.worth[d])]

    def _bound_shared(self, d: int, gains: Sequence[float]) -> float:
        """A bound on the smallest gain when these gains are evened out by shares of a divisible."""
        whole = [float(v) for v in self._whole_worth(d)]
        if self.money:
            held = sum(float(v) for v in self.base[self.space.issues[d].id])
            return (sum(gains) + max(whole) - held) / len(gains)
        if all(whole):
            return sum(g / w for g, w in zip(gains, whole, strict=True)) / sum(1 / w for w in whole)
        return min(gain + abs(w) for gain, w in zip(gains, whole, strict=True))

    def _bound_two_shared(self, d: int, e: int) -> float:
        """A bound on the smallest gain when two divisibles are shared anew."""
        pairs = zip(self._whole_worth(d), self._whole_worth(e), strict=True)
        most = [abs(float(one)) + abs(float(other)) for one, other in pairs]
        return sum(most) if self.money else min(most)

    def exactly(self, options: tuple[Option, ...]) -> tuple[list[Fraction], Deal] | None:
        """The gains of a change and the deal after it; None where it breaks a rule, or hurts or helps nobody."""
        settled = dict(self.start.settlements)
        for k, s in options:
            if s >= 0:
                settled[self.space.issues[k].id] = self.space.settlements[k][s]
        cells = [k for k, s in options if s < 0]
        if not cells and not self._keeps(settled):
            return None
        deal = Deal.of(self.case, settled, self.start.payments, subsidy=self.start.subsidy)
        if cells:
            reshared = shared_gains(Reshare(self.space, self.start, deal, tuple(cells), summed=self.money))
            if reshared is None:
                return None
            deal = reshared
        before, after = self.space.values(self.start), self.space.values(deal)
        gains = [b - a for a, b in zip(before, after, strict=True)]
        if self.money:
            gains, deal = self._paid(gains, deal)
        if min(gains) < 0 or max(gains) <= 0 or broken_rules(self.case, deal):
            return None
        return gains, deal

    def _keeps(self, settled: Mapping[str, Any]) -> bool:
        """Whether the clauses on whole issues hold, and everyone has one thing where the case says so."""
        if self.case.money is not None and self.case.money.one_each:
            held = [settled[issue.id] for issue in self.case.issues if isinstance(issue, Asset)]
            if len(set(held)) < len(held) or JOINT in held:
                return False
        deal = Deal(settled)
        clauses = [c for c in self.space.clauses if all(isinstance(literal, Named) for literal in c.literals)]
        return all(clause.holds(deal) for clause in clauses)

    def _paid(self, gains: list[Fraction], deal: Deal) -> tuple[list[Fraction], Deal]:
        """The gains evened out by payments, as far as budgets allow, and the deal with them."""
        paid = [self.start.payments.get(party, Fraction(0)) for party in self.space.parties]
        budgets = [self.case.preferences[party].budget for party in self.space.parties]
        floors = [
            None if budget is None else gain + pay - budget
            for gain, pay, budget in zip(gains, paid, budgets, strict=True)
        ]
        even = _evened(sum(gains, Fraction(0)), floors)
        if even is None:
            return gains, deal
        flows = [pay + gain - new for pay, gain, new in zip(paid, gains, even, strict=True)]
        payments = dict(zip(self.space.parties, flows, strict=True))
        return even, Deal.of(self.case, deal.settlements, payments, subsidy=deal.subsidy)


def _evened(total: Fraction, floors: Sequence[Fraction | None]) -> list[Fraction] | None:
    """Gains that add up to the total, the smallest as large as can be, none below its floor; None: not possible."""
    for count in range(len(floors)):
        held = sorted((floor for floor in floors if floor is not None), reverse=True)[:count]
        if len(held) < count:
            return None
        level = (total - sum(held, Fraction(0))) / (len(floors) - count)
        even = [level if floor is None else max(level, floor) for floor in floors]
        if sum(even, Fraction(0)) == total:
            return even
    return None
