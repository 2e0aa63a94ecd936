"""Is anything better for somebody and worse for nobody, if money may change hands as well?"""

from __future__ import annotations

from fractions import Fraction

from evenhand.certify.certificate import Certificate, texts, undefined
from evenhand.certify.examined import Examined
from evenhand.certify.one_each import is_one_each, largest_one_each
from evenhand.certify.property import Property
from evenhand.certify.recheck import with_money as recheck
from evenhand.deals import SearchTooLarge, Space, deal_json, largest_sum, settled_apart, sums_of

NAME = "pareto-optimal-with-money"
LISTED = 2_000
"""Where there are more ways to settle tied issues, they are not looked at and it says `undecided`."""


def _pareto_optimal_with_money(examined: Examined) -> Certificate:
    """No deal that keeps the rules has a larger sum of points: what one pays another receives, so only that counts.

    O(n² m) where no rule ties issues and points add; O(n³) where everyone gets one thing; else while LISTED allows.
    """
    case, deal = examined.case, examined.deal
    if case.money is None:
        return undefined(NAME, "Points are amounts of money only where the case says `money`.")
    if is_one_each(case, deal):
        holds, witness = largest_one_each(case, deal)
        return Certificate(NAME, "holds" if holds else "fails", witness)
    space = examined.space
    total = sum(space.values(deal.without_money), Fraction(0))
    most = {k.id: max(row, default=Fraction(0)) for k, row in zip(space.issues, sums_of(space), strict=True)}
    if settled_apart(space) and sum(most.values()) == total:
        return Certificate(NAME, "holds", {"sum": str(total), "most": texts(most)})
    return _searched(space, total)


def _searched(space: Space, total: Fraction) -> Certificate:
    try:
        best = largest_sum(space, LISTED)
    except SearchTooLarge:
        why = f"Rules or points that come together tie issues, and there are more than {LISTED:,} ways to settle them."
        return Certificate(NAME, "undecided", {"why": why})
    larger = total if best is None else sum(space.values(best), Fraction(0))
    if best is not None and larger > total:
        witness = {"better_deal": deal_json(best), "sum": str(larger), "instead_of": str(total)}
        return Certificate(NAME, "fails", witness)
    return Certificate(NAME, "holds", {"sum": str(total), "because": "search"})


PARETO_OPTIMAL_WITH_MONEY = Property(
    id=NAME,
    title="Nothing better even with money",
    meaning="Even if money may change hands, nothing would be better for somebody and worse for nobody.",
    definition="No deal that keeps the rules (and gives everyone one thing, where the case says so) has a larger sum "
    "of v_i; payments between parties cancel out.",
    source="Pareto optimality with transferable utility; one thing each: Shapley and Shubik (1971)",
    by_hand="A deal with a larger sum (fails): add it up. Or the most that any settlement of each issue brings; one "
    "thing each: gains and prices, of which no two together are below what a thing is worth to a party (holds).",
    cost=f"O(n² m); one thing each: O(n³); rules that tie: at most {LISTED:,} deals",
    recheck_cost="O(n m s), s settlements of an issue",
    check=_pareto_optimal_with_money,
    recheck=recheck.pareto_optimal_with_money,
)
