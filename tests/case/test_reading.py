"""What the reader keeps: text as text, and the line of every part."""

import json

import pytest

from evenhand.case import Place, read_case
from evenhand.case.reading import parse_document, path_text

FLOW = "evenhand: 1\nparties: [{id: ana}, {id: ben,\n  name: Ben}]\nrules: {}\n"
BLOCK = "evenhand: 1\nparties:\n  - id: ana\n  - id: ben\n    name: Ben\nrules: {}\n"
JSON = '{\n "evenhand": 1,\n\t"parties": [\n  {"id": "ana"},\n  {"id": "ben",\n   "name": "Ben"}]\n}\n'


@pytest.mark.parametrize(
    ("text", "is_json", "places"),
    [
        (FLOW, False, {(): (1, 1), ("parties", 0, "id"): (2, 12), ("parties", 1): (2, 22), ("rules",): (4, 1)}),
        (FLOW, False, {("parties", 1, "name"): (3, 3)}),
        (BLOCK, False, {("parties", 0): (3, 5), ("parties", 1, "id"): (4, 5), ("parties", 1, "name"): (5, 5)}),
        (JSON, True, {("parties",): (3, 2), ("parties", 0, "id"): (4, 4), ("parties", 1, "name"): (6, 4)}),
    ],
)
def test_every_part_knows_its_line(
    text: str, is_json: bool, places: dict[tuple[str | int, ...], tuple[int, int]]
) -> None:
    document = parse_document(text, is_json=is_json)
    assert {path: (document.place(path).line, document.place(path).column) for path in places} == places


def test_a_part_that_is_not_there_has_the_place_of_what_is_around_it() -> None:
    document = parse_document(BLOCK)
    assert document.place(("parties", 1, "role")) == document.place(("parties", 1)) == Place(4, 5)
    assert path_text(("parties", 1, "role")) == "parties[1].role"


@pytest.mark.parametrize("word", ["no", "on", "12", "1e3", "0x1", "Yes", "2026-01-05", "08", "null-island"])
def test_ids_that_look_like_numbers_or_truth_values_stay_text(word: str) -> None:
    preferences = f"preferences:\n  {word}:\n    points: {{{word}: 5}}\n"
    text = f"title: T\nparties:\n  - id: {word}\nissues: [{{id: {word}, kind: asset}}]\n{preferences}"
    case = read_case(parse_document(text))
    assert [case.parties[0].id, case.issues[0].id, *case.preferences] == [word] * 3
    tree = json.dumps(parse_document(text).tree)
    assert read_case(parse_document(tree, is_json=True)) == case


def test_json_joins_the_two_halves_of_a_character() -> None:
    assert parse_document('{"a": "\\ud83d\\udd4a"}', is_json=True).tree == {"a": "\U0001f54a"}


def test_a_number_never_passes_through_a_binary_float() -> None:
    assert parse_document('{"a": 0.10, "b": 1e2}', is_json=True).tree == {"a": "0.10", "b": "1e2"}


TEXTS = [
    '{"a": [1, 2.50, -3e2, true, false, null, "null", "~", ""], "b": {"c": "x\\ty"}}',
    '\t{"a":\t{"b": []}}\n',
    '[{"a": {}}, "40/3", NaN]',
    '{"é": "ü\\u0041", "long": 123456789012345678901234567890}',
    '{"a": 1, "a": 2}',
    '"text"',
]


@pytest.mark.parametrize("text", TEXTS)
def test_json_read_in_one_go_is_what_the_careful_reader_reads(text: str) -> None:
    from evenhand.case.reading import _with_places

    careful, quick = _with_places(text, "case", is_json=True), parse_document(text, is_json=True)
    assert (quick.tree, dict(quick.places), quick.problems) == (careful.tree, dict(careful.places), careful.problems)
