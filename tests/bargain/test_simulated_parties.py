"""Simulated parties keep their stated rules, and know nothing but their own wants and what they heard."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest

from evenhand.bargain.protocols import Answer, Bidder, Menu, Own, Said, Turn, simulated
from evenhand.bargain.protocols.own import GRID
from evenhand.case import Mistake
from evenhand.deals import Deal, NoDeal, NotDefined
from tests import oracle
from tests.making import case_of, random_case

KINDS = ("boulware", "linear", "conceder", "tough", "2.5", "tit-for-tat", "micro")


def small(rng, **more):
    wishes = {"parties": rng.choice([2, 2, 3]), "assets": rng.randint(1, 2), "choices": rng.randint(0, 1)}
    return random_case(
        rng, **{**wishes, "together": 1, "rules": rng.randint(0, 2), "no_deal": 10, "joint": 0.2, **more}
    )


def views(rng, count, **more):
    """Random cases with the view of one of the parties, where it can sign anything."""
    found = 0
    while found < count:
        case = small(rng, **more)
        party = rng.choice(case.principals).id
        try:
            yield case, Own.of(case, party, Menu.of(case, 2))
        except NotDefined:
            continue
        found += 1


def signable(case, party):
    """By definition: the deals that keep the open rules and the party's own, worth no less than no deal to it."""
    seen = case.seen_by(party)
    kept = [Deal.of(case, settled) for settled in oracle.kept_deals(seen)]
    return [deal for deal in kept if oracle.value(seen, party, deal.settlements) >= seen.preferences[party].no_deal]


def test_the_lowest_deal_at_an_aim_is_that_of_the_definition():
    rng = random.Random(1)
    for case, own in views(rng, 450):
        deals = signable(case, own.party)
        aim = rng.choice((0.0, rng.random(), 1.0))
        like = [said.answer.deal for said in an_exchange(case, own, rng, rng.randint(0, 2))]
        reaching = [deal for deal in deals if own.part(deal) >= aim]
        equal = [deal for deal in reaching if own.worth(deal) == min(map(own.worth, reaching))]
        alike = [sum(deal[i.id] == other[i.id] for other in like for i in case.issues) for deal in equal]
        assert own.lowest(aim, like) == equal[alike.index(max(alike))]


def test_the_list_from_the_best_down_holds_every_deal_that_can_be_signed_once():
    rng = random.Random(2)
    for case, own in views(rng, 150, assets=3):
        deals = signable(case, own.party)
        assert list(own.from_best()) == sorted(deals, key=own.worth, reverse=True)


def test_a_menu_too_large_to_list_gives_the_same_worths_group_by_group(monkeypatch):
    """With rules, red lines and `together` terms; equal deals may come in another order."""
    rng = random.Random(3)
    for case, listed in views(rng, 40):
        monkeypatch.setattr("evenhand.bargain.protocols.menu.LISTED", 1)
        grouped = Own.of(case, listed.party, Menu.of(case, 2))
        monkeypatch.undo()
        assert (grouped.floor, grouped.top) == (listed.floor, listed.top)
        aims = [0.0, rng.random(), rng.random(), 1.0]
        assert [own_worth(grouped, aim) for aim in aims] == [own_worth(listed, aim) for aim in aims]
        assert [grouped.worth(deal) for deal in grouped.from_best()] == [
            listed.worth(deal) for deal in listed.from_best()
        ]


def own_worth(own, aim):
    return own.worth(own.lowest(aim))


def test_on_a_menu_of_a_hundred_billion_deals_an_offer_is_at_the_aim_and_hardly_above():
    rng = random.Random(4)
    issues = [{"id": f"c{k}", "kind": "choice", "options": [f"o{n}" for n in range(10)]} for k in range(11)]
    points = {party: [rng.randint(10**6, 10**7) for _ in issues] for party in ("ana", "ben")}
    values = {
        party: {"values": {i["id"]: {option: rng.randint(0, 100) for option in i["options"]} for i in issues}}
        for party in points
    }
    own = Own.of(case := case_of(points, issues, **values), "ana", Menu.of(case))
    cells = Fraction(len(own.groups), GRID)
    for aim in (0.1, 0.5, 0.8):
        assert aim <= own.part(own.lowest(aim)) <= aim + 3 * cells
    down = own.from_best()
    worths = [own.worth(next(down)) for _ in range(100)]
    assert worths == sorted(worths, reverse=True)
    assert own.part(own.lowest(1.0)) == 1


