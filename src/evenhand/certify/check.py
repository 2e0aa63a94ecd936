"""All certificates of a deal, for the mediator or for one party's eyes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from evenhand.case import Case
from evenhand.certify.bundles import names
from evenhand.certify.certificate import Certificate
from evenhand.certify.examined import Examined
from evenhand.certify.properties import PROPERTIES
from evenhand.certify.property import Property
from evenhand.deals import Deal, deal_in_stretches, in_stretches, payments_as_issues


def certify(
    case: Case,
    deal: Deal,
    multipliers: Mapping[str, Fraction] | None = None,
    only: Sequence[str] = tuple(PROPERTIES),
) -> tuple[Certificate, ...]:
    """A certificate for every property, or for `only` some, in PROPERTIES' order. For the mediator: uses all points.

    A cake is looked at stretch by stretch: the witnesses name its stretches.
    """
    examined = Examined(in_stretches(case), deal_in_stretches(case, deal), names(case), multipliers)
    return _checked(examined, [found for found in PROPERTIES.values() if found.id in only])


def certify_for(case: Case, deal: Deal, party: str) -> tuple[Certificate, ...]:
    """The certificates one party may see: what its own points and the rules it knows decide.

    Nothing here depends on another party's preferences, because they are taken away first.
    """
    seen = case.seen_by(party)
    examined = Examined(in_stretches(seen), deal_in_stretches(seen, deal), (party,))
    return _checked(examined, [found for found in PROPERTIES.values() if found.own_meaning is not None])


def _checked(examined: Examined, properties: Sequence[Property]) -> tuple[Certificate, ...]:
    """What parts are asked of is asked with payments as issues."""
    of_parts = examined
    if examined.deal.payments:
        of_parts = Examined(*payments_as_issues(examined.case, examined.deal), examined.eyes)
    return tuple(found.check(of_parts if found.of_parts else examined) for found in properties)
