"""Bargaining at the front desk: what is called efficient is certified, and a deal given is the point to improve on."""

import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import oracle
from evenhand.bargain import BARGAINING_SOLUTIONS, frontier_of
from evenhand.case import load_case
from evenhand.deals import Deal
from evenhand.report.picture import grouped, in_characters, picture_of
from evenhand.report.shape_bargaining import bargaining_json
from evenhand.report.words import package_notes, zone_text
from evenhand.settle import bargain, on_table
from making import case_of, random_case

ROOT = Path(__file__).parents[2]


def in_zone(case, floors):
    found = oracle.kept_deals(case)
    return [s for s in found if all(v >= f for v, f in zip(oracle.values(case, s), floors, strict=True))]


def test_packages_are_in_the_zone_and_certified_efficient():
    rng = random.Random(4)
    for _ in range(40):
        case = random_case(rng, parties=rng.randint(2, 4), assets=2, choices=1, rules=1, together=1, no_deal=9)
        found = bargain(case, list(BARGAINING_SOLUTIONS))
        assert found.has_zone == bool(in_zone(case, [case.preferences[p].no_deal for p in oracle.names(case)]))
        assert (found.conflict is None) == found.has_zone
        for package, solution in found.agreed:
            assert {c.verdict for c in solution.certificates} == {"holds"}
            assert oracle.values(case, package.deal.settlements) == tuple(package.values.values())


def test_a_deal_given_is_what_packages_must_be_as_good_as():
    rng = random.Random(12)
    improved = 0
    for _ in range(40):
        case = random_case(rng, parties=2, assets=3, choices=1, no_deal=9)
        start = Deal.of(case, rng.choice(oracle.kept_deals(case)))
        floors = oracle.values(case, start.settlements)
        found = bargain(case, start=start)
        assert found.has_zone
        for package, _ in found.agreed:
            assert all(value >= floor for value, floor in zip(package.values.values(), floors, strict=True))
        (trade,) = found.trades
        efficient = oracle.pareto_optimal(case, start.settlements)
        proved = {c.property: c.verdict for c in trade.certificates}["pareto-optimal"]
        assert (proved == "holds") == efficient
        assert trade.trade is None or not efficient
        improved += trade.trade is not None
    assert improved


def test_power_moves_the_product_towards_the_stronger():
    case = case_of({"ana": [10, 8, 6, 5, 3], "ben": [9, 9, 7, 4, 4]})
    gains = {}
    for power in (1, 3):
        found = bargain(case, ["nash-with-power"], power={"ana": Fraction(power), "ben": Fraction(1)})
        gains[power] = found.agreed[0][0].gains["ana"]
    assert gains[3] > gains[1]


def test_without_power_the_entitlements_count():
    case = case_of({"ana": [10, 8, 6, 5, 3], "ben": [9, 9, 7, 4, 4]}, entitlements=["1/2", "3/2"])
    given = bargain(case, ["nash-with-power"], power={"ana": Fraction(1), "ben": Fraction(3)})
    assert bargain(case, ["nash-with-power"]).agreed[0][0].values == given.agreed[0][0].values


def test_one_party_alone_takes_its_best():
    found = bargain(case_of({"ana": [3, 4]}), list(BARGAINING_SOLUTIONS))
    assert [package.values["ana"] for package, _ in found.agreed] == [7] * len(BARGAINING_SOLUTIONS)


def test_an_empty_zone_is_said_with_what_stands_in_the_way():
    case = case_of({"ana": [6, 4], "ben": [6, 4]}, ana={"no_deal": 8}, ben={"no_deal": 8})
    found = bargain(case)
    assert zone_text(found).startswith("No zone of agreement")
    assert not found.agreed
    assert not found.refused
    assert found.conflict.reliefs
    assert bargaining_json(found)["conflict"]["reliefs"]


def test_ties_are_counted_and_said():
    ((package, _),) = bargain(case_of({"ana": [1, 1], "ben": [1, 1]}), ["utilitarian"]).agreed
    assert (package.ties, dict(package.gains)) == (3, {"ana": 1, "ben": 1})
    assert list(package_notes(package)) == [
        "3 packages are equally good by this measure; this is the first by the stated rule."
    ]


@pytest.mark.parametrize("name", ["wind-farm", "ceasefire-talks"])
def test_the_picture_fits_and_names_every_package(name):
    found = bargain(load_case(ROOT / f"examples/{name}/case.yaml"))
    lines = in_characters(picture_of(found))
    assert max(map(len, lines)) <= 80
    drawn = "".join(lines[1:-3])
    assert all(letter in drawn for letter, _, _ in grouped(found))
    assert "·" in drawn
    assert "x" in drawn


def test_there_is_no_picture_of_three_parties():
    assert picture_of(bargain(random_case(random.Random(1), parties=3))) is None


def test_a_proposal_on_the_table_is_valued_only_where_it_settles_everything():
    found = bargain(case_of({"ana": [1, 2], "ben": [2, 1]}))
    assert found.table == ()
    talks = load_case(ROOT / "examples/ceasefire-talks/case.yaml")
    (row,) = on_table(talks)
    assert row.deal is None
    assert len(row.open_issues) == len(talks.issues) - 1


def test_a_search_that_was_stopped_does_not_claim_that_there_is_no_zone(monkeypatch):
    case = case_of({"ana": [6, 4], "ben": [6, 4]}, ana={"no_deal": 8}, ben={"no_deal": 8})
    whole = frontier_of(case)
    monkeypatch.setattr("evenhand.settle.bargaining.frontier_of", lambda *_, **__: replace(whole, complete=False))
    found = bargain(case)
    assert found.conflict is None
    assert "is not known" in zone_text(found)
