"""Everyone gets its maximin or AnyPrice share, or the largest fraction that all can have: against all deals."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

import oracle
from evenhand.case import Case, Rule
from evenhand.deals import NoDeal, Outcome
from evenhand.divide import PROCEDURES, Options, fair_fraction
from making import case_of, random_case

SHAPES: dict[str, dict[str, Any]] = {
    "plain": {},
    "many": {"parties": 2, "assets": 5},
    "scarce": {"assets": 3, "parties": 4},
    "zeros": {"zeros": 0.6, "top": 3},
    "joint": {"joint": 0.5},
    "burdens": {"burdens": 1.0},
    "mixed": {"burdens": 0.5},
    "alone": {"parties": 1},
}
GOODS = [name for name in SHAPES if name not in ("burdens", "mixed")]


def _bar(rng: random.Random, case: Case) -> Case:
    """The case with a rule that bars one party from one thing."""
    party, issue = rng.choice(case.principals).id, rng.choice(case.issues).id
    rule = Rule.model_validate({"id": "r1", "kind": "forbid", "forbid": {issue: [party]}})
    return case.model_copy(update={"rules": (rule,)})


def _shares(case: Case, procedure: str) -> list[Fraction]:
    rows = [[case.preferences[party].points[issue.id] for issue in case.issues] for party in oracle.names(case)]
    if procedure == "maximin-share":
        return [oracle.largest_smallest_part(row, len(rows)) for row in rows]
    parts = [weight / sum(oracle.weights(case)) for weight in oracle.weights(case)]
    return [oracle.any_price_share(row, part) for row, part in zip(rows, parts, strict=True)]


def _best(case: Case, shares: list[Fraction]) -> tuple[Fraction, dict[str, str]] | None:
    """The largest fraction that all can have, by all deals, and the first deal with it."""

    def least(_: Case, row: Sequence[int]) -> Fraction:
        return min(map(oracle.fair_fraction, map(Fraction, row), shares))

    return oracle.best_in_whole_points(case, least)


def _check(case: Case, procedure: str, label: object) -> None:
    """The procedure as it runs, and once more where deals may not be listed, against all splits and all deals."""
    shares = _shares(case, procedure)
    best = _best(case, shares)
    for listed in (fair_fraction._LISTED, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fair_fraction, "_LISTED", listed)
            if best is None:
                with pytest.raises(NoDeal):
                    PROCEDURES[procedure].run(case, Options())
                continue
            found = PROCEDURES[procedure].run(case, Options())
        assert (found.method.algorithm == "listing") == bool(listed)
        _agrees(case, found, shares, best, label)


def _agrees(
    case: Case, found: Outcome, shares: list[Fraction], best: tuple[Fraction, dict[str, str]], label: object
) -> None:
    facts = found.trace[0].facts
    assert facts["shares"] == dict(zip(oracle.names(case), map(str, shares), strict=True)), label
    settled = found.deal.settlements
    assert "joint" not in settled.values()
    values = oracle.values(case, settled)
    assert Fraction(str(facts["fraction"])) == min(map(oracle.fair_fraction, values, shares)) == best[0], label
    assert oracle.keeps_rules(case, settled)
    assert found.method.gap == 0
    if found.method.algorithm == "listing":
        assert dict(settled) == best[1], label
        assert found.method.exact


@pytest.mark.parametrize("shape", SHAPES)
def test_maximin_shares_are_those_of_all_splits_and_the_fraction_is_the_best_of_all_deals(shape: str) -> None:
    for number in range(125):
        rng = random.Random(f"maximin {shape} {number}")
        case = random_case(rng, **SHAPES[shape])
        case = _bar(rng, case) if number % 3 == 0 else case
        _check(case, "maximin-share", number)


@pytest.mark.parametrize("shape", GOODS)
def test_any_price_shares_are_those_of_the_definition_and_the_fraction_is_the_best_of_all_deals(shape: str) -> None:
    for number in range(167):
        rng = random.Random(f"any price {shape} {number}")
        case = random_case(rng, entitled=4, **SHAPES[shape])
        case = _bar(rng, case) if number % 3 == 0 else case
        _check(case, "any-price-share", number)


def test_what_cannot_be_met_for_all_is_shortened_alike() -> None:
    bars = [{"kind": "forbid", "forbid": {issue: ["ana"]}} for issue in ("i1", "i2")]
    case = case_of({"ana": [6, 6, 3, 1], "ben": [1, 1, 4, 4]}, rules=bars)
    found = PROCEDURES["maximin-share"].run(case, Options())
    # Ana may have two things worth 4 to her: with both she has 4 of 7 and Ben 2 of 5, with the first 3 of 7 and he 6.
    assert found.trace[0].facts["shares"] == {"ana": "7", "ben": "5"}
    _check(case, "maximin-share", "barred")


def test_ten_parties_with_sixty_things_all_get_their_shares_at_once() -> None:
    for procedure, entitled in (("maximin-share", 1), ("any-price-share", 3)):
        case = random_case(random.Random(3), parties=10, assets=60, entitled=entitled)
        found = PROCEDURES[procedure].run(case, Options())
        assert found.trace[0].facts["fraction"] == "1"
        assert found.trace[0].facts["exact"]
        assert found.method.exact


def test_a_stopped_search_states_its_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fair_fraction, "_LISTED", 0)
    bars = [{"kind": "forbid", "forbid": {issue: ["ana"]}} for issue in ("i1", "i2")]
    case = case_of({"ana": [9, 9, 1, 1], "ben": [9, 9, 1, 1]}, rules=bars)
    found = PROCEDURES["maximin-share"].run(case, Options(seconds=0.0))
    assert found.method.gap is not None
    assert Fraction(str(found.trace[0].facts["fraction"])) + Fraction(found.method.gap) >= 1


@pytest.mark.parametrize("procedure", ["maximin-share", "any-price-share"])
def test_cases_without_a_meaning_are_refused_with_a_reason(procedure: str) -> None:
    refused = [
        case_of({"ana": [1, 2], "ben": [2, 1]}, ["i1", {"id": "i2", "kind": "divisible"}]),
        case_of({"ana": [1, 2], "ben": [2, 1]}, rules=[{"kind": "forbid", "forbid": {"i1": ["ana"], "i2": ["ana"]}}]),
    ]
    assert all(PROCEDURES[procedure].why_not(case) for case in refused)


def test_unequal_entitlements_are_sent_on_to_any_price_shares() -> None:
    case = case_of({"ana": [1, 2], "ben": [2, 1]}, entitlements=[1, 2])
    reason = PROCEDURES["maximin-share"].why_not(case)
    assert reason is not None
    assert "AnyPrice" in reason
    assert PROCEDURES["any-price-share"].why_not(case) is None


def test_points_too_large_to_price_are_refused_not_rounded() -> None:
    case = case_of({"ana": [10**15, "0.000000000001"], "ben": [1, 1]})
    assert PROCEDURES["any-price-share"].why_not(case)
    found = PROCEDURES["maximin-share"].run(case, Options())
    assert found.trace[0].facts["fraction"] == "1"
