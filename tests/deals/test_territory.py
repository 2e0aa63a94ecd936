"""A line is an option to deals, procedures and certificates; what stands on the land goes with it."""

import json
from pathlib import Path

import pytest

from cli.calling import call
from evenhand.bargain import frontier_of
from evenhand.case import Case, CaseError, parse_document, read_case
from evenhand.certify import certificates_from_text, certificates_json, recheck
from evenhand.deals import Deal, NotDefined, Space, broken_rules, deal_from_document, list_deals
from evenhand.settle import settle

TREE = {
    "evenhand": 1,
    "title": "A valley",
    "parties": [{"id": "ana"}, {"id": "ben"}],
    "issues": [
        {
            "id": "valley",
            "kind": "territory",
            "map": "valley.geojson",
            "assets": {"mill": "c2"},
            "lines": {
                "west": {"ana": ["c1"], "ben": ["c2", "c3"]},
                "east": {"ana": ["c1", "c2"], "ben": ["c3"]},
                "all": {"ana": ["c1", "c2", "c3"], "ben": []},
            },
        },
        {"id": "mill", "kind": "asset"},
        {"id": "water", "kind": "divisible"},
    ],
    "preferences": {
        "ana": {
            "points": {"valley": 60, "mill": 10, "water": 30},
            "land": {"valley": {"cells": {"c1": 5, "c2": 3, "c3": 2}}},
        },
        "ben": {
            "points": {"valley": 50, "mill": 10, "water": 40},
            "land": {"valley": {"cells": {"c1": 1, "c2": 3, "c3": 6}}},
        },
    },
}


def case(**land: object) -> Case:
    tree = json.loads(json.dumps(TREE))
    tree["issues"][0] |= land
    return read_case(parse_document(json.dumps(tree), "case.json", is_json=True))


def test_every_deal_takes_a_line_and_gives_the_mill_to_who_gets_its_cell() -> None:
    found = case()
    whole = found.model_copy(update={"issues": found.issues[:2]})
    deals = [(deal["valley"], deal["mill"]) for deal in list_deals(Space.of(whole))]
    assert sorted(deals) == [("all", "ana"), ("east", "ana"), ("west", "ben")]


def test_a_line_is_worth_points_times_the_part_of_the_land() -> None:
    found = case()
    deal = Deal.of(found, {"valley": "east", "mill": "ana", "water": {"ben": 1}})
    assert Space.of(found).values(deal) == (60 * 8 / 10 + 10, 50 * 6 / 10 + 40)


def test_a_deal_that_parts_the_mill_from_its_cell_breaks_the_linkage() -> None:
    found = case()
    broken = broken_rules(found, Deal.of(found, {"valley": "west", "mill": "ana", "water": {"ben": 1}}))
    assert [(rule.rule.id, rule.issues) for rule in broken] == [("valley.mill.ben", ("valley", "mill"))]


@pytest.mark.parametrize("procedure", ["nash", "leximin"])
def test_procedures_trade_land_and_their_certificates_are_confirmed(procedure: str) -> None:
    found = case()
    solution = settle(found, procedure)
    assert solution.certificate("rules-kept").verdict == "holds"
    written = json.dumps(certificates_json(found, solution.deal, solution.certificates, {}), default=str)
    outcomes = {finding.outcome for finding in recheck(found, certificates_from_text(found, written))}
    assert outcomes == {"confirmed", "nothing to recheck"}


def test_the_frontier_holds_lines() -> None:
    found = case()
    frontier = frontier_of(found.model_copy(update={"issues": found.issues[:2]}))
    assert [frontier.deal(k)["valley"] for k in range(len(frontier))] == ["all", "east", "west"]


def test_a_deal_file_names_a_line_and_nothing_else() -> None:
    found = case()
    for settled, what in (("south", "cannot settle valley"), ({"ana": "1/2", "ben": "1/2"}, "not settled by this")):
        text = json.dumps({"deal": {"valley": settled, "mill": "ana", "water": "ben"}})
        with pytest.raises(CaseError, match=what):
            deal_from_document(found, parse_document(text, "deal.json", is_json=True))


def test_a_case_whose_map_was_not_read_is_refused_in_words() -> None:
    for bare in (case(lines={}), _with_columns()):
        with pytest.raises(NotDefined, match=r"before the map valley\.geojson is read"):
            settle(bare, "nash")
        with pytest.raises(NotDefined, match=r"valley"):
            Space.of(bare)


def _with_columns() -> Case:
    tree = json.loads(json.dumps(TREE))
    tree["preferences"]["ana"]["land"] = {"valley": {"columns": {"people": 1}}}
    return read_case(parse_document(json.dumps(tree), "case.json", is_json=True))


def test_a_map_that_is_not_there_is_told_by_every_command(tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text(json.dumps(TREE))
    for words in (("divide", "--by", "nash"), ("check",), ("bargain",)):
        said = call(words[0], tmp_path / "case.json", *words[1:], code=2).stderr
        assert "there is no map" in said
        assert "issues[0].map" in said
