"""Leximin: the worst-off party as well off as possible; then the second worst-off; and so on.

Parties are compared by points for their entitlement, points as written. Few deals are compared one by one.
Whole goods whose points simply add, with no rule but bars, go to `whole_assets` (column generation over
bundles, proved in integers). All else goes to `stages` (SCIP) for the whole issues; divisibles are then split by
exact linear programs, level by level (`splits`).

Source: A. Sen, Collective Choice and Social Welfare (1970); W. Ogryczak and T. Śliwiński (2006), see `stages`.
"""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.case import Case
from evenhand.deals import (
    Deal,
    Method,
    NoDeal,
    Outcome,
    SearchTooLarge,
    Space,
    Step,
    lay_out,
    list_picks,
)
from evenhand.divide.leximin.splits import completed, levels
from evenhand.divide.leximin.stages import Stages, method_of
from evenhand.divide.leximin.whole_assets import best_whole, is_whole
from evenhand.divide.procedure import Options, Procedure

TIES = (
    "Of deals with the same levels, the first in the order of the case (among many whole goods: looked for in a fixed "
    "number of rounds, then the first deal met); shares go to earlier parties first."
)
_LISTED = 2000
_LISTED_SPLITS = 40
"""How many settlements are tried to list every deal; fewer where divisibles must be split for each."""


def why_not(case: Case) -> str | None:
    """Leximin is defined for every case."""
    return None


def run(case: Case, options: Options) -> Outcome:
    """The leximin deal. Raises NoDeal when the rules allow none."""
    space = lay_out(case)
    listed = _listed(space)
    if listed:
        proof = "Every deal was compared in exact arithmetic."
        return _outcome(space, _best(space, listed), Method("leximin", "listing", proof, 0.0, exact=True))
    if is_whole(space):
        return _outcome(space, *best_whole(space, options))
    staged = Stages(space, options)
    staged.climb()
    staged.first_in_order()
    deals = [deal for pick in staged.picks if (deal := completed(space, pick)) is not None]
    if not deals:
        raise NoDeal("The time ran out before any deal was found. Allow more with --time.")
    return _outcome(space, _best(space, deals), method_of(staged))


def _listed(space: Space) -> list[Deal]:
    """Every deal (for each way to settle the whole issues, the best), in order; empty where that is long work."""
    try:
        picks = list(list_picks(space, _LISTED_SPLITS if space.divisible else _LISTED))
    except SearchTooLarge:
        return []
    return [deal for pick in picks if (deal := completed(space, pick)) is not None]


def _best(space: Space, deals: Sequence[Deal]) -> Deal:
    """The first of the deals with the best levels."""
    return max(deals, key=lambda deal: levels(space, space.values(deal)))


def _outcome(space: Space, deal: Deal, method: Method) -> Outcome:
    values = space.values(deal)
    facts = {
        "points": {party: str(value) for party, value in zip(space.parties, values, strict=True)},
        "levels": [str(level) for level in levels(space, values)],
    }
    return Outcome(deal, (Step("levels", facts),), method)


PROCEDURE = Procedure(
    id="leximin",
    title="Leximin",
    promise="The worst-off party is as well off as it can be; then the next; and so on.",
    use="Nobody may be left behind: families, aid, the weakest side; burdens too.",
    avoid="Parties' points are on different scales: it compares them as written.",
    source="Ogryczak and Śliwiński (2006); the rule goes back to Sen (1970)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
