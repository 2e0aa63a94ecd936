"""Envy-free pieces: each of up to three parties gets one piece of the line and prefers no other's.

That such a division exists is shown by W. Stromquist, "How to cut a cake fairly", American Mathematical
Monthly 87 (1980); no finite number of questions always finds it (Stromquist 2008), so densities must be known.
Here they are even within stretches. For each order of the parties and each choice of stretches that the cuts
lie in, worths are linear in the cuts; what no envy leaves is a convex figure with few corners, cut out in exact
fractions. Of its points that is taken at which the worst-served party, by its own measure, is served best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations_with_replacement, pairwise, permutations

from evenhand.case import Cake, Case
from evenhand.deals import Deal, Method, Outcome, Step
from evenhand.divide.asking import Measure
from evenhand.divide.cake.table import cakes, not_only_cakes
from evenhand.divide.procedure import Options, Procedure

_MOST_STRETCHES = 60
_METHOD = Method(
    "envy-free-cut",
    "a figure of envy-free cuts for each order of the parties and each choice of stretches",
    "Each was cut out, or shown not to serve the worst-served better, in exact fractions.",
    gap=0.0,
    exact=True,
)
Linear = list[Fraction]
"""A factor for each offset, and a number to add."""
Point = tuple[Fraction, ...]


def why_not(case: Case) -> str | None:
    """The reason an envy-free cut is not looked for, or None."""
    if (count := len(case.principals)) > 3:
        return f"Envy-free pieces are looked for among up to three parties; this case has {count} principals."
    if not case.equal_entitlements:
        return "With unequal entitlements one piece for each without envy need not exist."
    longest = max((cake for cake in cakes(case)), key=lambda cake: len(cake.stretches), default=None)
    if longest is not None and len(longest.stretches) > _MOST_STRETCHES:
        return f"“{longest.label}” has {len(longest.stretches)} stretches; more than {_MOST_STRETCHES} take too long."
    return not_only_cakes(case, "Envy-free cutting")


def run(case: Case, options: Options) -> Outcome:
    """Cut each cake by itself. Exact; no random choice."""
    pieces, trace = {}, []
    for cake in cakes(case):
        options.progress(f"cutting {cake.label}")
        best = _best(case, cake)
        ends = [cake.marks[0], *best.cuts, cake.marks[-1]]
        pieces[cake.id] = {party: [piece] for party, piece in zip(best.order, pairwise(ends), strict=True)}
        trace.append(Step("even-out", {"cake": cake.id, "part": str(best.least)}))
        trace += [
            Step("take", {"party": party, "cake": cake.id, "start": str(start), "end": str(end)})
            for party, (start, end) in zip(best.order, pairwise(ends), strict=True)
        ]
    return Outcome(Deal.of(case, {}, pieces=pieces), tuple(trace), _METHOD)


@dataclass(frozen=True)
class _Found:
    """Parties from the lower end up, the cuts between them, and the part of the whole that the worst served has."""

    least: Fraction
    order: tuple[str, ...]
    cuts: tuple[Fraction, ...]


def _best(case: Case, cake: Cake) -> _Found:
    """The envy-free division whose worst-served party is served best; of equal ones the first."""
    measures = {party.id: _Shares(Measure.of(case.preferences[party.id], cake)) for party in case.principals}
    regions = [
        (order, _Region(cake, places, [measures[party] for party in order]))
        for places in combinations_with_replacement(range(len(cake.stretches)), len(measures) - 1)
        for order in permutations(measures)
    ]
    best: _Found | None = None
    for order, region in sorted(regions, key=lambda pair: -pair[1].ceiling):
        if best is not None and region.ceiling <= best.least:
            break
        if (found := region.best()) is not None and (best is None or found[0] > best.least):
            best = _Found(found[0], order, found[1])
    assert best is not None, "an envy-free division exists (Stromquist 1980)"
    return best


class _Shares:
    """A measure as parts of the party's whole; `below[k]` is all below stretch k. Nothing is worth anything: `idle`."""

    def __init__(self, measure: Measure) -> None:
        self.idle = not measure.whole
        self.parts = [worth / (measure.whole or 1) for worth in measure.worths]
        self.below = [sum(self.parts[:number], Fraction(0)) for number in range(len(self.parts) + 1)]


