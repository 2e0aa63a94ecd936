"""Recheck of Pareto optimality among whole assets: a better deal added up, or a walk walked again.

Whatever the weights (all above 0), a better deal has a larger weighted sum than the deal examined. The walk
parts all deals into branches, and each entry that closes a branch is checked by itself; nothing is searched.
Payments, being left as they are, count on neither side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from evenhand.case import Asset, Divisible, Issue
from evenhand.certify.recheck import merged, one_each, rules, worth
from evenhand.certify.recheck.claim import Claim, NotRecheckable, group, numbers_of, rows_of, same, wrong
from evenhand.certify.recheck.deals import deal_in

Values = dict[str, Fraction]


def pareto_optimal(claim: Claim) -> None:
    """Fails: a deal that keeps the rules and is better. O(n m). Holds: weights and branches. O(n m s + n b)."""
    if not claim.holds:
        _better_deal(claim)
        return
    if one_each.is_one_each(claim.case, claim.deal):
        one_each.no_circle(claim)
        return
    if claim.witness.get("because") == "merging":
        claim.only("because")
        merged.nothing_better(claim)
        return
    claim.only("because", "weights", "branches", "more_weights", "left_out")
    if claim.witness.get("because") not in ("weights", "search", "no deal keeps the rules"):
        wrong("why nothing is better is not said")
    weights = _positive(claim, claim.witness.get("weights"))
    if "left_out" in claim.witness:
        raise NotRecheckable(f"what was left out is {claim.witness['left_out']}.")
    more = [_positive(claim, row) for row in rows_of(claim.witness.get("more_weights", ()), "more_weights")]
    entries = rows_of(claim.witness.get("branches"), "the branches")
    if (claim.witness["because"] == "weights") != (list(entries) == ["-"]):
        wrong("the branches are not closed by what is said")
    _Walk(claim, weights, more, [str(entry) for entry in entries]).through()


def _positive(claim: Claim, given: Any) -> Values:
    weights = numbers_of(given, claim.parties, "the weight")
    if min(weights.values()) <= 0:
        wrong("a weight is not above 0")
    return weights


def _better_deal(claim: Claim) -> None:
    """The deal keeps the rules, leaves assets whole, and is better for somebody and worse for nobody."""
    group(claim.witness, ("better_deal", "points", "instead_of"), "the witness")
    better = deal_in(claim.case, claim.witness["better_deal"])
    one_each.must_stay_one_each(claim, better)
    if any(isinstance(issue, Asset) and better.is_shared(issue.id) for issue in claim.case.issues):
        wrong("the better deal does not leave assets whole")
    if not rules.kept(claim.case, better):
        wrong("the better deal breaks a rule")
    points, now = (
        {p: worth.of_settlements(claim.case, p, deal) for p in claim.parties} for deal in (better, claim.deal)
    )
    same(claim.witness["points"], points, "the points of the better deal")
    same(claim.witness["instead_of"], now, "the points of this deal")
    if points == now or any(points[party] < now[party] for party in claim.parties):
        wrong("the other deal is not better")


@dataclass
class _Branch:
    """An open branch: what is settled, what it loses by the weights, the most each party can still have."""

    settled: dict[str, str]
    loss: Fraction
    most: Values


@dataclass
class _Walk:
    """All deals, parted into branches in the order of the entries."""

    claim: Claim
    weights: Values
    more_weights: list[Values]
    entries: list[str]
    open: list[_Branch] = field(default_factory=list)

    def through(self) -> None:
        """Close every branch, or refute the claim."""
        self._lay_out()
        self.open = [_Branch({}, Fraction(0), dict(self.best))]
        for entry in self.entries:
            if not self.open:
                wrong("the walk goes on after its end")
            self._take(entry, self.open.pop())
        if self.open:
            wrong("the walk ends before every branch is closed")

    def _lay_out(self) -> None:
        """What settlements are worth; the best of each issue by the weights; how much may be lost. O(n m s)."""
        case, parties = self.claim.case, self.claim.parties
        self.issues: dict[str, Issue] = {issue.id: issue for issue in case.issues}
        self.rules = {rule.id: rule for rule in case.rules}
        self.now = {party: worth.of_settlements(case, party, self.claim.deal) for party in parties}
        self.table = {
            issue.id: {name: self._row(issue, name) for name in rules.settlements(case, issue)} for issue in case.issues
        }
        self.top = {k: max(map(self._weighted, rows.values()), default=Fraction(0)) for k, rows in self.table.items()}
        extras = [(party, term.points) for party in parties for term in case.preferences[party].together]
        gained = [(party, points) for party, points in extras if points > 0]
        reach = sum(self.top.values(), Fraction(0)) + sum((self.weights[p] * v for p, v in gained), Fraction(0))
        self.slack = reach - self._weighted(self.now)
        self.most = {k: self._column_maxima(k) for k in self.table}
        self.best = {p: sum((row[p] for row in self.most.values()), Fraction(0)) for p in parties}
        for party, points in gained:
            self.best[party] += points

    def _row(self, issue: Issue, name: str) -> Values:
        return {party: worth.of_settlement(self.claim.case, party, issue, name) for party in self.claim.parties}

    def _weighted(self, row: Mapping[str, Fraction]) -> Fraction:
        return sum((self.weights[party] * value for party, value in row.items() if value), Fraction(0))

    def _column_maxima(self, issue: str) -> Values:
        """The most of each party over the settlements that do not lose too much by themselves."""
        divisible = isinstance(self.issues[issue], Divisible)
        rows = [r for r in self.table[issue].values() if divisible or self._loss(issue, r) < self.slack]
        return {party: max((row[party] for row in rows), default=Fraction(0)) for party in self.claim.parties}

    def _loss(self, issue: str, row: Values) -> Fraction:
        return self.top[issue] - self._weighted(row)

    def _take(self, entry: str, branch: _Branch) -> None:
        """One entry closes a branch, or parts it by an issue."""
        if entry == "-":
            if branch.loss < self.slack:
                wrong("a branch said to lose too much does not")
        elif entry.startswith("<"):
            self._short(entry[1:], branch)
        elif entry.startswith("!"):
            rule = self.rules.get(entry[1:])
            if rule is None or not rules.surely_broken(self.claim.case, rule, branch.settled):
                wrong(f"rule {entry[1:]} is not broken where it is said to be")
        elif entry.startswith("@"):
            self._no_shares(entry[1:], branch)
        elif entry == "=":
            self._nothing_better(branch)
        else:
            self._part(entry.split(" "), branch)

    def _short(self, party: str, branch: _Branch) -> None:
        if party not in self.now or branch.most[party] >= self.now[party]:
            wrong(f"{party} is not short where it is said to be")

    def _part(self, words: list[str], branch: _Branch) -> None:
        """Every settlement not named must lose too much; the others become branches, the first named on top."""
        issue, *names = words
        known = self.table.get(issue)
        if known is None or issue in branch.settled or isinstance(self.issues[issue], Divisible):
            wrong(f"“{issue}” does not part this branch")
        if len(set(names)) != len(names) or not set(names) <= set(known):
            wrong(f"“{' '.join(names)}” are not settlements of {issue}")
        for name, row in known.items():
            if name not in names and branch.loss + self._loss(issue, row) < self.slack:
                wrong(f"{name} for {issue} is left out of a branch")
        for name in reversed(names):
            most = {p: branch.most[p] - self.most[issue][p] + known[name][p] for p in branch.most}
            loss = branch.loss + self._loss(issue, known[name])
            self.open.append(_Branch({**branch.settled, issue: name}, loss, most))

    def _settled_values(self, branch: _Branch) -> Values:
        """What the whole issues of a branch come to, all of them settled."""
        case = self.claim.case
        whole = [issue.id for issue in case.issues if not isinstance(issue, Divisible)]
        if any(issue not in branch.settled for issue in whole):
            wrong("a branch is closed before all is settled")
        values = {p: sum((self.table[k][branch.settled[k]][p] for k in whole), Fraction(0)) for p in self.now}
        for party in values:
            for term in case.preferences[party].together:
                if all(branch.settled[issue] in names for issue, names in term.when.items()):
                    values[party] += term.points
        return values

    def _nothing_better(self, branch: _Branch) -> None:
        values = self._settled_values(branch)
        divided = any(isinstance(issue, Divisible) for issue in self.issues.values())
        if divided or (values != self.now and all(values[party] >= self.now[party] for party in values)):
            wrong("a branch said to hold nothing better does")

    def _no_shares(self, place: str, branch: _Branch) -> None:
        """With other weights, even the best shares of every divisible come to no more than this deal."""
        if not place.isdecimal() or len(place) > 9 or int(place) >= len(self.more_weights):
            wrong(f"there are no weights of number {place}")
        weights, values = self.more_weights[int(place)], self._settled_values(branch)
        ahead = sum((weights[party] * (values[party] - self.now[party]) for party in values), Fraction(0))
        for issue in self.claim.case.issues:
            if isinstance(issue, Divisible):
                rows = self.table[issue.id]
                ahead += max(weights[name] * rows[name][name] for name in rows)
        if ahead > 0:
            wrong("shares of the divisibles may help where it is said that none do")
