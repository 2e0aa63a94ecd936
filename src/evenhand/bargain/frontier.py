"""The frontier of a case: every efficient package that is at least as good as no deal for everyone.

Efficient (Pareto-optimal) means that no deal that keeps the rules is better for somebody and worse for nobody. A deal
is in the zone of agreement when every principal has at least its no-deal value; ties count.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import lcm
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.covering import cover_gap
from evenhand.bargain.parted import Parted
from evenhand.bargain.profile import Piece
from evenhand.bargain.shared import Find, Shared
from evenhand.case import Case
from evenhand.deals import Deal, NotDefined, Space, deal_file, with_cakes
from evenhand.deals.summing import Summing
from evenhand.solve import Limits
from evenhand.solve.frontier import Front, maximal_sums

Values = tuple[Fraction, ...]
"""Points by principal, in the case's order."""


class Source(Protocol):
    """Whoever knows which deals come to a value."""

    def deals(self, value: Values) -> Iterator[Deal]:
        """Every deal of that value, in the case's order."""

    def deal_texts(self, frontier: Frontier) -> Iterator[str]:
        """The first deal of each value, as the inside of a JSON object (see `deals.deal_file`)."""


@dataclass(frozen=True)
class Segment:
    """A stretch of efficient values between two ends, each with its deal: every mix of the two is efficient too.

    An end that is open is not efficient itself: the values come as close to it as one likes.
    """

    start: Values
    end: Values
    start_deal: Deal
    end_deal: Deal
    start_open: bool = False
    end_open: bool = False


@dataclass(frozen=True)
class Frontier:
    """All efficient values of a case, and the deals behind them on request.

    `values[k, p] / scales[p]` are points of party p, exact; int64 or, where they would not fit, Python's own integers.
    Each value stands once, sorted by the first party's falling, then the next party's. With divisible issues, what
    lies on a stretch is in `segments` and not in `values`. `complete`: nothing efficient is missing. Otherwise no deal
    of the zone is better for every party than some listed one by more than `gap` of that party's range (the most less
    the least that the frontier could hold for it).
    """

    case: Case
    parties: tuple[str, ...]
    no_deal: Values
    scales: tuple[int, ...]
    values: NDArray[Any]
    segments: tuple[Segment, ...]
    complete: bool
    gap: Fraction
    source: Source

    def __len__(self) -> int:
        return len(self.values)

    def value(self, k: int) -> Values:
        """What the packages of number k are worth, by principal."""
        return tuple(Fraction(int(units), scale) for units, scale in zip(self.values[k], self.scales, strict=True))

    def deal(self, k: int) -> Deal:
        """The first deal of value k in the case's order."""
        return next(self.deals(k))

    def deals(self, k: int) -> Iterator[Deal]:
        """Every deal of value k, in the case's order."""
        return self.source.deals(self.value(k))


def frontier_of(
    case: Case,
    *,
    all_deals: bool = False,
    limits: Limits | None = None,
    progress: Callable[[str], None] | None = None,
) -> Frontier:
    """The efficient packages of a case that are at least as good as no deal for every principal.

    `all_deals` drops the condition on no deal. Complete, unless `limits` or memory do not allow it, or three or more
    parties have something to split: then a cover with its gap. Raises NotDefined for payments between three or more
    parties, and where payments have no bounds.
    """
    summing = Summing(Space.of(case))
    no_deal = tuple(case.preferences[party].no_deal for party in summing.space.parties)
    find = partial(maximal_sums, limits=limits or Limits(), tell=progress or _silent)
    least = None if all_deals else no_deal
    if not summing.space.divisible and case.money is None:
        return _of_whole(case, summing, no_deal, least, find)
    if len(no_deal) == 2:
        return _of_two(case, summing, no_deal, least, find)
    if case.money is not None:
        raise NotDefined("Money changes hands between more than two parties; their efficient packages are not listed.")
    return _of_whole(case, Parted.of(summing.space), no_deal, least, find)


def _of_whole(case: Case, summing: Summing, no_deal: Values, least: Values | None, find: Find) -> Frontier:
    problem = summing.problem(least)
    front = find(problem)
    gap, source = cover_gap(problem, front), Whole(case, summing, front)
    return Frontier(case, summing.space.parties, no_deal, summing.scales, front.rows, (), front.complete, gap, source)


def _of_two(case: Case, summing: Summing, no_deal: Values, least: Values | None, find: Find) -> Frontier:
    """Two parties, and something to share or pay: points and stretches."""
    shared = Shared.of(case, summing, least, find)
    profile = shared.profile()
    points = [piece.start for piece in profile if piece.is_point][::-1]
    segments = tuple(_segment(shared, piece) for piece in profile[::-1] if not piece.is_point)
    scales = tuple(lcm(*(point[party].denominator for point in points)) for party in range(2))
    rows = [[int(value * scale) for value, scale in zip(point, scales, strict=True)] for point in points]
    fits = all(abs(units) < 2**62 for row in rows for units in row)
    values = np.array(rows, dtype=np.int64 if fits else object).reshape(len(rows), 2)
    return Frontier(case, summing.space.parties, no_deal, scales, values, segments, True, Fraction(0), shared)


def _segment(shared: Shared, piece: Piece) -> Segment:
    """A piece as a stretch, the first party's points falling."""
    start, end = shared.deal(piece, piece.end), shared.deal(piece, piece.start)
    return Segment(piece.end, piece.start, start, end, piece.open_end, piece.open_start)


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True)
class Whole:
    """The deals of a case whose issues are all whole, or go in parts."""

    case: Case
    summing: Summing
    front: Front

    def deals(self, value: Values) -> Iterator[Deal]:
        """Every deal of that value, in the case's order (of a cover: those that it was found from)."""
        picks = self.front.picks(self.summing.units(value))
        return (with_cakes(self.case, self.summing.deal(pick)) for pick in picks)

    def deal_texts(self, frontier: Frontier) -> Iterator[str]:
        """The first deal of each value, as the inside of a JSON object; many at once are quick."""
        space = self.summing.space
        if space.divisible:
            return one_by_one(frontier)
        texts = [
            np.array([f"{_quoted(issue.id)}: {_quoted(name)}" for name in names], dtype=object)
            for issue, names in zip(space.issues, space.settlements, strict=True)
        ]
        picks = self.front.first_picks(frontier.values)
        columns = [known[column].tolist() for known, column in zip(texts, picks.T, strict=True)]
        return (f'"deal": {{{", ".join(row)}}}' for row in zip(*columns, strict=True))


def one_by_one(frontier: Frontier) -> Iterator[str]:
    """The first deal of each value, as the inside of a JSON object."""
    for k in range(len(frontier)):
        yield json.dumps(deal_file(frontier.deal(k)), ensure_ascii=False)[1:-1]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
