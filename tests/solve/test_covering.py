"""Splitting into parts: exact against all splits, and honest when it gives up."""

import itertools
import random

import pytest

from evenhand.solve import SplitTooLarge, largest_minimum, split_reaching


def best_by_listing(numbers, count):
    splits = itertools.product(range(count), repeat=len(numbers))
    return max(
        min(sum(n for n, p in zip(numbers, split, strict=True) if p == part) for part in range(count))
        for split in splits
    )


def test_the_largest_minimum_is_that_of_all_splits():
    rng = random.Random(2)
    for _ in range(250):
        sign, count, size = rng.choice((1, -1)), rng.randint(1, 3), rng.randint(0, 7)
        numbers = [sign * rng.randint(0, 15) for _ in range(size)]
        value, parts = largest_minimum(numbers, count, 100_000)
        assert value == best_by_listing(numbers, count)
        assert value == min(sum(numbers[position] for position in part) for part in parts)
        assert sorted(itertools.chain.from_iterable(parts)) == list(range(size))


def test_a_target_that_no_split_reaches_gives_none():
    assert split_reaching([3, 3, 3], 2, 4, 1000) is None
    assert split_reaching([3, 3, 3], 2, 3, 1000) is not None


def test_giving_up_is_said():
    rng = random.Random(0)
    numbers = [rng.randint(100, 200) for _ in range(40)]
    with pytest.raises(SplitTooLarge):
        split_reaching(numbers, 7, sum(numbers) // 7, 10)
