"""The subsidy ends all envy, nobody pays, and none of all ways to hand out needs less."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations, product

import pytest

from evenhand.case import Case
from evenhand.deals import NoDeal
from evenhand.divide import PROCEDURES, Options
from evenhand.divide.money import subsidy
from making import PARTIES, case_of, random_case, with_money

SUBSIDY = PROCEDURES["envy-free-subsidy"]
Owners = tuple[str, ...]


def _worth(case: Case, party: str, owners: Owners, holder: str) -> Fraction:
    points = case.preferences[party].points
    return sum((points[i.id] for i, owner in zip(case.issues, owners, strict=True) if owner == holder), Fraction(0))


def _needed(case: Case, owners: Owners) -> Fraction | None:
    """The least that ends envy, raised bit by bit as somebody envies; None: it never ends."""
    ids = [party.id for party in case.principals]
    paid = dict.fromkeys(ids, Fraction(0))
    for _ in range(len(ids) + 1):
        raised = {
            one: max(_worth(case, one, owners, two) + paid[two] - _worth(case, one, owners, one) for two in ids)
            for one in ids
        }
        if raised == paid:
            return sum(paid.values(), Fraction(0))
        paid = raised
    return None


def _ways(case: Case) -> Iterator[Owners]:
    ids = [party.id for party in case.principals]
    one_each = case.money is not None and case.money.one_each
    yield from permutations(ids) if one_each else product(ids, repeat=len(case.issues))


def _keeps_its_promise(case: Case) -> Fraction:
    deal = SUBSIDY.find(case, Options()).deal
    ids = [party.id for party in case.principals]
    owners = tuple(str(deal[issue.id]) for issue in case.issues)
    paid = {party: deal.payments.get(party, Fraction(0)) for party in ids}
    assert case.money is not None
    assert sum(paid.values()) == case.money.to_pay - deal.subsidy
    assert max(paid.values()) <= case.money.to_pay / len(ids)
    for one, two in product(ids, ids):
        assert _worth(case, one, owners, one) - paid[one] >= _worth(case, one, owners, two) - paid[two]
    return deal.subsidy


def test_no_way_to_hand_out_needs_a_smaller_subsidy() -> None:
    needed = 0
    for seed in range(700):
        rng = random.Random(f"subsidy {seed}")
        size = {"parties": 3, "assets": 3} if seed % 5 == 0 else {"parties": 2, "assets": rng.randint(1, 4)}
        case = with_money(random_case(rng, **size, burdens=0.25 * (seed % 3), top=9), to_pay=rng.choice([0, 0, 4]))
        found = _keeps_its_promise(case)
        assert found == min(least for way in _ways(case) if (least := _needed(case, way)) is not None)
        needed += found > 0
    assert needed > 100


def test_one_thing_each_needs_no_less_either() -> None:
    for seed in range(300):
        rng = random.Random(f"each {seed}")
        size = rng.randint(1, 4)
        table = {party: [rng.randint(-3, 9) for _ in range(size)] for party in PARTIES[:size]}
        shapes = [{"id": f"i{n}"} for n in range(size)]
        case = with_money(case_of(table, shapes), one_each=True)
        found = _keeps_its_promise(case)
        assert found == min(least for way in _ways(case) if (least := _needed(case, way)) is not None)


def test_many_things_go_to_the_highest_and_what_is_not_proved_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subsidy, "LISTED", 1)
    for seed in range(100):
        case = with_money(random_case(random.Random(f"many {seed}"), parties=3, assets=4))
        total = _keeps_its_promise(case)
        outcome = SUBSIDY.find(case, Options())
        owners = tuple(str(outcome.deal[issue.id]) for issue in case.issues)
        assert total == _needed(case, owners)
        assert outcome.method.gap == float(total)
        assert outcome.method.exact == (total == 0)


def test_the_part_of_what_is_paid_together_keeps_to_the_budgets() -> None:
    case = with_money(case_of({"ana": [5, 5], "ben": [5, 5]}), {"ben": 4}, to_pay=10)
    with pytest.raises(NoDeal, match="have ben pay 5, and its budget is 4"):
        SUBSIDY.find(case, Options())


@pytest.mark.parametrize(
    ("case", "phrase"),
    [
        (case_of({"ana": [1], "ben": [2]}), "add `money"),
        (with_money(case_of({"ana": [1], "ben": [2]}, entitlements=[1, 2])), "alike"),
        (with_money(random_case(random.Random(1), divisible=1)), "whole things"),
        (with_money(case_of({"ana": [1], "ben": [2]}), one_each=True), "1 for 2 parties"),
        (
            with_money(case_of({"ana": [1], "ben": [2]}, ana={"together": [{"when": {"i1": "ana"}, "points": 1}]})),
            "simply add",
        ),
    ],
)
def test_what_has_no_such_subsidy_is_refused_with_the_reason(case: Case, phrase: str) -> None:
    assert phrase in str(SUBSIDY.refusal(case))
