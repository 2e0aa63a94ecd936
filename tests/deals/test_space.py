"""What a deal is worth, which rules it breaks, and which deals there are: against the plain definitions."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

import oracle
from evenhand.case import Case
from evenhand.deals import (
    Deal,
    SearchTooLarge,
    Space,
    broken_rules,
    clashing_rules,
    deal_values,
    list_deals,
    list_picks,
    value_of,
    visit_near,
)
from making import case_of, random_case, random_deal

EVERYTHING: dict[str, Any] = {
    "assets": 2,
    "divisible": 1,
    "choices": 1,
    "joint": 0.5,
    "burdens": 0.3,
    "together": 2,
    "rules": 4,
    "entitled": 3,
}


def _cases(count: int, **shape: Any) -> list[tuple[random.Random, Case]]:
    pairs = []
    for seed in range(count):
        rng = random.Random(f"space {seed} {shape}")
        pairs.append((rng, random_case(rng, **shape)))
    return pairs


def test_values_are_points_shares_and_what_comes_together() -> None:
    for rng, case in _cases(150, **EVERYTHING):
        deal = random_deal(rng, case, 0.3)
        for party in oracle.names(case):
            assert value_of(case, deal, party) == oracle.value(case, party, deal.settlements)
        assert tuple(deal_values(case, deal).values()) == Space.of(case).values(deal)


def test_broken_rules_are_those_the_definition_breaks() -> None:
    broken_somewhere = 0
    for rng, case in _cases(200, **EVERYTHING):
        deal = random_deal(rng, case, 0.3)
        expected = [rule.id for rule in case.rules if not oracle.keeps(case, rule, deal.settlements)]
        assert [broken.rule.id for broken in broken_rules(case, deal)] == expected
        broken_somewhere += bool(expected)
    assert broken_somewhere > 50


def test_deals_are_listed_in_the_order_of_the_case_and_none_is_missing() -> None:
    for _, case in _cases(60, assets=3, choices=1, joint=0.4, rules=3):
        listed = [dict(deal.settlements) for deal in list_deals(Space.of(case))]
        assert listed == oracle.kept_deals(case)


def test_listing_stops_after_the_steps_allowed() -> None:
    with pytest.raises(SearchTooLarge):
        list(list_picks(Space.of(case_of({"ana": [1] * 9, "ben": [1] * 9})), 100))


def test_deals_with_divisibles_have_no_list() -> None:
    case = case_of({"ana": [1], "ben": [1]}, [{"id": "i1", "kind": "divisible"}])
    with pytest.raises(ValueError, match="divisible"):
        list(list_deals(Space.of(case)))


def test_every_pick_near_the_bound_is_visited() -> None:
    for rng, case in _cases(40, assets=4, choices=1, rules=2, together=1):
        space = Space.of(case)
        if any(not names for names in space.settlements):
            continue
        weights = [Fraction(rng.randint(1, 5)) for _ in space.parties]
        slack = Fraction(rng.randint(0, 40))
        visited: list[tuple[int, ...]] = []
        visit_near(space, weights, slack, lambda *_: 0, visited.append, 10**6)
        tops = [max(_dot(weights, row) for row in rows) for rows in space.worth]
        near = [
            pick
            for pick in list_picks(space)
            if sum(top - _dot(weights, space.worth[k][pick[k]]) for k, top in enumerate(tops)) <= slack
        ]
        assert sorted(visited) == sorted(near)


def _dot(weights: list[Fraction], row: Any) -> Fraction:
    return sum((w * v for w, v in zip(weights, row, strict=True)), Fraction(0))


def test_values_stay_within_the_stated_extremes() -> None:
    for rng, case in _cases(80, **{**EVERYTHING, "rules": 0}):
        space = Space.of(case)
        values = space.values(random_deal(rng, case))
        for party, value in enumerate(values):
            low, high = space.extremes(party)
            assert low <= value <= high
            assert value * space.scale(party) % 1 == 0 or space.divisible


def test_entitlements_become_the_smallest_whole_numbers() -> None:
    case = case_of({"ana": [1], "ben": [1], "cem": [1]}, entitlements=["1/2", "0.75", 1])
    assert Space.of(case).entitlements == (2, 3, 4)


def test_a_deal_has_one_written_form() -> None:
    case = case_of({"ana": [1, 1], "ben": [1, 1]}, ["i1", {"id": "i2", "kind": "divisible"}])
    whole = Deal.of(case, {"i2": "ben", "i1": {"ana": Fraction(1), "ben": Fraction(0)}})
    assert whole == Deal.of(case, {"i1": "ana", "i2": {"ben": Fraction(1)}})
    assert list(whole.settlements) == ["i1", "i2"]
    assert not whole.is_shared("i2")


# Rules that clash


def test_a_clashing_set_clashes_and_no_smaller_one_does() -> None:
    clashes = 0
    for _, case in _cases(60, assets=2, choices=1, parties=2, rules=6):
        found = clashing_rules(case)
        if oracle.kept_deals(case):
            assert found == ()
            continue
        clashes += 1
        assert not _possible(case, found)
        assert all(_possible(case, smaller) for smaller in combinations([r.id for r in case.rules], len(found) - 1)), (
            "a smaller set clashes"
        )
    assert clashes > 15


def _possible(case: Case, kept: tuple[str, ...]) -> bool:
    rules = tuple(rule for rule in case.rules if rule.id in kept)
    return bool(oracle.kept_deals(case.model_copy(update={"rules": rules})))


def test_bounds_on_shares_can_clash_too() -> None:
    rules = [
        {"kind": "require", "require": {"i1": {"ana": ">= 2/3"}}},
        {"kind": "require", "require": {"i2": "ana"}},
        {"kind": "require", "require": {"i1": {"ben": ">= 1/2"}}},
    ]
    case = case_of({"ana": [1, 1], "ben": [1, 1]}, [{"id": "i1", "kind": "divisible"}, "i2"], rules=rules)
    assert clashing_rules(case) == ("r1", "r3")


def test_a_linkage_to_what_is_barred_does_not_crash() -> None:
    rules = [
        {"kind": "forbid", "forbid": {"i2": "ben"}},
        {"kind": "linkage", "if": {"i1": "ana"}, "then": {"i2": "ben"}},
        {"kind": "require", "require": {"i1": "ana"}},
    ]
    case = case_of({"ana": [5, 1], "ben": [4, 2]}, rules=rules)
    assert clashing_rules(case) == ("r1", "r2", "r3")
