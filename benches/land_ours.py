"""Evenhand's part in dividing land as it is measured. Compiling, which happens once on a machine, is not counted."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from benches.job import ROOT, Clock, serve_one
from benches.land_answers import answer
from evenhand.maps import cells_of, read_layer
from evenhand.solve import Limits
from evenhand.solve.regions import Graph
from evenhand.solve.regions.annealing import SHORTEST, Effort, best_line
from evenhand.solve.regions.lines import Line, LineProblem
from evenhand.solve.regions.recombination import Balance, Recombination
from evenhand.solve.regions.shortest import Shortest, shortest_border
from evenhand.solve.regions.tradeoffs import tradeoffs

Job = Mapping[str, Any]
MAPS = ROOT.parent / "shared/data/land"
FIVE = ("Kharkiv Oblast", "Luhansk Oblast", "Donetsk Oblast", "Zaporizhia Oblast", "Kherson Oblast")
"""Regions side by side whose districts, before 2020, are 101."""


def recombination(job: Job, clock: Clock) -> dict[str, Any]:
    """Steps of the chain, each with its sums and its border, from a line down the middle."""
    side, steps = job["side"], job["steps"]
    weights = np.ones(side * side, dtype=np.int64)
    balance = Balance.about(weights, [Fraction(1), Fraction(1)], Fraction(1, 20))
    middle = (np.arange(side * side) // side >= side // 2).astype(np.int32)
    chain = Recombination(Graph.grid(side, side), balance, middle, seed=job["seed"])
    chain.advance(1)
    passed = clock.of(lambda: chain.advance(steps))
    mean = float(passed.borders.mean())
    return answer(steps, f"mean border {mean:.1f}", border=mean)


def _problem(job: Job, labels: int, part: Fraction) -> LineProblem:
    """A grid of cells worth 1 to 99 to each label, from the seed; each gets at least so much of its equal part."""
    rows, columns = job["rows"], job["columns"]
    values = np.random.default_rng(job["seed"]).integers(1, 100, (rows * columns, labels))
    least = [int(-(-part * int(total) // labels)) for total in values.sum(axis=0)]
    return LineProblem.of(Graph.grid(rows, columns), values, least=least)


def _of_districts(maps: Path) -> LineProblem:
    """The districts of five regions: one side gets half of their people at least, the other half of their area."""
    whole = read_layer(maps / "ua_raions_pre2020_495.geojson")
    rows = [number for number, row in enumerate(whole.properties) if row["oblast"] in FIVE]
    named = tuple(whole.properties[number] | {"id": str(number)} for number in rows)
    cells = cells_of(replace(whole, shapes=whole.shapes[rows], properties=named), "id")
    ends = np.repeat(np.arange(len(cells)), np.diff(cells.indptr))
    edges = [
        (int(one), int(other), round(float(metres) * 10))
        for one, other, metres in zip(ends, cells.indices, cells.border_m, strict=True)
        if one < other
    ]
    people = [round(float(row["pop_2022"])) for row in cells.properties]
    values = np.array([people, np.round(cells.area_m2)], dtype=np.int64).T
    return LineProblem.of(Graph.of_edges(len(cells), edges), values, least=(values.sum(axis=0) + 1) // 2)


def _compile() -> None:
    for values in (np.ones((9, 2), dtype=np.int64), np.arange(18).reshape(9, 2)):
        problem = LineProblem.of(Graph.grid(3, 3), values, least=values.sum(axis=0) // 3)
        shortest_border(problem, tradeoffs(problem, 2).lines[0])


def shortest(job: Job, clock: Clock) -> dict[str, Any]:
    """The shortest border found that leaves each side at least half of what it values."""
    _compile()
    problem, effort = _problem(job, 2, Fraction(1)), Effort(seed=job["seed"])
    line = clock.of(lambda: best_line(problem, SHORTEST, effort, Limits(job["limit"])))
    return answer(1, f"border {line.border}" if line else "no line")


def non_dominated(job: Job, clock: Clock) -> dict[str, Any]:
    """Lines from the shortest border to the best worst-off side; each party has nine tenths of its part at least."""
    _compile()
    problem, effort = _problem(job, job["labels"], Fraction(9, 10)), Effort(seed=job["seed"])
    found = clock.of(lambda: tradeoffs(problem, 20, effort, Limits(job["limit"])))
    ends = found.lines[0], max(found.lines, key=lambda line: line.worst)
    words = " to ".join(f"border {line.border} at {100 * float(line.worst):.0f}%" for line in ends)
    return answer(len(found.lines), f"{len(found.lines)} lines, {words}", stopped=found.stopped)


def proved(job: Job, clock: Clock) -> dict[str, Any]:
    """The shortest border that leaves each side half of what it values: searched, then proved as far as time goes."""
    if job.get("districts") and not MAPS.is_dir():
        return answer(0, "no maps beside the project", stopped=True)
    _compile()
    problem = _of_districts(MAPS) if job.get("districts") else _problem(job, 2, Fraction(1))
    effort = Effort(seed=job["seed"])
    limits: list[Limits] = []

    def solve() -> tuple[Line | None, Shortest | None]:
        limits.append(Limits(job["seconds"]))
        line = best_line(problem, SHORTEST, effort, limits[-1])
        return line, shortest_border(problem, line, limits[-1])

    known, proof = clock.of(solve)
    if proof is None or proof.line is None:
        return answer(0, "no line")
    border = proof.line.border
    same = "as searched" if known is not None and known.border == border else "shorter than searched"
    gap = Fraction(border - proof.least, max(1, border))
    words = f"border {border}, {same}; none below {proof.least}"
    return answer(int(proof.proved), words, gap=float(gap), stopped=not proof.proved)


def share(job: Job, clock: Clock) -> dict[str, Any]:
    """`evenhand land share --json` from start to end, on maps that lie beside the project."""
    if not MAPS.is_dir():
        return answer(0, "no maps beside the project", stopped=True)
    raions, control = str(MAPS / "ua_raions_pre2020_495.geojson"), str(MAPS / "control_polygons.geojson")
    files = ["--territory", raions, "--control", control, "--districts", raions, "--district", "shapeName"]
    command = [sys.executable, "-m", "evenhand.cli", "land", "share", *files, "--json"]
    done = clock.of(lambda: subprocess.run(command, capture_output=True, text=True, check=True))
    data = json.loads(done.stdout)
    return answer(1, f"{len(data['shares'])} shares of {len(data['districts'])} districts")


TASKS: dict[str, Callable[[Job, Clock], dict[str, Any]]] = {
    "whole command: land share": share,
    "recombination": recombination,
    "shortest border, searched": shortest,
    "non-dominated lines": non_dominated,
    "shortest border, proved": proved,
}

if __name__ == "__main__":
    serve_one(lambda job, clock: TASKS[job["task"]](job, clock))
