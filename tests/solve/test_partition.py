"""The best partition is what trying all of them finds, and a stopped search claims no more than it proved."""

from __future__ import annotations

import random
from itertools import combinations, product

import numpy as np
import pytest

from evenhand.solve import Limits
from evenhand.solve.partition import PartitionProblem, best_partition, listed_search
from evenhand.solve.partition import search as search_module
from evenhand.solve.partition.knapsack import Windows
from evenhand.solve.partition.listed import Listed
from evenhand.solve.partition.local import greedy, marginal_rates
from evenhand.solve.partition.near import Near, TooMany, near
from evenhand.solve.partition.pricing import Priced, Pricing, price
from evenhand.solve.partition.problem import LARGEST
from evenhand.solve.partition.reduce import by_rates, pairs_by_prices, values_by_prices
from evenhand.solve.partition.symmetry import Symmetry

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
    monkeypatch.setattr(search_module, "LISTED", 0)
    for number in range(40):
        problem = _random_problem(f"branching {number}")
        found = best_partition(problem)
        assert (found.objective, tuple(found.owner.tolist())) == _by_trying_all(problem), number


@pytest.mark.parametrize("steps", [0, 3])
def test_the_search_of_a_list_finds_what_brute_force_finds(monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """Without fitting bundles together (or hardly), triples are priced and pairs decided on the list."""
    monkeypatch.setattr(search_module, "BUNDLES", 0)
    monkeypatch.setattr(listed_search, "BUNDLES", 1)
    monkeypatch.setattr(listed_search, "STEPS", steps)
    for number in range(100):
        problem = _random_problem(f"listed {number}")
        found = best_partition(problem)
        assert (found.objective, tuple(found.owner.tolist())) == _by_trying_all(problem), number
        assert found.finished


def test_prices_of_items_and_triples_give_a_bound_that_no_listed_partition_exceeds() -> None:
    for number in range(150):
        problem = _random_problem(f"triples {number}")
        most, first = _by_trying_all(problem)
        listed = Listed(problem, _everything(problem))
        rows = np.arange(len(listed.party))
        triples = list(combinations(range(problem.items), 3))
        relaxed = listed.relax(rows, triples, rows[:0])
        assert relaxed.bound >= most, number
        left = {listed.column(row) for row in relaxed.within(relaxed.bound - most).rows.tolist()}
        for party in range(problem.parties):
            mine = [item for item, owner in enumerate(first) if owner == party and problem.worth[party, item]]
            assert any(column.party == party and set(column.bundle) == set(mine) for column in left), number


def test_triples_are_violated_where_half_bundles_overlap_in_two_items() -> None:
    """Three parties, three items, each pair of items half to somebody: the program mixes, a partition cannot."""
    worth = np.ones((3, 3), dtype=np.int64)
    problem = PartitionProblem(worth, worth > 0, tuple(np.array([0, 0, UNIT, UNIT]) for _ in worth), UNIT)
    listed = Listed(problem, _everything(problem))
    rows = np.arange(len(listed.party))
    loose = listed.relax(rows, [], rows[:0])
    assert loose.bound > UNIT
    assert listed.violated(loose.mix) == [(0, 1, 2)]
    assert listed.relax(rows, [(0, 1, 2)], rows[:0]).bound == UNIT


def _everything(problem: PartitionProblem) -> list[Near]:
    """Every bundle of every party."""
    zero = np.zeros(problem.items, dtype=np.int64)
    windows = Windows.of(problem)
    priced = price(problem, problem.wanted, windows, zero)
    return [near(*priced.of(party), LARGEST, 10**6, Apart(problem)) for party in range(problem.parties)]


class Apart(Symmetry):
    """No items are taken for alike."""

    def breaks(self, item: int, words: np.ndarray) -> np.ndarray:
        return np.zeros(len(words), dtype=bool)


def test_bundles_near_a_bound_are_all_that_lose_no_more() -> None:
    for number in range(200):
        problem = _random_problem(f"near {number}")
        rng = np.random.default_rng(number)
        prices = rng.integers(0, UNIT // 4, size=problem.items)
        priced = price(problem, problem.wanted, Windows.of(problem), prices)
        slack = int(rng.integers(0, UNIT))
        for party in range(problem.parties):
            found = near(*priced.of(party), slack, 10**6, Apart(problem))
            assert sorted((c.loss, c.bits) for c in found.choices()) == _losing(problem, priced, party, slack), number
            if len(found) > 1:
                with pytest.raises(TooMany):
                    near(*priced.of(party), slack, len(found) - 1, Apart(problem))


def _losing(problem: PartitionProblem, priced: Priced, party: int, slack: int) -> list[tuple[int, int]]:
    """(loss, bits) of every bundle of wanted items that loses at most this, one by one."""
    wanted = np.flatnonzero(problem.wanted[party]).tolist()
    best, found = int(priced.worth[party].max()), []
    for size in range(len(wanted) + 1):
        for bundle in combinations(wanted, size):
            value, cost = (int(row[list(bundle)].sum()) for row in (problem.worth[party], priced.prices))
            loss = best - int(problem.gains[party][value]) + cost
            if loss <= slack:
                found.append((loss, sum(1 << item for item in bundle)))
    return sorted(found)


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
