"""The measurements of bargaining run, and say where the two programs differ."""

import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from benches import bargain_table, job
from benches.bargain import ANSWERED
from benches.bargain_instances import evaluations
from benches.bargain_ours import TASKS, case_of
from benches.bargain_plan import FULL, NEGMAS, quick
from benches.ours import NAME
from benches.outcomes import Found, first_outcomes
from benches.running import known
from benches.table import between_marks
from evenhand.bargain.exchange import case_files
from evenhand.deals import Space

ROOT = Path(__file__).parents[2]
WORTHS = evaluations("independent", 2, 2, 2, 100, 0)


def result(solver=NAME, task="frontier", **given):
    row = next(row for row in FULL if row.task == task)
    asked = {**row.job(solver, 0), "family": "independent", "issues": 2, "options": 2, "limit": 60}
    return {**asked, "seconds": 1.0, "memory": 50, **Found(complete=True, gap=0.0).plain(), **given}


def shown(*results):
    versions = {"evenhand": {"evenhand": "1"}, "peers": {}, "kept": None, "note": None}
    made = {"date": "2026-01-01", "machine": "m", "python": "3", "load": 0.0, **versions}
    return bargain_table.page({"made": made, "results": list(results)})


def frontier(solver, rows, **given):
    found = Found.of(rows, nash=rows[0], kalai_smorodinsky=rows[0], complete=True, gap=0.0).plain()
    return result(solver, **{**found, **given})


@pytest.mark.parametrize("family", ["independent", "opposed"])
def test_an_instance_is_worth_what_its_table_says(family):
    asked = {**FULL[0].job(NAME, 3), "family": family, "issues": 3, "options": 4, "top": 10**11}
    space = Space.of(case_of(asked))
    worth = evaluations(family, 2, 3, 4, 10**11, 3)
    expected = [[[worth[p, k, o] for p in range(2)] for o in range(4)] for k in range(3)]
    assert [[list(found) for found in rows] for rows in space.worth] == expected
    no_deal = [space.case.preferences[party].no_deal for party in space.parties]
    assert no_deal == [Fraction(int(low)) for low in worth.min(axis=2).sum(axis=1)]


def test_a_quick_run_of_a_task_is_measured_and_shown(tmp_path):
    command = [sys.executable, "-m", "benches.bargain", "--quick", "--no-peers", "--only", "frontier"]
    done = subprocess.run([*command, "--out", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (one,) = json.loads((tmp_path / "bench-bargain.json").read_text("utf-8"))["results"]
    assert one["complete"]
    assert min(one["seconds"], one["memory"], one["points"]) > 0
    assert done.stdout == (tmp_path / "bench-bargain.md").read_text("utf-8")


@pytest.mark.parametrize("row", list(quick()), ids=lambda row: row.task)
def test_every_task_is_answered(row, tmp_path, monkeypatch):
    monkeypatch.setattr(job, "SHORT", 0)
    asked = row.job(NAME, 0) | {"folder": str(tmp_path)}
    if row.task.startswith("read "):
        for name, text in case_files(case_of(asked), row.task.removeprefix("read ")).files.items():
            (tmp_path / name).write_text(text, "utf-8")
    clock = job.Clock()
    found = TASKS[row.task](asked, clock)
    assert clock.seconds > 0
    kinds = [found.complete, len(found.agreed or ()) == row.peer_runs > 0, len(found.utilities or ()) == 200]
    assert any(kinds) or found.runs == row.runs == 100


def test_a_quick_run_has_every_task_of_the_full_one():
    assert {row.task for row in quick()} == {row.task for row in FULL}


def test_values_are_compared_as_a_set_whatever_their_order():
    assert Found.of([[1, 2], [3, 0], [1, 2]]) == Found.of([[3.0, 0.0], [1.0, 2.0]])
    assert Found.of([[1, 2]]).digest != Found.of([[2, 1]]).digest


def test_the_first_outcomes_are_in_order():
    assert list(first_outcomes([2, 3]))[:4] == [(0, 0), (0, 1), (0, 2), (1, 0)]
    assert len(list(first_outcomes([10] * 6))) == 200


def test_the_table_says_when_two_lists_differ():
    best = WORTHS.max(axis=2).sum(axis=1).tolist()
    same = shown(frontier(NAME, [best]), frontier(NEGMAS, [best]))
    assert "the lists are the same, number for number" in same
    assert "the products are exactly equal" in same
    other = shown(frontier(NAME, [best]), frontier(NEGMAS, [[best[0], best[1] - 1]]))
    assert "**Both list all efficient values on 1 instance, and they differ on:**" in other
    assert "**Both pick a Nash package" in other


def test_an_answer_that_was_stopped_is_compared_with_nothing():
    best = WORTHS.max(axis=2).sum(axis=1).tolist()
    page = shown(frontier(NAME, [best]), frontier(NEGMAS, [[1, 1]], stopped=True, complete=False))
    assert "Both" not in page
    assert "1 after 60 s" in page


def test_deals_are_the_same_when_they_are_worth_the_same():
    ours = result(task="negotiations", agreed=[[0, 1], None])
    assert "to a deal worth the same" in shown(ours, result(NEGMAS, "negotiations", agreed=[[0, 1], None]))
    assert "and they differ on" in shown(ours, result(NEGMAS, "negotiations", agreed=[[1, 1], None]))
    assert "and they differ on" in shown(ours, result(NEGMAS, "negotiations", agreed=[[0, 1], [0, 1]]))


def test_utilities_are_compared_up_to_a_unit():
    ours = result(task="read genius", utilities=[[10.0, 40.0], [100.0, 20.0]])
    assert "up to a float's rounding" in shown(ours, result(NEGMAS, "read genius", utilities=[[0.1, 2], [1, 1]]))
    assert "and they differ on" in shown(ours, result(NEGMAS, "read genius", utilities=[[0.2, 2], [1, 1]]))


def test_what_cannot_be_asked_of_the_peer_is_said():
    assert "lists every deal" in shown(frontier(NAME, [[1, 1]], issues=20, options=10))


def test_only_what_stands_between_the_marks_is_renewed():
    page = "a\n<!-- bench-bargain -->\nold\n<!-- end -->\nb <!-- bench-divide -->\nkept\n<!-- end -->\n"
    assert between_marks(page, "bargain", "new\n") == page.replace("old", "new")


def test_the_published_tables_are_those_of_the_published_results():
    file = ROOT / "benches/results/bargain.json"
    page = (ROOT / "docs/benchmarks.md").read_text("utf-8")
    if file.exists():
        assert between_marks(page, "bargain", bargain_table.page(json.loads(file.read_text("utf-8")))) == page
    else:
        assert "<!-- bench-bargain -->\nNot run yet.\n<!-- end -->" in page


def test_the_peer_is_pinned_with_hashes():
    lock = (ROOT / "benches/bargain_peers.lock").read_text("utf-8")
    assert "http" not in lock
    entries = re.findall(r"^\S+==\S+.*?(?=^\S|\Z)", lock, re.S | re.M)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "negmas==0.16.0" in lock


def test_what_an_earlier_run_found_of_negmas_is_found_again():
    published = json.loads((ROOT / "benches/results/bargain.json").read_text("utf-8"))["results"]
    jobs = [row.job(solver, 0) for row in FULL for solver in row.solvers if solver != NAME]
    assert jobs
    assert all(known(job, published, ANSWERED) is not None for job in jobs)
