"""The measurements run, and what is published is what was measured."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benches import table
from benches.instances import TOTAL, points, turns
from benches.plan import FULL, quick

ROOT = Path(__file__).parents[2]


def result(**given):
    plain = {
        "task": "nash",
        "family": "independent",
        "parties": 2,
        "assets": 2,
        "limit": 60,
        "solver": "Evenhand",
        "seed": 0,
        "seconds": 1.0,
        "values": None,
        "proved": True,
        "exact": False,
        "proved_values": None,
        "gap": 0.0,
        "stopped": False,
        "failed": False,
        "note": "",
        "deal_values": [3, 4],
        "envy": 0,
    }
    return plain | given


def shown(*results):
    versions = {"evenhand": {"evenhand": "1"}, "peers": {}, "kept": None, "note": None}
    made = {"date": "2026-01-01", "machine": "m", "python": "3", "load": 0.0, **versions}
    return table.page({"made": made, "results": list(results)})


@pytest.mark.parametrize("family", ["uniform", "independent", "correlated"])
def test_instances_sum_to_the_total_and_are_the_same_for_the_same_seed(family):
    table_of_points = points(family, 7, 23, 3)
    assert [sum(row) for row in table_of_points] == [TOTAL] * 7
    assert min(map(min, table_of_points)) >= 0
    assert table_of_points == points(family, 7, 23, 3) != points(family, 7, 23, 4)


def test_turns_give_each_party_the_best_that_is_left():
    assert turns([[5, 3, 2], [5, 1, 4]]) == [0, 0, 1]


def test_a_quick_run_measures_every_task_and_proves_the_optima(tmp_path):
    command = [sys.executable, "-m", "benches.divide", "--quick", "--no-peers", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "bench-divide.json").read_text("utf-8"))["results"]
    assert [(one["task"], one["family"]) for one in results] == [(row.task, row.family) for row in quick()]
    assert all(one["proved"] for one in results if one["task"] in ("nash", "leximin", "maximin-share"))
    assert all(one["seconds"] > 0 for one in results)
    assert done.stdout == (tmp_path / "bench-divide.md").read_text("utf-8")


def test_a_quick_run_has_every_task_of_the_full_one():
    assert {row.task for row in quick()} == {row.task for row in FULL}


def test_the_table_says_who_was_stopped_and_who_failed():
    stopped = result(seed=1, proved=False, stopped=True, gap=0.5, seconds=60.2)
    page = shown(result(), stopped, result(solver="peer", failed=True, proved=False, seconds=None, deal_values=None))
    assert "| Evenhand | 31 (1.00–60) | 1 after 60 s | 1/2 | 0.5 |" in page
    assert "| peer | failed | 1 failed | 0/1 |" in page


def test_the_table_says_when_two_proofs_disagree():
    assert "exactly equal" in shown(result(), result(solver="peer", deal_values=[6, 2]))
    assert "Proofs that disagree" in shown(result(), result(solver="peer", deal_values=[6, 3]))


def test_the_published_tables_are_those_of_the_published_results():
    run = json.loads((ROOT / "benches/results/divide.json").read_text("utf-8"))
    page = (ROOT / "docs/benchmarks.md").read_text("utf-8")
    assert table.renewed(page, run) == page
    planned = {(row.task, row.family, row.parties, row.limit) for row in FULL}
    assert {(one["task"], one["family"], one["parties"], one["limit"]) for one in run["results"]} <= planned


def test_the_peers_are_pinned_with_hashes_and_use_the_same_solver():
    lock = (ROOT / "benches/peers.lock").read_text("utf-8")
    assert "http" not in lock
    entries = re.findall(r"^\S+==\S+.*?(?=^\S|\Z)", lock, re.S | re.M)
    assert all("--hash=sha256:" in entry for entry in entries)
    solver = re.compile(r"^pyscipopt==\S+", re.M)
    assert solver.findall(lock) == solver.findall((ROOT / "requirements.lock").read_text("utf-8"))
