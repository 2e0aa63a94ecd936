"""The picture of a line shows each piece where it lies, in the letters of who has it."""

from pathlib import Path

from evenhand.case import load_case
from evenhand.deals import Deal
from evenhand.report.lines import cakes, line_picture, line_rows

CASE = load_case(Path(__file__).parents[2] / "examples" / "coast" / "case.yaml")
COAST = cakes(CASE)[0]


def deal(**pieces):
    return Deal.of(CASE, {}, pieces={"coast": pieces})


def test_each_party_has_as_many_letters_as_length():
    _, bar, *cuts, key = line_rows(CASE, COAST, deal(aster=[(0, 15), (45, 60)], birke=[(15, 30)], clover=[(30, 45)]))
    assert bar.count("A") in range(29, 32)
    assert bar.count("B") in range(14, 17)
    assert bar.index("B") < bar.index("C") < bar.rindex("A")
    assert [word for row in cuts for word in row.split()] == ["0", "15", "30", "45", "60", "km"]
    assert key == "A Aster Bay  B Birke Point  C Clover Sands"


def test_no_line_is_wider_than_a_terminal():
    tiny = deal(aster=[(0, 1)], birke=[(1, 2)], clover=[(2, 60)])
    assert max(len(row) for row in line_rows(CASE, COAST, tiny)) <= 80


def test_the_picture_names_everybody_and_no_colour_is_the_only_sign():
    picture = line_picture(CASE, COAST, deal(aster=[(0, 15)], birke=[(15, 30)], clover=[(30, 60)]))
    assert picture.startswith("<svg")
    for name in ("Aster Bay", "Birke Point", "Clover Sands"):
        assert name in picture
