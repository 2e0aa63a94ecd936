"""`evenhand land divide`: lines measured, certified, drawn and put on the table; nothing of others for one party."""

import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from calling import ROOT, call

from evenhand.case import load_case

VALLEY = ROOT / "examples" / "valley"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("case.yaml", "valley.geojson"):
        shutil.copy(VALLEY / name, tmp_path)
    text = (tmp_path / "case.yaml").read_text("utf-8")
    start, end = text.index("    # The lines on the table"), text.index("  - {id: dam,")
    (tmp_path / "bare.yaml").write_text(text[:start] + text[end:], "utf-8")
    return tmp_path


def test_the_lines_fit_a_terminal_and_say_what_is_proved_and_what_is_not(folder):
    shown = call("land", "divide", "case.yaml", "--lines", 4, "--steps", 200, cwd=folder).stdout
    assert max(len(line) for line in shown.splitlines()) <= 80
    unproved = call("land", "divide", "case.yaml", "--lines", 3, "--steps", 0, "--no-proof", cwd=folder).stdout
    assert "is not claimed" in unproved
    for words in (
        "river",
        "line-1",
        "Each side of every line hangs together",
        "at most",
        "proved in whole numbers",
        "Seed: 0.",
    ):
        assert words in shown


def test_json_has_exact_numbers_and_a_proof_of_connection_for_each_line(folder):
    found = json.loads(call("land", "divide", "case.yaml", "--lines", 4, "--steps", 100, "--json", cwd=folder).stdout)
    assert [line["on_the_table"] for line in found["lines"]][:3] == [True] * 3
    for line in found["lines"]:
        people = sum(Fraction(side["people"]) for side in line["sides"].values())
        assert people == 96754
        assert [row["verdict"] for row in line["certificates"]] == ["holds", "holds"]
        assert Fraction(line["worst_level"]) <= Fraction(found["limit"]["worst_level_at_most"])
    river = found["lines"][0]
    case = json.loads(call("divide", "case.yaml", "--by", "nash", "--json", cwd=folder).stdout)
    assert case["deal"]["valley"] == "river"
    assert case["lines"] == {"valley": {"considered": 3, "on_the_table": True}}
    assert Fraction(river["points"]["hill"]) < 50


def test_saved_lines_go_on_the_table_and_nothing_else_changes(folder):
    before = (folder / "bare.yaml").read_text("utf-8")
    call("land", "divide", "bare.yaml", "--lines", 3, "--steps", 0, "--save", cwd=folder)
    after = (folder / "bare.yaml").read_text("utf-8")
    start, end = after.index("    lines:"), after.index("  - {id: dam,")
    assert after[:start] + after[end:] == before
    case = load_case(folder / "bare.yaml")
    assert [line for line in case.issue("valley").lines if line.startswith("line-")]
    again = call("land", "divide", "bare.yaml", "--lines", 3, "--steps", 0, "--save", cwd=folder).stdout
    assert "nothing new" in again
    assert (folder / "bare.yaml").read_text("utf-8") == after


def test_a_folder_gets_a_map_for_each_line_and_a_page_without_network(folder):
    call("land", "divide", "case.yaml", "--on-the-table", "--steps", 0, "-o", "out", cwd=folder)
    assert sorted(file.name for file in (folder / "out").iterdir()) == [
        "dam-to-hill.geojson",
        "east-bank-and-more.geojson",
        "lines.html",
        "river.geojson",
    ]
    drawn = json.loads((folder / "out" / "east-bank-and-more.geojson").read_text("utf-8"))
    assert [row["properties"]["side"] for row in drawn["features"]] == ["hill", "shore", "joint"]
    assert not any("points" in row["properties"] for row in drawn["features"])
    page = (folder / "out" / "lines.html").read_text("utf-8")
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org", "")
    call("land", "divide", "case.yaml", "--on-the-table", "--steps", 0, "-o", "all.geojson", cwd=folder)
    assert len(json.loads((folder / "all.geojson").read_text("utf-8"))["features"]) == 7


def test_a_page_to_move_the_line_holds_all_it_needs_and_one_partys_only_its_own(folder):
    call("land", "divide", "case.yaml", "--on-the-table", "--steps", 0, "--edit", "all.html", cwd=folder)
    call("land", "divide", "case.yaml", "--for", "shore", "--edit", "shore.html", cwd=folder)
    pages = [(folder / name).read_text("utf-8") for name in ("all.html", "shore.html")]
    for page in pages:
        assert "default-src 'none'" in page
        assert " src=" not in page
    found = [json.loads(page.split('id="data">')[1].split("</script>")[0]) for page in pages]
    assert [list(data["values"]) for data in found] == [["hill", "shore"], ["shore"]]
    river = found[0]["lines"][0]["sides"]
    part = sum(value for value, side in zip(found[0]["values"]["hill"], river, strict=True) if side == 0)
    assert round(part * found[0]["points"]["hill"], 2) == 27.49


