"""Integer programs written here, for a solver as it comes: gap 0, one thread, all else its own defaults.

Maximum Nash welfare is the program of Caragiannis, Kurokawa, Moulin, Procaccia, Shah and Wang (ACM
Transactions on Economics and Computation 7, 2019), which Spliddit used: W_i ≤ log k + (log(k+1) − log k)
(v_i − k) for k = 1, 3, …, 999, exact at every whole value up to 1000. The value v_i is a variable of its own, so
that each of these rows has two entries. Max-min is v_i ≥ t, largest t. Building the program is counted.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import highspy
from pyscipopt import Model, quicksum

from benches.instances import TOTAL, Points
from benches.job import Answer, Clock

SECANTS = [(math.log((k + 1) / k), math.log(k), k) for k in range(1, TOTAL, 2)]
"""(slope, height, value) of each secant."""


@dataclass(frozen=True)
class Found:
    """What a solver ended with: who holds each asset (None: nothing found) and a bound on every deal."""

    holders: list[int] | None
    bound: float
    finished: bool


Program = Callable[[Points, float], Found]


def product_on_scip(points: Points, limit: float) -> Found:
    """The largest product, by secants, on SCIP."""
    model, holds, values = _scip_deal(points)
    logs = [model.addVar(lb=None) for _ in points]
    for value, height in zip(values, logs, strict=True):
        for slope, base, k in SECANTS:
            model.addCons(height - slope * value <= base - slope * k)
    model.setObjective(sum(logs[1:], start=logs[0] + 0), "maximize")
    return _scip_solved(model, holds, limit)


def minimum_on_scip(points: Points, limit: float) -> Found:
    """The largest smallest value, on SCIP."""
    model, holds, values = _scip_deal(points)
    least = model.addVar(ub=TOTAL)
    for value in values:
        model.addCons(least <= value)
    model.setObjective(least, "maximize")
    return _scip_solved(model, holds, limit)


def _scip_deal(points):
    model = Model()
    model.hideOutput()
    parties = range(len(points))
    holds = [[model.addVar(vtype="B") for _ in row] for row in points]
    for asset in range(len(points[0])):
        model.addCons(quicksum(holds[i][asset] for i in parties) == 1)
    values = [model.addVar(ub=TOTAL) for _ in parties]
    for row, held, value in zip(points, holds, values, strict=True):
        model.addCons(value == quicksum(worth * held[k] for k, worth in enumerate(row) if worth))
    return model, holds, values


def _scip_solved(model, holds, limit: float) -> Found:
    model.setParams({"limits/gap": 0.0, "limits/time": limit, "timing/clocktype": 1})
    model.optimize()
    best = model.getBestSol() if model.getNSols() else None
    won = None if best is None else _largest([[best[held] for held in row] for row in holds])
    return Found(won, model.getDualbound(), model.getStatus() == "optimal")


def product_on_highs(points: Points, limit: float) -> Found:
    """The largest product, by secants, on HiGHS."""
    model, holds, values = _highs_deal(points)
    logs = [model.addVariable(-1, math.log(TOTAL)) for _ in points]
    for value, height in zip(values, logs, strict=True):
        for slope, base, k in SECANTS:
            model.addConstr(height - slope * value <= base - slope * k)
    return _highs_solved(model, holds, sum(logs), limit)


def minimum_on_highs(points: Points, limit: float) -> Found:
    """The largest smallest value, on HiGHS."""
    model, holds, values = _highs_deal(points)
    least = model.addVariable(0, TOTAL)
    for value in values:
        model.addConstr(least <= value)
    return _highs_solved(model, holds, least + 0, limit)


def _highs_deal(points):
    model = highspy.Highs()
    model.silent()
    holds = [[model.addBinary() for _ in row] for row in points]
    for asset in range(len(points[0])):
        model.addConstr(sum(row[asset] for row in holds) == 1)
    values = [model.addVariable(0, TOTAL) for _ in points]
    for row, held, value in zip(points, holds, values, strict=True):
        model.addConstr(sum(worth * held[k] for k, worth in enumerate(row) if worth) - value == 0)
    return model, holds, values


def _highs_solved(model, holds, objective, limit: float) -> Found:
    for name, value in (("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-6), ("threads", 1)):
        model.setOptionValue(name, value)
    over = time.process_time() + limit  # its own limit would count the time that others use the machine
    model.cbMipInterrupt.subscribe(lambda event: event.interrupt() if time.process_time() > over else None)
    model.maximize(objective)
    info = model.getInfo()
    has_deal = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    won = _largest([[model.val(held) for held in row] for row in holds]) if has_deal else None
    return Found(won, info.mip_dual_bound, model.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _largest(held: Sequence[Sequence[float]]) -> list[int]:
    """Who holds most of each asset: in a solution, all of it up to tolerance."""
    return [max(range(len(held)), key=lambda party: held[party][asset]) for asset in range(len(held[0]))]


def measured(program: Program, objective: Callable[[Iterable[int]], float]):
    """A solver of the bench from a program; its gap is the program's bound less the deal's exact value."""

    def run(points: Points, _: Sequence[int], limit: float, clock: Clock) -> Answer:
        found = clock.of(lambda: program(points, limit))
        gap = None if found.holders is None else max(0.0, found.bound - objective(_values(points, found.holders)))
        return Answer(found.holders, proved=found.finished, gap=gap, stopped=not found.finished)

    return run


def _values(points: Points, holders: Sequence[int]) -> list[int]:
    return [sum(row[asset] for asset, holder in enumerate(holders) if holder == i) for i, row in enumerate(points)]
