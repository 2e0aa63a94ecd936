"""Pareto optimality, among whole assets and among shares, against exact linear programs; and its witnesses."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import pytest

import oracle
from evenhand.case import Case, Divisible
from evenhand.case.reading import parse_document
from evenhand.certify import PROPERTIES, Certificate
from evenhand.certify.examined import Examined
from evenhand.deals import Deal, deal_from_document, value_of
from evenhand.solve import Infeasible, maximise_exactly
from making import case_of, random_case, random_deal

GOODS = {"assets": 3, "divisible": 1}
SHAPES = {
    "goods": GOODS,
    "two": {"assets": 3, "divisible": 2, "parties": 2},
    "burdens": {**GOODS, "burdens": 1.0},
    "mixed": {**GOODS, "burdens": 0.5},
    "only-divisible": {"assets": 0, "divisible": 3, "burdens": 0.3},
    "choices": {"assets": 1, "divisible": 1, "choices": 1, "burdens": 0.3},
    "together": {**GOODS, "together": 2},
}


def found(case: Case, deal: Deal, name: str) -> Certificate:
    return PROPERTIES[name].check(Examined(case, deal, tuple(oracle.names(case))))


def pareto_optimal(case: Case, deal: Deal) -> Certificate:
    return found(case, deal, "pareto-optimal")


def fractionally_pareto_optimal(case: Case, deal: Deal) -> Certificate:
    return found(case, deal, "fractionally-pareto-optimal")


def gains_possible(case: Case, deal: Deal, fixed: dict[str, str]) -> bool:
    """Whether shares of what is not in `fixed` make someone better off and nobody worse. An exact program."""
    ids = oracle.names(case)
    open_issues = [issue.id for issue in case.issues if issue.id not in fixed]
    cells = [(issue, party) for issue in open_issues for party in ids]
    gain = {(issue, party): case.preferences[party].points[issue] for issue, party in cells}
    nothing = {**fixed, **{issue: {} for issue in open_issues}}
    rows: list[list[Fraction]] = []
    bounds: list[Fraction] = []
    for issue in open_issues:
        rows.append([Fraction(int(cell[0] == issue)) for cell in cells] + [Fraction(0)] * len(ids))
        bounds.append(Fraction(1))
    for number, party in enumerate(ids):
        slack = [Fraction(-int(other == number)) for other in range(len(ids))]
        rows.append([gain[cell] if cell[1] == party else Fraction(0) for cell in cells] + slack)
        bounds.append(oracle.value(case, party, deal.settlements) - oracle.value(case, party, nothing))
    objective = [Fraction(0)] * len(cells) + [Fraction(1)] * len(ids)
    try:
        point = maximise_exactly(objective, rows, bounds)
    except Infeasible:
        return False
    return sum(point[len(cells) :]) > 0


def pareto_among_whole(case: Case, deal: Deal) -> bool:
    return not any(gains_possible(case, deal, settled) for settled in oracle.every_deal(case))


@pytest.mark.parametrize("shape", SHAPES)
def test_pareto_with_divisibles_agrees_with_exact_programs(shape: str) -> None:
    for seed in range(12):
        rng = random.Random(f"po{shape}{seed}")
        case = random_case(rng, top=6, **SHAPES[shape])
        deal = random_deal(rng, case, 0.1)
        expected = "holds" if pareto_among_whole(case, deal) else "fails"
        assert pareto_optimal(case, deal).verdict == expected, (shape, seed)


def fractional_cases() -> Iterator[tuple[str, Case, Deal]]:
    shapes = (
        {"assets": 4},
        {"assets": 3, "divisible": 2, "top": 3},
        {"assets": 4, "burdens": 0.5, "top": 3},
        {"assets": 5, "zeros": 0.0},
        {"assets": 3, "divisible": 2, "burdens": 0.5, "zeros": 0.0},
    )
    for shape in shapes:
        for seed in range(60):
            rng = random.Random(f"fpo{shape}{seed}")
            case = random_case(rng, parties=rng.choice([1, 2, 3]), **shape)
            deal = random_deal(rng, case, 0.2)
            if seed % 2:  # every other deal gives things to whoever weighs most, so that many hold
                deal = _to_the_heaviest(rng, case)
            yield f"{shape}{seed}", case, deal


def _to_the_heaviest(rng: random.Random, case: Case) -> Deal:
    weight = {party: rng.choice([1, 1, 2]) for party in oracle.names(case)}
    settled = {
        issue.id: max(weight, key=lambda party: weight[party] * case.preferences[party].points[issue.id])
        for issue in case.issues
    }
    return Deal.of(case, settled)


def test_fractional_pareto_agrees_with_an_exact_program() -> None:
    verdicts = set()
    for name, case, deal in fractional_cases():
        verdict = fractionally_pareto_optimal(case, deal).verdict
        assert verdict == ("fails" if gains_possible(case, deal, {}) else "holds"), name
        verdicts.add(verdict)
    assert verdicts == {"holds", "fails"}


def test_the_weights_of_a_fractional_certificate_support_the_deal() -> None:
    for name, case, deal in fractional_cases():
        found = fractionally_pareto_optimal(case, deal)
        if found.verdict == "holds":
            weights = {party: Fraction(text) for party, text in found.witness["weights"].items()}
            assert min(weights.values()) > 0
            for issue in case.issues:
                weighted = {p: weights[p] * case.preferences[p].points[issue.id] for p in weights}
                for holder in deal.shares(issue.id):
                    assert weighted[holder] == max(weighted.values()), name


def test_going_round_the_circle_helps_everyone_in_it() -> None:
    circles = 0
    for name, case, deal in fractional_cases():
        found = fractionally_pareto_optimal(case, deal)
        if "circle" in found.witness:
            circles += 1
            before = {party: value_of(case, deal, party) for party in oracle.names(case)}
            after = _after_exchanges(case, deal, found.witness["circle"])
            members = {step[end] for step in found.witness["circle"] for end in ("from", "to")}
            assert all(after[p] > before[p] if p in members else after[p] == before[p] for p in before), name
    assert circles > 10


def _after_exchanges(case: Case, deal: Deal, circle: list[dict[str, str]]) -> dict[str, Fraction]:
    """Values after a tiny exchange along each arc, each giver's loss a little below what it gained before."""
    held = {issue.id: dict(deal.shares(issue.id)) for issue in case.issues}
    ratios = [Fraction(step["loses_per_point_gained"]) for step in circle]
    product = Fraction(1)
    for ratio in ratios:
        product *= ratio
    assert product < 1
    # Each loser gives up a little less than it gained in the step before; all of that fits below product < 1.
    factor = 1 - (1 - product) / (4 * len(circle))
    loss = Fraction(1, 10**9)
    for step, ratio in zip(circle, ratios, strict=True):
        gain = loss / ratio
        points = {end: case.preferences[step[end]].points[step["issue"]] for end in ("from", "to")}
        # A good costs whoever gives it; a burden costs whoever takes it.
        part = loss / points["from"] if points["from"] > 0 else loss / -points["to"]
        held[step["issue"]][step["from"]] -= part
        held[step["issue"]][step["to"]] = held[step["issue"]].get(step["to"], Fraction(0)) + part
        assert held[step["issue"]][step["from"]] >= 0
        loss = gain * factor
    return {
        p: sum((case.preferences[p].points[k] * held[k].get(p, 0) for k in held), Fraction(0))
        for p in oracle.names(case)
    }