def test_one_partys_view_does_not_depend_on_anothers_numbers(folder):
    text = (folder / "case.yaml").read_text("utf-8")
    other = text.replace("columns: {people: 3, mw: 2, area_km2: 1}", "columns: {mw: 1}").replace(
        "valley: 45", "valley: 7"
    )
    assert other != text
    (folder / "other.yaml").write_text(other, "utf-8")
    views = [
        call("land", "divide", name, "--for", "hill", *more, cwd=folder).stdout
        for more in ((), ("--json",))
        for name in ("case.yaml", "other.yaml")
    ]
    assert views[0] == views[1]
    assert views[2] == views[3]
    assert "27.49" in views[0]
    assert "27.96" not in views[0]


def test_lines_found_are_no_partys_to_see_before_they_are_on_the_table(folder):
    for words in (("land", "divide", "bare.yaml"), ("divide", "bare.yaml", "--by", "nash"), ("report", "bare.yaml")):
        assert "no line is on the table" in call(*words, "--for", "hill", cwd=folder, code=2).stderr
    assert not (folder / "report-hill.html").exists()


def test_other_commands_seek_as_many_lines_as_the_case_says_where_none_is_on_the_table_and_say_so(folder):
    text = (folder / "bare.yaml").read_text("utf-8")
    (folder / "bare.yaml").write_text(text.replace("map: valley.geojson", "map: valley.geojson\n    seek: 4"), "utf-8")
    done = call("divide", "bare.yaml", "--by", "nash", "--json", "--certificates", "c.json", cwd=folder)
    assert json.loads(done.stdout)["deal"]["valley"].startswith("line-")
    rechecked = call("certify", "bare.yaml", "--recheck", "c.json", cwd=folder)
    assert " 0 refuted" in rechecked.stdout
    assert "were sought" in rechecked.stderr
    assert json.loads(done.stdout)["lines"] == {"valley": {"considered": 4, "on_the_table": False}}
    assert "4 lines are considered, sought" in " ".join(call("bargain", "bare.yaml", cwd=folder).stdout.split())
    assert '"valley": {"considered": 4' in call("frontier", "bare.yaml", "--json", cwd=folder).stdout


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("case.yaml", "--by", "longest"), 'there is no aim "longest"'),
        (("case.yaml", "--by", "least-movement"), "Who would have to move is not said"),
        (("case.yaml", "--least", "most"), '"most" is not a number'),
        (("case.yaml", "--least", "150%"), "--least 150% is no part"),
        (("bare.yaml", "--on-the-table"), "no line is on the table"),
        (("case.yaml", "--edit", "case.yaml"), "is the case itself"),
        (("case.yaml", "--issue", "vale"), 'there is no territory "vale"'),
        (("case.yaml", "-o", "case.yaml"), "is the case itself"),
        (("case.yaml", "--save", "--for", "hill"), "is for the mediator"),
        ((ROOT / "examples" / "estate" / "case.yaml",), "the case has no territory"),
        (("cut.yaml",), "hill cannot have"),
        (("apart.yaml",), "in 2 pieces"),
        (("whole.yaml",), "only whole lines are valued"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(folder, words, what):
    text = (folder / "bare.yaml").read_text("utf-8")
    ring = ", ".join(f"{cell}: shore" for cell in ("a2", "b2", "c2", "c3", "c4", "b4", "a4"))
    (folder / "cut.yaml").write_text(text.replace("h4: shore}", f"h4: shore, {ring}, h1: hill}}"), "utf-8")
    drawn = json.loads((folder / "valley.geojson").read_text("utf-8"))
    drawn["features"] = [row for row in drawn["features"] if row["properties"]["id"][0] not in "d"]
    (folder / "apart.geojson").write_text(json.dumps(drawn), "utf-8")
    apart = text.replace("valley.geojson", "apart.geojson").replace("links: [[d5, e5], [d6, e6]]", "links: []")
    (folder / "apart.yaml").write_text(apart.replace("blocks: [[c4, d4]]", "blocks: []"), "utf-8")
    case = (folder / "case.yaml").read_text("utf-8")
    start = case.index("    land: {valley: {columns: {people: 3")
    own = case[start : case.index("\n", start)]
    valued = case.replace(own, "").replace("joint: 50}, tolls", "joint: 50}, valley: {VALUES}, tolls")
    values = "river: 60, dam-to-hill: 20, east-bank-and-more: 70"
    (folder / "whole.yaml").write_text(valued.replace("VALUES", values), "utf-8")
    assert what in call("land", "divide", *words, cwd=folder, code=2).stderr
