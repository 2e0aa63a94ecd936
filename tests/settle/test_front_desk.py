"""The front desk refuses with reasons, certifies what procedures find, and says what rules change."""

from fractions import Fraction
from pathlib import Path

import pytest

from evenhand.case import load_case, parse_document, read_case
from evenhand.certify import PROPERTY_IDS
from evenhand.deals import NoDeal, NotDefined, deal_values
from evenhand.settle import Refusal, Solution, check_satisfiable, settle, settle_all, without_each_rule

ROOT = Path(__file__).parents[2]


def case_with(rules="", choice=False):
    issue = "{id: c, kind: choice, options: [x, y]}" if choice else "{id: c, kind: asset}"
    values = "values: {c: {x: 100, y: 0}}, " if choice else ""
    text = f"""
title: t
parties: [{{id: a}}, {{id: b}}]
issues: [{{id: k, kind: asset}}, {issue}]
preferences:
  a: {{{values}points: {{k: 3, c: 2}}}}
  b: {{{values}points: {{k: 4, c: 1}}}}
{rules}
"""
    return read_case(parse_document(text))


def test_every_procedure_gives_a_deal_or_a_reason():
    results = settle_all(case_with(choice=True))
    assert [found.procedure.id for found in results if isinstance(found, Solution)] == ["nash", "leximin"]
    assert all(found.why for found in results if isinstance(found, Refusal))


def test_every_solution_has_every_certificate():
    solutions = [found for found in settle_all(case_with()) if isinstance(found, Solution)]
    assert len(solutions) > 4
    assert all(tuple(row.property for row in found.certificates) == PROPERTY_IDS for found in solutions)


def test_a_procedure_that_does_not_apply_is_refused_before_any_work():
    with pytest.raises(NotDefined, match="choice"):
        settle(case_with(choice=True), "round-robin")
    with pytest.raises(KeyError):
        settle(case_with(), "no-such")


def test_clashing_rules_are_named():
    rules = "rules: [{id: r, kind: require, require: {k: a}}, {id: s, kind: forbid, forbid: {k: a}}]"
    with pytest.raises(NoDeal) as caught:
        check_satisfiable(case_with(rules))
    assert caught.value.clash == ("r", "s")


def test_what_a_rule_costs_is_the_difference_to_the_deal_without_it():
    case = case_with("rules: [{id: r, kind: red-line, party: a, forbid: {k: b}}]")
    solution = settle(case, "nash")
    (change,) = without_each_rule(case, solution)
    free = settle(case_with(), "nash")
    now = deal_values(case, solution.deal)
    assert change.gains == {party: free.values[party] - now[party] for party in now}


@pytest.mark.parametrize("name", ["camp-david", "trump-divorce", "bob-carol-assets", "bob-carol-issues"])
def test_examples_give_the_published_scores(name):
    published = {"camp-david": "395/6", "trump-divorce": "218/3", "bob-carol-assets": "170/3", "bob-carol-issues": "69"}
    case = load_case(ROOT / f"examples/adjusted-winner/{name}.yaml")
    assert set(settle(case, "adjusted-winner").values.values()) == {Fraction(published[name])}


def test_the_example_talks_have_deals_better_than_none_for_both():
    case = load_case(ROOT / "examples/ceasefire-talks/case.yaml")
    for procedure in ("nash", "leximin"):
        assert settle(case, procedure).certificate("beats-no-deal").verdict == "holds"
