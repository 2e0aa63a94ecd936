"""Sealed bids: the highest bidder wins, everyone has its part by its own bids, and the money adds up."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from evenhand.case import Case
from evenhand.deals import NoDeal, deal_values
from evenhand.divide import PROCEDURES, Options
from making import case_of, random_case, with_money

KNASTER = PROCEDURES["knaster"]


def _bids(case: Case, issue: str) -> dict[str, Fraction]:
    return {party: preference.points[issue] for party, preference in case.preferences.items()}


def test_everyone_has_its_part_by_its_own_bids_and_the_same_more_for_its_entitlement() -> None:
    for seed in range(1000):
        rng = random.Random(f"bids {seed}")
        case = random_case(rng, parties=rng.randint(1, 4), divisible=seed % 2, burdens=0.3 * (seed % 3), entitled=3)
        to_pay = rng.choice([0, 0, 12, -7])
        case = with_money(case, to_pay=to_pay)
        deal = KNASTER.find(case, Options()).deal
        assert sum(deal.payments.values()) == to_pay
        for issue in case.issues:
            bids = _bids(case, issue.id)
            (winner,) = deal.shares(issue.id)
            assert winner == max(bids, key=lambda party: bids[party])
        everyone = sum(party.entitlement for party in case.principals)
        more = set()
        for party in case.principals:
            part = party.entitlement / everyone
            fair = part * (sum(_bids(case, issue.id)[party.id] for issue in case.issues) - to_pay)
            more.add((deal_values(case, deal)[party.id] - fair) / part)
        assert len(more) == 1
        assert min(more) >= 0


def test_the_trace_can_be_added_up_by_hand() -> None:
    case = with_money(case_of({"ana": [100, 40], "ben": [60, 80], "cem": [80, 30]}))
    found = KNASTER.find(case, Options())
    pot = {step.facts["party"]: Fraction(str(step.facts["pays"])) for step in found.trace if step.action == "pot"}
    # Ana wins 100 of her 140, a third of which is 46 2/3; Ben 80 of 140; Cem nothing of 110.
    assert pot == {"ana": Fraction(160, 3), "ben": Fraction(100, 3), "cem": Fraction(-110, 3)}
    left = next(step for step in found.trace if step.action == "pot-left")
    assert left.facts["left"] == "50"
    assert found.deal.payments == {party: paid - Fraction(50, 3) for party, paid in pot.items()}
    moved = [row["amount"] for row in found.trace[-1].facts["transfers"]]  # type: ignore[attr-defined]
    assert sum(map(Fraction, moved)) == sum(paid for paid in found.deal.payments.values() if paid > 0)


def test_a_rule_that_bars_the_highest_bidder_is_kept() -> None:
    case = case_of({"ana": [100, 40], "ben": [60, 80]}, rules=[{"kind": "forbid", "forbid": {"i1": "ana"}}])
    deal = KNASTER.find(with_money(case), Options()).deal
    assert deal["i1"] == "ben"
    assert sum(deal.payments.values()) == 0


def test_whoever_cannot_pay_is_named() -> None:
    case = with_money(case_of({"ana": [100], "ben": [60]}), {"ana": 39}, unit="EUR")
    with pytest.raises(NoDeal, match="have ana pay 40 EUR, and its budget is 39 EUR"):
        KNASTER.find(case, Options())


@pytest.mark.parametrize(
    ("case", "phrase"),
    [
        (case_of({"ana": [1], "ben": [2]}), "add `money"),
        (with_money(case_of({"ana": [1], "ben": [2]}), one_each=True), "exactly one"),
        (with_money(random_case(random.Random(1), choices=1)), "choice"),
        (
            with_money(
                case_of(
                    {"ana": [1], "ben": [2]},
                    [{"id": "i1", "joint": True}],
                    ana={"values": {"i1": {"joint": 50}}},
                    ben={"values": {"i1": {"joint": 50}}},
                )
            ),
            "jointly",
        ),
    ],
)
def test_what_has_no_bids_is_refused_with_the_reason(case: Case, phrase: str) -> None:
    assert phrase in str(KNASTER.refusal(case))
