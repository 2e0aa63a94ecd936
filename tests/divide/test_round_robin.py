"""Round robin: the same as ten plain lines, and no envy but for one thing."""

from __future__ import annotations

import random
from fractions import Fraction

import oracle
from evenhand.case import Case
from evenhand.divide import PROCEDURES, Options
from making import random_case

ROUND_ROBIN = PROCEDURES["round-robin"]


def _plain(case: Case, order: list[str]) -> dict[str, str]:
    """Ten lines: whoever has the fewest picks for its entitlement takes its best of what is left."""
    left = [issue.id for issue in case.issues]
    picks = dict.fromkeys(order, 0)
    got: dict[str, str] = {}
    while left:
        party = min(order, key=lambda p: (Fraction(picks[p]) / case.party(p).entitlement, order.index(p)))
        best = max(left, key=lambda issue: (case.preferences[party].points[issue], -left.index(issue)))
        got[best] = party
        picks[party] += 1
        left.remove(best)
    return {issue.id: got[issue.id] for issue in case.issues}


def test_it_equals_ten_plain_lines() -> None:
    for number in range(1000):
        rng = random.Random(number)
        case = random_case(rng, parties=rng.randint(1, 4), assets=rng.randint(1, 7), entitled=rng.choice([1, 3]))
        found = ROUND_ROBIN.run(case, Options()).deal
        assert dict(found.settlements) == _plain(case, oracle.names(case))


def test_no_envy_but_for_one_thing_for_goods_at_any_entitlements() -> None:
    for number in range(1000):
        rng = random.Random(f"wef1 {number}")
        case = random_case(rng, parties=rng.randint(1, 4), assets=rng.randint(1, 8), entitled=rng.choice([1, 5]))
        assert oracle.ef1(case, ROUND_ROBIN.run(case, Options()).deal.settlements), number


def test_no_envy_but_for_one_thing_for_goods_and_burdens() -> None:
    for number in range(1000):
        rng = random.Random(f"mixed {number}")
        case = random_case(rng, parties=rng.randint(1, 4), assets=rng.randint(1, 8), burdens=rng.choice([0.5, 1.0]))
        assert ROUND_ROBIN.why_not(case) is None
        assert oracle.ef1(case, ROUND_ROBIN.run(case, Options(seed=number)).deal.settlements), number


def test_no_envy_but_for_one_thing_for_burdens_at_any_entitlements() -> None:
    for number in range(1000):
        rng = random.Random(f"duties {number}")
        case = random_case(rng, parties=rng.randint(2, 4), assets=rng.randint(1, 7), burdens=1.0, entitled=5)
        assert oracle.ef1(case, ROUND_ROBIN.run(case, Options()).deal.settlements), number


def test_a_drawn_order_is_the_same_for_the_same_seed_and_is_in_the_record() -> None:
    case = random_case(random.Random(3), parties=4, assets=9)
    orders = set()
    for seed in range(20):
        one, two = (ROUND_ROBIN.run(case, Options(seed=seed)) for _ in range(2))
        assert one.deal == two.deal
        assert one.method.seed == seed
        order = list(one.trace[0].facts["parties"])  # type: ignore[call-overload]
        assert dict(one.deal.settlements) == _plain(case, order)
        orders.add(tuple(order))
    assert len(orders) > 5


def test_a_barred_party_passes_over_what_it_may_not_have() -> None:
    met = 0
    for number in range(3000):
        rng = random.Random(f"barred {number}")
        case = random_case(rng, assets=rng.randint(2, 4), rules=rng.randint(1, 2))
        if ROUND_ROBIN.why_not(case) is None and any(oracle.keeps_rules(case, s) for s in oracle.every_deal(case)):
            met += 1
            assert oracle.keeps_rules(case, ROUND_ROBIN.run(case, Options()).deal.settlements), number
    assert met >= 1000
