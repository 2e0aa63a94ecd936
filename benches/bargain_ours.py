"""Evenhand's bargaining as it is measured: from a case to its frontier with solutions, or to negotiations."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benches.bargain_instances import case_tree, evaluations
from benches.job import ROOT, Clock, serve_one
from benches.outcomes import STEPS, Found, first_outcomes
from evenhand.bargain import BARGAINING_SOLUTIONS, Frontier, Package, frontier_of, package_of
from evenhand.bargain.exchange import read_scenario
from evenhand.bargain.protocols import simulate
from evenhand.case import Case, case_text
from evenhand.solve import Limits

Job = Mapping[str, Any]
EXAMPLE = ROOT / "examples/ceasefire-talks/case.yaml"


def worths(job: Job) -> NDArray[np.int64]:
    """What the options of a job's instance are worth: parties × issues × options."""
    found = evaluations(job["family"], job["parties"], job["issues"], job["options"], job["top"], job["seed"])
    if job["task"].startswith("read "):  # every best option has the same worth, so that decimals are exact in the files
        found[found == found.max(axis=2, keepdims=True)] = job["top"]
    return found


def case_of(job: Job) -> Case:
    """The case of a job's instance: every option is worth exactly what `worths` says, no deal as much as the worst."""
    worth = worths(job)
    tree = case_tree(np.zeros_like(worth), job["linkages"], seed=job["seed"])
    tree["preferences"] = {f"p{party}": _preference(rows) for party, rows in enumerate(worth)}
    return Case.model_validate(tree)


def _preference(rows: NDArray[np.int64]) -> dict[str, Any]:
    """An issue has the points of its best option, and each option its part of them."""
    tops = [max(1, int(row.max())) for row in rows]
    return {
        "points": {f"i{k}": top for k, top in enumerate(tops)},
        "values": {
            f"i{k}": {f"o{option}": Fraction(100 * int(value), top) for option, value in enumerate(row)}
            for k, (row, top) in enumerate(zip(rows, tops, strict=True))
        },
        "no_deal": int(rows.min(axis=1).sum()),
    }


def frontier(job: Job, clock: Clock) -> Found:
    """Every efficient package, with the Nash and the Kalai–Smorodinsky one."""
    case = case_of(job)
    found, packages = clock.of(lambda: _solved(case, job["limit"]))
    rows = (found.values.astype(object) // np.array(found.scales, dtype=object)).tolist()
    nash, smorodinsky = ([int(value) for value in package.values.values()] for package in packages)
    picked = {"nash": nash, "kalai_smorodinsky": smorodinsky}
    return Found.of(rows, complete=found.complete, gap=float(found.gap), stopped=not found.complete, **picked)


def _solved(case: Case, limit: float) -> tuple[Frontier, list[Package]]:
    found = frontier_of(case, limits=Limits(limit))
    powers = [1] * len(found.parties)
    return found, [package_of(found, BARGAINING_SOLUTIONS[name], powers) for name in ("nash", "kalai-smorodinsky")]


def whole_command(job: Job, clock: Clock) -> Found:
    """`evenhand frontier CASE --json` from start to end, reading and checking the case included."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "case.json")
        file.write_text(case_text(case_of(job), as_json=True), "utf-8")
        command = [sys.executable, "-m", "evenhand.cli", "frontier", str(file), "--json"]
        done = clock.of(lambda: subprocess.run(command, capture_output=True, text=True, check=True))
    printed = json.loads(done.stdout)
    rows = [[int(worth["points"]) for worth in point["value"].values()] for point in printed["points"]]
    return Found.of(rows, complete=printed["complete"], gap=float(Fraction(printed["gap"])))


def doubt(job: Job, clock: Clock) -> Found:
    """`evenhand doubt CASE --json` on the example talks, from start to end."""
    options = ["--worlds", str(job["runs"]), "--seed", str(job["seed"]), "--by", job["family"], "--json"]
    command = [sys.executable, "-m", "evenhand.cli", "doubt", str(EXAMPLE), *options]
    clock.of(lambda: subprocess.run(command, capture_output=True, check=True))
    return Found(runs=job["runs"])


def negotiations(job: Job, clock: Clock) -> Found:
    """Many negotiations by alternating offers between parties that concede late and early, each in its own measure."""
    case = case_of(job)
    ways = ("2..8", "0.125..0.5")
    results = clock.of(lambda: simulate(case, ways, STEPS, job["runs"], job["seed"]))
    deals = [results.deal(run) for run in range(job["peer_runs"])]
    agreed = [deal and [int(str(deal[f"i{k}"])[1:]) for k in range(job["issues"])] for deal in deals]
    return Found(runs=job["runs"], agreed=agreed, exponents=results.exponents[: job["peer_runs"]].tolist())


def reading(job: Job, clock: Clock) -> Found:
    """A folder of another program's files, to what its first outcomes are worth."""
    case = clock.of(lambda: read_scenario([Path(job["folder"])])).case
    rows = []
    for outcome in first_outcomes([len(issue.options) for issue in case.issues]):
        chosen = {issue.id: issue.options[k].id for issue, k in zip(case.issues, outcome, strict=True)}
        rows.append([_worth(case, party.id, chosen) for party in case.principals])
    return Found(utilities=rows)


def _worth(case: Case, party: str, chosen: Mapping[str, str]) -> float:
    own = case.preferences[party]
    return float(sum(own.points[issue] * own.values[issue][option] / 100 for issue, option in chosen.items()))


TASKS: dict[str, Callable[[Job, Clock], Found]] = {
    "frontier": frontier,
    "whole command": whole_command,
    "negotiations": negotiations,
    "doubt": doubt,
    "read genius": reading,
    "read geniusweb": reading,
    "read negmas": reading,
}

if __name__ == "__main__":
    serve_one(lambda job, clock: TASKS[job["task"]](job, clock).plain())
