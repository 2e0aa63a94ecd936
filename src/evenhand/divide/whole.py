"""Whole things to hand out one by one: who may have what, what each is worth, and what envy a deal leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import lcm, prod

from evenhand.case import Asset, Case, Divisible
from evenhand.deals import Deal, NoDeal, Space, allowed_settlements, clashing_rules
from evenhand.divide.procedure import not_plain

Owners = Sequence[int]
"""For each thing the number of the party that gets it."""


def not_whole(case: Case, title: str) -> str | None:
    """Why a procedure that hands out whole things one by one does not apply, or None."""
    divisible = next((issue.label for issue in case.issues if isinstance(issue, Divisible)), None)
    if divisible is not None:
        return f"{title} hands out whole things; “{divisible}” is divisible."
    return not_plain(case, title)


def barred(case: Case) -> str | None:
    """The label of the first thing that a rule bars some party from, or None."""
    parties = {party.id for party in case.principals}
    settlements, _ = allowed_settlements(case)
    rows = zip(case.issues, settlements, strict=True)
    return next((issue.label for issue, names in rows if not parties <= set(names)), None)


def is_mixed(case: Case) -> bool:
    """Whether there are goods as well as burdens."""
    return len({isinstance(issue, Asset | Divisible) and issue.burden for issue in case.issues}) > 1


@dataclass(frozen=True)
class Things:
    """`points[i][k]`: thing k to party i, in that party's own smallest whole unit (burdens below 0).

    `scales[i]` of these units make a point. `weights` are the entitlements as the smallest whole numbers;
    `allowed[k]` are the parties that the rules let have thing k, in the order of the case.
    """

    space: Space
    points: tuple[tuple[int, ...], ...]
    scales: tuple[int, ...]
    weights: tuple[int, ...]
    allowed: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, case: Case) -> Things:
        """Lay out a case of whole things. Raises NoDeal where rules leave a thing to nobody."""
        return cls.in_space(Space.of(case))

    @classmethod
    def in_space(cls, space: Space) -> Things:
        """The same for a case that was laid out already."""
        case = space.case
        allowed = tuple(
            tuple(i for i, party in enumerate(space.parties) if party in names) for names in space.settlements
        )
        if not all(allowed):
            label = space.issues[allowed.index(())].label
            raise NoDeal(f"Rules bar every party from “{label}”, and somebody has to have it.", clashing_rules(case))
        raw = [[case.preferences[party].points[issue.id] for issue in space.issues] for party in space.parties]
        scales = tuple(lcm(*(worth.denominator for worth in row)) for row in raw)
        points = tuple(tuple(int(worth * scale) for worth in row) for row, scale in zip(raw, scales, strict=True))
        return cls(space, points, scales, tuple(int(weight) for weight in space.entitlements), allowed)

    @cached_property
    def parties(self) -> range:
        """The numbers of the parties."""
        return range(len(self.points))

    @cached_property
    def count(self) -> int:
        """How many things there are."""
        return len(self.allowed)

    @cached_property
    def burdens(self) -> frozenset[int]:
        """The things that are burdens."""
        issues = enumerate(self.space.issues)
        return frozenset(k for k, issue in issues if isinstance(issue, Asset) and issue.burden)

    @cached_property
    def size(self) -> int:
        """In how many ways everything can be handed out."""
        return prod(len(parties) for parties in self.allowed)

    def every(self) -> Iterator[Owners]:
        """Every way to hand everything out, in the order of the case."""
        return product(*self.allowed)

    def values(self, owners: Owners) -> list[int]:
        """What each party has, in its own units."""
        values = [0] * len(self.points)
        for thing, owner in enumerate(owners):
            values[owner] += self.points[owner][thing]
        return values

    def levels(self, owners: Owners) -> list[Fraction]:
        """Points as written for entitlement, from the worst-off up."""
        rows = zip(self.values(owners), self.scales, self.weights, strict=True)
        return sorted(Fraction(value, scale * weight) for value, scale, weight in rows)

    def nash_rank(self, owners: Owners) -> tuple[int, int]:
        """How many parties are above zero, and the product of their values to the power of their weights."""
        above = [(v, w) for v, w in zip(self.values(owners), self.weights, strict=True) if v > 0]
        return len(above), prod(v**w for v, w in above)

    def rank(self, owners: Owners) -> tuple[Fraction | int, ...]:
        """How good a deal is: `nash_rank` for goods alone, `levels` as soon as there are burdens."""
        return tuple(self.levels(owners)) if self.burdens else self.nash_rank(owners)

    def deal(self, owners: Owners) -> Deal:
        """The deal that gives each thing to its owner."""
        names = self.space.parties
        settled = {issue.id: names[owner] for issue, owner in zip(self.space.issues, owners, strict=True)}
        return Deal.of(self.space.case, settled)

    def holdings(self, owners: Owners) -> list[list[int]]:
        """What each party gets."""
        held: list[list[int]] = [[] for _ in self.points]
        for thing, owner in enumerate(owners):
            held[owner].append(thing)
        return held


def without_envy(things: Things, owners: Owners, ends: Callable[[Sequence[int], Sequence[int]], int]) -> bool:
    """Whether no party would rather have another's part once `ends` was taken off the difference.

    `ends(mine, theirs)` gets the points of the onlooker for what it holds and for what the other holds,
    each times the weight of the other side, and says by how much leaving something out lessens the envy.
    """
    held = things.holdings(owners)
    for i in things.parties:
        points, own = things.points[i], things.weights[i]
        for j in things.parties:
            if i == j:
                continue
            mine = [points[k] * things.weights[j] for k in held[i]]
            theirs = [points[k] * own for k in held[j]]
            lead = sum(theirs) - sum(mine)
            if lead > 0 and lead > ends(mine, theirs):
                return False
    return True


def is_ef1(things: Things, owners: Owners) -> bool:
    """No envy once some one thing is left out."""
    return without_envy(things, owners, lambda mine, theirs: max([*theirs, *(-p for p in mine)], default=0))


def is_efx(things: Things, owners: Owners) -> bool:
    """No envy whichever one thing that matters to the onlooker is left out (goods only, or burdens only)."""
    return without_envy(things, owners, _least_that_matters)


def _least_that_matters(mine: Sequence[int], theirs: Sequence[int]) -> int:
    return min([p for p in (*theirs, *(-p for p in mine)) if p > 0], default=0)
