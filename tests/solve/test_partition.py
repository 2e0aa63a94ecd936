"""The best partition is what trying all of them finds, and a stopped search claims no more than it proved."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest

from evenhand.solve import Limits
from evenhand.solve.partition import PartitionProblem, best_partition
from evenhand.solve.partition import search as search_module
from evenhand.solve.partition.knapsack import Windows
from evenhand.solve.partition.local import greedy, marginal_rates
from evenhand.solve.partition.pricing import Pricing, price
from evenhand.solve.partition.reduce import by_rates, pairs_by_prices, values_by_prices

UNIT = 2**44


def _gains(rng: random.Random, kind: str, total: int) -> np.ndarray:
    values = np.arange(total + 1)
    if kind == "logarithm":
        logs = np.floor(rng.choice([1.0, 0.5, 0.25]) * np.log(np.maximum(values, 1)) * UNIT)
        return np.where(values > 0, logs, -50 * UNIT).astype(np.int64)
    if kind == "threshold":
        return np.where(values < rng.randint(0, total), -UNIT, 0).astype(np.int64)
    return np.cumsum([rng.choice([0, 0, 1, 3]) for _ in values]).astype(np.int64) * (UNIT // 4)


def _random_problem(seed: str) -> PartitionProblem:
    """Up to four parties and six items; zeros, bars, identical parties, gains of three kinds."""
    rng = random.Random(seed)
    parties, items = rng.randint(1, 4), rng.randint(1, 6)
    top, zeros, kind = rng.choice([1, 2, 5, 20]), rng.choice([0, 0.3, 0.6]), rng.choice(["logarithm", "threshold", ""])
    worth = np.array([[rng.randint(0, top) * (rng.random() >= zeros) for _ in range(items)] for _ in range(parties)])
    worth[-1] = worth[0] if rng.random() < 0.3 else worth[-1]
    may = np.array([[rng.random() > 0.2 for _ in range(items)] for _ in range(parties)])
    may[rng.randrange(parties)] |= ~may.any(axis=0)
    gains = tuple(_gains(rng, kind, int(row.sum())) for row in worth)
    return PartitionProblem(worth.astype(np.int64), may, gains, UNIT)


def _by_trying_all(problem: PartitionProblem) -> tuple[int, tuple[int, ...]]:
    """The largest objective and the first owners that reach it."""
    holders = [np.flatnonzero(problem.may[:, item]).tolist() for item in range(problem.items)]
    reached = [(problem.objective(owner), owner) for owner in product(*holders)]
    most = max(objective for objective, _ in reached)
    return most, min(owner for objective, owner in reached if objective == most)


@pytest.mark.parametrize("part", range(4))
def test_the_best_partition_equals_brute_force_on_1000_random_problems(part: int) -> None:
    for number in range(250 * part, 250 * part + 250):
        problem = _random_problem(f"partition {number}")
        found = best_partition(problem)
        assert (found.objective, tuple(found.owner.tolist())) == _by_trying_all(problem), number
        assert found.finished
        assert found.bound == found.objective


def test_no_time_at_all_gives_a_partition_and_a_bound_that_holds() -> None:
    for number in range(200):
        problem = _random_problem(f"stopped {number}")
        found = best_partition(problem, limits=Limits(0.0))
        most, first = _by_trying_all(problem)
        assert found.objective == problem.objective(found.owner)
        assert problem.may[found.owner, np.arange(problem.items)].all()
        assert found.objective <= most <= found.bound, number
        assert not found.finished or tuple(found.owner.tolist()) == first


def test_branching_finds_what_listing_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no bundle to be listed wherever a party has a choice, pairs are decided until none has."""
    monkeypatch.setattr(search_module, "BUNDLES", 1)
    for number in range(40):
        problem = _random_problem(f"branching {number}")
        found = best_partition(problem)
        assert (found.objective, tuple(found.owner.tolist())) == _by_trying_all(problem), number


def test_any_prices_give_a_bound_that_no_partition_exceeds() -> None:
    for number in range(200):
        problem = _random_problem(f"prices {number}")
        prices = np.random.default_rng(number).integers(0, UNIT, size=problem.items)
        windows = Pricing(problem, lambda: False).windows
        assert price(problem, problem.wanted, windows, prices).bound >= _by_trying_all(problem)[0]


def test_what_is_ruled_out_is_in_no_best_partition() -> None:
    """Neither straight lines nor knapsacks give up a pair or a value that some best partition has."""
    for number in range(200):
        problem = _random_problem(f"reduce {number}")
        most, first = _by_trying_all(problem)
        may, windows = problem.may.copy(), Windows.of(problem)
        by_rates(problem, may, windows, marginal_rates(problem, greedy(problem)), most)
        prices = np.random.default_rng(number).integers(0, UNIT // 8, size=problem.items)
        priced = price(problem, may & problem.wanted, windows, prices)
        pairs_by_prices(problem, may, windows, priced, most)
        values_by_prices(problem, windows, priced, most)
        assert may[list(first), np.arange(problem.items)].all(), number
        for party, value in enumerate(problem.values(first).tolist()):
            assert windows.gains[party][value] == problem.gains[party][value], number


def test_a_preference_may_overrule_what_rounding_hides() -> None:
    worth = np.array([[3, 2], [2, 3]])
    gains = tuple(np.array([0, 0, 10, 10, 10, 10]) for _ in worth)
    problem = PartitionProblem(worth, np.ones_like(worth, dtype=bool), gains, 1)
    found = best_partition(problem, before=lambda one, other: one.tolist() > other.tolist(), tolerance=2)
    assert found.owner.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("worth", "may", "gains"),
    [
        ([[1, 2]], [[True]], [[0, 1, 2, 3]]),
        ([[1, -2]], [[True, True]], [[0, 1, 2, 3]]),
        ([[1, 2]], [[True, False]], [[0, 1, 2, 3]]),
        ([[1, 2]], [[True, True]], [[0, 1, 2]]),
        ([[1, 2]], [[True, True]], [[0, 2, 1, 3]]),
        ([[1, 2]], [[True, True]], [[0, 1, 2, 2**60]]),
    ],
)
def test_a_problem_of_another_shape_is_refused(
    worth: list[list[int]], may: list[list[bool]], gains: list[list[int]]
) -> None:
    with pytest.raises(ValueError, match=r"worth|item|gains"):
        PartitionProblem(np.array(worth), np.array(may), tuple(np.array(row) for row in gains), 1)
