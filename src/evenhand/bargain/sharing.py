"""Two parties and what can be split between them: for each way to settle the whole issues, the best ways to share.

Shares, and payments, go from all that the first party may leave to the second up to all that it may take, first where
it gains most for what the other loses: a falling line with ever steeper steps (a concave chain).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from evenhand.bargain.profile import Piece, Point, Profile
from evenhand.case import Case
from evenhand.deals import NotDefined, Space
from evenhand.deals.shares import Box

_MONEY = -1
Position = dict[int, Fraction]
"""The first party's share of each divisible, by number of issue; at -1 what it pays."""


@dataclass(frozen=True)
class Chain:
    """The ways to share that some shares do not beat, as corners from left to right, with what is shared at each."""

    corners: tuple[Point, ...]
    positions: tuple[Position, ...]

    def profile(self, row: Sequence[Fraction], source: int) -> Profile:
        """What a way to settle the whole issues reaches, if that alone is worth `row`."""
        at = [(x + row[0], y + row[1]) for x, y in self.corners]
        if len(at) == 1:
            return (Piece(at[0], at[0], (source, 0)),)
        return tuple(Piece(a, b, (source, number)) for number, (a, b) in enumerate(pairwise(at)))

    def position(self, point: Point) -> Position | None:
        """How to share so that it comes to a point; None where the chain does not pass it."""
        if point == self.corners[0]:
            return self.positions[0]
        for number, (a, b) in enumerate(pairwise(self.corners)):
            if a[0] <= point[0] <= b[0]:
                part = (point[0] - a[0]) / (b[0] - a[0])
                if a[1] + part * (b[1] - a[1]) != point[1]:
                    return None
                before, after = self.positions[number], self.positions[number + 1]
                return {k: share + part * (after[k] - share) for k, share in before.items()}
        return None


@dataclass(frozen=True)
class _Stretch:
    """One thing to share: from which position to which, and what the first gains and the other loses on the way."""

    number: int
    start: Fraction
    end: Fraction
    gain: Fraction
    loss: Fraction


def chain_of(space: Space, box: Box, paid: tuple[Fraction, Fraction] | None) -> Chain:
    """The chain within bounds on shares and, where the first party may pay, from the most to the least it does."""
    stretches = [_stretch(space, box, number) for number in space.divisible]
    position = {stretch.number: stretch.start for stretch in stretches}
    x = sum((space.worth[k][0][0] * share for k, share in position.items()), Fraction(0))
    y = sum((space.worth[k][1][1] * (1 - share) for k, share in position.items()), Fraction(0))
    if paid is not None:
        most, least = paid
        to_pay = space.case.money.to_pay if space.case.money else Fraction(0)
        stretches.append(_Stretch(_MONEY, most, least, most - least, most - least))
        position[_MONEY] = most
        x, y = x - most, y - (to_pay - most)
    corners, positions = [(x, y)], [position]
    moving = sorted((s for s in stretches if s.gain), key=lambda stretch: stretch.loss / stretch.gain)
    for number, stretch in enumerate(moving):
        x, y = x + stretch.gain, y - stretch.loss
        position = {**position, stretch.number: stretch.end}
        following = moving[number + 1] if number + 1 < len(moving) else None
        if following is None or following.loss * stretch.gain != stretch.loss * following.gain:
            corners.append((x, y))
            positions.append(position)
    return Chain(tuple(corners), tuple(positions))


def _stretch(space: Space, box: Box, number: int) -> _Stretch:
    """From the end that is better for the second party; where only one of them minds, it is at that one's best."""
    low = max(box.lower[number, 0], 1 - box.upper[number, 1])
    high = min(box.upper[number, 0], 1 - box.lower[number, 1])
    first, second = space.worth[number][0][0], space.worth[number][1][1]
    if first >= 0 >= second and (first or second):
        return _Stretch(number, high, high, Fraction(0), Fraction(0))
    if first <= 0 <= second:
        return _Stretch(number, low, low, Fraction(0), Fraction(0))
    ends = (low, high) if first > 0 else (high, low)
    return _Stretch(number, *ends, abs(first) * (high - low), abs(second) * (high - low))


def payments_between(case: Case, least: Point | None, most: Point) -> tuple[Fraction, Fraction] | None:
    """The most and the least that the first party may pay (the least above the most: nothing will do); None where no
    money changes hands.

    Bounded by budgets and, where the zone of agreement counts, by what a party would still accept: `most` is the most
    that a deal is worth to each before payments. Raises NotDefined where neither bounds payments.
    """
    if case.money is None:
        return None
    if case.money.one_each:
        raise NotDefined("Everyone gets exactly one thing here; `evenhand divide --by rent` is made for that.")
    high, low = (_most_paid(case, number, least, most) for number in (0, 1))
    if high is None or low is None:
        raise NotDefined("Payments have no limit here, and so has no frontier; give each party a budget.")
    return high, case.money.to_pay - low


def _most_paid(case: Case, number: int, least: Point | None, most: Point) -> Fraction | None:
    budget = case.preferences[case.principals[number].id].budget
    bounds = [] if budget is None else [budget]
    if least is not None:
        bounds.append(most[number] - least[number])
    return min(bounds, default=None)


def shares_of(space: Space, position: Position) -> dict[int, dict[str, Fraction]]:
    """The shares of each divisible at a position."""
    first, second = space.parties
    return {k: {first: share, second: 1 - share} for k, share in position.items() if k != _MONEY}


def payments_of(space: Space, position: Position) -> dict[str, Fraction]:
    """Who pays what at a position."""
    if _MONEY not in position or space.case.money is None:
        return {}
    paid = position[_MONEY]
    return dict(zip(space.parties, (paid, space.case.money.to_pay - paid), strict=True))
