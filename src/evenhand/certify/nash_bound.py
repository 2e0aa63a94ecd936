"""An upper limit on the product of values that any deal can reach, from prices, without a solver."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from evenhand.case import Case
from evenhand.certify.bundles import has_burdens
from evenhand.certify.certificate import Certificate, texts, undefined
from evenhand.certify.property import Property
from evenhand.certify.recheck import product as recheck
from evenhand.deals import Deal, Space, broken_rules
from evenhand.deals.space import weighted_sum
from evenhand.solve import compare_with_one, log_of_fraction, log_prices, rounded_product
from evenhand.solve.powers import Powers

_ASSUMED = ("Rules that tie issues are left aside.",)
_LONG = 2000
"""Binary digits above which a product is not written out."""


def nash_bound(case: Case, deal: Deal, suggested: Mapping[str, Fraction] | None = None) -> Certificate:
    """A limit on prod v_i^e_i over all deals (rules aside), and how near this deal comes to it.

    Settlements that a rule bars outright are left out of the prices, unless the deal itself breaks a rule.
    The multipliers may be anything above zero: each set gives a valid limit. The better of the
    suggested ones and our own is used.
    """
    why = _why_not(case, deal)
    if why:
        return undefined("nash-bound", why)
    space = Space.of(case if not broken_rules(case, deal) else case.model_copy(update={"rules": ()}))
    tried = [multipliers for multipliers in (_own(space), _suggested(space, suggested)) if multipliers]
    if not tried:
        return undefined("nash-bound", "Some party values nothing that it could get, so the product is always 0.")
    priced = [(multipliers, prices(space, multipliers)) for multipliers in tried]
    best, table = min(priced, key=lambda pair: _log_limit(space, *pair))
    return Certificate("nash-bound", "holds", _witness(space, deal, best, table), _ASSUMED)


def _why_not(case: Case, deal: Deal) -> str | None:
    if any(deal.payments.values()):
        return "With payments the product of values has no such limit."
    if has_burdens(case):
        return "A product of values has no meaning with burdens."
    if any(term.points < 0 for preference in case.preferences.values() for term in preference.together):
        return "Points that are lost when things come together can make a value negative."
    return None


def _own(space: Space) -> tuple[Fraction, ...] | None:
    """Multipliers with four significant digits, so that a person can multiply them out."""
    rows = [np.array([[float(v) for v in worth] for worth in worths]) for worths in space.worth if worths]
    for party, _, points in space.bonuses():
        rows.append(np.array([[0.0] * len(space.parties), np.eye(len(space.parties))[party] * float(points)]))
    if any(sum(row[:, column].max() for row in rows) <= 0 for column in range(len(space.parties))):
        return None
    found = log_prices(rows, np.array([float(weight) for weight in space.entitlements]))
    return tuple(Fraction(f"{value:.3e}") for value in found)


def _suggested(space: Space, suggested: Mapping[str, Fraction] | None) -> tuple[Fraction, ...] | None:
    if suggested is None or any(suggested.get(party, 0) <= 0 for party in space.parties):
        return None
    return tuple(suggested[party] for party in space.parties)


def prices(space: Space, multipliers: tuple[Fraction, ...]) -> dict[str, Fraction]:
    """For each issue the largest weighted worth of any settlement; for `together` terms, their sum."""
    table = {
        issue.id: max(weighted_sum(multipliers, worth) for worth in worths)
        for issue, worths in zip(space.issues, space.worth, strict=True)
        if worths
    }
    together = sum((multipliers[party] * points for party, _, points in space.bonuses()), Fraction(0))
    return {**table, "(together)": together} if together else table


def _log_limit(space: Space, multipliers: tuple[Fraction, ...], table: Mapping[str, Fraction]) -> float:
    total = sum(space.entitlements, Fraction(0))
    logs = sum(float(e) * log_of_fraction(e / m) for e, m in zip(space.entitlements, multipliers, strict=True))
    return logs + float(total) * log_of_fraction(sum(table.values(), Fraction(0)) / total)


def _witness(
    space: Space, deal: Deal, multipliers: tuple[Fraction, ...], table: Mapping[str, Fraction]
) -> dict[str, object]:
    values = space.values(deal)
    spent, total = sum(table.values(), Fraction(0)), sum(space.entitlements, Fraction(0))
    shares = [(m / e, int(e)) for m, e in zip(multipliers, space.entitlements, strict=True)]
    limit = [(spent / total, int(total)), *((1 / share, e) for share, e in shares)]
    product = [(value, e) for value, (_, e) in zip(values, shares, strict=True)]
    reached, largest = _reached(product, limit) if all(values) else (0.0, False)
    return {
        "multipliers": texts(dict(zip(space.parties, multipliers, strict=True))),
        "prices": texts(table),
        "sum_of_prices": str(spent),
        "sum_of_entitlements": str(total),
        "limit": _rounded_text(limit, up=True),
        "product": _rounded_text(product, up=False) if all(values) else "0",
        "reached": reached,
        "largest_possible": largest,
    }


def _reached(product: Powers, limit: Powers) -> tuple[float, bool]:
    """The part of the limit reached, per unit of entitlement, rounded down; and whether it is all of it."""
    ratio = [*product, *((1 / base, exponent) for base, exponent in limit)]
    if compare_with_one(ratio) == 0:
        return 1.0, True
    logarithm = sum(exponent * log_of_fraction(base) for base, exponent in ratio)
    reached = math.exp(logarithm / sum(exponent for _, exponent in product))
    return min(math.floor(reached * 10**6) / 10**6, 0.999999), False


def _rounded_text(powers: Powers, *, up: bool) -> str:
    """A short product as it is; a long one rounded, in the safe direction, to twelve digits."""
    if sum(abs(e) * (b.numerator.bit_length() + b.denominator.bit_length()) for b, e in powers) < _LONG:
        number = math.prod((base**exponent for base, exponent in powers), start=Fraction(1))
        if len(str(number)) <= 24:
            return str(number)
    digits, tens = rounded_product(powers, 12, up=up)
    return f"{digits}e{tens}"


NASH_BOUND = Property(
    id="nash-bound",
    title="How close to the largest product",
    meaning="A limit that no deal's product of values can exceed, from prices that can be added up by hand.",
    definition="With multipliers m > 0 and prices p_k = max_s sum_i m_i v_i(k, s), every deal has "
    "prod v_i^e_i ≤ prod (e_i/m_i)^e_i · (sum p / E)^E.",
    source="the inequality of the weighted means; prices as in Eisenberg and Gale (1959)",
    by_hand="Multipliers, prices, the limit and the product of this deal. Multiply every party's points; the price of "
    "an issue is the most that a settlement then brings; put the sums into the formula.",
    cost="O(n m) once the multipliers are found",
    recheck_cost="O(n² m)",
    check=lambda examined: nash_bound(examined.case, examined.deal, examined.multipliers),
    recheck=recheck.nash_bound,
    assumed=_ASSUMED,
)
