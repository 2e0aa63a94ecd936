"""`evenhand offers` as people see it: 80 columns, what is kept, and nothing of the others' points for a party."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evenhand.case import load_case
from evenhand.cli.app import app

ROOT = Path(__file__).parents[2]
TALKS = ROOT / "examples/ceasefire-talks/case.yaml"
FARM = ROOT / "examples/wind-farm/case.yaml"


def run(*words: object) -> str:
    shown = CliRunner().invoke(app, ["offers", *map(str, words)], env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert shown.exit_code == 0, shown.output
    return shown.stdout


def flat(*words: object) -> str:
    return " ".join(run(*words).split())


def test_the_talks_say_whose_move_is_next() -> None:
    shown = flat(TALKS)
    assert "thirty-days put by United States" in shown
    assert "Russia accepts with conditions; Ukraine accepted. The next move is Russia's" in shown
    assert "Conditions of Russia: Strict conditions" in shown


def test_the_closest_offers_are_compared_issue_by_issue(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        """\
title: T
parties: [{id: ana, name: Ana}, {id: ben, name: Ben}]
issues: [{id: house, kind: asset}, {id: boat, kind: asset}, {id: savings, kind: divisible}]
preferences:
  ana: {points: {house: 50, boat: 20, savings: 30}}
  ben: {points: {house: 40, boat: 20, savings: 40}}
proposals:
  - {id: one, by: ana, terms: {house: ana, boat: ben, savings: {ana: 1/2, ben: 1/2}}}
  - {id: two, by: ben, terms: {house: ben, boat: ben, savings: {ana: 1/4, ben: 3/4}}}
"""
    )
    shown = flat(file)
    assert "“one” (Ana) and “two” (Ben) differ on 2 of the 3 issues that both settle; distance 5/4." in shown
    assert "house: one Ana; two Ben. To move would cost Ana 50 points and Ben 40 points, less for Ben." in shown
    assert "(1/4 of it apart). To move would cost Ana 7.5 points and Ben 10 points, less for Ana." in shown
    assert "If Ana took the other offer on these issues, it would cost 57.5 points." in shown
    assert "it would cost 47.5 points in all" in shown
    assert "boat: Ben." in shown


def test_an_offer_and_its_answers_are_kept_and_shown(tmp_path: Path) -> None:
    file = Path(shutil.copy(TALKS, tmp_path / "case.yaml"))
    assert "Kept in" in run(file, "--add", "ukraine: ceasefire=30-days-monitored", "--on", "2025-03-18")
    run(file, "--answer", "offer-1:russia=refused")
    condition = ("--condition", "sanctions=lifted-in-steps,lifted-at-once")
    shown = flat(file, "--answer", "offer-1:russia=accepted-with-conditions", *condition)
    assert "offer-1 put by Ukraine on 2025-03-18" in shown
    assert "The next move is Ukraine's: to answer these conditions." in shown
    assert "Conditions of Russia: Sanctions: Lifted in steps as the deal is carried out or Lifted on signing" in shown
    assert "Earlier, Russia refused." in shown
    answer = json.loads(run(file, "--json"))["offers"][1]
    assert answer["state"] == "conditions"
    assert answer["next"] == ["ukraine"]


@pytest.mark.parametrize("file", [TALKS, FARM])
def test_no_line_is_wider_than_the_terminal(file: Path) -> None:
    assert all(len(line) <= 80 for line in run(file).splitlines())


def test_a_party_sees_its_own_points_alone() -> None:
    case = load_case(FARM)
    for party in case.principals:
        shown = json.loads(run(FARM, "--for", party.id, "--json"))
        assert all(set(offer["points"]) == {party.id} for offer in shown["offers"])
        assert set(shown["closest"]["gives_up"]) == {party.id}
        assert all(set(row["gives_up"]) == {party.id} for row in shown["closest"]["differences"])
        view = flat(FARM, "--for", party.id)
        assert "would cost you" in view
        for other in case.principals:
            assert (f"own points: {other.label} " in view) == (other == party)
