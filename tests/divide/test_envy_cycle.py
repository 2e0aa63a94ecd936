"""Envy-cycle elimination leaves no envy but for one thing, at every step."""

import random

from evenhand.certify import certify
from evenhand.divide import PROCEDURES, Options
from making import case_of

NAMES = ("a", "b", "c", "d")


def verdicts(case, deal):
    return {found.property: found.verdict for found in certify(case, deal)}


def test_no_envy_but_for_one_thing_on_random_cases():
    rng = random.Random(5)
    for _ in range(150):
        count, width = rng.randint(1, 4), rng.randint(1, 8)
        case = case_of({name: [rng.randint(0, 12) for _ in range(width)] for name in NAMES[:count]})
        outcome = PROCEDURES["envy-cycle"].run(case, Options())
        assert verdicts(case, outcome.deal)["ef1"] == "holds"


def test_a_circle_of_envy_is_passed_along():
    case = case_of({"a": [1, 9, 5], "b": [9, 1, 5]})
    outcome = PROCEDURES["envy-cycle"].run(case, Options())
    assert [step.action for step in outcome.trace] == ["give", "give", "circle", "give"]
    assert outcome.deal["i1"] == "b"
    assert outcome.deal["i2"] == "a"


def test_it_is_refused_where_its_promise_would_not_hold():
    procedure = PROCEDURES["envy-cycle"]
    assert "burden" in procedure.why_not(case_of({"a": [-1], "b": [-1]}, [{"id": "x", "burden": True}]))
    assert "equal entitlements" in procedure.why_not(case_of({"a": [1], "b": [1]}, entitlements=[1, 2]))
    barred = case_of({"a": [1], "b": [1]}, rules=[{"kind": "forbid", "forbid": {"i1": "a"}}])
    assert "bars a party" in procedure.why_not(barred)
