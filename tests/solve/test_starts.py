import random

import numpy as np

from evenhand.solve.regions import Graph, is_line
from evenhand.solve.regions.compiled import seeded
from evenhand.solve.regions.lines import Compact, LineProblem
from evenhand.solve.regions.starts import grown_line
from solve.regions_oracle import random_map


def grown(problem, seed, around=None):
    return grown_line(problem, Compact.of(problem), seeded(seed), around)


def test_a_grown_line_gives_each_label_cells_that_hang_together_and_keeps_what_is_fixed():
    draw, found = random.Random(2), 0
    for seed in range(200):
        graph = random_map(draw, draw.randint(6, 25))
        labels = draw.randint(2, 4)
        fixed = np.array([draw.randrange(labels) if draw.random() < 0.15 else -1 for _ in range(graph.size)])
        line = grown(LineProblem.of(graph, np.ones((graph.size, labels), dtype=np.int64), fixed=fixed), seed)
        if line is not None:
            found += 1
            assert is_line(graph, line)
            assert set(line.tolist()) == set(range(labels))
            assert ((fixed < 0) | (line == fixed)).all()
    assert found > 100


def test_two_neighbours_grow_anew_and_all_others_stay():
    graph = Graph.grid(6, 6)
    problem = LineProblem.of(graph, np.ones((36, 4), dtype=np.int64), fixed=np.where(np.arange(36) == 0, 2, -1))
    line = grown(problem, 1)
    for seed in range(20):
        again = grown(problem, seed, line)
        changed = set(line[line != again].tolist()) | set(again[line != again].tolist())
        assert is_line(graph, again)
        assert len(changed) <= 2
        assert again[0] == 2


def test_an_unfixed_block_in_two_places_is_joined_under_one_label():
    problem = LineProblem.of(Graph.grid(5, 5), np.ones((25, 2), dtype=np.int64), blocks=[[0, 24]])
    for seed in range(20):
        line = grown(problem, seed)
        assert line[0] == line[24]
        assert is_line(problem.graph, line)
