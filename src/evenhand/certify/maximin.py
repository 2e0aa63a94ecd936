"""The maximin share: what a party could make sure of if it divided everything and got the worst part."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

from evenhand.case import Asset, Case
from evenhand.certify.bundles import why_no_bundles
from evenhand.certify.certificate import Certificate, undefined
from evenhand.certify.property import Property
from evenhand.certify.recheck import maximin as recheck
from evenhand.deals import Deal, value_of
from evenhand.solve import LargestMinimum, largest_minimum

_ASSUMED = ("Rules that bar a party from something are left aside.",)
STEPS = 20_000
"""How many placements the search for a better split tries per party and target before it gives up."""


def maximin_share(case: Case, deal: Deal, eyes: tuple[str, ...]) -> Certificate:
    """Each party in `eyes` has at least its maximin share.

    Fails when a party could split everything so that even the worst part is worth more to it than what it
    has: the split is the witness. Holds when a sum that anybody can add up, or else a search through all
    splits, shows that no split does better for its worst part.
    """
    why = _why_not(case, deal, eyes)
    if why:
        return undefined("maximin-share", why)
    rows = {party: _row(case, deal, party) for party in eyes}
    short = [party for party, row in rows.items() if Fraction(row["value"]) < Fraction(row["at_least"])]
    unknown = [p for p, row in rows.items() if Fraction(row["at_least"]) <= Fraction(row["value"]) < _most(row)]
    if short:
        return Certificate("maximin-share", "fails", {"parties": rows, "short": short}, _ASSUMED)
    if unknown:
        why = f"Not every way to split was looked at ({STEPS:,} steps) for {', '.join(unknown)}."
        return Certificate("maximin-share", "undecided", {"why": why, "parties": rows}, _ASSUMED)
    return Certificate("maximin-share", "holds", {"parties": rows}, _ASSUMED)


def _row(case: Case, deal: Deal, party: str) -> dict[str, Any]:
    """What the party has, its share (no less than, no more than), parts that show the one, why the other."""
    points = [case.preferences[party].points[issue.id] for issue in case.issues]
    scale = lcm(*(number.denominator for number in points))
    found = largest_minimum([int(number * scale) for number in points], len(case.principals), STEPS)
    return {
        "value": str(value_of(case, deal, party)),
        "at_least": str(Fraction(found.low, scale)),
        "at_most": str(Fraction(found.high, scale)),
        "split": [[case.issues[number].id for number in sorted(part)] for part in found.parts],
        "because": _because(found),
    }


def _because(found: LargestMinimum) -> dict[str, Any]:
    """Why no split does better: a sum, or a search."""
    if found.ceiling is None:
        return {"bound": "search"}
    return {"bound": found.ceiling.because, "taken": found.ceiling.taken}


def _most(row: dict[str, Any]) -> Fraction:
    return Fraction(row["at_most"])


def _why_not(case: Case, deal: Deal, eyes: tuple[str, ...]) -> str | None:
    if why := why_no_bundles(case, deal, eyes):
        return why
    whole = all(isinstance(issue, Asset) for issue in case.issues)
    if not whole or any(deal.is_shared(issue.id) for issue in case.issues):
        return "It is about dividing whole things, and something here is divided."
    if not case.equal_entitlements:
        return "With unequal entitlements the field has several definitions of it."
    if any(case.preferences[party].together for party in eyes):
        return "It is not computed where points come together."
    return None


MAXIMIN_SHARE = Property(
    id="maximin-share",
    title="As good as dividing first",
    meaning="Everyone gets at least what it could make sure of by dividing everything itself and taking the worst "
    "part.",
    own_meaning="You get at least what you could make sure of by dividing everything and taking the worst part.",
    definition="v_i(deal) ≥ max over splits into n parts of the least v_i(part), for equal entitlements.",
    source="Budish, Journal of Political Economy 119 (2011)",
    by_hand="For each party a split whose every part is worth `at_least` to it, and a sum that shows that no split's "
    "worst part is worth more than `at_most`. Add up the parts; set aside the `taken` largest things, divide the rest.",
    cost="O(n m log m) where the sums meet; else at most a stated number of steps for each party",
    recheck_cost="O(n m log m)",
    check=lambda examined: maximin_share(examined.case, examined.deal, examined.eyes),
    recheck=recheck.maximin_share,
    assumed=_ASSUMED,
    of_parts=True,
)
