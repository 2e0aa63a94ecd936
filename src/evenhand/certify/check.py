"""All certificates of a deal, for the mediator or for one party's eyes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from evenhand.case import Case
from evenhand.certify.agreement import beats_no_deal, rules_kept
from evenhand.certify.bundles import names
from evenhand.certify.certificate import Certificate
from evenhand.certify.envy import ef1, efx, envy_free
from evenhand.certify.fairness import equitable, prop1, proportional
from evenhand.certify.maximin import maximin_share
from evenhand.certify.nash_bound import nash_bound
from evenhand.certify.pareto import fractionally_pareto_optimal, pareto_optimal
from evenhand.certify.properties import PROPERTIES
from evenhand.deals import Deal, deal_in_stretches, in_stretches

PROPERTY_IDS = tuple(PROPERTIES)


def certify(case: Case, deal: Deal, multipliers: Mapping[str, Fraction] | None = None) -> tuple[Certificate, ...]:
    """A certificate for every property, in the order of PROPERTIES. For the mediator: uses all points.

    A cake is looked at stretch by stretch: the witnesses name its stretches.
    """
    case, deal = in_stretches(case), deal_in_stretches(case, deal)
    eyes = names(case)
    return (
        *_seen_by(case, deal, eyes),
        equitable(case, deal),
        pareto_optimal(case, deal),
        fractionally_pareto_optimal(case, deal),
        nash_bound(case, deal, multipliers),
    )


def certify_for(case: Case, deal: Deal, party: str) -> tuple[Certificate, ...]:
    """The certificates one party may see: what its own points and the rules it knows decide.

    Nothing here depends on another party's preferences, because they are taken away first.
    """
    seen = case.seen_by(party)
    return _seen_by(in_stretches(seen), deal_in_stretches(seen, deal), (party,))


def _seen_by(case: Case, deal: Deal, eyes: tuple[str, ...]) -> tuple[Certificate, ...]:
    return (
        rules_kept(case, deal),
        beats_no_deal(case, deal, eyes),
        envy_free(case, deal, eyes),
        ef1(case, deal, eyes),
        efx(case, deal, eyes),
        proportional(case, deal, eyes),
        prop1(case, deal, eyes),
        maximin_share(case, deal, eyes),
    )
