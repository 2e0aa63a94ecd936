"""Rechecks where everyone gets exactly one thing."""

from __future__ import annotations

from evenhand.case import Asset, Case
from evenhand.certify.recheck.claim import Claim, wrong
from evenhand.deals.deal import Deal


def is_one_each(case: Case, deal: Deal) -> bool:
    """Whether the case gives everyone one thing, and the deal does."""
    if case.money is None or not case.money.one_each or not all(isinstance(issue, Asset) for issue in case.issues):
        return False
    return sorted(str(deal[issue.id]) for issue in case.issues) == sorted(party.id for party in case.principals)


def must_stay_one_each(claim: Claim, other: Deal) -> None:
    """Refute another deal that does not give everyone one thing where this one does."""
    if is_one_each(claim.case, claim.deal) and not is_one_each(claim.case, other):
        wrong("the other deal does not give everyone one thing")


def no_circle(claim: Claim) -> None:
    """Nobody who would rather have another's thing is reached from there by exchanges that harm nobody. O(n³)."""
    claim.only("because")
    own = {str(claim.deal[issue.id]): issue.id for issue in claim.case.issues}
    points = {party: claim.case.preferences[party].points for party in claim.parties}
    harmless = {
        one: {two for two in claim.parties if points[one][own[two]] >= points[one][own[one]]} for one in claim.parties
    }
    for middle in claim.parties:
        for one in claim.parties:
            if middle in harmless[one]:
                harmless[one] |= harmless[middle]
    for one in claim.parties:
        for two in claim.parties:
            if points[one][own[two]] > points[one][own[one]] and one in harmless[two]:
                wrong(f"a circle of exchanges in which {one} takes the thing of {two} helps it and harms nobody")
