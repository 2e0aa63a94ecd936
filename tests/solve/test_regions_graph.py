import random

import numpy as np
import pytest

from evenhand.solve.regions import Graph, border_of, components, contracted, cut_off, is_connected, is_line, sums_of
from solve.regions_oracle import all_lines, border_by_definition, grid_lines, hangs_together, masks_of, random_map


def test_a_grid_joins_cells_beside_above_and_below():
    graph = Graph.grid(2, 3, border=7)
    assert [graph.neighbours(v).tolist() for v in range(6)] == [[1, 3], [0, 2, 4], [1, 5], [0, 4], [1, 3, 5], [2, 4]]
    assert set(graph.border.tolist()) == {7}


@pytest.mark.parametrize(
    ("indptr", "indices", "border", "word"),
    [
        ([0, 1, 1], [1], [5], "symmetric"),
        ([0, 1, 2], [1, 0], [5, 6], "symmetric"),
        ([0, 1, 2], [1, 2], [5, 5], "cells"),
        ([0, 1, 2], [0, 1], [5, 5], "itself"),
        ([0, 2, 4], [1, 1, 0, 0], [5, 5, 5, 5], "repetition"),
        ([0, 1, 2], [1, 0], [-5, -5], "at least 0"),
        ([0, 1, 2], [1, 0], [2**61, 2**61], "2\\^62"),
        ([0, 1, 2], [1, 0], [5], "fit together"),
    ],
)
def test_a_graph_that_is_none_is_refused_with_the_reason(indptr, indices, border, word):
    with pytest.raises(ValueError, match=word):
        Graph(np.array(indptr), np.array(indices), np.array(border))


def test_edges_outside_the_cells_are_refused():
    with pytest.raises(ValueError, match="3 cells"):
        Graph.of_edges(3, [(0, 3, 1)])


def test_pieces_lines_borders_and_sums_agree_with_their_definitions():
    draw = random.Random(6)
    for _ in range(300):
        graph = random_map(draw, draw.randint(1, 9))
        labels = np.array([draw.randint(0, 2) for _ in range(graph.size)])
        near = masks_of(graph)
        sides = [sum(1 << v for v in range(graph.size) if labels[v] == part) for part in range(3)]
        assert [is_connected(graph, labels == part) for part in range(3)] == [hangs_together(near, s) for s in sides]
        assert is_line(graph, labels) == all(hangs_together(near, side) for side in sides)
        assert border_of(graph, labels) == border_by_definition(graph, labels)
        weights = np.array([[draw.randint(0, 99), draw.randint(0, 99)] for _ in range(graph.size)])
        expected = [
            [sum(weights[v, k] for v in range(graph.size) if labels[v] == part) for k in (0, 1)] for part in range(3)
        ]
        assert sums_of(weights, labels, 3).tolist() == expected


def test_pieces_are_numbered_by_their_first_cell():
    assert components(Graph.grid(1, 5), [True, True, False, True, True]).tolist() == [0, 0, -1, 1, 1]


def test_the_listing_of_lines_finds_each_once():
    listed = {tuple(labels) for labels in grid_lines(3, 3).tolist()}
    assert listed == set(all_lines(Graph.grid(3, 3), 2))
    assert len(listed) == len(grid_lines(3, 3))


def test_fixed_cells_that_others_shut_off_are_named():
    assert cut_off(Graph.grid(1, 3), np.array([0, 1, 0])) == {0: [[0], [2]]}
    assert cut_off(Graph.grid(2, 3), np.array([0, 1, 0, -1, -1, -1])) == {}


def test_blocks_are_drawn_together_and_their_borders_add_up():
    graph, into = contracted(Graph.grid(2, 3), [[0, 3], [1, 2, 5]])
    assert into.tolist() == [0, 1, 1, 0, 2, 1]
    assert [part.tolist() for part in graph.edges()] == [[0, 0, 1], [1, 2, 2], [1, 1, 2]]
    with pytest.raises(ValueError, match="two blocks"):
        contracted(Graph.grid(2, 3), [[0, 3], [3, 4]])


def test_a_block_in_two_pieces_stays_two_cells():
    graph, into = contracted(Graph.grid(1, 4), [[0, 1, 3]])
    assert into.tolist() == [0, 0, 1, 2]
    assert graph.size == 3
