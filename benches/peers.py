"""The other programs as they are measured, in an interpreter of their own: their call, from plain points to
their result. Nothing of Evenhand is imported here but how a job is asked for.

fairpyx 0.1 has no maximum Nash welfare, no leximin and no max-min for whole things with a proof; what it
has for the same purpose is measured (`almost_egalitarian_allocation` rounds a linear program).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

import fairpyx
import prtpy
from fairpyx import algorithms
from fairpyx.algorithms.shoshan_hazon_segalhalevi import is_EF1
from prtpy.partitioning import complete_greedy, integer_programming

from benches.instances import Points
from benches.job import Answer, Clock, Solver, serve
from benches.programs import measured, minimum_on_highs, minimum_on_scip, product_on_highs, product_on_scip


def _fairpyx(algorithm: Callable[..., None], **arguments: Any) -> Solver:
    """An algorithm of fairpyx, from a table of values to its allocation."""

    def run(points: Points, _: Sequence[int], __: float, clock: Clock) -> Answer:
        allocation = clock.of(lambda: fairpyx.divide(algorithm, valuations=_table(points), **arguments))
        owner = {item: int(agent[1:]) for agent, bundle in allocation.items() for item in bundle}
        return Answer([owner[f"a{asset}"] for asset in range(len(points[0]))])

    return run


def _table(points: Points) -> dict[str, dict[str, int]]:
    return {f"p{i}": {f"a{asset}": worth for asset, worth in enumerate(row)} for i, row in enumerate(points)}


def _one_by_one_with_cycles(points: Points, holders: Sequence[int], limit: float, clock: Clock) -> Answer:
    """fairpyx's rounds with envy cycles untied after them, all assets in one category without a cap."""
    items = [f"a{asset}" for asset in range(len(points[0]))]
    solver = _fairpyx(
        algorithms.fair_division_under_cardinality_constraints,
        item_categories={"all": items},
        category_capacities={"all": len(items)},
    )
    return solver(points, holders, limit, clock)


def _envy_checks(points: Points, holders: Sequence[int], _: float, clock: Clock) -> Answer:
    """What fairpyx can say of a deal: the largest envy, and EF1 (a yes, or the first envious pair)."""
    instance = fairpyx.Instance(valuations=_table(points))
    built = fairpyx.AllocationBuilder(instance)
    bundles: dict[str, list[str]] = {f"p{party}": [] for party in range(len(points))}
    for asset, holder in enumerate(holders):
        built.give(f"p{holder}", f"a{asset}")
        bundles[f"p{holder}"].append(f"a{asset}")

    def check() -> tuple[float, object]:
        envy = fairpyx.AgentBundleValueMatrix(instance, bundles, normalized=False).max_envy()
        return envy, is_EF1(built)

    envy, pair = clock.of(check)
    return Answer(note=f"envy-free {'fails' if envy > 0 else 'holds'}, ef1 {'fails' if pair else 'holds'}")


def _shares_by(split: Callable[[Points, int, float], tuple[int | None, bool]]) -> Solver:
    """prtpy, one party's maximin share after the other, each with its part of the time."""

    def run(points: Points, _: Sequence[int], limit: float, clock: Clock) -> Answer:
        parties = len(points)
        found = clock.of(lambda: [split(row, parties, limit / parties) for row in points])
        proved = sum(sure for _, sure in found)
        everyone = proved == parties
        return Answer(values=[share for share, _ in found], proved=everyone, proved_values=proved, stopped=not everyone)

    return run


def _complete_greedy(row: list[int], parts: int, seconds: float) -> tuple[int | None, bool]:
    """A share and whether it is proved. prtpy fails with a TypeError when it has no split in time."""
    started = time.perf_counter()
    try:
        sums = prtpy.partition(
            algorithm=complete_greedy.anytime,
            numbins=parts,
            items=row,
            outputtype=prtpy.out.Sums,
            objective=prtpy.obj.MaximizeSmallestSum,
            time_limit=seconds,
        )
    except TypeError:
        return None, False
    return round(min(sums)), time.perf_counter() - started < seconds


def _integer_program(row: list[int], parts: int, seconds: float) -> tuple[int | None, bool]:
    """A share, proved. prtpy fails with a ValueError when the program is not solved in time."""
    try:
        sums = prtpy.partition(
            algorithm=integer_programming.optimal,
            numbins=parts,
            items=row,
            outputtype=prtpy.out.Sums,
            objective=prtpy.obj.MaximizeSmallestSum,
            time_limit=seconds,
        )
    except ValueError:
        return None, False
    return round(min(sums)), True


def _logarithms(values: Sequence[int]) -> float:
    return sum(math.log(value) if value else -math.inf for value in values)


SOLVERS: dict[tuple[str, str], Solver] = {
    ("nash", "secants, SCIP"): measured(product_on_scip, _logarithms),
    ("nash", "secants, HiGHS"): measured(product_on_highs, _logarithms),
    ("leximin", "max-min, SCIP"): measured(minimum_on_scip, min),
    ("leximin", "max-min, HiGHS"): measured(minimum_on_highs, min),
    ("leximin", "fairpyx, almost egalitarian"): _fairpyx(algorithms.almost_egalitarian_allocation),
    ("round-robin", "fairpyx, round robin"): _fairpyx(algorithms.round_robin),
    ("envy-cycle", "fairpyx, rounds and envy cycles"): _one_by_one_with_cycles,
    ("maximin-share", "prtpy, complete greedy"): _shares_by(_complete_greedy),
    ("maximin-share", "prtpy, integer program"): _shares_by(_integer_program),
    ("envy and fairness", "fairpyx, EF and EF1 only"): _envy_checks,
}

if __name__ == "__main__":
    serve(SOLVERS)
