import random
from fractions import Fraction

import pytest

import oracle
from evenhand.bargain import frontier_of
from making import case_of, random_case


def efficient(case, *, all_deals=False):
    """By the definition: values of kept deals that none dominates, each with its deals in the case's order."""
    by_value = {}
    for settled in oracle.kept_deals(case):
        found = oracle.values(case, settled)
        if all_deals or oracle.beats_no_deal(case, settled):
            by_value.setdefault(found, []).append(oracle.as_deal(case, settled))
    kept = [v for v in by_value if not any(oracle.dominates(other, v) for other in by_value)]
    return [(value, by_value[value]) for value in sorted(kept, reverse=True)]


def listed(frontier):
    return [(frontier.value(k), list(frontier.deals(k))) for k in range(len(frontier))]


def some_case(rng):
    return random_case(
        rng,
        parties=rng.choice([1, 2, 2, 2, 3, 3, 4]),
        assets=rng.randint(0, 2),
        choices=rng.randint(1, 3),
        top=rng.choice([2, 10, 1000]),
        burdens=0.2,
        joint=0.3,
        together=rng.choice([0, 0, 2]),
        rules=rng.choice([0, 0, 1, 3]),
        no_deal=rng.choice([0, 5, 500]),
    )


@pytest.mark.parametrize("seed", range(10))
def test_the_frontier_and_its_deals_are_those_of_the_definition(seed):
    rng = random.Random(seed)
    for _ in range(100):
        case = some_case(rng)
        everything = rng.random() < 0.3
        found = frontier_of(case, all_deals=everything)
        assert found.complete
        assert found.gap == 0
        assert listed(found) == efficient(case, all_deals=everything)


def test_a_case_without_a_zone_has_an_empty_frontier():
    case = case_of({"ana": [4, 6], "ben": [5, 5]}, ana={"no_deal": 7}, ben={"no_deal": 6})
    assert len(frontier_of(case)) == 0
    assert len(frontier_of(case, all_deals=True)) > 0


def test_the_deal_shown_is_the_first_in_the_order_of_the_case():
    case = case_of({"ana": [1, 1], "ben": [1, 1]})
    found = frontier_of(case)
    assert [found.value(k) for k in range(len(found))] == [(2, 0), (1, 1), (0, 2)]
    assert found.deal(1).settlements == {"i1": "ana", "i2": "ben"}
    assert [deal["i1"] for deal in found.deals(1)] == ["ana", "ben"]


def test_values_are_exact_fractions():
    case = case_of({"ana": ["1/3", "1/7"], "ben": ["0.1", 5]})
    found = frontier_of(case)
    assert found.value(0) == (Fraction(10, 21), 0)
    assert found.no_deal == (0, 0)


@pytest.mark.parametrize("parties", [1, 2, 3])
def test_one_issue_equal_worths_and_very_large_or_fine_numbers_are_all_the_same_to_it(parties):
    rng = random.Random(parties)
    for _ in range(20):
        numbers = [
            lambda: 7,
            lambda: rng.randint(1, 10**12),
            lambda: Fraction(rng.randint(1, 10**6), rng.randint(10**11, 10**12)),
        ]
        draw = rng.choice(numbers)
        points = {party: [draw() for _ in range(rng.choice([1, 4]))] for party in ("ana", "ben", "cem")[:parties]}
        if len({len(row) for row in points.values()}) > 1:
            continue
        case = case_of(points)
        assert listed(frontier_of(case)) == efficient(case)
