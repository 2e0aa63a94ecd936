"""Maximum Nash welfare finds what listing every deal finds."""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

import oracle
from evenhand.case import Case
from evenhand.certify.nash_bound import nash_bound
from evenhand.deals import NoDeal, Outcome
from evenhand.divide import PROCEDURES, Options
from making import PARTIES, case_of, random_case

NASH = PROCEDURES["nash"]

SEVEN = {"parties": 3, "assets": 7}
MIX: tuple[dict[str, Any], ...] = (
    SEVEN,
    {**SEVEN, "entitled": 3},
    {**SEVEN, "rules": 3},
    {**SEVEN, "rules": 2, "entitled": 3, "zeros": 0.4},
)


def test_the_quick_oracle_agrees_with_the_plain_one() -> None:
    for number in range(8):
        case = random_case(random.Random(number), assets=4, entitled=2, rules=number % 3)
        assert oracle.best_nash_in_whole_points(case) == oracle.best_deal(case, oracle.nash_rank)


def _agrees(case: Case, found: Outcome, best: tuple[Any, dict[str, str]]) -> None:
    deal = found.deal.settlements
    assert oracle.keeps_rules(case, deal)
    assert oracle.nash_rank(case, oracle.values(case, deal)) == best[0]
    if found.method.exact:
        assert dict(deal) == best[1], "of equals, the first in the order of the case"
        assert found.method.gap == 0


@pytest.mark.parametrize("part", range(10))
def test_nash_equals_brute_force_on_500_random_cases(part: int) -> None:
    """Fifty cases in each part: three parties, seven assets; plain, entitled, with rules, with both."""
    for number in range(50 * part, 50 * part + 50):
        rng = random.Random(f"nash {number}")
        case = random_case(rng, **MIX[number % len(MIX)])
        best = oracle.best_nash_in_whole_points(case)
        if best is None:
            with pytest.raises(NoDeal):
                NASH.run(case, Options())
            continue
        found = NASH.run(case, Options())
        assert found.method.exact, number
        _agrees(case, found, best)


