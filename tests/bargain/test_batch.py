"""Negotiations in a batch are those of the protocol object, run for run."""

import math
import random
from fractions import Fraction

import numpy as np
import pytest

from evenhand.bargain.protocols import Menu, Negotiation, Zone, alternating, simulate, simulated, standing_of
from evenhand.bargain.protocols.parties import TimeDependent
from evenhand.case import Mistake
from evenhand.deals import Deal, NoDeal, NotDefined
from evenhand.solve import Limits
from tests import oracle
from tests.making import case_of, random_case

WAYS = ("boulware", "conceder", "linear", "tit-for-tat", "micro", "tough", "0.2..5")


def some_cases(rng, count):
    for _ in range(count):
        yield random_case(
            rng,
            parties=rng.choice([2, 2, 3]),
            assets=rng.randint(1, 3),
            divisible=rng.choice([0, 0, 1]),
            choices=rng.randint(0, 2),
            together=rng.randint(0, 1),
            rules=rng.randint(0, 2),
            joint=0.2,
            no_deal=rng.choice([0, 20]),
        )


def step_by_step(case, results, kinds, run, steps):
    ids = [party.id for party in case.principals]
    first = int(results.first[run])
    negotiation = Negotiation(case, alternating([*ids[first:], *ids[:first]], steps))
    parties = {}
    for number, own in enumerate(results.owns):
        exponent = float(results.exponents[run, number])
        drawn = TimeDependent(own, exponent) if not math.isnan(exponent) else None
        parties[own.party] = drawn or simulated(own, kinds[number], results.seed, run)
    negotiation.play(parties)
    return negotiation.ending


def test_every_run_ends_as_it_does_step_by_step():
    rng, agreed, played = random.Random(1), 0, 0
    for seed, case in enumerate(some_cases(rng, 250)):
        kinds = [rng.choice(WAYS) for _ in case.principals]
        steps = rng.choice([1, 3, 12])
        try:
            results = simulate(case, kinds, steps, 2, seed, vary=True, parts=2)
        except (NotDefined, NoDeal):
            continue
        for run in range(2):
            ending = step_by_step(case, results, kinds, run, steps)
            assert (ending.deal, ending.step) == (results.deal(run), results.steps[run])
            agreed += ending.deal is not None
            played += 1
    assert 90 < agreed < played - 40


def test_the_worth_of_a_run_is_that_of_its_deal_or_of_no_deal():
    rng = random.Random(2)
    for case in some_cases(rng, 40):
        try:
            results = simulate(case, ["0.2..5"] * len(case.principals), 4, 5, parts=2)
        except (NotDefined, NoDeal):
            continue
        for run, worths in enumerate(results.worths()):
            deal = results.deal(run)
            exact = [case.preferences[p.id].no_deal for p in case.principals]
            if deal is not None:
                exact = oracle.values(case, deal.settlements)
            assert np.allclose(worths, [float(worth) for worth in exact])


def test_the_same_seed_gives_the_same_runs_and_runs_do_not_depend_on_how_many_there_are():
    case = case_of({"ana": [50, 31, 20, 7], "ben": [20, 30, 50, 9]})
    many = simulate(case, ["0.2..5", "micro"], 20, 30, seed=4)
    few = simulate(case, ["0.2..5", "micro"], 20, 10, seed=4)
    assert (many.agreed[:10] == few.agreed).all()
    assert (many.exponents[:10, 0] == few.exponents[:, 0]).all()
    other = simulate(case, ["0.2..5", "micro"], 20, 30, seed=5)
    assert (other.exponents[:, 0] != many.exponents[:, 0]).any()


def test_a_chunk_is_no_boundary(monkeypatch):
    case = case_of({"ana": [50, 31, 20, 7], "ben": [20, 30, 50, 9]})
    whole = simulate(case, ["micro", "0.2..5"], 9, 12, vary=True)
    monkeypatch.setattr("evenhand.bargain.protocols.batch._CHUNK", 5)
    apart = simulate(case, ["micro", "0.2..5"], 9, 12, vary=True)
    assert (whole.agreed == apart.agreed).all()
    assert (whole.steps == apart.steps).all()


def test_when_the_time_is_over_the_results_are_those_of_the_runs_played(monkeypatch):
    case = case_of({"ana": [50, 31, 20, 7], "ben": [20, 30, 50, 9]})
    monkeypatch.setattr("evenhand.bargain.protocols.batch._CHUNK", 5)
    told = []
    over = simulate(case, ["micro", "0.2..5"], 9, 12, limits=Limits(0.0), progress=told.append)
    whole = simulate(case, ["micro", "0.2..5"], 9, 12)
    assert list(over.agreed) == list(whole.agreed[:5])
    assert told == ["5 of 12 negotiations are over"]


