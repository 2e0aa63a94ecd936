"""Adjusted Winner: the published results, and its promises on random cases."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import oracle
from evenhand.case import Case
from evenhand.certify import PROPERTIES
from evenhand.certify.examined import Examined
from evenhand.deals import Deal
from evenhand.divide import PROCEDURES, Options
from making import case_of, random_case

AW = PROCEDURES["adjusted-winner"]
SHARED = Path(__file__).parents[3] / "shared" / "cases"
PUBLISHED = ("aw_bob_carol_assets", "aw_bob_carol_issues", "aw_camp_david", "aw_trump")


def _published(name: str) -> dict[str, Any]:
    file = SHARED / f"{name}.json"
    if not file.exists():
        pytest.skip(f"the published cases lie outside the repository, and {file} is not there")
    return dict(json.loads(file.read_text()))


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_results_come_out_exactly(name: str) -> None:
    example = _published(name)
    parties = [party.lower() for party in example["parties"]]
    points = {party: example["points"][label] for party, label in zip(parties, example["parties"], strict=True)}
    case = case_of(points)
    deal = AW.run(case, Options()).deal
    scores = {party: Fraction(example["published_result"]["scores"][party.capitalize()]) for party in parties}
    assert {party: oracle.value(case, party, deal.settlements) for party in parties} == scores
    for key, shares in example["published_result"].items():
        if key.startswith("shares_to_"):
            party = key.removeprefix("shares_to_").lower()
            found = [deal.shares(issue.id).get(party, Fraction(0)) for issue in case.issues]
            assert found == [Fraction(share) for share in shares]


def _random(number: int) -> Case:
    rng = random.Random(f"aw {number}")
    return random_case(
        rng,
        parties=2,
        assets=rng.randint(1, 6),
        divisible=rng.randint(0, 2),
        burdens=rng.choice([0.0, 0.4, 1.0]),
        entitled=rng.choice([1, 4]),
        top=rng.choice([4, 30]),
    )


def test_both_stand_alike_or_nothing_is_left_to_hand_over() -> None:
    for number in range(1000):
        case = _random(number)
        deal = AW.run(case, Options()).deal
        levels = [oracle.value(case, party.id, deal.settlements) / party.entitlement for party in case.principals]
        if levels[0] != levels[1]:
            ahead = 0 if levels[0] > levels[1] else 1
            assert not list(_could_hand_over(case, deal, ahead)), number


def _could_hand_over(case: Case, deal: Deal, ahead: int) -> Any:
    """Things by which the one ahead could still help the other: a good it has, a burden the other has."""
    one, two = (oracle.names(case)[side] for side in (ahead, 1 - ahead))
    for issue in case.issues:
        points = case.preferences[two].points[issue.id]
        if points > 0 and deal.shares(issue.id).get(one):
            yield issue.id
        if points < 0 and deal.shares(issue.id).get(two):
            yield issue.id


def test_at_most_one_thing_is_shared_and_nothing_better_exists_even_by_sharing() -> None:
    for number in range(1000):
        case = _random(number)
        deal = AW.run(case, Options()).deal
        assert sum(deal.is_shared(issue.id) for issue in case.issues) <= 1, number
        examined = Examined(case, deal, tuple(oracle.names(case)))
        assert PROPERTIES["fractionally-pareto-optimal"].check(examined).verdict == "holds", number


def test_with_equal_totals_nobody_envies_and_everyone_has_half() -> None:
    for number in range(1000):
        rng = random.Random(f"equal {number}")
        points = [[rng.randint(0, 30) for _ in range(6)] for _ in range(2)]
        rows = [[Fraction(point * 100, sum(row)) for point in row] for row in points]
        case = case_of(dict(zip(("ana", "ben"), rows, strict=True)))
        settled = AW.run(case, Options()).deal.settlements
        assert oracle.envy_free(case, settled)
        assert oracle.proportional(case, settled)
        assert oracle.equitable(case, settled)


def test_a_barred_party_gets_none_of_it() -> None:
    rules = [{"kind": "red-line", "party": "ben", "forbid": {"i1": "ana"}}]
    case = case_of({"ana": [90, 5, 5], "ben": [10, 45, 45]}, rules=rules)
    deal = AW.run(case, Options()).deal
    assert deal["i1"] == "ben"
    assert oracle.keeps_rules(case, deal.settlements)


@pytest.mark.parametrize(
    "case",
    [
        case_of({"ana": [1], "ben": [1], "cem": [1]}),
        case_of({"ana": [1]}),
        random_case(random.Random(1), parties=2, choices=1),
        case_of({"ana": [1], "ben": [1]}, ana={"together": [{"when": {"i1": "ana"}, "points": 1}]}),
        case_of({"ana": [1, 1], "ben": [1, 1]}, rules=[{"kind": "forbid", "forbid": {"i1": "ana", "i2": "ben"}}]),
        case_of(
            {"ana": [1], "ben": [1]},
            [{"id": "i1", "joint": True}],
            ana={"values": {"i1": {"joint": 100}}},
            ben={"values": {"i1": {"joint": 100}}},
        ),
    ],
)
def test_where_it_has_no_meaning_it_says_why(case: Case) -> None:
    assert AW.why_not(case)
