"""A package is what its solution's definition says of all deals of a case, and its deal is worth what it says."""

import random
from dataclasses import replace
from fractions import Fraction

import oracle
from evenhand.bargain import BARGAINING_SOLUTIONS, frontier_of, menu_of, package_of
from evenhand.bargain.package import mixed_deal
from evenhand.deals import Deal, broken_rules, deal_values
from making import case_of, random_case

from .test_solutions import definitions, efficient


def test_packages_are_those_of_the_definitions_over_all_deals():
    rng = random.Random(1975)
    stuck = 0
    for _ in range(1000):
        case = random_case(
            rng,
            parties=rng.choice([2, 2, 2, 3, 4]),
            assets=rng.randint(0, 1),
            choices=rng.randint(1, 2),
            joint=0.3,
            burdens=0.2,
            together=rng.randint(0, 1),
            rules=rng.randint(0, 2),
            no_deal=rng.choice([0, 4, 9]),
            entitled=3,
            top=12,
        )
        ids = oracle.names(case)
        floors = [case.preferences[party].no_deal for party in ids]
        gains = {
            tuple(v - floor for v, floor in zip(oracle.values(case, settled), floors, strict=True))
            for settled in oracle.kept_deals(case)
        }
        rows = efficient([row for row in gains if min(row) >= 0])
        frontier = frontier_of(case)
        assert len(frontier) == len(rows)
        powers = tuple(int(weight) for weight in oracle.weights(case))
        stuck += not rows
        for name, measure in definitions(powers).items() if rows else ():
            package = package_of(frontier, BARGAINING_SOLUTIONS[name], powers)
            found = tuple(package.gains.values())
            assert found in rows
            assert measure(rows, found) == max(measure(rows, row) for row in rows)
            assert tuple(package.values.values()) == oracle.values(case, package.deal.settlements)
            assert oracle.keeps_rules(case, package.deal.settlements)
            assert package.gap == 0
    assert 50 < stuck < 900


def test_the_gap_of_a_part_of_the_frontier_bounds_what_was_left_out():
    rng = random.Random(1999)
    for _ in range(60):
        case = random_case(rng, parties=rng.choice([2, 3]), assets=2, choices=2, rules=1, together=1, no_deal=4)
        whole = frontier_of(case)
        if len(whole) < 3:
            continue
        kept = sorted(rng.sample(range(len(whole)), len(whole) // 2))
        part = replace(whole, values=whole.values[kept], complete=False, gap=Fraction(1))
        every = menu_of(whole)
        for name, solution in BARGAINING_SOLUTIONS.items():
            ones = (1,) * len(whole.parties)
            package, measure = package_of(part, solution, ones), solution.measure(menu_of(part), ones)
            if name == "single-text":
                assert package.gap is None
                continue
            best = max((every.gains(k) for k in range(len(whole))), key=measure.key)
            lead = measure.lead(best, tuple(package.gains.values()))
            assert package.gap is None or lead is None or lead <= package.gap + 1e-9


def shared_gains(case, steps):
    """The gains of every deal that keeps the rules, shares in whole steps, where nobody loses."""
    (fund,) = (issue.id for issue in case.issues if issue.kind == "divisible")
    for settled in oracle.every_deal(case):
        for step in range(steps + 1):
            whole = {**settled, fund: {"ana": Fraction(step, steps), "ben": Fraction(steps - step, steps)}}
            pairs = zip(oracle.values(case, whole), oracle.names(case), strict=True)
            row = tuple(value - case.preferences[party].no_deal for value, party in pairs)
            if min(row) >= 0 and oracle.keeps_rules(case, whole):
                yield row


def test_no_way_to_share_measures_better_than_the_package():
    rng = random.Random(1983)
    for _ in range(150):
        case = random_case(
            rng, parties=2, assets=1, choices=1, divisible=1, rules=rng.randint(0, 2), together=1, no_deal=12, top=15
        )
        rows, frontier = list(shared_gains(case, 12)), frontier_of(case)
        menu = menu_of(frontier)
        assert len(menu) or not rows
        for name, solution in BARGAINING_SOLUTIONS.items() if len(menu) else ():
            if name == "single-text":
                continue
            package, measure = package_of(frontier, solution, (2, 1)), solution.measure(menu, (2, 1))
            found = tuple(package.gains.values())
            assert all(measure.key(found) >= measure.key(row) for row in rows)
            assert tuple(deal_values(case, package.deal).values()) == tuple(package.values.values())
            assert not broken_rules(case, package.deal)


def test_a_mix_of_two_deals_is_worth_the_mix():
    case = case_of({"ana": [10, 30], "ben": [20, 10]}, ["car", {"id": "fund", "kind": "divisible"}])
    one, other = (Deal.of(case, {"car": "ben", "fund": {name: 1}}) for name in ("ana", "ben"))
    mix = mixed_deal(case, one, other, Fraction(1, 3))
    assert mix.shares("fund") == {"ana": Fraction(2, 3), "ben": Fraction(1, 3)}
    assert deal_values(case, mix) == {"ana": 20, "ben": Fraction(70, 3)}
