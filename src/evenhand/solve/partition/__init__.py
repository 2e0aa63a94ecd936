"""The best partition of whole items among parties, for an objective that adds up party by party.

Comes in: a `PartitionProblem` (integers: worths, who may hold what, what each total counts for). Goes out:
a `Partition`: owners, objective, certified bound, prices, finished or stopped.

What runs when, one rule. (1) Greedy, then moves and swaps: a partition at once; straight lines above the
gains rule out most pairs of party and item where interests differ (`reduce`). (2) Column generation, a column per
party and bundle, exact knapsacks over values (`pricing`): a bound. (3) A dive through the linear program, then
moves and swaps again. (4) While bound and objective differ: the part of the search with the largest bound is
taken; if no party has more than 300 bundles within the difference, all ways to fit them are listed (`cover`); if
all parties together have no more than 100,000, the best ones are found on that list, with prices for triples of
items that close the gap without deciding anything (`listed_search`); otherwise pairs are ruled out by knapsacks,
a dive looks for something better, one pair is decided either way and both parts are bounded by column generation
again. At any stop the largest bound of the open parts is certified.

Read `problem`, `knapsack`, `pricing` (the bound), `master` (the linear program), `local`, `near`, `cover`, `listed`,
`listed_search`, `reduce`, `search`; then `leximin`, which runs it on windows of levels.

Promised: bounds, losses and comparisons are integers; floats only say where to look.
"""

from collections.abc import Callable

from evenhand.solve.partition.leximin import LeximinPartition, leximin_partition
from evenhand.solve.partition.problem import Integers, PartitionProblem
from evenhand.solve.partition.search import Before, Partition, Search
from evenhand.solve.program import Limits

__all__ = ["LeximinPartition", "Partition", "PartitionProblem", "best_partition", "leximin_partition"]


def best_partition(
    problem: PartitionProblem,
    *,
    start: Integers | None = None,
    before: Before | None = None,
    tolerance: int = 0,
    limits: Limits | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Partition:
    """The partition with the largest objective; of equals the first, comparing owners item by item.

    `start`: m owners, a partition to start from. Where gains are rounded, `before(one, other)` says which of two
    owner arrays is exactly preferred (alike parties and alike items in their order), and `tolerance` is the largest
    difference of objectives it may overrule.
    """
    search = Search(problem, before or _larger_or_earlier(problem), tolerance, limits or Limits(), progress)
    return search.run(start)


def _larger_or_earlier(problem: PartitionProblem) -> Before:
    def before(one: Integers, other: Integers) -> bool:
        ahead = problem.objective(one) - problem.objective(other)
        return ahead > 0 or (ahead == 0 and one.tolist() < other.tolist())

    return before
