"""Envy: would anybody rather have another's part? One party's answer uses only its own points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from evenhand.case import Case
from evenhand.certify.bundles import has_burdens, has_goods, why_no_bundles, why_not_whole
from evenhand.certify.certificate import Certificate, undefined
from evenhand.certify.examined import Examined, Look
from evenhand.certify.property import Property
from evenhand.certify.recheck import envy as recheck

_RULES = ("Whether a rule would let a party hold another's part is not considered.",)


@dataclass(frozen=True)
class _Comparison:
    """One party's look at another's part, per entitlement, in whole numbers."""

    look: Look
    other: str
    own_weight: int
    other_weight: int

    @property
    def own_value(self) -> int:
        return self.look.of_part[self.look.party]

    @property
    def other_value(self) -> int:
        return self.look.of_part[self.other]

    def margin(self, own: int, other: int) -> int:
        """How content these values leave the party; below 0 it envies."""
        return own * self.other_weight - other * self.own_weight

    @property
    def envious(self) -> bool:
        return self.margin(self.own_value, self.other_value) < 0

    def leaving_out_each(self) -> Iterator[tuple[str, int, int]]:
        """(thing, own value, other's value) for each thing left out of whichever part has it."""
        for issue in self.look.of_thing[self.other]:
            yield issue, self._own_without(issue), self.look.without(self.other, issue)
        for issue in self.look.of_thing[self.look.party]:
            if issue not in self.look.of_thing[self.other]:
                yield issue, self._own_without(issue), self.other_value

    def _own_without(self, issue: str) -> int:
        mine = issue in self.look.of_thing[self.look.party]
        return self.look.without(self.look.party, issue) if mine else self.own_value

    def facts(self, left_out: tuple[str, int, int] | None = None) -> dict[str, Any]:
        """The comparison as plain data."""
        points = self.look.points
        row = {"party": self.look.party, "envies": self.other}
        row |= {"own": points(self.own_value), "other": points(self.other_value)}
        if left_out is not None:
            issue, own, other = left_out
            row |= {"left_out": issue, "own_after": points(own), "other_after": points(other)}
        return row


_Ends = Callable[[_Comparison], tuple[bool, tuple[str, int, int] | None]]


def _comparisons(examined: Examined) -> Iterator[_Comparison]:
    weights = examined.entitlements
    for party in examined.eyes:
        look = examined.look(party)
        for other in examined.parties:
            if other != party:
                yield _Comparison(look, other, weights[party], weights[other])


def _why_not_weighted(case: Case) -> str | None:
    if not case.equal_entitlements and has_burdens(case) and has_goods(case):
        return (
            "With unequal entitlements and burdens (or payments) beside goods, comparing parts has no agreed meaning."
        )
    return None


def _why_not(examined: Examined) -> str | None:
    return why_no_bundles(examined.case, examined.deal, examined.eyes) or _why_not_weighted(examined.case)


def _envy_free(examined: Examined) -> Certificate:
    if (why := _why_not(examined)) is not None:
        return undefined("envy-free", why)
    envious = [found.facts() for found in _comparisons(examined) if found.envious]
    looks = {party: examined.look(party) for party in examined.eyes}
    worth = {
        party: {
            other: look.points(look.of_part[other])
            for other in (party, *(other for other in examined.parties if other != party))
        }
        for party, look in looks.items()
    }
    if envious:
        return Certificate("envy-free", "fails", {"envy": envious, "worth": worth}, _RULES)
    return Certificate("envy-free", "holds", {"worth": worth}, _RULES)


def _up_to(examined: Examined, name: str, ends: _Ends) -> Certificate:
    if (why := _why_not(examined)) is not None:
        return undefined(name, why)
    envious = [found for found in _comparisons(examined) if found.envious]
    if envious and (why := why_not_whole(examined.case, examined.deal)) is not None:
        return undefined(name, why)
    answers = [(found, *ends(found)) for found in envious]
    broken = [found.facts(left_out) for found, ended, left_out in answers if not ended]
    if broken:
        return Certificate(name, "fails", {"envy": broken}, _RULES)
    return Certificate(name, "holds", {"ended": [found.facts(left_out) for found, _, left_out in answers]}, _RULES)


def _ef1(examined: Examined) -> Certificate:
    return _up_to(examined, "ef1", _ends_without_one)


def _efx(examined: Examined) -> Certificate:
    if has_burdens(examined.case) and has_goods(examined.case):
        return undefined("efx", "With burdens (or payments) beside goods the field has several definitions of it.")
    return _up_to(examined, "efx", _ends_without_any)


def _ends_without_one(found: _Comparison) -> tuple[bool, tuple[str, int, int] | None]:
    """Whether some one thing ends the envy; the thing that leaves most content, the first of equals."""
    best = max(found.leaving_out_each(), key=lambda row: found.margin(row[1], row[2]), default=None)
    return best is not None and found.margin(best[1], best[2]) >= 0, best


def _ends_without_any(found: _Comparison) -> tuple[bool, tuple[str, int, int] | None]:
    """Whether leaving out any one thing that matters ends the envy; else, the first that does not."""
    for row in found.leaving_out_each():
        matters = row[2] < found.other_value or row[1] > found.own_value
        if matters and found.margin(row[1], row[2]) < 0:
            return False, row
    return True, None


ENVY_FREE = Property(
    id="envy-free",
    title="No envy",
    meaning="Nobody would rather have another's part.",
    own_meaning="You would not rather have another's part.",
    definition="v_i(A_i)/e_i ≥ v_i(A_j)/e_j for all i, j; e are the entitlements (equal: plain envy-freeness).",
    source="Foley (1967); for entitlements Chakraborty, Igarashi, Suksompong and Zick (2021)",
    by_hand="What every part is worth to every party. Add up each party's points for it; compare per entitlement.",
    cost="O(n m + n²)",
    recheck_cost="O(n m + n²)",
    check=_envy_free,
    recheck=recheck.envy_free,
    assumed=_RULES,
    of_parts=True,
)

EF1 = Property(
    id="ef1",
    title="No envy but for one thing",
    meaning="Whoever would rather have another's part would not, if one thing were left out.",
    own_meaning="You would not rather have another's part if one thing were left out.",
    definition="For all i, j some item g of A_i or A_j has v_i(A_i − g)/e_i ≥ v_i(A_j − g)/e_j.",
    source="Budish (2011); with burdens Aziz, Caragiannis, Igarashi and Walsh (2022); weighted as above (2021)",
    by_hand="For each envy the thing that ends it (holds), or an envy that the best thing to leave out does not end "
    "(fails). Take the thing out of both parts and compare again.",
    cost="O(n m + n²)",
    recheck_cost="O(n² m)",
    check=_ef1,
    recheck=recheck.ef1,
    assumed=_RULES,
    of_parts=True,
)

EFX = Property(
    id="efx",
    title="No envy but for any one thing",
    meaning="Whoever would rather have another's part would not, whichever one thing were left out.",
    own_meaning="You would not rather have another's part, whichever one thing were left out.",
    definition="For all i, j and each good g of A_j that adds value to i: v_i(A_i)/e_i ≥ v_i(A_j − g)/e_j; "
    "burdens: for each own burden that costs i something, v_i(A_i − g)/e_i ≥ v_i(A_j)/e_j.",
    source="Caragiannis, Kurokawa, Moulin, Procaccia, Shah and Wang (2019)",
    by_hand="Every envy (holds): leave out the least of its things that counts, and compare. Or an envy and a thing "
    "without which it remains (fails).",
    cost="O(n m + n²)",
    recheck_cost="O(n² m)",
    check=_efx,
    recheck=recheck.efx,
    assumed=_RULES,
    of_parts=True,
)
