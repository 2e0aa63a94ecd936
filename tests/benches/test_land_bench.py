"""The measurements of land run, and say how two programs compare."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benches import land_table
from benches.job import Clock
from benches.land_answers import GERRYCHAIN, answer
from benches.land_ours import MAPS, TASKS
from benches.land_plan import FULL, quick
from benches.ours import NAME
from benches.table import between_marks

ROOT = Path(__file__).parents[2]


def result(solver, seconds, count=100, **given):
    return {**FULL[0].job(solver, 0), "seconds": seconds, "memory": 50, **answer(count, "mean border 9.0"), **given}


def test_every_task_that_is_planned_can_be_done():
    assert {row.task for row in FULL} <= set(TASKS)


def test_a_quick_run_of_a_task_is_measured_and_shown(tmp_path):
    command = [sys.executable, "-m", "benches.land", "--quick", "--no-peers", "--only", "recombination"]
    done = subprocess.run([*command, "--out", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for one in json.loads((tmp_path / "bench-land.json").read_text("utf-8"))["results"]:
        assert one["seconds"] > 0
        assert one["found"] in (tmp_path / "bench-land.md").read_text("utf-8")


@pytest.mark.parametrize("row", [row for row in quick() if row.task != "recombination"], ids=lambda row: row.task)
def test_a_small_instance_of_every_task_is_answered(row):
    clock = Clock()
    found = TASKS[row.task](row.job(NAME, 0), clock)
    assert found["count"] > 0
    assert not found["stopped"]
    assert clock.seconds > 0


@pytest.mark.skipif(not MAPS.is_dir(), reason="the shared maps are not here")
def test_the_line_searched_among_101_real_districts_is_the_proved_shortest():
    row = next(row for row in FULL if "districts" in row.options)
    found = TASKS[row.task](row.job(NAME, 0), Clock())
    assert found["found"] == "border 2407368, as searched; none below 2407368"
    assert found["gap"] == 0


def test_the_table_says_how_many_times_as_fast_on_the_same_graph():
    results = [result(NAME, 0.5), result(GERRYCHAIN, 100.0), result(GERRYCHAIN, None, failed=True)]
    lines = list(land_table.ratios(results))
    assert len(lines) == 1
    assert "200 times" in lines[0]
    assert GERRYCHAIN in lines[0]


def test_the_published_page_holds_the_published_results():
    page = (ROOT / "docs/benchmarks.md").read_text("utf-8")
    published = ROOT / "benches/results/land.json"
    shown = land_table.page(json.loads(published.read_text("utf-8"))) if published.exists() else "Not yet measured.\n"
    assert between_marks(page, "land", shown) == page
