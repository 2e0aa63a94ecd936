"""Maximin shares for everyone: at least what each could make sure of by dividing everything and taking the worst part.

Each party's share is computed from its own points. If some deal gives everyone its share, one is found;
such a deal need not exist (D. Kurokawa, A. Procaccia and J. Wang, "Fair enough: guaranteeing approximate
maximin shares", Journal of the ACM 65, 2018), and then everyone gets the largest fraction of its share that
all can have. With burdens it is the smallest multiple of what each would have to carry.

Source: E. Budish, "The combinatorial assignment problem", Journal of Political Economy 119 (2011).
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from evenhand.case import Asset, Case
from evenhand.deals import Outcome
from evenhand.divide.fair_fraction import TIES, Share, largest_fraction
from evenhand.divide.procedure import Options, Procedure, not_plain
from evenhand.solve import largest_minimum

_STEPS = 20_000
"""How many placements the search for each party's best split tries before it gives up."""


def why_not(case: Case) -> str | None:
    """The reason maximin shares are not defined for a case, or None."""
    whole = next((issue.label for issue in case.issues if not isinstance(issue, Asset)), None)
    if (reason := not_plain(case, "Maximin shares")) is not None:
        return reason
    if whole is not None:
        return f"Maximin shares are about dividing whole things; “{whole}” is divisible."
    if not case.equal_entitlements:
        return "With unequal entitlements the field has several definitions of it; AnyPrice shares are one."
    return None


def run(case: Case, options: Options) -> Outcome:
    """The deal in which the least fraction of a share that anybody has is largest."""
    shares = [_share(case, party.id) for party in case.principals]
    return largest_fraction("maximin-share", case, shares, options)


def _share(case: Case, party: str) -> Share:
    """What a party could make sure of, by its own points alone."""
    points = [case.preferences[party].points[issue.id] for issue in case.issues]
    scale = lcm(*(number.denominator for number in points))
    found = largest_minimum([int(number * scale) for number in points], len(case.principals), _STEPS)
    return Share(Fraction(found.low, scale), Fraction(found.high, scale))


PROCEDURE = Procedure(
    id="maximin-share",
    title="Maximin shares",
    promise="Everyone gets what it could make sure of by dividing everything and taking the worst part; where no deal "
    "can do that, the same part of it as far as possible.",
    use="Whole things, and people who would accept “you divide, the others choose” as fair.",
    avoid="The sides also look at what others get; shares, choices or unequal entitlements.",
    source="Budish (2011); Kurokawa, Procaccia and Wang (2018)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
