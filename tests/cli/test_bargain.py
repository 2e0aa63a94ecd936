"""`evenhand bargain` as a person or a script meets it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evenhand.cli.app import app

ROOT = Path(__file__).parents[2]


def run(*words, code=0):
    done = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert done.exit_code == code, done.output
    return done


def data(*words):
    return json.loads(run(*words, "--json").stdout)


STUCK = """\
evenhand: 1
title: A shed and a field
parties: [{id: ana, name: Ana}, {id: ben, name: Ben}]
issues:
  - {id: shed, kind: asset}
  - {id: field, kind: asset}
  - {id: fence, kind: choice, options: [low, high]}
preferences:
  ana: {points: {shed: 30, field: 50, fence: 20}, values: {fence: {low: 100, high: 0}}, no_deal: 60}
  ben: {points: {shed: 50, field: 30, fence: 20}, values: {fence: {low: 0, high: 100}}, no_deal: 45}
rules:
  - {id: no-shed, kind: red-line, party: ana, require: {shed: ana}, why: Her father built it.}
proposals:
  - {id: whole, by: ana, terms: {shed: ana, field: ben, fence: high}}
  - {id: part, by: ben, terms: {shed: ben}}
"""
OPEN = STUCK.replace("require: {shed: ana}", "forbid: {fence: high, shed: ben}")


@pytest.fixture
def stuck(tmp_path):
    (tmp_path / "stuck.yaml").write_text(STUCK, "utf-8")
    (tmp_path / "open.yaml").write_text(OPEN, "utf-8")
    return tmp_path


def test_the_view_has_the_picture_the_packages_and_the_next_trade(stuck):
    shown = run("bargain", stuck / "open.yaml").stdout
    assert max(map(len, shown.splitlines())) <= 80
    for words in ("zone of agreement", "x no deal", "1 on the table: whole", "Nash", "Egalitarian", "The next trade"):
        assert words in shown


def test_the_json_says_everything(stuck):
    answer = data("bargain", stuck / "open.yaml")
    names = "zone disagreement notes efficient packages refused table trades conflict seconds"
    assert list(answer) == names.split()
    assert [row["solution"] for row in answer["packages"]] == [
        "nash",
        "kalai-smorodinsky",
        "egalitarian",
        "utilitarian",
    ]
    assert answer["conflict"] is None
    assert {c["verdict"] for row in answer["packages"] for c in row["certificates"]} == {"holds"}


def test_an_empty_zone_shows_reliefs_with_their_deals(stuck):
    shown = run("bargain", stuck / "stuck.yaml").stdout
    assert "No zone of agreement" in shown
    assert "Without Ana's red line no-shed" in " ".join(shown.split())
    assert "guarantee" in shown
    reliefs = data("bargain", stuck / "stuck.yaml")["conflict"]["reliefs"]
    assert all(row["deal"] for row in reliefs)
    assert {"without_rules": ["no-shed"], "lowered": {}}.items() <= reliefs[0].items()


def test_a_deal_is_written_and_improved_on(stuck):
    case, deal = stuck / "open.yaml", stuck / "deal.json"
    run("bargain", case, "--by", "nash", "-o", deal)
    assert set(json.loads(deal.read_text("utf-8"))["deal"]) == {"shed", "field", "fence"}
    again = data("bargain", case, "--from", deal)
    assert again["disagreement"]["is"] == "deal"
    assert [row["trade"] for row in again["trades"]] == [None]
    assert {c["property"]: c["verdict"] for c in again["trades"][0]["certificates"]}["pareto-optimal"] == "holds"


def test_what_the_disagreement_point_rests_on_is_said(stuck):
    case = stuck / "silent.yaml"
    case.write_text(OPEN.replace(", no_deal: 45", ""), "utf-8")
    assert data("bargain", case)["notes"] == ["Ben did not say what no deal is worth to it; it counts as 0."]
    deal = stuck / "poor.json"
    deal.write_text('{"deal": {"shed": "ben", "field": "ben", "fence": "high"}}', "utf-8")
    notes = data("bargain", stuck / "open.yaml", "--from", deal)["notes"]
    assert notes[0] == "The deal given is worth less to Ana than no deal (60)."
    assert notes[1].startswith("The deal given breaks “no-shed”")


def test_the_certificates_of_a_package_can_be_checked_again(stuck):
    case, file = stuck / "open.yaml", stuck / "certificates.json"
    run("bargain", case, "--by", "nash", "--certificates", file)
    found = data("certify", case, "--recheck", file)["findings"]
    assert [row["outcome"] for row in found] == ["confirmed"] * 3


def test_every_solution_is_explained():
    rows = data("bargain", ROOT / "examples/wind-farm/case.yaml", "--by", "list")["solutions"]
    assert all(row["axioms"] and row["definition"] and row["source"] for row in rows)


def test_a_case_without_a_zone_has_no_package_to_write(stuck):
    done = run("bargain", stuck / "stuck.yaml", "--by", "nash", "-o", stuck / "deal.json", code=2)
    assert "without --by" in done.stderr
    assert not (stuck / "deal.json").exists()


# What one party sees


def changed(text):
    """Ben's numbers, and his red lines if he had any, all different."""
    line = next(line for line in text.splitlines() if line.startswith("  ben:"))
    return text.replace(line, line.replace("50", "7").replace("30", "9").replace("45", "3"))


def test_for_a_party_only_its_own_numbers_are_used(stuck):
    (stuck / "other.yaml").write_text(changed(STUCK), "utf-8")
    one = run("bargain", stuck / "stuck.yaml", "--for", "ana").stdout
    assert one == run("bargain", stuck / "other.yaml", "--for", "ana").stdout
    assert "30 points worse than no deal for you" in one
    as_data = data("bargain", stuck / "stuck.yaml", "--for", "ana")
    assert as_data == data("bargain", stuck / "other.yaml", "--for", "ana")
    assert [row["points"] for row in as_data["table"]] == [{"ana": "30"}, {}]


def test_a_party_does_not_hear_of_anothers_red_lines(stuck):
    assert "no-shed" not in run("bargain", stuck / "open.yaml", "--for", "ben").stdout


def test_a_party_is_not_told_why_there_is_no_zone(stuck):
    done = run("bargain", stuck / "stuck.yaml", "--for", "ben", "--by", "nash", code=2)
    assert "no-shed" not in done.stderr + done.stdout
    assert "The mediator can see why" in done.stderr


def test_a_package_released_to_a_party_shows_its_own_side_alone(stuck):
    shown = run("bargain", stuck / "open.yaml", "--for", "ben", "--by", "nash").stdout
    assert "for Ben" in shown
    assert "60" not in shown


def test_nothing_is_shown_where_nothing_can_be_shown_safely():
    case = ROOT / "examples/adjusted-winner/camp-david.yaml"
    done = run("bargain", case, "--for", "egypt", code=2)
    assert "rests on others' points" in done.stderr
