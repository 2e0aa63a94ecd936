"""Bargaining solutions pick what their definitions say, on separate packages and on stretches, exactly."""

import random
from fractions import Fraction
from itertools import pairwise
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.bargain.solutions import BARGAINING_SOLUTIONS, Menu, Stretch, choose, gap
from evenhand.deals import NotDefined

IDS = list(BARGAINING_SOLUTIONS)


def menu_of(rows, stretches=()):
    """A menu of gains in whole points."""
    width = len(rows[0]) if rows else len(stretches[0][0])
    values = np.array(rows, dtype=np.int64).reshape(-1, width)
    exact = [Stretch(*(tuple(map(Fraction, end)) for end in ends[:2]), *ends[2:]) for ends in stretches]
    return Menu.of(values, (1,) * width, (Fraction(0),) * width, exact)


def pick(name, menu, powers=None):
    return choose(BARGAINING_SOLUTIONS[name], menu, powers or (1,) * len(menu.units))


def efficient(rows):
    rows = sorted(set(rows), reverse=True)
    return [r for r in rows if not any(o != r and all(a >= b for a, b in zip(o, r, strict=True)) for o in rows)]


# Each solution once more, as it is defined


def ideal(rows):
    return [max(column) for column in zip(*rows, strict=True)]


def ratios(rows, row):
    return sorted(Fraction(gain) / top for gain, top in zip(row, ideal(rows), strict=True) if top)


def by_product(powers):
    def measure(rows, row):
        parties = range(len(row))
        helped = [[p for p in parties if other[p] > 0] for other in rows]
        most = max(map(len, helped))
        own = min(parties for parties in helped if len(parties) == most)
        return prod(row[p] ** powers[p] for p in own)

    return measure


def by_rank(rows, row):
    ranks = [1 + sum(other[p] > row[p] for other in rows) for p in range(len(row))]
    return [-rank for rank in sorted(ranks, reverse=True)]


def definitions(powers):
    return {
        "nash": by_product((1,) * len(powers)),
        "kalai-smorodinsky": ratios,
        "egalitarian": lambda rows, row: sorted(row),
        "utilitarian": lambda rows, row: sum(row),
        "relative-utilitarian": lambda rows, row: sum(ratios(rows, row)),
        "nash-with-power": by_product(powers),
        "single-text": by_rank,
    }


def test_every_solution_picks_what_its_definition_says():
    rng = random.Random(1950)
    for _ in range(400):
        parties = rng.randint(1, 4)
        top = rng.choice([2, 5, 40])
        rows = efficient([tuple(rng.randint(0, top) for _ in range(parties)) for _ in range(rng.randint(1, 12))])
        powers = tuple(rng.randint(1, 3) for _ in range(parties))
        menu = menu_of(rows)
        for name, measure in definitions(powers).items():
            found = pick(name, menu, powers)
            best = max(measure(rows, row) for row in rows)
            alike = [row for row in rows if measure(rows, row) == best]
            assert found.gains == max(alike, key=lambda row: ratios(rows, row)), (name, rows)
            assert (found.ties, rows[found.place.row]) == (len(alike), found.gains)


def test_near_ties_are_told_apart_in_whole_numbers():
    big = 10**15
    rows = [(big + 2, big - 1), (big + 1, big + 1), (big - 1, big + 2)]
    menu = menu_of(efficient(rows))
    assert pick("nash", menu).gains == (big + 1, big + 1)
    assert pick("utilitarian", menu).ties == 1
    close = menu_of([(3 * big, big), (3 * big - 3, big + 1)])
    assert pick("nash", close).gains == max([(3 * big, big), (3 * big - 3, big + 1)], key=prod)


def test_large_powers_are_compared_exactly():
    menu = menu_of([(10, 9), (9, 10)])
    assert pick("nash-with-power", menu, (3333, 3334)).gains == (9, 10)
    assert pick("nash-with-power", menu, (3334, 3333)).gains == (10, 9)
    assert pick("nash-with-power", menu, (3333, 3333)).ties == 2


# Stretches


def chains(rng):
    """The ends of efficient stretches of two parties: one falls, the other rises, ever less for more."""
    points = sorted({(rng.randint(0, 30), rng.randint(0, 30)) for _ in range(rng.randint(2, 6))})
    rising = efficient(points)
    return list(pairwise(rising)) if len(rising) > 1 else []


GRID = [Fraction(step, 60) for step in range(61)]


@pytest.mark.parametrize("name", [name for name in IDS if name != "single-text"])
def test_on_stretches_no_mix_measures_better(name):
    rng = random.Random(7)
    for _ in range(60):
        stretches = chains(rng)
        if not stretches:
            continue
        menu = menu_of([], stretches)
        powers = (rng.randint(1, 3), rng.randint(1, 3))
        found = pick(name, menu, powers)
        mixes = [menu.on_stretch(number, part) for number in range(len(stretches)) for part in GRID]
        measure = BARGAINING_SOLUTIONS[name].measure(menu, powers)
        assert all(measure.key(found.gains) >= measure.key(mix) for mix in mixes)
        assert menu.on_stretch(found.place.stretch, found.place.part) == found.gains


def test_the_best_place_on_a_stretch_is_a_fraction_in_closed_form():
    menu = menu_of([], [((0, 7), (3, 0))])
    assert pick("nash", menu).gains == (Fraction(3, 2), Fraction(7, 2))
    assert pick("egalitarian", menu).gains == (Fraction(21, 10), Fraction(21, 10))
    assert pick("kalai-smorodinsky", menu).gains == (Fraction(3, 2), Fraction(7, 2))
    assert pick("nash-with-power", menu, (2, 1)).gains == (2, Fraction(7, 3))


