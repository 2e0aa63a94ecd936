"""The AnyPrice share: that of its linear program over all bundles, with both halves of the proof."""

import itertools
import random
from fractions import Fraction

import pytest

import oracle
from evenhand.solve import any_price_share


def bundles(count):
    return [bundle for size in range(count + 1) for bundle in itertools.combinations(range(count), size)]


def worth(numbers, bundle):
    return sum(numbers[item] for item in bundle)


def assert_proved(numbers, part, found):
    assert sum(weight for _, weight in found.mix) == 1
    assert all(weight > 0 and worth(numbers, bundle) >= found.low for bundle, weight in found.mix)
    for item in range(len(numbers)):
        assert sum(weight for bundle, weight in found.mix if item in bundle) <= part
    budget = sum(found.prices) * part
    assert min(found.prices, default=0) >= 0
    if len(numbers) < 10:
        affordable = [b for b in bundles(len(numbers)) if worth(found.prices, b) <= budget]
        assert max(worth(numbers, bundle) for bundle in affordable) == found.high


@pytest.mark.parametrize("top", [2, 12, 10**12])
def test_it_is_that_of_the_definition_and_both_halves_prove_it(top):
    rng = random.Random(4)
    for number in range(340):
        numbers = [rng.randint(0, top) for _ in range(rng.randint(1, 5))]
        shares = [rng.randint(1, 5) for _ in range(rng.randint(1, 3))]
        part = Fraction(shares[0], sum(shares))
        found = any_price_share(numbers, part, 1000)
        assert_proved(numbers, part, found)
        assert found.low == found.high == oracle.any_price_share(numbers, part), (number, numbers, part)


@pytest.mark.parametrize("part", [Fraction(1, 20), Fraction(3, 37), Fraction(2, 41)])
def test_a_hundred_items_meet_without_a_linear_program(part):
    rng = random.Random(6)
    for _ in range(5):
        numbers = [int(rng.expovariate(1 / 10)) for _ in range(100)]
        found = any_price_share(numbers, part, 0)
        assert found.low == found.high
        assert_proved(numbers, part, found)


def test_giving_up_leaves_both_bounds():
    rng = random.Random(0)
    numbers = [rng.randint(100, 200) for _ in range(40)]
    found = any_price_share(numbers, Fraction(1, 13), 5)
    assert 0 < found.low < found.high
    assert_proved(numbers, Fraction(1, 13), found)


def test_an_entitlement_of_one_to_a_thousand_and_one_to_nothing_are_served():
    found = any_price_share([5, 7, 9, 4], Fraction(1, 1001), 1000)
    assert found.low == found.high == 0
    found = any_price_share([5, 7, 9, 4], Fraction(1000, 1001), 1000)
    assert found.low == found.high == 25 - 9


def test_numbers_that_cannot_be_added_up_are_refused():
    with pytest.raises(ValueError, match="too large"):
        any_price_share([2**60, 2**60], Fraction(1, 2), 10)
