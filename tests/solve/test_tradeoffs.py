import random

import numpy as np
import pytest

from evenhand.solve import Limits
from evenhand.solve.regions import Graph
from evenhand.solve.regions.annealing import Effort
from evenhand.solve.regions.lines import LineProblem, allowed, measured
from evenhand.solve.regions.tradeoffs import non_dominated, tradeoffs
from solve.regions_oracle import borders_of, grid_lines


def grid_problem(rows, columns, seed, **options):
    draw = random.Random(seed)
    values = np.array([[draw.randint(1, 20) for _ in range(2)] for _ in range(rows * columns)])
    return LineProblem.of(Graph.grid(rows, columns), values, **options)


def test_nearly_all_non_dominated_lines_of_small_grids_are_found_and_no_false_ones():
    expected, found = 0, 0
    for seed in range(6):
        problem = grid_problem(3, 4, seed)
        lines = grid_lines(3, 4)
        border, totals = borders_of(problem.graph, lines), problem.values.sum(axis=0)
        sums = np.stack([(1 - lines) @ problem.values[:, 0], lines @ problem.values[:, 1]])
        worst = np.min(sums * totals[::-1, None], axis=0) * 2 / totals.prod()
        every = {(int(b), round(float(w), 9)) for b, w in zip(border, worst, strict=True)}
        front = {(b, w) for b, w in every if not any((c <= b and v > w) or (c < b and v >= w) for c, v in every)}
        got = {(line.border, round(float(line.worst), 9)) for line in tradeoffs(problem, 8).lines}
        expected, found = expected + len(front), found + len(front & got)
    assert found >= 0.95 * expected


@pytest.mark.parametrize("moving", [False, True])
def test_no_line_shown_is_better_in_all_than_another_and_each_keeps_what_is_asked(moving):
    problem = grid_problem(8, 8, 3, fixed=np.where(np.arange(64) == 9, 1, -1), blocks=[[20, 21, 30]], least=[100, 100])
    if moving:
        home = (np.arange(64) % 8 >= 3).astype(int)
        costs = np.where(home[:, None] == [0, 1], 0, np.arange(64)[:, None])
        problem = grid_problem(8, 8, 3, least=[100, 100], moving=costs)
    lines = tradeoffs(problem, 6, Effort(sweeps=50, steps=0)).lines
    assert len(lines) > 5
    for line in lines:
        assert allowed(problem, line.labels)
        assert vars(measured(problem, line.labels)) | {"labels": None} == vars(line) | {"labels": None}
    key = [(line.border, -line.worst, line.moving) for line in lines]
    assert key == sorted(key)
    assert not any(a != b and all(x <= y for x, y in zip(a, b, strict=True)) for a in key for b in key)
    assert not moving or min(line.moving for line in lines) < min(lines, key=lambda line: line.border).moving


def test_a_choice_of_lines_keeps_both_ends():
    found = tradeoffs(grid_problem(10, 10, 1), 10, Effort(sweeps=50, steps=0))
    few = found.spread(5)
    assert len(few) == 5
    assert few[0] is found.lines[0]
    assert max(line.worst for line in few) == max(line.worst for line in found.lines)
    assert non_dominated(few) == few
    assert found.spread(10**6) == found.lines


def test_searches_are_counted_and_end_when_the_time_is_over():
    told = []
    problem = grid_problem(12, 12, 1)
    whole = tradeoffs(problem, 3, Effort(sweeps=20, steps=0), progress=lambda *done: told.append(done))
    assert told == [(done, 8) for done in range(1, 9)]
    assert not whole.stopped
    assert tradeoffs(problem, 3, limits=Limits(0)).stopped


def test_the_same_seed_finds_the_same_lines():
    one, other = (tradeoffs(grid_problem(9, 9, 2), 4, Effort(sweeps=30, steps=0, seed=5)).lines for _ in range(2))
    assert [line.labels.tolist() for line in one] == [line.labels.tolist() for line in other]
