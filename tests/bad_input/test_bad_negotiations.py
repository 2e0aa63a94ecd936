"""Wrong options, scripts and logs of negotiations: one clear problem with its mend, and nothing is written."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evenhand.bargain.protocols import Negotiation, alternating, replay, save_log
from evenhand.case import CaseError
from evenhand.cli.app import app
from tests.making import case_of

ROOT = Path(__file__).parents[2]
CASE = case_of({"ana": [5, 3], "ben": [3, 5]})
SETTINGS = {"protocol": "alternating", "steps": 4}
PARTNERS = "examples/partnership/case.yaml"
BOTH = ("--as", "ana=linear", "--as", "ben=linear")


def begun() -> Negotiation:
    return Negotiation(CASE, alternating(["ana", "ben"], 4))


def good(file: Path) -> dict[str, Any]:
    negotiation = begun()
    for answer in ("offer i1 ana, i2 ana", "yes if i2 ben", "accept"):
        negotiation.answer(answer)
    save_log(negotiation, CASE, SETTINGS, file)
    return json.loads(file.read_text("utf-8"))


def changed(log: dict[str, Any], *path: Any, to: Any) -> str:
    log = copy.deepcopy(log)
    part = log
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = to
    return json.dumps(log)


BROKEN = [
    (lambda log: "", "empty"),
    (lambda log: "[]", "not a log of a negotiation"),
    (lambda log: json.dumps(log)[:-40], "expected here"),
    (lambda log: changed(log, "answers", to="accept"), "not a log of a negotiation"),
    (lambda log: changed(log, "negotiate", to="alternating"), "does not say how"),
    (lambda log: changed(log, "negotiate", "protocol", to="shuttle"), "protocol “shuttle”, not “alternating”"),
    (lambda log: changed(log, "negotiate", "steps", to=9), "steps “9”, not “4”"),
    (lambda log: changed(log, "negotiate", to={"steps": 4}), "protocol “None”"),
    (lambda log: changed(log, "table", to="0" * 16), "belongs to another case"),
    (lambda log: changed(log, "answers", 1, to="accept"), "not an answer"),
    (lambda log: changed(log, "answers", 1, "party", to="ana"), '"ben" was asked'),
    (lambda log: changed(log, "answers", 1, "answer", to="prefer"), "no answer here"),
    (lambda log: changed(log, "answers", 1, "answer", to={"accept-if": {"i2": "dia"}}), "cannot settle"),
    (lambda log: changed(log, "answers", 0, "answer", to={"offer": {"i1": "ana"}}), "not settled"),
    (lambda log: changed(log, "answers", to=[*log["answers"], log["answers"][-1]]), "after the end"),
]


@pytest.mark.parametrize(("breaking", "what"), BROKEN)
def test_a_broken_log_gives_one_problem_at_its_place(tmp_path: Path, breaking: Any, what: str) -> None:
    file = tmp_path / "log.json"
    text = breaking(good(file))
    file.write_text(text, "utf-8")
    with pytest.raises(CaseError) as caught:
        replay(begun(), CASE, SETTINGS, file)
    (problem,) = caught.value.problems
    assert what in problem.what
    assert problem.mend
    assert file.read_text("utf-8") == text


OPTIONS = [
    (("--protocol", "shutle"), 'Did you mean "shuttle"'),
    (("--as", "ana=boulwar", "--as", "ben=micro"), "no way to negotiate"),
    (("--as", "ana"), "says no way"),
    (("--as", "anna=micro"), 'no principal "anna"'),
    (("--as", "ana=micro", "--as", "ana=linear"), "two ways"),
    (("--first", "cem"), 'no principal "cem"'),
    (("--as", "ana=script:/nowhere"), "cannot be read"),
    (("--as", "ana=script:LINES", "--as", "ben=tough"), "has 1 answers"),
    (("--as", "ana=script:WRONG", "--as", "ben=tough"), 'wrong.txt:3: the case has no issue "debt"'),
    (("--protocol", "single-text", "--as", "ana=micro", "--as", "ben=linear"), "only answers"),
    ((*BOTH, "--protocol", "blind-bids"), "sealed bids need a package"),
    ((*BOTH, "--split", "2"), "does not count"),
    ((*BOTH, "--zone", "wide"), "not a number"),
    ((*BOTH, "--from", "/nowhere"), "no such file"),
    (("--runs", "5", "--as", "ana=linear"), "--as ben=boulware"),
    ((*BOTH, "--runs", "5", "--for", "ana"), "for the mediator"),
    ((*BOTH, "--runs", "5", "--protocol", "shuttle"), "alternating offers"),
    ((*BOTH, "-o", PARTNERS), "is the case itself"),
    ((*BOTH, "--log", PARTNERS), "is the case itself"),
    ((*BOTH, "--for", "lee"), 'no principal "lee"'),
]


@pytest.mark.parametrize(("words", "what"), OPTIONS)
def test_a_wrong_option_gives_one_problem_and_its_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], what: str
) -> None:
    script = tmp_path / "lines.txt"
    script.write_text(
        "offer workshop ana, client-list ana, machines ana, savings ana, bank-debt ben, lease ana, tax-bill ben\n",
        "utf-8",
    )
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("# first\n\noffer debt ana\n", "utf-8")
    named = [word.replace("LINES", str(script)).replace("WRONG", str(wrong)) for word in words]
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(app, ["negotiate", PARTNERS, *named])
    assert done.exit_code == 2, done.stderr + done.stdout
    assert done.stdout == ""
    assert what in done.stderr
    assert len(done.stderr.splitlines()) == 1
