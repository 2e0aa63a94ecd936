"""Wrong offers and answers: one clear problem with its mend, and the case file stays as it is."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from evenhand.cli.app import app

CASE = """\
title: T
parties: [{id: ana}, {id: ben}, {id: lee, role: mediator}]
issues: [{id: house, kind: asset}, {id: savings, kind: divisible}]
preferences:
  ana: {points: {house: 1, savings: 2}}
  ben: {points: {house: 2, savings: 1}}
proposals:
  - {id: first, by: ana, terms: {house: ana}, answers: {ben: accepted-with-conditions}, conditions: Soon.}
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--add", "gift"], '"gift" is not an offer. Write "ana: house=ana savings=ana:1/2,ben:1/2".'),
        (["--add", "ana:"], '"ana:" is not an offer.'),
        (["--add", "ana: house"], '"house" does not settle an issue.'),
        (["--add", "ana: house=ana house=ben"], '"house" is settled twice.'),
        (["--add", "ana: savings=ana:1/2,ben"], '"ana:1/2,ben" does not say who gets which share.'),
        (["--add", "ana: savings=ana:1/2,ana:1/2"], "does not say who gets which share."),
        (["--add", "eve: house=ana"], '--add: proposals[1].by: there is no party "eve".'),
        (["--add", "ana: boat=ana"], '--add: proposals[1].terms.boat: there is no issue "boat".'),
        (["--add", "ana: savings=ana:2/3,ben:2/3"], "the shares sum to 4/3, above 1."),
        (["--add", "ana: savings=ana:half"], '"half" is not a number.'),
        (["--add", "ana: house=ana", "--on", "Monday"], 'proposals[1].made_on: "Monday" is not a date.'),
        (["--add", "nowhere.yaml"], "nowhere.yaml: there is no such file."),
        (["--answer", "first"], '"first" is not an answer. Write OFFER:PARTY=accepted, and so on.'),
        (["--answer", "fist:ben=refused"], 'there is no offer "fist". Did you mean "first"?'),
        (["--answer", "first:bem=refused"], 'there is no party "bem". Did you mean "ben"?'),
        (["--answer", "first:ben=maybe"], '"maybe" is not one of the words allowed here.'),
        (["--answer", "first:ben=accepted", "--on", "2026-5-4"], 'answered_on.ben: "2026-5-4" is not a date.'),
        (
            ["--answer", "first:ben=accepted-with-conditions", "--condition", "house=ben"],
            'the conditions of offer "first" do not say whose they are. Write them as {party: text} in the file first.',
        ),
        (["--condition", "Soon."], "--condition belongs to an answer."),
        (["--on", "2026-05-04"], "--on is the day of an offer or an answer."),
        (["--add", "ana: house=ben", "--answer", "first:ben=refused"], "kept one at a time."),
        (["--for", "lee"], 'there is no principal "lee".'),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(words: list[str], said: str, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(CASE)
    shown = CliRunner().invoke(app, ["offers", str(file), *words])
    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert said in shown.stderr
    assert shown.stderr.count("\n") == 1
    assert file.read_text() == CASE


def test_a_file_that_holds_no_offer_is_named(tmp_path: Path) -> None:
    file, offer = tmp_path / "case.yaml", tmp_path / "offer.yaml"
    file.write_text(CASE)
    for text, said in (("- a list\n", "an offer is a group of"), ("by: ana\nterm: {}\n", "`term` is not a name known")):
        offer.write_text(text)
        shown = CliRunner().invoke(app, ["offers", str(file), "--add", str(offer), "--json"])
        assert shown.exit_code == 2
        assert said in shown.stdout
        assert str(offer) in shown.stdout
    assert file.read_text() == CASE
