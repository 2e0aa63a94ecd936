"""Exact linear programs: the best corner, no feasible point, no limit."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import pytest

from evenhand.solve import Infeasible, Unbounded, maximise_exactly


def _solve(rows: list[list[Fraction]], bounds: list[Fraction]) -> list[Fraction] | None:
    """The one solution of a square system, by elimination; None when there is not exactly one."""
    table = [[*row, bound] for row, bound in zip(rows, bounds, strict=True)]
    for column in range(len(table)):
        pivot = next((r for r in range(column, len(table)) if table[r][column]), None)
        if pivot is None:
            return None
        table[column], table[pivot] = table[pivot], table[column]
        table[column] = [value / table[column][column] for value in table[column]]
        for other in range(len(table)):
            if other != column and table[other][column]:
                factor = table[other][column]
                table[other] = [a - factor * b for a, b in zip(table[other], table[column], strict=True)]
    return [row[-1] for row in table]


def _best_corner(objective: list[Fraction], rows: list[list[Fraction]], bounds: list[Fraction]) -> Fraction | None:
    """The best value over all corners: every choice of as many columns as rows, the others at zero."""
    best = None
    for columns in combinations(range(len(objective)), len(rows)):
        point = _solve([[row[c] for c in columns] for row in rows], bounds)
        if point is not None and min(point) >= 0:
            value = sum((objective[c] * x for c, x in zip(columns, point, strict=True)), Fraction(0))
            best = value if best is None else max(best, value)
    return best


def _number(rng: random.Random) -> Fraction:
    return Fraction(rng.randint(-4, 4), rng.randint(1, 3))


def test_the_optimum_is_the_best_corner_on_random_programs() -> None:
    solved = infeasible = 0
    for seed in range(400):
        rng = random.Random(seed)
        height, width = rng.randint(1, 3), rng.randint(3, 6)
        # A last row bounds the sum of all columns, so that no program is unbounded.
        rows = [[_number(rng) for _ in range(width)] + [Fraction(0)] for _ in range(height)]
        rows.append([Fraction(1)] * (width + 1))
        bounds = [*(_number(rng) for _ in range(height)), Fraction(10)]
        objective = [_number(rng) for _ in range(width)] + [Fraction(0)]
        best = _best_corner(objective, rows, bounds)
        try:
            point = maximise_exactly(objective, rows, bounds)
        except Infeasible:
            infeasible += 1
            assert best is None, seed
            continue
        solved += 1
        assert min(point) >= 0
        for row, bound in zip(rows, bounds, strict=True):
            assert sum(a * x for a, x in zip(row, point, strict=True)) == bound
        value = sum(c * x for c, x in zip(objective, point, strict=True))
        # Rows that depend on one another have no square system; then there is no corner to compare with.
        assert best is None or value == best, seed
    assert solved > 100
    assert infeasible > 20


def test_rows_that_say_the_same_twice_do_no_harm() -> None:
    assert maximise_exactly([1, 0], [[1, 1], [2, 2]], [1, 2]) == [1, 0]


def test_contradicting_rows_are_infeasible() -> None:
    with pytest.raises(Infeasible):
        maximise_exactly([1, 0], [[1, 1], [2, 2]], [1, 3])


def test_growth_without_limit_is_said() -> None:
    with pytest.raises(Unbounded):
        maximise_exactly([1, 0], [[1, -1]], [0])


def test_a_program_that_cycles_under_other_rules_ends() -> None:
    """E. M. L. Beale's example (Naval Research Logistics Quarterly 2, 1955)."""
    f = Fraction
    rows = [
        [f(1, 4), -60, f(-1, 25), 9, 1, 0, 0],
        [f(1, 2), -90, f(-1, 50), 3, 0, 1, 0],
        [0, 0, 1, 0, 0, 0, 1],
    ]
    objective = [f(3, 4), -150, f(1, 50), -6, 0, 0, 0]
    point = maximise_exactly(objective, rows, [0, 0, 1])
    assert sum(c * x for c, x in zip(objective, point, strict=True)) == f(1, 20)