class _Region:
    """Cuts that lie in given stretches, for parties in a given order from the lower end.

    A point has an offset for each cut, from the start of its stretch; worths are linear in these.
    """

    def __init__(self, cake: Cake, places: Sequence[int], owners: Sequence[_Shares]) -> None:
        self.places, self.owners = places, owners
        self.starts = [cake.stretches[place][0] for place in places]
        self.lengths = [cake.stretches[place][1] - cake.stretches[place][0] for place in places]

    @cached_property
    def ceiling(self) -> Fraction:
        """What the worst-served party could have at most, were each piece as large as its cuts allow."""
        lows, highs = [0, *self.places], [*(place + 1 for place in self.places), -1]
        found = [
            owner.below[high] - owner.below[low]
            for owner, low, high in zip(self.owners, lows, highs, strict=True)
            if not owner.idle
        ]
        return min(found, default=Fraction(1))

    def best(self) -> tuple[Fraction, tuple[Fraction, ...]] | None:
        """The largest least part, and its cuts; None where these stretches hold no envy-free cuts."""
        corners = self._without_envy()
        wanting = [number for number, owner in enumerate(self.owners) if not owner.idle]
        found = [] if wanting else [(Fraction(1), corner) for corner in corners[:1]]
        for worst in wanting:
            worth = self._worth(self.owners[worst], worst)
            served = corners
            for other in wanting:
                served = _clipped(served, _minus(self._worth(self.owners[other], other), worth))
            found += [(_at(worth, corner), corner) for corner in served]
        if not found:
            return None
        least, corner = max(found, key=lambda pair: pair[0])
        return least, tuple(start + offset for start, offset in zip(self.starts, corner, strict=True))

    def _without_envy(self) -> list[Point]:
        """The corners of the part in which cuts stand in order and nobody prefers another's piece."""
        corners = self._corners()
        for lower, (low, high) in enumerate(pairwise(self.places)):
            if low == high:
                corners = _clipped(corners, self._offset(lower + 1, lower))
        for mine, owner in enumerate(self.owners):
            for other in range(len(self.owners)):
                corners = _clipped(corners, _minus(self._worth(owner, mine), self._worth(owner, other)))
        return corners

    def _corners(self) -> list[Point]:
        """All offsets, as the corners of a point, a segment or a rectangle, one beside the next."""
        if len(self.lengths) < 2:
            return [()] if not self.lengths else [(Fraction(0),), (self.lengths[0],)]
        (width, height), none = self.lengths, Fraction(0)
        return [(none, none), (width, none), (width, height), (none, height)]

    def _offset(self, more: int, less: int) -> Linear:
        """One offset less another."""
        return [*(Fraction((cut == more) - (cut == less)) for cut in range(len(self.places))), Fraction(0)]

    def _worth(self, owner: _Shares, piece: int) -> Linear:
        """What a piece is worth: all below its upper cut less all below its lower cut."""
        return _minus(self._below(owner, piece), self._below(owner, piece - 1))

    def _below(self, owner: _Shares, cut: int) -> Linear:
        """What lies below a cut (-1: the lower end; the last: everything)."""
        factors = [Fraction(0)] * len(self.places)
        if cut < 0 or cut == len(self.places):
            return [*factors, Fraction(int(cut >= 0 and not owner.idle))]
        factors[cut] = owner.parts[self.places[cut]] / self.lengths[cut]
        return [*factors, owner.below[self.places[cut]]]


def _minus(one: Linear, other: Linear) -> Linear:
    return [a - b for a, b in zip(one, other, strict=True)]


def _at(line: Linear, point: Point) -> Fraction:
    return sum((factor * offset for factor, offset in zip(line, point, strict=False)), line[-1])


def _clipped(corners: list[Point], line: Linear) -> list[Point]:
    """The corners of the part in which a linear function is 0 or above (I. Sutherland and G. Hodgman, 1974)."""
    kept: list[Point] = []
    heights = [_at(line, corner) for corner in corners]
    for number, (corner, height) in enumerate(zip(corners, heights, strict=True)):
        before, under = corners[number - 1], heights[number - 1]
        if height * under < 0:
            part = under / (under - height)
            kept.append(tuple(a + part * (b - a) for a, b in zip(before, corner, strict=True)))
        if height >= 0:
            kept.append(corner)
    return list(dict.fromkeys(kept))


PROCEDURE = Procedure(
    id="envy-free-cut",
    title="Envy-free cut",
    promise="Up to three parties get one piece of the line each; nobody prefers another's, and of all such divisions "
    "the worst served is served best, by its own measure.",
    use="Two or three parties along one line who will compare their pieces.",
    avoid="More than three parties; where the parties do not want to tell what each stretch is worth to them.",
    source="Stromquist (1980)",
    ties="Stretches that allow the worst served most come first, then lower stretches, then the order of the case.",
    why_not=why_not,
    run=run,
    cuts=True,
)
