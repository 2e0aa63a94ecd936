"""No deal's product exceeds the limit, and the limit follows from the multipliers and prices that are given."""

from __future__ import annotations

import random
from fractions import Fraction
from math import prod
from typing import Any

import pytest

import oracle
from evenhand.case import Case
from evenhand.certify import certify
from evenhand.certify.nash_bound import nash_bound
from evenhand.deals import Deal
from making import case_of, random_case, random_deal

SHAPES: dict[str, dict[str, Any]] = {
    "plain": {},
    "entitled": {"entitled": 3},
    "zeros": {"zeros": 0.5},
    "choices": {"choices": 2, "assets": 2},
    "together": {"together": 2, "negative": False},
    "joint": {"joint": 0.5},
    "ruled": {"rules": 3},
}


def _number(text: str) -> Fraction:
    digits, _, tens = text.partition("e")
    return Fraction(digits) * Fraction(10) ** int(tens or 0)


@pytest.mark.parametrize("shape", SHAPES)
def test_no_deal_that_keeps_the_rules_exceeds_the_limit(shape: str) -> None:
    defined = 0
    for seed in range(20):
        rng = random.Random(f"bound {shape} {seed}")
        case = random_case(rng, **SHAPES[shape])
        deal = random_deal(rng, case)
        found = nash_bound(case, deal)
        if found.verdict == "undefined":
            continue
        defined += 1
        limit = _number(found.witness["limit"])
        others = [
            oracle.values(case, settled) for settled in oracle.every_deal(case) if oracle.keeps_rules(case, settled)
        ]
        assert all(_product(case, values) <= limit for values in others), seed
        own = _product(case, oracle.values(case, deal.settlements))
        assert _number(found.witness["product"]) <= own <= limit, seed
        assert found.witness["largest_possible"] == (own == limit)
    assert defined > 8


def _product(case: Case, values: oracle.Values) -> Fraction:
    """Each value to the power of its entitlement, as the smallest whole numbers."""
    return oracle.nash_rank(case, values)[1] if all(value > 0 for value in values) else Fraction(0)


def test_the_limit_is_that_of_its_multipliers_and_prices() -> None:
    for seed in range(60):
        rng = random.Random(f"prices {seed}")
        case = random_case(rng, parties=rng.choice([2, 3]), divisible=rng.choice([0, 1]), entitled=2)
        witness = nash_bound(case, random_deal(rng, case)).witness
        if "limit" not in witness:
            continue
        m = {party: Fraction(text) for party, text in witness["multipliers"].items()}
        points = {party: case.preferences[party].points for party in m}
        prices = {issue.id: max(m[p] * points[p][issue.id] for p in m) for issue in case.issues}
        assert {issue: Fraction(text) for issue, text in witness["prices"].items()} == prices
        e = dict(zip(m, oracle.powers(case), strict=True))
        total = sum(e.values())
        assert witness["sum_of_entitlements"] == str(total)
        limit = prod((e[p] / m[p]) ** e[p] for p in m) * (sum(prices.values()) / total) ** total
        assert limit <= _number(witness["limit"]) <= limit * (1 + Fraction(1, 10**9))


def test_useless_suggestions_do_no_harm() -> None:
    case = random_case(random.Random(1), zeros=0.0)
    deal = random_deal(random.Random(2), case)
    plain = nash_bound(case, deal)
    for suggested in ({}, {"ana": Fraction(0)}, dict.fromkeys(oracle.names(case), Fraction(10**9))):
        found = nash_bound(case, deal, suggested)
        assert found.verdict == "holds"
        assert _number(found.witness["limit"]) <= _number(plain.witness["limit"])


def test_a_deal_that_breaks_a_rule_does_not_pass_the_limit() -> None:
    rules = [{"kind": "forbid", "forbid": {"i1": "ana"}}]
    case = case_of({"ana": [100, 1], "ben": [1, 1]}, rules=rules)
    deal = Deal.of(case, {"i1": "ana", "i2": "ben"})
    witness = nash_bound(case, deal).witness
    assert _number(witness["limit"]) >= _number(witness["product"]) == 100


@pytest.mark.parametrize("entitlements", [[1, 1000], ["0.3333", "0.6667"], ["0.333333333333", "0.666666666667"]])
def test_entitlements_of_any_fineness_have_a_limit(entitlements: list[Any]) -> None:
    case = case_of({"ana": [5, 7, 9], "ben": [4, 6, 8]}, entitlements=entitlements)
    for settled in oracle.every_deal(case):
        found = {c.property: c for c in certify(case, Deal.of(case, settled))}["nash-bound"]
        assert found.verdict == "holds"
        assert 0 <= found.witness["reached"] <= 1
