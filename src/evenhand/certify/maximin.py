"""The maximin share: what a party could make sure of if it divided everything and got the worst part."""

from __future__ import annotations

from fractions import Fraction
from math import floor, lcm
from typing import Any

from evenhand.case import Asset, Case
from evenhand.certify.bundles import has_burdens, has_goods, unequal, why_no_bundles
from evenhand.certify.certificate import Certificate, undefined
from evenhand.deals import Deal, value_of
from evenhand.solve import SplitTooLarge, split_reaching

STEPS = 40_000
"""How many placements the search for a better split tries for each party before it gives up."""


def maximin_share(case: Case, deal: Deal, eyes: tuple[str, ...]) -> Certificate:
    """Each party in `eyes` has at least its maximin share.

    Fails when a party could split everything so that even the worst part is worth more to it than what it
    has; the split is the witness. Holds when no such split exists.
    """
    why = _why_not(case, deal, eyes)
    if why:
        return undefined("maximin-share", why)
    rows: dict[str, dict[str, Any]] = {}
    short, unknown = [], []
    for party in eyes:
        value = value_of(case, deal, party)
        try:
            split = better_split(case, party, value)
        except SplitTooLarge:
            unknown.append(party)
            continue
        rows[party] = {"value": str(value), **({"split": split} if split else {})}
        if split:
            short.append(party)
    assumed = ("Rules that bar a party from something are left aside.",)
    if short:
        return Certificate("maximin-share", "fails", {"parties": rows, "short": short}, assumed)
    if unknown:
        why = f"Not every way to split was looked at ({STEPS:,} steps) for {', '.join(unknown)}."
        return Certificate("maximin-share", "undecided", {"why": why, "parties": rows}, assumed)
    return Certificate("maximin-share", "holds", {"parties": rows}, assumed)


def better_split(case: Case, party: str, value: Fraction) -> list[list[str]] | None:
    """A split of everything into as many parts as parties, each worth more than `value` to the party."""
    points = [case.preferences[party].points[issue.id] for issue in case.issues]
    scale = lcm(*(number.denominator for number in points))
    above = floor(value * scale) + 1
    parts = split_reaching([int(number * scale) for number in points], len(case.principals), above, STEPS)
    return None if parts is None else [[case.issues[number].id for number in sorted(part)] for part in parts]


def _why_not(case: Case, deal: Deal, eyes: tuple[str, ...]) -> str | None:
    if why := why_no_bundles(case, deal, eyes):
        return why
    whole = all(isinstance(issue, Asset) for issue in case.issues)
    if not whole or any(deal.is_shared(issue.id) for issue in case.issues):
        return "It is about dividing whole things, and something here is divided."
    if unequal(case):
        return "With unequal entitlements the field has several definitions of it."
    if has_burdens(case) and has_goods(case):
        return "It is not computed for goods and burdens together."
    if any(case.preferences[party].together for party in eyes):
        return "It is not computed where points come together."
    return None
