import random
from fractions import Fraction
from math import prod

import numpy as np
import pytest

from bargain.doubt.doubting import brute_worst, with_doubt, with_preference, world_case
from evenhand.bargain.doubt.blocks import Blocks
from evenhand.bargain.doubt.chance import Chance
from evenhand.bargain.doubt.regret import Outlook, best_as_written, best_in_worlds, most_gains, regrets_of
from evenhand.bargain.doubt.wants import Wants
from evenhand.bargain.doubt.worlds import worlds_of
from evenhand.bargain.doubt.worst import Worst
from evenhand.deals import Deal, NoDeal
from making import case_of, random_case, random_deal
from oracle import kept_deals, value


def outlook_of(case, count, seed=0):
    blocks = Blocks.of(case)
    wants = tuple(Wants.of(case, party.id) for party in case.principals)
    drawn = tuple(worlds_of(want.region, count, Chance(seed, p)) for p, want in enumerate(wants))
    return blocks, Outlook(wants, drawn, most_gains(blocks, wants))


def small_case(rng, **more):
    features = {"parties": 2, "assets": 1, "choices": 2, "no_deal": 15, **more}
    return with_doubt(rng, random_case(rng, **features), rng.choice([1, 2, 2, 3]))


def feasible(rng, **more):
    while True:
        case = small_case(rng, **more)
        if kept_deals(case):
            return case


def test_exact_worst_regret_is_that_of_brute_force_over_all_corners():
    rng = random.Random(11)
    for number in range(1000):
        case = feasible(
            rng, choices=1 + (number % 5 == 0), rules=number % 3, together=number % 2, burdens=0.1, joint=0.2
        )
        blocks = Blocks.of(case)
        wants = tuple(Wants.of(case, party.id) for party in case.principals)
        most = most_gains(blocks, wants)
        found = Worst(case, blocks, wants, most)
        assert found.exact
        deals, worst = brute_worst(case, most)
        one = rng.randrange(len(deals))
        assert found.of(deals[one]) == worst[one]
        least = found.least()
        assert worst[deals.index(least)] == min(worst)


def test_a_bound_on_worst_regret_is_never_too_small_where_points_are_tied():
    rng = random.Random(12)
    for _ in range(25):
        case = feasible(rng)
        case = with_preference(case, "ana", doubt="rank-only")
        blocks, outlook = outlook_of(case, 300)
        worst = Worst(case, blocks, outlook.wants, outlook.most)
        best = sum(best_in_worlds(blocks, outlook).worths)
        deal = Deal.of(case, rng.choice(kept_deals(case)))
        regrets = best - outlook.weighted([want.value(deal) for want in outlook.wants])
        assert regrets.max() <= float(worst.of(deal)) + 1e-6
        assert worst.exact or worst.least() is None


def test_blocks_too_large_to_list_give_bounds_on_the_safe_side():
    rng = random.Random(13)
    for number in range(60):
        case = feasible(rng, rules=2, together=number % 2)
        exact, outlook = outlook_of(case, 50)
        loose = Blocks.of(case, most=0)
        assert exact.exact
        assert loose.exact == all(len(block.issues) == 1 for block in exact.blocks)
        most, least = (sum(best_in_worlds(blocks, outlook).worths) for blocks in (loose, exact))
        assert (most >= least - 1e-6).all()
        deal = Deal.of(case, rng.choice(kept_deals(case)))
        one, other = (Worst(case, blocks, outlook.wants, outlook.most).of(deal) for blocks in (loose, exact))
        assert one >= other


def test_the_best_of_each_world_is_that_of_listing_all_deals():
    rng = random.Random(14)
    for number in range(60):
        case = feasible(rng, rules=number % 3, together=number % 2, parties=2 + number % 2)
        blocks, outlook = outlook_of(case, 4)
        best = best_in_worlds(blocks, outlook)
        for world, changed in enumerate(worlds_as_cases(case, outlook)):
            sums = {str(d): weighted(changed, d, outlook.most) for d in kept_deals(case)}
            assert sum(best.worths)[world] == pytest.approx(float(max(sums.values())), abs=1e-8)
            chosen = blocks.deal(case, best.ways[world])
            for worth, party, most in zip(best.worths, case.preferences, outlook.most, strict=True):
                assert worth[world] == pytest.approx(float(value(changed, party, chosen.settlements) / most), abs=1e-8)


def worlds_as_cases(case, outlook):
    """The case as it is in each world."""
    for world in range(len(outlook.worlds[0])):
        changed = case
        for want, drawn in zip(outlook.wants, outlook.worlds, strict=True):
            point = [Fraction(int(units), drawn.scale) for units in drawn.units[world]]
            changed = world_case(changed, want, point)
        yield changed


