"""The one door to a solver. It knows numbers and columns, never cases.

Comes in: variables, linear rows, an objective that is linear or a weighted sum of logarithms.
Goes out: an `Answer` with the best point found, its objective and a bound on every other.

`program` wraps SCIP for searching (floats). `rational` solves small linear programs in exact fractions,
for what is asserted; `covering` splits whole numbers into parts, with a bound that anybody can add up.
`any_price` (with `affordable` and `mixing`) says what a budget is sure to buy, whatever the prices.
`assignment` gives one thing to each for the largest sum, in whole numbers.
`prices` finds multipliers that bound a product; whoever uses them checks the bound exactly, so they need
not be trusted. `powers` compares products of powers exactly, however large the exponents.
`partition` hands out whole items for the best sum of what totals count for, with a bound in integers: the
engine under the largest product and leximin. `regions` (imported by name: it compiles) divides a graph of cells into
connected parts.

Promised: gaps and tolerances are set here on purpose (relative and absolute gap 0, feasibility 1e-7);
one thread and a fixed seed, so the same program gives the same answer.
"""

from evenhand.solve.affordable import affordable
from evenhand.solve.any_price import LARGEST_SUM, AnyPrice, any_price_share
from evenhand.solve.assignment import assignments_among, largest_assignment, longest_ways
from evenhand.solve.covering import Ceiling, LargestMinimum, ceilings, largest_minimum
from evenhand.solve.partition import (
    LeximinPartition,
    Partition,
    PartitionProblem,
    best_partition,
    leximin_partition,
)
from evenhand.solve.powers import compare_with_one, log_of_fraction, rounded_product
from evenhand.solve.prices import log_prices
from evenhand.solve.program import Answer, Limits, Program, request_stop, solver_versions
from evenhand.solve.rational import Infeasible, Unbounded, maximise_exactly

__all__ = [
    "LARGEST_SUM",
    "Answer",
    "AnyPrice",
    "Ceiling",
    "Infeasible",
    "LargestMinimum",
    "LeximinPartition",
    "Limits",
    "Partition",
    "PartitionProblem",
    "Program",
    "Unbounded",
    "affordable",
    "any_price_share",
    "assignments_among",
    "best_partition",
    "ceilings",
    "compare_with_one",
    "largest_assignment",
    "largest_minimum",
    "leximin_partition",
    "log_of_fraction",
    "log_prices",
    "longest_ways",
    "maximise_exactly",
    "request_stop",
    "rounded_product",
    "solver_versions",
]
