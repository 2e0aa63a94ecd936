"""Is anything better for somebody and worse for nobody, if money may change hands as well?"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from evenhand.certify.certificate import Certificate, undefined
from evenhand.certify.examined import Examined
from evenhand.certify.one_each import is_one_each, largest_one_each
from evenhand.certify.property import Property
from evenhand.certify.recheck import with_money as recheck
from evenhand.deals import SearchTooLarge, Space, deal_json, largest_sum, settled_apart

NAME = "pareto-optimal-with-money"
STEPS = 5_000
"""How many ways to settle tied issues are looked at before it says `undecided`."""


def _pareto_optimal_with_money(examined: Examined) -> Certificate:
    """No deal that keeps the rules has a larger sum of points: what one pays another receives, so only that counts.

    O(n m) where no rule ties issues and points add; O(n³) where everyone gets one thing; else within STEPS.
    """
    case, deal = examined.case, examined.deal
    if case.money is None:
        return undefined(NAME, "Points are amounts of money only where the case says `money`.")
    if is_one_each(case, deal):
        holds, witness = largest_one_each(case, deal)
        return Certificate(NAME, "holds" if holds else "fails", witness)
    space = examined.space
    total = sum(space.values(deal.without_money), Fraction(0))
    try:
        best = largest_sum(space, STEPS)
    except SearchTooLarge:
        why = f"No deal with a larger sum was found ({STEPS:,} steps), but not all were looked at."
        return Certificate(NAME, "undecided", {"why": why})
    most = None if best is None else sum(space.values(best), Fraction(0))
    if best is not None and most is not None and most > total:
        return Certificate(NAME, "fails", {"better_deal": deal_json(best), "sum": str(most), "instead_of": str(total)})
    return Certificate(NAME, "holds", _witness(space, total))


def _witness(space: Space, total: Fraction) -> dict[str, Any]:
    """The sum, and the most that any settlement of each issue brings; or that all deals were looked at."""
    tops = [max((sum(row, Fraction(0)) for row in rows), default=Fraction(0)) for rows in space.worth]
    if not settled_apart(space) or sum(tops) != total:  # a deal that breaks a rule may have a larger sum
        return {"sum": str(total), "because": "search"}
    return {"sum": str(total), "most": {issue.id: str(t) for issue, t in zip(space.issues, tops, strict=True)}}


PARETO_OPTIMAL_WITH_MONEY = Property(
    id=NAME,
    title="Nothing better even with money",
    meaning="Even if money may change hands, nothing would be better for somebody and worse for nobody.",
    definition="No deal that keeps the rules (and gives everyone one thing, where the case says so) has a larger sum "
    "of v_i; payments between parties cancel out.",
    source="Pareto optimality with transferable utility; one thing each: Shapley and Shubik (1971)",
    by_hand="A deal with a larger sum (fails): add it up. Or the most that any settlement of each issue brings; one "
    "thing each: gains and prices, of which no two together are below what a thing is worth to a party (holds).",
    cost=f"O(n m); one thing each: O(n³); rules that tie: at most {STEPS:,} steps",
    recheck_cost="O(n m s), s settlements of an issue",
    check=_pareto_optimal_with_money,
    recheck=recheck.pareto_optimal_with_money,
)
