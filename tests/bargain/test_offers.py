"""Offers stand where the definitions put them: whose move is next, what rules allow, which two are closest."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest

import oracle
from evenhand.bargain.offers import (
    agreed,
    closest,
    common_ground,
    compared,
    difference,
    standings,
    terms_worth,
)
from evenhand.case import Case, Proposal
from evenhand.report.shape import dumped
from evenhand.report.shape_offers import offers_json
from making import case_of, random_case, random_deal, with_money


def with_offers(case: Case, *offers: Mapping[str, Any]) -> Case:
    made = [Proposal.model_validate({"id": f"o{number}", **offer}) for number, offer in enumerate(offers, 1)]
    return case.model_copy(update={"proposals": tuple(made)})


def random_offers(rng: random.Random, case: Case, count: int, *, whole: bool = False) -> Case:
    """The case with offers that settle random issues, by random parties."""
    offers = []
    for _ in range(count):
        settled = dict(random_deal(rng, case).settlements)
        kept = list(settled) if whole else rng.sample(sorted(settled), rng.randint(0, len(settled)))
        offers.append({"by": rng.choice(oracle.names(case)), "terms": {issue: settled[issue] for issue in kept}})
    return with_offers(case, *offers)


def _holders(case: Case, issue: str, term: Any) -> dict[str, Fraction]:
    """A term as who or what has how much of the issue."""
    return {term: Fraction(1)} if isinstance(term, str) else {**term, "nobody": 1 - sum(term.values())}


def _apart(case: Case, issue: str, one: Any, two: Any) -> Fraction:
    first, second = _holders(case, issue, one), _holders(case, issue, two)
    return sum((abs(first.get(n, 0) - second.get(n, 0)) for n in {*first, *second}), Fraction(0)) / 2


def _rank(case: Case, one: Proposal, two: Proposal) -> tuple[Fraction, int]:
    common = [issue for issue in one.terms if issue in two.terms]
    parts = [_apart(case, issue, one.terms[issue], two.terms[issue]) for issue in common]
    return sum(parts, Fraction(0)), -parts.count(Fraction(0))


def test_the_closest_two_are_those_of_all_pairs() -> None:
    met = 0
    for number in range(2100):
        rng = random.Random(f"closest {number}")
        shape = {"parties": rng.randint(2, 3), "assets": rng.randint(1, 2), "divisible": rng.randint(0, 2)}
        case = random_offers(rng, random_case(rng, choices=1, joint=0.4, **shape), rng.randint(1, 5))
        pairs = [
            (_rank(case, one, two), one.id, two.id)
            for one, two in combinations(case.proposals, 2)
            if one.by != two.by and set(one.terms) & set(two.terms)
        ]
        found = closest(case)
        if found is None:
            assert not pairs
            continue
        met += 1
        best = min(pairs, key=lambda pair: pair[0])
        assert (found.one.id, found.two.id) == best[1:], number
        assert found.distance == best[0][0]
        assert len(found.common) - len(found.differences) == -best[0][1]
    assert met > 1000


def test_what_a_move_costs_is_the_difference_of_values() -> None:
    for number in range(1000):
        rng = random.Random(f"cost {number}")
        case = random_case(rng, parties=2, assets=2, divisible=1, choices=1, together=rng.choice([0, 2]))
        case = random_offers(rng, case, 2, whole=True)
        one, two = case.proposals
        if one.by == two.by:
            continue
        pair = compared(case, one, two)
        for own, other in ((one, two), (two, one)):
            before, after = (oracle.value(case, own.by, offer.terms) for offer in (own, other))
            assert pair.gives_up[own.by] == max(before - after, 0), number
            assert terms_worth(case, own.by, own.terms, list(own.terms)) == before
        costs = []
        for movers in product((one.by, two.by), repeat=len(pair.differences)):
            rows = zip(pair.differences, movers, strict=True)
            costs.append(sum((found.gives_up[mover] for found, mover in rows), Fraction(0)))
        assert pair.least == min(costs), number


def test_terms_are_within_reach_just_where_some_listed_deal_has_them() -> None:
    reached = 0
    for number in range(1000):
        rng = random.Random(f"reach {number}")
        case = random_case(rng, parties=2, assets=2, choices=rng.randint(0, 1), joint=0.3, rules=rng.randint(1, 3))
        case = random_offers(rng, case, 1, whole=number % 8 > 0)
        (standing,) = standings(case)
        deals = [settled for settled in oracle.every_deal(case) if standing.offer.terms.items() <= settled.items()]
        some = any(oracle.keeps_rules(case, settled) for settled in deals)
        assert (standing.clash is None) == some, number
        reached += some
        if standing.clash is not None:
            blamed = [rule for rule in case.rules if rule.id in standing.clash.rules]
            assert not any(all(oracle.keeps(case, rule, settled) for rule in blamed) for settled in deals), number
    assert 200 < reached < 900


def test_shares_in_terms_are_held_to_exactly() -> None:
    rules = [{"kind": "require", "require": {"i2": {"ana": "<= 1/2"}}}]
    case = case_of({"ana": [5, 5], "ben": [5, 5]}, ["i1", {"id": "i2", "kind": "divisible"}], rules=rules)
    for terms, kept in [
        ({"i2": {"ana": "1/2", "ben": "1/2"}}, True),
        ({"i2": {"ana": "2/3", "ben": "1/3"}}, False),
        ({"i2": {"ben": "1/3"}}, False),
        ({"i2": {"ben": "1/2"}}, True),
        ({"i2": {"ana": 0}}, True),
        ({"i2": "ana"}, False),
        ({"i2": "ben"}, True),
    ]:
        (standing,) = standings(with_offers(case, {"by": "ana", "terms": terms}))
        assert (standing.clash is None) == kept, terms
        assert standing.clash is None or standing.clash.rules == ("r1",)


def test_a_whole_thing_that_is_shared_is_judged_only_where_nothing_is_open() -> None:
    case = case_of({"ana": [5, 5], "ben": [5, 5]}, rules=[{"kind": "forbid", "forbid": {"i1": "ben"}}])
    half = {"ana": "1/2", "ben": "1/2"}
    assert not standings(with_offers(case, {"by": "ana", "terms": {"i1": half}}))[0].checked
    (none,) = standings(with_offers(case, {"by": "ana", "terms": {"i1": {"ana": 1, "ben": 0}, "i2": "ana"}}))
    assert none.clash is None
    (whole,) = standings(with_offers(case, {"by": "ana", "terms": {"i1": half, "i2": "ana"}}))
    assert whole.clash is not None
    assert whole.clash.rules == ("r1",)


def test_a_whole_offer_that_gives_two_things_where_everyone_gets_one_is_no_deal() -> None:
    case = with_money(case_of({"ana": [5, 5], "ben": [5, 5]}), one_each=True)
    (standing,) = standings(with_offers(case, {"by": "ana", "terms": {"i1": "ana", "i2": "ana"}}))
    assert standing.clash is not None
    assert standing.clash.rules == ()
    (standing,) = standings(with_offers(case, {"by": "ana", "terms": {"i1": "ana", "i2": "ben"}}))
    assert standing.clash is None


CONDITION = {"i2": "ana"}


@pytest.mark.parametrize(
    ("offer", "state", "following"),
    [
        ({"by": "ana"}, "open", ("ben", "cem")),
        ({"by": "lee"}, "open", ("ana", "ben", "cem")),
        ({"by": "ana", "answers": {"ben": "accepted"}}, "open", ("cem",)),
        ({"by": "ana", "answers": {"ben": "refused", "cem": "open"}}, "refused", ()),
        ({"by": "ana", "answers": {"ben": "accepted", "cem": "accepted"}}, "agreed", ()),
        ({"by": "ana", "answers": {"ana": "open", "ben": "accepted", "cem": "accepted"}}, "open", ("ana",)),
        ({"by": "ana", "answers": {"ben": "accepted-with-conditions", "cem": "accepted"}}, "unnamed", ("ben",)),
        (
            {"by": "ana", "answers": {"ben": "accepted-with-conditions", "cem": "accepted"}, "conditions": "Soon."},
            "unnamed",
            ("ben",),
        ),
        (
            {
                "by": "ana",
                "answers": {"ben": "accepted-with-conditions", "cem": "accepted"},
                "conditions": {"ben": CONDITION},
            },
            "conditions",
            ("ana", "cem"),
        ),
        (
            {
                "by": "ana",
                "answers": {"ben": "accepted-with-conditions", "cem": "accepted-with-conditions"},
                "conditions": {"ben": CONDITION, "cem": CONDITION},
            },
            "conditions",
            ("ana", "ben", "cem"),
        ),
    ],
)
def test_the_next_move_follows_from_the_answers(offer: dict[str, Any], state: str, following: tuple[str, ...]) -> None:
    case = case_of({"ana": [1, 1], "ben": [1, 1], "cem": [1, 1]})
    (standing,) = standings(with_offers(case, {"terms": {"i1": "ben"}, **offer}))
    assert (standing.state, standing.next) == (state, following)


def test_conditions_that_no_deal_meets_are_named_with_their_party() -> None:
    rules = [{"kind": "forbid", "forbid": {"i2": "ana"}}]
    case = case_of({"ana": [1, 1], "ben": [1, 1]}, rules=rules)
    answers = {"by": "ana", "answers": {"ben": "accepted-with-conditions"}, "terms": {"i1": "ana"}}
    (met,) = standings(with_offers(case, {**answers, "conditions": {"ben": {"i2": "ben"}}}))
    assert met.conditions_clash is None
    (unmet,) = standings(with_offers(case, {**answers, "conditions": {"ben": {"i2": "ana"}}}))
    assert unmet.clash is None
    assert unmet.conditions_clash is not None
    assert (unmet.conditions_clash.rules, unmet.conditions_clash.parties) == (("r1",), ("ben",))


def test_accepted_offers_together_may_be_the_deal() -> None:
    case = case_of({"ana": [1, 1], "ben": [1, 1]}, rules=[{"kind": "forbid", "forbid": {"i1": "ben", "i2": "ben"}}])
    yes = {"by": "ana", "answers": {"ben": "accepted"}}
    part = agreed(with_offers(case, {**yes, "terms": {"i1": "ana"}}, {"by": "ana", "terms": {"i2": "ana"}}))
    assert (part.offers, part.open, part.settles) == (("o1",), ("i2",), False)
    whole = agreed(with_offers(case, {**yes, "terms": {"i1": "ana"}}, {**yes, "terms": {"i2": "ben"}}))
    assert whole.settles
    against = agreed(with_offers(case, {**yes, "terms": {"i1": "ben"}}, {**yes, "terms": {"i2": "ben"}}))
    assert against.clash is not None
    assert not against.settles
    torn = agreed(with_offers(case, {**yes, "terms": {"i1": "ana", "i2": "ana"}}, {**yes, "terms": {"i1": "ben"}}))
    assert (torn.disputed, torn.settles) == (("i1",), False)


def test_common_ground_is_what_the_last_offers_of_all_who_speak_of_it_say() -> None:
    case = case_of({"ana": [1] * 3, "ben": [1] * 3, "cem": [1] * 3})
    case = with_offers(
        case,
        {"by": "ana", "terms": {"i1": "ben", "i3": "ben"}},
        {"by": "ben", "terms": {"i1": "ana", "i2": "ben", "i3": "ana"}},
        {"by": "ana", "terms": {"i1": "ana", "i2": "ben", "i3": "ana"}},
        {"by": "cem", "terms": {"i2": "cem"}},
    )
    assert common_ground(case) == {"i1": "ana", "i3": "ana"}


def test_a_share_counts_as_the_part_that_changes_hands() -> None:
    case = case_of({"ana": [1], "ben": [1]}, [{"id": "i1", "kind": "divisible"}])
    half = {"ana": Fraction(1, 2), "ben": Fraction(1, 2)}
    assert difference(case, "i1", half, "ana") == Fraction(1, 2)
    assert difference(case, "i1", "ana", {"ana": Fraction(1)}) == 0
    assert difference(case, "i1", half, {"ana": Fraction(1, 2)}) == Fraction(1, 2)


def test_what_a_party_sees_does_not_change_with_anothers_points() -> None:
    for number in range(5):
        rng = random.Random(f"leak {number}")
        case = random_case(rng, parties=2, assets=2, divisible=1, choices=1, together=1, no_deal=9, rules=2)
        case = random_offers(rng, case, 3)
        for reader in oracle.names(case):
            secret = random_case(random.Random(f"other {number}"), parties=2, assets=2, divisible=1, choices=1)
            others = {p: kept if p == reader else secret.preferences[p] for p, kept in case.preferences.items()}
            rules = tuple(rule for rule in case.rules if rule.party in (None, reader))
            changed = case.model_copy(update={"preferences": others, "rules": rules})
            assert dumped(offers_json(case, reader)) == dumped(offers_json(changed, reader))
