"""Closed walks give a length that no line is below, mostly the shortest; and steps add up to what a line encloses."""

import random

import numpy as np
import pytest

from evenhand.solve import Limits
from evenhand.solve.regions import FREE, Graph, border_of
from evenhand.solve.regions.annealing import best_line
from evenhand.solve.regions.dual import Dual
from evenhand.solve.regions.enclosing import enclosed
from evenhand.solve.regions.lines import LineProblem, allowed
from evenhand.solve.regions.shortest import shortest_border
from solve.regions_oracle import borders_of, grid_lines, random_map, two_part_lines

Numbers = np.ndarray


def random_land(draw: random.Random, least_border: int) -> tuple[Graph, Numbers]:
    """A small map and all labellings of it with two connected sides."""
    if draw.random() < 0.4:
        graph = random_map(draw, draw.randint(4, 10))
        one, other, border = graph.edges()
        edges = zip(one.tolist(), other.tolist(), (border + least_border).tolist(), strict=True)
        graph = Graph.of_edges(graph.size, edges)
        lines = two_part_lines(graph)
    else:
        rows, columns = draw.choice([(3, 4), (4, 4)])
        one, other, _ = Graph.grid(rows, columns).edges()
        most = draw.choice((1, 20, 1000))
        edges = [(a, b, draw.randint(least_border, most)) for a, b in zip(one.tolist(), other.tolist(), strict=True)]
        graph, lines = Graph.of_edges(rows * columns, edges), grid_lines(rows, columns)
    return graph, np.concatenate([lines, 1 - lines])


def random_asked(draw: random.Random, graph: Graph) -> LineProblem:
    """Values even, heavy, alike or huge; some cells fixed, some together, sometimes a most."""
    n, top = graph.size, draw.choice((3, 100, 10**13))
    values = np.array(
        [[draw.choice((draw.randint(0, top), 5 * top * (draw.random() < 0.1))) for _ in "ab"] for _ in range(n)]
    )
    values[0] += 1
    if draw.random() < 0.3:
        values[:, 1] = values[:, 0] * draw.choice((1, 2))
    totals, part = values.sum(axis=0).tolist(), draw.choice((0, 0.3, 0.45, 0.5))
    fixed = np.full(n, FREE, dtype=np.int32)
    for _ in range(draw.choice((0, 0, 1, 3))):
        fixed[draw.randrange(n)] = draw.randrange(2)
    block = draw.sample(range(n), 2)
    together = draw.random() < 0.3 and len(set(fixed[block].tolist()) - {FREE}) < 2
    most = [int(draw.choice((0.6, 0.7, 1)) * total) for total in totals] if draw.random() < 0.3 else None
    return LineProblem.of(
        graph,
        values,
        least=[int(part * total) for total in totals],
        most=most,
        fixed=fixed,
        blocks=[block] if together else [],
    )


def best_of(problem: LineProblem, lines: Numbers) -> int | None:
    """The shortest border of all labellings that keep what is asked."""
    ones, zeros = lines @ problem.values[:, 1], (1 - lines) @ problem.values[:, 0]
    kept = (ones >= problem.least[1]) & (ones <= problem.most[1])
    kept &= (zeros >= problem.least[0]) & (zeros <= problem.most[0])
    kept &= ((problem.fixed == FREE) | (lines == problem.fixed)).all(axis=1)
    for block in problem.blocks:
        kept &= (lines[:, block] == lines[:, block[:1]]).all(axis=1)
    return int(borders_of(problem.graph, lines[kept]).min()) if kept.any() else None


@pytest.mark.parametrize(("least_border", "exact"), [(1, 0.97), (0, 0.9)])
def test_no_line_is_shorter_and_nearly_always_one_is_as_short(least_border: int, exact: float) -> None:
    draw, tried, tight = random.Random(21), 0, 0
    while tried < 150:
        graph, lines = random_land(draw, least_border)
        problem = random_asked(draw, graph)
        best = best_of(problem, lines)
        if best is None:
            continue
        longest = draw.choice((best - 1, best, best + 2, 2 * best))
        found = enclosed(problem, longest, Limits(20))
        if found is None:
            continue
        tried += 1
        assert found.least <= min(best, longest + 1)
        tight += found.least == min(best, longest + 1)
        if found.line is not None:
            assert allowed(problem, found.line.labels)
            assert best <= found.line.border <= longest
    assert tight >= exact * tried


def test_what_steps_gain_adds_up_to_what_a_line_encloses() -> None:
    draw = random.Random(5)
    graph, lines = Graph.grid(3, 4), grid_lines(3, 4)
    dual = Dual.of(graph)
    assert dual is not None
    for _ in range(5):
        weights = np.array([[draw.randint(0, 9), draw.randint(0, 9)] for _ in range(graph.size)])
        root = draw.randrange(graph.size)
        gains = dual.gains(weights, root)
        for labels in np.concatenate([lines, 1 - lines]):
            crossed = (labels[dual.left] == 1) & (labels[dual.right] == 0)
            assert sorted(dual.head[crossed]) == sorted(dual.tails[crossed])  # it closes
            assert len(set(dual.head[crossed].tolist())) == crossed.sum()  # and visits no corner twice
            assert dual.length[crossed].sum() == border_of(graph, labels)
            everything = weights.sum(axis=0) if labels[root] == 1 else 0
            assert (gains[crossed].sum(axis=0) == weights[labels == 1].sum(axis=0) - everything).all()


def test_a_town_counts_once_however_often_a_walk_goes_around_it() -> None:
    one, other, _ = Graph.grid(4, 4).edges()
    cheap_around_the_town = [
        (a, b, 1 if 5 in (a, b) else 10) for a, b in zip(one.tolist(), other.tolist(), strict=True)
    ]
    values = np.ones((16, 2), dtype=np.int64)
    values[5] = 0, 10
    problem = LineProblem.of(Graph.of_edges(16, cheap_around_the_town), values, least=[5, 15])
    best = best_of(problem, np.concatenate([grid_lines(4, 4), 1 - grid_lines(4, 4)]))
    assert best is not None
    assert best > 8  # twice around the town
    found = enclosed(problem, best + 5, Limits())
    assert found is not None
    assert found.line is not None
    assert found.least == found.line.border == best


def test_borders_that_cannot_be_drawn_on_a_plane_are_left_to_the_solver() -> None:
    draw = random.Random(3)
    everyone = [(a, b, draw.randint(1, 9)) for a in range(6) for b in range(a)]
    problem = LineProblem.of(Graph.of_edges(6, everyone), np.ones((6, 2), dtype=np.int64), least=[2, 2])
    assert Dual.of(problem.graph) is None
    assert enclosed(problem, 100, Limits()) is None
    found = shortest_border(problem, best_line(problem))
    lines = two_part_lines(problem.graph)
    assert found is not None
    assert found.least == best_of(problem, np.concatenate([lines, 1 - lines]))
    assert not found.exact


def test_without_time_nothing_is_claimed() -> None:
    problem = LineProblem.of(Graph.grid(12, 12), np.ones((144, 2), dtype=np.int64), least=[60, 60])
    found = enclosed(problem, 20, Limits(0))
    assert found is not None
    assert found.least <= 12
    assert found.line is None
