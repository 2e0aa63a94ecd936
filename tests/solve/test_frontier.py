import time
from contextlib import nullcontext
from itertools import islice, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.solve import Limits
from evenhand.solve.frontier import SumProblem, Tie, maxima, maximal, maximal_sums, screen
from evenhand.solve.frontier.maxima import covering
from evenhand.solve.frontier.pace import Pace


def dominates(one, other):
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def naive(rows):
    rows = sorted(set(rows), reverse=True)
    return [row for row in rows if not any(dominates(other, row) for other in rows)]


def sums(problem):
    """Every sum with its picks, by the definition of ties."""
    found = {}
    for pick in product(*(range(len(rows)) for rows in problem.groups)):
        row = list(problem.start)
        parts = [problem.groups[k][s] for k, s in enumerate(pick)]
        for tie in problem.ties:
            if not any(pick[k] in hits for k, hits in tie.hits.items()):
                parts.append(tie.otherwise)
        if None not in parts:
            row = tuple(sum(column) for column in zip(problem.start, *parts, strict=True))
            if problem.floor is None or all(a >= b for a, b in zip(row, problem.floor, strict=True)):
                found.setdefault(row, []).append(pick)
    return found


@st.composite
def problems(draw, largest=12, widths=(1, 5)):
    width = draw(st.integers(*widths))
    numbers = st.integers(-largest, largest)
    row = st.tuples(*[numbers] * width)
    groups = draw(st.lists(st.lists(row, min_size=1, max_size=4), min_size=1, max_size=4))
    ties = []
    for _ in range(draw(st.integers(0, 3))):
        tied = draw(st.lists(st.sampled_from(range(len(groups))), min_size=1, max_size=2, unique=True))
        hits = {k: frozenset(draw(st.sets(st.sampled_from(range(len(groups[k])))))) for k in tied}
        ties.append(Tie(hits, draw(st.none() | row)))
    return SumProblem(width, groups, ties, draw(st.none() | row))


@settings(max_examples=150, deadline=None)
@given(problems())
def test_maximal_sums_and_their_picks_are_those_of_the_definition(problem):
    every = sums(problem)
    front = maximal_sums(problem)
    rows = [tuple(row) for row in front.rows.tolist()]
    assert front.complete
    assert rows == naive(every)
    assert all(list(front.picks(row)) == every[row] for row in rows)
    assert [tuple(pick) for pick in front.first_picks(front.rows).tolist()] == [every[row][0] for row in rows]


@settings(max_examples=40, deadline=None)
@given(problems(largest=10**25))
def test_numbers_too_large_for_a_machine_word_are_just_as_exact(problem):
    front = maximal_sums(problem)
    assert [tuple(row) for row in front.rows.tolist()] == naive(sums(problem))


