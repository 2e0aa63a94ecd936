"""What would change the deal: the same procedure once more without each rule that matters.

For the mediator only: it shows what a party's red line costs the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from evenhand.case import Case, Rule
from evenhand.deals import Deal, NoDeal, deal_values
from evenhand.settle.desk import Request, Solution


@dataclass(frozen=True)
class WithoutRule:
    """The deal the procedure would find without one rule, and what each party would gain (or lose)."""

    rule: Rule
    deal: Deal
    gains: Mapping[str, Fraction]


def without_each_rule(case: Case, solution: Solution, request: Request | None = None) -> Iterator[WithoutRule]:
    """For each rule whose absence would change the values of the deal, what it would change them to."""
    procedure = solution.procedure
    request = request or Request()
    for rule in case.rules if procedure else ():
        assert procedure is not None
        freer = case.model_copy(update={"rules": tuple(other for other in case.rules if other.id != rule.id)})
        try:
            outcome = procedure.find(freer, replace(request))
        except NoDeal:
            continue
        values = deal_values(freer, outcome.deal)
        gains = {party: values[party] - solution.values[party] for party in values}
        if any(gains.values()):
            yield WithoutRule(rule, outcome.deal, gains)
