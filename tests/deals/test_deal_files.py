"""A deal file says who gets what, which pieces, and who pays; whatever is wrong in it is named."""

import json
from fractions import Fraction

import pytest

from evenhand.case import Case, CaseError, parse_document
from evenhand.deals import Deal, deal_file, deal_from_document, deal_values
from strategies import case_of

CASE = {
    "title": "A coast and a flat",
    "parties": [{"id": "ana"}, {"id": "ben"}, {"id": "lee", "role": "mediator"}],
    "issues": [
        {"id": "coast", "kind": "cake", "marks": [0, 10, 30], "unit": "km"},
        {"id": "flat", "kind": "asset"},
        {"id": "land", "kind": "divisible"},
    ],
    "money": {"unit": "EUR", "to_pay": 10},
    "preferences": {
        "ana": {"points": {"coast": 60, "flat": 40, "land": 3}, "density": {"coast": [2, 1]}},
        "ben": {"points": {"coast": 50, "flat": 50, "land": 9}},
    },
}
GOOD = {
    "deal": {"coast": {"ana": [[0, "5/2"]], "ben": [["5/2", 30]]}, "flat": "ana", "land": {"ana": "1/3", "ben": "2/3"}},
    "payments": {"ana": "12.5", "ben": "-5/2"},
}


def read(tree: object, case: Case | None = None) -> Deal:
    return deal_from_document(case or case_of(CASE), parse_document(json.dumps(tree), "deal.json", is_json=True))


def problem(**changes: object) -> str:
    tree = {**GOOD, **changes}
    with pytest.raises(CaseError) as raised:
        read({name: part for name, part in tree.items() if part != "left out"})
    assert len(raised.value.problems) == 1
    return raised.value.problems[0].what


def test_payments_and_pieces_are_read_and_counted() -> None:
    deal = read(GOOD)
    assert deal.payments == {"ana": Fraction(25, 2), "ben": Fraction(-5, 2)}
    assert deal.shares("coast") == {"ana": Fraction(1, 12), "ben": Fraction(11, 12)}
    # Ana: of 40 weighted units of coast (2 × 10 + 1 × 20) she has 5, and she pays 12.5.
    assert deal_values(case_of(CASE), deal)["ana"] == Fraction(60 * 5, 40) + 40 + 1 - Fraction(25, 2)


def test_what_is_written_reads_back() -> None:
    deal = read(GOOD)
    assert read(deal_file(deal)) == deal


def test_a_party_alone_has_the_whole_cake() -> None:
    settled = {**GOOD["deal"], "coast": "ben"}
    assert read({**GOOD, "deal": settled}).pieces["coast"] == {"ben": ((0, 30),)}


def test_payments_of_nothing_are_no_payments() -> None:
    case = case_of({**CASE, "money": {"unit": "EUR"}})
    assert read({**GOOD, "payments": {"ana": 0, "ben": 0}}, case).payments == {}


@pytest.mark.parametrize(
    ("payments", "what"),
    [
        ({"ana": 3}, "the payments sum to 3, not to 10."),
        ("left out", "the payments sum to 0, not to 10."),
        ({"ana": 10, "lee": 0}, 'there is no principal "lee".'),
        ({"ana": "ten"}, '"ten" is not a number.'),
        ([10], "this does not say who pays."),
    ],
)
def test_payments_that_cannot_be_are_named(payments: object, what: str) -> None:
    assert problem(payments=payments) == what


def test_payments_need_a_case_with_money() -> None:
    case = case_of({name: part for name, part in CASE.items() if name != "money"})
    with pytest.raises(CaseError) as raised:
        read(GOOD, case)
    assert [found.what for found in raised.value.problems] == ["this case has no payments."]


@pytest.mark.parametrize(
    ("pieces", "what"),
    [
        ({"ana": [[0, 5]], "ben": [[6, 30]]}, "the pieces do not cover 0 to 30 exactly once."),
        ({"ana": [[0, 8]], "ben": [[6, 30]]}, "the pieces do not cover 0 to 30 exactly once."),
        ({"ana": [[0, 31]]}, "the pieces do not cover 0 to 30 exactly once."),
        ({"ana": [[30, 0]]}, "the pieces do not cover 0 to 30 exactly once."),
        ({"lee": [[0, 30]]}, 'there is no principal "lee".'),
        ({"ana": [0, 30]}, "the pieces of ana cannot be read."),
        ({"ana": [[0, 30, 2]]}, "the pieces of ana cannot be read."),
        ({"ana": "1/2", "ben": "1/2"}, "the pieces of ana cannot be read."),
        ({"ana": [[0, "far"]]}, '"far" is not a number.'),
        ("lee", '"lee" cannot settle coast.'),
        ([7], "coast is not settled by this."),
    ],
)
def test_pieces_that_cannot_be_are_named(pieces: object, what: str) -> None:
    assert problem(deal={**GOOD["deal"], "coast": pieces}) == what


def test_a_subsidy_is_what_the_payments_lack() -> None:
    tree = {**GOOD, "payments": {"ana": 8, "ben": "-1/2"}, "subsidy": "2.5"}
    deal = read(tree)
    assert deal.subsidy == Fraction(5, 2)
    assert read(deal_file(deal)) == deal
    assert "sum to 15/2, not to 10" in problem(payments={"ana": 8, "ben": "-1/2"})
    assert "sum to 10, not to 9" in problem(subsidy=1)
    assert "may not be below 0" in problem(subsidy=-1, payments={"ana": 10})
    assert "is not a number" in problem(subsidy="some", payments={"ana": 10})


def test_where_everyone_gets_one_thing_a_deal_gives_no_one_two() -> None:
    case = case_of(
        {
            "title": "Rooms",
            "parties": [{"id": "ana"}, {"id": "ben"}],
            "issues": [{"id": "front", "kind": "asset"}, {"id": "back", "kind": "asset"}],
            "money": {"one_each": True},
            "preferences": {party: {"points": {"front": 1, "back": 2}} for party in ("ana", "ben")},
        }
    )
    assert read({"deal": {"front": "ben", "back": "ana"}}, case)["front"] == "ben"
    with pytest.raises(CaseError, match="gets front and back"):
        read({"deal": {"front": "ben", "back": "ben"}}, case)
