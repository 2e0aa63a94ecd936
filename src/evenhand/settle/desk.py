"""Run a procedure and have its deal certified."""

from __future__ import annotations

import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache

from evenhand import __version__
from evenhand.case import Case
from evenhand.certify import Certificate, certify
from evenhand.deals import Deal, Method, NoDeal, NotDefined, Outcome, Step, clashing_rules, deal_values, needs_no_map
from evenhand.divide import PROCEDURES, Options, Procedure
from evenhand.solve import solver_versions

Request = Options
"""What the person asking may set: a seed for random choices, a limit in CPU seconds, who hears of progress."""


@dataclass(frozen=True)
class Solution:
    """A deal with its values, how it was reached, what was proved, and how it was computed.

    `procedure` is None where a deal that somebody brought was only examined.
    """

    procedure: Procedure | None
    deal: Deal
    values: Mapping[str, Fraction]
    trace: tuple[Step, ...]
    certificates: tuple[Certificate, ...]
    method: Method
    seconds: float
    versions: Mapping[str, str] = field(default_factory=dict)

    def certificate(self, property_id: str) -> Certificate:
        """The certificate of one property."""
        return next(found for found in self.certificates if found.property == property_id)


@dataclass(frozen=True)
class Refusal:
    """A procedure that does not apply to a case, or found nothing, and why."""

    procedure: Procedure
    why: str


def by_reason(refusals: Sequence[Refusal]) -> Mapping[str, list[Procedure]]:
    """The procedures refused for each reason, in the order in which the reasons first come."""
    found: dict[str, list[Procedure]] = {}
    for refusal in refusals:
        found.setdefault(refusal.why, []).append(refusal.procedure)
    return found


def applying(case: Case) -> list[tuple[Procedure, str | None]]:
    """Every procedure, with the reason it does not apply, or None."""
    return [(procedure, procedure.refusal(case)) for procedure in PROCEDURES.values()]


def check_satisfiable(case: Case) -> None:
    """Raise NoDeal, naming a smallest set of rules that clash, when no deal keeps all rules."""
    clash = clashing_rules(case)
    if clash:
        raise NoDeal(f"No deal can keep these rules together: {', '.join(clash)}.", clash)


def settle(case: Case, procedure_id: str, request: Request | None = None) -> Solution:
    """Run one procedure and certify its deal.

    Raises KeyError for an unknown id, NotDefined when the procedure does not apply, NoDeal when none was
    found.
    """
    request = request or Request()
    needs_no_map(case)
    procedure = PROCEDURES[procedure_id]
    why = procedure.refusal(case)
    if why is not None:
        raise NotDefined(why)
    started = time.process_time()
    outcome = procedure.find(case, replace(request))
    request.progress("certifying")
    return _certified(case, procedure, outcome, started)


def settle_all(
    case: Case, request: Request | None = None, procedure_ids: Sequence[str] | None = None
) -> list[Solution | Refusal]:
    """Run every procedure (or those named), in the order they are offered; a reason where one gives no deal."""
    results: list[Solution | Refusal] = []
    for procedure in (PROCEDURES[name] for name in procedure_ids or PROCEDURES):
        try:
            results.append(settle(case, procedure.id, request))
        except (NotDefined, NoDeal) as reason:
            results.append(Refusal(procedure, str(reason)))
    return results


def examine(case: Case, deal: Deal) -> Solution:
    """Certify a deal that somebody brought."""
    needs_no_map(case)
    started = time.process_time()
    method = Method("certify", "examination", "The deal was given; only its properties were checked.")
    return _certified(case, None, Outcome(deal, (), method), started)


def _certified(case: Case, procedure: Procedure | None, outcome: Outcome, started: float) -> Solution:
    certificates = certify(case, outcome.deal, outcome.multipliers)
    seconds = time.process_time() - started
    values = deal_values(case, outcome.deal)
    return Solution(procedure, outcome.deal, values, outcome.trace, certificates, outcome.method, seconds, versions())


@cache
def versions() -> Mapping[str, str]:
    """What computed: names and versions."""
    return {"evenhand": __version__, "python": platform.python_version(), **solver_versions()}
