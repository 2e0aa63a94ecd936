"""What a party might want: its unknown points, and what any deal is worth to it as a form in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from evenhand.bargain.doubt.form import Form, total
from evenhand.bargain.doubt.parts import Unknown
from evenhand.bargain.doubt.region import Region
from evenhand.case import JOINT, NO_DEAL, Asset, Cake, Case, Chosen, Divisible, Issue, Preference
from evenhand.deals import Deal, Settlement, deal_in_stretches, in_stretches, stretch_worths

RANK_ONLY = "rank-only"


@dataclass(frozen=True)
class Wants:
    """One party's possible points (`region`) and the worth of everything in them.

    `points` has a form for each issue, a cake as its stretches; `values` one for each option (and `joint`), in
    points. `named` says what each unknown is: (issue, option), ("", "") for no deal, option "" for points.
    """

    case: Case
    party: str
    region: Region
    named: tuple[tuple[str, str], ...]
    points: Mapping[str, Form]
    values: Mapping[str, Mapping[str, Form]]
    no_deal: Form

    @classmethod
    def of(cls, case: Case, party: str) -> Wants:
        """What the case says of one party; nothing of any other party is read."""
        return _Reader(case, party).read()

    def worth(self, issue: Issue, settlement: Settlement) -> Form:
        """What one issue's settlement is worth; of a case whose cakes are their stretches."""
        if isinstance(issue, Chosen) or settlement == JOINT:
            return self.values[issue.id][str(settlement)]
        shares = {settlement: Fraction(1)} if isinstance(settlement, str) else settlement
        return self.points[issue.id].times(shares.get(self.party, Fraction(0)))

    def value(self, deal: Deal) -> Form:
        """What a deal is worth: its issues, what comes together, less what the party pays."""
        stretched = in_stretches(self.case)
        deal = deal_in_stretches(self.case, deal)
        worths = [self.worth(issue, deal[issue.id]) for issue in stretched.issues]
        return total([*worths, Form(self.together(deal.settlements) - deal.payments.get(self.party, Fraction(0)))])

    def together(self, settlements: Mapping[str, Settlement]) -> Fraction:
        """What comes or goes because several things hold at once; what is not named meets no condition."""
        terms = self.case.preferences[self.party].together
        return sum((term.points for term in terms if _met(term.when, settlements)), Fraction(0))

    @property
    def in_doubt(self) -> bool:
        """Whether anything is unknown."""
        return bool(self.region.unknowns)


def _met(when: Mapping[str, Iterable[str]], settlements: Mapping[str, Settlement]) -> bool:
    return all(isinstance(found := settlements.get(issue), str) and found in names for issue, names in when.items())


