"""What a deal is worth to a party, exactly, in that party's own points."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from evenhand.case import JOINT, Asset, Cake, Case, Chosen, Condition, Divisible, Issue, Preference
from evenhand.deals.cakes import pieces_worth
from evenhand.deals.deal import Deal, Settlement


def worth_of(preference: Preference, issue: Issue, party: str, settlement: Settlement) -> Fraction:
    """What one issue's settlement is worth to a party. An option is worth points × value / 100."""
    points = preference.points[issue.id]
    if isinstance(issue, Chosen) or settlement == JOINT:
        assert isinstance(settlement, str)
        return points * preference.values[issue.id][settlement] / 100
    if isinstance(settlement, str):
        return points if settlement == party else Fraction(0)
    return points * settlement.get(party, Fraction(0))


def worth_in(case: Case, issue: Issue, deal: Deal, party: str) -> Fraction:
    """What one issue, as a deal settles it, is worth to a party."""
    if isinstance(issue, Cake):
        return pieces_worth(case.preferences[party], issue, deal.pieces[issue.id].get(party, ()))
    return worth_of(case.preferences[party], issue, party, deal[issue.id])


def value_of(case: Case, deal: Deal, party: str) -> Fraction:
    """What the deal is worth to a party: the sum over issues, plus what comes together, less what it pays."""
    preference = case.preferences[party]
    total = sum((worth_in(case, issue, deal, party) for issue in case.issues), Fraction(0))
    total -= deal.payments.get(party, Fraction(0))
    return total + sum((term.points for term in preference.together if applies(term.when, deal)), Fraction(0))


def applies(when: Mapping[str, Condition], deal: Deal) -> bool:
    """Whether every condition of a `together` term holds in full (a shared asset meets none)."""
    return all(deal[issue] in condition for issue, condition in when.items() if isinstance(deal[issue], str)) and all(
        isinstance(deal[issue], str) for issue in when
    )


def deal_values(case: Case, deal: Deal) -> dict[str, Fraction]:
    """What the deal is worth to each principal, in the case's order."""
    return {party.id: value_of(case, deal, party.id) for party in case.principals}


def total_points(case: Case, party: str) -> Fraction:
    """The most a party's points could come to: every good wholly its own, each choice at its best.

    Burdens and `together` terms are left out; where everyone gets one thing, it is the best one. This is what
    "of your 100 points" refers to.
    """
    preference = case.preferences[party]
    if case.money is not None and case.money.one_each:
        return max(Fraction(0), *preference.points.values())
    total = Fraction(0)
    for issue in case.issues:
        points = preference.points[issue.id]
        if isinstance(issue, Chosen):
            total += points * max(preference.values[issue.id].values()) / 100
        elif not issue.burden:
            total += points
    return total


def holdings(case: Case, deal: Deal) -> dict[str, dict[str, Fraction]]:
    """For each principal, what it holds: {issue: share} over assets and divisibles, in case order."""
    held: dict[str, dict[str, Fraction]] = {party.id: {} for party in case.principals}
    for issue in case.issues:
        if isinstance(issue, Asset | Divisible):
            for party, share in deal.shares(issue.id).items():
                held[party][issue.id] = share
    return held
