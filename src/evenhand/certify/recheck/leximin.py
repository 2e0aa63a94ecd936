"""Recheck of the best levels: a better deal added up, or weights and what they leave room for."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import Any

from evenhand.case import Asset, Divisible
from evenhand.certify.recheck import one_each, rules, worth
from evenhand.certify.recheck.claim import Claim, NotRecheckable, group, number, numbers_of, rows_of, same, wrong
from evenhand.certify.recheck.deals import deal_in
from evenhand.deals.deal import Deal

Values = dict[str, Fraction]


def leximin(claim: Claim) -> None:
    """Fails: a deal that keeps the rules has better levels. O(n m). Holds: weights close every level. O(r n m s)."""
    if not claim.holds:
        _better_deal(claim)
    elif "barred" in claim.witness:
        _barred(claim, group(claim.witness, ("barred",), "the witness")["barred"])
    elif "listed" in claim.witness:
        _listed(claim, group(claim.witness, ("levels", "listed"), "the witness"))
    else:
        _bounds(claim, group(claim.witness, ("levels", "step", "bounds"), "the witness"))


def _levels(claim: Claim, deal: Deal) -> Values:
    """Points for entitlement, after the payments of the deal examined."""
    return {
        party.id: (worth.of_settlements(claim.case, party.id, deal) - _paid(claim, party.id)) / party.entitlement
        for party in claim.case.principals
    }


def _paid(claim: Claim, party: str) -> Fraction:
    return claim.deal.payments.get(party, Fraction(0))


def _better_deal(claim: Claim) -> None:
    """The deal keeps the rules, leaves assets whole, and its levels in order are larger."""
    witness = group(claim.witness, ("better_deal", "levels", "instead_of"), "the witness")
    better = deal_in(claim.case, witness["better_deal"])
    one_each.must_stay_one_each(claim, better)
    if any(isinstance(issue, Asset) and better.is_shared(issue.id) for issue in claim.case.issues):
        wrong("the better deal does not leave assets whole")
    if not rules.kept(claim.case, better):
        wrong("the better deal breaks a rule")
    then, now = _levels(claim, better), _levels(claim, claim.deal)
    same(witness["levels"], then, "the levels of the better deal")
    same(witness["instead_of"], now, "the levels of this deal")
    if sorted(then.values()) <= sorted(now.values()):
        wrong("the other deal has no better levels")


def _barred(claim: Claim, given: Any) -> None:
    found = next((issue for issue in claim.case.issues if issue.id == given), None)
    if found is None or rules.settlements(claim.case, found):
        wrong(f"not every settlement of {given} is barred")


def _listed(claim: Claim, witness: Any) -> None:
    same(witness["levels"], _levels(claim, claim.deal), "the levels of this deal")
    count = number(witness["listed"], "the number of deals")
    raise NotRecheckable(f"it rests on comparing all {count} deals, which are not written down.")


def _bounds(claim: Claim, witness: Any) -> None:
    """For each level some weights leave it no room, those below it being kept."""
    levels = _levels(claim, claim.deal)
    same(witness["levels"], levels, "the levels of this deal")
    step = _step(claim)
    same(witness["step"], step, "the step")
    ordered = sorted(levels.values())
    open_places = set(range(len(ordered)))
    for given in rows_of(witness["bounds"], "the bounds"):
        row = group(given, ("weights", "limit"), "a bound")
        weights = numbers_of(row["weights"], claim.parties, "the weight")
        if min(weights.values()) < 0:
            wrong("a weight is below 0")
        limit = _limit(claim, weights)
        same(row["limit"], limit, "the limit")
        heaviest = sorted(weights.values(), reverse=True)
        open_places = {place for place in open_places if not _closed(ordered, heaviest, limit, step, place)}
    if open_places:
        wrong(f"nothing shows that level {min(open_places) + 1} from the bottom cannot rise")


def _closed(levels: list[Fraction], heaviest: list[Fraction], limit: Fraction, step: Fraction, place: int) -> bool:
    """Whether the weights would come to more than the limit if the level at `place` rose."""
    rest = sum(heaviest[place:], Fraction(0))
    kept = sum((w * level for w, level in zip(heaviest[:place], levels[:place], strict=True)), Fraction(0))
    if rest == 0:  # then no deal keeps even the levels before
        return kept > limit
    if step == 0:
        return kept + rest * levels[place] >= limit
    return kept + rest * (levels[place] // step + 1) * step > limit


def _step(claim: Claim) -> Fraction:
    """The largest number of which what anything whole adds to any level is a multiple; 0 if something is divisible."""
    case = claim.case
    if any(isinstance(issue, Divisible) for issue in case.issues):
        return Fraction(0)
    numbers = [Fraction(0)]
    for party in case.principals:
        own = [
            worth.of_settlement(case, party.id, issue, name)
            for issue in case.issues
            for name in rules.settlements(case, issue)
        ]
        own += [term.points for term in case.preferences[party.id].together] + [_paid(claim, party.id)]
        numbers += [value / party.entitlement for value in own]
    below = lcm(*(value.denominator for value in numbers))
    return Fraction(gcd(*(int(value * below) for value in numbers)), below)


def _limit(claim: Claim, weights: Values) -> Fraction:
    """The most that each issue brings to the weighted levels, and what comes together, less what is paid."""
    case = claim.case
    rates = {party.id: weights[party.id] / party.entitlement for party in case.principals}
    total = Fraction(0)
    for issue in case.issues:
        names = rules.settlements(case, issue)
        if not names:
            wrong(f"no settlement of {issue.id} is allowed")
        total += max(sum(r * worth.of_settlement(case, p, issue, name) for p, r in rates.items()) for name in names)
    for party, rate in rates.items():
        terms = sum((term.points for term in case.preferences[party].together if term.points > 0), Fraction(0))
        total += rate * (terms - _paid(claim, party))
    return total
