"""The next trade is the best change of one or two issues; the even package settles every issue by itself."""

import random
from fractions import Fraction
from itertools import combinations, product

import oracle
from evenhand.bargain.baseline import even_baseline
from evenhand.bargain.trades import best_trade
from evenhand.deals import Deal, NoDeal, broken_rules, clashing_rules, deal_values
from making import case_of, random_case, random_deal, with_money


def changes(case, start):
    """Every deal that keeps the rules and differs in one or two issues."""
    for size in (1, 2):
        for issues in combinations(case.issues, size):
            for names in product(*(oracle.ways(case, issue) for issue in issues)):
                settled = dict(start.settlements) | {i.id: name for i, name in zip(issues, names, strict=True)}
                if oracle.keeps_rules(case, settled):
                    yield settled


def smallest_first(case, settled, before):
    return sorted(a - b for a, b in zip(oracle.values(case, settled), before, strict=True))


def test_the_next_trade_is_the_best_change_of_one_or_two_issues():
    rng = random.Random(11)
    found_some = 0
    for _ in range(80):
        case = random_case(rng, parties=rng.randint(2, 4), assets=2, choices=2, joint=0.3, together=1, rules=2, top=9)
        start = random_deal(rng, case)
        before = oracle.values(case, start.settlements)
        helpful = [g for s in changes(case, start) if (g := smallest_first(case, s, before))[0] >= 0 and g[-1] > 0]
        try:
            trade = best_trade(case, start)
        except NoDeal:
            assert clashing_rules(case)
            continue
        if not helpful:
            assert trade is None
            continue
        found_some += 1
        assert sorted(trade.gains.values()) == max(helpful)
        assert len(trade.changed) <= 2
        assert not broken_rules(case, trade.deal)
    assert found_some > 10


def test_shares_are_part_of_a_trade_exactly():
    case = case_of({"ana": [10, 30], "ben": [20, 10]}, ["car", {"id": "fund", "kind": "divisible"}])
    start = Deal.of(case, {"car": "ana", "fund": {"ben": 1}})
    trade = best_trade(case, start)
    # The car is worth 10 more to Ben; a share s of the fund is worth 30 s to Ana and costs Ben 10 s.
    assert trade.deal.shares("fund") == {"ana": Fraction(3, 4), "ben": Fraction(1, 4)}
    assert dict(trade.gains) == {"ana": Fraction(25, 2), "ben": Fraction(25, 2)}
    assert trade.helps_everybody


def test_no_mix_of_shares_is_better_than_the_trade_found():
    rng = random.Random(5)
    for _ in range(60):
        case = random_case(rng, parties=2, assets=1, divisible=1, choices=1, top=9, rules=1)
        start = random_deal(rng, case)
        before, shared = oracle.values(case, start.settlements), next(i for i in case.issues if i.kind == "divisible")
        whole = [issue for issue in case.issues if issue.kind != "divisible"]
        best = [Fraction(0)]
        for issue in whole:
            for name in oracle.ways(case, issue):
                for step in range(13):
                    shares = {"ana": Fraction(step, 12), "ben": Fraction(12 - step, 12)}
                    settled = dict(start.settlements) | {issue.id: name, shared.id: shares}
                    if oracle.keeps_rules(case, settled):
                        best = max(best, smallest_first(case, settled, before))
        try:
            trade = best_trade(case, start)
        except NoDeal:
            continue
        assert best[0] <= 0 or min(trade.gains.values()) >= best[0]


def test_money_evens_out_what_a_trade_brings_as_far_as_budgets_allow():
    case = with_money(case_of({"ana": [10, 0], "ben": [90, 0]}), unit="EUR")
    start = Deal.of(case, {"i1": "ana", "i2": "ana"})
    trade = best_trade(case, start)
    assert dict(trade.gains) == {"ana": 40, "ben": 40}
    assert trade.deal.payments == {"ana": -50, "ben": 50}
    poor = with_money(case, {"ben": 20}, unit="EUR")
    assert dict(best_trade(poor, start).gains) == {"ana": 10, "ben": 70}


def test_from_an_efficient_deal_there_is_no_trade():
    case = case_of({"ana": [10, 1], "ben": [1, 10]})
    assert best_trade(case, Deal.of(case, {"i1": "ana", "i2": "ben"})) is None


def test_the_even_package_keeps_the_rules_wherever_a_deal_does():
    rng = random.Random(2)
    for _ in range(80):
        case = random_case(rng, parties=3, assets=2, divisible=1, choices=2, joint=0.3, rules=3)
        if clashing_rules(case):
            continue
        assert not broken_rules(case, even_baseline(case))


def test_where_the_rules_clash_there_is_no_even_package():
    only = {"kind": "require", "require": {"i1": "ana"}}
    assert even_baseline(case_of({"ana": [1, 1], "ben": [1, 1]}, rules=[only])).settlements["i1"] == "ana"
    linked = [{"kind": "linkage", "if": {"i1": name}, "then": {"i2": "ana"}} for name in ("ana", "ben")]
    linked += [{"kind": "linkage", "if": {"i1": name}, "then": {"i2": "ben"}} for name in ("ana", "ben")]
    assert even_baseline(case_of({"ana": [1, 1], "ben": [1, 1]}, rules=linked)) is None


def test_the_even_package_settles_each_issue_by_itself():
    choice = {"id": "pace", "kind": "choice", "options": ["fast", "even", "slow"]}
    wants = {
        "ana": {"values": {"pace": {"fast": 100, "even": 55, "slow": 0}}},
        "ben": {"values": {"pace": {"fast": 0, "even": 50, "slow": 100}}},
    }
    case = case_of({"ana": [30, 30, 40], "ben": [25, 35, 40]}, ["a", "b", choice], **wants)
    assert even_baseline(case).settlements == {"a": "ana", "b": "ben", "pace": "even"}


def test_the_values_of_a_trade_are_those_of_its_deal():
    case = random_case(random.Random(4), parties=3, assets=4, together=2)
    start = random_deal(random.Random(4), case)
    trade = best_trade(case, start)
    before, after = deal_values(case, start), deal_values(case, trade.deal)
    assert dict(trade.gains) == {party: after[party] - before[party] for party in before}


def test_a_gain_that_is_tiny_beside_the_rest_is_still_found():
    big = 10**9
    case = case_of(
        {"ana": [big, 1], "ben": [big, 1]},
        ["a", {"id": "b", "kind": "choice", "options": ["x", "y"]}],
        ana={"values": {"b": {"x": 0, "y": 1}}},
        ben={"values": {"b": {"x": 0, "y": 1}}},
    )
    trade = best_trade(case, Deal.of(case, {"a": "ana", "b": "x"}))
    assert dict(trade.gains) == {"ana": Fraction(1, 100), "ben": Fraction(1, 100)}
