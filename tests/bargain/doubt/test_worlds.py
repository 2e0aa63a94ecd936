import random
from fractions import Fraction

import numpy as np
import pytest

from bargain.doubt.doubting import with_doubt, with_preference, world_case
from evenhand.bargain.doubt.chance import Chance
from evenhand.bargain.doubt.form import Form
from evenhand.bargain.doubt.lattice import Grid, drawn
from evenhand.bargain.doubt.parts import ranking, shares
from evenhand.bargain.doubt.wants import Wants
from evenhand.bargain.doubt.worlds import worlds_of
from evenhand.case import AtLeastAsGood, read_case
from evenhand.case.doubts import side_worth
from evenhand.case.reading import parse_document
from making import case_of, random_case

COUNT = 4000


def worlds(case, party="ana", count=COUNT, seed=0):
    want = Wants.of(case, party)
    return want, worlds_of(want.region, count, Chance(seed, 0))


def column(want, found, form):
    units, scale = found.values(form)
    return units.astype(float) / scale


def one_party(points, **ana):
    return case_of({"ana": points}, ana=ana)


def test_an_interval_is_drawn_evenly_with_both_ends():
    want, found = worlds(one_party([40], doubt={"i1": ["30", "50"]}))
    drawn_points = column(want, found, want.points["i1"])
    assert 30 <= drawn_points.min() < 30.02
    assert 49.98 < drawn_points.max() <= 50
    assert abs(drawn_points.mean() - 40) < 4 * (20 / 12**0.5) / COUNT**0.5
    assert abs(drawn_points.var() - 400 / 12) < 2


def test_a_comparison_cuts_a_box_to_an_even_triangle():
    case = one_party([9, 1], doubt={"i1": [0, 10], "i2": [0, 10]})
    case = with_preference(case, "ana", at_least_as_good=compared({"this": {"i1": "ana"}, "than": {"i2": "ana"}}))
    want, found = worlds(case)
    first, second = (column(want, found, want.points[issue]) for issue in ("i1", "i2"))
    assert (first >= second).all()
    sigma = (100 / 18) ** 0.5 / COUNT**0.5
    assert abs(first.mean() - 20 / 3) < 4 * sigma
    assert abs(second.mean() - 10 / 3) < 4 * sigma


def compared(*rows):
    return tuple(AtLeastAsGood.model_validate(row) for row in rows)


@pytest.mark.parametrize("size", [2, 5, 9])
def test_a_ranking_has_the_known_mean_of_rank_order_centroids(size):
    """F. H. Barron and B. E. Barrett, Management Science 42, 1996: the mean of an even draw from ordered weights."""
    points = list(range(size, 0, -1))
    want, found = worlds(one_party(points, doubt="rank-only"))
    table = np.stack([column(want, found, want.points[f"i{k + 1}"]) for k in range(size)])
    centroid = [sum(points) / size * sum(1 / j for j in range(k, size + 1)) for k in range(1, size + 1)]
    assert (np.abs(table.mean(axis=1) - centroid) < 4.5 * table.std(axis=1) / COUNT**0.5).all()
    assert (np.diff(table, axis=0) <= 0).all()
    assert (found.values(sum_of(want))[0] == 0).all()


def sum_of(want):
    (form,) = want.region.zero
    return form


def test_every_world_meets_every_condition_and_so_do_the_points_as_written():
    rng = random.Random(5)
    for _ in range(150):
        case = with_doubt(rng, random_case(rng, parties=2, assets=2, choices=2, no_deal=20, burdens=0.2), 6)
        case = _some_ranks_and_comparisons(rng, case)
        want, found = worlds(case, count=100, seed=rng.randint(0, 9))
        region = want.region
        ends = [form for k in range(len(region.unknowns)) for form in region.ends(k)]
        assert all(found.holds(form).all() for form in (*ends, *region.least))
        assert all((found.values(form)[0] == 0).all() for form in region.zero)
        assert all(form.at(region.written) >= 0 for form in (*ends, *region.least))
        for row in found.units[:3]:
            _check_as_the_format_says(case, want, [Fraction(int(units), found.scale) for units in row])


