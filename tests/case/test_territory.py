"""Land in a case: what lines are worth follows from the cells, exactly, and is never written into the file."""

from fractions import Fraction

import pytest

from evenhand.case import Case, Territory, case_digest, case_text, read_case, unread_maps, with_line_values
from evenhand.case.reading import parse_document

TEXT = """\
evenhand: 1
title: A valley
parties:
  - {id: ana}
  - {id: ben}
issues:
  - id: valley
    kind: territory
    map: valley.geojson   # drawn in May
    fixed: {c1: ana, 4: ben}
    joint: true
    assets: {mill: c2, barn: c3}
    lines:
      river: {ana: [c1, c2, c3], ben: [4]}
      ridge: {ana: [c1], joint: [c2, c3], ben: [4]}
  - {id: mill, kind: asset, joint: true}
  - {id: barn, kind: asset}
preferences:
  ana:
    points: {valley: 60, mill: 40, barn: 5}
    values: {mill: {joint: 50}}
    land: {valley: {cells: {c1: 1, c2: 4, c3: 1/3, 4: 1}}}
  ben:
    points: {valley: 70, mill: 30, barn: 5}
    values: {mill: {joint: 50}, valley: {river: 10, ridge: 55}}
rules:
  - {id: r1, kind: red-line, party: ana, forbid: {valley: river, barn: ben}}
"""


def case(text: str = TEXT) -> Case:
    return read_case(parse_document(text))


def test_a_line_is_worth_its_part_of_the_cells_exactly() -> None:
    worth = case().preferences["ana"].values["valley"]
    whole = Fraction(1) + 4 + Fraction(1, 3) + 1
    assert worth["river"] == 100 * (whole - 1) / whole
    assert worth["ridge"] == 100 * (1 + (4 + Fraction(1, 3)) / 2) / whole
    assert case().preferences["ben"].values["valley"] == {"river": 10, "ridge": 55}


def test_a_joint_cell_counts_as_the_case_says() -> None:
    third = case(TEXT.replace("joint: true\n    assets", "joint: {share: 1/3}\n    assets"))
    whole = Fraction(19, 3)
    assert third.preferences["ana"].values["valley"]["ridge"] == 100 * (1 + Fraction(13, 9)) / whole


def test_what_stands_on_a_cell_goes_with_it_and_on_a_joint_one_only_where_it_may_be_joint() -> None:
    made = {rule.id: (rule.if_, rule.then) for rule in case().rules[1:]}
    assert made == {
        "valley.mill.ana": ({"valley": ("river",)}, {"mill": ("ana",)}),
        "valley.mill.joint": ({"valley": ("ridge",)}, {"mill": ("joint",)}),
        "valley.barn.ana": ({"valley": ("river",)}, {"barn": ("ana",)}),
    }


def test_making_what_follows_twice_changes_nothing() -> None:
    assert with_line_values(case()) == case()


def test_what_follows_is_never_written_into_the_file() -> None:
    found = case()
    assert case_text(found, previous=TEXT) == TEXT
    renamed = case_text(found.model_copy(update={"title": "Two valleys"}), previous=TEXT)
    assert renamed == TEXT.replace("A valley", "Two valleys")
    assert "valley.mill" not in case_text(found)
    assert read_case(parse_document(case_text(found))) == found
    assert read_case(parse_document(case_text(found, as_json=True), is_json=True)) == found
    assert case_digest(read_case(parse_document(case_text(found)))) == case_digest(found)


def test_a_line_added_to_a_case_is_saved_beside_the_others() -> None:
    found = case()
    valley = found.issue("valley")
    assert isinstance(valley, Territory)
    lines = {**valley.lines, "road": {"ana": ("c1", "c3"), "ben": ("c2", "4")}}
    issues = (valley.model_copy(update={"lines": lines}), *found.issues[1:])
    plain = TEXT.replace(", valley: {river: 10, ridge: 55}}", "}\n    land: {valley: {columns: {people: 1}}}")
    previous = case(plain)
    added = with_line_values(previous.model_copy(update={"issues": issues}))
    text = case_text(added, previous=plain)
    assert read_case(parse_document(text)) == added
    assert "# drawn in May" in text
    assert "road:" in text


def test_the_worth_of_columns_is_open_until_the_map_is_read() -> None:
    open_case = case(TEXT.replace("cells: {c1: 1, c2: 4, c3: 1/3, 4: 1}", "columns: {people: 1}"))
    assert [land.id for land in unread_maps(open_case)] == ["valley"]
    cells = {"c1": Fraction(1), "c2": Fraction(4), "c3": Fraction(0), "4": Fraction(5)}
    known = with_line_values(open_case, {("ana", "valley"): cells})
    assert known.preferences["ana"].values["valley"] == {"river": 50, "ridge": 30}
    assert unread_maps(known) == ()
    assert case_text(known) == case_text(open_case)


def test_a_territory_without_lines_waits_for_its_map() -> None:
    start = TEXT.index("    lines:")
    bare = TEXT[:start] + TEXT[TEXT.index("  - {id: mill") : TEXT.index("rules:")]
    bare = bare.replace(", valley: {river: 10, ridge: 55}}", "}\n    land: {valley: {columns: {people: 1}}}")
    assert [land.id for land in unread_maps(case(bare))] == ["valley"]


@pytest.mark.parametrize("party", ["ana", "ben"])
def test_a_party_sees_nothing_of_what_land_is_worth_to_another(party: str) -> None:
    assert list(case().seen_by(party).preferences) == [party]
