"""Rechecks: rules kept, and nobody better off by walking away."""

from __future__ import annotations

from evenhand.certify.recheck import rules, worth
from evenhand.certify.recheck.claim import Claim, rows_of, same, wrong


def rules_kept(claim: Claim) -> None:
    """The witness lists the rules broken, with the issues concerned, or else all rules. O(size of the rules)."""
    case = claim.case
    broken = {rule.id: set().union(*rules.broken_demands(case, rule, claim.deal)) for rule in case.rules}
    if not any(broken.values()):
        claim.must_be({"checked": [rule.id for rule in case.rules]}, holds=True)
        return
    claim.verdict_is(holds=False)
    claim.only("broken")
    rows = rows_of(claim.witness.get("broken"), "what is broken")
    expected = [rule for rule in case.rules if broken[rule.id]]
    same([_without_issues(row) for row in rows], [{"rule": rule.id, "why": rule.why} for rule in expected], "broken")
    for row, rule in zip(rows, expected, strict=True):
        if set(map(str, rows_of(row.get("issues"), "the issues"))) != broken[rule.id]:
            wrong(f"rule {rule.id} is broken on {', '.join(sorted(broken[rule.id]))}")


def _without_issues(row: object) -> object:
    return {name: value for name, value in row.items() if name != "issues"} if isinstance(row, dict) else row


def beats_no_deal(claim: Claim) -> None:
    """The witness has each party's value, no deal and the difference. O(n m)."""
    rows, worse = {}, []
    for party in claim.eyes:
        value, floor = worth.of_deal(claim.case, party, claim.deal), claim.case.preferences[party].no_deal
        rows[party] = {"value": value, "no_deal": floor, "gain": value - floor}
        worse += [party] if value < floor else []
    claim.must_be({"parties": rows, **({"worse": worse} if worse else {})}, holds=not worse)
