"""What cannot be meant on `evenhand bargain`: one clear error with its mend, and nothing is written."""

import pytest
from typer.testing import CliRunner

from evenhand.cli.app import app

CASE = """\
title: A shed and a field
parties: [{id: ana}, {id: ben}]
issues: [{id: shed, kind: asset}, {id: field, kind: asset}]
preferences: {ana: {points: {shed: 30, field: 50}}, ben: {points: {shed: 50, field: 30}}}
"""
FILES = {
    "open.yaml": CASE,
    "part.json": '{"deal": {"shed": "ana"}}',
    "whole.json": '{"deal": {"shed": "ana", "field": "ben"}}',
    "wrong.json": '{"deal": {"shed": "cem", "field": "ben"}}',
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--by", "nsh"], "nash"),
        (["--power", "ana=2"], "leaves out ben"),
        (["--power", "ana=2,ben=0"], "above 0"),
        (["--power", "ana=2,bob=1"], 'no principal "bob"'),
        (["--power", "ana=2,ana=1,ben=1"], "cannot be read"),
        (["--power", "ana"], "cannot be read"),
        (["--power", "ana=two,ben=1"], "cannot be read"),
        (["--power", "ana=1,ben=2", "--by", "nash"], "says nothing to nash"),
        (["-o", "deal.json"], "--by"),
        (["-o", "open.yaml", "--by", "nash"], "is the case itself"),
        (["--from", "nowhere.json"], "nowhere.json"),
        (["--from", "part.json"], '"field" is not settled'),
        (["--from", "wrong.json"], '"cem" cannot settle shed'),
        (["--for", "ana", "--from", "whole.json"], "rests on others' points"),
        (["--for", "cem"], 'no principal "cem"'),
    ],
)
@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
def test_what_cannot_be_meant_is_one_clear_error(folder, words, says, as_json):
    done = CliRunner().invoke(app, ["bargain", "open.yaml", *words, *(["--json"] if as_json else [])])
    assert done.exit_code == 2
    shown = done.stdout.replace('\\"', '"') if as_json else done.stderr
    assert says in shown
    assert (done.stderr if as_json else done.stdout) == ""
    assert sorted(path.name for path in folder.iterdir()) == list(FILES)
    assert (folder / "open.yaml").read_text("utf-8") == CASE
