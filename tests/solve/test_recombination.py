import random
from collections import Counter
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.solve import Limits
from evenhand.solve.regions import Graph, contracted, is_line, sums_of
from evenhand.solve.regions.recombination import Balance, Recombination
from solve.regions_oracle import all_lines, border_by_definition, grid_lines, random_map

HALF = [Fraction(1), Fraction(1)]


def halves(size):
    return (np.arange(size) >= size // 2).astype(np.int32)


# The chain written down again from its definition, in plain Python, with every tree listed


def spanning_trees(cells, edges):
    for chosen in combinations(edges, len(cells) - 1):
        joined = {v: v for v in cells}
        for a, b in chosen:
            joined = {v: joined[b] if root == joined[a] else root for v, root in joined.items()}
        if len(set(joined.values())) == 1:
            yield chosen


def hanging(tree, cut, cells):
    """The two sides of a tree without one of its edges, the side of its first end first."""
    side, waiting = {cut[0]}, [cut[0]]
    while waiting:
        v = waiting.pop()
        for a, b in tree:
            for one, other in ((a, b), (b, a)):
                if (a, b) != cut and one == v and other not in side:
                    side.add(other)
                    waiting.append(other)
    return side, set(cells) - side


def splits(graph, labels, pair, low, high, weights):
    """Chance of every line that the chain may go to when these two labels are drawn together."""
    cells = [v for v in range(graph.size) if labels[v] in pair]
    edges = [(a, b) for a in cells for b in graph.neighbours(a).tolist() if a < b and b in cells]
    chances = Counter()
    for tree in spanning_trees(cells, edges):
        found = []
        for cut in tree:
            for one, other in (pair, pair[::-1]):
                parts = dict(zip((one, other), hanging(tree, cut, cells), strict=True))
                if all(low[p] <= sum(weights[v] for v in parts[p]) <= high[p] for p in pair):
                    found.append(tuple(next((p for p in pair if v in parts[p]), labels[v]) for v in range(graph.size)))
        for line in found:
            chances[line] += Fraction(1, len(found))
    total = sum(chances.values())
    return {line: chance / total for line, chance in chances.items()}


def within(line, low, high, weights):
    held = Counter()
    for own, weight in zip(line, weights, strict=True):
        held[own] += int(weight)
    return all(low[part] <= held[part] <= high[part] for part in range(len(low)))


def stationary(graph, parts, low, high, weights):
    lines = [line for line in all_lines(graph, parts) if within(line, low, high, weights)]
    number = {line: i for i, line in enumerate(lines)}
    step = np.zeros((len(lines), len(lines)))
    for line in lines:
        ends = [(a, b) for a in range(graph.size) for b in graph.neighbours(a).tolist() if line[a] < line[b]]
        for pair, times in Counter((line[a], line[b]) for a, b in ends).items():
            for to, chance in splits(graph, line, pair, low, high, weights).items():
                step[number[line], number[to]] += float(chance) * times / len(ends)
    share = np.full(len(lines), 1 / len(lines))
    for _ in range(2000):
        share = share @ step
    return dict(zip(lines, share.tolist(), strict=True))


def distance(expected, passed):
    counted = Counter(passed)
    return sum(abs(share - counted[line] / len(passed)) for line, share in expected.items()) / 2


def walked(chain, steps):
    passed = []
    for _ in range(steps):
        chain.advance(1)
        passed.append(tuple(chain.labels.tolist()))
    return passed


def test_two_parts_of_a_grid_come_up_as_often_as_the_definition_says():
    graph, weights = Graph.grid(3, 3), np.ones(9, dtype=np.int64)
    balance = Balance.about(weights, HALF, Fraction(1, 8))
    expected = stationary(graph, 2, balance.low, balance.high, weights)
    passed = walked(Recombination(graph, balance, halves(9), seed=3), 6000)
    assert set(passed) == set(expected)
    assert distance(expected, passed) < 0.05


def test_three_parts_of_a_grid_come_up_as_often_as_the_definition_says():
    graph, weights = Graph.grid(2, 4), np.array([1, 2, 1, 1, 1, 1, 2, 1])
    balance = Balance.about(weights, [Fraction(1)] * 3, Fraction(1, 2))
    expected = stationary(graph, 3, balance.low, balance.high, weights)
    start = np.array(next(iter(expected)), dtype=np.int32)
    passed = walked(Recombination(graph, balance, start, seed=4), 12_000)
    assert set(passed) == set(expected)
    assert len(expected) > 100
    assert distance(expected, passed) < 0.08


def test_every_balanced_line_of_a_grid_is_reached():
    graph, weights = Graph.grid(3, 4), np.ones(12, dtype=np.int64)
    lines = grid_lines(3, 4)
    balanced = {tuple(line) for line in lines[lines.sum(axis=1) == 6].tolist()}
    chain = Recombination(graph, Balance.about(weights, HALF, Fraction(0)), halves(12), seed=1)
    assert set(walked(chain, 4000)) == balanced


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_every_step_is_a_line_within_the_tolerance_that_keeps_what_is_fixed(seed):
    draw = random.Random(seed)
    graph = random_map(draw, draw.randint(6, 30))
    parts = draw.randint(2, 4)
    labels = np.minimum(np.arange(graph.size) * parts // graph.size, parts - 1).astype(np.int32)
    weights = np.array([draw.randint(1, 9) for _ in range(graph.size)])
    held = sums_of(weights[:, None], labels, parts)[:, 0]
    balance = Balance(weights, held - draw.randint(0, 9), held + draw.randint(0, 9))
    fixed = np.where([draw.random() < 0.2 for _ in labels], labels, -1)
    blocks = [[0, 1], [graph.size // 2, graph.size // 2 + 1]]
    blocks = [block for block in blocks if labels[block[0]] == labels[block[1]]]
    values = np.array([[draw.randint(0, 99) for _ in range(parts)] for _ in labels])
    chain = Recombination(graph, balance, labels, values=values, fixed=fixed, blocks=blocks, seed=seed)
    for _ in range(10):
        passed = chain.advance(1)
        line = chain.labels
        assert is_line(graph, line)
        assert set(line.tolist()) == set(range(parts))
        weighed = sums_of(weights[:, None], line, parts)[:, 0]
        assert (balance.low <= weighed).all()
        assert (weighed <= balance.high).all()
        assert ((fixed < 0) | (fixed == line)).all()
        assert all(line[one] == line[other] for one, other in blocks)
        assert passed.borders.tolist() == [border_by_definition(graph, line)]
        assert passed.sums[0].tolist() == np.diag(sums_of(values, line, parts)).tolist()


def test_a_block_in_two_places_is_never_parted():
    graph, weights = Graph.grid(4, 4), np.ones(16, dtype=np.int64)
    balance = Balance.about(weights, HALF, Fraction(1, 4))
    for line in walked(Recombination(graph, balance, halves(16), blocks=[[0, 3]], seed=2), 200):
        assert line[0] == line[3]
    assert contracted(graph, [[0, 3]])[0].size == 16


def test_the_same_seed_walks_the_same_chain_however_it_is_cut():
    graph, weights = Graph.grid(10, 10), np.ones(100, dtype=np.int64)
    balance = Balance.about(weights, [Fraction(1)] * 4, Fraction(1, 5))
    start = (np.arange(100) // 50 * 2 + np.arange(100) % 10 // 5).astype(np.int32)
    one, other = (Recombination(graph, balance, start, seed=9) for _ in range(2))
    whole = one.advance(40)
    cut = [other.advance(10) for _ in range(4)]
    assert np.concatenate([part.sums for part in cut]).tolist() == whole.sums.tolist()
    assert one.labels.tolist() == other.labels.tolist()
    assert Recombination(graph, balance, start, seed=10).advance(40).borders.tolist() != whole.borders.tolist()


def test_a_chain_whose_time_is_over_says_how_far_it_came():
    graph, weights = Graph.grid(10, 10), np.ones(100, dtype=np.int64)
    chain = Recombination(graph, Balance.about(weights, HALF, Fraction(1, 5)), halves(100))
    passed = chain.advance(10**6, Limits(0.05))
    assert len(passed.borders) < 10**6
    assert len(passed.borders) == len(passed.sums)


@pytest.mark.parametrize(
    ("labels", "options", "word"),
    [
        ([0, 1, 1, 0], {}, "hang together"),
        ([0, 0, 0, 0], {}, "some cells"),
        ([0, 0, 0, 1], {}, "tolerance"),
        ([0, 0, 1, 1], {"fixed": np.array([1, -1, -1, -1])}, "fixed cell"),
        ([0, 0, 1, 1], {"blocks": [[1, 3]]}, "block"),
    ],
)
def test_a_start_that_is_no_such_line_is_refused(labels, options, word):
    balance = Balance.about(np.ones(4, dtype=np.int64), HALF, Fraction(0))
    with pytest.raises(ValueError, match=word):
        Recombination(Graph.grid(2, 2), balance, np.array(labels), **options)
