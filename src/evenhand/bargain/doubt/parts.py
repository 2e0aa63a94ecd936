"""Parts of a region that no condition ties to others, and the two shapes whose extremes have a closed form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evenhand.bargain.doubt.form import Form


@dataclass(frozen=True)
class Unknown:
    """Something not known for sure: its value as written, and the ends it surely lies between.

    `ceiling` says whether the upper end is a condition of its own, not one that follows from others.
    """

    written: Fraction
    low: Fraction
    high: Fraction
    ceiling: bool = True


@dataclass(frozen=True)
class Part:
    """Some unknowns that no condition ties to others: their numbers, what must be 0, what must be at least 0."""

    members: tuple[int, ...]
    zero: tuple[Form, ...]
    least: tuple[Form, ...]

    @property
    def is_interval(self) -> bool:
        """Whether it is one unknown that may have any value between its ends."""
        return len(self.members) == 1 and not self.zero and not self.least


@dataclass(frozen=True)
class Ranking:
    """Unknowns in falling order, none below 0, whose sum weight × unknown is given.

    At a corner the first few are equal and the others 0; the sum fixes their height.
    """

    order: tuple[int, ...]
    weights: Mapping[int, Fraction]
    total: Fraction

    def largest(self, factors: Mapping[int, Fraction]) -> Fraction:
        """The largest sum of factor × unknown."""
        weight, found, corners = _0, _0, []
        for k in self.order:
            weight += self.weights[k]
            found += factors.get(k, _0)
            corners.append(found / weight)
        return max(corners) * self.total


@dataclass(frozen=True)
class Shares:
    """One unknown between two ends, and others that lie between two multiples of it, each by itself.

    Whatever it is, the others are best at one of their multiples; so the sum is linear in it, and best at an end.
    """

    whole: int
    ends: tuple[Fraction, Fraction]
    multiples: Mapping[int, tuple[Fraction, Fraction]]

    def largest(self, factors: Mapping[int, Fraction]) -> Fraction:
        """The largest sum of factor × unknown."""
        rate = factors.get(self.whole, _0)
        rate += sum((max(f * m for m in self.multiples[k]) for k, f in factors.items() if k != self.whole), _0)
        return max(rate * end for end in self.ends)


Shape = Ranking | Shares


def ranking(unknowns: Sequence[Unknown], part: Part) -> Ranking | None:
    """The part as a ranking alone; None where it is not one."""
    steps = dict(pair for form in part.least if (pair := _step(form)) is not None)
    lowest = [k for k in part.members if k not in steps]
    bare = all(unknowns[k].low == 0 and not unknowns[k].ceiling for k in part.members)
    chained = len(steps) == len(part.least) == len(part.members) - 1
    if not (bare and chained) or len(part.zero) != 1 or len(lowest) != 1:
        return None
    above = {lower: upper for upper, lower in steps.items()}
    order = [lowest[0]]
    while order[-1] in above:
        order.append(above[order[-1]])
    weights = part.zero[0].factors
    summed = len(order) == len(part.members) and all(weights.get(k, _0) > 0 for k in part.members)
    return Ranking(tuple(reversed(order)), weights, -part.zero[0].constant) if summed else None


def _step(form: Form) -> tuple[int, int] | None:
    """(upper, lower) of a form that says that one unknown is at least another."""
    signs = {factor: k for k, factor in form.factors.items()}
    alike = form.constant == 0 and len(form.factors) == 2 and signs.keys() == {Fraction(1), Fraction(-1)}
    return (signs[Fraction(1)], signs[Fraction(-1)]) if alike else None


def shares(unknowns: Sequence[Unknown], part: Part) -> Shares | None:
    """The part as one unknown and multiples of it; None where it is not so."""
    whole, others = part.members[0], part.members[1:]
    low = dict.fromkeys(others, _0)
    high: dict[int, Fraction] = {}
    for form in part.least:
        own = [k for k in form.factors if k != whole]
        if form.constant or len(own) != 1 or whole not in form.factors or abs(form.factors[own[0]]) != 1:
            return None
        side = low if form.factors[own[0]] > 0 else high
        if (own[0] in high and side is high) or (low.get(own[0]) and side is low):
            return None
        side[own[0]] = abs(form.factors[whole])
    ends = unknowns[whole].low, unknowns[whole].high
    fits = not part.zero and ends[0] >= 0 and high.keys() == low.keys()
    fits = fits and all(low[k] <= high[k] for k in others)
    if not fits or any((unknowns[k].low, unknowns[k].high) != (low[k] * ends[0], high[k] * ends[1]) for k in others):
        return None
    return Shares(whole, ends, {k: (low[k], high[k]) for k in others})


_0 = Fraction(0)
