"""Each way of finding it leaves no envy but for one thing and nothing better for everyone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest

import oracle
from evenhand.case import Case
from evenhand.certify import certify
from evenhand.deals import NoDeal, Outcome
from evenhand.divide import PROCEDURES, Options, ef1_po
from evenhand.divide.price_rounds import Market
from evenhand.divide.whole import Things, is_ef1
from making import PARTIES, case_of, random_case

EF1_PO = PROCEDURES["ef1-po"]


def _shares_too(case: Case, found: Outcome) -> bool:
    """The certificate of efficiency among shares, which reads only the case and the deal."""
    verdicts = {row.property: row.verdict for row in certify(case, found.deal)}
    return verdicts["fractionally-pareto-optimal"] == "holds"


def test_goods_at_any_entitlements() -> None:
    for number in range(1000):
        rng = random.Random(f"goods {number}")
        shape = {"parties": rng.randint(1, 4), "assets": rng.randint(1, 5), "zeros": rng.choice([0.1, 0.6])}
        case = random_case(rng, top=rng.choice([3, 30]), entitled=rng.choice([1, 1, 5]), **shape)
        found = EF1_PO.run(case, Options())
        assert oracle.ef1(case, found.deal.settlements), number
        assert number % 20 or _shares_too(case, found), number


def test_two_parties_with_burdens() -> None:
    for number in range(1000):
        rng = random.Random(f"two {number}")
        case = random_case(rng, parties=2, assets=rng.randint(1, 6), burdens=rng.choice([0.5, 1.0]), top=9)
        if not any(issue.burden for issue in case.issues if issue.kind == "asset"):
            continue
        found = EF1_PO.run(case, Options())
        assert oracle.ef1(case, found.deal.settlements), number
        assert found.trace[0].action == "line"
        assert number % 20 or _shares_too(case, found), number


def test_everything_else_that_is_small_equals_brute_force() -> None:
    met = 0
    for number in range(1000):
        rng = random.Random(f"rest {number}")
        shape = {"parties": 3, "assets": rng.choice([1, 2, 3, 3, 4]), "top": 6, "rules": rng.choice([0, 2])}
        case = random_case(rng, burdens=rng.choice([0.5, 1.0]), **shape)
        if EF1_PO.why_not(case) or not (kept := oracle.kept_deals(case)):
            continue
        values = {id(settled): oracle.values(case, settled) for settled in kept}
        best = [s for s in kept if not any(oracle.dominates(v, values[id(s)]) for v in values.values())]
        if not any(oracle.ef1(case, settled) for settled in best):
            with pytest.raises(NoDeal, match="none is efficient"):
                EF1_PO.run(case, Options())
            continue
        met += 1
        found = EF1_PO.run(case, Options()).deal.settlements
        assert oracle.ef1(case, found), number
        assert dict(found) in best, number
    assert met > 400


@pytest.mark.parametrize("listed", [ef1_po._LISTED, 0], ids=["listing", "prices"])
def test_burdens_at_unequal_entitlements(listed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ef1_po, "_LISTED", listed)
    monkeypatch.setattr(ef1_po, "_best_cut", lambda _: None)
    for number in range(1000):
        rng = random.Random(f"duties {number}")
        parties = rng.choice([2, 2, 3])
        case = random_case(rng, parties=parties, assets=rng.randint(2, 6 - parties), burdens=1.0, entitled=4, top=9)
        outcome = EF1_PO.run(case, Options())
        assert (outcome.method.algorithm == "listing") == bool(listed)
        assert oracle.ef1(case, outcome.deal.settlements), number
        values = oracle.values(case, outcome.deal.settlements)
        assert not any(oracle.dominates(other, values) for other, _ in oracle.every_whole_sum(case)), number


@pytest.mark.parametrize("values", [(1, 4), range(1, 30)], ids=["two sizes", "any"])
def test_prices_settle_for_burdens_though_nobody_has_shown_that_they_must(values: Sequence[int]) -> None:
    issues = [{"id": f"i{n}", "burden": True} for n in range(12)]
    for number in range(100):
        rng = random.Random(f"sizes {number}")
        things = Things.of(case_of({name: [-rng.choice(values) for _ in issues] for name in PARTIES[:4]}, issues))
        assert is_ef1(things, Market(things).settle(1_000)), number


def test_prices_settle_where_things_could_pass_to_and_fro_for_ever() -> None:
    rng = random.Random("10 60 to and fro")
    common = [rng.lognormvariate(0, 1) for _ in range(60)]
    rows = {name: [round(30 * worth * rng.uniform(0.5, 1.5)) for worth in common] for name in PARTIES[:10]}
    things = Things.of(case_of(rows, entitlements=[rng.randint(1, 5) for _ in rows]))
    assert is_ef1(things, Market(things).settle(1_000))


def test_many_burdens_are_settled_at_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(5)
    issues = [{"id": f"i{n}", "burden": True} for n in range(15)]
    case = case_of({name: [-rng.randint(1, 30) for _ in range(15)] for name in PARTIES[:4]}, issues)
    found = EF1_PO.run(case, Options())
    assert oracle.ef1(case, found.deal.settlements)
    assert _shares_too(case, found)
    monkeypatch.setattr(ef1_po, "_STEPS", 1)
    with pytest.raises(NoDeal, match="was not decided"):
        EF1_PO.run(case, Options())


def test_what_is_out_of_reach_is_refused_with_the_reason() -> None:
    def case(**more: Any) -> Case:
        shapes = [{"id": f"i{n}", "burden": n < 2} for n in range(12)]
        return case_of({name: [-1, -2, *range(1, 11)] for name in PARTIES[:4]}, shapes, **more)

    assert "more than two" in str(EF1_PO.why_not(case()))
    assert "no agreed meaning" in str(EF1_PO.why_not(case(entitlements=[1, 2, 1, 1])))
    barred = case(rules=[{"kind": "forbid", "forbid": {"i3": PARTIES[0]}}])
    assert "bars some party from “i3”" in str(EF1_PO.why_not(barred))
