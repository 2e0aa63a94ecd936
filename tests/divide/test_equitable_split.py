"""The equitable split serves all exactly alike, and no such deal is better."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

import oracle
from evenhand.case import Case
from evenhand.deals import NoDeal
from evenhand.divide import PROCEDURES, Options, equitable_split
from evenhand.solve import Infeasible, maximise_exactly
from making import case_of, random_case

SPLIT = PROCEDURES["equitable-split"]


def _best_level(case: Case) -> Fraction | None:
    """For every way to settle the whole issues one linear program with the level as a variable of its own."""
    ids = oracle.names(case)
    things = [issue.id for issue in case.issues if issue.kind == "divisible"]
    found = []
    for settled in oracle.kept_deals(case):
        rows: list[list[Fraction]] = []
        bounds = [Fraction(1)] * len(things)
        for thing in things:
            rows.append([Fraction(int(thing == other)) for other in things for _ in ids] + [Fraction(0)] * 2)
        for party, weight in zip(ids, oracle.weights(case), strict=True):
            points = case.preferences[party].points
            whole = oracle.value(case, party, {**settled, **{thing: {} for thing in things}})
            rows.append([points[thing] * int(party == p) for thing in things for p in ids] + [-weight, weight])
            bounds.append(-whole)
        width = len(things) * len(ids)
        try:
            point = maximise_exactly([0] * width + [1, -1], rows, bounds)
        except Infeasible:
            continue
        found.append(point[-2] - point[-1])
    return max(found, default=None)


def _random(number: int) -> Case:
    rng = random.Random(f"equitable {number}")
    shape: dict[str, Any] = {"parties": rng.randint(1, 3), "assets": rng.choice([0, 0, 0, 1, 2])}
    shape |= {"divisible": rng.randint(1, 2), "choices": rng.choice([0, 0, 0, 1]), "entitled": rng.choice([1, 3])}
    return random_case(rng, burdens=rng.choice([0, 0.3, 1]), together=rng.choice([0, 0, 1]), **shape)


@pytest.mark.parametrize("way", ["listing", "solver"])
def test_it_equals_a_linear_program_over_every_way(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if way == "solver":
        monkeypatch.setattr(equitable_split, "_LISTED", 0)
    met = 0
    for number in range(1000 if way == "listing" else 60):
        case = _random(number)
        if SPLIT.why_not(case):
            continue
        best = _best_level(case)
        if best is None:
            with pytest.raises(NoDeal, match="cannot make up"):
                SPLIT.run(case, Options())
            continue
        met += 1
        found = SPLIT.run(case, Options())
        assert set(oracle.levels(case, oracle.values(case, found.deal.settlements))) == {best}, number
        assert found.method.exact == (way == "listing")
        assert found.method.gap is not None
        assert found.method.gap < 1e-5
    assert met > (500 if way == "listing" else 30)


def test_bounds_on_shares_are_kept() -> None:
    rules = [{"kind": "require", "require": {"money": {"a": ">= 1/2"}}}]
    issues = ["house", {"id": "money", "kind": "divisible"}]
    case = case_of({"a": [3, 8], "b": [1, 8]}, issues, rules=rules)
    found = SPLIT.run(case, Options())
    assert oracle.keeps_rules(case, found.deal.settlements)
    assert oracle.levels(case, oracle.values(case, found.deal.settlements)) == [Fraction(9, 2)] * 2


def test_contradictory_caps_are_named() -> None:
    money = [{"id": "money", "kind": "divisible"}]
    rules = [{"kind": "require", "require": {"money": {party: ">= 60%"}}} for party in "ab"]
    with pytest.raises(NoDeal) as caught:
        SPLIT.run(case_of({"a": [1], "b": [1]}, money, rules=rules), Options())
    assert caught.value.clash == ("r1", "r2")


def test_it_is_refused_where_equal_service_has_no_meaning() -> None:
    assert "nothing is" in str(SPLIT.why_not(case_of({"a": [1], "b": [1]})))
    money = [{"id": "money", "kind": "divisible"}]
    assert "a gives points to nothing" in str(SPLIT.why_not(case_of({"a": [0], "b": [1]}, money)))