class _Reader:
    """Collects the unknowns of one party and the conditions on them."""

    def __init__(self, case: Case, party: str) -> None:
        self.case = case
        self.party = party
        self.preference: Preference = case.preferences[party]
        self.unknowns: list[Unknown] = []
        self.named: list[tuple[str, str]] = []
        self.zero: list[Form] = []
        self.least: list[Form] = []
        self.points: dict[str, Form] = {}
        self.values: dict[str, dict[str, Form]] = {}

    def read(self) -> Wants:
        for issue in self.case.issues:
            if not isinstance(interval := self._doubt(issue.id), str):
                self.points[issue.id] = self._between(self.preference.points[issue.id], *interval, (issue.id, ""))
        for burden in (False, True):
            self._rank([issue.id for issue in self.case.issues if _is_burden(issue) == burden], -1 if burden else 1)
        for issue in self.case.issues:
            if isinstance(issue, Chosen) or (isinstance(issue, Asset) and issue.joint):
                self.values[issue.id] = dict(self._values(issue))
        given = self.preference.no_deal
        no_deal = self._between(given, *(self.preference.no_deal_doubt or (given, given)), ("", ""))
        self._spread_cakes()
        bare = Wants(self.case, self.party, Region(()), (), self.points, self.values, no_deal)
        for compared in self.preference.at_least_as_good:
            this, than = (_side(bare, side) for side in (compared.this, compared.than))
            self._at_least_zero(this - than)
        region = Region(tuple(self.unknowns), tuple(self.zero), tuple(self.least))
        return Wants(self.case, self.party, region, tuple(self.named), self.points, self.values, no_deal)

    def _doubt(self, issue: str) -> tuple[Fraction, Fraction] | str:
        given = self.preference.points[issue]
        if isinstance(self.preference.doubt, str):
            return RANK_ONLY
        return self.preference.doubt.get(issue, (given, given))

    def _between(self, written: Fraction, low: Fraction, high: Fraction, name: tuple[str, str]) -> Form:
        return Form(low) if low == high else self._unknown(Unknown(written, low, high), name)

    def _unknown(self, unknown: Unknown, name: tuple[str, str]) -> Form:
        self.unknowns.append(unknown)
        self.named.append(name)
        return Form(Fraction(0), {len(self.unknowns) - 1: Fraction(1)})

    def _at_least_zero(self, form: Form) -> None:
        """Keep a condition, unless it holds anyway between the ends of its unknowns."""
        if form.factors and self._end(form, upper=False) < 0:
            self.least.append(form)

    # Points that are no more than a place in an order

    def _rank(self, issues: Sequence[str], sign: int) -> None:
        """Unknowns for those issues of one sign that are rank-only, counted by weight (points × sign)."""
        weight = {issue: sign * self.preference.points[issue] for issue in issues}
        ranked = [issue for issue in issues if self._doubt(issue) == RANK_ONLY]
        everything = all(self._doubt(issue.id) == RANK_ONLY for issue in self.case.issues)
        cap = sum(weight.values()) if everything else sum(map(abs, self.preference.points.values()))
        levels: dict[Fraction, Form] = {}
        for height in sorted({weight[issue] for issue in ranked}, reverse=True):
            same = [issue for issue in ranked if weight[issue] == height]
            others = {issue: weight[issue] for issue in issues if issue not in ranked}
            levels[height] = self._level(same, height, sign, others, Fraction(cap), alone=not everything)
            self.points |= {issue: levels[height].times(Fraction(sign)) for issue in same}
        self._order(list(levels.values()))
        if everything and ranked:
            summed = total(self.points[issue].times(Fraction(sign)) for issue in ranked) - Form(Fraction(cap))
            if summed.factors:
                self.zero.append(summed)

    def _level(
        self,
        same: Sequence[str],
        height: Fraction,
        sign: int,
        others: Mapping[str, Fraction],
        cap: Fraction,
        *,
        alone: bool,
    ) -> Form:
        """The weight of issues ranked alike: between those of issues whose points are given."""
        forms = {issue: self.points[issue].times(Fraction(sign)) for issue in others}
        below = [forms[issue] for issue, other in others.items() if other < height]
        above = [forms[issue] for issue, other in others.items() if other > height]
        low = max((self._end(form, upper=False) for form in below), default=Fraction(0))
        high = min((self._end(form, upper=True) for form in above), default=cap)
        if low == high:
            return Form(low)
        level = self._unknown(Unknown(height, low, high, ceiling=alone), (same[0], ""))
        for form in below:
            self._at_least_zero(level - form)
        for form in above:
            self._at_least_zero(form - level)
        return level

    def _order(self, falling: Sequence[Form]) -> None:
        for upper, lower in pairwise(falling):
            self._at_least_zero(upper - lower)

    def _end(self, form: Form, *, upper: bool) -> Fraction:
        """The upper or lower end of a form, each unknown taken by itself."""
        ends = {k: (u.low, u.high) for k in form.factors for u in (self.unknowns[k],)}
        return form.constant + sum(
            (f * (ends[k][1] if (f > 0) == upper else ends[k][0]) for k, f in form.factors.items()), Fraction(0)
        )

    # Values of options, in points

    def _values(self, issue: Chosen | Asset) -> Iterator[tuple[str, Form]]:
        given = self.preference.values.get(issue.id, {JOINT: Fraction(0)})
        doubt = self.preference.values_doubt.get(issue.id, {})
        whole = self.points[issue.id]
        if isinstance(doubt, str):
            yield from self._ranked_values(issue, given, whole)
            return
        for option, value in given.items():
            low, high = doubt.get(option, (value, value))
            yield option, self._value(whole, value, low, high, (issue.id, option))

    def _value(self, whole: Form, value: Fraction, low: Fraction, high: Fraction, name: tuple[str, str]) -> Form:
        """An option's worth: its value times the points of the issue, where both may be unknown."""
        least, most = self._end(whole, upper=False) * low / 100, self._end(whole, upper=True) * high / 100
        if low == high or least == most:
            return whole.times(low / 100)
        written = whole.at([unknown.written for unknown in self.unknowns]) * value / 100
        worth = self._unknown(Unknown(written, least, most), name)
        if whole.factors:
            self._at_least_zero(worth - whole.times(low / 100))
            self._at_least_zero(whole.times(high / 100) - worth)
        return worth

    def _ranked_values(
        self, issue: Chosen | Asset, given: Mapping[str, Fraction], whole: Form
    ) -> Iterator[tuple[str, Form]]:
        choice = isinstance(issue, Chosen)
        low, high = (min(given.values()), max(given.values())) if choice else (Fraction(0), Fraction(100))
        levels = {low: whole.times(low / 100), high: whole.times(high / 100)}
        for value in sorted(set(given.values()) - {low, high}, reverse=True):
            first = next(option for option, other in given.items() if other == value)
            levels[value] = self._value(whole, value, low, high, (issue.id, first))
        self._order([levels[value] for value in sorted(set(given.values()) - {low, high}, reverse=True)])
        yield from ((option, levels[value]) for option, value in given.items())

    def _spread_cakes(self) -> None:
        """A cake's points as those of its stretches, named as `in_stretches` names them."""
        for cake in [issue for issue in self.case.issues if isinstance(issue, Cake)]:
            whole = self.points.pop(cake.id)
            one = self.preference.model_copy(update={"points": {cake.id: Fraction(1)}})
            for number, part in enumerate(stretch_worths(one, cake), 1):
                self.points[f"{cake.id}.{number}"] = whole.times(part)


def _is_burden(issue: Issue) -> bool:
    return isinstance(issue, Asset | Divisible) and issue.burden


def _side(wants: Wants, side: str | Mapping[str, Settlement]) -> Form:
    """What one side of a comparison is worth; issues that are not named count nothing."""
    if side == NO_DEAL:
        return wants.no_deal
    assert not isinstance(side, str)
    worths = [wants.worth(wants.case.issue(issue), term) for issue, term in side.items()]
    return total([*worths, Form(wants.together(side))])
