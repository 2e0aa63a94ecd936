"""Broken logs of answers: one clear problem at its place, with its mend, and nothing is asked or written."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from evenhand.case import CaseError, load_case
from evenhand.divide import PROCEDURES
from evenhand.divide.asking import Conversation, replay, save_log

CASE = load_case(Path(__file__).parents[2] / "examples" / "coast" / "case.yaml")


def good(file: Path) -> dict[str, Any]:
    conversation = Conversation(PROCEDURES["last-diminisher"].asking(CASE))
    for answer in ("20", "10", "pass", "40", "pass"):
        conversation.answer(answer)
    save_log(conversation, CASE, "last-diminisher", file)
    return json.loads(file.read_text("utf-8"))


def changed(log: dict[str, Any], *path: Any, to: Any) -> str:
    """The log as text with one place changed; `to` None: left out."""
    log = copy.deepcopy(log)
    part = log
    for name in path[:-1]:
        part = part[name]
    if to is None:
        del part[path[-1]]
    else:
        part[path[-1]] = to
    return json.dumps(log)


BROKEN = [
    (lambda log: "", "empty"),
    (lambda log: "[]", "not a log of answers"),
    (lambda log: json.dumps(log)[:-40], "missing"),
    (lambda log: changed(log, "answers", to="20"), "not a log of answers"),
    (lambda log: changed(log, "ask", to="even-paz"), "not of “last-diminisher”"),
    (lambda log: changed(log, "ask", to=None), "not of “last-diminisher”"),
    (lambda log: changed(log, "table", to="0" * 16), "belongs to another case"),
    (lambda log: changed(log, "answers", 1, to="10"), "not an answer"),
    (lambda log: changed(log, "answers", 1, "party", to=None), "not an answer"),
    (lambda log: changed(log, "answers", 1, "party", to="clover"), '"birke" was asked'),
    (lambda log: changed(log, "answers", 1, "answer", to="60"), "outside the piece"),
    (lambda log: changed(log, "answers", 1, "answer", to="east"), "not a number"),
    (lambda log: changed(log, "answers", 1, "answer", to=[10]), "number was expected"),
    (lambda log: changed(log, "answers", to=[*log["answers"], log["answers"][-1]]), "after the end"),
]


@pytest.mark.parametrize(("breaking", "what"), BROKEN)
def test_a_broken_log_gives_one_problem_at_its_place(tmp_path: Path, breaking: Any, what: str) -> None:
    file = tmp_path / "log.json"
    text = breaking(good(file))
    file.write_text(text, "utf-8")
    with pytest.raises(CaseError) as raised:
        replay(Conversation(PROCEDURES["last-diminisher"].asking(CASE)), CASE, "last-diminisher", file)
    assert len(raised.value.problems) == 1
    problem = raised.value.problems[0]
    assert what in problem.what
    assert problem.mend
    assert problem.file == str(file)
    assert file.read_text("utf-8") == text


def test_a_log_is_for_its_owner_alone(tmp_path: Path) -> None:
    good(tmp_path / "log.json")
    assert (tmp_path / "log.json").stat().st_mode & 0o077 == 0


def test_a_good_log_leads_to_the_same_end(tmp_path: Path) -> None:
    good(tmp_path / "log.json")
    conversation = Conversation(PROCEDURES["last-diminisher"].asking(CASE))
    replay(conversation, CASE, "last-diminisher", tmp_path / "log.json")
    assert conversation.outcome is not None
    assert conversation.outcome.deal.shares("coast").keys() == {"aster", "birke", "clover"}
