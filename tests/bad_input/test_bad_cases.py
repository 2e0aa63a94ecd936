"""Broken case files: one clear problem for each mistake, at its place, with its mend, and never a crash.

The files stand in cases/, what each must say in expected.yaml. Files that cannot be kept as text are made here.
"""

import copy
import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from evenhand.case import CaseError, Problem, load_case, read_case
from evenhand.case.reading import parse_document

HERE = Path(__file__).parent
EXPECTED = YAML(typ="safe").load(HERE / "expected.yaml")
GOOD = """\
evenhand: 1
title: Two flats
parties:
  - {id: ana, name: Ana}
  - {id: ben, entitlement: 2}
  - {id: lee, role: mediator}
issues:
  - {id: house, kind: asset, joint: true}
  - {id: savings, kind: divisible, amount: 100, unit: EUR}
  - {id: school, kind: choice, options: [near, far]}
preferences:
  ana:
    points: {house: 40, savings: 30, school: 20}
    values: {school: {near: 100, far: 0}, house: {joint: 50}}
    doubt: {house: [30, 50]}
    together: [{when: {house: ana, school: near}, points: 5}]
  ben:
    points: {house: 30, savings: 40, school: 20}   # told us on Monday
    values: {school: {near: 0, far: 100}, house: {joint: 50}}
    values_doubt: {house: {joint: [40, 60]}}
    at_least_as_good: [{this: {savings: {ben: 1/2}}, than: {house: joint}}]
rules:
  - {id: r1, kind: red-line, party: ana, forbid: {savings: {ben: "> 2/3"}}, statements: [s1]}
  - {id: r2, kind: linkage, if: {school: near}, then: {house: ana}}
sources:
  - {id: q1, title: Letter, date: 2026-01-05}
statements:
  - {id: s1, source: q1, by: ana, says: "Not more than two thirds."}
"""


def problems_of(file: Path) -> tuple[Problem, ...]:
    with pytest.raises(CaseError) as raised:
        load_case(file)
    assert all(problem.mend and problem.what.endswith(".") for problem in raised.value.problems)
    assert all(problem.file == str(file) for problem in raised.value.problems)
    return raised.value.problems


def one_problem(folder: Path, content: str | bytes, name: str = "case.yaml") -> Problem:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = problems_of(file)
    assert len(found) == 1, [problem.text() for problem in found]
    return found[0]


def test_every_broken_file_has_its_expectation() -> None:
    assert sorted(EXPECTED) == sorted(file.name for file in (HERE / "cases").iterdir())
    assert len(EXPECTED) >= 55


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_file_gives_one_problem_for_each_mistake(name: str) -> None:
    found = problems_of(HERE / "cases" / name)
    assert [[problem.line, problem.path, problem.what, problem.mend] for problem in found] == EXPECTED[name]


def test_what_is_mended_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(GOOD)
    assert load_case(file).title == "Two flats"


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (GOOD.replace("Two flats", "Zwei Häuser").encode("latin-1"), 2, "not UTF-8 text"),
        (GOOD.encode("utf-16"), 0, "UTF-16"),
        (GOOD.encode("utf-16-le"), 0, "not a text file"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0", 0, "not a text file"),
        (b"\x89PNG\r\n\x1a\n", 1, "not UTF-8 text"),
        (b"PK\x03\x04\x14\0\x06\0", 0, "spreadsheet or archive"),
        (b"\n" * 10_000_001, 0, "larger than 10 MB"),
        (b" \n\t\n", 0, "the file is empty"),
        (b"\xef\xbb\xbf", 0, "the file is empty"),
    ],
)
def test_a_file_that_is_no_text_is_named_for_what_it_is(tmp_path: Path, content: bytes, line: int, what: str) -> None:
    problem = one_problem(tmp_path, content)
    assert problem.line == line
    assert what in problem.what


def test_a_workbook_named_yaml_is_pointed_to_the_import(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "points.xlsx")
    problem = one_problem(tmp_path, (tmp_path / "points.xlsx").read_bytes(), "points.yaml")
    assert "evenhand new --points" in problem.mend


def test_a_folder_a_missing_file_and_an_impossible_name_are_told_apart(tmp_path: Path) -> None:
    for file, what in ((tmp_path, "a folder"), (tmp_path / "none.yaml", "no such file")):
        (problem,) = problems_of(file)
        assert what in problem.what
    with pytest.raises(CaseError, match="not a name a file can have"):
        load_case("case\0.yaml")


@pytest.mark.parametrize("name", ["case.yaml", "case.json"])
@pytest.mark.parametrize(("start", "end"), [("[", "]"), ('{"a": ', "}")])
@pytest.mark.parametrize("depth", [1000, 100_000])
def test_deep_nesting_is_refused(tmp_path: Path, name: str, start: str, end: str, depth: int) -> None:
    assert "nested too deeply" in one_problem(tmp_path, start * depth + "1" + end * depth, name).what


