"""Points tables from spreadsheets: what is read, what a case makes of it."""

from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from evenhand.case import Case, CaseError, PointsTable, case_from_table, case_text, read_points_table, with_points
from evenhand.case.reading import parse_document
from evenhand.case.tables import id_of
from strategies import case_of

PLAIN = "issue,Ana,Ben\nThe house,60,50\nSavings,40,50\n"


def read(folder: Path, text: str, name: str = "points.csv") -> PointsTable:
    file = folder / name
    file.write_bytes(text.encode())
    return read_points_table(file)


def workbook(folder: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = folder / "points.xlsx"
    book.save(file)
    return file


def problems(table: PointsTable, case: Case) -> list[str]:
    with pytest.raises(CaseError) as raised:
        with_points(case, table)
    return [problem.text() for problem in raised.value.problems]


def test_a_plain_csv_gives_names_and_exact_points(tmp_path: Path) -> None:
    table = read(tmp_path, PLAIN)
    assert table.parties == ("Ana", "Ben")
    assert table.issues == ("The house", "Savings")
    assert table.kinds == ("asset", "asset")
    assert table.burden == (False, False)
    assert table.points["Ben"] == {"The house": Fraction(50), "Savings": Fraction(50)}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_usual_dialect_of_csv_reads_the_same(tmp_path: Path, delimiter: str, start: str, newline: str) -> None:
    text = start + PLAIN.replace(",", delimiter).replace("\n", newline)
    assert read(tmp_path, text).points == read(tmp_path, PLAIN).points


def test_a_comma_in_a_name_does_not_divide_the_row(tmp_path: Path) -> None:
    assert read(tmp_path, "issue;Ana, née Roy;Ben\nhouse;1;2\n").parties == ("Ana, née Roy", "Ben")
    assert read(tmp_path, 'issue,"Roy, Ana",Ben\nhouse,1,2\n').parties == ("Roy, Ana", "Ben")


def test_decimals_and_fractions_stay_exact(tmp_path: Path) -> None:
    table = read(tmp_path, "issue,Ana,Ben\nhouse,0.1,40/3\n")
    assert table.points["Ana"]["house"] == Fraction(1, 10)
    assert table.points["Ben"]["house"] == Fraction(40, 3)


def test_points_below_zero_mark_a_burden(tmp_path: Path) -> None:
    assert read(tmp_path, "issue,Ana,Ben\ndebt,-10,0\nhouse,5,0\n").burden == (True, False)


def test_the_kind_column_is_optional_and_forgiving(tmp_path: Path) -> None:
    table = read(tmp_path, "issue,Kind,Ana\nhouse,,5\nsavings,Divisible,5\n")
    assert table.kinds == ("asset", "divisible")
    assert table.parties == ("Ana",)


def test_empty_rows_and_empty_columns_at_the_end_are_passed_over(tmp_path: Path) -> None:
    assert read(tmp_path, "\nissue,Ana,Ben,,\n,,,,\nhouse,1,2,,\n\n").issues == ("house",)


def test_a_workbook_reads_like_the_same_csv(tmp_path: Path) -> None:
    file = workbook(tmp_path, [["issue", "Ana", "Ben"], ["The house", 60, 50], ["Savings", 40.0, "50"]])
    assert read_points_table(file).points == read(tmp_path, PLAIN).points


def test_a_number_of_a_spreadsheet_is_the_decimal_it_shows(tmp_path: Path) -> None:
    file = workbook(tmp_path, [["issue", "Ana", "Ben"], ["house", 0.1, "40/3"], [2024, 33.33, 1e-7]])
    table = read_points_table(file)
    assert table.points["Ana"] == {"house": Fraction(1, 10), "2024": Fraction(3333, 100)}
    assert table.points["Ben"] == {"house": Fraction(40, 3), "2024": Fraction(1, 10**7)}


def test_an_empty_second_sheet_does_no_harm(tmp_path: Path) -> None:
    file = workbook(tmp_path, [["issue", "Ana"], ["house", 1]])
    book = Workbook()
    book.active.append(["issue", "Ana"])
    book.active.append(["house", 1])
    book.create_sheet("notes")
    book.save(file)
    assert read_points_table(file).issues == ("house",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The house", "the-house"),
        ("  Müller & Söhne_GmbH ", "müller-söhne-gmbh"),
        ("Дом № 5", "дом-5"),
        ("!!", ""),
        ("a" * 70, "a" * 60),
    ],
)
def test_an_id_is_made_from_a_name(name: str, expected: str) -> None:
    assert id_of(name) == expected


