"""Leximin partitions: the best levels of all partitions, and the first partition that has them."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from evenhand.solve import Limits, leximin_partition


def levels(worth, steps, owner):
    sums = [0] * len(worth)
    for item, party in enumerate(owner):
        sums[party] += int(worth[party, item] * steps[party])
    return sorted(sums)


def best_of_all(worth, may, steps):
    able = [[party for party in range(len(worth)) if may[party, item]] for item in range(worth.shape[1])]
    return max(itertools.product(*able), key=lambda owner: levels(worth, steps, owner))


def made(rng, parties, items, top):
    rows = [[0 if rng.random() < 0.2 else rng.randint(0, top) for _ in range(items)] for _ in range(parties)]
    may = np.array([[rng.random() < 0.85 for _ in range(items)] for _ in range(parties)])
    may[0] |= ~may.any(axis=0)
    return np.array(rows), may, np.array([rng.choice([1, 1, 2, 3]) for _ in range(parties)])


@pytest.mark.parametrize(("parties", "items", "top"), [(1, 3, 9), (2, 5, 30), (3, 4, 3), (3, 4, 300), (4, 3, 9)])
def test_the_levels_and_the_order_are_those_of_all_partitions(parties, items, top):
    rng = random.Random(top + parties)
    for _ in range(200):
        worth, may, steps = made(rng, parties, items, top)
        found = leximin_partition(worth, may, steps, Limits())
        best = best_of_all(worth, may, steps)
        assert tuple(found.owner.tolist()) == best
        assert found.levels == tuple(levels(worth, steps, best))
        assert found.proved == parties
        assert found.next_at_most is None
        assert found.first


def test_levels_far_apart_are_proved_too():
    worth = np.array([[90, 5, 4, 3, 2, 1], [9, 6, 4, 3, 2, 2], [9, 5, 5, 3, 3, 1]])
    found = leximin_partition(worth, np.ones(worth.shape, dtype=bool), np.ones(3, dtype=np.int64), Limits())
    assert found.levels[-1] == 90
    assert found.proved == 3
    assert tuple(found.owner.tolist()) == best_of_all(worth, np.ones(worth.shape, dtype=bool), [1, 1, 1])


def test_a_stopped_search_bounds_the_next_level():
    rng = random.Random(2)
    worth = np.array([[rng.randint(1, 60) for _ in range(20)] for _ in range(5)])
    may, steps = np.ones(worth.shape, dtype=bool), np.ones(5, dtype=np.int64)
    stopped, proved = (leximin_partition(worth, may, steps, limits) for limits in (Limits(0.0), Limits()))
    assert stopped.proved == 0
    assert stopped.next_at_most is not None
    assert stopped.levels[0] <= proved.levels[0] <= stopped.next_at_most