def test_what_the_zone_says_is_what_the_definitions_say():
    rng = random.Random(3)
    for case in some_cases(rng, 60):
        try:
            results = simulate(case, ["conceder"] * len(case.principals), 3, 1, parts=2)
        except (NotDefined, NoDeal):
            continue
        zone, menu = Zone.of(results.owns), results.menu
        floor = [case.preferences[p.id].no_deal for p in case.principals]
        deals = {row: menu.deal(menu.picks[row]) for row in range(len(menu.picks))}
        values = {row: oracle.values(case, deal.settlements) for row, deal in deals.items()}
        inside = [
            row
            for row, found in values.items()
            if oracle.keeps_rules(case, deals[row].settlements) and all(map(float.__ge__, *floats(found, floor)))
        ]
        assert list(zone.inside) == inside
        for row in inside:
            beats = [
                r
                for r in inside
                if values[r] != values[row] and all(map(float.__ge__, *floats(values[r], values[row])))
            ]
            assert zone.better(deals[row]) == (deals[beats[0]] if beats else None)
            assert (zone.shortfall(row) == 0) == (not beats)


def test_a_deal_is_called_efficient_if_and_only_if_no_deal_beats_it():
    """Against brute force over whole deals and, where something is divisible, over many shares."""
    rng, beaten = random.Random(4), 0
    for case in some_cases(rng, 40):
        menu = Menu.of(case, 2)
        picked = menu.picks[rng.randrange(len(menu.picks))] if len(menu.picks) else None
        if picked is None or not oracle.keeps_rules(case, (deal := menu.deal(picked)).settlements):
            continue
        standing, mine = standing_of(case, deal, menu), oracle.values(case, deal.settlements)
        if standing is None or any(
            v < case.preferences[p.id].no_deal for v, p in zip(mine, case.principals, strict=True)
        ):
            continue
        fine = Menu.of(case, 12 if len(mine) == 2 else 4)
        others = [fine.deal(pick) for pick in fine.picks]
        kept = [
            oracle.values(case, other.settlements) for other in others if oracle.keeps_rules(case, other.settlements)
        ]
        if any(v != mine and all(map(Fraction.__ge__, v, mine)) for v in kept):
            assert standing.better is not None
        if standing.better is not None:
            better = oracle.values(case, standing.better.settlements)
            assert better != mine
            assert all(map(Fraction.__ge__, better, mine))
            assert oracle.keeps_rules(case, standing.better.settlements)
            beaten += 1
    assert beaten > 5


def floats(one, two):
    return [float(x) for x in one], [float(x) for x in two]


def test_one_possible_deal_is_agreed_on_in_the_first_step_or_never():
    case = case_of(
        {"ana": [5], "ben": [3]},
        [{"id": "c", "kind": "choice", "options": ["a"]}],
        ana={"values": {"c": {"a": 100}}},
        ben={"values": {"c": {"a": 100}}},
    )
    results = simulate(case, ["tough", "tough"], 5, 2)
    assert results.deal(0) == Deal.of(case, {"c": "a"})
    assert list(results.steps) == [0, 0]
    dear = case.model_copy(
        update={"preferences": {**case.preferences, "ben": case.preferences["ben"].model_copy(update={"no_deal": 4})}}
    )
    with pytest.raises(NotDefined, match="ben"):
        simulate(dear, ["tough", "tough"], 5, 2)


def test_who_never_gives_way_finds_no_deal_with_another_such():
    results = simulate(case_of({"ana": [5, 3], "ben": [3, 5]}), ["tough", "tough"], 7, 3)
    assert results.agreement_rate == 0
    assert list(results.steps) == [6, 6, 6]
    assert results.worths().tolist() == [[0, 0]] * 3


def test_too_many_deals_to_list_and_wrong_ways_are_refused():
    wide = case_of({"ana": [1] * 20, "ben": [1] * 20})
    with pytest.raises(NotDefined, match="too many"):
        simulate(wide, ["linear", "linear"])
    small = case_of({"ana": [1, 2], "ben": [1, 3]})
    for way, what in (("4..1", "range"), ("nice", "no way"), ("1..nice", "no way"), ("1..tough", "range")):
        with pytest.raises(Mistake, match=what):
            simulate(small, [way, "linear"])
