"""Tables of places are read exactly, and what is wrong in them is told with its line."""

from fractions import Fraction
from pathlib import Path

import pytest
import shapely

from evenhand.maps import MapError, read_points


def table(folder: Path, text: str | bytes) -> Path:
    file = folder / "places.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_places_and_amounts_are_read_whatever_the_columns_are_called(tmp_path: Path) -> None:
    found = read_points(table(tmp_path, "\ufeffLatitude,Longitude,mw\n1,2,0.1\n3,4,\n"), ("mw",))
    assert [(point.x, point.y) for point in found.shapes] == [(2, 1), (4, 3)]
    assert found.amounts == {"mw": (Fraction(1, 10), Fraction(0))}
    assert found.inside(shapely.box(0, 0, 2, 2)).tolist() == [0]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "no column is called longitude"),
        ("lon,mw\n1,2\n", 1, "no column is called latitude"),
        ("lon,lat\n1,2\nx,3\n", 3, '"x" is no number'),
        ("lon,lat,mw\n1,2,much\n", 2, '"much" is no number'),
        ("lon,lat,mw\n1,2,1e999999999\n", 2, "is no number"),
        ("lon,lat\n1\n", 2, '"" is no number'),
        ("lon,lat,mw\n48,99,1\n", 2, "no longitude and latitude"),
        (b"lon,lat\n\xff\xfe,1\n", 0, "no CSV table in UTF-8"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, what: str
) -> None:
    with pytest.raises(MapError) as raised:
        read_points(table(tmp_path, text), ("mw",) if "mw" in str(text) else ())
    problem = raised.value.problems[0]
    assert problem.line == line
    assert what in problem.what
    assert problem.mend


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(MapError, match="mw") as raised:
        read_points(table(tmp_path, "lon,lat,power\n1,2,3\n"), ("mw",))
    assert "power" in raised.value.problems[0].mend
