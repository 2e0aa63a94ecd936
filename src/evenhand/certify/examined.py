"""The deal under examination, laid out once for all checks: who holds what, and what each thinks of each part.

A party's points are scaled to whole numbers once; every comparison after that is one of integers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm

from evenhand.case import Case, Chosen
from evenhand.deals import Clause, Deal, Space, allowed_settlements, holdings


@dataclass(frozen=True)
class Examined:
    """A case and a deal, seen through the eyes of some parties, and what the checks share.

    `multipliers` are those a procedure suggests for bounds; they are checked like any others.
    """

    case: Case
    deal: Deal
    eyes: tuple[str, ...]
    multipliers: Mapping[str, Fraction] | None = None
    _looks: dict[str, Look] = field(default_factory=dict, compare=False)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The principals' ids, in the order of the case."""
        return tuple(party.id for party in self.case.principals)

    @cached_property
    def entitlements(self) -> dict[str, int]:
        """The entitlements as whole numbers in the same proportions."""
        scale = lcm(*(party.entitlement.denominator for party in self.case.principals))
        return {party.id: int(party.entitlement * scale) for party in self.case.principals}

    @cached_property
    def held(self) -> dict[str, dict[str, Fraction]]:
        """For each principal what it holds: {issue: share}."""
        return holdings(self.case, self.deal)

    @cached_property
    def shares_scale(self) -> int:
        """A whole number that makes every share of the deal whole."""
        return lcm(*(share.denominator for part in self.held.values() for share in part.values()))

    @cached_property
    def units_held(self) -> dict[str, dict[str, int]]:
        """For each principal its shares in whole units, of which `shares_scale` are all of a thing."""
        scale = self.shares_scale
        return {
            party: {issue: share.numerator * (scale // share.denominator) for issue, share in part.items()}
            for party, part in self.held.items()
        }

    @cached_property
    def things(self) -> tuple[str, ...]:
        """The issues that somebody can hold: assets and divisibles."""
        return tuple(issue.id for issue in self.case.issues if not isinstance(issue, Chosen))

    @cached_property
    def allowed(self) -> tuple[tuple[tuple[str, ...], ...], tuple[Clause, ...]]:
        """For each issue the settlements that no rule bars outright; and the clauses of rules that do more."""
        return allowed_settlements(self.case)

    @cached_property
    def space(self) -> Space:
        """The deals that the case allows."""
        return Space.of(self.case)

    def look(self, party: str) -> Look:
        """What one party thinks of every part."""
        if party not in self._looks:
            self._looks[party] = Look.of(self, party)
        return self._looks[party]


@dataclass(frozen=True)
class Look:
    """What a party thinks of every part, in whole numbers: `scale` of them are one point.

    `of_whole[issue]` is what all of a thing is worth to this party, `of_thing[holder][issue]` the holder's
    share of it, `of_part[holder]` all of that holder's part, with what comes together, and `everything` all
    things together.
    """

    party: str
    scale: int
    held: Mapping[str, Mapping[str, Fraction]]
    of_whole: Mapping[str, int]
    of_thing: Mapping[str, Mapping[str, int]]
    of_part: Mapping[str, int]
    terms: tuple[tuple[frozenset[str], int], ...]
    everything: int

    @classmethod
    def of(cls, examined: Examined, party: str) -> Look:
        """Lay out one party's view; O(m), and O(m) for each of its `together` terms."""
        preference, shares = examined.case.preferences[party], examined.shares_scale
        numbers = {k: preference.points[k] for k in examined.things}
        scale = lcm(*(v.denominator for v in numbers.values()), *(t.points.denominator for t in preference.together))
        units = {k: v.numerator * (scale // v.denominator) for k, v in numbers.items()}
        of_thing = {holder: {k: units[k] * s for k, s in part.items()} for holder, part in examined.units_held.items()}
        whole = units if shares == 1 else {k: v * shares for k, v in units.items()}
        terms = tuple((frozenset(term.when), int(term.points * scale) * shares) for term in preference.together)
        of_part = {
            holder: sum(part.values()) + _together(terms, examined.held[holder]) for holder, part in of_thing.items()
        }
        everything = sum(whole.values()) + sum(points for _, points in terms)
        return cls(party, scale * shares, examined.held, whole, of_thing, of_part, terms, everything)

    def without(self, holder: str, issue: str) -> int:
        """What a holder's part is worth to this party with one thing left out."""
        left = self.of_part[holder] - self.of_thing[holder][issue]
        if self.terms:
            part = self.held[holder]
            rest = {name: share for name, share in part.items() if name != issue}
            left += _together(self.terms, rest) - _together(self.terms, part)
        return left

    def gained_with(self, issue: str) -> int:
        """What having one more thing, whole, would add to this party's own part."""
        gain = self.of_whole[issue]
        if self.terms:
            part = self.held[self.party]
            gain += _together(self.terms, {**part, issue: Fraction(1)}) - _together(self.terms, part)
        return gain

    def points(self, number: int) -> str:
        """A number of this look as points, in text."""
        return str(number) if self.scale == 1 else str(Fraction(number, self.scale))


def _together(terms: tuple[tuple[frozenset[str], int], ...], part: Mapping[str, Fraction]) -> int:
    """What comes together in a part; only things held whole count."""
    if not terms:
        return 0
    whole = {issue for issue, share in part.items() if share == 1}
    return sum(points for when, points in terms if when <= whole)
