"""`evenhand convert` from and for other programs: what is written, what is said, and what is left alone."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from evenhand.bargain.exchange import FORMATS
from evenhand.case import load_case
from evenhand.cli.app import app

EXAMPLES = Path(__file__).parents[3] / "examples"
CAMP_DAVID = EXAMPLES / "adjusted-winner/camp-david.yaml"
TALKS = EXAMPLES / "ceasefire-talks/case.yaml"


def converted(*words: object) -> Result:
    return CliRunner().invoke(app, ["convert", *map(str, words)])


@pytest.mark.parametrize("form", FORMATS)
def test_a_case_goes_out_and_comes_back(form: str, tmp_path: Path) -> None:
    out, back = tmp_path / "out", tmp_path / "back.yaml"
    assert converted(CAMP_DAVID, "--to", form, "-o", out).exit_code == 0
    assert len(list(out.iterdir())) == 3
    assert converted(out, "-o", back).exit_code == 0
    case = load_case(back)
    assert [issue.label for issue in case.issues][:2] == ["Sinai", "Diplomatic recognition"]
    assert [sum(case.preferences[party.id].points.values()) for party in case.principals] == [100, 100]


def test_files_can_be_named_one_by_one(tmp_path: Path) -> None:
    converted(CAMP_DAVID, "--to", "genius", "-o", tmp_path / "out")
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    assert converted(*sorted((tmp_path / "out").iterdir(), reverse=True), "-o", one).exit_code == 0
    assert converted(tmp_path / "out", "-o", two).exit_code == 0
    parties = [[party.id for party in load_case(file).parties] for file in (one, two)]
    assert parties[0] == parties[1][::-1]


def test_the_lines_fit_a_terminal(tmp_path: Path) -> None:
    done = converted(CAMP_DAVID, "--to", "genius", "-o", tmp_path / "out")
    assert max(len(line) for line in done.stdout.splitlines() if not line.startswith("Wrote")) < 80
    assert "Note: Assets are written as a choice of who gets them." in done.stdout


def test_json_has_what_was_written_and_the_notes(tmp_path: Path) -> None:
    told = json.loads(converted(CAMP_DAVID, "--to", "negmas", "-o", tmp_path / "out", "--json").stdout)
    assert [Path(name).name for name in told["written"]] == ["domain.yml", "1-israel.yml", "2-egypt.yml"]
    assert "Assets are written as a choice of who gets them." in told["notes"]
    told = json.loads(converted(tmp_path / "out", "-o", tmp_path / "case.yaml", "--json").stdout)
    assert told["written"] == str(tmp_path / "case.yaml")


def test_what_a_format_cannot_hold_is_named_at_its_line(tmp_path: Path) -> None:
    done = converted(TALKS, "--to", "genius", "-o", tmp_path / "out")
    assert done.exit_code == 2
    assert "rules[0]: the other format has no rules" in done.stderr
    assert "can be split in any proportion" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("kept", "utf-8")
    assert converted(CAMP_DAVID, "--to", "genius", "-o", tmp_path).exit_code == 2
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_that_is_read_is_not_written_over(tmp_path: Path) -> None:
    converted(CAMP_DAVID, "--to", "genius", "-o", tmp_path / "out")
    files = sorted((tmp_path / "out").iterdir())
    before = files[0].read_text("utf-8")
    assert converted(*files, "-o", files[0]).exit_code == 2
    assert files[0].read_text("utf-8") == before


def test_other_programs_files_are_not_converted_to_another_program(tmp_path: Path) -> None:
    converted(CAMP_DAVID, "--to", "genius", "-o", tmp_path / "out")
    done = converted(tmp_path / "out", "--to", "negmas", "-o", tmp_path / "other")
    assert done.exit_code == 2
    assert "Convert to a case first." in done.stderr


def test_a_case_among_several_files_is_no_scenario(tmp_path: Path) -> None:
    done = converted(CAMP_DAVID, TALKS, "-o", tmp_path / "case.yaml")
    assert done.exit_code == 2
    assert "no file of GENIUS, GeniusWeb or NegMAS is here" in done.stderr
