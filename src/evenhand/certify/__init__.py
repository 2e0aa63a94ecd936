"""Exact checks of a finished deal, by somebody who did not search for it.

Comes in: a `Case` and a `Deal`; optionally multipliers that a procedure suggests, which are checked like
any others. Goes out: a tuple of `Certificate`, one per property, each with a verdict (holds, fails,
undecided, undefined), a witness that can be checked by hand, and what was assumed.

Read in this order: `certificate` (the shape), `properties` (each definition with its source), `bundles`
(what one party thinks of another's things), then `envy`, `fairness`, `maximin`, `agreement`,
`pareto`, `nash_bound`.

Promised: exact arithmetic; no solver; a property is never called true because it could not be decided,
nor because it has no meaning here. What concerns one party is computed from that party's points alone.
Cost, for n parties and m issues: envy notions O(n² m), fractional Pareto O(n³ + n² m), the Nash bound
O(n m) once its multipliers are found; maximin shares and Pareto among whole assets stop after a stated
number of steps.
"""

from evenhand.certify.certificate import Certificate, Verdict
from evenhand.certify.check import PROPERTY_IDS, certify, certify_for
from evenhand.certify.properties import PROPERTIES, Property

__all__ = ["PROPERTIES", "PROPERTY_IDS", "Certificate", "Property", "Verdict", "certify", "certify_for"]
