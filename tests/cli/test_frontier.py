import json
from fractions import Fraction
from itertools import product

import pytest
from typer.testing import CliRunner

from evenhand.bargain import frontier_of
from evenhand.case import case_text
from evenhand.cli.app import app
from making import case_of


@pytest.fixture
def case():
    rules = [{"kind": "linkage", "if": {"i1": "ana"}, "then": {"i2": "ben"}}]
    return case_of({"ana": [5, "1/3", 2], "ben": [1, 4, 3]}, rules=rules, ana={"no_deal": 2})


@pytest.fixture
def run(case, tmp_path):
    (tmp_path / "case.yaml").write_text(case_text(case, as_json=False), "utf-8")
    return lambda *options: CliRunner().invoke(app, ["frontier", str(tmp_path / "case.yaml"), *options])


def test_json_has_every_point_with_its_value_and_deal(case, run):
    shape = json.loads(run("--json").stdout)
    found = frontier_of(case)
    assert shape["complete"] is True
    assert shape["gap"] == "0"
    assert shape["no_deal"] == {"ana": "2", "ben": "0"}
    assert [[value["points"] for value in point["value"].values()] for point in shape["points"]] == [
        [str(points) for points in found.value(k)] for k in range(len(found))
    ]
    assert [point["deal"] for point in shape["points"]] == [dict(found.deal(k).settlements) for k in range(len(found))]


@pytest.mark.parametrize("large", ["5", "1/3", "999999999999999"])
def test_decimals_in_json_are_the_points_rounded(tmp_path, large):
    case = case_of({"ana": [large] * 12, "ben": ["7/2"] * 12})
    (tmp_path / "case.yaml").write_text(case_text(case, as_json=False), "utf-8")
    shape = json.loads(CliRunner().invoke(app, ["frontier", str(tmp_path / "case.yaml"), "--json"]).stdout)
    worths = [worth for point in shape["points"] for worth in point["value"].values()]
    assert [worth["decimal"] for worth in worths] == [round(float(Fraction(worth["points"])), 2) for worth in worths]
    assert {type(worth["decimal"]) for worth in worths} == {float}
    assert max(Fraction(worth["points"]) for worth in worths) >= 12 * Fraction(large)


def test_all_also_lists_what_is_worse_than_no_deal(run):
    assert len(json.loads(run("--all", "--json").stdout)["points"]) > len(json.loads(run("--json").stdout)["points"])


def test_the_view_shows_how_many_there_are_and_the_best_for_each(run):
    lines = run("--limit", "2").stdout
    assert "These are all of them" in lines
    assert "Best for each" in lines
    assert all(len(line) <= 80 for line in lines.splitlines())


def test_every_deal_behind_a_package_is_listed_on_request_and_no_other(tmp_path):
    twins = case_of({"ana": [30, 30, 30, 10], "ben": [20, 20, 20, 40]})
    (tmp_path / "case.yaml").write_text(case_text(twins, as_json=False), "utf-8")
    found, worth = frontier_of(twins), {"ana": [30, 30, 30, 10], "ben": [20, 20, 20, 40]}
    listed = 0
    for number in range(1, len(found) + 1):
        words = ["frontier", str(tmp_path / "case.yaml"), "--deals", str(number)]
        shape = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
        given = {tuple(deal.values()) for deal in shape["deals"]}
        same = {
            way
            for way in product(("ana", "ben"), repeat=4)
            if all(
                sum(points for points, party in zip(worth[name], way, strict=True) if party == name) == total
                for name, total in zip(("ana", "ben"), found.value(number - 1), strict=True)
            )
        }
        assert given == same
        assert len(shape["deals"]) == len(same)
        listed += len(same)
        shown = CliRunner().invoke(app, [*words, "--limit", "2"]).stdout
        assert ("There are more than 2" in shown) == (len(same) > 2)
    assert listed > len(found)
    refused = CliRunner().invoke(app, ["frontier", str(tmp_path / "case.yaml"), "--deals", "99"])
    assert refused.exit_code == 2