def test_what_is_wasted_is_worth_more_to_the_other() -> None:
    wasted = 0
    for name, case, deal in fractional_cases():
        found = fractionally_pareto_optimal(case, deal).witness.get("wasted")
        if found:
            wasted += 1
            giver, taker = (case.preferences[found[end]].points[found["issue"]] for end in ("from", "to"))
            assert found["from"] in deal.shares(found["issue"]), name
            assert giver <= 0 <= taker, name
            assert giver < taker, name
    assert wasted > 10


@pytest.mark.parametrize("shape", [*SHAPES, "ruled"])
def test_a_better_deal_in_a_witness_keeps_the_rules_and_dominates(shape: str) -> None:
    better_deals = 0
    for seed in range(15):
        rng = random.Random(f"better{shape}{seed}")
        case = random_case(rng, **SHAPES.get(shape, {"assets": 3, "divisible": 1, "rules": 3}))
        deal = random_deal(rng, case)
        found = pareto_optimal(case, deal)
        if found.verdict == "fails":
            better_deals += 1
            text = json.dumps({"deal": found.witness["better_deal"]})
            better = deal_from_document(case, parse_document(text, "witness", is_json=True))
            assert oracle.keeps_rules(case, better.settlements)
            assert oracle.dominates(oracle.values(case, better.settlements), oracle.values(case, deal.settlements)), (
                shape,
                seed,
            )
            assert all(isinstance(i, Divisible) or isinstance(better[i.id], str) for i in case.issues)
    assert better_deals


def test_a_bound_on_shares_limits_what_counts_as_better() -> None:
    rules = [{"kind": "forbid", "forbid": {"i2": {"ana": "> 1/2"}}}]
    issues = ["i1", {"id": "i2", "kind": "divisible"}]
    case = case_of({"ana": [1, 10], "ben": [5, 0]}, issues, rules=rules)
    half = Deal.of(case, {"i1": "ben", "i2": {"ana": Fraction(1, 2), "ben": Fraction(1, 2)}})
    less = Deal.of(case, {"i1": "ben", "i2": {"ana": Fraction(1, 3), "ben": Fraction(2, 3)}})
    assert pareto_optimal(case, half).verdict == "holds"
    assert pareto_optimal(case, less).verdict == "fails"


def test_a_burden_to_share_does_not_hide_a_better_deal() -> None:
    issues = ["i1", {"id": "i2", "kind": "divisible", "burden": True}]
    case = case_of({"ana": [3, -10], "ben": [1, -1]}, issues)
    deal = Deal.of(case, {"i1": "ana", "i2": {"ana": Fraction(1, 2), "ben": Fraction(1, 2)}})
    assert pareto_optimal(case, deal).verdict == "fails"


def test_a_circle_is_closed() -> None:
    for _, case, deal in fractional_cases():
        circle = fractionally_pareto_optimal(case, deal).witness.get("circle")
        if circle:
            moves = [_loser_and_gainer(case, step) for step in circle]
            assert all(one[1] == two[0] for one, two in pairwise([*moves, moves[0]]))


def _loser_and_gainer(case: Case, step: dict[str, str]) -> tuple[str, str]:
    good = case.preferences[step["from"]].points[step["issue"]] > 0
    return (step["from"], step["to"]) if good else (step["to"], step["from"])
