"""Each step of a trace as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from evenhand.case import Case
from evenhand.deals import Step, in_stretches
from evenhand.report.words.cutting import CUTTING
from evenhand.report.words.paying import PAYING_STEPS
from evenhand.report.words.plain import amount, label, listed, points_of, share_text, short_number


def step_text(case: Case, step: Step) -> str:
    """One step of a trace as a sentence."""
    if step.action in CUTTING:
        return CUTTING[step.action](case, step.facts)
    return _STEPS[step.action](in_stretches(case), step.facts)


def public_steps(trace: Sequence[Step]) -> list[Step]:
    """The steps that everybody at the table saw: all but the marks that somebody made unseen."""
    return [step for step in trace if step.action != "mark"]


def _award(case: Case, facts: Mapping[str, Any]) -> str:
    issue, party = case.issue(facts["issue"]).label, label(case, facts["party"])
    given = listed([f"{label(case, p)} {points_of(v)}" for p, v in facts["points"].items()])
    reason = {"more points": f"({given})", "tie": f"({given}; a tie)", "rule": "by a rule"}[facts["why"]]
    return f"{party} receives {issue} {reason}."


def _standings(case: Case, facts: Mapping[str, Any]) -> str:
    rows = listed([f"{label(case, p)} {points_of(v)}" for p, v in facts["points"].items()])
    return f"Points now: {rows}" + (" — equal for their entitlements." if facts["equal"] else ".")


def _transfer(case: Case, facts: Mapping[str, Any]) -> str:
    issue, giver = case.issue(facts["issue"]).label, label(case, facts["giver"])
    part = Fraction(facts["part"])
    what = issue if part == 1 else f"{share_text(part)} of {issue}"
    verb = "takes on" if Fraction(facts["points"][facts["giver"]]) < 0 else "hands over"
    rate = points_of(facts["rate"])
    return f"{giver}, being ahead, {verb} {what}, at {rate} points lost for each point the other gains."


def _pick(case: Case, facts: Mapping[str, Any]) -> str:
    return (
        f"{label(case, facts['party'])} takes {case.issue(facts['issue']).label} ({points_of(facts['points'])} points)."
    )


def _largest(case: Case, facts: Mapping[str, Any]) -> str:
    rows = " × ".join(f"{label(case, p)} {points_of(v)}" for p, v in facts["points"].items())
    return f"The largest product of values: {rows}."


def _claim(case: Case, facts: Mapping[str, Any]) -> str:
    award, claim = amount(Fraction(facts["award"])), amount(Fraction(facts["claim"]))
    return f"Of {case.issue(facts['issue']).label}, {label(case, facts['party'])} claims {claim} and gets {award}."


def _circle(case: Case, facts: Mapping[str, Any]) -> str:
    circle = listed([label(case, party) for party in facts["parties"]])
    return f"{circle} each take the part of the next in this circle, which they prefer."


def _prices(case: Case, facts: Mapping[str, Any]) -> str:
    rows = [f"{case.issue(issue).label} {short_number(price)}" for issue, price in facts["prices"].items()]
    budgets = [f"{label(case, party)} {budget}" for party, budget in facts["budgets"].items()]
    return f"Prices: {listed(rows)}. Budgets: {listed(budgets)}."


def _levels(case: Case, facts: Mapping[str, Any]) -> str:
    return f"Levels from the worst-off up: {listed([points_of(level) for level in facts['levels']])}."


def _split(case: Case, facts: Mapping[str, Any]) -> str:
    rows = [f"{label(case, party)} {share_text(Fraction(share))}" for party, share in facts["shares"].items()]
    return f"Of everything: {listed(rows)}."


def _fair_shares(case: Case, facts: Mapping[str, Any]) -> str:
    rows = [f"{label(case, p)} {points_of(v)} of {points_of(facts['shares'][p])}" for p, v in facts["points"].items()]
    fraction = Fraction(facts["fraction"])
    if fraction == 1:
        what = "Everyone has its share"
    else:
        what = f"Everyone has at least {share_text(fraction)} of what is due to it"
    limits = "" if facts["exact"] else " (some shares are known only up to these limits)"
    return f"{what}{limits}. Points, and the share: {listed(rows)}."


def _things(case: Case, issues: Sequence[str]) -> str:
    return listed([case.issue(issue).label for issue in issues]) or "nothing"


def _cut(case: Case, facts: Mapping[str, Any]) -> str:
    rows = zip(facts["parts"], facts["points"], strict=True)
    parts = [f"{_things(case, part)} ({points_of(worth)} points)" for part, worth in rows]
    return f"{label(case, facts['party'])} cuts everything into two parts: {'; '.join(parts)}."


def _line(case: Case, facts: Mapping[str, Any]) -> str:
    one, two = (label(case, party) for party in facts["parties"])
    return (
        f"In one line, from what costs {one} least for what {two} gains: {_things(case, facts['issues'])}. "
        f"Changed in favour of {two}: {_things(case, facts['moved'])}; all else as {one} likes it."
    )


def _traded(case: Case, facts: Mapping[str, Any]) -> str:
    return (
        f"Everything starts with the party to which it counts most. After {facts['moves']} exchanges, at prices that "
        f"changed {facts['changes']} times, nobody's envy survives leaving out one thing."
    )


_STEPS: dict[str, Callable[[Case, Mapping[str, Any]], str]] = {
    "award": _award,
    "standings": _standings,
    "transfer": _transfer,
    "pick": _pick,
    "give": lambda case, facts: (
        f"{label(case, facts['party'])}, whom nobody envies, gets {case.issue(facts['issue']).label}."
    ),
    "take-on": lambda case, facts: (
        f"{label(case, facts['party'])}, who envies nobody, takes on {case.issue(facts['issue']).label}."
    ),
    "take-best": lambda case, facts: (
        f"{label(case, facts['party'])}, whom nobody envies, takes {case.issue(facts['issue']).label}, "
        "which it likes best of what is left."
    ),
    "take-lightest": lambda case, facts: (
        f"{label(case, facts['party'])}, who envies nobody, takes on {case.issue(facts['issue']).label}, "
        "the lightest for it of what is left."
    ),
    "meet-claim": _claim,
    "circle": _circle,
    "prices": _prices,
    "order": lambda case, facts: f"Order of turns: {listed([label(case, p) for p in facts['parties']])}.",
    "pass": lambda case, facts: f"{label(case, facts['party'])} passes.",
    "largest-product": _largest,
    "levels": _levels,
    **PAYING_STEPS,
    "split": _split,
    "cut": _cut,
    "choose": lambda case, facts: f"{label(case, facts['party'])} chooses {_things(case, facts['part'])}.",
    "line": _line,
    "traded": _traded,
    "compared": lambda case, facts: f"All {facts['deals']:,} ways to hand everything out were compared.",
    "searched": lambda case, facts: f"Ways to hand everything out that were looked at: {facts['deals']:,}.",
    "equal-level": lambda case, facts: f"All have {points_of(facts['level'])} points for each unit of entitlement.",
    "fair-shares": _fair_shares,
}
