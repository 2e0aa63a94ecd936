"""NegMAS 0.16 as it is measured, in an interpreter of its own: its call, from utility functions to its result.

Nothing of Evenhand is imported here but the instances and how a job is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from negmas import SAOMechanism
from negmas.gb.negotiators.timebased import TimeBasedConcedingNegotiator
from negmas.inout import Scenario
from negmas.negotiators.helpers import PolyAspiration
from negmas.outcomes import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.ops import ks_points, nash_points, pareto_frontier
from negmas.preferences.value_fun import TableFun

from benches.bargain_instances import evaluations
from benches.job import Clock, serve_one
from benches.outcomes import STEPS, Found, first_outcomes

Job = Mapping[str, Any]


def _functions(job: Job, *, scaled: bool = False) -> list[LinearAdditiveUtilityFunction]:
    """A utility function for each party, in whole numbers, or `scaled` so that deals are worth 0 to 1.

    No deal is worth as much as the worst: where it is worth less, NegMAS takes the worst deal in its place.
    """
    worth = evaluations(job["family"], job["parties"], job["issues"], job["options"], job["top"], job["seed"])
    names = [f"o{option}" for option in range(job["options"])]
    space = make_os([make_issue(names, name=f"i{k}") for k in range(job["issues"])])
    found = []
    for rows in worth:
        low = rows.min(axis=1)
        span = float((rows.max(axis=1) - low).sum())
        shown = (rows - low[:, None]) / span if scaled else rows
        values = [TableFun({name: float(value) for name, value in zip(names, row, strict=True)}) for row in shown]
        weights, reserved = [1.0] * job["issues"], 0.0 if scaled else float(low.sum())
        found.append(
            LinearAdditiveUtilityFunction(values=values, weights=weights, outcome_space=space, reserved_value=reserved)
        )
    return found


def frontier(job: Job, clock: Clock) -> Found:
    """The efficient outcomes, with the Nash and the Kalai–Smorodinsky points among them."""
    functions = _functions(job)
    space = functions[0].outcome_space

    def solve() -> tuple[Any, Any, Any]:
        values, _ = pareto_frontier(functions)
        ranges = [function.minmax(space, above_reserve=False) for function in functions]
        return values, nash_points(functions, values, ranges=ranges), ks_points(functions, values, ranges=ranges)

    values, nash, smorodinsky = clock.of(solve)
    picked = [[int(value) for value in found[0][0]] for found in (nash, smorodinsky)]
    return Found.of(values, nash=picked[0], kalai_smorodinsky=picked[1], complete=True, gap=0.0)


def negotiations(job: Job, clock: Clock) -> Found:
    """Alternating offers, one negotiation after the other, by parties with the exponents given."""
    functions = _functions(job, scaled=True)

    def negotiate() -> list[list[int] | None]:
        return [_agreement(functions, exponents) for exponents in job["exponents"]]

    return Found(runs=len(job["exponents"]), agreed=clock.of(negotiate))


def _agreement(functions: list[LinearAdditiveUtilityFunction], exponents: list[float]) -> list[int] | None:
    mechanism = SAOMechanism(outcome_space=functions[0].outcome_space, n_steps=STEPS)
    for function, exponent in zip(functions, exponents, strict=True):
        curve = PolyAspiration(1.0, exponent)
        mechanism.add(TimeBasedConcedingNegotiator(offering_curve=curve, stochastic=False, ufun=function))
    agreement = mechanism.run().agreement
    return agreement and [int(option[1:]) for option in agreement]


def reading(job: Job, clock: Clock) -> Found:
    """A folder of files, to what its first outcomes are worth."""
    readers: dict[str, Callable[[str], Scenario | None]] = {
        "read genius": Scenario.from_genius_folder,
        "read geniusweb": Scenario.from_geniusweb_folder,
        "read negmas": Scenario.from_yaml_folder,
    }
    scenario = clock.of(lambda: readers[job["task"]](job["folder"]))
    assert scenario is not None
    issues = scenario.outcome_space.issues
    rows = []
    for outcome in first_outcomes([issue.cardinality for issue in issues]):
        named = tuple(issue.values[k] for issue, k in zip(issues, outcome, strict=True))
        rows.append([float(function(named)) for function in scenario.ufuns])
    return Found(utilities=rows)


TASKS: dict[str, Callable[[Job, Clock], Found]] = {
    "frontier": frontier,
    "negotiations": negotiations,
    "read genius": reading,
    "read geniusweb": reading,
    "read negmas": reading,
}

if __name__ == "__main__":
    serve_one(lambda job, clock: TASKS[job["task"]](job, clock).plain())
