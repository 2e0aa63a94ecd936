"""Rules kept, and nobody better off by walking away."""

from __future__ import annotations

from typing import Any

from evenhand.case import Case
from evenhand.certify.certificate import Certificate
from evenhand.deals import Deal, broken_rules, value_of


def rules_kept(case: Case, deal: Deal) -> Certificate:
    """Every rule of the case holds in the deal."""
    broken = broken_rules(case, deal)
    if broken:
        rows = [{"rule": item.rule.id, "why": item.rule.why, "issues": list(item.issues)} for item in broken]
        return Certificate("rules-kept", "fails", {"broken": rows})
    return Certificate("rules-kept", "holds", {"checked": [rule.id for rule in case.rules]})


def beats_no_deal(case: Case, deal: Deal, eyes: tuple[str, ...]) -> Certificate:
    """Each party in `eyes` has at least what no deal is worth to it."""
    rows: dict[str, dict[str, Any]] = {}
    worse = []
    for party in eyes:
        value, floor = value_of(case, deal, party), case.preferences[party].no_deal
        rows[party] = {"value": str(value), "no_deal": str(floor), "gain": str(value - floor)}
        if value < floor:
            worse.append(party)
    if worse:
        return Certificate("beats-no-deal", "fails", {"parties": rows, "worse": worse})
    return Certificate("beats-no-deal", "holds", {"parties": rows})
