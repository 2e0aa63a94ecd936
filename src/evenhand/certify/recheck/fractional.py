"""Recheck of Pareto optimality among shares: weights, a circle of exchanges, or a waste."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import Any

from evenhand.case import Asset, Divisible, Issue
from evenhand.certify.recheck import rules
from evenhand.certify.recheck.claim import Claim, group, numbers_of, rows_of, same, wrong
from evenhand.certify.recheck.meaning import needs_shares


def fractionally_pareto_optimal(claim: Claim) -> None:
    """Holds by weights; fails by a circle of exchanges or by something wasted. O(n m)."""
    needs_shares(claim)
    name = "weights" if claim.holds else "circle" if "circle" in claim.witness else "wasted"
    group(claim.witness, (name,), "the witness")
    {"weights": _weights, "circle": _circle, "wasted": _wasted}[name](claim, claim.witness[name])


def _points(claim: Claim, party: str, issue: Issue) -> Fraction:
    return claim.case.preferences[party].points[issue.id]


def _weights(claim: Claim, given: Any) -> None:
    """Every thing must lie only where weighted points are largest, among those who may hold it."""
    weights = numbers_of(given, claim.parties, "the weight")
    if min(weights.values()) <= 0:
        wrong("a weight is not above 0")
    for issue in claim.case.issues:
        may = rules.settlements(claim.case, issue)
        most = max((weights[party] * _points(claim, party, issue) for party in may), default=None)
        for holder in claim.deal.shares(issue.id):
            if most is not None and weights[holder] * _points(claim, holder, issue) < most:
                wrong(f"{issue.id} would count for more elsewhere than with {holder}")


def _passing(claim: Claim, given: Any) -> tuple[Asset | Divisible, str, str]:
    """A thing, one who holds some of it, and another who may hold it."""
    if not isinstance(given, dict):
        wrong("an exchange is not written as one")
    issues = {issue.id: issue for issue in claim.case.issues}
    issue = issues.get(str(given.get("issue")))
    giver, taker = str(given.get("from")), str(given.get("to"))
    if not isinstance(issue, Asset | Divisible):
        wrong(f"there is no thing “{given.get('issue')}”")
    if giver not in claim.deal.shares(issue.id) or taker == giver:
        wrong(f"{giver} does not hold {issue.id}, or keeps it")
    if taker not in rules.settlements(claim.case, issue):
        wrong(f"{taker} may not hold {issue.id}")
    return issue, giver, taker


def _circle(claim: Claim, given: Any) -> None:
    """Each exchange loses one party less per point than the next gains, and all together less than 1."""
    rows = rows_of(given, "the circle")
    ratios, ways = [], []
    for row in rows:
        issue, giver, taker = _passing(claim, row)
        loser, gainer = (taker, giver) if issue.burden else (giver, taker)
        loses, gains = _points(claim, loser, issue), _points(claim, gainer, issue)
        if loses * gains <= 0:
            wrong(f"{issue.id} counts nothing for {loser} or {gainer}")
        named = {"issue": issue.id, "from": giver, "to": taker}
        same(row, {**named, "loses_per_point_gained": loses / gains}, f"the exchange of {issue.id}")
        ratios.append(loses / gains)
        ways.append((loser, gainer))
    if not ways or any(one[1] != two[0] for one, two in zip(ways, [*ways[1:], ways[0]], strict=True)):
        wrong("the exchanges do not close to a circle")
    if prod(ratios) >= 1:
        wrong("going round the circle helps nobody")


def _wasted(claim: Claim, given: Any) -> None:
    """The holder loses nothing (or gains) by giving it away; the other gains (or loses nothing)."""
    issue, giver, taker = _passing(claim, given)
    loses, gains = _points(claim, giver, issue), _points(claim, taker, issue)
    expected = {"issue": issue.id, "from": giver, "to": taker, "loses": loses, "gains": gains}
    same(given, expected, "what is wasted")
    if not (loses <= 0 <= gains and loses < gains):
        wrong(f"{issue.id} is not wasted with {giver}")
