"""Recheck of AnyPrice shares: weights are added up; one pass over things and budgets bounds what can be bought."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

from evenhand.certify.recheck import worth
from evenhand.certify.recheck.claim import Claim, group, number, numbers_of, rows_of, same, wrong
from evenhand.certify.recheck.meaning import needs_goods, needs_parts, needs_whole_things

LARGEST_BUDGET = 1 << 20
"""Budgets above this would be long work; none is written."""


def any_price_share(claim: Claim) -> None:
    """The witness has for each party what it has, a mix that shows the least, and prices that show the most.

    O(n m B) for budgets up to B.
    """
    needs_parts(claim)
    needs_whole_things(claim)
    needs_goods(claim)
    claim.only("parties", "short")
    rows = group(claim.witness.get("parties"), claim.eyes, "the parties")
    short = []
    for party in claim.eyes:
        fields = group(rows[party], ("value", "at_least", "at_most", "mix", "prices"), f"the row of {party}")
        value = worth.of_deal(claim.case, party, claim.deal)
        same(fields["value"], value, f"the value of {party}")
        same(fields["at_least"], _least(claim, party, fields["mix"]), f"at_least of {party}")
        same(fields["at_most"], _most(claim, party, fields["prices"]), f"at_most of {party}")
        if value < number(fields["at_least"], f"at_least of {party}"):
            short.append(party)
        elif claim.holds and value < number(fields["at_most"], f"at_most of {party}"):
            wrong(f"{party} has less than the most that it could buy")
    if short or "short" in claim.witness:
        same(claim.witness.get("short"), short, "those who have less than their share")
    claim.verdict_is(holds=not short)


def _part(claim: Claim, party: str) -> Fraction:
    """What the party is entitled to of everything."""
    return claim.case.party(party).entitlement / sum((p.entitlement for p in claim.case.principals), Fraction(0))


def _least(claim: Claim, party: str, mix: Any) -> Fraction:
    """The least worth of a bundle in the mix, whose weights must sum to 1 and load no thing too much."""
    things = [issue.id for issue in claim.case.issues]
    borne = dict.fromkeys(things, Fraction(0))
    total, worths = Fraction(0), []
    for entry in rows_of(mix, f"the mix of {party}"):
        fields = group(entry, ("bundle", "weight"), f"an entry of the mix of {party}")
        bundle = [str(thing) for thing in rows_of(fields["bundle"], "a bundle")]
        weight = number(fields["weight"], "a weight")
        if weight < 0 or len(set(bundle)) < len(bundle) or not set(bundle) <= set(things):
            wrong(f"a bundle in the mix of {party} is none, or has a weight below zero")
        for thing in bundle:
            borne[thing] += weight
        total += weight
        worths.append(worth.of_part(claim.case, party, dict.fromkeys(bundle, Fraction(1))))
    if total != 1 or max(borne.values(), default=Fraction(0)) > _part(claim, party):
        wrong(f"the weights of {party} do not sum to 1, or some thing has more than its part of them")
    return min(worths)


def _most(claim: Claim, party: str, given: Any) -> Fraction:
    """The most that the entitled part of all prices buys: the best worth for each sum of prices, thing by thing."""
    things = [issue.id for issue in claim.case.issues]
    prices = numbers_of(given, things, f"the prices of {party}")
    budget = sum(prices.values(), Fraction(0)) * _part(claim, party)
    if any(price < 0 or price.denominator > 1 for price in prices.values()) or budget > LARGEST_BUDGET:
        wrong(f"the prices of {party} are not whole numbers of a moderate size")
    best = {0: Fraction(0)}
    for thing in things:
        gain, price = claim.case.preferences[party].points[thing], int(prices[thing])
        bought = {cost + price: value + gain for cost, value in best.items() if cost + price <= floor(budget)}
        for cost, value in bought.items():
            if value > best.get(cost, Fraction(-1)):
                best[cost] = value
    return max(best.values())
