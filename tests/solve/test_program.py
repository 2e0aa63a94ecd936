"""The solver program finds the optimum of small programs, says when there is none, and bounds what it left open."""

from __future__ import annotations

import math
import random
from itertools import product

import pytest

from evenhand.solve import Limits, Program


def test_knapsacks_are_solved_to_the_optimum() -> None:
    for seed in range(15):
        rng = random.Random(seed)
        worth = [rng.randint(1, 40) for _ in range(9)]
        size = [rng.randint(1, 20) for _ in range(9)]
        room = sum(size) // 2
        program = Program()
        taken = [program.binary() for _ in worth]
        program.at_most([(float(s), v) for s, v in zip(size, taken, strict=True)], float(room))
        answer = program.maximise([(float(w), v) for w, v in zip(worth, taken, strict=True)])
        best = max(
            sum(w for w, t in zip(worth, choice, strict=True) if t)
            for choice in product((0, 1), repeat=9)
            if sum(s for s, t in zip(size, choice, strict=True) if t) <= room
        )
        assert answer.finished
        assert round(answer.objective) == best
        assert answer.bound == pytest.approx(best, abs=1e-6)


def test_a_sum_of_logarithms_is_maximised() -> None:
    program = Program()
    share = program.continuous(0.0, 1.0)
    one = program.log_of([(10.0, share)], 0.0, 0.001, 10.0)
    two = program.log_of([(-6.0, share)], 6.0, 0.001, 6.0)
    answer = program.maximise([(1.0, one), (2.0, two)])
    assert answer.values is not None
    assert answer.values[share] == pytest.approx(1 / 3, abs=1e-3)
    assert answer.objective == pytest.approx(math.log(10 / 3) + 2 * math.log(4), abs=1e-5)


def test_contradicting_rows_are_infeasible() -> None:
    program = Program()
    one = program.binary()
    program.at_least([(1.0, one)], 1.0)
    program.at_most([(1.0, one)], 0.0)
    assert program.maximise([(1.0, one)]).infeasible


def test_rows_without_terms_are_taken_at_their_word() -> None:
    program = Program()
    one = program.binary()
    program.at_least([], 0.0)
    assert program.maximise([(1.0, one)]).values is not None
    program.at_least([], 1.0)
    assert program.maximise([(1.0, one)]).infeasible


def test_whole_numbers_stay_whole() -> None:
    program = Program()
    number = program.integer(None, None)
    program.at_most([(2.0, number)], 7.0)
    assert program.maximise([(1.0, number)]).objective == 3.0


def test_a_program_can_be_searched_again_with_another_objective_and_row() -> None:
    program = Program()
    one, two = program.binary(), program.binary()
    assert program.maximise([(1.0, one), (1.0, two)]).objective == 2.0
    program.at_most([(1.0, one), (1.0, two)], 1.0)
    assert program.maximise([(2.0, one), (1.0, two)]).objective == 2.0
    assert program.maximise([]).finished


def test_a_stopped_search_gives_a_bound_above_what_it_found() -> None:
    rng = random.Random(4)
    program = Program()
    taken = [program.binary() for _ in range(70)]
    for _ in range(20):
        row = [(float(rng.randint(10, 99)), v) for v in taken]
        program.at_most(row, sum(c for c, _ in row) / 3)
    answer = program.maximise([(float(rng.randint(10, 99)), v) for v in taken], Limits(0.3))
    assert not answer.finished
    assert answer.bound >= answer.objective
    assert Limits(0.0).spent()
    assert not Limits(None).spent()


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    program = Program()
    share = program.continuous(0.0, 1.0)
    program.maximise([(1.0, program.log_of([(1.0, share)], 0.0, 1e-6, 1.0))])
    captured = capfd.readouterr()
    assert captured.out == captured.err == ""
