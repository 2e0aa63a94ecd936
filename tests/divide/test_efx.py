"""Every way of finding it leaves no envy whichever one thing is left out, and few ways are compared to the last."""

from __future__ import annotations

import random
from typing import Any

import pytest

import oracle
from evenhand.case import Case
from evenhand.deals import NoDeal
from evenhand.divide import PROCEDURES, Options, efx, efx_search
from making import case_of, random_case

EFX = PROCEDURES["efx"]


def _random(name: str, number: int, **shape: Any) -> Case:
    rng = random.Random(f"{name} {number}")
    burdens = rng.choice([0.0, 1.0])
    shape = {"parties": rng.randint(1, 3), "assets": rng.choice([1, 2, 3, 3, 4]), "top": rng.choice([3, 12]), **shape}
    return random_case(rng, burdens=burdens, **shape)


def _best(case: Case) -> dict[str, str] | None:
    burdens = any(issue.burden for issue in case.issues if issue.kind == "asset")
    rank = oracle.levels if burdens else oracle.nash_rank
    ranked = sorted(oracle.kept_deals(case), key=lambda settled: rank(case, oracle.values(case, settled)), reverse=True)
    return next((settled for settled in ranked if oracle.efx(case, settled)), None)


def test_the_best_of_few_ways_is_that_of_brute_force() -> None:
    for number in range(1000):
        case = _random("few", number)
        assert dict(EFX.run(case, Options()).deal.settlements) == _best(case), number


def _barred(number: int) -> Case:
    """Three parties, one thing for all of them at most and two or three with one party barred from each."""
    rng = random.Random(f"barred {number}")
    barred = range(1, rng.choice([3, 3, 4]))
    rules = [{"kind": "forbid", "forbid": {f"i{n}": rng.choice(["a", "a", "b"])}} for n in barred]
    return case_of({party: [rng.randint(0, 4) for _ in range(3)] for party in "abc"}, rules=rules)


def test_rules_that_bar_are_kept_or_named() -> None:
    refused = 0
    for number in range(1000):
        case = _barred(number)
        best = _best(case)
        if best is None:
            refused += 1
            with pytest.raises(NoDeal, match="bars some party from “i1”"):
                EFX.run(case, Options())
        else:
            assert dict(EFX.run(case, Options()).deal.settlements) == best, number
    assert 50 < refused < 900


@pytest.fixture
def not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(efx, "_LISTED", 0)


@pytest.mark.usefixtures("not_listed")
def test_cutting_and_choosing_works_for_two() -> None:
    for number in range(1000):
        case = _random("two", number, parties=2, assets=random.Random(number).randint(1, 7))
        found = EFX.run(case, Options(seed=number % 3 or None))
        assert oracle.efx(case, found.deal.settlements), number
        assert [step.action for step in found.trace] == ["cut", "choose"]
        cutter, chooser = (str(step.facts["party"]) for step in found.trace)
        own = {party: oracle.own_part(case, party, found.deal.settlements) for party in (cutter, chooser)}
        assert oracle.worth(case, chooser, own[chooser]) >= oracle.worth(case, chooser, own[cutter])


@pytest.mark.usefixtures("not_listed")
def test_a_cut_too_long_to_even_out_still_leaves_no_envy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(efx, "_STEPS", 0)
    for number in range(1000):
        case = _random("long", number, parties=2, assets=6)
        assert oracle.efx(case, EFX.run(case, Options()).deal.settlements), number


@pytest.mark.usefixtures("not_listed")
def test_parties_that_rank_alike_get_it_at_any_size() -> None:
    for number in range(1000):
        rng = random.Random(f"alike {number}")
        parties, assets, sign = rng.randint(3, 5), rng.randint(1, 9), rng.choice([1, -1])
        rows = {name: sorted(rng.randint(0, 9) for _ in range(assets)) for name in "abcdef"[:parties]}
        order = rng.sample(range(assets), assets)
        issues = [{"id": f"i{n}", "burden": sign < 0} for n in range(assets)]
        case = case_of({name: [sign * row[k] for k in order] for name, row in rows.items()}, issues)
        found = EFX.run(case, Options())
        assert found.method.algorithm.startswith("envy cycles")
        assert oracle.efx(case, found.deal.settlements), number


@pytest.mark.usefixtures("not_listed")
@pytest.mark.parametrize("tried", [efx_search._TRIED, 0], ids=["exchanges", "solver"])
def test_searching_finds_what_exists(tried: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(efx_search, "_TRIED", tried)
    for number in range(1000):
        case = _random("search", number, parties=3, assets=random.Random(number).randint(3, 6 if tried else 4))
        found = EFX.run(case, Options())
        assert oracle.efx(case, found.deal.settlements), number
        assert number % 20 or EFX.run(case, Options()).deal == found.deal


@pytest.mark.usefixtures("not_listed")
def test_where_none_exists_the_search_says_so_and_what_may_be_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [{"kind": "forbid", "forbid": {f"i{n}": "a"}} for n in (1, 2, 3)]
    case = case_of({"a": [5, 5, 5, 0], "b": [1, 2, 3, 4], "c": [4, 3, 2, 1]}, rules=rules)
    assert _best(case) is None
    for tried in (efx_search._TRIED, 0):
        monkeypatch.setattr(efx_search, "_TRIED", tried)
        with pytest.raises(NoDeal, match="bars some party from “i1”"):
            EFX.run(case, Options())


def test_it_is_refused_where_the_field_has_no_one_definition() -> None:
    mixed = case_of({"a": [1, -1], "b": [1, -1]}, ["x", {"id": "y", "burden": True}])
    assert "several definitions" in str(EFX.why_not(mixed))
    assert "equal entitlements" in str(EFX.why_not(case_of({"a": [1], "b": [1]}, entitlements=[1, 2])))
