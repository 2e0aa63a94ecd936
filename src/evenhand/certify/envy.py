"""Envy: would anybody rather have another's part? One party's answer uses only its own points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

from evenhand.case import Case
from evenhand.certify.bundles import (
    Bundle,
    bundle_value,
    has_burdens,
    has_goods,
    names,
    unequal,
    why_no_bundles,
    why_not_whole,
    without,
)
from evenhand.certify.certificate import Certificate, undefined
from evenhand.deals import Deal, holdings

_RULES = "Whether a rule would let a party hold another's part is not considered."


def envy_free(case: Case, deal: Deal, eyes: tuple[str, ...]) -> Certificate:
    """No party in `eyes` values another's part above its own, per entitlement."""
    why = why_no_bundles(case, deal, eyes) or _why_not_weighted(case)
    if why:
        return undefined("envy-free", why)
    comparisons = list(_comparisons(case, deal, eyes))
    worth = {party: {} for party in eyes}  # type: dict[str, dict[str, str]]
    for found in comparisons:
        worth[found.party][found.party] = str(found.own_value)
        worth[found.party][found.other] = str(found.other_value)
    envious = [found.facts() for found in comparisons if found.envious]
    if envious:
        return Certificate("envy-free", "fails", {"envy": envious, "worth": worth}, (_RULES,))
    return Certificate("envy-free", "holds", {"worth": worth}, (_RULES,))


def ef1(case: Case, deal: Deal, eyes: tuple[str, ...]) -> Certificate:
    """Envy of each party in `eyes` ends when one thing is left out."""
    return _up_to(case, deal, eyes, "ef1", _ends_without_one)


def efx(case: Case, deal: Deal, eyes: tuple[str, ...]) -> Certificate:
    """Envy of each party in `eyes` ends whichever thing is left out."""
    if has_burdens(case) and has_goods(case):
        return undefined("efx", "With goods and burdens together the field has several definitions of it.")
    return _up_to(case, deal, eyes, "efx", _ends_without_any)


class _Comparison:
    """One party's look at another's part."""

    def __init__(self, case: Case, party: str, other: str, own: Bundle, theirs: Bundle) -> None:
        self.case, self.party, self.other = case, party, other
        self.own, self.theirs = own, theirs
        self.weights = (case.party(party).entitlement, case.party(other).entitlement)
        self.own_value = bundle_value(case, party, own)
        self.other_value = bundle_value(case, party, theirs)

    @property
    def envious(self) -> bool:
        return not self.content(self.own_value, self.other_value)

    def content(self, own: Fraction, other: Fraction) -> bool:
        """Whether these values leave the party content, per entitlement."""
        return own * self.weights[1] >= other * self.weights[0]

    def leaving_out(self, issue: str) -> tuple[Fraction, Fraction]:
        """The two values with one thing left out of whichever part has it."""
        own = bundle_value(self.case, self.party, without(self.own, issue))
        return own, bundle_value(self.case, self.party, without(self.theirs, issue))

    def facts(self, **more: Any) -> dict[str, Any]:
        values = {"own": str(self.own_value), "other": str(self.other_value)}
        return {"party": self.party, "envies": self.other, **values, **more}


def _comparisons(case: Case, deal: Deal, eyes: Iterable[str]) -> Iterator[_Comparison]:
    held = holdings(case, deal)
    for party in eyes:
        for other in names(case):
            if other != party:
                yield _Comparison(case, party, other, held[party], held[other])


def _why_not_weighted(case: Case) -> str | None:
    if unequal(case) and has_burdens(case) and has_goods(case):
        return "With unequal entitlements and goods beside burdens, comparing parts has no agreed meaning."
    return None


def _up_to(
    case: Case,
    deal: Deal,
    eyes: tuple[str, ...],
    name: str,
    ends: Callable[[_Comparison], tuple[bool, dict[str, Any]]],
) -> Certificate:
    why = why_no_bundles(case, deal, eyes) or _why_not_weighted(case)
    if why:
        return undefined(name, why)
    envious = [found for found in _comparisons(case, deal, eyes) if found.envious]
    if not envious:
        who = "You envy nobody" if len(eyes) == 1 else "Nobody envies anybody"
        return Certificate(name, "holds", {"why": f"{who}, so nothing has to be left out."}, (_RULES,))
    if (why := why_not_whole(case, deal)) is not None:
        return undefined(name, why)
    answers = [(found, *ends(found)) for found in envious]
    broken = [found.facts(**facts) for found, ended, facts in answers if not ended]
    if broken:
        return Certificate(name, "fails", {"envy": broken}, (_RULES,))
    return Certificate(name, "holds", {"ended": [found.facts(**facts) for found, _, facts in answers]}, (_RULES,))


def _ends_without_one(found: _Comparison) -> tuple[bool, dict[str, Any]]:
    """Whether some one thing ends the envy; the thing that leaves most content comes first."""
    tried = [(issue, *found.leaving_out(issue)) for issue in (*found.theirs, *found.own)]
    if not tried:
        return False, {}
    issue, own, other = max(tried, key=lambda row: row[1] * found.weights[1] - row[2] * found.weights[0])
    return found.content(own, other), {"left_out": issue, "own_after": str(own), "other_after": str(other)}


def _ends_without_any(found: _Comparison) -> tuple[bool, dict[str, Any]]:
    """Whether leaving out any one thing that matters ends the envy; else, the first that does not."""
    for issue in (*found.theirs, *found.own):
        own, other = found.leaving_out(issue)
        matters = other < found.other_value or own > found.own_value
        if matters and not found.content(own, other):
            return False, {"left_out": issue, "own_after": str(own), "other_after": str(other)}
    return True, {}
