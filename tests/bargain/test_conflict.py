"""A proposed relief does open a zone, a smaller one does not, and none is missing: by listing every deal."""

import random
from fractions import Fraction
from itertools import combinations

import oracle
from evenhand.bargain.conflict import reliefs_of
from evenhand.bargain.frontier import frontier_of
from evenhand.deals import broken_rules
from evenhand.report.words import conflict_lines
from evenhand.solve import Limits
from making import case_of, random_case, with_money


def without(case, rules):
    return case.model_copy(update={"rules": tuple(rule for rule in case.rules if rule.id not in rules)})


def in_zone(case, settled, lowered):
    floors = {party: case.preferences[party].no_deal - lowered.get(party, 0) for party in oracle.names(case)}
    return all(oracle.value(case, party, settled) >= floor for party, floor in floors.items())


def opens(case, rules, lowered):
    freer = without(case, rules)
    return any(in_zone(case, settled, lowered) for settled in oracle.kept_deals(freer))


def least_for(case, rules, party):
    """The least one party must lower when the others keep what they said; None: it cannot alone."""
    reached = [
        oracle.value(case, party, settled)
        for settled in oracle.kept_deals(without(case, rules))
        if in_zone(case, settled, {party: 10**6})
    ]
    return case.preferences[party].no_deal - max(reached) if reached else None


def stuck_cases(count, seed):
    rng = random.Random(seed)
    while count:
        case = random_case(
            rng, parties=rng.randint(2, 3), assets=2, choices=1, rules=rng.randint(1, 3), no_deal=30, top=20, together=1
        )
        if not opens(case, (), {}):
            count -= 1
            yield case


def test_reliefs_are_exactly_the_smallest_that_open_a_zone():
    for case in stuck_cases(60, 8):
        conflict = reliefs_of(case)
        ids = [rule.id for rule in case.rules]
        assert conflict.finished
        dropping = {relief.rules for relief in conflict.reliefs if not relief.lowered}
        every = [set(rules) for size in range(4) for rules in combinations(ids, size) if opens(case, rules, {})]
        smallest = {tuple(r for r in ids if r in rules) for rules in every if not any(o < rules for o in every)}
        assert dropping == smallest
        for relief in conflict.reliefs:
            assert oracle.keeps_rules(without(case, relief.rules), relief.deal.settlements)
            assert in_zone(case, relief.deal.settlements, relief.lowered)
            for party, points in relief.lowered.items():
                assert least_for(case, relief.rules, party) == points > 0
                assert all(
                    not opens(case, fewer, relief.lowered)
                    for size in range(len(relief.rules))
                    for fewer in combinations(relief.rules, size)
                )
        for party in oracle.names(case):
            if (least := least_for(case, (), party)) is not None:
                assert {party: least} in [relief.lowered for relief in conflict.reliefs if not relief.rules]


def test_what_somebody_outside_would_add_is_the_least_in_all():
    for case in stuck_cases(40, 21):
        added, deals = reliefs_of(case).added, oracle.kept_deals(case)
        if not deals:
            assert added is None
            continue
        floors = [case.preferences[party].no_deal for party in oracle.names(case)]
        short = [
            sum(max(floor - value, 0) for floor, value in zip(floors, oracle.values(case, settled), strict=True))
            for settled in deals
        ]
        assert sum(added.lowered.values()) == min(short)
        assert in_zone(case, added.deal.settlements, added.lowered)


def test_fewer_changes_and_smaller_ones_come_first():
    case = case_of(
        {"ana": [60, 40], "ben": [60, 40]},
        ana={"no_deal": 65},
        ben={"no_deal": 50},
        rules=[{"kind": "forbid", "forbid": {"i1": "ana"}}],
    )
    found = [(relief.rules, dict(relief.lowered)) for relief in reliefs_of(case).reliefs]
    assert found == [((), {"ana": 25}), (("r1",), {"ben": 50})]


def test_clashing_rules_are_named():
    rules = [{"kind": "require", "require": {"i1": name}} for name in ("ana", "ben")]
    conflict = reliefs_of(case_of({"ana": [1, 2], "ben": [2, 1]}, rules=rules))
    assert conflict.clash == ("r1", "r2")
    assert conflict.added is None
    assert [relief.rules for relief in conflict.reliefs] == [("r1",), ("r2",)]


def test_a_zone_that_is_open_needs_nothing():
    case = case_of({"ana": [1, 2], "ben": [2, 1]})
    assert len(frontier_of(case))
    assert [relief.rules for relief in reliefs_of(case).reliefs] == [()]


def test_with_something_to_share_no_step_of_sharing_asks_for_less():
    rng = random.Random(33)
    looked = 0
    while looked < 40:
        case = random_case(rng, parties=2, assets=1, choices=1, divisible=1, rules=1, no_deal=30, top=15)
        conflict = reliefs_of(case)
        if any(not relief.rules and not relief.lowered for relief in conflict.reliefs):
            continue
        looked += 1
        for relief in conflict.reliefs:
            assert not broken_rules(without(case, relief.rules), relief.deal)
            assert in_zone(case, relief.deal.settlements, relief.lowered)
            for party, points in relief.lowered.items():
                reached = [row for row in stepped(without(case, relief.rules), 12) if short(case, row, but=party) == 0]
                assert all(case.preferences[party].no_deal - row[party] >= points for row in reached)
        if conflict.added is not None:
            least = sum(conflict.added.lowered.values())
            assert all(short(case, row) >= least for row in stepped(case, 12))


def test_where_payments_have_no_limit_what_is_missing_is_what_all_together_lack():
    case = with_money(case_of({"ana": [1000, 300], "ben": [700, 500]}, ana={"no_deal": 900}, ben={"no_deal": 700}))
    conflict = reliefs_of(case)
    assert [dict(relief.lowered) for relief in conflict.reliefs] == [{"ana": 100}, {"ben": 100}]
    assert sum(conflict.added.lowered.values()) == 100
    for relief in conflict.reliefs:
        assert sum(relief.values.values()) == 1500
        assert all(
            value >= case.preferences[party].no_deal - relief.lowered.get(party, 0)
            for party, value in relief.values.items()
        )


def stepped(case, steps):
    """What every deal that keeps the rules is worth by party, shares in whole steps."""
    (fund,) = (issue.id for issue in case.issues if issue.kind == "divisible")
    for settled in oracle.every_deal(case):
        for step in range(steps + 1):
            whole = {**settled, fund: {"ana": Fraction(step, steps), "ben": Fraction(steps - step, steps)}}
            if oracle.keeps_rules(case, whole):
                yield dict(zip(oracle.names(case), oracle.values(case, whole), strict=True))


def short(case, row, but=None):
    """How many points the parties are short of no deal, all together but for one."""
    return sum(max(case.preferences[party].no_deal - value, 0) for party, value in row.items() if party != but)


def test_a_search_that_was_stopped_claims_nothing_about_what_it_did_not_try():
    case = case_of(
        {"ana": [6, 4], "ben": [6, 4]},
        ana={"no_deal": 8},
        ben={"no_deal": 8},
        rules=[{"kind": "forbid", "forbid": {"i1": "ana"}}, {"kind": "forbid", "forbid": {"i2": "ben"}}],
    )
    stopped, whole = reliefs_of(case, Limits(0.0)), reliefs_of(case)
    assert (stopped.finished, whole.finished) == (False, True)
    assert stopped.tried < whole.tried == 4
    assert "The search was stopped" in " ".join(conflict_lines(case, stopped))
    assert "The search was stopped" not in " ".join(conflict_lines(case, whole))
