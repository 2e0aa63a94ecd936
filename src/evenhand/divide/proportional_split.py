"""Proportional split: of every divisible, everyone gets its entitled part. Nobody's points are asked for.

Each party has exactly its entitled part of the whole by its own points, and nobody would rather have another's
part for its entitlement; but both sides often gain by trading what they value differently.
Source: H. Steinhaus, "The problem of fair division", Econometrica 16 (1948), for the standard it meets.
"""

from __future__ import annotations

from fractions import Fraction

from evenhand.case import Asset, Case
from evenhand.deals import Deal, Method, Outcome, Step, broken_rules
from evenhand.divide.procedure import Options, Procedure, choices


def why_not(case: Case) -> str | None:
    """The reason the proportional split is not defined for a case, or None."""
    if found := choices(case):
        return f"Only what is divisible can be split; “{found[0]}” is a choice that holds for everyone."
    asset = next((issue.label for issue in case.issues if isinstance(issue, Asset)), None)
    if asset is not None:
        return f"Only what is divisible can be split; “{asset}” is a whole thing."
    if broken := broken_rules(case, _split(case)):
        return f"The split by entitlements would break rule {broken[0].rule.id}."
    return None


def _split(case: Case) -> Deal:
    total = sum((party.entitlement for party in case.principals), Fraction(0))
    shares = {party.id: party.entitlement / total for party in case.principals}
    return Deal.of(case, {issue.id: shares for issue in case.issues})


def run(case: Case, options: Options) -> Outcome:
    """The split. Exact; no random choice."""
    deal = _split(case)
    shares = {party: str(share) for party, share in deal.shares(case.issues[0].id).items()}
    proof = "Every share is the party's entitlement over the sum of all."
    return Outcome(deal, (Step("split", {"shares": shares}),), Method("proportional-split", "by entitlement", proof))


PROCEDURE = Procedure(
    id="proportional-split",
    title="Proportional split",
    promise="Of everything, everyone gets its entitled part; nobody would rather have another's part.",
    use="Money and the like; or points are not to be asked for at all.",
    avoid="Whole things; or the sides value different things, so that both would gain by trading.",
    source="Steinhaus (1948)",
    ties="The rule leaves nothing to choose.",
    why_not=why_not,
    run=run,
)
