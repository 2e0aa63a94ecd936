"""Every property, in the order in which certificates are given.

A property is one object in one file (`Property`): what it is called, what it means, whose definition is
used, how it is checked, and how a certificate of it is checked again. To add one: write that object, its
recheck in `recheck`, and its words in `report.words.certificates`; then list it here.
"""

from __future__ import annotations

from evenhand.certify.agreement import BEATS_NO_DEAL, RULES_KEPT
from evenhand.certify.any_price import ANY_PRICE_SHARE
from evenhand.certify.envy import EF1, EFX, ENVY_FREE
from evenhand.certify.equilibrium import EQUILIBRIUM_PRICES
from evenhand.certify.fairness import EQUITABLE, PROP1, PROPORTIONAL
from evenhand.certify.fractional import FRACTIONALLY_PARETO_OPTIMAL
from evenhand.certify.land import JOINT_ZONE_AS_ASKED, LAND_COVERED_ONCE, SIDES_CONNECTED
from evenhand.certify.leximin import LEXIMIN
from evenhand.certify.maximin import MAXIMIN_SHARE
from evenhand.certify.nash_bound import NASH_BOUND
from evenhand.certify.pareto import PARETO_OPTIMAL
from evenhand.certify.property import Property
from evenhand.certify.with_money import PARETO_OPTIMAL_WITH_MONEY

_ALL = (
    RULES_KEPT,
    BEATS_NO_DEAL,
    SIDES_CONNECTED,
    LAND_COVERED_ONCE,
    JOINT_ZONE_AS_ASKED,
    ENVY_FREE,
    EF1,
    EFX,
    PROPORTIONAL,
    PROP1,
    MAXIMIN_SHARE,
    ANY_PRICE_SHARE,
    EQUITABLE,
    PARETO_OPTIMAL,
    FRACTIONALLY_PARETO_OPTIMAL,
    PARETO_OPTIMAL_WITH_MONEY,
    EQUILIBRIUM_PRICES,
    LEXIMIN,
    NASH_BOUND,
)

PROPERTIES: dict[str, Property] = {item.id: item for item in _ALL}
"""Every property by id, in the order in which certificates are given."""
PROPERTY_IDS = tuple(PROPERTIES)
