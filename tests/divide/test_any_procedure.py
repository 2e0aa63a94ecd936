"""Promises of every procedure: rules kept, silent, the same on every machine, also for odd cases."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import oracle
from evenhand.case import Case
from evenhand.certify import certify
from evenhand.deals import Deal, NoDeal, Outcome
from evenhand.divide import PROCEDURES, Options, leximin
from evenhand.divide.nash import proof
from making import PARTIES, case_of, random_case


def _divisible(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": "divisible", **more}


_LOSSES = {"together": [{"when": {"i2": "ana"}, "points": -8}]}
ODD = {
    "huge points": case_of({"ana": [10**12, 1, 3], "ben": [7, 10**12, 10**12 - 1], "cem": [1, 2, 10**12]}),
    "huge beside tiny": case_of({"ana": [10**12, 1, 0], "ben": [10**12, 0, 1], "cem": [10**12, 5, 5]}),
    "huge to share": case_of(
        {"ana": [10**12, 1, 0], "ben": [10**12, 0, 1], "cem": [10**12, 5, 5]}, ["i1", "i2", _divisible("i3")]
    ),
    "huge burdens": case_of(
        {"ana": [-(10**12), 5, -3], "ben": [-1, 7, -(10**12)]},
        [{"id": "i1", "burden": True}, "i2", _divisible("i3", burden=True)],
    ),
    "one to a thousand": case_of({"ana": [5, 7, 9, 4], "ben": [4, 6, 8, 3]}, entitlements=[1, 1000]),
    "a thousandth shared": case_of(
        {"ana": [5, 7, 9, 4], "ben": [4, 6, 8, 3]},
        ["i1", "i2", _divisible("i3"), _divisible("i4")],
        entitlements=[1, 1000],
    ),
    "one to a hundred thousand": case_of(
        {"ana": [10, 3], "ben": [10, 2]}, [_divisible("i1"), "i2"], entitlements=[1, 100_000]
    ),
    "fine entitlements": case_of(
        {"ana": [5, 7, 9, 4], "ben": [4, 6, 8, 3]},
        ["i1", "i2", "i3", _divisible("i4")],
        entitlements=["0.333333333333", "0.666666666667"],
    ),
    "decimals": case_of({"ana": ["0.1", "0.2", "0.3"], "ben": ["0.1", "0.2", "0.3"], "cem": ["0.3", "0.1", "0.7"]}),
    "fractions that share nothing": case_of(
        {"ana": ["1/3", "1/7", "2/11"], "ben": ["1/13", "1/17", "0.000000000001"], "cem": ["1/19", "1/23", "5/29"]}
    ),
    "identical parties": case_of({party: [5, 5, 3, 3, 2] for party in PARTIES[:4]}),
    "a party that wants nothing": case_of({"ana": [5, 5, 3], "ben": [0, 0, 0], "cem": [1, 2, 3]}),
    "nothing to want": case_of({"ana": [0, 0], "ben": [0, 0]}, ["i1", _divisible("i2")]),
    "things nobody wants": case_of({"ana": [0, 3, 0], "ben": [0, 4, 0]}, ["i1", "i2", _divisible("i3")]),
    "alone": case_of({"ana": [0, 3, 2]}, ["i1", "i2", _divisible("i3")]),
    "twelve alike": case_of({party: [5] * 12 for party in PARTIES[:3]}),
    "twelve alike for five": case_of({party: [5] * 12 for party in PARTIES[:5]}),
    "shares for each of the poor": case_of(
        {"ana": [10, 0, 0], "ben": [10, 4, 0], "cem": [10, 0, 6]}, [_divisible("i1"), "i2", "i3"]
    ),
    "a value below zero to lift": case_of(
        {"ana": [10, 5], "ben": [10, 2]}, [_divisible("i1"), "i2"], ana=_LOSSES, ben=_LOSSES
    ),
    "more parties than assets": random_case(random.Random(4), parties=10, assets=6),
    "many rules on shares": random_case(random.Random(6), parties=4, assets=4, divisible=3, rules=4),
}


def _deal_or_reason(case: Case, procedure: str) -> Outcome | str:
    try:
        return PROCEDURES[procedure].run(case, Options())
    except NoDeal as reason:
        return str(reason)


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_odd_cases_get_a_deal_that_keeps_the_rules_or_a_reason_silently(
    name: str, procedure: str, capfd: pytest.CaptureFixture[str]
) -> None:
    case = ODD[name]
    if PROCEDURES[procedure].why_not(case):
        return
    found = _deal_or_reason(case, procedure)
    if isinstance(found, str):
        assert procedure not in ("nash", "leximin")
        assert found.endswith(".")
        return
    assert oracle.keeps_rules(case, found.deal.settlements)
    assert found.deal == Deal.of(case, found.deal.settlements)
    certify(case, found.deal, found.multipliers)
    captured = capfd.readouterr()
    assert captured.out == captured.err == ""


@pytest.mark.parametrize("name", ["huge points", "huge beside tiny", "fractions that share nothing", "decimals"])
def test_the_largest_product_is_found_at_every_size_of_points(name: str) -> None:
    case = ODD[name]
    found = PROCEDURES["nash"].run(case, Options())
    best = oracle.best_deal(case, oracle.nash_rank)
    assert best is not None
    assert dict(found.deal.settlements) == best[1]
    assert found.method.exact


@pytest.mark.parametrize("procedure", ["nash", "leximin"])
def test_a_search_that_is_stopped_gives_its_best_and_a_gap(procedure: str) -> None:
    case = random_case(random.Random(7), parties=9, assets=40, divisible=1, top=100, rules=2)
    found = PROCEDURES[procedure].run(case, Options(seconds=1.0))
    assert oracle.keeps_rules(case, found.deal.settlements)
    assert found.method.gap is not None
    assert found.method.gap < float("inf")


@pytest.mark.parametrize("procedure", ["nash", "leximin"])
def test_no_time_at_all_gives_a_deal_or_says_so(procedure: str) -> None:
    sentences = set()
    for number in range(6):
        case = random_case(random.Random(number), parties=8, assets=12, zeros=0.6, rules=number % 3)
        try:
            found = PROCEDURES[procedure].run(case, Options(seconds=0.0))
        except NoDeal as reason:
            sentences.add(str(reason))
        else:
            assert oracle.keeps_rules(case, found.deal.settlements)
            assert found.method.gap is not None
    assert all("time" in sentence or "rules" in sentence for sentence in sentences)


def test_a_stopped_search_never_claims_more_than_its_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "_STEPS", 0)
    monkeypatch.setattr(leximin, "_LISTED", 0)
    for number in range(10):
        case = random_case(random.Random(f"gap {number}"), parties=4, assets=5, choices=1, entitled=2)
        found = PROCEDURES["nash"].run(case, Options())
        best = oracle.best_deal(case, oracle.nash_rank)
        assert best is not None
        reached = oracle.nash_rank(case, oracle.values(case, found.deal.settlements))
        assert not found.method.exact
        assert found.method.gap is not None
        assert reached[0] == best[0][0]
        assert best[0][1] <= reached[1] * Fraction(1 + 2 * found.method.gap)


_PRINT = """
import json, random, sys
sys.path.insert(0, {tests!r})
from making import random_case
from evenhand.deals import NoDeal, deal_json
from evenhand.divide import PROCEDURES, Options
for seed in range(3):
    odd = seed % 2
    case = random_case(random.Random(seed), assets=5, divisible=odd, choices=seed, rules=seed, together=odd)
    for procedure in PROCEDURES.values():
        if procedure.why_not(case) is None:
            try:
                found = procedure.run(case, Options(seed=1))
            except NoDeal as reason:
                print(procedure.id, reason, reason.clash)
            else:
                print(procedure.id, json.dumps(deal_json(found.deal)), found.method, found.trace)
"""


def test_the_same_case_and_seed_give_the_same_on_every_machine() -> None:
    script = _PRINT.format(tests=str(Path(__file__).parents[1]))
    printed = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    ]
    assert printed[0] == printed[1]
    assert len(printed[0].splitlines()) > 6


def test_rules_no_deal_can_keep_are_named() -> None:
    rules = [{"kind": "require", "require": {"i1": "ana"}}, {"kind": "forbid", "forbid": {"i1": "ana"}}]
    case: Case = case_of({"ana": [5, 1], "ben": [4, 2]}, rules=rules)
    for procedure in ("nash", "leximin", "adjusted-winner"):
        with pytest.raises(NoDeal) as caught:
            PROCEDURES[procedure].run(case, Options())
        assert caught.value.clash == ("r1", "r2")
