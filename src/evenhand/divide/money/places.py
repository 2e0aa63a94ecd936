"""Everyone gets one place: worths in whole numbers, and who would envy whom by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from evenhand.case import Case
from evenhand.solve import assignments_among, largest_assignment, longest_ways


@dataclass(frozen=True)
class Places:
    """What each place is worth to each party: `worth[i][j]`, in units of 1/`scale`; and who has which place."""

    worth: tuple[tuple[int, ...], ...]
    scale: int
    held: tuple[int, ...]

    @classmethod
    def best(cls, case: Case) -> Places:
        """The places of a case, held so that their worth together is largest; of equal ways, the first in order."""
        points = [[case.preferences[p.id].points[issue.id] for issue in case.issues] for p in case.principals]
        scale = lcm(*(number.denominator for row in points for number in row))
        worth = tuple(tuple(int(number * scale) for number in row) for row in points)
        return cls(worth, scale, tuple(largest_assignment(worth)))

    @property
    def own(self) -> list[int]:
        """What each party's place is worth to it."""
        return [row[place] for row, place in zip(self.worth, self.held, strict=True)]

    @cached_property
    def _more(self) -> list[list[int]]:
        """How much more another's place is worth to a party than to its holder."""
        own = self.own
        return [[row[place] - own[other] for other, place in enumerate(self.held)] for row in self.worth]

    @cached_property
    def must_lead(self) -> list[list[int]]:
        """How far each party must at least stay above each other (or below it: under 0) lest anybody envy."""
        found = longest_ways(self._more)
        assert found is not None  # an assignment with the largest sum has no circle of envy
        return found

    @property
    def lifts(self) -> list[int]:
        """The least by which each must stand above the worst-off for there to be no envy."""
        return [max(row) for row in self.must_lead]

    def equals(self) -> Iterator[Places]:
        """Every way to hold the places with the same sum, this one among them."""
        lead, size = self.must_lead, range(len(self.held))
        allowed = [[False] * len(self.held) for _ in size]
        for party in size:
            for other in size:
                allowed[party][self.held[other]] = self._more[party][other] + lead[other][party] == 0
        for columns in assignments_among(allowed):
            yield Places(self.worth, self.scale, tuple(columns))

    def settled(self, case: Case) -> dict[str, str]:
        """Who gets which place, as settlements."""
        return {case.issues[place].id: p.id for p, place in zip(case.principals, self.held, strict=True)}

    def points(self, number: int) -> Fraction:
        """A whole number in the points of the case."""
        return Fraction(number, self.scale)
