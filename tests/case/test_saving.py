"""A save is exact, keeps its writer's words, and is all or nothing."""

import json
import os
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings

from evenhand.case import Case, Option, Rule, case_text, load_case, read_case, save_case, write_atomically
from evenhand.case.reading import parse_document
from strategies import cases

TEXT = """\
# Kept by Lee since May.
evenhand: 1
title: Two flats      # working title

parties:
  - {id: ana, name: "Ana"}
  - id: ben           # he prefers Benjamin
    name: 'Ben'
issues:
  # the big one
  - {id: house, kind: asset}
  - {id: savings, kind: divisible, amount: 1_000}   # as of May
  - {id: school, kind: choice, options: [near, far]}
preferences:
  ana:
    points: {house: 0.50, savings: 30, school: 20}  # told us on Monday
    values: {school: {near: 100, far: 0}}
  ben:
    points:
      house: 40/3     # his own sum
      savings: 40
      school: 20
    values: {school: {near: 0, far: 100}}
"""


def case() -> Case:
    return read_case(parse_document(TEXT))


def saved(changed: Case) -> str:
    text = case_text(changed, previous=TEXT)
    assert read_case(parse_document(text)) == changed
    return text


def test_a_saved_case_reads_back_equal(tmp_path: Path) -> None:
    for name in ("case.yaml", "case.json"):
        save_case(case(), tmp_path / name)
        assert load_case(tmp_path / name) == case()


def test_an_unchanged_case_keeps_every_byte() -> None:
    assert saved(case()) == TEXT


def test_a_changed_title_changes_only_its_line() -> None:
    text = saved(case().model_copy(update={"title": "Three flats"}))
    kept = [line for line in TEXT.splitlines() if "Two flats" not in line]
    assert [line for line in text.splitlines() if "Three flats" not in line] == kept
    assert "# working title" in text


def test_changed_points_change_only_their_number() -> None:
    preferences = dict(case().preferences)
    points = {**preferences["ana"].points, "house": Fraction(55)}
    preferences["ana"] = preferences["ana"].model_copy(update={"points": points})
    text = saved(case().model_copy(update={"preferences": preferences}))
    assert "points: {house: 55, savings: 30, school: 20}" in text
    for kept in ("# told us on Monday", "# his own sum", "40/3", "1_000", '"Ana"', "'Ben'", "# Kept by Lee since May."):
        assert kept in text


def test_an_added_rule_keeps_the_comments() -> None:
    rule = Rule(id="r1", kind="forbid", forbid={"house": ("ben",)})
    text = saved(case().model_copy(update={"rules": (rule,)}))
    assert text.startswith("# Kept by Lee since May.")
    for kept in ("# working title", "# he prefers Benjamin", "# the big one", "# as of May", "# told us on Monday"):
        assert kept in text


def test_a_removed_issue_takes_nothing_else_with_it() -> None:
    before = case()
    preferences = {
        party: preference.model_copy(
            update={"points": {issue: points for issue, points in preference.points.items() if issue != "savings"}}
        )
        for party, preference in before.preferences.items()
    }
    issues = tuple(issue for issue in before.issues if issue.id != "savings")
    text = saved(before.model_copy(update={"issues": issues, "preferences": preferences}))
    assert "savings" not in text
    for kept in ("# working title", "# he prefers Benjamin", "# the big one", "# told us on Monday", "# his own sum"):
        assert kept in text


def test_a_renamed_option_and_a_new_party_are_saved() -> None:
    before = case()
    options = (Option(id="near", name="Near the mill"), Option(id="far"))
    issues = (*before.issues[:2], before.issues[2].model_copy(update={"options": options}))
    saved(before.model_copy(update={"issues": issues}))


def test_a_file_that_no_longer_reads_is_not_built_upon() -> None:
    text = case_text(case(), previous="title: [")
    assert read_case(parse_document(text)) == case()


def test_a_file_that_is_no_text_can_be_saved_over(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_bytes(b"\xff\xfe\x00")
    save_case(case(), tmp_path / "case.yaml")
    assert load_case(tmp_path / "case.yaml") == case()


def test_a_failing_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(TEXT)

    def refuse(*_: object) -> None:
        raise OSError("the disk is full")

    for step in ("replace", "fsync"):
        with monkeypatch.context() as broken:
            broken.setattr(os, step, refuse)
            with pytest.raises(OSError, match="disk is full"):
                save_case(case().model_copy(update={"title": "Lost"}), file)
        assert file.read_text() == TEXT
        assert os.listdir(tmp_path) == ["case.yaml"]


def test_a_save_keeps_the_permissions_and_follows_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "case.yaml", tmp_path / "link.yaml"
    file.write_text(TEXT)
    file.chmod(0o600)
    link.symlink_to(file)
    write_atomically(link, "new\n")
    assert link.is_symlink()
    assert file.read_text() == "new\n"
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("title", ["no", "12", "1e3", "null", "~", " spaced ", "a: b", "# c", "é\u2028x", "two\nlines"])
def test_a_title_that_looks_like_something_else_stays_text(title: str) -> None:
    changed = case().model_copy(update={"title": title})
    assert read_case(parse_document(case_text(changed))) == changed
    assert read_case(parse_document(case_text(changed, as_json=True), is_json=True)) == changed
    saved(changed)


ALL = cases(rules=True, entitlements=True, burdens=True, together=True, joint=True, no_deal=True)
STEADY = settings(derandomize=True, deadline=None, max_examples=60, database=None)


@STEADY
@given(ALL)
def test_any_case_reads_back_equal_from_yaml_and_json(made: Case) -> None:
    assert read_case(parse_document(case_text(made))) == made
    text = case_text(made, as_json=True)
    json.loads(text)
    assert read_case(parse_document(text, is_json=True)) == made


@STEADY
@given(ALL, ALL)
def test_any_case_can_be_saved_over_any_other(made: Case, before: Case) -> None:
    assert read_case(parse_document(case_text(made, previous=case_text(before)))) == made
