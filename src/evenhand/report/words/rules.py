"""Rules in one phrase, what a rule costs, and what is worth knowing about a case."""

from __future__ import annotations

from collections.abc import Mapping

from evenhand.case import JOINT, Case, Chosen, Condition, Rule
from evenhand.deals import total_points
from evenhand.report.words.land import line_notes
from evenhand.report.words.plain import label, listed, points
from evenhand.settle import WithoutRule


def rule_text(case: Case, rule: Rule) -> str:
    """A rule in one phrase: "Ana's red line r1: not (debt: Ana)"."""
    kinds = {"red-line": "red line", "linkage": "linkage", "forbid": "rule", "require": "rule"}
    owner = f"{label(case, rule.party)}'s " if rule.party else "the "
    parts = []
    if rule.forbid:
        parts.append(f"not ({conditions_text(case, rule.forbid)})")
    if rule.require:
        parts.append(f"always ({conditions_text(case, rule.require)})")
    if rule.if_ and rule.then:
        parts.append(f"if {conditions_text(case, rule.if_)}, then {conditions_text(case, rule.then)}")
    return f"{owner}{kinds[rule.kind]} {rule.id}: {'; '.join(parts)}"


def conditions_text(case: Case, conditions: Mapping[str, Condition]) -> str:
    """Conditions on issues in one phrase."""
    return " and ".join(f"{case.issue(k).label}: {_condition_text(case, k, c)}" for k, c in conditions.items())


def _condition_text(case: Case, issue_id: str, condition: Condition) -> str:
    if isinstance(condition, dict):
        return ", ".join(f"{label(case, party)} {bound}" for party, bound in condition.items())
    issue = case.issue(issue_id)
    if isinstance(issue, Chosen):
        return " or ".join(issue.option(name).label for name in condition)
    return " or ".join("jointly" if name == JOINT else label(case, name) for name in condition)


def case_notes(case: Case) -> list[str]:
    """What is not wrong in a case but worth knowing; for the mediator."""
    totals = {party.label: total_points(case, party.id) for party in case.principals}
    notes = []
    if case.money is None and len(set(totals.values())) > 1:
        sums = listed([f"{name} {points(total)}" for name, total in totals.items()])
        notes.append(
            f"The parties' points sum to different totals ({sums}). They are compared as written, so Adjusted Winner, "
            "leximin and “equally served” favour whoever wrote fewer."
        )
    notes += [f"{name} gives no points to anything." for name, total in totals.items() if total == 0]
    ranked = [party.label for party in case.principals if case.preferences[party.id].doubt == "rank-only"]
    notes += [f"{name} gave only a ranking; what is proved holds for the points as written." for name in ranked]
    return [*notes, *line_notes(case)]


def change_text(case: Case, change: WithoutRule) -> str:
    """What a rule costs or brings each party, in one sentence for the mediator."""
    rows = [
        f"{label(case, party)} {'+' if gain > 0 else '−' if gain < 0 else '±'}{points(abs(gain))}"
        for party, gain in change.gains.items()
    ]
    rule = rule_text(case, change.rule)
    return f"Without {rule}, the values would move by {listed(rows)}."
