"""The proportional split gives everyone its entitled part of everything, and nobody envies anybody."""

from __future__ import annotations

import random
from fractions import Fraction

import oracle
from evenhand.divide import PROCEDURES, Options
from making import case_of, random_case

SPLIT = PROCEDURES["proportional-split"]


def test_everyone_has_its_part_and_nobody_envies() -> None:
    for number in range(1000):
        rng = random.Random(f"proportional {number}")
        shape = {"parties": rng.randint(1, 4), "divisible": rng.randint(1, 3), "entitled": rng.choice([1, 4])}
        case = random_case(rng, assets=0, burdens=rng.choice([0, 0.5, 1]), **shape)
        settled = SPLIT.run(case, Options()).deal.settlements
        assert all(oracle.value(case, p, settled) == oracle.fair_part(case, p) for p in oracle.names(case)), number
        assert oracle.envy_free(case, settled)


def test_it_is_refused_for_whole_things_and_where_it_would_break_a_rule() -> None:
    money = {"id": "money", "kind": "divisible"}
    assert "“i1” is a whole thing" in str(SPLIT.why_not(case_of({"a": [1], "b": [1]})))
    for bound, fits in (("< 1/4", False), ("< 3/4", True)):
        rules = [{"kind": "forbid", "forbid": {"money": {"a": bound}}}]
        why = SPLIT.why_not(case_of({"a": [1], "b": [1]}, [money], rules=rules))
        assert (why is None) == (not fits)


def test_shares_are_the_entitlements_however_unequal() -> None:
    case = case_of({"a": [5], "b": [7]}, [{"id": "money", "kind": "divisible"}], entitlements=[1, 1000])
    assert SPLIT.run(case, Options()).deal.shares("money") == {"a": Fraction(1, 1001), "b": Fraction(1000, 1001)}
