"""What the procedures with money share: when they have a meaning, budgets, and who hands what to whom."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from evenhand.case import Asset, Case, Money, fraction_text
from evenhand.deals import NoDeal, Step

Payments = Mapping[str, Fraction]
"""What each principal pays; below 0 it receives."""


def why_no_money(case: Case, title: str) -> str | None:
    """The reason a procedure with payments does not apply where the case says nothing of money, or None."""
    if case.money is None:
        return f"{title} makes payments; add `money: {{unit: EUR}}` to the case if its points are amounts of money."
    return None


def why_not_equal(case: Case, title: str) -> str | None:
    """The reason a procedure that treats all alike does not apply, or None."""
    if not case.equal_entitlements:
        return f"{title} treats all alike; this case has unequal entitlements."
    return None


def why_not_whole(case: Case, title: str) -> str | None:
    """The reason a procedure that hands out whole things, open to all, does not apply, or None."""
    for issue in case.issues:
        if not isinstance(issue, Asset) or issue.joint:
            return f"{title} hands out whole things to one party each; “{issue.label}” need not be."
    if case.rules:
        return f"{title} needs everything to be open to everyone; rule {case.rules[0].id} may forbid something."
    return None


def why_not_one_each(case: Case, title: str) -> str | None:
    """The reason not everyone can have one of the assets, or None."""
    if case.money is None or not case.money.one_each:
        return f"{title} gives everyone exactly one thing; if that is meant here, add `one_each: true` to `money`."
    things, parties = len(case.issues), len(case.principals)
    if things != parties:
        mend = "Leave out those that nobody takes." if things > parties else "Name a place for everyone."
        return f"{title} needs one thing for each; here are {things} for {parties} parties. {mend}"
    return None


def money_of(case: Case) -> Money:
    """The case's money; only for cases that have some."""
    assert case.money is not None
    return case.money


def with_unit(case: Case, amount: Fraction) -> str:
    """An amount of money with its unit, exactly."""
    return f"{fraction_text(amount)} {money_of(case).unit}".rstrip()


def within_budgets(case: Case, payments: Payments, title: str) -> None:
    """Raise NoDeal when somebody would have to pay more than it can."""
    for party in case.principals:
        budget = case.preferences[party.id].budget
        if budget is not None and payments[party.id] > budget:
            due, most = with_unit(case, payments[party.id]), with_unit(case, budget)
            raise NoDeal(f"{title} would have {party.label} pay {due}, and its budget is {most}.")


def transfers(case: Case, payments: Payments) -> Step:
    """Who hands how much to whom: in the order of the case, with at most one transfer fewer than there are sides.

    `outside` stands for whoever is paid what the parties pay together, or pays it to them.
    """
    sides = {party.id: payments[party.id] for party in case.principals}
    sides["outside"] = -sum(sides.values(), Fraction(0))
    owed = {name: -amount for name, amount in sides.items() if amount < 0}
    rows = []
    for giver, amount in sides.items():
        left = amount
        while left > 0:
            taker = next(name for name, missing in owed.items() if missing)
            moved = min(left, owed[taker])
            rows.append({"from": giver, "to": taker, "amount": str(moved)})
            left -= moved
            owed[taker] -= moved
    return Step("transfers", {"transfers": rows})
