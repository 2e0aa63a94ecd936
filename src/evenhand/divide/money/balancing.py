"""Balancing payment: the deal that is best for all together, and the payments that serve all equally well.

Of all deals that keep the rules the one with the largest sum of points is taken. Then payments bring everyone to
the same points for its entitlement: so no other deal, with any payments, gives everyone as much. Between two
parties it is one payment. Points are amounts of money, so they can be added up across parties.

Source: equal sharing of what cooperation brings, where worth can be handed over; H. Moulin, Axioms of
Cooperative Decision Making (1988).
"""

from __future__ import annotations

from fractions import Fraction

from evenhand.case import Case
from evenhand.deals import (
    Deal,
    DealProgram,
    Method,
    NoDeal,
    Outcome,
    SearchTooLarge,
    Space,
    Step,
    broken_rules,
    deal_values,
    largest_sum,
    unsatisfiable,
)
from evenhand.divide.money.paying import money_of, transfers, why_no_money, within_budgets
from evenhand.divide.procedure import Options, Procedure

TITLE = "Balancing payment"
_LISTED = 5_000
"""Ways to settle tied issues that are looked at one by one before the solver is asked."""


def why_not(case: Case) -> str | None:
    """The reason there is no balancing payment, or None."""
    return why_no_money(case, TITLE)


def run(case: Case, options: Options) -> Outcome:
    """The deal with the largest sum, and the payments that equalise points per entitlement. Raises NoDeal."""
    space = Space.of(case)
    deal, gap = _best(space, options)
    values = deal_values(case, deal)
    total = sum(values.values(), Fraction(0)) - money_of(case).to_pay
    level = total / sum((party.entitlement for party in case.principals), Fraction(0))
    paid = {party.id: values[party.id] - level * party.entitlement for party in case.principals}
    within_budgets(case, paid, TITLE)
    told = {"points": {party: str(value) for party, value in values.items()}, "level": str(level)}
    trace = (Step("largest-sum", told), transfers(case, paid))
    return Outcome(Deal.of(case, deal.settlements, paid), trace, _method(gap))


def _method(gap: float | None) -> Method:
    name = "balancing-payment"
    if gap == 0:
        proof = "No deal that keeps the rules has a larger sum of points; the payments are exact."
        return Method(name, "largest sum", proof, 0.0, exact=True)
    proof = "The solver found no larger sum, up to its tolerance; the payments are exact."
    if gap is not None:
        proof = "A larger sum may exist, by at most the gap; the payments are exact."
    return Method(name, "largest sum by the solver", proof, gap or 0.0)


def _best(space: Space, options: Options) -> tuple[Deal, float | None]:
    """The best deal found, and by how much a better one may exist: 0 exactly; None, up to the solver's tolerance."""
    try:
        deal = largest_sum(space, _LISTED)
    except SearchTooLarge:
        return _by_solver(space, options)
    if deal is None:
        raise unsatisfiable(space.case)
    return deal, 0.0


def _by_solver(space: Space, options: Options) -> tuple[Deal, float | None]:
    program = DealProgram(space)
    terms = [term for party in range(len(space.parties)) for term in program.value(party)[0]]
    answer = program.program.maximise(terms, options.limits)
    if answer.values is None:
        if answer.infeasible:
            raise unsatisfiable(space.case)
        raise NoDeal("The time was too short to find a deal.")
    deal = program.deal(answer)
    if broken_rules(space.case, deal):
        raise NoDeal("The solver's deal breaks a rule by rounding; no deal was found exactly.")
    return deal, None if answer.finished else max(0.0, answer.bound - answer.objective)


PROCEDURE = Procedure(
    id="balancing-payment",
    title=TITLE,
    promise="The deal that is best for all together, and payments after which all are equally well served for their "
    "entitlement; between two parties, one payment.",
    use="Separations and partnerships where one side can buy the other out; choices, rules and linkages too.",
    avoid="Somebody cannot pay; the parties' points are not on one scale of money.",
    source="Moulin, Axioms of Cooperative Decision Making (1988)",
    ties="Of deals with the same sum, the first in the order of the case.",
    why_not=why_not,
    run=run,
    pays=True,
)