def a_turn(own, rng, heard=(), package=None, steps=20):
    allowed = ("accept", "accept-if", "offer", "end") if package else ("offer", "end")
    return Turn(own.party, rng.randrange(steps), steps, allowed, package, heard=tuple(heard))


def an_exchange(case, own, rng, rounds):
    """Offers that somebody may have heard: its own that it could sign, and others' that keep the open rules."""
    deals = [Deal.of(case, settled) for settled in oracle.kept_deals(Menu.of(case).case)]
    own_deals = signable(case, own.party)
    ids = [party.id for party in case.principals]
    said = [(rng.choice(ids), n) for n in range(rounds)]
    return [
        Said(n, party, Answer("offer", rng.choice(own_deals if party == own.party else deals))) for party, n in said
    ]


def test_no_party_offers_or_accepts_less_than_no_deal_or_across_its_own_red_line():
    rng = random.Random(5)
    for case, own in views(rng, 40):
        able = signable(case, own.party)
        for kind in KINDS:
            heard = an_exchange(case, own, rng, rng.randint(1, 6))
            package = heard[-1].answer.deal
            answer = simulated(own, kind, seed=3).decide(a_turn(own, rng, heard, package))
            assert (package if answer.kind == "accept" else answer.deal) in able


def test_what_the_others_want_changes_no_answer():
    """For the same turn, whatever the others' points, no-deal values and red lines are."""
    rng = random.Random(6)
    for case, own in views(rng, 60, rules=1):
        others = {
            party: want.model_copy(
                update={"no_deal": want.no_deal + 3, "points": {i: p + 1 for i, p in want.points.items()}}
            )
            for party, want in case.preferences.items()
            if party != own.party
        }
        kept = tuple(rule for rule in case.rules if rule.party in (None, own.party))
        changed = case.model_copy(update={"preferences": {**case.preferences, **others}, "rules": kept})
        same = Own.of(changed, own.party, Menu.of(changed, 2))
        for kind in KINDS:
            heard = an_exchange(case, own, rng, rng.randint(0, 6))
            turn = a_turn(own, rng, heard, heard[-1].answer.deal if heard else None)
            assert simulated(own, kind, seed=1).decide(turn) == simulated(same, kind, seed=1).decide(turn)


@pytest.mark.parametrize("kind", ["boulware", "linear", "conceder", "0.7"])
def test_a_time_dependent_party_never_asks_for_more_as_time_passes(kind):
    rng = random.Random(7)
    for _, own in views(rng, 20):
        party = simulated(own, kind)
        turns = [Turn(own.party, step, 15, ("offer", "end")) for step in range(15)]
        assert all(own.worth(one) >= own.worth(two) for one, two in pairwise(party.decide(turn).deal for turn in turns))


def test_the_exponent_says_who_gives_way_early():
    own = Own.of(case := case_of({"ana": [50, 30, 20], "ben": [20, 30, 50]}), "ana", Menu.of(case))
    turn = Turn("ana", 4, 9, ("offer", "end"))
    offers = [own.worth(simulated(own, kind).decide(turn).deal) for kind in ("tough", "boulware", "linear", "conceder")]
    assert offers == [100, 100, 50, 20]


def test_micro_goes_down_its_list_only_as_far_as_the_other_does():
    case = case_of({"ana": [50, 30, 20], "ben": [20, 30, 50]})
    own = Own.of(case, "ana", Menu.of(case))
    best = list(own.from_best())
    party = simulated(own, "micro", seed=9)
    poor = [Deal.of(case, {f"i{k}": "ben" for k in (1, 2, 3)}), Deal.of(case, {"i1": "ben", "i2": "ben", "i3": "ana"})]

    def heard(*offers):
        return [Said(n, party, Answer("offer", deal)) for n, (party, deal) in enumerate(offers)]

    def answer(*offers):
        package = offers[-1][1] if offers else None
        return party.decide(a_turn(own, random.Random(1), heard(*offers), package))

    assert answer().deal == best[0]
    assert answer(("ana", best[0]), ("ben", poor[0])).deal == best[1]
    repeat = (("ana", best[0]), ("ben", poor[0]), ("ana", best[1]), ("ben", poor[0]))
    assert answer(*repeat).deal in best[:2]
    assert answer(*repeat[:3], ("ben", poor[1])).deal == best[2]
    assert answer(("ana", best[0]), ("ben", best[1])).kind == "accept"
    assert answer(("ana", best[0]), ("ben", best[2])).kind == "offer"


