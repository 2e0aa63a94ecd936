import random
from fractions import Fraction

import pytest

from bargain.doubt.doubting import with_doubt, with_preference
from evenhand.bargain.doubt import doubt_table, own_outlooks
from evenhand.bargain.doubt.packages import settled_by
from evenhand.case import Proposal
from evenhand.deals import Deal, NotDefined, deal_values
from evenhand.report.words.doubt import doubt_notes
from evenhand.solve import Limits
from making import case_of, random_case, with_money


def two(**more):
    return case_of({"ana": [60, 40], "ben": [40, 60]}, **more)


def with_proposal(case, terms, name="p1"):
    proposal = Proposal.model_validate({"id": name, "by": "ana", "terms": terms})
    return case.model_copy(update={"proposals": (*case.proposals, proposal)})


def test_a_chance_is_that_of_measuring_the_box():
    """Ana keeps i1, worth 50 to 70, and walks away for 55 to 65: the part of the box with i1 ≥ no deal is 1/2."""
    case = two(ana={"doubt": {"i1": [50, 70]}, "no_deal": 60, "no_deal_doubt": [55, 65]})
    table = doubt_table(case, given=Deal.of(case, {"i1": "ana", "i2": "ben"}))
    found = table.packages[0]
    assert found.origins[0].kind == "given"
    assert abs(found.holds / table.worlds - 0.5) < 4 * 0.5 / 100
    ana, ben = found.parties
    assert (ana.sure, ana.low, ana.high, ana.least_gain) == ("sometimes", 50, 70, -15)
    assert (ben.sure, ben.holds) == ("always", table.worlds)


def test_chances_of_two_parties_multiply():
    case = two(ana={"doubt": {"i1": [50, 70]}, "no_deal": 55}, ben={"doubt": {"i2": [0, 100]}, "no_deal": 60})
    found = doubt_table(case, given=Deal.of(case, {"i1": "ana", "i2": "ben"})).packages[0]
    assert abs(found.holds / 10_000 - 0.75 * 0.4) < 4 * 0.5 / 100


def test_what_is_sure_holds_in_every_world_and_agrees_with_the_draws():
    rng = random.Random(31)
    for _ in range(60):
        case = with_doubt(rng, random_case(rng, parties=2, assets=2, choices=1, no_deal=25), 4)
        if not any(p.doubt or p.values_doubt or p.no_deal_doubt for p in case.preferences.values()):
            continue
        try:
            table = doubt_table(case, worlds=300)
        except NotDefined:  # an interval without width
            continue
        for package in table.packages:
            written = deal_values(case, package.deal)
            for found in package.parties:
                assert found.low <= written[found.party] <= found.high
                assert (found.sure == "always") == (found.least_gain >= 0)
                assert found.sure != "always" or found.holds == 300
                assert found.sure != "never" or found.holds == 0
            assert package.holds <= min(found.holds for found in package.parties)
            assert package.worst <= float(package.at_worst) + 1e-6
            assert 0 <= package.expected <= package.worst


def test_the_package_named_for_least_worst_regret_has_it():
    case = two(ana={"doubt": {"i1": [20, 100], "i2": [0, 80]}})
    table = doubt_table(case)
    assert table.worst_exact
    assert table.unsure == 0
    chosen = table.packages[table.least_worst]
    assert "least-regret" in [origin.kind for origin in chosen.origins]
    assert chosen.at_worst == min(package.at_worst for package in table.packages)
    assert table.packages[table.least_expected].expected == min(package.expected for package in table.packages)


def test_proposals_that_settle_everything_are_looked_at_and_others_are_not():
    case = with_proposal(two(ana={"doubt": {"i1": [50, 70]}}), {"i1": "ana", "i2": "ben"})
    case = with_proposal(case, {"i1": "ana"}, "part")
    table = doubt_table(case, worlds=100)
    assert [o.name for p in table.packages for o in p.origins if o.kind == "proposal"] == ["p1"]


def test_a_proposal_with_shares_that_leave_something_open_settles_nothing():
    case = case_of({"ana": [1], "ben": [1]}, [{"id": "land", "kind": "divisible"}])
    half, whole = ({"land": {"ana": "1/2"}}, {"land": {"ana": "1/2", "ben": "1/2"}})
    assert settled_by(case, with_proposal(case, half).proposals[0]) is None
    assert settled_by(case, with_proposal(case, whole).proposals[0])["land"] == {
        "ana": Fraction(1, 2),
        "ben": Fraction(1, 2),
    }


