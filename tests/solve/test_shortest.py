"""The shortest border that is proved is that of the shortest of all lines; a bound is never above it."""

import random

import numpy as np
import pytest

from evenhand.solve import Limits
from evenhand.solve.regions import Graph
from evenhand.solve.regions.annealing import SHORTEST, Effort, best_line
from evenhand.solve.regions.lines import LineProblem, allowed, measured
from evenhand.solve.regions.shortest import shortest_border
from solve.regions_oracle import grid_lines


def random_problem(draw: random.Random, rows: int, columns: int, **more: object) -> LineProblem:
    one, other, _ = Graph.grid(rows, columns).edges()
    ends = zip(one.tolist(), other.tolist(), strict=True)
    graph = Graph.of_edges(rows * columns, [(a, b, draw.randint(0, 20)) for a, b in ends])
    values = np.array([[draw.randint(0, 100) for _ in range(2)] for _ in range(graph.size)])
    part = draw.choice((2, 3))
    return LineProblem.of(graph, values, least=[int(total) // part for total in values.sum(axis=0)], **more)


def best_of_all(problem: LineProblem, rows: int, columns: int) -> int | None:
    lines = grid_lines(rows, columns)
    both = np.concatenate([lines, 1 - lines])
    kept = [labels for labels in both if allowed(problem, labels)]
    return min((measured(problem, labels).border for labels in kept), default=None)


def test_it_is_the_shortest_of_all_lines_with_and_without_fixed_cells_and_blocks() -> None:
    draw = random.Random(11)
    fixed = np.full(12, -1, dtype=np.int32)
    fixed[[0, 11]] = 0, 1
    for number in range(12):
        more = {"fixed": fixed} if number % 3 == 1 else {"blocks": [[1, 10], [4, 5]]} if number % 3 == 2 else {}
        problem = random_problem(draw, 3, 4, **more)
        best = best_of_all(problem, 3, 4)
        found = shortest_border(problem, best_line(problem, SHORTEST, Effort(seed=number)))
        if best is None:
            assert found is None
            continue
        assert found is not None
        assert found.proved
        assert found.line is not None
        assert allowed(problem, found.line.labels)
        assert found.least == found.line.border == best


def test_it_needs_no_line_to_begin_with_and_finds_better_than_a_poor_one() -> None:
    problem = random_problem(random.Random(2), 3, 4)
    best = best_of_all(problem, 3, 4)
    poor = measured(problem, np.array([0, 0, 1, 1] * 3))
    for known in (None, poor if allowed(problem, poor.labels) else None):
        found = shortest_border(problem, known)
        assert found is not None
        assert found.least == best


@pytest.mark.parametrize("limits", [{"nodes": 1}, {"limits": Limits(0.05)}])
def test_a_search_that_was_stopped_claims_no_more_than_is_true(limits: dict[str, object]) -> None:
    draw = random.Random(4)
    for _ in range(5):
        problem = random_problem(draw, 3, 4)
        best = best_of_all(problem, 3, 4)
        found = shortest_border(problem, best_line(problem), **limits)
        assert found is None or best is None or found.least <= best


def test_three_sides_are_not_for_it() -> None:
    values = np.ones((6, 3), dtype=np.int64)
    assert shortest_border(LineProblem.of(Graph.grid(2, 3), values)) is None
