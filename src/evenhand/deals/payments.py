"""Payments as issues, for whoever compares parts.

What one pays is a share of a burden that costs everyone alike, and what one receives a share of a good that
is worth the same to everyone. So a part of a deal is its things and its payment, and whoever compares parts
need not know of money. The ids have a dot, which no id in a case file may have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from evenhand.case import Case, Divisible
from evenhand.deals.deal import Deal, Settlement

_PAID, _RECEIVED = "money.paid", "money.received"


def payments_as_issues(case: Case, deal: Deal) -> tuple[Case, Deal]:
    """A case and a deal without payments, in which every part is worth to everyone what it was with them."""
    issues, settled, points = case.issues, dict(deal.settlements), dict[str, Fraction]()
    for name, sign in ((_PAID, 1), (_RECEIVED, -1)):
        flows = {party: max(sign * paid, Fraction(0)) for party, paid in deal.payments.items()}
        if total := sum(flows.values(), Fraction(0)):
            issues = (*issues, _issue(case, name, total, burden=sign > 0))
            settled[name] = _shares(flows, total)
            points[name] = -sign * total
    wants = {
        party: preference.model_copy(update={"points": {**preference.points, **points}})
        for party, preference in case.preferences.items()
    }
    update = {"issues": issues, "preferences": wants} if points else {}
    return case.model_copy(update=update), replace(deal.without_money, settlements=settled)


def _issue(case: Case, name: str, total: Fraction, *, burden: bool) -> Divisible:
    unit = case.money.unit if case.money else ""
    label = "the money paid" if burden else "the money received"
    return Divisible.model_construct(id=name, name=label, kind="divisible", amount=total, unit=unit, burden=burden)


def _shares(flows: Mapping[str, Fraction], total: Fraction) -> Settlement:
    return {party: flow / total for party, flow in flows.items() if flow}
