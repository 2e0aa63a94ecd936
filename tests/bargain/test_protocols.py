"""Each protocol asks whom it should, lets every party hear what it may hear, and ends as it promises."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest

from evenhand.bargain.protocols import (
    Bidding,
    Menu,
    Negotiation,
    Own,
    Scripted,
    alternating,
    blind_bids,
    plain,
    replay,
    save_log,
    shuttle,
    simulated,
    single_text,
)
from evenhand.case import Mistake
from evenhand.deals import Deal, NoDeal, NotDefined
from tests import oracle
from tests.making import case_of, random_case, with_money

CASE = case_of({"ana": [50, 30, 20], "ben": [20, 30, 50], "cem": [10, 10, 10]})
TWO = case_of({"ana": [50, 30, 20], "ben": [20, 30, 50]})


def gives(case, **parts):
    """A deal by what each party gets: gives(case, ana="1", ben="23")."""
    return Deal.of(case, {f"i{number}": party for party, numbers in parts.items() for number in numbers})


def told(case, play, *answers):
    """The negotiation after these answers, each checked for who was asked."""
    negotiation = Negotiation(case, play)
    for party, answer in answers:
        assert negotiation.next_turn().party == party
        negotiation.answer(answer)
    return negotiation


# Alternating offers


def test_an_offer_that_everybody_accepts_in_turn_is_the_deal():
    offer = "offer i1 ana, i2 ben, i3 cem"
    ended = told(CASE, alternating(["ana", "ben", "cem"], 5), ("ana", offer), ("ben", "yes"), ("cem", "accept"))
    assert (ended.ending.why, ended.ending.step) == ("agreed", 0)
    assert ended.ending.deal == gives(CASE, ana="1", ben="2", cem="3")
    assert ended.next_turn() is None


def test_a_counter_offer_begins_the_count_again():
    answers = [("ana", "offer i1 ana, i2 ben, i3 cem"), ("ben", "accept"), ("cem", "offer i2 cem"), ("ana", "accept")]
    open_still = told(CASE, alternating(["ana", "ben", "cem"], 5), *answers)
    assert open_still.ending is None
    open_still.answer("accept")
    assert open_still.ending.deal == gives(CASE, ana="1", cem="23")


def test_the_deadline_and_leaving_end_it_without_a_deal():
    offer = "offer i1 ana, i2 ana, i3 ana"
    late = told(TWO, alternating(["ana", "ben"], 1), ("ana", offer), ("ben", "offer i1 ben"))
    assert (late.ending.why, late.ending.deal, late.ending.step) == ("deadline", None, 0)
    left = told(TWO, alternating(["ben", "ana"], 3), ("ben", offer), ("ana", "end"))
    assert (left.ending.why, left.ending.by) == ("left", "ana")


def test_a_yes_with_conditions_keeps_the_terms_and_adds_the_conditions():
    answers = [("ana", "offer i1 ana, i2 ana, i3 ben"), ("ben", "yes if i2 ben")]
    negotiation = told(TWO, alternating(["ana", "ben"], 3), *answers)
    assert negotiation.next_turn().package == gives(TWO, ana="1", ben="23")
    assert plain(negotiation.said[-1].answer) == {"accept-if": {"i2": "ben"}}
    negotiation.answer("accept")
    assert negotiation.ending.deal == gives(TWO, ana="1", ben="23")


def test_a_yes_with_conditions_binds_once_they_are_met():
    """Ben is not asked again when somebody else puts that very package on the table; an offer does not bind."""
    answers = [
        ("ana", "offer i1 ana, i2 ana, i3 ana"),
        ("ben", "yes if i3 ben"),
        ("cem", "offer i1 cem"),
        ("ana", "offer i1 ana, i2 ana, i3 ben"),
    ]
    bound = told(CASE, alternating(["ana", "ben", "cem"], 5), *answers)
    assert bound.next_turn().party == "cem"
    bound.answer("accept")
    assert bound.ending.deal == gives(CASE, ana="12", ben="3")
    offered = [*answers[:1], ("ben", "offer i3 ben"), *answers[2:]]
    assert told(CASE, alternating(["ana", "ben", "cem"], 5), *offered).next_turn().party == "ben"


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ("maybe", "not understood"),
        ("prefer", "no answer here"),
        ("accept", "no answer here"),
        ("offer i1 ana", "not settled"),
        ("offer i1 ana, i2 ana, i9 ana", "no issue"),
        ("offer i1 ana, i2 ana, i3 dia", "cannot settle"),
        ("offer i1 ana, i1 ben", "twice"),
        ("offer i1", "does not settle"),
        ("offer i1 ben, i2 ana, i3 ana", "breaks the rule “r1”"),
        ({"offer": ["i1"]}, "not an answer"),
        ({"offer": {"i1": {"ana": "near"}, "i2": "ana", "i3": "ana"}}, "not a number"),
        (7, "not an answer"),
        ("", "not understood"),
    ],
)
def test_a_wrong_answer_is_named_and_leaves_the_turn_open(answer, what):
    ruled = case_of({"ana": [5, 3, 2], "ben": [2, 3, 5]}, rules=[{"kind": "forbid", "forbid": {"i1": "ben"}}])
    negotiation = Negotiation(ruled, alternating(["ana", "ben"], 2))
    before = negotiation.next_turn()
    with pytest.raises(Mistake, match=what):
        negotiation.answer(answer)
    assert negotiation.next_turn() is before
    assert negotiation.said == []


def test_conditions_that_are_met_already_are_sent_back():
    negotiation = told(TWO, alternating(["ana", "ben"], 2), ("ana", "offer i1 ana, i2 ana, i3 ben"))
    with pytest.raises(Mistake, match="met already"):
        negotiation.answer("yes if i3 ben")


def test_shares_are_offered_as_people_write_them():
    case = case_of({"ana": [5], "ben": [5]}, [{"id": "i1", "kind": "divisible"}])
    negotiation = told(case, alternating(["ana", "ben"], 2), ("ana", "offer i1 ana 1/3 ben 2/3"), ("ben", "accept"))
    assert negotiation.ending.deal["i1"] == {"ana": Fraction(1, 3), "ben": Fraction(2, 3)}


# Mediated


def random_table(rng, ways):
    """A random case that everybody can sign something in, with simulated parties."""
    while True:
        case = random_case(
            rng, parties=rng.choice([2, 3]), assets=rng.randint(1, 3), choices=1, rules=rng.randint(0, 2), no_deal=5
        )
        menu = Menu.of(case)
        try:
            parties = {p.id: simulated(Own.of(case, p.id, menu), rng.choice(ways)) for p in case.principals}
        except NotDefined:
            continue
        return case, menu, parties


@pytest.mark.parametrize("protocol", [single_text, shuttle])
def test_a_mediated_deal_is_signed_by_all_and_keeps_every_rule(protocol):
    rng, agreed = random.Random(1), 0
    for seed in range(40):
        case, menu, parties = random_table(rng, ("tough", "linear", "conceder"))
        negotiation = Negotiation(case, protocol(list(parties), menu, 60, seed))
        negotiation.play(parties)
        deal = negotiation.ending.deal
        if deal is not None:
            agreed += 1
            assert oracle.keeps_rules(case, deal.settlements)
            found = oracle.values(case, deal.settlements)
            assert all(v >= case.preferences[p.id].no_deal for v, p in zip(found, case.principals, strict=True))
    assert agreed > 10


def test_with_parties_that_never_give_way_a_text_only_gets_better_for_all_until_no_single_change_does():
    rng = random.Random(2)
    for seed in range(12):
        case, menu, parties = random_table(rng, ("tough",))
        negotiation = Negotiation(case, single_text(list(parties), menu, 500, seed))
        negotiation.play(parties)
        course = [deal for _, deal in negotiation.ending.course]
        ranks = [[party.own.rank(deal) for party in parties.values()] for deal in course]
        assert all(new >= old for one, two in pairwise(ranks) for old, new in zip(one, two, strict=True))
        for change in menu.changes(course[-1]):
            assert any(party.own.rank(change) < party.own.rank(course[-1]) for party in parties.values()) or all(
                party.own.rank(change) == party.own.rank(course[-1]) for party in parties.values()
            )


def test_what_a_shuttle_carries_goes_no_further_than_the_first_who_rejects_it():
    negotiation = Negotiation(CASE, shuttle(["ana", "ben", "cem"], Menu.of(CASE), 10, 0))
    carried = negotiation.next_turn().package
    negotiation.answer("reject")
    assert negotiation.next_turn().party == "ana"
    assert negotiation.next_turn().package != carried


@pytest.mark.parametrize(
    ("answers", "taken"),
    [
        (("accept", "accept"), False),
        (("accept", "prefer"), True),
        (("prefer", "accept"), True),
        (("prefer", "reject"), False),
    ],
)
def test_a_shuttle_takes_what_nobody_rejects_and_somebody_prefers(answers, taken):
    first = gives(TWO, ana="12", ben="3")
    negotiation = told(TWO, shuttle(["ana", "ben"], Menu.of(TWO), 9, 0, first), ("ana", "accept"), ("ben", "accept"))
    turn = negotiation.next_turn()
    assert turn.standing == first
    for answer in answers:
        negotiation.answer(answer)
    assert negotiation.next_turn().standing == (turn.package if taken else first)


@pytest.mark.parametrize("protocol", [single_text, shuttle])
def test_conditions_to_a_mediator_come_back_to_the_others_with_the_givers_yes(protocol):
    first = gives(TWO, ana="12", ben="3")
    negotiation = told(TWO, protocol(["ana", "ben"], Menu.of(TWO), 9, 0, first))
    if protocol is shuttle:
        negotiation.answer("accept")
        negotiation.answer("accept")
    package = negotiation.next_turn().package
    issue = next(i for i in ("i1", "i2", "i3") if package[i] == first[i])
    other = "ben" if package[issue] == "ana" else "ana"
    negotiation.answer(f"yes if {issue} {other}")
    turns = []
    while negotiation.next_turn().package == package:
        turns.append(negotiation.next_turn().party)
        negotiation.answer("accept")
    assert turns == ([] if protocol is shuttle else ["ben"])
    turn = negotiation.next_turn()
    assert turn.party == "ben"
    assert turn.package == Deal.of(TWO, {**package.settlements, issue: other})
    negotiation.answer("accept")
    assert negotiation.next_turn().standing == turn.package


@pytest.mark.parametrize("protocol", [single_text, shuttle])
def test_nobody_hears_the_others_from_a_mediator(protocol):
    rng = random.Random(3)
    for seed in range(10):
        case, menu, parties = random_table(rng, ("linear", "conceder"))
        negotiation = Negotiation(case, protocol(list(parties), menu, 20, seed))
        while (turn := negotiation.next_turn()) is not None:
            assert {said.party for said in turn.heard} <= {turn.party}
            negotiation.answer(parties[turn.party].decide(turn))


def test_a_draft_that_somebody_does_not_sign_is_no_deal():
    negotiation = Negotiation(TWO, single_text(["ana", "ben"], Menu.of(TWO), 1, 0))
    for _ in range(3):
        negotiation.answer("reject" if negotiation.next_turn().standing else "accept")
    negotiation.answer("reject")
    assert (negotiation.ending.why, negotiation.ending.deal) == ("refused", None)


def test_who_leaves_a_mediator_ends_it():
    for protocol in (single_text, shuttle):
        left = told(TWO, protocol(["ana", "ben"], Menu.of(TWO), 5, 0), ("ana", "end"))
        assert (left.ending.why, left.ending.by) == ("left", "ana")


# Sealed bids

SUMS = with_money(TWO, unit="EUR")
PACKAGE = gives(TWO, ana="123")


def bids(*sums, **rules):
    """The ending after (payer's sum, receiver's sum) in each round."""
    bidding = Bidding(PACKAGE, "ana", Fraction(100), rounds=len(sums), **rules)
    answers = [answer for high, low in sums for answer in (("ana", str(high)), ("ben", str(low)))]
    return told(SUMS, blind_bids(SUMS, bidding), *answers)


def test_sums_that_cross_give_the_price_between_them():
    ended = bids((40, 70), (60, 50)).ending
    assert ended.deal.payments == {"ana": 55, "ben": -55}
    assert ended.step == 1
    assert bids((60, 50), split=Fraction(1, 5)).ending.deal.payments["ana"] == 52
    assert bids((50, 50)).ending.deal.payments["ana"] == 50


def test_a_near_miss_within_the_zone_meets_halfway_and_any_other_is_no_deal():
    assert bids((50, 56), zone=Fraction(6)).ending.deal.payments["ana"] == 53
    assert bids((50, 57), zone=Fraction(6)).ending.why == "deadline"
    assert bids((50, 51)).ending.deal is None


def test_until_sums_cross_nothing_that_is_asked_depends_on_the_others_sum():
    """Every turn after a void round is the same whatever the other bid."""
    for high in (0, 20, 49):
        bidding = Bidding(PACKAGE, "ana", Fraction(100))
        open_still = told(SUMS, blind_bids(SUMS, bidding), ("ana", str(high)), ("ben", "50"), ("ana", "30"))
        turn = open_still.next_turn()
        assert turn.party == "ben"
        assert [plain(said.answer) for said in turn.heard] == [{"sum": "50"}]
        assert turn == told(SUMS, blind_bids(SUMS, bidding), ("ana", "1"), ("ben", "50"), ("ana", "2")).next_turn()


def test_whether_and_at_what_price_bids_meet_depends_on_the_sums_alone():
    rng = random.Random(4)
    for _ in range(50):
        high, low, zone = rng.randint(0, 100), rng.randint(0, 100), rng.randint(0, 30)
        deal = bids((high, low), zone=Fraction(zone)).ending.deal
        assert (deal is not None) == (high + zone >= low)
        if deal is not None:
            assert deal.payments["ana"] == Fraction(high + low, 2)


def test_bids_need_money_two_parties_and_sums_on_the_scale():
    with pytest.raises(NotDefined, match="none"):
        blind_bids(TWO, Bidding(PACKAGE, "ana", Fraction(1)))
    three = with_money(CASE, unit="EUR")
    with pytest.raises(NotDefined, match="two parties"):
        blind_bids(three, Bidding(gives(CASE, ana="123"), "ana", Fraction(1)))
    for sum_, what in (
        ("101", "scale"),
        ("-1", "scale"),
        ("much", "not understood"),
        ("1/0", "not a number|divide|zero"),
    ):
        with pytest.raises(Mistake, match=what):
            bids((sum_, 0))


# Scripts and logs


def test_a_script_answers_for_a_person_until_it_runs_out():
    play = alternating(["ana", "ben"], 5)
    scripts = {"ana": ("offer i1 ana, i2 ana, i3 ana", "offer i2 ben"), "ben": ("offer i1 ben", "accept")}
    negotiation = Negotiation(TWO, play)
    negotiation.play({party: Scripted(party, lines) for party, lines in scripts.items()})
    assert negotiation.ending.deal == gives(TWO, ben="12", ana="3")
    short = Negotiation(TWO, alternating(["ana", "ben"], 5))
    with pytest.raises(Mistake, match="the script of ben has 1 answers"):
        short.play({"ana": Scripted("ana", scripts["ana"]), "ben": Scripted("ben", scripts["ben"][:1])})
    assert len(short.said) == 3


def plays(case, parties):
    ids, menu = list(parties), Menu.of(case)
    return {
        "alternating": lambda: alternating(ids, 8),
        "single-text": lambda: single_text(ids, menu, 8, 1),
        "shuttle": lambda: shuttle(ids, menu, 8, 1),
    }


def test_from_any_prefix_of_its_log_a_negotiation_comes_to_the_same_end(tmp_path):
    rng, file = random.Random(5), tmp_path / "log.json"
    for _ in range(2):
        case, _, parties = random_table(rng, ("linear", "conceder"))
        for name, play in plays(case, parties).items():
            whole = Negotiation(case, play())
            whole.play(parties)
            for length in range(0, len(whole.said) + 1, 3):
                begun = Negotiation(case, play())
                for said in whole.said[:length]:
                    begun.answer(said.answer)
                save_log(begun, case, {"protocol": name}, file)
                again = Negotiation(case, play())
                replay(again, case, {"protocol": name}, file)
                again.play(parties)
                assert (again.said, again.ending) == (whole.said, whole.ending)


def test_sums_and_conditions_come_back_from_a_log(tmp_path):
    file = tmp_path / "log.json"
    bidding = Bidding(PACKAGE, "ana", Fraction(100))
    begun = told(SUMS, blind_bids(SUMS, bidding), ("ana", "1/3"), ("ben", "50.25"))
    save_log(begun, SUMS, {}, file)
    again = Negotiation(SUMS, blind_bids(SUMS, bidding))
    replay(again, SUMS, {}, file)
    assert again.said == begun.said
    answers = [("ana", "offer i1 ana, i2 ana, i3 ana"), ("ben", "yes if i3 ben"), ("cem", "offer i1 cem")]
    talk = told(CASE, alternating(["ana", "ben", "cem"], 5), *answers)
    save_log(talk, CASE, {}, file)
    resumed = Negotiation(CASE, alternating(["ana", "ben", "cem"], 5))
    replay(resumed, CASE, {}, file)
    assert resumed.said == talk.said


# What has no meaning


def test_cases_without_offers_are_refused_in_words():
    with pytest.raises(NotDefined, match="two principals"):
        Menu.of(case_of({"ana": [5]}))
    with pytest.raises(NotDefined, match="sum to pay"):
        Menu.of(with_money(TWO, unit="EUR", to_pay=10))
    never = case_of({"ana": [5], "ben": [5]}, rules=[{"kind": "forbid", "forbid": {"i1": ["ana", "ben"]}}])
    play = shuttle(["ana", "ben"], Menu.of(never), 3, 0)
    with pytest.raises(NoDeal):
        Negotiation(never, play)
