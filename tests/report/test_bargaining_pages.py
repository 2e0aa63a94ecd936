"""Bargaining in the report: the picture is sound, everything is said, and no party reads of another's numbers."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from evenhand.case import load_case
from evenhand.report.page import party_page, report_page
from evenhand.report.picture import picture_of
from evenhand.report.scatter import scatter
from evenhand.settle import Request, bargain, bargain_if_negotiated
from making import case_of

ROOT = Path(__file__).parents[2]
WIND = load_case(ROOT / "examples/wind-farm/case.yaml")


def test_the_scatter_is_well_formed_and_hides_nothing_in_names():
    company = WIND.parties[0].model_copy(update={"name": 'A & B <"co">'})
    found = bargain(WIND.model_copy(update={"parties": (company, WIND.parties[1])}))
    picture = scatter(picture_of(found))
    tree = ElementTree.fromstring(picture)
    assert tree.get("role") == "img"
    assert "Nash" in tree.get("aria-label")
    assert len(tree.findall(".//{*}g[@class='package']")) == 4
    assert len(tree.findall(".//{*}g[@class='table']")) == 2


def test_the_report_of_a_negotiation_has_its_part():
    page = report_page(WIND, [], [], Request(), "case.yaml", bargain_if_negotiated(WIND))
    for words in ("There is a zone of agreement", 'class="scatter"', "Kalai–Smorodinsky", "The next trade"):
        assert words in page


def test_three_parties_are_shown_as_bars():
    case = case_of({"ana": [5, 4, 3], "ben": [3, 5, 4], "cem": [4, 3, 5]}, ana={"no_deal": 1})
    page = report_page(case, [], [], Request(), "case.yaml", bargain_if_negotiated(case))
    assert 'class="scatter"' not in page
    assert "Gain of each party, of the most it could gain" in page


def test_without_a_zone_the_report_says_what_would_open_one():
    case = case_of({"ana": [6, 4], "ben": [6, 4]}, ana={"no_deal": 8}, ben={"no_deal": 8})
    page = report_page(case, [], [], Request(), "case.yaml", bargain_if_negotiated(case))
    assert "No zone of agreement" in page
    assert "What would open a way" in page
    assert "What help from outside would do" in page


def test_sharing_out_things_alone_is_no_negotiation():
    assert bargain_if_negotiated(case_of({"ana": [5, 4], "ben": [3, 5]})) is None


@pytest.mark.parametrize(("party", "says"), [("company", "39.2 points better"), ("village", "5.73 points better")])
def test_a_party_reads_of_the_table_by_its_own_points(party, says):
    page = party_page(WIND, [], party)
    assert "On the table" in page
    assert f"“company-offer”, by The company: by your own points, {says} than no deal for you." in page
    other = "5.73 points" if party == "company" else "39.2 points"
    assert other not in page
