"""The AnyPrice share: what a party could buy with its entitlement, whoever sets the prices."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

from evenhand.case import Asset, Case
from evenhand.certify.bundles import has_burdens, why_no_bundles
from evenhand.certify.certificate import Certificate, undefined
from evenhand.certify.property import Property
from evenhand.certify.recheck import any_price as recheck
from evenhand.deals import Deal, value_of
from evenhand.solve import LARGEST_SUM, any_price_share

STEPS = 500
"""How many bundles are tried for each party whose simple bounds leave it open."""


def any_price(case: Case, deal: Deal, eyes: tuple[str, ...]) -> Certificate:
    """Each party in `eyes` has at least its AnyPrice share.

    Fails when bundles worth more to a party than what it has can be mixed, with no thing above its part of the
    weight. Holds when prices are given at which its budget buys nothing worth more than what it has.
    """
    why = _why_not(case, deal, eyes)
    if why:
        return undefined("any-price-share", why)
    rows = {party: _row(case, deal, party) for party in eyes}
    short = [party for party, row in rows.items() if Fraction(row["value"]) < Fraction(row["at_least"])]
    unknown = [party for party, row in rows.items() if Fraction(row["value"]) < Fraction(row["at_most"])]
    if short:
        return Certificate("any-price-share", "fails", {"parties": rows, "short": short}, _ASSUMED)
    if unknown:
        why = f"The share of {', '.join(unknown)} lies between two limits, and what they have between the same."
        return Certificate("any-price-share", "undecided", {"why": why, "parties": rows}, _ASSUMED)
    return Certificate("any-price-share", "holds", {"parties": rows}, _ASSUMED)


def _row(case: Case, deal: Deal, party: str) -> dict[str, Any]:
    """What the party has, its share (no less than, no more than), a mix that shows the one, prices the other."""
    numbers, scale = _whole_points(case, party)
    part = case.party(party).entitlement / sum((p.entitlement for p in case.principals), Fraction(0))
    value = value_of(case, deal, party)
    found = any_price_share(numbers, part, 0)
    if found.low <= value * scale < found.high:
        found = any_price_share(numbers, part, STEPS)
    names = [issue.id for issue in case.issues]
    return {
        "value": str(value),
        "at_least": str(Fraction(found.low, scale)),
        "at_most": str(Fraction(found.high, scale)),
        "mix": [{"bundle": [names[k] for k in bundle], "weight": str(weight)} for bundle, weight in found.mix],
        "prices": {name: str(price) for name, price in zip(names, found.prices, strict=True)},
    }


def _whole_points(case: Case, party: str) -> tuple[list[int], int]:
    """A party's points as whole numbers, and how many of them are one point."""
    points = [case.preferences[party].points[issue.id] for issue in case.issues]
    scale = lcm(*(number.denominator for number in points))
    return [int(number * scale) for number in points], scale


def _why_not(case: Case, deal: Deal, eyes: tuple[str, ...]) -> str | None:
    if why := why_no_bundles(case, deal, eyes):
        return why
    whole = all(isinstance(issue, Asset) for issue in case.issues)
    if not whole or any(deal.is_shared(issue.id) for issue in case.issues):
        return "It is about buying whole things, and something here is divided."
    if has_burdens(case):
        return "It is about things that everyone wants, and some here are burdens."
    if any(case.preferences[party].together for party in eyes):
        return "It is not computed where points come together."
    if any(sum(_whole_points(case, party)[0]) > LARGEST_SUM for party in eyes):
        return "The points are too fine or too large to price every bundle."
    return None


_ASSUMED = ("Rules that bar a party from something are left aside.",)

ANY_PRICE_SHARE = Property(
    id="any-price-share",
    title="As good as buying at any prices",
    meaning="Everyone gets at least what it could buy with its entitlement, whoever sets the prices.",
    own_meaning="You get at least what you could buy with your entitlement, whoever sets the prices.",
    definition="v_i(deal) ≥ min over prices p ≥ 0 that sum to 1 of max v_i(S) over bundles S with p(S) ≤ e_i/E.",
    source="Babaioff, Ezra and Feige, ACM Conference on Economics and Computation (2021)",
    by_hand="For each party bundles worth `at_least` or more to it, with weights that sum to 1, in which no thing has "
    "more weight than the entitled part; and prices at which no bundle for the entitled part of their sum is worth "
    "more than `at_most`. Add up the weights; go through things and budgets once.",
    cost="O(n m B) for budgets up to B = 2^18 where simple mixes and prices meet; else a stated number of steps",
    recheck_cost="O(n m B)",
    check=lambda examined: any_price(examined.case, examined.deal, examined.eyes),
    recheck=recheck.any_price_share,
    assumed=_ASSUMED,
    of_parts=True,
)
