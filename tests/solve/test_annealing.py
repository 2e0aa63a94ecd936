import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.solve import Limits
from evenhand.solve.regions import Graph, is_line
from evenhand.solve.regions.annealing import (
    BEST_WORST,
    LARGEST_PRODUCT,
    LEAST_MOVED,
    SHORTEST,
    Aim,
    Effort,
    best_line,
)
from evenhand.solve.regions.lines import LineProblem, allowed, measured, touching
from solve.regions_oracle import all_lines, borders_of, grid_lines, random_map

GRIDS = ((4, 4), (4, 5))


def random_grid(draw, rows, columns):
    one, other, _ = Graph.grid(rows, columns).edges()
    ends = zip(one.tolist(), other.tolist(), strict=True)
    graph = Graph.of_edges(rows * columns, [(a, b, draw.randint(1, 20)) for a, b in ends])
    return graph, np.array([[draw.randint(0, 100) for _ in range(2)] for _ in range(graph.size)])


def halves(values):
    return [-(-int(total) // 2) for total in values.sum(axis=0)]


def test_the_shortest_line_of_small_grids_is_the_best_of_all_in_99_of_100():
    draw, missed = random.Random(20), 0
    for seed in range(100):
        rows, columns = GRIDS[seed % 2]
        lines = grid_lines(rows, columns)
        graph, values = random_grid(draw, rows, columns)
        least = halves(values)
        enough = ((1 - lines) @ values[:, 0] >= least[0]) & (lines @ values[:, 1] >= least[1])
        shortest = borders_of(graph, lines)[enough].min(initial=2**40)
        found = best_line(LineProblem.of(graph, values, least=least), SHORTEST, Effort(seed=seed))
        missed += found.border != shortest if found else shortest < 2**40
    assert missed <= 1


def test_the_best_worst_side_and_the_product_of_small_grids_are_the_best_of_all():
    draw, missed = random.Random(9), 0
    for seed in range(24):
        rows, columns = GRIDS[seed % 2]
        lines = grid_lines(rows, columns)
        graph, values = random_grid(draw, rows, columns)
        totals, sums = values.sum(axis=0), np.stack([(1 - lines) @ values[:, 0], lines @ values[:, 1]])
        problem = LineProblem.of(graph, values)
        worst = Fraction(2 * int(np.min(sums * totals[::-1, None], axis=0).max()), int(totals.prod()))
        missed += best_line(problem, BEST_WORST, Effort(seed=seed)).worst != worst
        product = best_line(problem, LARGEST_PRODUCT, Effort(seed=seed)).sums
        missed += product[0] * product[1] != sums.prod(axis=0).max()
    assert missed <= 1


def test_three_parts_and_least_moved_agree_with_every_line_of_a_tiny_grid():
    draw, lines = random.Random(5), list(all_lines(Graph.grid(3, 3), 3))
    for seed in range(4):
        graph = Graph.grid(3, 3)
        values, moving = (np.array([[draw.randint(1, 30) for _ in range(3)] for _ in range(9)]) for _ in range(2))
        least = [int(total) // 4 for total in values.sum(axis=0)]
        problem = LineProblem.of(graph, values, least=least, moving=moving)
        every = [measured(problem, np.array(line)) for line in lines if allowed(problem, np.array(line))]
        found = best_line(problem, LEAST_MOVED, Effort(seed=seed))
        assert found.moving == min(line.moving for line in every)
        assert best_line(problem, BEST_WORST, Effort(seed=seed)).worst == max(line.worst for line in every)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6))
def test_sides_are_connected_cover_everything_and_keep_what_is_asked(seed):
    draw = random.Random(seed)
    graph = random_map(draw, draw.randint(10, 40))
    labels = draw.randint(2, 5)
    joint = labels > 2 and draw.random() < 0.5
    values = np.array([[draw.randint(0, 50) for _ in range(labels)] for _ in range(graph.size)]) + 1
    fixed = np.full(graph.size, -1)
    fixed[: labels // 2] = np.arange(labels // 2)
    cells = draw.sample(range(labels, graph.size), 4)
    problem = LineProblem.of(
        graph,
        values,
        entitlements=[draw.randint(1, 4) for _ in range(labels - joint)],
        joint=joint,
        least=[int(total) // (3 * labels) for total in values.sum(axis=0)],
        fixed=fixed,
        blocks=[cells[:2], cells[2:]],
        moving=values // 3,
    )
    aim = draw.choice([SHORTEST, BEST_WORST, LARGEST_PRODUCT, LEAST_MOVED, Aim(border=1, worst=1, nash=1, moving=1)])
    found = best_line(problem, aim, Effort(rounds=2, sweeps=50, steps=0, seed=seed))
    if found is not None:
        assert allowed(problem, found.labels)
        assert is_line(graph, found.labels)
        assert (found.labels[: labels // 2] == np.arange(labels // 2)).all()
        assert len({int(found.labels[cell]) for cell in cells[:2]}) == 1
        assert found.sums == tuple(int(values[found.labels == own, own].sum()) for own in range(labels))


def test_cells_fixed_far_apart_are_joined():
    graph = Graph.grid(6, 6)
    fixed = np.full(36, -1)
    fixed[[0, 35]], fixed[[5]] = 0, 1
    found = best_line(LineProblem.of(graph, np.ones((36, 2), dtype=np.int64), least=[18, 12], fixed=fixed))
    assert found.labels[[0, 35, 5]].tolist() == [0, 0, 1]
    assert is_line(graph, found.labels)


def test_entitlements_that_differ_are_served_in_proportion():
    graph = Graph.grid(5, 6)
    found = best_line(LineProblem.of(graph, np.ones((30, 2), dtype=np.int64), entitlements=[2, 1]), BEST_WORST)
    assert found.sums == (20, 10)
    assert found.levels == (1, 1)


def test_a_joint_zone_has_what_it_must_and_no_level():
    graph = Graph.grid(5, 6)
    problem = LineProblem.of(graph, np.ones((30, 3), dtype=np.int64), joint=True, least=[12, 12, 5])
    found = best_line(problem)
    assert found.sums[2] >= 5
    assert found.levels[2] is None


@pytest.mark.parametrize("apart", [False, True])
def test_the_best_joint_zone_of_so_much_is_found_on_small_grids(apart):
    draw, graph = random.Random(4), Graph.grid(3, 3)
    one, other, _ = graph.edges()
    lines = np.array(list(all_lines(graph, 3)))
    zone = lines == 2
    near = np.stack([lines[:, one], lines[:, other]])
    met = ((near[0] != near[1]) & (near != 2).all(axis=0)).any(axis=1)
    for seed in range(10):
        values = np.array([[draw.randint(0, 20) for _ in range(2)] for _ in range(9)])
        own = np.stack([(lines == label) @ values[:, label] * 2 + zone @ values[:, label] for label in (0, 1)])
        levels = own / values.sum(axis=0)[:, None]
        size = zone.sum(axis=1)
        kept = (size >= 2) & (size <= 4) & (levels.min(axis=0) >= 0.5) & ~(apart & met)
        column = np.ones((9, 1), dtype=np.int64)
        problem = LineProblem.of(
            graph,
            np.hstack([2 * values, column]),
            joint=True,
            least=[*(-(-values.sum(axis=0) // 2)), 2],
            most=[10**6, 10**6, 4],
            shared=np.hstack([values, 0 * column]),
            apart=apart,
        )
        shortest, fairest = (best_line(problem, aim, Effort(seed=seed)) for aim in (SHORTEST, BEST_WORST))
        assert shortest.border == borders_of(graph, lines)[kept].min()
        assert float(fairest.worst) == pytest.approx(levels.min(axis=0)[kept].max())
        for line in (shortest, fairest):
            assert allowed(problem, line.labels)
            assert 2 <= line.sums[2] <= 4
            assert (touching(problem, line.labels) == 0) >= apart


def test_the_same_seed_finds_the_same_line():
    draw = random.Random(1)
    graph, values = random_grid(draw, 8, 9)
    problem = LineProblem.of(graph, values, least=halves(values))
    one, other = (best_line(problem, SHORTEST, Effort(seed=7, rounds=2, steps=0)) for _ in range(2))
    assert one.labels.tolist() == other.labels.tolist()


def test_a_search_whose_time_is_over_gives_what_it_has():
    graph, values = random_grid(random.Random(1), 30, 30)
    found = best_line(LineProblem.of(graph, values), SHORTEST, Effort(rounds=10_000), Limits(0.3))
    assert is_line(graph, found.labels)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"entitlements": [1]}, "entitlements"),
        ({"entitlements": [1, 0]}, "entitlements"),
        ({"least": [1]}, "do not fit"),
        ({"fixed": np.array([2, -1, -1, -1])}, "a label that is none"),
        ({"moving": np.full((4, 2), -1)}, "at least 0"),
        ({"apart": True}, "without a joint zone"),
        ({"shared": np.ones((4, 2))}, "without a joint zone"),
    ],
)
def test_a_problem_that_is_none_is_refused(options, word):
    with pytest.raises(ValueError, match=word):
        LineProblem.of(Graph.grid(2, 2), np.ones((4, 2), dtype=np.int64), **options)


def test_cells_in_pieces_values_of_nothing_and_torn_blocks_are_refused():
    apart = Graph.of_edges(4, [(0, 1, 1), (2, 3, 1)])
    with pytest.raises(ValueError, match="pieces"):
        LineProblem.of(apart, np.ones((4, 2), dtype=np.int64))
    with pytest.raises(ValueError, match="no cell counts"):
        LineProblem.of(Graph.grid(2, 2), np.zeros((4, 2), dtype=np.int64))
    torn = LineProblem.of(
        Graph.grid(2, 2), np.ones((4, 2), dtype=np.int64), fixed=np.array([0, 1, -1, -1]), blocks=[[0, 1]]
    )
    with pytest.raises(ValueError, match="different labels"):
        best_line(torn)


def test_cells_that_cannot_be_joined_give_no_line():
    problem = LineProblem.of(Graph.grid(1, 3), np.ones((3, 2), dtype=np.int64), fixed=np.array([0, 1, 0]))
    assert best_line(problem) is None