def _some_ranks_and_comparisons(rng, case):
    found = case.preferences["ana"]
    doubt = {**found.doubt, **{issue: "rank-only" for issue in found.points if rng.random() < 0.3}}
    values = {**found.values_doubt, **{issue: "rank-only" for issue in found.values if rng.random() < 0.3}}
    case = with_preference(case, "ana", doubt=doubt, values_doubt=values)
    one, other = rng.sample([issue.id for issue in case.issues if issue.kind == "asset"], 2)
    if found.points[one] >= found.points[other]:
        row = {"this": {one: "ana"}, "than": {other: "ana"}}
        case = with_preference(case, "ana", at_least_as_good=compared(row))
    return case


def _check_as_the_format_says(case, want, point):
    """The world written back as a case: intervals, orders and comparisons hold by the words of the format."""
    given, found = case.preferences["ana"], world_case(case, want, point).preferences["ana"]
    for issue, doubt in given.doubt.items():
        same = [other.id for other in case.issues if burdens(other) == burdens(case.issue(issue))]
        _check(doubt, {other: given.points[other] for other in same}, found.points, issue)
    for issue, doubt in given.values_doubt.items():
        for option in found.values[issue] if found.points[issue] else ():
            _check(
                doubt if doubt == "rank-only" else doubt.get(option), given.values[issue], found.values[issue], option
            )
    issues = {issue.id: issue for issue in case.issues}
    for row in given.at_least_as_good:
        assert side_worth("ana", found, row.this, issues) >= side_worth("ana", found, row.than, issues)


def burdens(issue):
    return getattr(issue, "burden", False)


def _check(doubt, written, found, name):
    if doubt is None:
        assert found[name] == written[name]
    elif doubt != "rank-only":
        assert doubt[0] <= found[name] <= doubt[1]
    else:
        lesser = [other for other in written if abs(written[other]) < abs(written[name])]
        assert all(abs(found[other]) <= abs(found[name]) for other in lesser)


def test_extremes_in_closed_form_are_those_of_the_linear_program():
    rng = random.Random(8)
    seen = set()
    for number in range(40):
        case = one_party([rng.randint(1, 5) for _ in range(rng.randint(2, 6))], doubt="rank-only")
        if number % 2:
            case = with_doubt(rng, random_case(rng, parties=1, assets=0, choices=2, zeros=0), 6)
        region = Wants.of(case, "ana").region
        for part in region.parts:
            shape = ranking(region.unknowns, part) or shares(region.unknowns, part)
            if len(part.members) > 1 and shape:
                seen.add(type(shape).__name__)
                for _ in range(10):
                    factors = {k: Fraction(rng.randint(-9, 9), 7) for k in part.members}
                    assert shape.largest(factors) == region._programmed(part, factors)
    assert seen == {"Ranking", "Shares"}


def test_quick_bounds_are_never_too_small(monkeypatch):
    monkeypatch.setattr("evenhand.bargain.doubt.region.SMALL_PART", 1)
    rng = random.Random(9)
    for _ in range(40):
        case = with_doubt(rng, random_case(rng, parties=2, assets=3, choices=1), 5)
        region = Wants.of(_some_ranks_and_comparisons(rng, case), "ana").region
        form = Form(Fraction(1), {k: Fraction(rng.choice([-3, 1, 2])) for k in range(len(region.unknowns))})
        assert region.at_most(form) >= region.largest(form) >= form.at(region.written) >= region.smallest(form)


def test_a_ranking_with_more_said_is_no_ranking_alone():
    case = one_party([4, 3, 2], doubt="rank-only")
    case = with_preference(
        case, "ana", at_least_as_good=compared({"this": {"i2": "ana"}, "than": {"i3": {"ana": "1.2"}}})
    )
    region = Wants.of(case, "ana").region
    assert ranking(region.unknowns, region.parts[0]) is None
    one = Wants.of(case, "ana").points["i3"]
    assert region.largest(one) == Fraction(9, 1) / (1 + Fraction(6, 5) * 2)


