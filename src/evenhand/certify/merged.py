"""Is anything better, where a walk through all deals is too long: merge the issues and see what reaches the deal.

Only sums that can still reach the deal examined are kept, so few are, and each maximal one that is left at the end is
the deal's own worth or a better deal (`solve.frontier`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from evenhand.deals import Deal, Space
from evenhand.deals.summing import Summing
from evenhand.solve.frontier import maximal_sums

MOST = {1: 500_000, 2: 500_000, 3: 50_000, 4: 20_000, 5: 20_000}
"""How many sums are kept at a time, by the number of parties; MOST_OF_MANY for more: few of theirs compare."""
MOST_OF_MANY = 500


def better_or_none(space: Space, goal: Sequence[Fraction]) -> Deal | None:
    """A deal that is at least as good as the goal for everyone and better for somebody; None: there is none.

    For cases whose issues are whole. Raises TooMany where more sums than MOST would have to be kept, and when
    somebody asked to stop.
    """
    summing = Summing(space)
    front = maximal_sums(summing.problem(goal), most=MOST.get(len(goal), MOST_OF_MANY), thin=False)
    for row in front.rows.tolist():
        if any(units != value * scale for units, value, scale in zip(row, goal, summing.scales, strict=True)):
            return space.deal(next(front.picks(row)))
    return None
