"""Rules kept, and nobody better off by walking away."""

from __future__ import annotations

from typing import Any

from evenhand.certify.certificate import Certificate
from evenhand.certify.examined import Examined
from evenhand.certify.property import Property
from evenhand.certify.recheck import agreement as recheck
from evenhand.deals import broken_rules, value_of


def _rules_kept(examined: Examined) -> Certificate:
    broken = broken_rules(examined.case, examined.deal)
    if broken:
        rows = [{"rule": item.rule.id, "why": item.rule.why, "issues": list(item.issues)} for item in broken]
        return Certificate("rules-kept", "fails", {"broken": rows})
    return Certificate("rules-kept", "holds", {"checked": [rule.id for rule in examined.case.rules]})


def _beats_no_deal(examined: Examined) -> Certificate:
    rows: dict[str, dict[str, Any]] = {}
    worse = []
    for party in examined.eyes:
        value = value_of(examined.case, examined.deal, party)
        floor = examined.case.preferences[party].no_deal
        rows[party] = {"value": str(value), "no_deal": str(floor), "gain": str(value - floor)}
        if value < floor:
            worse.append(party)
    if worse:
        return Certificate("beats-no-deal", "fails", {"parties": rows, "worse": worse})
    return Certificate("beats-no-deal", "holds", {"parties": rows})


RULES_KEPT = Property(
    id="rules-kept",
    title="Rules kept",
    meaning="The deal crosses no red line and keeps every linkage.",
    own_meaning="Your red lines and the common rules are kept. Others' red lines are not shown to you.",
    definition="Every rule of the case holds. A shared asset counts against a rule as soon as any holder is barred.",
    source="the case itself",
    by_hand="The rules that were checked, or those broken with the issues concerned. Read each against the deal.",
    cost="O(size of the rules)",
    recheck_cost="O(size of the rules)",
    check=_rules_kept,
    recheck=recheck.rules_kept,
)

BEATS_NO_DEAL = Property(
    id="beats-no-deal",
    title="Better than no deal",
    meaning="Nobody would do better by walking away.",
    own_meaning="You would not do better by walking away.",
    definition="v_i(deal) ≥ no_deal_i for every party i.",
    source="individual rationality; Nash, Econometrica 18 (1950)",
    by_hand="Each party's value, its no deal and the difference. Add up the points of what it gets.",
    cost="O(n m)",
    recheck_cost="O(n m)",
    check=_beats_no_deal,
    recheck=recheck.beats_no_deal,
)
