"""Weighted picking sequences give the turns of the seat rules and leave no more envy than those promise."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

import oracle
from evenhand.case import Case
from evenhand.deals import NoDeal
from evenhand.divide import PROCEDURES, Options
from making import case_of, random_case

STARTS = {"round-robin": Fraction(0), "picking-webster": Fraction(1, 2), "picking-jefferson": Fraction(1)}


def _cases(name: str) -> list[Case]:
    found = []
    for number in range(1000):
        rng = random.Random(f"{name} {number}")
        case = random_case(rng, parties=rng.randint(2, 4), assets=rng.randint(1, 7), entitled=5)
        if PROCEDURES[name].why_not(case) is None:
            found.append(case)
    assert len(found) > 600
    return found


def _least_envy(case: Case, settled: Any, start: Fraction) -> bool:
    """WEF(1 − s, s): for some thing of the other, s of it added here and 1 − s of it taken there end the envy."""
    for one, two, mine, theirs in oracle._looks(case, settled):
        own, other = oracle.worth(case, one, mine), oracle.worth(case, one, theirs)
        moves = [Fraction(0), *(case.preferences[one].points[thing] for thing in theirs)]
        if not any(oracle.content(case, one, own + start * p, two, other - (1 - start) * p) for p in moves):
            return False
    return True


@pytest.mark.parametrize("name", STARTS)
def test_what_each_leaves_of_envy_is_what_its_rule_promises(name: str) -> None:
    for case in _cases(name):
        settled = PROCEDURES[name].run(case, Options()).deal.settlements
        assert _least_envy(case, settled, STARTS[name])


def test_jeffersons_rule_gives_everyone_its_part_but_for_one_thing() -> None:
    for case in _cases("picking-jefferson"):
        assert oracle.prop1(case, PROCEDURES["picking-jefferson"].run(case, Options()).deal.settlements)


@pytest.mark.parametrize(
    ("name", "turns"),
    [("round-robin", "abbbbabbbb"), ("picking-webster", "bbabbbbabb"), ("picking-jefferson", "bbbabbbbab")],
)
def test_turns_are_those_of_the_seat_rules_for_one_to_four(name: str, turns: str) -> None:
    case = case_of({"a": [1] * 10, "b": [1] * 10}, entitlements=[1, 4])
    steps = PROCEDURES[name].run(case, Options()).trace
    assert "".join(str(step.facts["party"]) for step in steps if step.action == "pick") == turns


@pytest.mark.parametrize("name", ["picking-webster", "picking-jefferson"])
def test_refusals_say_what_to_use_instead(name: str) -> None:
    why_not = PROCEDURES[name].why_not
    assert "use that" in str(why_not(case_of({"a": [1], "b": [1]})))
    burden = case_of({"a": [-1], "b": [-1]}, [{"id": "x", "burden": True}], entitlements=[1, 2])
    assert "Round robin" in str(why_not(burden))
    split = case_of({"a": [1], "b": [1]}, [{"id": "x", "kind": "divisible"}], entitlements=[1, 2])
    assert "divisible" in str(why_not(split))


AGREED = PROCEDURES["picking-sequence"]


def test_an_agreed_order_equals_plain_lines() -> None:
    for number in range(1000):
        rng = random.Random(f"agreed {number}")
        case = random_case(rng, parties=rng.randint(1, 3), assets=rng.randint(1, 6))
        sequence = tuple(rng.choices(oracle.names(case), k=rng.randint(1, 5)))
        left, got = [issue.id for issue in case.issues], {}
        for turn in range(len(left)):
            party = sequence[turn % len(sequence)]
            best = max(left, key=lambda issue: case.preferences[party].points[issue])  # used at once
            got[best] = party
            left.remove(best)
        found = AGREED.run(case, Options(sequence=sequence))
        assert dict(found.deal.settlements) == {issue.id: got[issue.id] for issue in case.issues}
        assert found.trace[0].facts["parties"] == list(sequence)
        assert " ".join(sequence) in found.method.algorithm


def test_without_an_order_turns_go_forth_and_back_and_leave_no_envy_but_for_one_thing() -> None:
    case = case_of({"a": [1] * 7, "b": [1] * 7, "c": [1] * 7})
    steps = AGREED.run(case, Options()).trace
    assert "".join(str(step.facts["party"]) for step in steps if step.action == "pick") == "abccbaa"
    for number in range(1000):
        rng = random.Random(f"alternation {number}")
        case = random_case(rng, parties=rng.randint(1, 4), assets=rng.randint(1, 7))
        assert oracle.ef1(case, AGREED.run(case, Options()).deal.settlements), number


def test_in_an_agreed_order_a_barred_party_is_passed_over_and_who_cannot_go_on_says_so() -> None:
    bars = [{"kind": "forbid", "forbid": {"i1": "a"}}, {"kind": "forbid", "forbid": {"i2": "a"}}]
    case = case_of({"a": [3, 2, 1], "b": [3, 2, 1]}, rules=bars)
    found = AGREED.run(case, Options(sequence=("a", "a", "b")))
    assert list(found.deal.settlements.values()) == ["b", "b", "a"]
    with pytest.raises(NoDeal, match="Nobody whose turn comes may have “i1”"):
        AGREED.run(case, Options(sequence=("a",)))
    burden = case_of({"a": [-1], "b": [-1]}, [{"id": "x", "burden": True}])
    assert "Round robin" in str(AGREED.why_not(burden))
