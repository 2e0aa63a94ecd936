"""Leximin finds what listing every deal finds, with and without the solver."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

import oracle
from evenhand.case import Case
from evenhand.deals import NoDeal
from evenhand.divide import PROCEDURES, Options, leximin
from making import case_of, random_case

LEXIMIN = PROCEDURES["leximin"]
SHAPES: dict[str, dict[str, Any]] = {
    "plain": {"assets": 5},
    "entitled": {"assets": 5, "entitled": 3},
    "ruled": {"assets": 5, "rules": 3},
    "burdens": {"burdens": 0.5, "entitled": 3, "rules": 1},
    "all-burdens": {"burdens": 1.0},
    "choices": {"choices": 2, "assets": 3, "rules": 1},
    "joint": {"joint": 0.6},
    "together": {"together": 2, "rules": 1},
    "scarce": {"assets": 2, "parties": 4, "entitled": 2},
    "zeros": {"zeros": 0.7, "top": 3},
    "everything": {"together": 1, "rules": 2, "choices": 1, "joint": 0.3, "entitled": 3, "burdens": 0.3},
    "alone": {"parties": 1, "rules": 1},
}


@pytest.fixture(params=["listing", "solver"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Small cases are listed; without that the solver has to find the same."""
    if request.param == "solver":
        monkeypatch.setattr(leximin, "_LISTED", 0)
        monkeypatch.setattr(leximin, "_LISTED_SPLITS", 0)
    return str(request.param)


@pytest.mark.parametrize("shape", SHAPES)
def test_leximin_equals_brute_force_and_breaks_ties_in_order(shape: str, way: str) -> None:
    for number in range(12):
        case = random_case(random.Random(f"leximin {shape} {number}"), **SHAPES[shape])
        best = oracle.best_deal(case, oracle.levels)
        if best is None:
            with pytest.raises(NoDeal):
                LEXIMIN.run(case, Options())
            continue
        found = LEXIMIN.run(case, Options())
        assert oracle.levels(case, oracle.values(case, found.deal.settlements)) == best[0], number
        assert dict(found.deal.settlements) == best[1], number
        assert found.method.gap == 0
        assert found.method.exact == (way == "listing" or found.method.algorithm == "column generation over bundles")


def _divided(number: int, rules: int) -> Case:
    rng = random.Random(f"leximin divisible {rules} {number}")
    shape = {"parties": rng.choice([2, 3]), "assets": rng.choice([0, 1, 2]), "divisible": rng.choice([1, 2])}
    return random_case(rng, top=9, entitled=2, rules=rules, burdens=0.3, **shape)


def _grid(case: Case, steps: int) -> list[dict[str, Any]]:
    ids = oracle.names(case)
    splits = [
        {party: Fraction(part, steps) for party, part in zip(ids, parts, strict=True) if part}
        for parts in product(range(steps + 1), repeat=len(ids))
        if sum(parts) == steps
    ]
    divisible = [issue.id for issue in case.issues if issue.kind == "divisible"]
    deals = [
        {**whole, **dict(zip(divisible, chosen, strict=True))}
        for whole in oracle.every_deal(case)
        for chosen in product(splits, repeat=len(divisible))
    ]
    return [settled for settled in deals if oracle.keeps_rules(case, settled)]


@pytest.mark.parametrize("rules", [0, 2])
def test_no_split_on_a_grid_has_better_levels(rules: int, way: str) -> None:
    for number in range(8):
        case = _divided(number, rules)
        shared = sum(issue.kind == "divisible" for issue in case.issues)
        grid = _grid(case, 12 if len(case.principals) == 2 or shared == 1 else 6)
        try:
            found = LEXIMIN.run(case, Options())
        except NoDeal:
            assert not grid
            continue
        assert oracle.keeps_rules(case, found.deal.settlements), number
        best = oracle.levels(case, oracle.values(case, found.deal.settlements))
        # The solver is trusted for the whole issues only up to its stated gap.
        allowed = Fraction(found.method.gap or 0)
        for settled in grid:
            other = oracle.levels(case, oracle.values(case, settled))
            assert other <= best or other <= [level + allowed for level in best], number


def test_a_divisible_levels_everyone_where_it_can() -> None:
    case = case_of({"ana": [3, 10], "ben": [2, 10]}, ["i1", {"id": "i2", "kind": "divisible"}], entitlements=[1, 2])
    found = LEXIMIN.run(case, Options())
    one, two = oracle.values(case, found.deal.settlements)
    assert two == 2 * one


def test_more_parties_than_assets_is_quick_and_serves_as_many_as_possible() -> None:
    case = random_case(random.Random(5), parties=10, assets=6, zeros=0.0)
    found = LEXIMIN.run(case, Options())
    assert sum(value > 0 for value in oracle.values(case, found.deal.settlements)) == 6
    assert found.method.gap == 0


def test_points_of_all_sizes_are_compared_exactly_where_deals_can_be_listed() -> None:
    case = case_of({"ana": [10**12, 1, 0], "ben": [10**12, 0, 1], "cem": [10**12, 5, 5]})
    found = LEXIMIN.run(case, Options())
    assert oracle.values(case, found.deal.settlements) == (10**12, 1, 5)
    assert found.method.exact


def test_five_parties_with_thirty_things_are_proved() -> None:
    for entitled in (1, 2):
        case = random_case(random.Random(6), parties=5, assets=30, top=100, entitled=entitled)
        found = LEXIMIN.run(case, Options())
        assert found.method.exact
        assert found.method.gap == 0


def test_a_stopped_search_of_whole_goods_says_how_far_it_can_be_off() -> None:
    case = random_case(random.Random(8), parties=8, assets=40, top=100)
    stopped = LEXIMIN.run(case, Options(seconds=0.0))
    proved = LEXIMIN.run(case, Options())
    worst = [oracle.levels(case, oracle.values(case, found.deal.settlements))[0] for found in (stopped, proved)]
    assert proved.method.exact
    assert stopped.method.gap is not None
    assert worst[0] <= worst[1] <= worst[0] + Fraction(stopped.method.gap)