SHAPES: dict[str, dict[str, Any]] = {
    "choices": {"choices": 2, "assets": 3},
    "only-choices": {"choices": 4, "assets": 0, "entitled": 2},
    "joint": {"joint": 0.6, "assets": 4},
    "together": {"together": 2, "rules": 1},
    "everything": {"together": 1, "rules": 3, "choices": 1, "joint": 0.3, "entitled": 3},
    "scarce": {"assets": 2, "parties": 4, "entitled": 2, "rules": 1},
    "zeros": {"zeros": 0.8, "top": 2, "entitled": 2},
    "alone": {"parties": 1, "rules": 1, "together": 1},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_nash_equals_brute_force_whatever_the_case_has(shape: str) -> None:
    for number in range(15):
        case = random_case(random.Random(f"{shape} {number}"), **SHAPES[shape])
        best = oracle.best_deal(case, oracle.nash_rank)
        if best is None:
            with pytest.raises(NoDeal):
                NASH.run(case, Options())
        else:
            _agrees(case, NASH.run(case, Options()), best)


def test_all_zero_points_give_the_first_deal_of_the_case() -> None:
    found = NASH.run(case_of({"ana": [0, 0], "ben": [0, 0]}), Options())
    assert dict(found.deal.settlements) == {"i1": "ana", "i2": "ana"}


def test_burdens_are_refused_in_words() -> None:
    case = case_of({"ana": [-1, 2], "ben": [-2, 3]}, [{"id": "debt", "burden": True}, "house"])
    assert "debt" in str(NASH.why_not(case))


# Whole assets, by column generation


def test_whole_assets_equal_brute_force_on_1000_small_cases() -> None:
    """Ties, zeros, bars, entitlements, identical parties: the first of the best deals, proved."""
    for number in range(1000):
        rng = random.Random(f"whole {number}")
        case = _whole_case(rng)
        best = oracle.best_nash_in_whole_points(case)
        if best is None:
            continue
        found = NASH.run(case, Options())
        assert found.method.exact, number
        _agrees(case, found, best)


def _whole_case(rng: random.Random) -> Case:
    parties, assets = rng.randint(1, 3), rng.randint(1, 5)
    rows = [[rng.randint(0, 9) * (rng.random() < 0.8) for _ in range(assets)] for _ in range(parties)]
    rows[-1] = rows[0] if rng.random() < 0.3 else rows[-1]
    names = PARTIES[:parties]
    bars = [{"kind": "forbid", "forbid": {f"i{rng.randint(1, assets)}": rng.choice(names)}} for _ in range(2)]
    entitlements = [rng.choice([1, 1, 2, 3]) for _ in names]
    rules = bars if rng.random() < 0.4 else []
    return case_of(dict(zip(names, rows, strict=True)), rules=rules, entitlements=entitlements)


def test_stopped_at_once_the_deal_is_sensible_and_the_gap_holds() -> None:
    for number in range(100):
        case = _whole_case(random.Random(f"stopped {number}"))
        best = oracle.best_deal(case, oracle.nash_rank)
        if best is None:
            continue
        found = NASH.run(case, Options(seconds=0.0))
        reached = oracle.nash_rank(case, oracle.values(case, found.deal.settlements))
        assert found.method.gap is not None
        if reached[0] == best[0][0]:
            assert math.log(best[0][1]) - math.log(reached[1]) <= found.method.gap + 1e-9, number


def test_a_short_time_gives_what_moves_and_swaps_reach() -> None:
    """Nobody could do better by one asset changing hands, although nothing was searched."""
    rng = random.Random(5)
    case = case_of({party: [rng.randint(1, 99) for _ in range(30)] for party in PARTIES[:6]})
    found = NASH.run(case, Options(seconds=0.1))
    product = oracle.nash_rank(case, oracle.values(case, found.deal.settlements))
    for asset, party in itertools.product(found.deal.settlements, PARTIES[:6]):
        moved = {**found.deal.settlements, asset: party}
        assert oracle.nash_rank(case, oracle.values(case, moved)) <= product


# Divisibles


def _divided(number: int, rules: int) -> Case:
    rng = random.Random(f"divisible {rules} {number}")
    shape = {"parties": rng.choice([2, 3]), "assets": rng.choice([0, 1, 2]), "divisible": rng.choice([1, 2])}
    return random_case(rng, top=9, zeros=0.2, entitled=2, rules=rules, **shape)


def _grid(case: Case, steps: int) -> list[dict[str, Any]]:
    """Every deal whose shares are multiples of 1/steps and that keeps the rules."""
    ids = oracle.names(case)
    splits = [
        {party: Fraction(part, steps) for party, part in zip(ids, parts, strict=True) if part}
        for parts in product(range(steps + 1), repeat=len(ids))
        if sum(parts) == steps
    ]
    divisible = [issue.id for issue in case.issues if issue.kind == "divisible"]
    deals = []
    for whole in oracle.every_deal(case):
        for chosen in product(splits, repeat=len(divisible)):
            settled = {**whole, **dict(zip(divisible, chosen, strict=True))}
            if oracle.keeps_rules(case, settled):
                deals.append(settled)
    return deals


@pytest.mark.parametrize("rules", [0, 2])
def test_no_split_on_a_grid_beats_the_exact_one(rules: int) -> None:
    for number in range(12):
        case = _divided(number, rules)
        shared = sum(issue.kind == "divisible" for issue in case.issues)
        grid = _grid(case, 12 if len(case.principals) == 2 or shared == 1 else 6)
        try:
            found = NASH.run(case, Options())
        except NoDeal:
            assert not grid, number
            continue
        assert found.method.exact, number
        assert oracle.keeps_rules(case, found.deal.settlements), number
        best = oracle.nash_rank(case, oracle.values(case, found.deal.settlements))
        assert all(oracle.nash_rank(case, oracle.values(case, settled)) <= best for settled in grid), number


def test_the_split_meets_the_conditions_for_the_largest_product_exactly() -> None:
    """Without rules: each divisible is held only by those with the largest e_i p_i / v_i (Eisenberg and Gale)."""
    for number in range(20):
        case = _divided(number, 0)
        found = NASH.run(case, Options())
        worth = {party: oracle.value(case, party, found.deal.settlements) for party in oracle.names(case)}
        for issue in case.issues:
            if issue.kind == "divisible" and all(worth.values()):
                rates = {
                    party.id: party.entitlement * case.preferences[party.id].points[issue.id] / worth[party.id]
                    for party in case.principals
                }
                assert all(rates[holder] == max(rates.values()) for holder in found.deal.shares(issue.id)), number


def test_where_everything_is_divisible_the_prices_leave_no_gap() -> None:
    for number in range(20):
        case = random_case(random.Random(f"tight {number}"), assets=0, divisible=3, zeros=0.0, entitled=3)
        found = NASH.run(case, Options())
        assert found.method.exact
        certificate = nash_bound(case, found.deal, found.multipliers)
        assert certificate.witness["largest_possible"], number
        assert certificate.witness["reached"] == 1.0


@pytest.mark.parametrize(
    ("rule", "share"),
    [
        ({"kind": "forbid", "forbid": {"i1": {"ana": "> 1/4"}}}, Fraction(1, 4)),
        ({"kind": "require", "require": {"i1": {"ana": ">= 3/4"}}}, Fraction(3, 4)),
        ({"kind": "require", "require": {"i1": {"ana": ">= 1/3"}}}, Fraction(1, 2)),
        ({"kind": "require", "require": {"i1": {"ana": "<= 0.0001"}}}, Fraction(1, 10000)),
    ],
)
def test_bounds_on_shares_are_kept_to_the_letter(rule: dict[str, Any], share: Fraction) -> None:
    case = case_of({"ana": [10], "ben": [7]}, [{"id": "i1", "kind": "divisible"}], rules=[rule])
    found = NASH.run(case, Options())
    assert found.deal.shares("i1")["ana"] == share
    assert found.method.exact


def test_a_party_that_lives_on_a_tiny_share_is_still_brought_above_zero() -> None:
    rule = {"kind": "require", "require": {"i1": {"ana": ">= 0.9999"}}}
    issues = [{"id": "i1", "kind": "divisible"}, "i2"]
    case = case_of({"ana": [10, 1], "ben": [10, 2], "cem": [10, 3]}, issues, rules=[rule])
    found = NASH.run(case, Options())
    assert min(oracle.values(case, found.deal.settlements)) > 0
    assert found.method.exact


def test_points_that_nobody_can_use_do_not_stop_the_split() -> None:
    case = case_of({"ana": [0, 3, 0], "ben": [0, 4, 0]}, ["i1", "i2", {"id": "i3", "kind": "divisible"}])
    found = NASH.run(case, Options())
    assert found.method.exact
    assert dict(found.deal.settlements) == {"i1": "ana", "i2": "ben", "i3": {"ana": 1}}
