"""The one JSON shape of a solution, stable across versions.

Fractions are text ("395/6"); `decimal` and `share` are rounded for reading, never for computing.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from evenhand.case import Case, fraction_text, territories
from evenhand.certify import certify_for
from evenhand.deals import Outcome, deal_file, total_points, value_of
from evenhand.report.words import for_party
from evenhand.settle import Refusal, Solution


def solution_json(case: Case, solution: Solution) -> dict[str, Any]:
    """A solution as plain data, for the mediator.

    Keys: procedure, deal, payments (where there are any), value, certificates, trace, method, and lines where there is
    land.
    """
    return {
        "procedure": solution.procedure.id if solution.procedure else None,
        **deal_file(solution.deal),
        "value": {party.id: _value(case, solution, party.id) for party in case.principals},
        "certificates": [certificate.as_json() for certificate in solution.certificates],
        "trace": [{"action": step.action, **step.facts} for step in solution.trace],
        "method": _method(solution),
        **lines_json(case),
    }


def lines_json(case: Case) -> dict[str, Any]:
    """How many lines of each territory a deal can take, and whether they are on the table; without land nothing."""
    lands = {land.id: {"considered": len(land.lines), "on_the_table": not land.sought} for land in territories(case)}
    return {"lines": lands} if lands else {}


def solution_json_for(case: Case, solution: Solution, party: str) -> dict[str, Any]:
    """The same shape as one party may see it: its own value, its own certificates, its own words."""
    words = for_party(case, solution.deal, party)
    return {
        "procedure": solution.procedure.id if solution.procedure else None,
        **deal_file(solution.deal),
        "value": {party: _value(case, solution, party)},
        "certificates": [certificate.as_json() for certificate in certify_for(case, solution.deal, party)],
        "words": {
            "gets": list(words.gets),
            "worth": words.worth,
            "fair": list(words.fair),
            "change": list(words.change),
        },
    }


def outcome_json(procedure: str, outcome: Outcome) -> dict[str, Any]:
    """What questions led to, as plain data for the mediator: procedure, deal, payments (if any), trace."""
    trace = [{"action": step.action, **step.facts} for step in outcome.trace]
    return {"procedure": procedure, **deal_file(outcome.deal), "trace": trace}


def refusal_json(refusal: Refusal) -> dict[str, str]:
    """A procedure that gave no deal, as plain data; keys: procedure, why."""
    return {"procedure": refusal.procedure.id, "why": refusal.why}


def dumped(data: Any) -> str:
    """Plain data as JSON text, keys in the order given."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def _value(case: Case, solution: Solution, party: str) -> dict[str, Any]:
    value = value_of(case, solution.deal, party)
    total = total_points(case, party)
    share = round(float(value / total), 4) if total else None
    return {"points": fraction_text(value), "decimal": _rounded(value), "share": share}


def _rounded(number: Fraction) -> float:
    return round(float(number), 2)


def _method(solution: Solution) -> dict[str, Any]:
    method = solution.method
    return {
        "name": method.name,
        "algorithm": method.algorithm,
        "proof": method.proof,
        "exact": method.exact,
        "seed": method.seed,
        "gap": method.gap,
        "seconds": round(solution.seconds, 3),
        "versions": dict(solution.versions),
    }
