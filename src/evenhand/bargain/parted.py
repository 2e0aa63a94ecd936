"""Three or more parties with something to split: their efficient values form surfaces, so a cover is listed.

Shares are taken in equal parts. Any shares can be rounded to parts so that nobody's share of a thing changes by a part
or more, none that was nothing becomes something, and no bound of a rule is crossed, if it lies on a whole number of
parts: round all down, then give the parts that are left to some that were rounded. So what a party may lose is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import comb, lcm

from evenhand.deals import Deal, NotDefined, Space
from evenhand.deals.rules import Clause, Share
from evenhand.deals.space import Pick
from evenhand.deals.summing import Summing
from evenhand.solve.frontier import Row, SumProblem

MOST_WAYS = 3_000
"""Ways to share one thing, at the most, over the number of things; more only where bounds of rules ask for it."""
_TOO_MANY = 5_000


@dataclass(frozen=True)
class Parted(Summing):
    """A space in which what can be split goes in `parts` equal parts."""

    parts: int = 1

    @classmethod
    def of(cls, space: Space) -> Parted:
        """As fine as leaves few ways to share a thing; to one party alone all of it goes.

        Raises NotDefined where rules ask for very fine shares.
        """
        bounds = [literal.bound.bound for c in space.clauses for literal in c.literals if isinstance(literal, Share)]
        step = lcm(*(bound.denominator for bound in bounds))
        parts, others = step, len(space.parties) - 1
        if comb(parts + others, others) > _TOO_MANY:
            raise NotDefined("Rules here bound shares so finely that too many ways to share would have to be compared.")
        while others and comb(parts + step + others, others) <= max(250, MOST_WAYS // len(space.divisible)):
            parts += step
        return cls(space, parts)

    @cached_property
    def scales(self) -> Row:
        """Units in which every part of a thing is whole."""
        return tuple(scale * self.parts for scale in Summing(self.space).scales)

    @cached_property
    def whole(self) -> tuple[int, ...]:
        """Every issue is a group."""
        return tuple(range(len(self.space.issues)))

    @cached_property
    def sharing(self) -> tuple[Clause, ...]:
        """No bound on shares is left open."""
        return ()

    @cached_property
    def splits(self) -> tuple[tuple[Fraction, ...], ...]:
        """Every way to share a thing, by party; the first party's share rising, then the next's."""
        return tuple(
            tuple(Fraction(part, self.parts) for part in parts) for parts in _compositions(self.parts, self._parties)
        )

    @property
    def _parties(self) -> int:
        return len(self.space.parties)

    def problem(self, floor: Sequence[Fraction] | None) -> SumProblem:
        """The sums; what rounding to parts may lose is their slack."""
        return replace(super().problem(floor), slack=self.units(self._lost()))

    def _lost(self) -> list[Fraction]:
        if self._parties == 1:  # all of it is a whole number of parts
            return [Fraction(0)]
        worths = [[abs(self.space.worth[k][p][p]) for k in self.space.divisible] for p in range(self._parties)]
        return [sum(column, Fraction(0)) / self.parts for column in worths]

    def rows(self, k: int) -> Sequence[tuple[Fraction, ...]]:
        """What each way to settle an issue is worth."""
        if k not in self.space.divisible:
            return super().rows(k)
        worth = [self.space.worth[k][p][p] for p in range(self._parties)]
        return [tuple(w * s for w, s in zip(worth, shares, strict=True)) for shares in self.splits]

    def bounded(self, literal: Share) -> frozenset[int]:
        """The ways to share that meet a bound."""
        inside = [p for p, party in enumerate(self.space.parties) if party in literal.parties]
        held = (sum((shares[p] for p in inside), Fraction(0)) for shares in self.splits)
        return frozenset(way for way, share in enumerate(held) if literal.bound.holds(share))

    def deal(self, pick: Pick) -> Deal:
        """The deal of a pick of groups."""
        shares = {k: dict(zip(self.space.parties, self.splits[pick[k]], strict=True)) for k in self.space.divisible}
        return self.space.deal(tuple(-1 if k in shares else choice for k, choice in enumerate(pick)), shares)


def _compositions(parts: int, parties: int) -> Iterator[tuple[int, ...]]:
    if parties == 1:
        yield (parts,)
        return
    for first in range(parts + 1):
        for rest in _compositions(parts - first, parties - 1):
            yield (first, *rest)
