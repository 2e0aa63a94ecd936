"""Whether a deal keeps a rule, read off the rule as it is written.

A shared asset counts with care: what is forbidden, or an `if`, is met as soon as one holder is named; what is
required, or a `then`, only when every holder is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from evenhand.case import JOINT, Asset, Case, Chosen, Condition, Divisible, Issue, Rule, share_bound
from evenhand.deals.deal import Deal


def met(issue: str, condition: Condition, deal: Deal, *, partly: bool) -> bool:
    """Whether one condition is met; `partly`: as soon as any holder is one of those named."""
    settlement = deal[issue]
    if isinstance(condition, Mapping):
        shares = deal.shares(issue)
        return all(share_bound(text).holds(shares.get(party, Fraction(0))) for party, text in condition.items())
    if isinstance(settlement, str):
        return settlement in condition
    return bool(set(settlement) & set(condition)) if partly else set(settlement) <= set(condition)


def broken_demands(case: Case, rule: Rule, deal: Deal) -> Iterator[set[str]]:
    """For each demand of a rule that the deal does not meet, the issues concerned. O(size of the rule)."""
    if rule.forbid and all(met(k, c, deal, partly=True) for k, c in rule.forbid.items()):
        yield set(rule.forbid)
    for issue, condition in (rule.require or {}).items():
        if not met(issue, condition, deal, partly=False):
            yield {issue}
    if rule.if_ and all(met(k, c, deal, partly=True) for k, c in rule.if_.items()):
        for issue, condition in (rule.then or {}).items():
            if not met(issue, condition, deal, partly=False):
                yield {*rule.if_, issue}


def kept(case: Case, deal: Deal) -> bool:
    """Whether the deal keeps every rule."""
    return not any(list(broken_demands(case, rule, deal)) for rule in case.rules)


def ties(case: Case, rule: Rule) -> bool:
    """Whether a rule does more than bar settlements of whole issues outright."""
    conditions = {**(rule.forbid or {}), **(rule.require or {})}
    shares = any(isinstance(c, Mapping) or isinstance(case.issue(k), Divisible) for k, c in conditions.items())
    return bool(rule.if_) or len(rule.forbid or {}) > 1 or shares


def settlements(case: Case, issue: Issue, *, barred: bool = True) -> tuple[str, ...]:
    """What may settle an issue (of a divisible: who may hold it), without what a rule bars outright."""
    if isinstance(issue, Chosen):
        names = [option.id for option in issue.options]
    else:
        names = [party.id for party in case.principals]
        names += [JOINT] if isinstance(issue, Asset) and issue.joint else []
    return tuple(name for name in names if not (barred and barred_outright(case, issue, name)))


def barred_outright(case: Case, issue: Issue, name: str) -> bool:
    """Whether a rule excludes a settlement whatever else is settled."""
    if isinstance(issue, Divisible):
        return False
    return any(_alone(rule.forbid, issue.id, name) or _excluded(rule, issue.id, name) for rule in case.rules)


def _alone(forbid: Mapping[str, Any] | None, issue: str, name: str) -> bool:
    condition = (forbid or {}).get(issue)
    return len(forbid or {}) == 1 and isinstance(condition, tuple) and name in condition


def _excluded(rule: Rule, issue: str, name: str) -> bool:
    condition = (rule.require or {}).get(issue)
    return isinstance(condition, tuple) and name not in condition


def surely_broken(case: Case, rule: Rule, settled: Mapping[str, str]) -> bool:
    """Whether a rule is broken by some whole issues alone, however the rest is settled."""
    deal = Deal(settled)

    def known(conditions: Mapping[str, Condition] | None) -> bool:
        return bool(conditions) and all(issue in settled for issue in conditions or ())

    def all_met(conditions: Mapping[str, Condition]) -> bool:
        return all(met(k, c, deal, partly=True) for k, c in conditions.items())

    if rule.forbid and known(rule.forbid) and all_met(rule.forbid):
        return True
    if rule.if_ and not (known(rule.if_) and all_met(rule.if_)):
        return False
    demanded = {**(rule.require or {}), **(rule.then or {})}
    return any(issue in settled and not met(issue, c, deal, partly=False) for issue, c in demanded.items())
