"""`evenhand read` and `evenhand record`, from a report to a page and back."""

import json

import pytest
from typer.testing import CliRunner

from evenhand.cli.app import app
from evenhand.record.file import load_record, record_text

TEXT = "Ana Kovac said that Borland had agreed to a ceasefire. “We will never give up the valley,” Ben Novak said.\n"


def call(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "talks.txt"
    file.write_text(TEXT)
    return file


def test_the_json_gives_places_in_code_points(report):
    found = json.loads(call("read", report, "--date", "2025-03-17", "--json").stdout)
    assert {"sources", "statements", "proposals", "meetings", "quantities", "dates"} <= set(found)
    one = next(one for one in found["statements"] if one["speaker"]["actor"] == "ben-novak")
    piece = one["content"][0]
    assert TEXT[piece["start"] : piece["end"]] == piece["text"]
    assert TEXT[one["cue"]["start"] : one["cue"]["end"]] == "said"


def test_the_view_for_people_fits_eighty_columns(report):
    shown = call("read", report, "--date", "2025-03-17").stdout
    assert "Ben Novak" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_corrected_record_is_read_back_with_its_positions(report, tmp_path):
    out = tmp_path / "r.yaml"
    call("read", report, "--date", "2025-03-17", "-o", out)
    plain = json.loads(record_text(load_record(out), as_json=True))
    for one in plain["statements"]:
        if one["speaker"].get("actor") == "ben-novak":
            one |= {"review": "corrected", "acts": [{"kind": "red-line", "issue": "valley"}]}
    saved = tmp_path / "talks.record.json"
    saved.write_text(json.dumps(plain))
    shown = call("record", "show", saved).stdout
    assert "Who stands where" in shown
    assert "red line" in shown
    call("record", "show", saved, "-o", out)
    again = call("read", report, "--date", "2025-03-17", "-o", out)
    assert again.exit_code == 0
    assert "red line" in again.stdout


def test_the_page_holds_the_record_and_fetches_nothing(report, tmp_path):
    page = tmp_path / "p.html"
    report.write_text(TEXT + "Ana said: “</script><b>&amp;”\n")
    call("read", report, "--date", "2025-03-17", "--html", page)
    html = page.read_text()
    assert "http://" not in html
    assert "https://" not in html
    assert html.count("</script>") == 2
    data = html.split('<script type="application/json" id="data">')[1].split("</script>")[0]
    assert json.loads(data)["sources"][0]["text"] == report.read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["{r}"], "the report has no date, and none is guessed."),
        (["{r}", "--date", "17.3.2025"], '"17.3.2025" is not a date.'),
        (["{r}", "--date", "2025-03-17", "--date", "2025-03-18"], "2025-03-17 and 2025-03-18"),
        (["{r}", "--date", "2025-03-17", "-o", "{r}"], "is what is read here; nothing was written."),
        (["{r}", "--date", "2025-03-17", "-o", "{c}"], "this is not a record of reports."),
        (["{r}", "--date", "2025-03-17", "-o", "{n}", "--html", "{n}"], "two results would go into one file."),
        (
            ["{r}", "--date", "2025-03-17", "--model", "https://example.org/v1"],
            "would leave this machine, to example.org",
        ),
        (["{r}", "--date", "2025-03-17", "--model", "http://127.0.0.1:1/v1"], "the model at 127.0.0.1 did not answer"),
        (["{r}", "--date", "2025-03-17", "--actors", "{c}"], "`title` is not a name known here."),
    ],
)
def test_wrong_input_is_one_clear_error_and_nothing_is_written(report, tmp_path, words, said):
    other = tmp_path / "c.yaml"
    other.write_text("title: T\n")
    before = sorted(tmp_path.iterdir())
    names = {"r": report, "c": other, "n": tmp_path / "n"}
    result = call("read", *(word.format(**names) for word in words))
    assert result.exit_code == 2
    assert said in result.stderr
    assert sorted(tmp_path.iterdir()) == before
    assert other.read_text() == "title: T\n"


def test_a_draft_case_is_written_once_and_passes_the_check(report, tmp_path):
    out, case = tmp_path / "r.json", tmp_path / "case.yaml"
    call("read", report, "--date", "2025-03-17", "-o", out)
    unmarked = json.loads(out.read_text())
    for statement in unmarked["statements"]:
        statement["acts"] = []
    out.write_text(json.dumps(unmarked))
    refused = call("record", "to-case", out, "-o", case)
    assert refused.exit_code == 2
    assert "nothing to draft a case from" in refused.stderr
    plain = json.loads(out.read_text())
    for one in plain["statements"]:
        if one["speaker"].get("actor") == "ben-novak":
            one |= {"review": "accepted", "acts": [{"kind": "red-line", "issue": "valley"}]}
    out.write_text(json.dumps(plain))
    assert call("record", "to-case", out, "-o", case).exit_code == 0
    assert call("check", case).exit_code == 0
    assert "is there already; nothing was written." in call("record", "to-case", out, "-o", case).stderr


def test_brackets_in_a_report_are_printed_as_they_are(tmp_path):
    file = tmp_path / "r.txt"
    file.write_text("Norway proposed a truce of [/b] ten days. Sudan agreed to the truce.", "utf-8")
    result = call("read", file, "--date", "2025-03-17")
    assert result.exit_code == 0
    assert "proposed by Norway" in " ".join(result.stdout.split())
