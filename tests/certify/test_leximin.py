"""The certificate of the best levels: what listing all deals says, or weights that reach as far as they say."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

import oracle
from evenhand.case import Case
from evenhand.certify import PROPERTIES, Certificate, certificates_from_text, certificates_json, recheck
from evenhand.certify import leximin as room
from evenhand.certify.examined import Examined
from evenhand.certify.level_weights import Levels, proved_levels
from evenhand.deals import Deal
from making import case_of, random_case, random_deal, with_money

SHAPES: tuple[dict[str, Any], ...] = (
    {"assets": 4},
    {"assets": 3, "entitled": 3},
    {"assets": 3, "burdens": 0.5},
    {"assets": 3, "together": 1},
    {"assets": 2, "choices": 1, "joint": 0.4},
    {"assets": 3, "rules": 2},
)


def found(case: Case, deal: Deal) -> Certificate:
    return PROPERTIES["leximin"].check(Examined(case, deal, tuple(oracle.names(case))))


def outcome(case: Case, deal: Deal, certificate: Certificate) -> str:
    text = json.dumps(certificates_json(case, deal, [certificate], {}))
    return recheck(case, certificates_from_text(case, text))[0].outcome


def levels(case: Case, settled: Any) -> list[Fraction]:
    return sorted(oracle.levels(case, oracle.values(case, settled)))


@cache
def some_case(seed: int) -> tuple[Case, Deal, list[list[Fraction]]]:
    """A tiny case, now and then its best deal, and the levels of all its deals: listed once, since it takes long."""
    rng = random.Random(f"best levels {seed}")
    case = random_case(rng, parties=rng.choice([1, 2, 2, 3]), top=rng.choice([2, 9]), **rng.choice(SHAPES))
    kept = oracle.kept_deals(case)
    listed = [levels(case, settled) for settled in kept]
    if kept and seed % 2:
        return case, Deal.of(case, kept[listed.index(max(listed))]), listed
    return case, random_deal(rng, case, 0.1), listed


def test_it_holds_exactly_where_no_listed_deal_has_better_levels() -> None:
    seen = set()
    for seed in range(1000):
        case, deal, listed = some_case(seed)
        certificate = found(case, deal)
        best = max(listed, default=[])
        verdict = "fails" if best > levels(case, deal.settlements) else "holds"
        assert certificate.verdict == verdict, (seed, case, deal)
        assert outcome(case, deal, certificate) in ("confirmed", "not recheckable")
        seen |= {(verdict, *certificate.witness)}
    assert {shape[-1] for shape in seen} == {"instead_of", "bounds", "listed", "barred"}


def test_weights_never_prove_a_level_that_could_rise(monkeypatch: pytest.MonkeyPatch) -> None:
    for small in (0, 40):  # by small steps in floats, and by the exact program
        monkeypatch.setattr("evenhand.certify.level_weights._SMALL", small)
        reached = 0
        for seed in range(300):
            case, deal, listed = some_case(seed)
            examined = Examined(case, deal, tuple(oracle.names(case)))
            if not all(examined.space.settlements):
                continue
            proved, _ = proved_levels(Levels.of(examined))
            now = levels(case, deal.settlements)
            assert not any(other[:proved] > now[:proved] for other in listed), (seed, case, deal)
            reached += proved
        assert reached > 150


def test_where_deals_are_too_many_it_agrees_or_stays_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LISTED", 0)
    seen = set()
    for seed in range(300):
        case, deal, listed = some_case(seed)
        certificate = found(case, deal)
        best = max(listed, default=[])
        if certificate.verdict != "undecided":
            assert certificate.verdict == ("fails" if best > levels(case, deal.settlements) else "holds")
            assert outcome(case, deal, certificate) == "confirmed"
        seen.add(certificate.verdict)
    assert seen == {"holds", "fails", "undecided"}


def test_equal_shares_by_exact_weights_are_proved_and_a_part_to_hand_over_is_found() -> None:
    case = case_of({"ana": [60, 40], "ben": [30, 70]}, [{"id": k, "kind": "divisible"} for k in ("i1", "i2")])
    equal = Deal.of(case, {"i1": "ana", "i2": {"ana": Fraction(1, 11), "ben": Fraction(10, 11)}})
    certificate = found(case, equal)
    assert certificate.verdict == "holds"
    assert certificate.witness["step"] == "0"
    assert outcome(case, equal, certificate) == "confirmed"
    uneven = Deal.of(case, {"i1": "ana", "i2": "ben"})
    better = found(case, uneven)
    assert better.verdict == "fails"
    assert better.witness["levels"] == {"ana": "700/11", "ben": "700/11"}
    assert outcome(case, uneven, better) == "confirmed"


def test_payments_count_and_are_kept() -> None:
    case = with_money(case_of({"ana": [5, 1], "ben": [4, 3]}))
    paid = {"ana": Fraction(-4), "ben": Fraction(4)}
    deal = Deal.of(case, {"i1": "ana", "i2": "ben"}, paid)
    certificate = found(case, deal)
    assert certificate.witness["instead_of"] == {"ana": "9", "ben": "-1"}
    assert certificate.witness["levels"] == {"ana": "4", "ben": "3"}
    assert outcome(case, deal, certificate) == "confirmed"


def test_one_thing_each_stays_one_thing_each() -> None:
    case = with_money(case_of({"ana": [1, 9], "ben": [2, 9]}), one_each=True)
    assert found(case, Deal.of(case, {"i1": "ben", "i2": "ana"})).verdict == "holds"
    swapped = found(case, Deal.of(case, {"i1": "ana", "i2": "ben"}))
    assert swapped.witness["better_deal"] == {"i1": "ben", "i2": "ana"}
