"""`evenhand doubt`: what survives doubt, for the mediator; and one party's own view."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evenhand.cli.app import app

ROOT = Path(__file__).parents[2]
CASE = """\
evenhand: 1
title: Two flats
parties: [{id: ana, name: Ana}, {id: ben, name: Ben}]
issues:
  - {id: house, kind: asset}
  - {id: boat, kind: asset}
preferences:
  ana: {points: {house: 60, boat: 40}, no_deal: 55, doubt: {house: [50, 70]}}
  ben: {points: {house: 40, boat: 60}, no_deal: 30, no_deal_doubt: [20, 61]}
proposals:
  - {id: swap, by: ana, terms: {house: ana, boat: ben}}
"""


def doubt(*words, code=0):
    done = CliRunner().invoke(app, ["doubt", *map(str, words)], env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert done.exit_code == code, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


@pytest.fixture(autouse=True)
def _in_the_top_folder(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.fixture
def case(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(CASE)
    return file


def test_json_has_chances_regrets_and_the_question(case, tmp_path):
    other = tmp_path / "deal.json"
    other.write_text('{"deal": {"house": "ben", "boat": "ana"}}')
    shown = json.loads(doubt(case, "--json", "--deal", other, "--seed", 3, "--worlds", 2000).stdout)
    assert (shown["view"], shown["worlds"], shown["seed"], shown["worst_exact"]) == ("mediator", 2000, 3, True)
    given, swap = shown["packages"][:2]
    assert [row["kind"] for row in given["from"]] == ["given"]
    assert given["parties"]["ana"]["sure"] == "never"
    assert {"kind": "proposal", "name": "swap", "part": "0"} in swap["from"]
    assert swap["parties"]["ana"]["points"] == ["50", "70"]
    low, high = swap["parties"]["ana"]["between"]
    assert low < 0.75 < high
    assert shown["packages"][0]["regret"]["expected"] > swap["regret"]["expected"]
    assert shown["least_worst_regret"] == swap["name"]
    assert shown["question"] is None


def test_the_view_fits_80_columns_and_says_whose_it_is():
    shown = doubt("examples/ceasefire-talks/case.yaml", "--worlds", 500).stdout
    assert max(map(len, shown.splitlines())) <= 80
    assert "For the mediator alone" in shown
    assert "alone:" in shown
    assert "seed 0" in shown


def test_the_same_seed_prints_the_same(case):
    one, same = (doubt(case, "--json", "--worlds", 300).stdout for _ in range(2))
    assert one == same


def test_one_party_sees_what_its_own_doubt_means_for_a_proposal(case):
    shown = doubt(case, "--for", "ana").stdout
    assert "between 50 and 70 points" in shown
    assert "Ben" not in shown
    case.write_text(CASE.replace("house: 40, boat: 60}, no_deal: 30, no_deal_doubt: [20, 61]", "house: 7, boat: 9}"))
    assert doubt(case, "--for", "ana").stdout == shown
    assert json.loads(doubt(case, "--for", "ana", "--json").stdout)["packages"][0]["sure"] == "sometimes"


def test_the_product_of_gains_can_be_asked_for(case):
    assert "product of gains" in doubt(case, "--by", "product", "--worlds", 200).stdout


def test_what_cannot_be_shown_is_refused_in_one_sentence(case, tmp_path):
    for words, what in (
        ((case, "--by", "best"), '"best" is not a criterion'),
        ((case, "--for", "cem"), 'there is no principal "cem"'),
        ((case, "--deal", tmp_path / "none.json"), "there is no such file"),
        (("examples/estate/case.yaml",), "Nobody's points are in doubt here"),
        (("examples/rent/case.yaml",), "Money changes hands"),
    ):
        done = doubt(*words, code=2)
        assert what in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert json.loads(doubt(case, "--by", "best", "--json", code=2).stdout)["problems"]


def test_a_party_without_doubt_and_an_empty_table_are_refused(case):
    case.write_text(CASE[: CASE.index("proposals:")])
    assert "No proposal on the table settles everything" in doubt(case, "--for", "ana", code=2).stderr
    case.write_text(CASE.replace(", no_deal_doubt: [20, 61]", ""))
    assert "You said nothing of being in doubt" in doubt(case, "--for", "ben", code=2).stderr


def test_clashing_rules_are_named(case):
    rules = "rules: [{id: r1, kind: forbid, forbid: {house: [ana, ben]}}]\n"
    case.write_text(CASE + rules)
    assert "no deal can keep rule “r1”" in doubt(case, code=2).stderr
