"""Pick a package from a menu by a solution: a rough look at all, an exact one at those that could be best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from evenhand.bargain.solutions.measures import ONE, ZERO, Measure, Most, ratios_to_ideal
from evenhand.bargain.solutions.menu import Gains, Menu, Stretch
from evenhand.bargain.solutions.table import BargainingSolution
from evenhand.deals import NotDefined

_ROUNDING = 1e-9
"""Rough measures are sums of a few dozen logarithms or products at most; their rounding is far below this."""


@dataclass(frozen=True)
class Place:
    """Where a package stands: a row of the menu, or a place on a stretch (`part` of the way to its second end)."""

    row: int = -1
    stretch: int = -1
    part: Fraction = ZERO


@dataclass(frozen=True)
class Picked:
    """What a solution picks from a menu.

    `ties` counts the packages that measure alike, itself among them; `whole_stretch` says that all of a stretch does.
    """

    gains: Gains
    place: Place
    ties: int
    whole_stretch: bool = False


def choose(solution: BargainingSolution, menu: Menu, powers: Sequence[int]) -> Picked:
    """The package that the solution picks. Raises NotDefined where it has no meaning for the menu.

    Exact: floats only decide which rows are compared in whole numbers.
    """
    if not len(menu):
        raise NotDefined("No package is at least as good for everybody as no deal, so there is nothing to pick from.")
    if solution.whole_only and menu.stretches:
        raise NotDefined(f"“{solution.title}” ranks packages; here some can be changed by any small amount.")
    measure, tie = solution.measure(menu, powers), ratios_to_ideal(menu)
    found = list(_candidates(measure, tie, menu))
    best = max(measure.key(gains) for gains, _ in found)
    alike = [(gains, place) for gains, place in found if measure.key(gains) == best]
    gains, place = max(alike, key=lambda pair: tie.key(pair[0]))
    whole = any(_all_alike(measure, stretch, best) for stretch in menu.stretches)
    return Picked(gains, place, len({gains for gains, _ in alike}), whole)


def gap(
    solution: BargainingSolution, menu: Menu, powers: Sequence[int], short: Sequence[Fraction], most: Most | None = None
) -> float | None:
    """By how much some package left out may measure better; None where that cannot be said.

    `short[p]`: every package left out is worth no more than this above some listed one, to every party p at once.
    `most` bounds weighted sums of gains; the smaller of the two bounds is given.
    """
    measure, raised = solution.measure(menu, powers), menu.raised(short)
    found = max((gains for gains, _ in _candidates(measure, measure, menu)), key=measure.key)
    top = max((gains for gains, _ in _candidates(measure, measure, raised)), key=measure.key)
    bounds = (measure.lead(top, found), measure.room(found, most) if most else None)
    return min((max(bound, 0.0) for bound in bounds if bound is not None), default=None)


def _candidates(measure: Measure, tie: Measure, menu: Menu) -> Iterator[tuple[Gains, Place]]:
    """The rows that could be best, and the places on stretches where one or the other measure is."""
    rough = measure.rough(menu) if len(menu.rows) else np.zeros(0)
    top = rough.max(initial=-np.inf)
    margin = _ROUNDING * max(1.0, abs(top)) if np.isfinite(top) else 0.0
    for row in np.flatnonzero(rough >= top - margin).tolist():
        yield menu.gains(row), Place(row=row)
    for number, stretch in enumerate(menu.stretches):
        turns = (*measure.turns(stretch.one, stretch.other), *tie.turns(stretch.one, stretch.other))
        for part in dict.fromkeys((ZERO, ONE, *turns)):
            if stretch.has(part):
                yield stretch.at(part), Place(stretch=number, part=part)


def _all_alike(measure: Measure, stretch: Stretch, best: object) -> bool:
    """Whether both ends and the middle are best: then so is all between, as no measure bends upwards."""
    return all(measure.key(stretch.at(part)) == best for part in (ZERO, (ZERO + ONE) / 2, ONE))
