"""Envy-cycle elimination leaves no envy but for one thing, at every step."""

from __future__ import annotations

import random

import oracle
from evenhand.divide import PROCEDURES, Options
from evenhand.divide.envy_cycle import hand_out
from evenhand.divide.whole import Things
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
    case = case_of({"a": [1, 1, 1, 1], "b": [5, 3, 1, 1]})
    outcome = ENVY_CYCLE.run(case, Options())
    assert [step.action for step in outcome.trace] == ["take-best", "take-best", "take-best", "circle", "take-best"]
    assert list(outcome.deal.settlements.values()) == ["b", "a", "a", "a"]


def test_whoever_is_next_takes_what_it_likes_best_of_what_is_left() -> None:
    for number in range(1000):
        rng = random.Random(f"best {number}")
        burden = rng.random() < 0.5
        case = random_case(rng, parties=rng.randint(2, 4), assets=rng.randint(1, 7), burdens=float(burden))
        left = [issue.id for issue in case.issues]
        for step in ENVY_CYCLE.run(case, Options()).trace:
            if step.action == "circle":
                continue
            assert step.action == ("take-lightest" if burden else "take-best")
            points = case.preferences[str(step.facts["party"])].points
            assert step.facts["issue"] == max(left, key=lambda issue: points[issue])
            left.remove(str(step.facts["issue"]))
        assert not left


def test_of_the_unenvied_the_worst_off_is_next() -> None:
    case = case_of({"a": [9, 1, 1, 1], "b": [4, 4, 4, 1], "c": [1, 2, 2, 7]})
    takers = [step.facts["party"] for step in ENVY_CYCLE.run(case, Options()).trace]
    # After a round a has 9 of its 12, b 4 of 13, and c 7 of 12: what is left goes to b.
    assert takers == ["a", "b", "c", "b"]


def test_burdens_wait_for_the_goods_and_go_to_whoever_envies_nobody() -> None:
    case = case_of({"a": [-2, 9], "b": [-2, 5]}, [{"id": "debt", "burden": True}, "house"])
    outcome = ENVY_CYCLE.run(case, Options())
    assert [(step.action, step.facts["party"]) for step in outcome.trace] == [
        ("take-best", "a"),
        ("take-lightest", "a"),
    ]


def test_a_circle_over_burdens_runs_to_the_parts_liked_best() -> None:
    case = case_of({"a": [-9, -1, -3], "b": [-1, -9, -3]}, [{"id": f"d{n}", "burden": True} for n in range(3)])
    owners, trace = hand_out(Things.of(case), range(3))
    assert [step.action for step in trace] == ["take-on", "take-on", "circle", "take-on"]
    assert owners[:2] == [1, 0]


def test_it_is_refused_where_its_promise_would_not_hold() -> None:
    assert "equal entitlements" in str(ENVY_CYCLE.why_not(case_of({"a": [1], "b": [1]}, entitlements=[1, 2])))
    barred = case_of({"a": [1], "b": [1]}, rules=[{"kind": "forbid", "forbid": {"i1": "a"}}])
    assert "bars some party from “i1”" in str(ENVY_CYCLE.why_not(barred))
