import random
from fractions import Fraction
from itertools import product

import pytest

import oracle
from evenhand.bargain import frontier_of
from evenhand.case import Divisible
from evenhand.deals import Deal, NotDefined, broken_rules, deal_values
from making import case_of, random_case, random_line, with_money

PARTS = 12


def some_case(rng):
    return random_case(
        rng,
        parties=2,
        assets=rng.randint(0, 1),
        choices=rng.randint(0, 2),
        divisible=rng.choice([1, 1, 2]),
        top=rng.choice([3, 20]),
        burdens=0.3,
        joint=0.3,
        together=rng.choice([0, 1]),
        rules=rng.choice([0, 1, 2]),
        no_deal=rng.choice([0, 5]),
    )


def grid_values(case):
    """What every deal comes to that keeps the rules and shares in twelfths."""
    divisible = [issue.id for issue in case.issues if isinstance(issue, Divisible)]
    one, other = oracle.names(case)
    ways = [{one: Fraction(part, PARTS), other: Fraction(PARTS - part, PARTS)} for part in range(PARTS + 1)]
    for settled in oracle.every_deal(case):
        for shares in product(ways, repeat=len(divisible)):
            full = {**settled, **dict(zip(divisible, shares, strict=True))}
            if oracle.keeps_rules(case, full):
                yield oracle.values(case, full)


def mixed(one, other, part):
    return tuple(a + part * (b - a) for a, b in zip(one, other, strict=True))


def best_with(frontier, x):
    """The most that the second party has in an efficient deal in which the first has x or more; ends that are open
    count, because what is next to them does."""
    found = [frontier.value(k)[1] for k in range(len(frontier)) if frontier.value(k)[0] >= x]
    for segment in frontier.segments:
        (right, low), (left, high) = segment.start, segment.end
        if right >= x:
            found.append(high if left >= x else low + (right - x) / (right - left) * (high - low))
    return max(found, default=None)


def samples(frontier):
    yield from (frontier.value(k) for k in range(len(frontier)))
    for segment in frontier.segments:
        yield from (mixed(segment.start, segment.end, part) for part in (Fraction(1, 3), Fraction(1, 2)))
        yield from ([] if segment.start_open else [segment.start])
        yield from ([] if segment.end_open else [segment.end])


@pytest.mark.parametrize("seed", range(6))
def test_points_and_stretches_are_efficient_and_leave_nothing_out(seed):
    rng = random.Random(seed)
    for _ in range(25):
        case = some_case(rng)
        everything = rng.random() < 0.3
        frontier = frontier_of(case, all_deals=everything)
        floor = tuple(case.preferences[party].no_deal for party in frontier.parties)
        grid = set(grid_values(case))
        efficient = set(samples(frontier))
        assert not any(oracle.dominates(one, other) for one in efficient | grid for other in efficient)
        for value in grid:
            if everything or all(v >= d for v, d in zip(value, floor, strict=True)):
                best = best_with(frontier, value[0])
                assert best is not None
                assert best >= value[1]


@pytest.mark.parametrize("seed", range(4))
def test_every_end_has_a_deal_and_so_has_every_mix_of_two_ends(seed):
    rng = random.Random(seed)
    for _ in range(25):
        case = some_case(rng)
        frontier = frontier_of(case)
        for k in range(len(frontier)):
            assert holds(case, frontier.deal(k)) == frontier.value(k)
        for segment in frontier.segments:
            ends = segment.start_deal, segment.end_deal
            assert holds(case, ends[0]) == segment.start
            assert holds(case, ends[1]) == segment.end
            half = Deal.of(case, {issue.id: mix(case, ends, issue.id) for issue in case.issues})
            assert holds(case, half) == mixed(segment.start, segment.end, Fraction(1, 2))


def holds(case, deal):
    assert not broken_rules(case, deal)
    return tuple(deal_values(case, deal).values())


def mix(case, ends, issue):
    if not isinstance(case.issue(issue), Divisible):
        assert ends[0][issue] == ends[1][issue]
        return ends[0][issue]
    return {p: sum(end.shares(issue).get(p, Fraction(0)) for end in ends) / 2 for p in oracle.names(case)}


def test_stretches_fall_from_the_first_party_s_best_without_overlap():
    case = case_of(
        {"ana": [6, 2], "ben": [3, 4]}, [{"id": "i1", "kind": "divisible"}, {"id": "i2", "kind": "divisible"}]
    )
    found = frontier_of(case)
    assert [(s.start, s.end) for s in found.segments] == [((8, 0), (6, 4)), ((6, 4), (0, 7))]
    assert found.complete
    assert len(found) == 0


def test_a_payment_makes_a_stretch_within_budgets_and_no_deal():
    case = with_money(case_of({"ana": [10], "ben": [4]}), {"ana": 3})
    found = frontier_of(case)
    # Ana keeps it and pays up to 3; or Ben has it, for up to 1: more would leave both with less than with Ana.
    assert [(s.start, s.end) for s in found.segments] == [((10, 0), (7, 3)), ((1, 3), (0, 4))]
    assert [(s.start_open, s.end_open) for s in found.segments] == [(False, False), (True, False)]
    assert found.segments[0].end_deal.payments == {"ana": 3, "ben": -3}
    unlimited = frontier_of(with_money(case_of({"ana": [10], "ben": [4]}, ben={"no_deal": 2})))
    assert [(s.start, s.end) for s in unlimited.segments] == [((8, 2), (0, 10))]


def test_payments_without_bounds_are_refused():
    with pytest.raises(NotDefined, match="budget"):
        frontier_of(with_money(case_of({"ana": [10], "ben": [4]})), all_deals=True)


def test_a_cake_is_cut_where_the_stretches_say():
    case = random_line(random.Random(5), parties=2)
    found = frontier_of(case)
    assert found.segments
    for segment in found.segments:
        assert tuple(deal_values(case, segment.start_deal).values()) == segment.start


def test_where_payments_cannot_cover_what_is_due_nothing_is_efficient():
    found = frontier_of(with_money(case_of({"ana": [3], "ben": [4]}), to_pay=20))
    assert (len(found), found.segments) == (0, ())
