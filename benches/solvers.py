"""Maximum Nash welfare as SCIP takes it (a logarithm) and as HiGHS must (secants): CPU seconds to proof.

Instances of `instances`, seeds 0 and 1. Run with `make bench-solvers`. Each solve runs in a process of its own.
"""

from __future__ import annotations

import math
import subprocess
import sys
import time

import highspy
from pyscipopt import Model, log, quicksum

from benches.instances import TOTAL, Points, points

PARTIES, ASSETS, LIMIT = 10, 60, 120


def scip(worth: Points) -> tuple[float, float]:
    """(CPU seconds, objective) with z ≤ log(v)."""
    model = Model()
    model.hideOutput()
    model.setParams({"limits/gap": 0.0, "limits/time": LIMIT, "timing/clocktype": 1, "numerics/feastol": 1e-7})
    holds = [[model.addVar(vtype="B") for _ in range(ASSETS)] for _ in range(PARTIES)]
    logs = [model.addVar(lb=0, ub=math.log(TOTAL)) for _ in range(PARTIES)]
    for asset in range(ASSETS):
        model.addCons(quicksum(holds[i][asset] for i in range(PARTIES)) == 1)
    for i, row in enumerate(worth):
        value = model.addVar(lb=1, ub=TOTAL)
        model.addCons(value == quicksum(v * x for v, x in zip(row, holds[i], strict=True)))
        model.addCons(logs[i] <= log(value))
    model.setObjective(quicksum(logs), "maximize")
    started = time.process_time()
    model.optimize()
    return time.process_time() - started, model.getObjVal()


def highs(worth: Points) -> tuple[float, float]:
    """(CPU seconds, objective) with a secant over every step of about three percent."""
    model = highspy.Highs()
    model.silent()
    for name, value in (("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-7), ("time_limit", float(LIMIT)), ("threads", 1)):
        model.setOptionValue(name, value)
    whole = highspy.HighsVarType.kInteger
    holds = [[model.addVariable(0, 1, type=whole) for _ in range(ASSETS)] for _ in range(PARTIES)]
    logs = [model.addVariable(-1, 20) for _ in range(PARTIES)]
    for asset in range(ASSETS):
        model.addConstr(sum(holds[i][asset] for i in range(PARTIES)) == 1)
    for i, row in enumerate(worth):
        for step in _steps():
            slope = math.log((step + 1) / step)
            value = sum(slope * v * x for v, x in zip(row, holds[i], strict=True) if v)
            model.addConstr(logs[i] <= math.log(step) - slope * step + value)
    started = time.process_time()
    model.maximize(sum(logs))
    return time.process_time() - started, model.getInfo().objective_function_value


def _steps() -> list[int]:
    steps = [1]
    while steps[-1] < TOTAL:
        steps.append(max(steps[-1] + 1, int(steps[-1] * 1.03)))
    return steps


def main() -> None:
    """One row per instance; a solver's row is computed in a fresh process."""
    sys.stdout.write(f"{'instance':<16}{'SCIP s':>9}{'HiGHS s':>9}\n")
    for family in ("uniform", "independent", "correlated"):
        for seed in (0, 1):
            seconds = []
            for solver in ("scip", "highs"):
                command = [sys.executable, "-m", "benches.solvers", solver, family, str(seed)]
                printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
                seconds.append(float(printed.split()[-1]))
            sys.stdout.write(f"{family + ' ' + str(seed):<16}{seconds[0]:>9.2f}{seconds[1]:>9.2f}\n")


if __name__ == "__main__":
    if len(sys.argv) == 4:
        taken, _ = {"scip": scip, "highs": highs}[sys.argv[1]](points(sys.argv[2], PARTIES, ASSETS, int(sys.argv[3])))
        sys.stdout.write(f"{taken:.3f}\n")
    else:
        main()
