"""Recheck of “nothing better even with money”: sums of points, gains and prices."""

from __future__ import annotations

from fractions import Fraction

from evenhand.certify.recheck import rules, worth
from evenhand.certify.recheck.claim import Claim, NotRecheckable, group, numbers_of, same, wrong
from evenhand.certify.recheck.deals import deal_in
from evenhand.certify.recheck.one_each import is_one_each, must_stay_one_each
from evenhand.deals.deal import Deal


def pareto_optimal_with_money(claim: Claim) -> None:
    """Fails: a deal with a larger sum. Holds: gains and prices, or the most that each issue can bring. O(n m s)."""
    if claim.case.money is None:
        wrong("it has no meaning here: points are no money")
    if not claim.holds:
        _larger(claim)
        return
    same(claim.witness.get("sum"), _sum(claim, claim.deal), "the sum")
    if "because" in claim.witness:
        claim.only("sum", "because")
        if is_one_each(claim.case, claim.deal):
            wrong("gains and prices are missing")
        raise NotRecheckable("all deals were looked at, and they are not written down.")
    if "gains" in claim.witness:
        _gains_and_prices(claim)
    else:
        _issue_by_issue(claim)


def _sum(claim: Claim, deal: Deal) -> Fraction:
    return sum((worth.of_settlements(claim.case, party, deal) for party in claim.parties), Fraction(0))


def _larger(claim: Claim) -> None:
    group(claim.witness, ("better_deal", "sum", "instead_of"), "the witness")
    better = deal_in(claim.case, claim.witness["better_deal"])
    must_stay_one_each(claim, better)
    if not rules.kept(claim.case, better):
        wrong("the better deal breaks a rule")
    now, then = _sum(claim, claim.deal), _sum(claim, better)
    same(claim.witness["sum"], then, "the sum of the better deal")
    same(claim.witness["instead_of"], now, "the sum of this deal")
    if then <= now:
        wrong("the other deal has no larger sum")


def _gains_and_prices(claim: Claim) -> None:
    """No thing is worth more to a party than its gain and the price; all of these add up to the sum."""
    claim.only("sum", "gains", "prices")
    if not is_one_each(claim.case, claim.deal):
        wrong("not everyone gets exactly one thing")
    gains = numbers_of(claim.witness["gains"], claim.parties, "the gain")
    prices = numbers_of(claim.witness.get("prices"), [issue.id for issue in claim.case.issues], "the price")
    same(claim.witness["sum"], sum((*gains.values(), *prices.values()), Fraction(0)), "the sum")
    for party, gain in gains.items():
        for issue, price in prices.items():
            if claim.case.preferences[party].points[issue] > gain + price:
                wrong(f"{issue} is worth more to {party} than its gain and the price")


def _issue_by_issue(claim: Claim) -> None:
    """The most that any settlement of each issue brings; only where rules tie nothing and points add."""
    case = claim.case
    claim.only("sum", "most")
    if any(rules.ties(case, rule) for rule in case.rules):
        wrong("rules tie issues, so issues cannot be settled one by one")
    if any(case.preferences[party].together for party in claim.parties):
        wrong("some points come together, so issues cannot be settled one by one")
    most = {
        issue.id: max(
            (
                sum((worth.of_settlement(case, party, issue, name) for party in claim.parties), Fraction(0))
                for name in rules.settlements(case, issue)
            ),
            default=Fraction(0),
        )
        for issue in case.issues
    }
    same(claim.witness.get("most"), most, "the most that each issue brings")
    if sum(most.values(), Fraction(0)) > _sum(claim, claim.deal):
        wrong("another deal brings more")
