"""Splitting into parts: exact against all splits, with a bound that can be added up, and honest when it gives up."""

import itertools
import random

import pytest

import oracle
from evenhand.solve import ceilings, largest_minimum


def smallest(numbers, parts):
    return min(sum(numbers[position] for position in part) for part in parts)


@pytest.mark.parametrize("signs", [(1,), (-1,), (1, -1)])
def test_the_largest_minimum_is_that_of_all_splits(signs):
    rng = random.Random(2)
    for _ in range(350):
        count, size, top = rng.randint(1, 4), rng.randint(0, 7), rng.choice((3, 15, 10**12))
        numbers = [rng.choice(signs) * rng.randint(0, top) for _ in range(size)]
        found = largest_minimum(numbers, count, 100_000)
        assert found.low == found.high == oracle.largest_smallest_part(numbers, count)
        assert found.low == smallest(numbers, found.parts)
        assert len(found.parts) == count
        assert sorted(itertools.chain.from_iterable(found.parts)) == list(range(size))
        assert found.ceiling is None or found.ceiling.value == found.high


@pytest.mark.parametrize("signs", [(1,), (-1,), (1, -1)])
def test_no_split_is_above_any_ceiling(signs):
    rng = random.Random(3)
    for _ in range(350):
        count, size = rng.randint(1, 4), rng.randint(0, 7)
        numbers = [rng.choice(signs) * rng.randint(0, 12) for _ in range(size)]
        best = oracle.largest_smallest_part(numbers, count)
        assert all(best <= ceiling.value for ceiling in ceilings(numbers, count))


@pytest.mark.parametrize("sign", [1, -1])
def test_fifty_parts_of_a_hundred_and_fifty_are_proved_without_searching(sign):
    rng = random.Random(5)
    for _ in range(5):
        numbers = [sign * min(int(rng.expovariate(1 / 7)), 60) for _ in range(150)]
        found = largest_minimum(numbers, 50, 0)
        assert found.decided
        assert found.ceiling is not None


def test_giving_up_leaves_both_bounds():
    rng = random.Random(0)
    numbers = [rng.randint(100, 200) for _ in range(40)]
    found = largest_minimum(numbers, 13, 10)
    assert not found.decided
    assert found.low == smallest(numbers, found.parts) < found.high
    assert found.ceiling is not None