def test_points_compared_both_ways_stay_equal():
    case = one_party([10, 10], doubt={"i1": [5, 15], "i2": [0, 30]})
    both = [{"this": {a: "ana"}, "than": {b: "ana"}} for a, b in (("i1", "i2"), ("i2", "i1"))]
    want, found = worlds(with_preference(case, "ana", at_least_as_good=compared(*both)), count=500)
    assert (found.values(want.points["i1"] - want.points["i2"])[0] == 0).all()
    assert column(want, found, want.points["i1"]).std() > 2


def test_a_walk_and_plain_rejection_agree(monkeypatch):
    grid = Grid(
        np.array([0, 0, 0]),
        np.array([999, 999, 999]),
        np.array([[1, 1, 1], [-1, 1, 0]]),
        np.array([1500, 0]),
        np.array([5, 5, 5]),
    )
    exact, way = drawn(grid, COUNT, Chance(1))
    assert way == "exact"
    monkeypatch.setattr("evenhand.bargain.doubt.lattice.LEAST_INSIDE", 2.0)
    walked, way = drawn(grid, COUNT, Chance(1))
    assert way == "walk"
    assert grid.inside(walked).all()
    for power in (1, 2):
        one, other = exact.astype(float) ** power, walked.astype(float) ** power
        spread = (one.std(axis=0) ** 2 + other.std(axis=0) ** 2) ** 0.5 / COUNT**0.5
        assert (np.abs(one.mean(axis=0) - other.mean(axis=0)) < 4.5 * spread).all()


def test_every_point_of_a_small_grid_is_as_likely_as_any_other():
    grid = Grid(np.array([0, 0]), np.array([3, 3]), np.array([[1, 1]]), np.array([3]), np.array([0, 0]))
    points, _ = drawn(grid, 20_000, Chance(3))
    counts = np.unique(points, axis=0, return_counts=True)[1]
    assert len(counts) == 10
    assert ((counts - 2000) ** 2 / 2000).sum() < 27.9  # chi-square with 9 degrees of freedom, 0.1%


def test_numbers_below_a_size_are_even_and_the_same_everywhere():
    found = Chance(7).below(np.full(60_000, 6))
    assert ((np.bincount(found) - 10_000) ** 2 / 10_000).sum() < 20.5
    assert Chance(7, 1).below(np.array([1, 2, 10, 1000, 2**40])).tolist() == GOLDEN
    assert Chance(7).below(np.array([1, 1])).tolist() == [0, 0]


GOLDEN = [0, 0, 2, 483, 255708962932]


def test_the_same_seed_gives_the_same_worlds_and_another_seed_others():
    case = one_party([40, 20], doubt={"i1": ["30", "50"], "i2": "rank-only"})
    one, same, other = (worlds(case, seed=seed)[1].units for seed in (4, 4, 5))
    assert (one == same).all()
    assert (one != other).any()


def test_values_in_worlds_are_exact_however_large():
    case = one_party([10**12, 3], doubt={"i1": ["1", "1000000000000"], "i2": ["1/3", "10/3"]})
    want, found = worlds(case, count=200)
    form = want.points["i1"].times(Fraction(10**11, 7)) + want.points["i2"]
    units, scale = found.values(form)
    point = [Fraction(int(u), found.scale) for u in found.units[17]]
    assert Fraction(int(units[17]), scale) == form.at(point)


def test_what_is_read_of_one_party_needs_no_other():
    text = """
evenhand: 1
title: T
parties: [{id: ana}, {id: ben}]
issues: [{id: house, kind: asset}, {id: coast, kind: cake, marks: [0, 1, 4]}]
preferences:
  ana: {points: {house: 40, coast: 20}, doubt: {coast: [10, 30]}, density: {coast: [3, 1]}}
  ben: {points: {house: 1, coast: 1}}
"""
    case = read_case(parse_document(text))
    want = Wants.of(case.seen_by("ana"), "ana")
    assert want.region.largest(want.points["coast.1"]) == 15
    assert want.region.smallest(want.points["coast.2"]) == 5
