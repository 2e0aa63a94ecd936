"""Offers and answers are kept in the case file: nothing else in it changes, and no earlier answer is lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from evenhand.bargain.keeping import (
    answer_from_text,
    condition_from_text,
    offer_from_text,
    with_answer,
    with_offer,
)
from evenhand.case import CaseError, load_case, parse_document, read_document, save_case

ROOT = Path(__file__).parents[2]
FILES = sorted(ROOT.glob("examples/**/*.yaml"))
TEXT = """\
title: T   # a remark
about: >-
  A text that runs over
  two lines, and is not to be laid out anew.
parties: [{id: ana}, {id: ben}]
issues: [{id: house, kind: asset}, {id: savings, kind: divisible}]
preferences:
  ana: {points: {house:   1, savings: 2}}   # spaces stay
  ben: {points: {house: 2, savings: 1}}

proposals:
  # the first
  - {id: first, by: ana, terms: {house: ana}, answers: {ben: refused}}   # no
  - id: second
    by: ben
    terms: {house: ben}   # his own
# the end
"""


def kept(file: Path, *offers: str) -> str:
    for offer in offers:
        save_case(with_offer(read_document(file), offer_from_text(offer)), file)
    return file.read_text("utf-8")


@pytest.mark.parametrize("example", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_adding_an_offer_leaves_every_other_byte_of_the_file(example: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(example, tmp_path / "case.yaml"))
    case, before = load_case(file), file.read_text("utf-8")
    party = case.principals[0].id
    issue = next(issue for issue in case.issues)
    settlement = issue.options[0].id if issue.kind in ("choice", "territory") else party
    after = kept(file, f"{party}: {issue.id}={settlement}")
    assert after.startswith(before)
    added = load_case(file).proposals[-1]
    assert (added.id, added.by, added.terms) == ("offer-1", party, {issue.id: settlement})


def test_a_changed_answer_changes_its_own_offer_alone_and_goes_to_its_history(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(TEXT)
    given = ("first", "ben", "accepted-with-conditions")
    save_case(with_answer(read_document(file), given, "The boat as well.", "2026-05-04"), file)
    after = file.read_text("utf-8")
    head, tail = TEXT.split("  - {id: first", maxsplit=1)[0], "  - id: second" + TEXT.split("  - id: second")[1]
    assert after.startswith(head)
    assert after.endswith(tail)
    (offer, _) = load_case(file).proposals
    assert offer.answers == {"ben": "accepted-with-conditions"}
    assert offer.conditions_of("ben") == "The boat as well."
    assert [(row.party, row.answer, row.given_on) for row in offer.history] == [("ben", "refused", None)]
    save_case(with_answer(read_document(file), ("first", "ben", "accepted")), file)
    (offer, _) = load_case(file).proposals
    assert (offer.answers, offer.conditions, offer.answered_on) == ({"ben": "accepted"}, "", {})
    earlier = offer.history[-1]
    assert (earlier.answer, earlier.condition, str(earlier.given_on)) == (
        "accepted-with-conditions",
        "The boat as well.",
        "2026-05-04",
    )
    assert file.read_text("utf-8").endswith(tail)


def test_an_id_that_is_left_out_is_the_next_free_number(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(TEXT.replace("id: second", "id: offer-2"))
    kept(file, "ana: house=ben", "ben: house=ana", "ana: savings=ana:1/3,ben:2/3")
    assert [offer.id for offer in load_case(file).proposals] == ["first", "offer-2", "offer-1", "offer-3", "offer-4"]


def test_an_offer_may_come_from_a_file_of_its_own(tmp_path: Path) -> None:
    case, offer = tmp_path / "case.json", tmp_path / "offer.yaml"
    case.write_text(json.dumps(json.loads(json.dumps(plain(TEXT)))))
    offer.write_text("by: ana\nmade_on: 2026-05-03\nterms: {house: ben, savings: {ana: 1}}\nabout: By telephone.\n")
    save_case(with_offer(read_document(case), read_document(offer)), case)
    added = json.loads(case.read_text("utf-8"))["proposals"][-1]
    terms = {"house": "ben", "savings": {"ana": 1}}
    assert added == {
        "id": "offer-1",
        "by": "ana",
        "made_on": "2026-05-03",
        "terms": terms,
        "about": "By telephone.",
    }


def plain(text: str) -> Any:
    return parse_document(text).tree


def test_a_mistake_in_an_offer_file_is_named_at_its_place_there(tmp_path: Path) -> None:
    offer = tmp_path / "offer.yaml"
    offer.write_text("by: ana\nterms:\n  house: eve\n")
    with pytest.raises(CaseError) as raised:
        with_offer(parse_document(TEXT), read_document(offer))
    (problem,) = raised.value.problems
    assert (problem.file, problem.line, problem.path) == (str(offer), 3, "proposals[2].terms.house")


def test_a_condition_is_a_sentence_or_conditions_on_issues() -> None:
    assert condition_from_text("Only if the house is sold.") == "Only if the house is sold."
    assert condition_from_text("house=ana,ben savings=ben:>=1/3") == {
        "house": ["ana", "ben"],
        "savings": {"ben": ">=1/3"},
    }
    case = with_answer(
        parse_document(TEXT), ("first", "ben", "accepted-with-conditions"), condition_from_text("savings=ben:>=1/3")
    )
    assert case.proposals[0].conditions_of("ben") == {"savings": {"ben": ">=1/3"}}


def test_a_conditional_answer_is_read_from_one_line() -> None:
    assert answer_from_text("first:ben=accepted-with-conditions") == ("first", "ben", "accepted-with-conditions")
