"""Envy-cycle elimination leaves no envy but for one thing, at every step."""

from __future__ import annotations

import random

import oracle
from evenhand.divide import PROCEDURES, Options
from making import case_of, random_case

ENVY_CYCLE = PROCEDURES["envy-cycle"]


def test_no_envy_but_for_one_thing_for_goods_burdens_and_both() -> None:
    for number in range(1000):
        rng = random.Random(f"envy cycle {number}")
        shape = {"parties": rng.randint(1, 4), "assets": rng.randint(1, 7), "top": rng.choice([3, 12])}
        case = random_case(rng, burdens=rng.choice([0, 0.5, 1.0]), **shape)
        assert ENVY_CYCLE.why_not(case) is None
        assert oracle.ef1(case, ENVY_CYCLE.run(case, Options()).deal.settlements), number


def test_a_circle_of_envy_is_passed_along() -> None:
    case = case_of({"a": [1, 9, 5], "b": [9, 1, 5]})
    outcome = ENVY_CYCLE.run(case, Options())
    assert [step.action for step in outcome.trace] == ["give", "give", "circle", "give"]
    assert outcome.deal["i1"] == "b"
    assert outcome.deal["i2"] == "a"


def test_burdens_wait_for_the_goods_and_go_to_whoever_envies_nobody() -> None:
    case = case_of({"a": [-2, 9], "b": [-2, 5]}, [{"id": "debt", "burden": True}, "house"])
    outcome = ENVY_CYCLE.run(case, Options())
    assert [(step.action, step.facts["party"]) for step in outcome.trace] == [("give", "a"), ("take-on", "a")]


def test_a_circle_over_burdens_runs_to_the_parts_liked_best() -> None:
    case = case_of({"a": [-9, -1, -3], "b": [-1, -9, -3]}, [{"id": f"d{n}", "burden": True} for n in range(3)])
    outcome = ENVY_CYCLE.run(case, Options())
    assert [step.action for step in outcome.trace] == ["take-on", "take-on", "circle", "take-on"]
    assert outcome.deal["d0"] == "b"
    assert outcome.deal["d1"] == "a"


def test_it_is_refused_where_its_promise_would_not_hold() -> None:
    assert "equal entitlements" in str(ENVY_CYCLE.why_not(case_of({"a": [1], "b": [1]}, entitlements=[1, 2])))
    barred = case_of({"a": [1], "b": [1]}, rules=[{"kind": "forbid", "forbid": {"i1": "a"}}])
    assert "bars some party from “i1”" in str(ENVY_CYCLE.why_not(barred))
