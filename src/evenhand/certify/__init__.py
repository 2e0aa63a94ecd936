"""Exact checks of a finished deal, by somebody who did not search for it.

Comes in: a `Case` and a `Deal`; optionally multipliers that a procedure suggests, which are checked like
any others. Goes out: a tuple of `Certificate`, one per property, each with a verdict (holds, fails,
undecided, undefined), a witness that can be checked by hand, and what was assumed. Certificates can be
written to a file and checked again from it without searching.

Read in this order: `certificate` (the shape), `property` (all that is said and done about a property, in one
object), `properties` (the list, and how to add one), `examined` (what the checks share), `bundles` (when parts
have a meaning); then a file for each family: `agreement`, `land`, `envy`, `fairness`, `maximin`, `any_price`,
`fractional`, `equilibrium`, `pareto` (with `dominating`, `exchanges` and `one_each`), `with_money`, `leximin` (with
`level_weights`), `nash_bound`; then `file`, and the package `recheck`.

Promised: exact arithmetic; no solver; a property is never called true because it could not be decided,
nor because it has no meaning here. What concerns one party is computed from that party's points alone.
Each property states the cost of its check and of its recheck; docs/certificates.md lists them.
"""

from evenhand.certify.certificate import Certificate, Verdict
from evenhand.certify.check import certify, certify_for
from evenhand.certify.file import (
    Finding,
    Written,
    certificates_from_text,
    certificates_json,
    load_certificates,
    recheck,
)
from evenhand.certify.properties import PROPERTIES, PROPERTY_IDS
from evenhand.certify.property import Property

__all__ = [
    "PROPERTIES",
    "PROPERTY_IDS",
    "Certificate",
    "Finding",
    "Property",
    "Verdict",
    "Written",
    "certificates_from_text",
    "certificates_json",
    "certify",
    "certify_for",
    "load_certificates",
    "recheck",
]
