"""Broken files of other negotiation programs: one clear problem for each mistake, at its line, and never a crash."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evenhand.bargain.exchange import FORMATS, case_files, read_scenario
from evenhand.case import Case, CaseError, Problem
from evenhand.cli.app import app

VALUES = {"food": {"soup": 100, "fish": 25}, "drink": {"tea": 100, "water": 50}}
CASE = Case.model_validate(
    {
        "title": "Lunch",
        "parties": [{"id": "ana"}, {"id": "ben"}],
        "issues": [
            {"id": "food", "kind": "choice", "options": ["soup", "fish"]},
            {"id": "drink", "kind": "choice", "options": ["tea", "water"]},
        ],
        "preferences": {
            "ana": {"points": {"food": 60, "drink": 40}, "values": VALUES, "no_deal": 100},
            "ben": {"points": {"food": 30, "drink": 70}, "values": VALUES, "no_deal": 100},
        },
    }
)
GOOD = {form: dict(case_files(CASE, form).files) for form in FORMATS}


def laid_out(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(CaseError) as raised:
        read_scenario([folder])
    assert all(problem.mend and problem.what.endswith(".") for problem in raised.value.problems)
    return raised.value.problems


def changed(form: str, name: str, old: str, new: str) -> dict[str, str]:
    text = GOOD[form][name]
    assert old in text, text
    return {**GOOD[form], name: text.replace(old, new, 1)}


@pytest.mark.parametrize("form", FORMATS)
def test_the_files_that_are_broken_below_can_be_read(form: str, tmp_path: Path) -> None:
    assert read_scenario([laid_out(tmp_path, GOOD[form])]).case.preferences["ana"].no_deal == 100


XML, JSON, YAML, DOMAIN = "1-ana.xml", "1-ana.json", "1-ana.yml", "domain.json"
WEIGHTS = '{\n      "food": 0.6,\n      "drink": 0.4\n    }'
BAD = {
    # what was done to which file: format, file, old, new, then the line, what is wrong, what would mend it
    "unknown issue": ("genius", XML, 'name="food"', 'name="fod"', 5, 'no issue "fod"', 'Did you mean "food"?'),
    "unknown option": ("genius", XML, 'value="soup"', 'value="soap"', 6, 'no option "soap"', 'Did you mean "soup"?'),
    "weight missing": ("genius", XML, '<weight index="2" value="0.4"/>', "", 9, "weight of", '<weight index="2"'),
    "weight in words": ("genius", XML, '"0.6"', '"high"', 3, '"high" is not a number', "an integer"),
    "weight below zero": ("genius", XML, '"0.6"', '"-0.6"', 3, "below 0", "0 or more"),
    "weight twice": ("genius", XML, '<weight index="2"', '<weight index="1"', 4, "a second weight", "Keep one"),
    "evaluation below zero": ("genius", XML, '"0.25"', '"-1"', 7, "below 0", "0 or more"),
    "evaluation missing": ("genius", XML, 'evaluation="0.25"', "", 7, "no `evaluation`", 'evaluation="…"'),
    "item missing": ("genius", XML, '<item index="2" value="fish" evaluation="0.25"/>', "", 5, '"fish"', "<item"),
    "evaluation not finite": ("genius", XML, '"0.25"', '"NaN"', 7, '"NaN" is not a number', "an integer"),
    "an endless number": ("genius", XML, '"0.25"', '"1e999"', 7, "too large", "larger unit"),
    "a range of numbers": ("genius", "domain.xml", 'type="discrete"', 'type="integer"', 4, "a range", "items"),
    "option gone": ("genius", "domain.xml", '<item index="1" value="soup" description=""/>', "", 6, '"soup"', "fish"),
    "no objective": ("genius", XML, "objective", "goal", 1, "0 objectives", "one <objective>"),
    "reservation a word": ("genius", XML, 'reservation value="1.0"', 'reservation value="a"', 15, '"a"', "an integer"),
    "json weight in words": ("geniusweb", JSON, '"food": 0.6', '"food": "high"', 16, '"high"', "an integer"),
    "json weight missing": ("geniusweb", JSON, '"food": 0.6,', "", 15, '"food" is missing', "a value for food"),
    "json weights a list": ("geniusweb", JSON, WEIGHTS, "[0.6, 0.4]", 15, "a group of names", ""),
    "json utility above 1": ("geniusweb", JSON, '"fish": 0.25', '"fish": 25', 24, "above 1", "largest"),
    "json utility below 0": ("geniusweb", JSON, '"fish": 0.25', '"fish": -1', 24, "below 0", "0 or more"),
    "json unknown value": ("geniusweb", JSON, '"fish": 0.25', '"fsh": 0.25', 24, 'no value "fsh"', '"fish"'),
    "json numbers": ("geniusweb", JSON, '"Discrete', '"Number', 20, "not a list", "DiscreteValueSetUtilities"),
    "json range": ("geniusweb", DOMAIN, '"values": ["soup", "fish"]', '"range": ["0", "9"]', 5, "a range", "`values`"),
    "json values a text": ("geniusweb", DOMAIN, '["soup", "fish"]', '"soup"', 5, "a list was", "this line"),
    "json bid unknown": ("geniusweb", JSON, '"food": "soup"', '"food": "stew"', 39, '"stew"', "Name one"),
    "yaml table missing": ("negmas", YAML, "- type: TableFun", "- type: LinearFun", 4, "LinearFun is", "TableFun"),
    "yaml weight missing": ("negmas", YAML, "- 60.0\n", "", 12, "1 parts", "for each issue"),
    "yaml entry in words": ("negmas", YAML, '"fish": 0.25', '"fish": low', 7, '"low"', "an integer"),
    "yaml entry unknown": ("negmas", YAML, '"fish"', '"fsh"', 7, 'no value "fsh"', '"fish"'),
    "yaml other function": ("negmas", YAML, "LinearAdditive", "Hyper", 2, "weighted sum", "LinearAdditive"),
    "yaml real issue": ("negmas", "domain.yml", "CategoricalIssue", "ContinuousIssue", 2, "Continuous", "Categorical"),
    "yaml reserved a word": ("negmas", YAML, "reserved_value: 100.0", "reserved_value: none", 15, "none", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_named_at_its_line(name: str, tmp_path: Path) -> None:
    form, file, old, new, line, what, mend = BAD[name]
    files = changed(form, file, old, new)
    if name == "no objective":
        files[file] = GOOD[form][file].replace("objective", "goal")
    found = problems_of(laid_out(tmp_path, files))
    told = [one for one in found if what in one.what and mend in one.mend and line in (0, one.line)]
    assert told, [problem.text() for problem in found]


@pytest.mark.parametrize("form", FORMATS)
def test_a_truncated_file_is_refused_wherever_it_ends(form: str, tmp_path: Path) -> None:
    for name, text in GOOD[form].items():
        for end in range(1, len(text) - 2, 1 + len(text) // 15):
            assert_read_or_refused(laid_out(tmp_path, {**GOOD[form], name: text[:end]}))


def assert_read_or_refused(folder: Path) -> None:
    found: tuple[Problem, ...] = ()
    try:
        read_scenario([folder])
    except CaseError as error:
        found = error.problems
        assert found
    assert all(problem.what and problem.mend for problem in found)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("seed", range(15))
def test_a_damaged_file_is_read_or_refused_but_never_crashes(form: str, seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    files = {name: bytearray(text.encode()) for name, text in GOOD[form].items()}
    for data in files.values():
        for _ in range(dice.randint(0, 3)):
            data[dice.randrange(len(data))] = dice.choice(b"<>&\"'/=019aZ{}[]:-, \n\xff")
    assert_read_or_refused(laid_out(tmp_path, {name: bytes(data) for name, data in files.items()}))


@pytest.mark.parametrize("put", [None, [], {}, "x", "-1", [["x"]], {"a": {"b": "c"}}])
def test_json_of_wrong_types_is_refused_but_never_crashes(put: object, tmp_path: Path) -> None:
    tree = json.loads(GOOD["geniusweb"]["1-ana.json"])
    for broken in replaced(tree, put):
        assert_read_or_refused(laid_out(tmp_path, {**GOOD["geniusweb"], "1-ana.json": json.dumps(broken)}))


def replaced(tree: object, put: object) -> list[object]:
    """The tree with each of its parts replaced in turn."""
    found: list[object] = [put]
    if isinstance(tree, dict):
        for name, part in tree.items():
            found += [{**tree, name: other} for other in replaced(part, put)]
    return found


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n<utility_space x="&b;"/>'
OUTSIDE = '<!DOCTYPE l SYSTEM "file:///etc/passwd">\n<utility_space/>'


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE])
def test_entities_are_refused_before_they_unfold(text: str, tmp_path: Path) -> None:
    (found,) = problems_of(laid_out(tmp_path, {**GOOD["genius"], XML: text}))
    assert "DOCTYPE" in found.what
    assert found.line == 1


def test_deep_markup_is_refused(tmp_path: Path) -> None:
    (found,) = problems_of(laid_out(tmp_path, {**GOOD["genius"], XML: "<a>" * 100_000}))
    assert "nested too deeply" in found.what


def test_several_mistakes_are_reported_together(tmp_path: Path) -> None:
    text = GOOD["genius"][XML].replace('"0.6"', '"x"').replace('evaluation="0.25"', 'evaluation="-2"')
    found = problems_of(laid_out(tmp_path, {**GOOD["genius"], XML: text}))
    assert [problem.line for problem in found] == [3, 7]


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({}, "no file of GENIUS, GeniusWeb or NegMAS"),
        ({**GOOD["genius"], **GOOD["negmas"]}, "more than one format"),
        ({"domain.xml": GOOD["genius"]["domain.xml"]}, "what a party wants"),
        ({XML: GOOD["genius"][XML]}, "domain file is missing"),
        ({"1-ana.yml": GOOD["negmas"]["1-ana.yml"]}, "domain file is missing"),
        ({**GOOD["genius"], "second.xml": GOOD["genius"]["domain.xml"]}, "second domain"),
    ],
)
def test_a_folder_that_holds_no_scenario_says_what_is_missing(files: dict[str, str], what: str, tmp_path: Path) -> None:
    (found,) = problems_of(laid_out(tmp_path, files))
    assert what in found.what


def test_the_command_ends_with_2_and_writes_nothing(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, changed("genius", XML, '"0.6"', '"x"'))
    done = CliRunner().invoke(app, ["convert", str(folder), "-o", str(tmp_path / "case.yaml")])
    assert done.exit_code == 2
    assert "1-ana.xml:3:" in done.stderr
    assert not (tmp_path / "case.yaml").exists()
