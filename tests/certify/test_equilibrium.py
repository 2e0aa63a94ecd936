"""Equilibrium prices: found exactly where they exist, and refuted with a better buy elsewhere."""

from __future__ import annotations

import random
from fractions import Fraction

import oracle
from evenhand.case import Case
from evenhand.certify import PROPERTIES, Certificate
from evenhand.certify.examined import Examined
from evenhand.deals import Deal
from evenhand.solve import Infeasible, maximise_exactly
from making import case_of, random_case, random_deal


def found(case: Case, deal: Deal) -> Certificate:
    return PROPERTIES["equilibrium-prices"].check(Examined(case, deal, tuple(oracle.names(case))))


def prices_exist(case: Case, deal: Deal) -> bool:
    """Whether prices p ≥ 0 solve the definition: budgets are spent, and what is held gives most for the price.

    With r_i the points that party i gets for a unit of money (unknown too, so q = p · r is not linear), each
    party's r_i is its value for its entitlement; then every demand is a row in the prices.
    """
    issues = [issue.id for issue in case.issues]
    rows, bounds = [], []
    slacks = len(oracle.names(case)) * len(issues)
    for number, party in enumerate(oracle.names(case)):
        value, budget = oracle.value(case, party, deal.settlements), case.party(party).entitlement
        part = oracle.own_part(case, party, deal.settlements)
        if value == 0:
            return False
        rows.append([part.get(issue, Fraction(0)) for issue in issues] + [Fraction(0)] * slacks)
        bounds.append(budget)
        for place, issue in enumerate(issues):  # p_k · r_i ≥ v_ik, with equality for what is held
            row = [Fraction(int(other == place)) for other in range(len(issues))] + [Fraction(0)] * slacks
            if issue not in part:
                row[len(issues) + number * len(issues) + place] = Fraction(-1)
            rows.append(row)
            bounds.append(case.preferences[party].points[issue] * budget / value)
    try:
        maximise_exactly([Fraction(0)] * (len(issues) + slacks), rows, bounds)
    except Infeasible:
        return False
    return True


def test_it_holds_exactly_where_prices_solve_the_definition() -> None:
    seen = set()
    for seed in range(150):
        rng = random.Random(f"prices {seed}")
        shape = rng.choice([{"assets": 3}, {"assets": 1, "divisible": 2}, {"assets": 2, "entitled": 2}])
        case = random_case(rng, parties=rng.choice([1, 2, 3]), top=rng.choice([1, 2, 30]), **shape)
        deal = random_deal(rng, case, 0.3)
        verdict = found(case, deal).verdict
        if verdict == "undefined":
            assert any(not any(case.preferences[party].points.values()) for party in oracle.names(case))
            continue
        assert verdict == ("holds" if prices_exist(case, deal) else "fails"), (seed, case, deal)
        seen.add(verdict)
    assert seen == {"holds", "fails"}


def test_the_prices_of_a_textbook_market_are_named() -> None:
    case = case_of({"ana": [2, 1], "ben": [1, 2]})
    certificate = found(case, Deal.of(case, {"i1": "ana", "i2": "ben"}))
    assert certificate.witness == {"prices": {"i1": "1", "i2": "1"}, "budgets": {"ana": "1", "ben": "1"}}
    swapped = found(case, Deal.of(case, {"i1": "ben", "i2": "ana"})).witness["better_buy"]
    assert swapped == {"issue": "i1", "holder": "ben", "other": "ana", "price": "1", "worth_paying": "2"}


def test_it_has_no_meaning_with_burdens_rules_or_one_who_wants_nothing() -> None:
    cases = (
        case_of({"ana": [-2, 1], "ben": [-1, 2]}, [{"id": "i1", "burden": True}, "i2"]),
        case_of({"ana": [2, 1], "ben": [1, 2]}, rules=[{"kind": "forbid", "forbid": {"i1": "ben"}}]),
        case_of({"ana": [0, 0], "ben": [1, 2]}),
    )
    for case in cases:
        assert found(case, Deal.of(case, {"i1": "ana", "i2": "ben"})).verdict == "undefined"