def test_micro_never_offers_below_what_it_would_have_accepted():
    rng = random.Random(8)
    for case, own in views(rng, 40):
        party, heard = simulated(own, "micro", seed=2), []
        others = an_exchange(case, own, rng, 6)
        for step, said in enumerate(others):
            turn = Turn(own.party, step, 6, ("offer", "end"), heard=tuple(heard))
            offer = party.decide(turn)
            asked = Turn(own.party, step, 6, ("accept", "offer", "end"), offer.deal, heard=tuple(heard))
            assert party.decide(asked).kind == "accept"
            ben = next(p.id for p in case.principals if p.id != own.party)
            heard += [Said(step, own.party, offer), Said(step, ben, said.answer)]


def test_tit_for_tat_gives_what_it_gets_and_one_step_unasked():
    case = case_of({"ana": [50, 30, 20], "ben": [20, 30, 50]})
    own = Own.of(case, "ana", Menu.of(case))
    party = simulated(own, "tit-for-tat")

    def deal(*mine):
        return Deal.of(case, {f"i{k}": "ana" if k in mine else "ben" for k in (1, 2, 3)})

    def offer(*offers):
        heard = [Said(n, who, Answer("offer", what)) for n, (who, what) in enumerate(offers)]
        return party.decide(a_turn(own, random.Random(1), heard, offers[-1][1] if offers else None)).deal

    assert offer() == deal(1, 2, 3)
    start = (("ana", deal(1, 2, 3)), ("ben", deal()))
    assert offer(*start) == deal(1, 2)
    assert offer(*start, ("ana", deal(1, 2)), ("ben", deal(2))) == deal(1, 3)
    assert offer(*start, ("ana", deal(1, 2)), ("ben", deal(2)), ("ana", deal(1, 3)), ("ben", deal())) == deal(1, 2)


@pytest.mark.parametrize("pays", [True, False])
def test_a_bidder_ends_at_its_own_limit_and_never_passes_it(pays):
    case = case_of({"ana": [90, 10], "ben": [50, 50]}, ana={"no_deal": 40}, ben={"no_deal": 70})
    package = Deal.of(case, {"i1": "ana", "i2": "ben"})
    party, limit = ("ana", 50) if pays else ("ben", 20)
    bidder = Bidder(case.seen_by(party), party, 2.0)
    turns = [Turn(party, n, 4, ("sum", "end"), package, pays=pays, most=Fraction(200)) for n in range(4)]
    sums = [bidder.decide(turn).amount for turn in turns]
    assert sums == sorted(sums, reverse=not pays)
    assert sums[-1] == limit
    narrow = Turn(party, 0, 1, ("sum", "end"), package, pays=pays, most=Fraction(10))
    assert bidder.decide(narrow) == (Answer("sum", amount=Fraction(10)) if pays else Answer("end"))


@pytest.mark.parametrize("kind", ["micro", "tit-for-tat"])
def test_who_only_makes_offers_has_no_answer_where_none_are_made(kind):
    own = Own.of(case := case_of({"ana": [50, 30], "ben": [20, 30]}), "ana", Menu.of(case))
    draft = own.lowest(0.5)
    with pytest.raises(NotDefined, match="only answers"):
        simulated(own, kind).decide(Turn("ana", 0, 5, ("accept", "reject"), draft, draft))


@pytest.mark.parametrize("kind", ["", "boulwar", "0", "-1", "1e9", "script"])
def test_an_unknown_way_is_named(kind):
    own = Own.of(case := case_of({"ana": [50, 30], "ben": [20, 30]}), "ana", Menu.of(case))
    with pytest.raises(Mistake, match="no way to negotiate"):
        simulated(own, kind)


def test_who_can_sign_nothing_is_told_apart_from_rules_that_clash():
    case = case_of({"ana": [50, 30], "ben": [20, 30]}, ana={"no_deal": 81})
    with pytest.raises(NotDefined, match="as much as no deal"):
        Own.of(case, "ana", Menu.of(case))
    barred = case_of({"ana": [5], "ben": [2]}, rules=[{"kind": "forbid", "forbid": {"i1": ["ana", "ben"]}}])
    with pytest.raises(NotDefined, match="keeps the rules"):
        Own.of(barred, "ana", Menu.of(barred))
    with pytest.raises(NoDeal):
        Menu.of(barred).first()
