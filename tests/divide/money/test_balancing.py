"""The deal is the best for all together, and payments serve everyone equally well for its entitlement."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

import oracle
from evenhand.case import Case
from evenhand.deals import NoDeal, deal_values
from evenhand.divide import PROCEDURES, Options
from evenhand.divide.money import balancing
from making import case_of, random_case, with_money

BALANCING = PROCEDURES["balancing-payment"]
SHAPES = (
    {"parties": 2, "assets": 3},
    {"parties": 3, "assets": 2, "burdens": 0.4, "entitled": 3},
    {"parties": 2, "assets": 2, "choices": 1, "rules": 2, "together": 1, "joint": 0.3},
    {"parties": 3, "assets": 2, "choices": 1, "rules": 1},
    *({"parties": 2, "assets": 2, "entitled": 2, "burdens": 0.3},) * 6,
)


def _found(case: Case) -> Fraction | None:
    """The level everyone is brought to, after checks; None where rules clash."""
    try:
        deal = BALANCING.find(case, Options()).deal
    except NoDeal as reason:
        return None if reason.clash else Fraction(-(10**9))
    assert oracle.keeps_rules(case, deal.settlements)
    levels = {value / case.party(party).entitlement for party, value in deal_values(case, deal).items()}
    assert len(levels) == 1
    return levels.pop()


def test_nobody_could_be_brought_higher_by_any_deal_that_keeps_the_rules() -> None:
    clashes = 0
    for seed in range(1000):
        rng = random.Random(f"balance {seed}")
        to_pay = rng.choice([0, 0, 9, -5])
        case = with_money(random_case(rng, **SHAPES[seed % len(SHAPES)], top=9), to_pay=to_pay)
        level = _found(case)
        sums = [sum(oracle.values(case, settled)) for settled in oracle.kept_deals(case)]
        everyone = sum(party.entitlement for party in case.principals)
        clashes += level is None
        assert level == (max(sums) - to_pay) / everyone if sums else level is None
    assert clashes < 200


def test_shares_bound_by_rules_are_shared_for_the_largest_sum() -> None:
    rules = [{"kind": "require", "require": {"land": {"ben": ">= 1/4"}}}]
    case = case_of({"ana": [80, 10], "ben": [40, 20]}, [{"id": "land", "kind": "divisible"}, "car"], rules=rules)
    deal = BALANCING.find(with_money(case), Options()).deal
    assert deal.shares("land") == {"ana": Fraction(3, 4), "ben": Fraction(1, 4)}
    assert deal["car"] == "ben"
    assert deal.payments == {"ana": 15, "ben": -15}


def test_the_solver_finds_the_same_where_there_are_many_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [with_money(random_case(random.Random(f"many {n}"), choices=1, rules=2, top=9)) for n in range(20)]
    expected = [_found(case) for case in cases]
    monkeypatch.setattr(balancing, "_LISTED", 0)
    assert [_found(case) for case in cases] == expected


def test_one_payment_between_two_and_never_more_transfers_than_others() -> None:
    for seed in range(50):
        rng = random.Random(f"transfers {seed}")
        parties = rng.randint(2, 5)
        case = with_money(random_case(rng, parties=parties), to_pay=rng.choice([0, 20]))
        found = BALANCING.find(case, Options())
        rows = found.trace[-1].facts["transfers"]
        assert isinstance(rows, list)
        assert case.money is not None
        assert len(rows) <= parties - 1 + bool(case.money.to_pay)
        paid = dict.fromkeys([*deal_values(case, found.deal), "outside"], Fraction(0))
        for row in rows:
            paid[row["from"]] += Fraction(row["amount"])
            paid[row["to"]] -= Fraction(row["amount"])
        del paid["outside"]
        assert paid == (found.deal.payments or dict.fromkeys(paid, 0))


def test_whoever_cannot_pay_is_named_and_without_money_it_is_refused() -> None:
    case = case_of({"ana": [100], "ben": [60]})
    with pytest.raises(NoDeal, match="have ana pay 50, and its budget is 49"):
        BALANCING.find(with_money(case, {"ana": 49}), Options())
    assert "add `money" in str(BALANCING.refusal(case))
