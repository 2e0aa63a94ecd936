"""AnyPrice shares: at least what each party could buy with its entitlement, whoever sets the prices.

Prices of all things sum to 1, somebody sets them to a party's harm, and it buys the best it can afford with
a budget of its entitled part. Unlike the maximin share this has a meaning for unequal entitlements.
If some deal gives everyone its share, one is found; otherwise everyone gets the largest fraction of its
share that all can have.

Source: M. Babaioff, T. Ezra and U. Feige, "Fair-share allocations for agents with arbitrary entitlements",
ACM Conference on Economics and Computation (2021).
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from evenhand.case import Asset, Case
from evenhand.deals import Outcome
from evenhand.divide.fair_fraction import TIES, Share, largest_fraction
from evenhand.divide.procedure import Options, Procedure, burdens, not_plain
from evenhand.solve import LARGEST_SUM, any_price_share

_STEPS = 1000
"""How many bundles are tried for each party's share before it is left with a gap."""


def why_not(case: Case) -> str | None:
    """The reason AnyPrice shares are not defined for a case, or None."""
    whole = next((issue.label for issue in case.issues if not isinstance(issue, Asset)), None)
    if (reason := not_plain(case, "AnyPrice shares")) is not None:
        return reason
    if whole is not None:
        return f"AnyPrice shares are about whole things; “{whole}” is divisible."
    if found := burdens(case):
        return f"AnyPrice shares are about things that everyone wants; “{found[0]}” is a burden."
    if any(sum(_whole_points(case, party.id)[0]) > LARGEST_SUM for party in case.principals):
        return "The points are too fine or too large to set prices for every bundle."
    return None


def run(case: Case, options: Options) -> Outcome:
    """The deal in which the least fraction of a share that anybody has is largest."""
    shares = [_share(case, party.id) for party in case.principals]
    return largest_fraction("any-price-share", case, shares, options)


def _whole_points(case: Case, party: str) -> tuple[list[int], int]:
    """A party's points as whole numbers, and how many of them are one point."""
    points = [case.preferences[party].points[issue.id] for issue in case.issues]
    scale = lcm(*(number.denominator for number in points))
    return [int(number * scale) for number in points], scale


def _share(case: Case, party: str) -> Share:
    """What a party could buy at any prices, by its own points and entitlement alone."""
    numbers, scale = _whole_points(case, party)
    part = case.party(party).entitlement / sum((p.entitlement for p in case.principals), Fraction(0))
    found = any_price_share(numbers, part, _STEPS)
    return Share(Fraction(found.low, scale), Fraction(found.high, scale))


PROCEDURE = Procedure(
    id="any-price-share",
    title="AnyPrice shares",
    promise="Everyone gets what it could buy with its entitlement, whoever sets the prices; where no deal can do that, "
    "the same part of it as far as possible.",
    use="Whole things and unequal entitlements.",
    avoid="The sides also look at what others get; burdens, shares or choices.",
    source="Babaioff, Ezra and Feige (2021)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
