"""Each certificate says what its definition says, for any deal, not only for what procedures find."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

import oracle
from evenhand.case import Case
from evenhand.certify import Certificate, certify
from evenhand.deals import Deal
from making import random_case, random_deal

SHAPES = {
    "plain": {},
    "many": {"parties": 2, "assets": 7},
    "entitled": {"entitled": 3},
    "zeros": {"zeros": 0.6, "top": 3},
    "burdens": {"burdens": 1.0},
    "mixed": {"burdens": 0.5},
    "own-together": {"together": 2, "own_together": True},
    "together": {"together": 2},
    "choices": {"choices": 2, "assets": 2},
    "only-choices": {"choices": 3, "assets": 0, "parties": 2},
    "joint": {"joint": 0.5},
    "ruled": {"rules": 3},
    "everything": {"rules": 2, "together": 1, "choices": 1, "joint": 0.3, "burdens": 0.3, "entitled": 2},
    "alone": {"parties": 1, "assets": 3},
}
CHECKS: dict[str, Callable[[Case, Deal], bool]] = {
    "rules-kept": lambda case, deal: oracle.keeps_rules(case, deal.settlements),
    "beats-no-deal": lambda case, deal: oracle.beats_no_deal(case, deal.settlements),
    "envy-free": lambda case, deal: oracle.envy_free(case, deal.settlements),
    "ef1": lambda case, deal: oracle.ef1(case, deal.settlements),
    "efx": lambda case, deal: oracle.efx(case, deal.settlements),
    "proportional": lambda case, deal: oracle.proportional(case, deal.settlements),
    "prop1": lambda case, deal: oracle.prop1(case, deal.settlements),
    "equitable": lambda case, deal: oracle.equitable(case, deal.settlements),
    "pareto-optimal": lambda case, deal: oracle.pareto_optimal(case, deal.settlements),
}
ALWAYS_DEFINED = {"rules-kept", "beats-no-deal", "equitable", "pareto-optimal"}


def _found(case: Case, deal: Deal) -> dict[str, Certificate]:
    return {certificate.property: certificate for certificate in certify(case, deal)}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("shared", [0.0, 0.3])
def test_a_verdict_is_what_the_definition_gives(shape: str, shared: float) -> None:
    for seed in range(25):
        rng = random.Random(f"{shape}{seed}")
        case = random_case(rng, no_deal=40, **SHAPES[shape])
        deal = random_deal(rng, case, shared)
        found = _found(case, deal)
        for name, truth in CHECKS.items():
            verdict = found[name].verdict
            if verdict == "undefined":
                assert name not in ALWAYS_DEFINED, (name, shape, seed)
                assert found[name].witness["why"]
            else:
                assert verdict == ("holds" if truth(case, deal) else "fails"), (name, shape, seed, found[name])


@pytest.mark.parametrize("shape", ["plain", "many", "entitled", "zeros", "own-together", "alone", "burdens"])
def test_whole_deals_of_plain_cases_are_never_undefined(shape: str) -> None:
    for seed in range(20):
        rng = random.Random(f"defined{shape}{seed}")
        case = random_case(rng, **SHAPES[shape])
        found = _found(case, random_deal(rng, case))
        for name in CHECKS:
            assert found[name].verdict in ("holds", "fails"), (name, shape, seed, found[name])