def test_where_a_whole_stretch_is_as_good_it_says_so_and_takes_the_even_place():
    menu = menu_of([], [((0, 8), (8, 0))])
    found = pick("utilitarian", menu)
    assert (found.gains, found.whole_stretch) == ((4, 4), True)
    assert not pick("nash", menu).whole_stretch


def test_an_open_end_is_never_picked():
    closed = menu_of([(8, 2)], [((0, 9), (8, 1))])
    opened = menu_of([(8, 2)], [((0, 9), (8, 1), False, True)])
    assert pick("utilitarian", closed).gains == pick("utilitarian", opened).gains == (8, 2)


def test_ranks_have_no_meaning_on_a_stretch():
    with pytest.raises(NotDefined, match="any small amount"):
        pick("single-text", menu_of([], [((0, 8), (8, 0))]))


# What may go wrong


@pytest.mark.parametrize("name", IDS)
def test_an_empty_zone_is_refused(name):
    empty = Menu.of(np.zeros((0, 2), np.int64), (1, 1), (Fraction(0), Fraction(0)))
    with pytest.raises(NotDefined, match="nothing to pick from"):
        pick(name, empty)


@pytest.mark.parametrize("name", IDS)
def test_where_one_party_can_gain_nothing_the_others_still_choose(name):
    assert pick(name, menu_of([(0, 3, 2)])).gains == (0, 3, 2)
    assert pick(name, menu_of([(0, 1, 9), (0, 5, 5), (0, 9, 1)])).gains == (0, 5, 5)


def test_where_not_all_can_gain_at_once_the_product_is_over_those_that_can():
    assert pick("nash", menu_of([(9, 0, 0), (0, 2, 3), (0, 3, 1)])).gains == (0, 2, 3)


# Axioms


rows_of_two_to_four = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.tuples(*[st.integers(0, 30)] * width), min_size=1, max_size=8)
)


@settings(max_examples=60, deadline=None)
@given(rows_of_two_to_four, st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_units_and_where_zero_lies_change_nothing(rows, factors):
    rows = efficient(rows)
    width = len(rows[0])
    factors = factors[:width]
    floor = [Fraction(7, 3) * factor for factor in factors]
    values = np.array([[gain * 3 * f for gain, f in zip(row, factors, strict=True)] for row in rows]) + np.array(
        [7 * f for f in factors]
    )
    moved = Menu.of(values.astype(np.int64), (3,) * width, floor)
    for name, solution in BARGAINING_SOLUTIONS.items():
        if not solution.compares:
            assert pick(name, moved).place.row == pick(name, menu_of(rows)).place.row


@settings(max_examples=60, deadline=None)
@given(rows_of_two_to_four)
def test_changing_seats_changes_no_measure(rows):
    rows = efficient(rows)
    turned = efficient([row[::-1] for row in rows])
    for name, measure in definitions((1,) * len(rows[0])).items():
        if name.startswith("nash") and any(0 in row for row in rows):
            continue  # who can gain at once may be chosen by order
        one, other = pick(name, menu_of(rows)), pick(name, menu_of(turned))
        assert measure(rows, one.gains) == measure(turned, other.gains)
        assert one.ties == other.ties


@settings(max_examples=60, deadline=None)
@given(rows_of_two_to_four)
def test_taking_away_what_was_not_picked_changes_nothing_for_nash(rows):
    rows = efficient(rows)
    if any(0 in row for row in rows):
        return
    found = pick("nash", menu_of(rows))
    left = [row for row in rows if row == found.gains or rows.index(row) % 2]
    again = pick("nash", menu_of(left))
    assert prod(again.gains) == prod(found.gains)


# A cover


def test_the_gap_of_a_cover_bounds_what_was_left_out():
    rng = random.Random(3)
    for _ in range(100):
        rows = efficient([tuple(rng.randint(1, 40) for _ in range(3)) for _ in range(12)])
        short = (Fraction(3), Fraction(5, 2), Fraction(4))
        listed = [
            row
            for n, row in enumerate(rows)
            if n == 0 or any(o - r > s for o, r, s in zip(row, rows[0], short, strict=True))
        ]
        for name in ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian", "relative-utilitarian"):
            solution = BARGAINING_SOLUTIONS[name]
            menu, whole = menu_of(listed), menu_of(rows)
            measure = solution.measure(menu, (1, 1, 1))
            found, best = pick(name, menu).gains, max((whole.gains(k) for k in range(len(rows))), key=measure.key)
            assert measure.lead(best, found) <= gap(solution, menu, (1, 1, 1), short) + 1e-12


def test_no_gap_is_claimed_for_ranks():
    assert gap(BARGAINING_SOLUTIONS["single-text"], menu_of([(3, 1), (1, 3)]), (1, 1), (Fraction(1),) * 2) is None


@settings(max_examples=60, deadline=None)
@given(rows_of_two_to_four, st.data())
def test_with_more_packages_the_smallest_egalitarian_gain_never_falls(rows, drawn):
    fewer = drawn.draw(st.lists(st.sampled_from(rows), min_size=1, unique=True))
    one, other = (pick("egalitarian", menu_of(efficient(found))).gains for found in (fewer, rows))
    assert min(one) <= min(other)
