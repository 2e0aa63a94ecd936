"""Doubt: which packages survive what is not known of the parties' points.

Comes in: a `Case` whose parties are not sure of their points. Goes out: a `DoubtTable`: for each package in how many
possible worlds it is at least as good as no deal, what may be regretted, and the one question that would tell most.

Read in this order: `form` (a worth that is linear in what is unknown), `parts` and `region` (the possible points: a
polytope, asked exactly), `wants` (a party's region, read from the case), `chance`, `lattice` and `worlds` (even draws
from it), `blocks` (the best sum of any world, block by block), `packages` (what is looked at), `regret`, `worst` (worst
regret without sampling), `questions`, `answers` (as the case file would say them), `table` (all of it together).

Promised: worlds are drawn evenly in whole numbers, the same for the same seed on any machine; `always`, `never` and
exact worst regrets hold over all possible worlds, not only those drawn; a party's own view reads nothing of others.
"""

from evenhand.bargain.doubt.answers import recorded
from evenhand.bargain.doubt.packages import Origin
from evenhand.bargain.doubt.questions import Effect, Question
from evenhand.bargain.doubt.regret import CRITERIA, Criterion
from evenhand.bargain.doubt.table import (
    DoubtTable,
    OwnOutlook,
    PackageOutlook,
    PartyOutlook,
    doubt_table,
    own_outlooks,
)
from evenhand.bargain.doubt.wants import Wants

__all__ = [
    "CRITERIA",
    "Criterion",
    "DoubtTable",
    "Effect",
    "Origin",
    "OwnOutlook",
    "PackageOutlook",
    "PartyOutlook",
    "Question",
    "Wants",
    "doubt_table",
    "own_outlooks",
    "recorded",
]
