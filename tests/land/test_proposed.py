"""A line from a file is read in every way it may be written, and each mistake in it is told at its place."""

import json
from pathlib import Path

import pytest

from evenhand.case import CaseError, parse_document
from evenhand.land.proposed import proposed_line
from land.grids import land_of

LAND = land_of(2, 2, {"ana": [1, 2, 3, 4], "ben": [4, 3, 2, 1]}, fixed={"00": "ana"}, blocks=[["01", "11"]])
SIDES = {"00": "ana", "10": "ana", "01": "ben", "11": "ben"}


def read(tree: object) -> dict[str, str]:
    return dict(proposed_line(LAND, parse_document(json.dumps(tree), "line.json", is_json=True)))


def test_a_line_is_read_from_sides_from_a_group_and_from_a_map() -> None:
    plain = {"ana": ["00", "10"], "ben": ["01", "11"]}
    features = [{"type": "Feature", "properties": {"side": side, "cells": cells}} for side, cells in plain.items()]
    for tree in (plain, {"line": plain}, {"type": "FeatureCollection", "features": features}):
        assert read(tree) == SIDES


@pytest.mark.parametrize(
    ("tree", "path", "what"),
    [
        ([1, 2], "", "this is not a line"),
        ({}, "", "this is not a line"),
        ({"ana": "00"}, "", "this is not a line"),
        ({"ana": ["00", "10"], "bea": ["01", "11"]}, "bea", 'there is no principal "bea"'),
        ({"ana": ["00", "10"], "joint": ["01", "11"]}, "joint", "allows no joint zone"),
        ({"ana": ["00", "10"], "ben": ["01"]}, "", "the line leaves out 11"),
        ({"ana": ["00", "10", "01"], "ben": ["01", "11"]}, "ana", "cell 01 is written more than once"),
        ({"ana": ["00", "10"], "ben": ["01", "11", "99"]}, "ben", 'the map has no cell "99"'),
        ({"ana": ["10"], "ben": ["00", "01", "11"]}, "ben", "the case fixes it to ana"),
        ({"ana": ["00", "10", "01"], "ben": ["11"]}, "", "parts the block 01, 11"),
        ({"type": "FeatureCollection", "features": []}, "features", "there is no line"),
        ({"type": "FeatureCollection", "features": [{}]}, "features[0].properties", "no `side` and `cells`"),
        (
            {"type": "FeatureCollection", "features": [{"properties": {"side": "ana", "cells": []}}] * 2},
            "features[1].properties",
            "more than one line",
        ),
    ],
)
def test_what_is_wrong_with_a_line_is_told_at_its_place(tree: object, path: str, what: str) -> None:
    with pytest.raises(CaseError) as raised:
        read(tree)
    problem = raised.value.problems[0]
    assert problem.path == path
    assert what in problem.what
    assert problem.mend


def test_the_files_that_are_written_can_be_proposed_again(tmp_path: Path) -> None:
    from cli.calling import ROOT, call

    case = ROOT / "examples" / "valley" / "case.yaml"
    call("land", "divide", case, "--on-the-table", "--steps", 0, "-o", "out", cwd=tmp_path)
    shown = call("land", "divide", case, "--line", "out/river.geojson", "--on-the-table", "--json", cwd=tmp_path).stdout
    lines = {line["id"]: line for line in json.loads(shown)["lines"]}
    assert lines["river-2"]["sides"] == lines["river"]["sides"]
    assert not lines["river-2"]["on_the_table"]
    assert lines["river-2"]["better_for_all_than"] == lines["river"]["better_for_all_than"]
