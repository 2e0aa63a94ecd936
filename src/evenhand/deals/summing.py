"""A case as a problem of sums: issues are groups, settlements rows; rules and `together` terms tie groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, lcm

from evenhand.deals.deal import Deal
from evenhand.deals.rules import Clause, Literal, Named, Share
from evenhand.deals.space import Pick, Space
from evenhand.solve.frontier import Row, SumProblem, Tie


@dataclass(frozen=True)
class Summing:
    """A space of deals in whole units: `scales[p]` of them are one point of party p.

    Divisible issues are no groups; a rule that bounds shares becomes a tie that stays, in the order of `sharing`.
    """

    space: Space

    @cached_property
    def scales(self) -> Row:
        """The smallest units in which all worths, and no deal, are whole."""
        preferences = self.space.case.preferences
        floors = [preferences[party].no_deal.denominator for party in self.space.parties]
        return tuple(lcm(self.space.scale(p), floor) for p, floor in enumerate(floors))

    @cached_property
    def whole(self) -> tuple[int, ...]:
        """The numbers of the issues that are groups."""
        return tuple(k for k in range(len(self.space.issues)) if k not in self.space.divisible)

    @cached_property
    def _group(self) -> dict[str, int]:
        return {self.space.issues[k].id: group for group, k in enumerate(self.whole)}

    @cached_property
    def sharing(self) -> tuple[Clause, ...]:
        """The clauses that bound shares, some of whose literals may be about whole issues."""
        return tuple(c for c in self.space.clauses if not all(isinstance(literal, Named) for literal in c.literals))

    def units(self, values: Sequence[Fraction]) -> Row:
        """Points as units, rounded up."""
        return tuple(ceil(value * scale) for value, scale in zip(values, self.scales, strict=True))

    def problem(self, floor: Sequence[Fraction] | None) -> SumProblem:
        """All deals, or only those with at least so many points for each party."""
        groups = [[self.units(row) for row in self.rows(k)] for k in self.whole]
        ties = [*self._shares(), *self._rules(), *self._terms()]
        return SumProblem(len(self.space.parties), groups, ties, None if floor is None else self.units(floor))

    def rows(self, k: int) -> Sequence[tuple[Fraction, ...]]:
        """What each settlement of an issue is worth, by party."""
        return self.space.worth[k]

    def bounded(self, literal: Share) -> frozenset[int]:
        """The settlements that meet a bound on shares: none, where what is divisible is no group."""
        return frozenset()

    def deal(self, pick: Pick) -> Deal:
        """The deal of a pick of groups."""
        return self.space.deal(pick)

    def _shares(self) -> Iterator[Tie]:
        for clause in self.sharing:
            yield Tie(self._satisfied(clause), stays=True)

    def _rules(self) -> Iterator[Tie]:
        for clause in self.space.clauses:
            if clause not in self.sharing:
                yield Tie(self._satisfied(clause))

    def _satisfied(self, clause: Clause) -> dict[int, frozenset[int]]:
        """By group, the settlements that satisfy a clause."""
        hits: dict[int, frozenset[int]] = {}
        for literal in clause.literals:
            if literal.issue in self._group:
                group = self._group[literal.issue]
                hits[group] = hits.get(group, frozenset()) | self._true(literal)
        return hits

    def _true(self, literal: Literal) -> frozenset[int]:
        if isinstance(literal, Named):
            return self._named(literal.issue, literal.names, literal.wanted)
        return self.bounded(literal)

    def _terms(self) -> Iterator[Tie]:
        """A term counts unless a settlement is taken that does not meet it."""
        for party, when, points in self.space.bonuses():
            hits = {self._group[issue]: self._named(issue, frozenset(names), False) for issue, names in when.items()}
            row = [Fraction(0)] * len(self.space.parties)
            row[party] = points
            yield Tie(hits, self.units(row))

    def _named(self, issue: str, names: frozenset[str], wanted: bool) -> frozenset[int]:
        """The settlements of an issue that are among the names, or are not."""
        known = self.space.settlements[self.space.number_of[issue]]
        return frozenset(s for s, name in enumerate(known) if (name in names) == wanted)