@pytest.fixture(scope="module", params=["few", "many"])
def rows_are(request):
    """Few rows are compared in another way than many: here all count as few, or none do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(maxima, "FEW", {})
        patch.setattr(maxima, "FEW_OF_MANY", 10**9 if request.param == "few" else 0)
        yield request.param


@settings(max_examples=100, deadline=None)
@given(
    st.integers(1, 6).flatmap(lambda width: st.lists(st.tuples(*[st.integers(0, 9)] * width), min_size=1)),
    st.sampled_from([1, 10**6, 10**12, 10**25]),
)
def test_maximal_rows_are_those_that_no_other_dominates(rows_are, rows, unit):
    ordered = sorted({tuple(number * unit for number in row) for row in rows}, reverse=True)
    keep = maximal(list(np.array(ordered).T))
    assert [row for row, kept in zip(ordered, keep, strict=True) if kept] == naive(ordered)


@pytest.mark.parametrize("width", [2, 3, 4, 5])
@pytest.mark.parametrize("spread", [12, 10**17, "clusters"])
def test_maximal_rows_among_thousands_are_those_that_no_other_dominates(rows_are, width, spread):
    table = thousands(width, spread)
    keep = maximal([np.ascontiguousarray(column) for column in table.T])
    for at in range(0, len(table), 500):
        columns = zip(table[at : at + 500].T, table.T, strict=True)
        at_least = np.logical_and.reduce([others >= own[:, None] for own, others in columns])
        assert (keep[at : at + 500] == (at_least.sum(axis=1) == 1)).all()  # no other one: each is so itself


def thousands(width, spread):
    """Rows that differ in a few highest bits and a few lowest ones (clusters), or in all."""
    draw = np.random.default_rng(width)
    if spread == "clusters":
        table = draw.integers(0, 5, size=(2500, width)) + (draw.integers(0, 2, size=(2500, width)) << 25)
    else:
        table = draw.integers(0, spread, size=(2500, width))
    return np.unique(table, axis=0)[::-1]


@pytest.mark.parametrize("width", [3, 4])
def test_a_comparison_of_many_rows_can_be_ended(rows_are, width):
    class Ended(Exception):
        pass

    def check():
        raise Ended

    columns = list(np.unique(np.random.default_rng(1).integers(0, 99, size=(5000, width)), axis=0)[::-1].T)
    with pytest.raises(Ended):
        maximal(columns, check)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.tuples(*[st.tuples(*[st.integers(0, 9)] * 2)] * width), min_size=2, max_size=12)
    ),
    st.tuples(st.integers(0, 3), st.integers(0, 9)),
    st.sampled_from([10, 2**40, 10**25]),
)
def test_no_row_is_above_all_of_a_cover_by_more_than_the_slack(rows, slack, unit):
    """Numbers, and the slack, that differ in their highest bits and in their lowest."""
    table = [[high * unit + low for high, low in row] for row in rows]
    lack = slack[0] * unit + slack[1]
    keep = covering(list(np.array(table).T), [lack] * len(table[0]), len(table))
    kept = [row for row, there in zip(table, keep, strict=True) if there]
    for row in table:
        assert any(all(own - other <= lack for own, other in zip(row, near, strict=True)) for near in kept)


def test_a_cover_takes_few_rows():
    line = [np.arange(999), np.arange(999)[::-1]]
    assert covering(line, [0, 0], 999).all()
    assert 999 / 7 <= covering(line, [3, 3], 999).sum() <= 999 / 4 + 1
    assert covering([np.arange(9999), np.arange(9999)[::-1]], [0, 0], 99).sum() in range(100, 3000)  # ends early


def thinned(problem, most):
    front = maximal_sums(problem, most=most)
    assert not front.complete
    return front


@pytest.mark.parametrize("width", [2, 3, 4])
def test_a_cover_is_nowhere_further_off_than_it_says(width):
    draw = np.random.default_rng(7)
    groups = [[tuple(row) for row in draw.integers(0, 100, size=(5, width)).tolist()] for _ in range(6)]
    problem = SumProblem(width, groups, floor=(220,) * width)
    every = maximal_sums(problem).rows
    front = thinned(problem, 8)
    near = np.concatenate([front.rows, front.short])
    assert all((near + np.array(front.loss) >= row).all(axis=1).any() for row in every)
    possible = sums(SumProblem(width, groups))
    assert all(tuple(row) in possible for row in front.rows.tolist())
    assert all((row >= 220).all() for row in front.rows)


def test_a_search_that_is_out_of_time_still_ends_with_a_cover():
    draw = np.random.default_rng(3)
    groups = [[tuple(row) for row in draw.integers(0, 10**6, size=(10, 4)).tolist()] for _ in range(9)]
    limits = Limits(0.05, started=0.0)
    front = maximal_sums(SumProblem(4, groups), limits)
    assert len(front.rows) > 10
    assert not front.complete
    row = front.rows[0].tolist()
    assert next(front.picks(row)) == tuple(front.first_picks(front.rows[:1])[0])


@pytest.mark.parametrize(("paused", "most"), [(True, 10**6), (False, 10**3)])
def test_what_a_merge_waits_for_is_no_reason_to_keep_fewer_sums(monkeypatch, paused, most):
    now = [0.0]
    monkeypatch.setattr(time, "process_time", lambda: now[0])
    pace = Pace(Limits(10.0, started=0.0), str, 10**6)
    pace.begin(2000, groups_left=5)
    with pace.paused() if paused else nullcontext():
        now[0] = 5.0
    now[0] = 5.01
    assert pace.most(4000, groups_left=5) == pytest.approx(most, rel=0.5)


def test_all_picks_of_one_sum_come_one_by_one_however_many_there_are():
    problem = SumProblem(2, [[(1, 1)] * 3] * 40)
    front = maximal_sums(problem)
    assert front.rows.tolist() == [[40, 40]]
    assert list(islice(front.picks((40, 40)), 2)) == [(0,) * 40, (0,) * 39 + (1,)]


@settings(max_examples=100, deadline=None)
@given(problems(widths=(2, 2)))
def test_what_is_screened_away_is_never_missed(problem):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screen, "WORTH_IT", 1)
        patch.setattr(screen, "_SAMPLE", 2)
        patch.setattr(screen, "_STRETCHES", 3)
        front = maximal_sums(problem)
    assert [tuple(row) for row in front.rows.tolist()] == naive(sums(problem))


def test_a_group_without_rows_leaves_nothing():
    assert len(maximal_sums(SumProblem(2, [[(1, 2)], []])).rows) == 0