def test_a_case_made_from_a_table_keeps_the_names(tmp_path: Path) -> None:
    text = "issue,kind,Ana Roy,ben\nThe house,asset,60,1/2\nTax debt,divisible,-5,-7.5\n"
    case = case_from_table(read(tmp_path, text), "Dissolving: the partnership")
    assert case.title == "Dissolving: the partnership"
    assert [(party.id, party.label) for party in case.parties] == [("ana-roy", "Ana Roy"), ("ben", "ben")]
    assert [(issue.id, issue.label, issue.kind) for issue in case.issues] == [
        ("the-house", "The house", "asset"),
        ("tax-debt", "Tax debt", "divisible"),
    ]
    assert case.preferences["ben"].points == {"the-house": Fraction(1, 2), "tax-debt": Fraction(-15, 2)}
    assert case.issue("tax-debt").burden


def test_a_case_made_from_a_table_saves_and_reads_back(tmp_path: Path) -> None:
    from evenhand.case import read_case

    case = case_from_table(read(tmp_path, PLAIN), "Flat")
    assert read_case(parse_document(case_text(case))) == case


CASE = {
    "title": "Flat",
    "parties": [{"id": "ana", "name": "Ana Roy"}, {"id": "ben"}, {"id": "lee", "role": "mediator"}],
    "issues": [
        {"id": "house", "name": "The big house", "kind": "asset"},
        {"id": "debt", "kind": "asset", "burden": True},
    ],
    "preferences": {
        "ana": {"points": {"house": 60, "debt": -5}, "no_deal": 3, "doubt": {"house": [50, 70]}},
        "ben": {"points": {"house": 1, "debt": 0}},
    },
}


@pytest.mark.parametrize("heading", ["Ana Roy,BEN", "ana,ben", "ANA,Ben", "ana roy,ben"])
@pytest.mark.parametrize("house", ["house", "the big house", "The Big House", "HOUSE"])
def test_points_are_replaced_by_id_or_name(tmp_path: Path, heading: str, house: str) -> None:
    changed = with_points(case_of(CASE), read(tmp_path, f"issue,{heading}\n{house},55,2\n"))
    assert changed.preferences["ana"].points == {"house": 55, "debt": -5}
    assert changed.preferences["ben"].points == {"house": 2, "debt": 0}
    assert changed.preferences["ana"].no_deal == 3


def test_what_the_table_does_not_name_stays(tmp_path: Path) -> None:
    case = case_of(CASE)
    changed = with_points(case, read(tmp_path, "issue,ben\nhouse,2\n"))
    assert changed.preferences["ana"] == case.preferences["ana"]
    assert changed.model_copy(update={"preferences": case.preferences}) == case


def test_unknown_parties_and_issues_are_all_named_with_their_cells(tmp_path: Path) -> None:
    table = read(tmp_path, "issue,ana,lee,eve\nhouse,55,1,1\nboat,5,1,1\n")
    found = problems(table, case_of(CASE))
    assert len(found) == 3
    assert ":1: C1: the case has no principal" in found[0]
    assert '"lee"' in found[0]
    assert ':1: D1: the case has no principal "eve". Known: ana, ben.' in found[1]
    assert ':3: A3: the case has no issue "boat". Known: house, debt.' in found[2]


def test_two_columns_for_one_party_are_refused(tmp_path: Path) -> None:
    found = problems(read(tmp_path, "issue,ana,Ana Roy\nhouse,55,1\n"), case_of(CASE))
    assert found == [
        f'{tmp_path}/points.csv:1: C1: "Ana Roy" and "ana" are the same principal of the case. Keep one of the two.'
    ]


def test_a_name_two_parties_share_is_refused(tmp_path: Path) -> None:
    tree = {**CASE, "parties": [{"id": "ana", "name": "Roy"}, {"id": "ben", "name": "Roy"}]}
    (found,) = problems(read(tmp_path, "issue,Roy\nhouse,55\n"), case_of(tree))
    assert "could be more than one principal" in found
    assert "Write ana or ben." in found


def test_signs_the_case_cannot_take_are_refused_at_their_row(tmp_path: Path) -> None:
    found = problems(read(tmp_path, "issue,ana,ben\nhouse,-55,-1\ndebt,5,0\n"), case_of(CASE))
    assert [":2: A2: " in found[0], ":3: A3: " in found[1], len(found)] == [True, True, 2]


def test_points_outside_a_doubt_are_refused(tmp_path: Path) -> None:
    (found,) = problems(read(tmp_path, "issue,ana\nhouse,80\n"), case_of(CASE))
    assert "preferences.ana.doubt.house" in found
    assert "(80)" in found