def test_a_package_that_breaks_a_rule_is_shown_but_never_recommended():
    case = with_proposal(
        two(
            ana={"doubt": {"i1": [50, 70]}},
            rules=[{"kind": "red-line", "party": "ben", "forbid": {"i1": "ana"}}],
        ),
        {"i1": "ana", "i2": "ben"},
    )
    table = doubt_table(case, worlds=100)
    assert table.packages[0].breaks == ("r1",)
    assert 0 not in (table.least_worst, table.least_expected)


def test_same_seed_same_table_another_seed_another():
    case = two(ana={"doubt": {"i1": [20, 100]}, "no_deal": 40}, ben={"no_deal": 30, "no_deal_doubt": [20, 60]})
    one, same, other = (doubt_table(case, worlds=500, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert [p.expected for p in one.packages] != [p.expected for p in other.packages]


def test_the_product_of_gains_compares_the_packages_looked_at():
    case = two(ana={"doubt": {"i1": [20, 100]}})
    table = doubt_table(case, by="product", worlds=500)
    assert table.unsure == 500
    assert all(package.at_worst is None for package in table.packages)
    chosen = table.packages[table.least_expected]
    assert chosen.deal.settlements == {"i1": "ana", "i2": "ben"}


def test_cases_without_doubt_and_with_money_are_refused_with_a_sentence():
    with pytest.raises(NotDefined, match="Nobody's points are in doubt"):
        doubt_table(two())
    with pytest.raises(NotDefined, match="Money changes hands"):
        doubt_table(with_money(two(ana={"doubt": {"i1": [50, 70]}}), unit="EUR"))


def test_one_partys_view_does_not_depend_on_anothers_numbers():
    case = with_proposal(
        two(ana={"doubt": {"i1": [50, 70]}, "no_deal": 60}, ben={"doubt": {"i1": [1, 79]}}), {"i1": "ana", "i2": "ben"}
    )
    shown = own_outlooks(case, "ana", worlds=400)
    other = with_preference(
        case, "ben", points={"i1": Fraction(7919), "i2": Fraction(1)}, doubt={}, no_deal=Fraction(5)
    )
    assert own_outlooks(other, "ana", worlds=400) == shown
    assert shown[0].outlook.sure == "sometimes"


def test_one_party_hears_why_there_is_nothing_to_show():
    case = two(ana={"doubt": {"i1": [50, 70]}})
    with pytest.raises(NotDefined, match="No proposal on the table"):
        own_outlooks(case, "ana")
    with pytest.raises(NotDefined, match="nothing of being in doubt"):
        own_outlooks(with_proposal(case, {"i1": "ana", "i2": "ben"}), "ben")


def test_a_search_that_is_stopped_says_so_and_keeps_what_it_has():
    case = two(ana={"doubt": {"i1": [20, 100], "i2": [0, 80]}})
    whole, stopped = doubt_table(case, worlds=200), doubt_table(case, worlds=200, limits=Limits(0.0))
    assert stopped.stopped
    assert not whole.stopped
    assert [package.expected for package in stopped.packages] == [package.expected for package in whole.packages]
    assert all(package.at_worst is None for package in stopped.packages)
    assert not stopped.worst_exact
    assert stopped.asked == 0


def test_where_rules_tie_too_much_for_listing_packages_are_searched_for(monkeypatch):
    monkeypatch.setattr("evenhand.bargain.doubt.packages.LISTED", 0)
    monkeypatch.setattr("evenhand.bargain.doubt.table.LARGEST_BLOCK", 1)
    case = case_of(
        {"ana": [60, 40], "ben": [40, 60], "cem": [10, 20]},
        rules=[{"kind": "linkage", "if": {"i1": "ana"}, "then": {"i2": "ben"}}],
        ana={"doubt": {"i1": [50, 70]}, "no_deal": 20},
    )
    table = doubt_table(case, worlds=200)
    assert {origin.kind for package in table.packages for origin in package.origins} == {"searched"}
    assert table.packages[0].deal.settlements == {"i1": "ana", "i2": "ben"}
    assert table.packages[0].breaks == ()
    assert not table.best_listed
    assert not table.worst_exact
    assert any("too large" in note for note in doubt_notes(table))
