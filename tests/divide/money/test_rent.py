"""Rents leave no envy, add up, keep the budgets, and leave the worst-off as much as any others: by linear programs."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import permutations

import pytest

from evenhand.case import Case
from evenhand.certify import certify
from evenhand.deals import NoDeal, deal_values
from evenhand.divide import PROCEDURES, Options
from evenhand.divide.money import rent
from evenhand.solve import Infeasible, maximise_exactly
from making import PARTIES, case_of, with_money

RENT = PROCEDURES["rent"]


def _case(rng: random.Random, size: int, budgets: float = 0.0, top: int = 0) -> Case:
    top = top or rng.choice([2, 10, 100])
    table = {party: [rng.randint(0, top) for _ in range(size)] for party in PARTIES[:size]}
    to_pay = rng.randint(-top, size * top)
    bound = {party: rng.randint(0, to_pay // size + top) for party in table if to_pay > 0 and rng.random() < budgets}
    return with_money(case_of(table), bound, to_pay=to_pay, one_each=True)


def _worst_off_at_best(case: Case) -> Fraction | None:
    """The largest gain of the worst-off, over all ways to hold the rooms and all rents without envy; None: no rents."""
    wants = [case.preferences[party.id] for party in case.principals]
    worth = [[want.points[issue.id] for issue in case.issues] for want in wants]
    found = [
        _by_program(worth, held, case.money.to_pay if case.money else Fraction(0), [want.budget for want in wants])
        for held in permutations(range(len(worth)))
    ]
    return max((level for level in found if level is not None), default=None)


def _by_program(
    worth: list[list[Fraction]], held: tuple[int, ...], to_pay: Fraction, budgets: list[Fraction | None]
) -> Fraction | None:
    """Columns: each price and the level, above and below zero; then a slack for each row but the first."""
    size = len(worth)
    rows: list[tuple[dict[int, int], Fraction]] = []
    for party, place in enumerate(held):
        for other in held:
            if other != place:
                rows.append(({place: 1, other: -1}, worth[party][place] - worth[party][other]))
        rows.append(({place: 1, size: 1}, worth[party][place]))
        if (budget := budgets[party]) is not None:
            rows.append(({place: 1}, budget))
    wide = [(dict.fromkeys(range(size), 1), to_pay), *rows]
    table = [
        [
            *(terms.get(n, 0) for n in range(size + 1)),
            *(-terms.get(n, 0) for n in range(size + 1)),
            *(int(at == number + 1) for number in range(len(rows))),
        ]
        for at, (terms, _) in enumerate(wide)
    ]
    goal = [0] * size + [1] + [0] * size + [-1] + [0] * len(rows)
    try:
        point = maximise_exactly(goal, table, [bound for _, bound in wide])
    except Infeasible:
        return None
    return point[size] - point[2 * size + 1]


def _holds_its_promise(case: Case, best: Fraction | None) -> bool:
    try:
        deal = RENT.find(case, Options()).deal
    except NoDeal:
        assert best is None
        return False
    assert sorted(map(str, deal.settlements.values())) == [party.id for party in case.principals]
    assert case.money is not None
    assert sum(deal.payments.values(), Fraction(0)) == (case.money.to_pay if deal.payments else 0)
    assert min(deal_values(case, deal).values()) == best
    for party, want in case.preferences.items():
        left = {issue: want.points[issue] - deal.payments.get(str(who), 0) for issue, who in deal.settlements.items()}
        own = next(issue for issue, who in deal.settlements.items() if who == party)
        assert left[own] == max(left.values())
        assert want.budget is None or deal.payments.get(party, 0) <= want.budget
    return True


def test_rents_leave_no_envy_and_the_worst_off_most() -> None:
    for seed in range(700):
        rng = random.Random(f"rent {seed}")
        case = _case(rng, 3 if seed % 10 == 0 else rng.randint(1, 2))
        assert _holds_its_promise(case, _worst_off_at_best(case))


def test_budgets_are_kept_by_the_best_rents_that_do_or_there_are_none() -> None:
    found = []
    for seed in range(500):
        rng = random.Random(f"budgets {seed}")
        case = _case(rng, 3 if seed % 10 == 0 else 2, budgets=0.7)
        found.append(_holds_its_promise(case, _worst_off_at_best(case)))
    assert 100 < sum(found) < 450


def test_a_budget_can_decide_which_of_two_equal_rooms_one_gets() -> None:
    case = case_of({"ana": [50, 80], "ben": [50, 80]})
    bound = with_money(case, {"ben": 40}, to_pay=100, one_each=True)
    assert dict(RENT.find(bound, Options()).deal.settlements) == {"i1": "ben", "i2": "ana"}
    other = with_money(case, {"ana": 40}, to_pay=100, one_each=True)
    assert dict(RENT.find(other, Options()).deal.settlements) == {"i1": "ana", "i2": "ben"}


def test_budgets_that_are_too_small_are_told_with_what_could_be_paid() -> None:
    case = case_of({"ana": [50, 80], "ben": [40, 90]})
    with pytest.raises(NoDeal, match="budgets sum to 90 EUR, less than the 100 EUR"):
        RENT.find(with_money(case, {"ana": 40, "ben": 50}, to_pay=100, one_each=True, unit="EUR"), Options())
    # Ben pays at most 30 for the better room, and so Ana, who would envy, at most 0 for the other.
    with pytest.raises(NoDeal, match="can pay 30 EUR together at most; 100 EUR is to be paid, 70 EUR more"):
        RENT.find(with_money(case, {"ben": 30}, to_pay=100, one_each=True, unit="EUR"), Options())


def test_a_search_that_ends_early_never_claims_more_than_its_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rent, "_WORK", 1)
    seen = {"proved": 0, "open": 0, "none": 0}
    for seed in range(100):
        case = _case(random.Random(f"early {seed}"), 3, budgets=0.5, top=2)
        try:
            found = RENT.find(case, Options())
        except NoDeal as reason:
            seen["none"] += "not every way" in str(reason)
            continue
        best, reached = _worst_off_at_best(case), min(deal_values(case, found.deal).values())
        assert best is not None
        assert found.method.gap is not None
        assert best - reached <= found.method.gap
        seen["proved" if found.method.exact else "open"] += 1
    assert min(seen.values()) > 0


def test_fifty_rooms_are_divided_and_certified() -> None:
    rng = random.Random(1)
    table = {f"p{n}": [rng.randint(0, 1000) for _ in range(50)] for n in range(50)}
    case = with_money(case_of(table), to_pay=20_000, one_each=True)
    found = {item.property: item for item in certify(case, RENT.find(case, Options()).deal)}
    for name in ("envy-free", "proportional", "pareto-optimal", "pareto-optimal-with-money"):
        assert found[name].verdict == "holds", name


@pytest.mark.parametrize(
    ("case", "phrase"),
    [
        (case_of({"ana": [1, 2], "ben": [2, 1]}), "add `money"),
        (with_money(case_of({"ana": [1, 2], "ben": [2, 1]}), to_pay=3), "one_each: true"),
        (with_money(case_of({"ana": [1, 2, 3], "ben": [2, 1, 3]}), one_each=True), "3 for 2 parties"),
        (with_money(case_of({"ana": [1], "ben": [2]}), one_each=True), "Name a place for everyone"),
        (with_money(case_of({"ana": [1, 2], "ben": [2, 1]}, entitlements=[1, 2]), one_each=True), "alike"),
        (with_money(case_of({"ana": [1], "ben": [2]}, [{"id": "i1", "kind": "divisible"}]), one_each=True), "whole"),
        (
            with_money(
                case_of({"ana": [1], "ben": [2]}, rules=[{"kind": "forbid", "forbid": {"i1": "ana"}}]), one_each=True
            ),
            "rule r1",
        ),
    ],
)
def test_what_has_no_rents_is_refused_with_what_would_mend_it(case: Case, phrase: str) -> None:
    assert phrase in str(RENT.refusal(case))
