"""Divide and choose on things: two piles, of which the worse is as good as it can be to whoever makes them."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

import oracle
from evenhand.case import Asset, Case
from evenhand.divide import PROCEDURES, Options
from making import case_of, random_case

PROCEDURE = PROCEDURES["divide-and-choose"]


def best_worse_pile(case: Case) -> Fraction:
    """Every way to lay whole things in two piles; what can be split then evens out as far as it goes."""
    points = case.preferences[case.principals[0].id].points
    whole = [points[issue.id] for issue in case.issues if isinstance(issue, Asset)]
    loose = [points[issue.id] for issue in case.issues if not isinstance(issue, Asset)]
    best = None
    for sides in product((0, 1), repeat=len(whole)):
        piles = [sum(worth for worth, side in zip(whole, sides, strict=True) if side == pile) for pile in (0, 1)]
        reach = sum(abs(worth) for worth in loose)
        lower, upper = sorted(piles)
        gap = max(Fraction(0), Fraction(upper - lower - reach))
        worse = (sum(whole) + sum(loose) - gap) / Fraction(2)
        best = worse if best is None else max(best, worse)
    assert best is not None
    return best


@pytest.mark.parametrize("block", range(5))
def test_the_chooser_has_no_envy_and_the_divider_its_best_worse_pile(block: int) -> None:
    for seed in range(200):
        rng = random.Random(f"piles {block} {seed}")
        case = random_case(rng, parties=2, assets=rng.randint(0, 5), divisible=rng.randint(1, 2), burdens=0.2)
        settled = PROCEDURE.find(case, Options()).deal.settlements
        divider, chooser = oracle.names(case)
        theirs = {one: oracle.worth(case, chooser, oracle.own_part(case, one, settled)) for one in (divider, chooser)}
        assert theirs[chooser] >= theirs[divider]
        piles = [oracle.worth(case, divider, oracle.own_part(case, one, settled)) for one in (divider, chooser)]
        assert min(piles) == best_worse_pile(case)


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (case_of({"ana": [1], "ben": [1], "cem": [1]}), "two parties"),
        (case_of({"ana": [1, 2], "ben": [1, 2]}, entitlements=[1, 2]), "two piles would not do"),
        (case_of({"ana": [1], "ben": [1]}, rules=[{"kind": "forbid", "forbid": {"i1": "ana"}}]), "a rule bars"),
        (
            case_of(
                {"ana": [1], "ben": [1]},
                [{"id": "i1", "joint": True}],
                **{party: {"values": {"i1": {"joint": 1}}} for party in ("ana", "ben")},
            ),
            "held jointly",
        ),
    ],
)
def test_a_case_that_piles_cannot_settle_is_refused_with_the_reason(case: Case, reason: str) -> None:
    assert reason in PROCEDURE.refusal(case)
