"""An upper limit on the product of values that any deal can reach, from prices, without a solver."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from evenhand.case import Case
from evenhand.certify.bundles import has_burdens
from evenhand.certify.certificate import Certificate, texts, undefined
from evenhand.deals import Deal, Space
from evenhand.solve import log_prices


def nash_bound(case: Case, deal: Deal, suggested: Mapping[str, Fraction] | None = None) -> Certificate:
    """A limit on prod v_i^e_i over all deals (rules aside), and how near this deal comes to it.

    The multipliers may be anything above zero: each set gives a valid limit. The better of the
    suggested ones and our own is used.
    """
    why = _why_not(case)
    if why:
        return undefined("nash-bound", why)
    space = Space.of(case)
    tried = [multipliers for multipliers in (_own(space), _suggested(space, suggested)) if multipliers]
    if not tried:
        return undefined("nash-bound", "Some party values nothing that it could get, so the product is always 0.")
    best = min(tried, key=lambda multipliers: _log_limit(space, multipliers))
    return Certificate("nash-bound", "holds", _witness(space, deal, best), ("Rules that tie issues are left aside.",))


def _why_not(case: Case) -> str | None:
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
        issue.id: max(sum((m * v for m, v in zip(multipliers, worth, strict=True)), Fraction(0)) for worth in worths)
        for issue, worths in zip(space.issues, space.worth, strict=True)
        if worths
    }
    together = sum((multipliers[party] * points for party, _, points in space.bonuses()), Fraction(0))
    return {**table, "(together)": together} if together else table


def _log_limit(space: Space, multipliers: tuple[Fraction, ...]) -> float:
    total = sum(space.entitlements, Fraction(0))
    logs = sum(float(e) * _log(e / m) for e, m in zip(space.entitlements, multipliers, strict=True))
    return logs + float(total) * _log(sum(prices(space, multipliers).values(), Fraction(0)) / total)


def _log(number: Fraction) -> float:
    return math.log(number.numerator) - math.log(number.denominator)


def _witness(space: Space, deal: Deal, multipliers: tuple[Fraction, ...]) -> dict[str, object]:
    table = prices(space, multipliers)
    spent, total = sum(table.values(), Fraction(0)), sum(space.entitlements, Fraction(0))
    limit, product = (spent / total) ** int(total), Fraction(1)
    for m, e, value in zip(multipliers, space.entitlements, space.values(deal), strict=True):
        limit *= (e / m) ** int(e)
        product *= value ** int(e)
    reached = math.exp((_log(product) - _log(limit)) / float(total)) if product > 0 else 0.0
    return {
        "multipliers": texts(dict(zip(space.parties, multipliers, strict=True))),
        "prices": texts(table),
        "sum_of_prices": str(spent),
        "sum_of_entitlements": str(total),
        "limit": _rounded_text(limit, up=True),
        "product": _rounded_text(product, up=False),
        "reached": 1.0 if product == limit else min(math.floor(reached * 10**6) / 10**6, 0.999999),
        "largest_possible": product == limit,
    }


def _rounded_text(number: Fraction, *, up: bool) -> str:
    """A short fraction as it is; a long one rounded, in the safe direction, to twelve digits."""
    if len(str(number)) <= 24:
        return str(number)
    exponent = math.floor(_log(number) / math.log(10)) - 11
    scaled = number / Fraction(10) ** exponent
    digits = -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
    return f"{digits}e{exponent}"