def test_regrets_are_those_of_listing_all_deals_that_everybody_would_sign():
    rng = random.Random(16)
    known = 0
    for number in range(60):
        case = feasible(rng, rules=number % 3, parties=2 + number % 2)
        blocks, outlook = outlook_of(case, 5)
        deals = kept_deals(case)
        asked = [Deal.of(case, deal) for deal in rng.sample(deals, min(2, len(deals)))]
        values = [[want.value(deal) for want in outlook.wants] for deal in asked]
        for by in ("sum", "product"):
            best = best_in_worlds(blocks, outlook) if by == "sum" else None
            found = regrets_of(by, outlook, values, [], best)
            for world, changed in enumerate(worlds_as_cases(case, outlook)):
                brings = [brought_by(by, changed, deal.settlements, outlook.most) for deal in asked]
                rivals = deals if by == "sum" else [deal.settlements for deal in asked]
                highest = max(brought_by(by, changed, deal, outlook.most) for deal in rivals)
                true = [highest - own for own in brings]
                assert (found.table[world] <= np.array(true, float) + 1e-7).all()
                if by == "product" or found.unsure == 0:
                    known += 1
                    assert found.table[world] == pytest.approx(np.array(true, float), abs=1e-7)
    assert known > 300


def brought_by(by, case, settled, most):
    gains = [
        (value(case, party, settled) - case.preferences[party].no_deal) / m
        for party, m in zip(case.preferences, most, strict=True)
    ]
    if min(gains) < 0:
        return Fraction(0)
    return sum(gains) if by == "sum" else prod(gains)


def test_a_package_that_may_not_be_signed_can_lose_all_there_is_to_gain():
    case = case_of({"ana": [60, 40], "ben": [40, 60]}, ana={"no_deal": 50, "no_deal_doubt": [40, 70]})
    blocks = Blocks.of(case)
    wants = tuple(Wants.of(case, party) for party in ("ana", "ben"))
    worst = Worst(case, blocks, wants, (Fraction(1), Fraction(1)))
    assert worst.of_no_deal() == 120 - 40
    assert worst.of(Deal.of(case, {"i1": "ben", "i2": "ana"})) == 40


def weighted(case, settled, most):
    return sum(value(case, party, settled) / m for party, m in zip(case.preferences, most, strict=True))


def test_shares_are_best_at_an_end_that_the_rules_set():
    case = case_of(
        {"ana": [30, 5], "ben": [10, 6]},
        [{"id": "land", "kind": "divisible"}, {"id": "boat"}],
        rules=[{"kind": "linkage", "if": {"boat": "ben"}, "then": {"land": {"ben": ">= 1/4"}}}],
        ana={"doubt": {"land": ["20", "40"]}},
    )
    blocks = Blocks.of(case)
    wants = [Wants.of(case, party) for party in ("ana", "ben")]
    deal = blocks.deal(case, best_as_written(blocks, wants, [Fraction(1), Fraction(1)]))
    assert deal.settlements == {"land": {"ana": 1}, "boat": "ana"}
    assert Blocks.of(case).deal(case, best_as_written(blocks, wants, [Fraction(1), Fraction(5)]))["land"] == {"ben": 1}


def test_a_share_between_the_ends_has_its_exact_worst_regret():
    case = case_of(
        {"ana": [30], "ben": [30]}, [{"id": "land", "kind": "divisible"}], ana={"doubt": {"land": ["10", "60"]}}
    )
    blocks = Blocks.of(case)
    wants = tuple(Wants.of(case, party) for party in ("ana", "ben"))
    worst = Worst(case, blocks, wants, (Fraction(1), Fraction(1)))
    half = Deal.of(case, {"land": {"ana": Fraction(1, 2), "ben": Fraction(1, 2)}})
    assert worst.of(half) == 15  # 60 for Ana against 30 + 15; or 30 for Ben against 5 + 15, which is less


def test_no_deal_that_keeps_the_rules_is_said():
    case = case_of({"ana": [1], "ben": [1]}, rules=[{"kind": "forbid", "forbid": {"i1": ["ana", "ben"]}}])
    with pytest.raises(NoDeal):
        Blocks.of(case)


def test_values_of_deals_as_forms_are_values_of_deals():
    rng = random.Random(15)
    for _ in range(100):
        features = {"divisible": 1, "together": 1, "joint": 0.3, "burdens": 0.2}
        case = with_doubt(rng, random_case(rng, parties=2, choices=1, assets=2, **features), 4)
        deal = random_deal(rng, case, shared=0.3)
        for party in case.preferences:
            want = Wants.of(case, party)
            assert want.value(deal).at(want.region.written) == value(case, party, deal.settlements)


def test_parts_with_few_worlds_still_have_the_best_of_each():
    case = case_of({"ana": [3, 4], "ben": [4, 3]}, ana={"doubt": {"i1": [0, 6]}})
    blocks, outlook = outlook_of(case, 100)
    best = best_in_worlds(blocks, outlook)
    assert [worth.shape for worth in best.worths] == [(100,), (100,)]
    assert best.ways.shape == (100, len(blocks.blocks))