def test_a_long_number_in_json_is_refused(tmp_path: Path) -> None:
    text = json.dumps({"title": "T"})[:-1] + ', "as_of": ' + "9" * 6000 + "}"
    (tmp_path / "case.json").write_text(text)
    assert any(problem.path == "as_of" for problem in problems_of(tmp_path / "case.json"))


def test_three_hundred_mistakes_are_all_reported_in_the_order_of_the_file(tmp_path: Path) -> None:
    rules = "".join(f"  - {{id: r{number}, kind: forbid, forbid: {{boat-{number}: ana}}}}\n" for number in range(300))
    file = tmp_path / "case.yaml"
    file.write_text(GOOD[: GOOD.index("rules:")] + "rules:\n" + rules)
    found = problems_of(file)
    assert [problem.path for problem in found] == [f"rules[{n}].forbid.boat-{n}" for n in range(300)]
    assert [problem.line for problem in found] == list(range(23, 323))


LINES = GOOD.splitlines(keepends=True)
SIGNS = st.text(
    alphabet=st.one_of(st.sampled_from("{}[]:,-#&*!|>'\"%@`?\\ \t\n0189./_~<=eE\u2028\u0085\ufeff"), st.characters()),
    min_size=1,
    max_size=4,
)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """A valid case after one to four accidents: lines lost, doubled or moved, signs put in or taken out."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["lose", "double", "move", "insert", "cut", "indent"])):
            case "lose":
                lines[place] = ""
            case "double":
                lines.insert(place, lines[place])
            case "move":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(place))
            case "insert":
                spot = draw(st.integers(0, len(lines[place])))
                lines[place] = lines[place][:spot] + draw(SIGNS) + lines[place][spot:]
            case "cut":
                spot = draw(st.integers(0, len(lines[place])))
                lines[place] = lines[place][:spot] + lines[place][spot + draw(st.integers(1, 3)) :]
            case "indent":
                lines[place] = draw(st.sampled_from(["  ", "\t", " "])) + lines[place]
    return "".join(lines)


STEADY = settings(
    derandomize=True, deadline=None, max_examples=200, database=None, suppress_health_check=list(HealthCheck)
)


STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 200),
    st.sampled_from(["", "ana", "joint", "rank-only", "> 1/2", "<= 2", "1/0", "near", "x y", "2026-01-01", "s1"]),
    st.sampled_from([[], [[]], {}, {"ana": 1}, {"id": "ana"}, ["ana"], [1, 2], {"house": {}}, {"": ""}]),
)


@st.composite
def misshapen(draw: st.DrawFn) -> object:
    """A valid case in which one to three parts were replaced by something of another shape, or lost."""
    tree = json.loads(json.dumps(YAML(typ="safe", pure=True).load(GOOD), default=str))
    for _ in range(draw(st.integers(1, 3))):
        part = tree
        while True:
            keys = list(part) if isinstance(part, dict) else list(range(len(part)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(part[key], dict | list) and draw(st.integers(0, 3)):
                part = part[key]
                continue
            if draw(st.integers(0, 4)):
                part[key] = copy.deepcopy(draw(STRANGE))
            else:
                del part[key]
            break
    return tree


def assert_read_or_refused(text: str, name: str) -> None:
    begun = time.monotonic()
    found: tuple[Problem, ...] = ()
    try:
        read_case(parse_document(text, name, is_json=name.endswith(".json")))
    except CaseError as error:
        found = error.problems
        str(error).encode()
    assert all(problem.mend for problem in found)
    assert time.monotonic() - begun < 5


@STEADY
@given(spoiled())
def test_a_spoiled_case_is_read_or_refused_but_never_crashes(text: str) -> None:
    assert_read_or_refused(text, "case.yaml")


@STEADY
@given(misshapen())
def test_a_misshapen_case_is_read_or_refused_but_never_crashes(tree: object) -> None:
    assert_read_or_refused(json.dumps(tree), "case.json")


@STEADY
@given(st.lists(st.tuples(st.integers(0, 2000), SIGNS), min_size=1, max_size=3))
def test_a_spoiled_json_case_is_read_or_refused_but_never_crashes(accidents: list[tuple[int, str]]) -> None:
    text = json.dumps(YAML(typ="safe", pure=True).load(GOOD), default=str)
    for spot, signs in accidents:
        text = text[: spot % len(text)] + signs + text[spot % len(text) + len(signs) :]
    assert_read_or_refused(text, "case.json")


@STEADY
@given(st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=3)), min_size=1, max_size=3))
def test_a_file_with_stray_bytes_is_read_or_refused_but_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, accidents: list[tuple[int, bytes]]
) -> None:
    data = GOOD.encode()
    for spot, stray in accidents:
        data = data[: spot % len(data)] + stray + data[spot % len(data) :]
    file = tmp_path_factory.getbasetemp() / "stray.yaml"
    file.write_bytes(data)
    try:
        load_case(file)
    except CaseError as error:
        str(error).encode()
