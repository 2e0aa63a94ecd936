"""A notebook shows cases, deals and frontiers as tables and pictures, every name escaped, with nothing installed."""

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from evenhand.bargain import frontier_of
from evenhand.case import Case, load_case
from evenhand.deals import Deal
from evenhand.report.notebook import load_ipython_extension, view
from evenhand.settle import settle
from making import case_of

EXAMPLES = Path(__file__).parents[2] / "examples"
SHOP = {"id": "shop", "kind": "asset", "name": "The <shop>"}


def test_a_case_shows_its_points_no_deal_and_rules():
    case = case_of(
        {"ana": [60, 40], "ben": [30, 70]}, [SHOP, "van"], rules=[{"kind": "forbid", "forbid": {"van": "ana"}}]
    )
    shown = view(case)._repr_html_()
    assert "The &lt;shop&gt;" in shown
    assert "<shop>" not in shown
    assert all(f">{points}<" in shown for points in (60, 40, 30, 70))
    assert "No deal" in shown
    assert "Rule: " in shown
    assert "every party&#39;s points" in shown


def test_a_deal_with_its_case_shows_names_and_points():
    case = case_of({"ana": [60, 40], "ben": [30, 70]}, [SHOP, "van"])
    shown = view(Deal.of(case, {"shop": "ana", "van": "ben"}), case).html
    assert "Points: ana 60, ben 70" in shown
    assert 'class="bars"' in shown


def test_a_deal_without_its_case_shows_ids():
    case = case_of({"ana": [60, 40], "ben": [30, 70]}, [SHOP, {"id": "land", "kind": "divisible"}])
    shown = view(Deal.of(case, {"shop": "ana", "land": {"ana": "1/3", "ben": "2/3"}})).html
    assert ">shop<" in shown
    assert "ana 1/3, ben 2/3" in shown


def test_a_solution_shows_what_was_proved():
    case = load_case(EXAMPLES / "adjusted-winner/camp-david.yaml")
    shown = view(settle(case, "nash"), case).html
    assert "Maximum Nash welfare" in shown
    assert shown.count(": holds</p>") >= 3


def test_a_frontier_of_two_is_drawn_and_of_more_listed():
    two = frontier_of(case_of({"ana": [60, 40, 9], "ben": [30, 70, 8]}))
    shown = view(two).html
    assert 'class="scatter"' in shown
    assert f"{len(two)} efficient values" in shown
    assert "all of them" in shown
    three = view(frontier_of(case_of({"ana": [60, 40], "ben": [30, 70], "cem": [50, 50]}))).html
    assert 'class="scatter"' not in three
    assert "<table>" in three


def test_a_long_frontier_shows_some_rows_and_says_so():
    same = [2**k for k in range(5)]
    shown = view(frontier_of(case_of({"ana": same, "ben": same}), all_deals=True)).html
    assert "12 of 32, from one end to the other." in shown
    assert shown.count("<tr>") == 13


def test_an_empty_zone_is_shown_too():
    case = case_of({"ana": [60], "ben": [60]}, ana={"no_deal": 50}, ben={"no_deal": 50})
    assert "No package is at least as good as no deal" in view(frontier_of(case)).html


def test_loading_it_lets_objects_show_themselves():
    known = {}
    formatter = SimpleNamespace(for_type=lambda kind, show: known.update({kind: show}))
    load_ipython_extension(SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter})))
    case = case_of({"ana": [60], "ben": [50]})
    assert {kind.__name__ for kind in known} == {"Case", "Deal", "Frontier"}
    assert known[Case](case) == view(case).html


def test_what_cannot_be_shown_is_refused():
    case = case_of({"ana": [60], "ben": [50]})
    with pytest.raises(TypeError):
        view(settle(case, "nash"))
    with pytest.raises(TypeError):
        view("a case")


def test_no_notebook_is_needed():
    code = "import evenhand.report.notebook, sys; print(any(name in sys.modules for name in ('IPython', 'jupyter')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_example_of_the_docs_runs():
    page = (EXAMPLES.parent / "docs/notebook.md").read_text("utf-8")
    lines = re.search(r"<!-- example: notebook -->\n```python\n(.*?)```", page, re.S)[1].replace(
        "examples/", f"{EXAMPLES}/"
    )
    shown = [line for line in lines.splitlines() if line.startswith("view(")]
    known: dict[str, object] = {}
    exec(lines, known)
    assert len(shown) == 3
    assert all(eval(line, known).html.count("<table>") for line in shown)
