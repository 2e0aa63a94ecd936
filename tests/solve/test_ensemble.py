import math
import random
from fractions import Fraction

import numpy as np
import pytest

from evenhand.solve import Limits
from evenhand.solve.regions import Graph
from evenhand.solve.regions.ensemble import AGREED, effective_size, random_lines, split_ratio
from evenhand.solve.regions.recombination import Balance


def balance(size, labels, tolerance=Fraction(1, 10)):
    return Balance.about(np.ones(size, dtype=np.int64), [Fraction(1)] * labels, tolerance)


def noise(chains, steps, keep=0.0):
    """Chains whose every value is a part of the one before and a new number."""
    draw = random.Random(7)
    trace = np.zeros((chains, steps))
    for chain in range(chains):
        value = 0.0
        for step in range(steps):
            value = keep * value + draw.gauss(0, 1)
            trace[chain, step] = value
    return trace


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.9])
def test_the_effective_size_of_a_known_process_is_what_theory_says(keep):
    expected = 40_000 * (1 - keep) / (1 + keep)
    assert 0.8 * expected < effective_size(noise(2, 20_000, keep)) < 1.2 * expected


def test_chains_that_stay_apart_do_not_agree():
    trace = noise(2, 1000)
    assert split_ratio(trace) < 1.01
    trace[1] += 3
    assert split_ratio(trace) > 1.5
    assert split_ratio(np.repeat([[1.0], [2.0]], 10, axis=1)) == math.inf


def test_lines_between_two_parts_are_independent_and_chains_agree():
    found = random_lines(Graph.grid(8, 8), balance(64, 2), 2000, seed=3)
    assert found.size == 2000
    assert found.borders.shape == (2, 1000)
    assert found.effective() > 1500
    assert found.agreement() < AGREED
    assert ((found.sums >= 29) & (found.sums <= 35)).all()
    assert not found.stopped


def test_lines_between_four_parts_say_less_than_their_number():
    found = random_lines(Graph.grid(8, 8), balance(64, 4, Fraction(1, 4)), 2000, chains=3, seed=3)
    assert found.sums.shape == (3, 667, 4)
    assert found.effective() < 1500


def test_chains_too_short_to_compare_agree_on_nothing():
    assert random_lines(Graph.grid(4, 4), balance(16, 2), 6).agreement() == math.inf


def test_fixed_cells_and_blocks_are_kept_and_the_same_seed_gives_the_same_lines():
    graph, fixed = Graph.grid(6, 6), np.where(np.arange(36) == 35, 0, -1)
    values = np.zeros((36, 2), dtype=np.int64)
    values[35, 0], values[0, 1], values[5, 1] = 1, 2, 3
    options = {"fixed": fixed, "blocks": [[0, 5]], "values": values, "seed": 2}
    found, again = (random_lines(graph, balance(36, 2), 200, **options) for _ in range(2))
    assert (found.sums[:, :, 0] == 1).all()
    assert set(np.unique(found.sums[:, :, 1])) <= {0, 5}
    assert (found.borders == again.borders).all()


def test_time_that_is_over_gives_fewer_lines_and_says_so_and_no_start_gives_none():
    found = random_lines(Graph.grid(10, 10), balance(100, 2), 10**6, limits=Limits(0.5))
    assert found.stopped
    assert 0 < found.size < 10**6
    shut = np.array([0, 1, 0, -1])
    assert random_lines(Graph.grid(1, 4), balance(4, 2), 10, fixed=shut) is None
