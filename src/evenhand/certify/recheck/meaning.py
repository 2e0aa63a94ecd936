"""Where a property has a meaning. A verdict on a deal for which it has none is wrong, whatever its witness."""

from __future__ import annotations

from evenhand.case import JOINT, Asset, Chosen, Divisible
from evenhand.certify.recheck import rules
from evenhand.certify.recheck.claim import Claim, wrong


def _burdens(claim: Claim, *, burden: bool) -> bool:
    return any(isinstance(i, Asset | Divisible) and i.burden == burden for i in claim.case.issues)


def mixed(claim: Claim) -> bool:
    """Whether goods stand beside burdens."""
    return _burdens(claim, burden=True) and _burdens(claim, burden=False)


def needs_parts(claim: Claim) -> None:
    """Everything must lie in somebody's part, and a part must be worth the same whoever has the rest."""
    if any(isinstance(issue, Chosen) or claim.deal[issue.id] == JOINT for issue in claim.case.issues):
        wrong("it has no meaning here: not everything is in somebody's part")
    for party in claim.eyes:
        terms = claim.case.preferences[party].together
        if any(names != (party,) for term in terms for names in term.when.values()):
            wrong("it has no meaning here: some points depend on what others get")


def needs_comparable_parts(claim: Claim) -> None:
    """Parts must be comparable by entitlement."""
    needs_parts(claim)
    if not claim.case.equal_entitlements and mixed(claim):
        wrong("it has no meaning here: entitlements differ, and goods stand beside burdens")


def needs_whole_things(claim: Claim) -> None:
    """Nothing may be divisible or shared."""
    for issue in claim.case.issues:
        if isinstance(issue, Divisible) or (not isinstance(issue, Chosen) and claim.deal.is_shared(issue.id)):
            wrong("it has no meaning here: it is about whole things")


def needs_fair_parts(claim: Claim) -> None:
    """The worth of everything must be defined for each party."""
    case = claim.case
    if not any(isinstance(issue, Chosen) for issue in case.issues):
        needs_parts(claim)
    elif any(claim.deal[issue.id] == JOINT for issue in case.issues) or _burdens(claim, burden=True):
        wrong("it has no meaning here: choices stand beside burdens or what is held jointly")
    elif any(case.preferences[party].together for party in claim.eyes):
        wrong("it has no meaning here: choices stand beside points that come together")


def needs_shares(claim: Claim) -> None:
    """A share of anything must have a worth, and rules must leave shares alone."""
    case = claim.case
    if case.money is not None and case.money.one_each:
        wrong("it has no meaning here: everyone gets one thing whole")
    if any(isinstance(i, Chosen) or (isinstance(i, Asset) and i.joint) for i in case.issues):
        wrong("it has no meaning here: something cannot be shared")
    if any(case.preferences[party].together for party in claim.parties):
        wrong("it has no meaning here: some points come together")
    if any(rules.ties(case, rule) for rule in case.rules):
        wrong("it has no meaning here: a rule ties issues or limits shares")


def needs_products(claim: Claim) -> None:
    """No value may be negative, and nobody may pay."""
    if any(claim.deal.payments.values()):
        wrong("it has no meaning here: with payments the product has no such limit")
    terms = (term for party in claim.parties for term in claim.case.preferences[party].together)
    if _burdens(claim, burden=True) or any(term.points < 0 for term in terms):
        wrong("it has no meaning here: a value can be negative")


def needs_goods(claim: Claim) -> None:
    """Nothing may be a burden, and points must simply add."""
    if _burdens(claim, burden=True) or any(claim.case.preferences[party].together for party in claim.eyes):
        wrong("it has no meaning here: something is a burden, or points come together")


def needs_equal_claims_on_whole_things(claim: Claim) -> None:
    """For splits of everything into equal claims: whole assets, equal entitlements, points that add."""
    needs_parts(claim)
    needs_whole_things(claim)
    if not claim.case.equal_entitlements or any(claim.case.preferences[party].together for party in claim.eyes):
        wrong("it has no meaning here: entitlements differ, or points come together")
