"""Assignments are the largest, the first of equals; longest ways are those of all ways."""

from __future__ import annotations

import random
from itertools import pairwise, permutations

from evenhand.solve import assignments_among, largest_assignment, longest_ways


def _table(rng: random.Random, size: int) -> list[list[int]]:
    top = rng.choice([1, 3, 30])
    return [[rng.randint(-top, top) for _ in range(size)] for _ in range(size)]


def test_the_assignment_has_the_largest_sum_and_is_the_first_of_equals() -> None:
    for seed in range(1000):
        rng = random.Random(seed)
        worth = _table(rng, rng.randint(1, 5))
        ways = list(permutations(range(len(worth))))
        sums = [sum(row[column] for row, column in zip(worth, way, strict=True)) for way in ways]
        assert tuple(largest_assignment(worth)) == ways[sums.index(max(sums))]


def test_longest_ways_are_the_best_of_all_ways_unless_a_circle_gains() -> None:
    seen = set()
    for seed in range(400):
        rng = random.Random(seed)
        steps = _table(rng, rng.randint(2, 4))
        if seed % 2:
            steps = [[step - 3 for step in row] for row in steps]
        size = len(steps)
        rings = [ring for count in range(2, size + 1) for ring in permutations(range(size), count)]
        gains = any(sum(steps[a][b] for a, b in zip(r, [*r[1:], r[0]], strict=True)) > 0 for r in rings)
        far = longest_ways(steps)
        seen.add(gains)
        assert (far is None) == gains
        for way in rings if far else ():
            assert far is not None
            assert far[way[0]][way[-1]] >= sum(steps[a][b] for a, b in pairwise(way))
        if far:
            best = {(w[0], w[-1]): 0 for w in rings}
            for a, b in best:
                ways = [w for w in rings if (w[0], w[-1]) == (a, b)]
                assert far[a][b] == max(sum(steps[x][y] for x, y in pairwise(w)) for w in ways)
    assert seen == {True, False}


def test_every_assignment_of_what_is_allowed_is_listed_in_order() -> None:
    for seed in range(200):
        rng = random.Random(seed)
        size = rng.randint(1, 4)
        allowed = [[rng.random() < 0.7 for _ in range(size)] for _ in range(size)]
        ways = [list(w) for w in permutations(range(size)) if all(allowed[row][column] for row, column in enumerate(w))]
        assert list(assignments_among(allowed)) == ways
