import json
import random

import pytest

import oracle
from benches.bargain_instances import case_tree, evaluations
from evenhand.bargain import frontier_of
from evenhand.case import parse_document, read_case
from evenhand.certify import certificates_from_text, certificates_json, certify, recheck
from evenhand.certify import pareto as route
from evenhand.certify.recheck import merged
from evenhand.deals import broken_rules
from making import random_case, random_deal


@pytest.fixture(autouse=True)
def no_walk(monkeypatch):
    """So that every deal without weights, or a quickly better deal, is merged."""
    monkeypatch.setattr(route, "STEPS", 0)


def certificate(case, deal):
    return next(found for found in certify(case, deal) if found.property == "pareto-optimal")


def rechecked(case, deal, found):
    text = json.dumps(certificates_json(case, deal, [found], {}))
    return recheck(case, certificates_from_text(case, text))[0].outcome


@pytest.mark.parametrize("seed", range(5))
def test_merging_decides_as_the_definition_does_and_is_confirmed(seed):
    rng, merging = random.Random(seed), 0
    for _ in range(80):
        case = random_case(
            rng,
            parties=rng.choice([2, 2, 3]),
            assets=rng.randint(0, 2),
            choices=3,
            top=rng.choice([5, 100]),
            burdens=0.2,
            joint=0.2,
            together=rng.choice([0, 1]),
            rules=rng.choice([0, 2]),
        )
        deal = random_deal(rng, case)
        frontier = frontier_of(case, all_deals=True)
        if len(frontier) and rng.random() < 0.8:
            deal = frontier.deal(rng.randrange(len(frontier)))
        found = certificate(case, deal)
        if broken_rules(case, deal):
            continue
        assert found.verdict == ("holds" if oracle.pareto_optimal(case, dict(deal.settlements)) else "fails")
        assert rechecked(case, deal, found) == "confirmed"
        merging += found.witness.get("because") == "merging"
    assert merging > 5


def large(family, linkages=0):
    tree = case_tree(evaluations(family, 2, 20, 10, 1000, seed=3), linkages, seed=3)
    return read_case(parse_document(json.dumps(tree), is_json=True))


@pytest.mark.parametrize(("family", "linkages"), [("independent", 0), ("opposed", 0), ("independent", 4)])
def test_efficient_packages_of_large_cases_have_a_certificate(family, linkages):
    case = large(family, linkages)
    frontier = frontier_of(case)
    for k in (len(frontier) // 3, len(frontier) // 2):
        found = certificate(case, frontier.deal(k))
        assert found.verdict == "holds"
        assert rechecked(case, frontier.deal(k), found) in ("confirmed", "not recheckable")


def test_a_false_claim_that_merging_shows_is_refuted():
    case = large("independent")
    best = frontier_of(case).deal(3)
    worse = type(best)({**best.settlements, "i0": "o0", "i1": "o0"})
    found = certificate(case, worse)
    assert found.verdict == "fails"
    claimed = type(found)("pareto-optimal", "holds", {"because": "merging"})
    assert rechecked(case, worse, claimed) == "refuted"


def test_a_recheck_that_would_take_too_long_says_so(monkeypatch):
    case = large("opposed")
    monkeypatch.setattr(merged, "STEPS", 100)
    deal = frontier_of(case).deal(900)
    claimed = type(certificate(case, deal))("pareto-optimal", "holds", {"because": "merging"})
    assert rechecked(case, deal, claimed) == "not recheckable"
