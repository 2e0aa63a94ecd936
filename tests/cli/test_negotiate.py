"""`evenhand negotiate`: people at the keyboard, simulated parties, scripts; a log to go on from; private views."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from evenhand.cli.app import app

ROOT = Path(__file__).parents[2]
PARTNERS = "examples/partnership/case.yaml"
BOTH = ("--as", "ana=linear", "--as", "ben=linear")
SMALL = """
title: A boat and a car
parties: [{id: ana}, {id: ben}]
issues: [{id: boat, kind: asset}, {id: car, kind: asset}]
preferences:
  ana: {points: {boat: 60, car: 40}, no_deal: 7}
  ben: {points: {boat: 30, car: 70}, no_deal: 13}
"""


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def negotiate(*words, answers="", code=0):
    done = CliRunner().invoke(
        app, ["negotiate", *map(str, words)], input=answers, env={"COLUMNS": "80", "NO_COLOR": "1"}
    )
    assert done.exit_code == code, done.stderr + done.stdout
    return SimpleNamespace(stdout=done.stdout, stderr=done.stderr)


@pytest.fixture
def small(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(SMALL, "utf-8")
    return file


def test_a_simulated_negotiation_shows_the_deal_its_path_and_how_good_it_is():
    text = negotiate(PARTNERS, *BOTH).stdout
    assert "Agreed in step" in text
    assert "worth to each" in text
    assert "nobody's loss" in text or "No other package" in text
    assert all(len(line.rstrip()) <= 80 for line in text.splitlines())
    found = json.loads(negotiate(PARTNERS, *BOTH, "--json").stdout)
    assert found["ended"] == "agreed"
    assert set(found["value"]) == {"ana", "ben"}
    assert found["said"][-1]["answer"] == "accept"


def test_a_person_negotiates_with_a_simulated_party_and_goes_on_from_the_log(small, tmp_path):
    log, deal = tmp_path / "log.json", tmp_path / "deal.json"
    how = (small, "--as", "ben=linear", "--steps", 3, "--log", log, "-o", deal)
    stopped = negotiate(*how, answers="\noffer boat ana, car ana\n", code=1)
    assert "goes on from it" in stopped.stderr
    assert log.stat().st_mode & 0o077 == 0
    done = negotiate(*how, "--json", answers="\nyes if boat ana\n")
    assert json.loads(done.stdout)["deal"] == {"boat": "ana", "car": "ben"}
    assert json.loads(deal.read_text("utf-8")) == {"deal": {"boat": "ana", "car": "ben"}}
    assert negotiate(*how, "--json").stdout == done.stdout


def test_a_person_who_answers_wrongly_is_asked_again(small):
    answers = "\nhm\noffer boat ana\noffer boat ana, car ben\n"
    done = negotiate(small, "--as", "ben=0.01", "--json", answers=answers)
    assert done.stderr.count("That does not count") == 2
    assert json.loads(done.stdout)["deal"] == {"boat": "ana", "car": "ben"}


def test_a_script_speaks_for_a_person(small, tmp_path):
    script = tmp_path / "ana.txt"
    script.write_text("# my answers\noffer boat ana, car ana\n\nyes if boat ana  # the last word\n", "utf-8")
    found = json.loads(
        negotiate(small, "--as", f"ana=script:{script}", "--as", "ben=linear", "--steps", 3, "--json").stdout
    )
    assert [row["answer"] for row in found["said"] if row["party"] == "ana"][1] == {"accept-if": {"boat": "ana"}}
    assert found["deal"] == {"boat": "ana", "car": "ben"}


def test_one_partys_view_does_not_depend_on_the_others_points(small, tmp_path):
    """What was said is the same in both; all else in the view is made from the party's own points."""
    script = tmp_path / "ben.txt"
    script.write_text("offer boat ana, car ben\naccept\n", "utf-8")
    how = ("--as", "ana=linear", "--as", f"ben=script:{script}", "--steps", 2, "--for", "ana")
    before = [negotiate(small, *how, *more).stdout for more in ((), ("--json",))]
    small.write_text(SMALL.replace("{boat: 30, car: 70}, no_deal: 13", "{boat: 99, car: 1}, no_deal: 50"), "utf-8")
    assert [negotiate(small, *how, *more).stdout for more in ((), ("--json",))] == before
    assert "ben" not in json.loads(before[1]).get("value", {})


@pytest.mark.parametrize("protocol", ["single-text", "shuttle"])
def test_a_mediators_rounds_end_in_a_deal_or_say_why_not(protocol):
    text = negotiate(PARTNERS, *BOTH, "--protocol", protocol, "--seed", 3).stdout
    assert "What stood, in turn" in text
    one = json.loads(negotiate(PARTNERS, *BOTH, "--protocol", protocol, "--seed", 3, "--for", "ana", "--json").stdout)
    assert {row["party"] for row in one["said"]} == {"ana"}
    assert "stood" not in one


def test_sealed_bids_settle_a_price(small, tmp_path):
    small.write_text(SMALL + "money: {unit: EUR}\n", "utf-8")
    deal = tmp_path / "deal.json"
    deal.write_text('{"deal": {"boat": "ana", "car": "ana"}}', "utf-8")
    how = (small, "--protocol", "blind-bids", "--from", deal, "--payer", "ana", "--most", 200)
    found = json.loads(negotiate(*how, *BOTH, "--json").stdout)
    assert found["payments"] == {"ana": "53", "ben": "-53"}
    assert found["said"] == [], "sums stay sealed, for the mediator too"
    own = json.loads(negotiate(*how, *BOTH, "--for", "ben", "--json").stdout)
    assert [row["answer"] for row in own["said"]][-1] == {"sum": "13"}
    person = negotiate(*how, "--as", "ben=linear", "--steps", 1, "--json", answers="\n20\n")
    assert json.loads(person.stdout)["payments"]["ana"] == "33/2"


def test_many_runs_are_added_up():
    found = json.loads(
        negotiate(PARTNERS, "--as", "ana=1..4", "--as", "ben=micro", "--runs", 30, "--first", "drawn", "--json").stdout
    )
    assert found["runs"] == 30 == len(found["each"])
    assert found["agreed"] == sum(row["deal"] is not None for row in found["each"])
    assert {row["first"] for row in found["each"]} == {"ana", "ben"}
    assert "Agreements" in negotiate(PARTNERS, *BOTH, "--runs", 3).stdout


def test_the_demo_case_is_negotiated_although_its_deals_cannot_be_listed():
    case = "examples/ceasefire-talks/case.yaml"
    found = json.loads(
        negotiate(case, "--as", "russia=conceder", "--as", "ukraine=linear", "--steps", 20, "--json").stdout
    )
    assert found["ended"] == "agreed"
    refused = negotiate(case, "--as", "russia=1", "--as", "ukraine=1", "--runs", 5, code=2)
    assert "too many" in refused.stderr
