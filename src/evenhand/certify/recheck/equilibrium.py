"""Recheck of equilibrium prices: parts are paid for, and points are compared with prices."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

from evenhand.case import Asset, Divisible
from evenhand.certify.recheck import worth
from evenhand.certify.recheck.claim import Claim, group, numbers_of, same, wrong
from evenhand.certify.recheck.meaning import needs_shares


def equilibrium_prices(claim: Claim) -> None:
    """Holds by prices; fails by a better buy, or by one who has nothing it wants. O(n m)."""
    needs_shares(claim)
    wants = [any(claim.case.preferences[party].points.values()) for party in claim.parties]
    burdens = any(isinstance(issue, Asset | Divisible) and issue.burden for issue in claim.case.issues)
    if burdens or claim.case.rules or any(claim.deal.payments.values()) or not all(wants):
        wrong("it has no meaning here: burdens, rules, payments, or one who wants nothing")
    if claim.holds:
        witness = group(claim.witness, ("prices", "budgets"), "the witness")
        _prices(claim, witness["prices"], witness["budgets"])
    elif "without" in claim.witness:
        party = group(claim.witness, ("without",), "the witness")["without"]
        if party not in claim.parties or worth.of_deal(claim.case, party, claim.deal) > 0:
            wrong(f"{party} is not without anything it wants")
    else:
        _better_buy(claim, group(claim.witness, ("better_buy",), "the witness")["better_buy"])


def _points(claim: Claim, party: str, issue: str) -> Fraction:
    return claim.case.preferences[party].points[issue]


def _prices(claim: Claim, given_prices: Any, given_budgets: Any) -> None:
    """Budgets are as entitlements; every part costs its budget; what is held gives most points for the price."""
    issues = [issue.id for issue in claim.case.issues]
    prices = numbers_of(given_prices, issues, "the price")
    budgets = numbers_of(given_budgets, claim.parties, "the budget")
    if min(prices.values()) < 0:
        wrong("a price is below 0")
    entitled = {party.id: party.entitlement for party in claim.case.principals}
    rates = {budgets[party] / entitled[party] for party in claim.parties}
    if len(rates) > 1 or min(rates) <= 0:
        wrong("the budgets are not in proportion to the entitlements")
    for party in claim.parties:
        part = worth.part_of(claim.case, party, claim.deal)
        if sum((prices[issue] * share for issue, share in part.items()), Fraction(0)) != budgets[party]:
            wrong(f"the part of {party} does not cost its budget")
        # Points per unit of money: what the whole part gives is the most that anything may give.
        value = worth.of_part(claim.case, party, part)
        for issue in issues:
            if _points(claim, party, issue) * budgets[party] > value * prices[issue]:
                wrong(f"{issue} gives {party} more points for the price than what it holds")


def _better_buy(claim: Claim, given: Any) -> None:
    """Any fair price of a thing is its holder's points × entitlement / value; another would pay more."""
    names = ("issue", "holder", "other", "price", "worth_paying")
    row = group(given, names, "the better buy")
    issue, holder, other = (str(row[name]) for name in names[:3])
    known = {found.id for found in claim.case.issues}
    if issue not in known or other not in claim.parties or holder not in claim.deal.shares(issue):
        wrong(f"{holder} does not hold {issue}, or there is no {other}")
    expected = {"price": _fitting(claim, holder, issue), "worth_paying": _fitting(claim, other, issue)}
    same({name: row[name] for name in expected}, expected, "the better buy")
    if expected["worth_paying"] <= expected["price"]:
        wrong(f"{other} would not pay more for {issue} than {holder}")


def _fitting(claim: Claim, party: str, issue: str) -> Fraction:
    """The most a party would pay for a thing. Budgets are entitlements as whole numbers."""
    value = worth.of_deal(claim.case, party, claim.deal)
    if value == 0:
        wrong(f"{party} has nothing it wants")
    whole = lcm(*(other.entitlement.denominator for other in claim.case.principals))
    return _points(claim, party, issue) * claim.case.party(party).entitlement * whole / value
