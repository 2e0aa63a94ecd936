"""What a deal, and a part, is worth to a party: the party's points added up, in fractions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from evenhand.case import JOINT, Case, Chosen, Issue
from evenhand.deals.deal import Deal

Part = Mapping[str, Fraction]
"""What is held: {issue: share}, shares above 0."""


def of_settlement(case: Case, party: str, issue: Issue, settlement: object) -> Fraction:
    """What one issue's settlement (option, holder, `joint` or shares) is worth to a party. O(1)."""
    preference = case.preferences[party]
    if isinstance(settlement, str) and (isinstance(issue, Chosen) or settlement == JOINT):
        return preference.points[issue.id] * preference.values[issue.id][settlement] / 100
    return preference.points[issue.id] * _share(settlement, party)


def _share(settlement: object, party: str) -> Fraction:
    if isinstance(settlement, Mapping):
        return Fraction(settlement.get(party, 0))
    return Fraction(int(settlement == party))


def of_deal(case: Case, party: str, deal: Deal) -> Fraction:
    """What the deal is worth to a party: its settlements, less what the party pays. O(m)."""
    return of_settlements(case, party, deal) - deal.payments.get(party, Fraction(0))


def of_settlements(case: Case, party: str, deal: Deal) -> Fraction:
    """What the settlements of a deal are worth to a party, with what comes together. O(m)."""
    total = sum((of_settlement(case, party, issue, deal[issue.id]) for issue in case.issues), Fraction(0))
    for term in case.preferences[party].together:
        if all(isinstance(deal[issue], str) and deal[issue] in names for issue, names in term.when.items()):
            total += term.points
    return total


def part_of(case: Case, party: str, deal: Deal) -> Part:
    """What a party holds. O(m)."""
    things = [issue.id for issue in case.issues if not isinstance(issue, Chosen) and deal[issue.id] != JOINT]
    held = {issue: _share(deal[issue], party) for issue in things}
    return {issue: share for issue, share in held.items() if share}


def of_part(case: Case, party: str, part: Part) -> Fraction:
    """What holding a part would be worth to a party. O(size of the part)."""
    preference = case.preferences[party]
    total = sum((preference.points[issue] * share for issue, share in part.items()), Fraction(0))
    whole = (term.points for term in preference.together if all(part.get(issue) == 1 for issue in term.when))
    return total + sum(whole, Fraction(0))


def without(part: Part, issue: str) -> Part:
    """The part with one thing left out."""
    return {name: share for name, share in part.items() if name != issue}


def best_option(case: Case, party: str, issue: Chosen) -> Fraction:
    """What the best option of a choice is worth to a party."""
    return max(of_settlement(case, party, issue, option.id) for option in issue.options)


def of_everything(case: Case, party: str) -> Fraction:
    """What all things, and every choice at its best, would be worth to a party. O(m)."""
    things = {issue.id: Fraction(1) for issue in case.issues if not isinstance(issue, Chosen)}
    choices = (best_option(case, party, issue) for issue in case.issues if isinstance(issue, Chosen))
    return of_part(case, party, things) + sum(choices, Fraction(0))
