"""Recheck of the limit on products: prices added up, and powers compared exactly."""

from __future__ import annotations

import re
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from evenhand.certify.recheck import rules, worth
from evenhand.certify.recheck.claim import LONGEST, Claim, group, number, numbers_of, same, wrong
from evenhand.certify.recheck.meaning import needs_products
from evenhand.solve.powers import Powers, compare_with_one

_ROUNDED = re.compile(r"([0-9]{1,40})e(-?[0-9]{1,15})")
_DECIMAL = re.compile(r"[01](\.[0-9]{1,6})?")
_NEAR = Fraction(1, 10**9)
"""How far, relatively, a product that was rounded may lie from the true one."""
_NAMES = (
    *("multipliers", "prices", "sum_of_prices", "sum_of_entitlements", "limit", "product", "reached"),
    "largest_possible",
)


def nash_bound(claim: Claim) -> None:
    """Prices follow from the multipliers, the limit from the prices, and what is reached from both. O(n² m)."""
    needs_products(claim)
    claim.verdict_is(holds=True)
    witness = group(claim.witness, _NAMES, "the witness")
    multipliers = numbers_of(witness["multipliers"], claim.parties, "the multiplier")
    if min(multipliers.values()) <= 0:
        wrong("a multiplier is not above 0")
    prices = _prices(claim, multipliers)
    spent = sum(prices.values(), Fraction(0))
    exponents = _whole_entitlements(claim)
    total = sum(exponents.values())
    same(witness["prices"], prices, "the prices")
    same(witness["sum_of_prices"], spent, "the sum of prices")
    same(witness["sum_of_entitlements"], Fraction(total), "the sum of entitlements")
    limit = [(spent / total, total), *((e / multipliers[party], e) for party, e in exponents.items())]
    values = {party: worth.of_deal(claim.case, party, claim.deal) for party in claim.parties}
    product = [(values[party], e) for party, e in exponents.items()] if all(values.values()) else None
    _limit_is(witness["limit"], limit)
    _product_is(witness["product"], product)
    _reached_is(witness, product, limit, total)


def _prices(claim: Claim, multipliers: dict[str, Fraction]) -> dict[str, Fraction]:
    """The most that a settlement of each issue brings; settlements that a rule bars count if the deal breaks a rule."""
    case = claim.case
    kept = rules.kept(case, claim.deal)
    table = {}
    for issue in case.issues:
        names = rules.settlements(case, issue, barred=kept)
        rows = [sum(m * worth.of_settlement(case, p, issue, name) for p, m in multipliers.items()) for name in names]
        if rows:
            table[issue.id] = Fraction(max(rows))
    terms = [(m, term.points) for party, m in multipliers.items() for term in case.preferences[party].together]
    together = sum((m * points for m, points in terms), Fraction(0))
    return {**table, "(together)": together} if together else table


def _whole_entitlements(claim: Claim) -> dict[str, int]:
    raw = {party.id: party.entitlement for party in claim.case.principals}
    below = lcm(*(part.denominator for part in raw.values()))
    whole = {party: int(part * below) for party, part in raw.items()}
    return {party: part // gcd(*whole.values()) for party, part in whole.items()}


def _read(given: Any, where: str) -> Powers:
    """A product as written: a number, or digits and a power of ten."""
    found = _ROUNDED.fullmatch(given) if isinstance(given, str) and len(given) <= LONGEST else None
    powers = [(Fraction(found[1]), 1), (Fraction(10), int(found[2]))] if found else [(number(given, where), 1)]
    if powers[0][0] <= 0:
        wrong(f"{where} is not above 0")
    return powers


def _over(one: Powers, other: Powers, factor: Fraction = Fraction(1)) -> Powers:
    """one / other · factor."""
    return [*one, *((1 / base, exponent) for base, exponent in other), (factor, 1)]


def _limit_is(given: Any, limit: Powers) -> None:
    """Never below the true limit, and near it."""
    written = _read(given, "the limit")
    if compare_with_one(_over(written, limit)) < 0 or compare_with_one(_over(written, limit, 1 - _NEAR)) > 0:
        wrong("the limit is not what the prices give")


def _product_is(given: Any, product: Powers | None) -> None:
    """Never above the true product, and near it."""
    if product is None:
        same(given, Fraction(0), "the product")
        return
    written = _read(given, "the product")
    if compare_with_one(_over(written, product)) > 0 or compare_with_one(_over(written, product, 1 + _NEAR)) < 0:
        wrong("the product is not that of the values")


def _reached_is(witness: Any, product: Powers | None, limit: Powers, total: int) -> None:
    """The part of the limit that is reached, per unit of entitlement, to six decimals and never above it."""
    given = witness["reached"]
    if not isinstance(given, str) or not _DECIMAL.fullmatch(given):
        wrong("what is reached is no decimal between 0 and 1")
    reached, all_of_it = Fraction(given), product is not None and compare_with_one(_over(product, limit)) == 0
    same(witness["largest_possible"], all_of_it, "whether the product is the largest possible")
    if product is None or all_of_it:
        same(str(reached), Fraction(int(all_of_it)), "what is reached")
        return
    ratio = _over(product, limit)
    low, high = reached - Fraction(1, 10**9), reached + Fraction(2, 10**6)
    if (low > 0 and compare_with_one([*ratio, (1 / low, total)]) < 0) or compare_with_one(
        [*ratio, (1 / high, total)]
    ) > 0:
        wrong("what is reached does not follow from the product and the limit")
