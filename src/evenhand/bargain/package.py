"""A package that a solution picks from a frontier: its deal, its gains, and what is known about others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from evenhand.bargain.frontier import Frontier
from evenhand.bargain.solutions import BargainingSolution, Menu, Place, Stretch, choose, gap
from evenhand.case import Case
from evenhand.deals import Deal, Settlement, Space, deal_in_stretches, in_stretches, with_cakes

ZERO = Fraction(0)


@dataclass(frozen=True)
class Package:
    """An efficient deal with its worth to each principal, in the case's order.

    `gains` are over the frontier's disagreement point. `ties` counts the values that measure alike, this one among
    them; `whole_stretch` says that a stretch of them does. `gap`: some package that the frontier left out may measure
    better by at most this (in the unit the solution is measured in); 0 when the frontier is complete, None when nothing
    can be said.
    """

    solution: BargainingSolution
    deal: Deal
    values: Mapping[str, Fraction]
    gains: Mapping[str, Fraction]
    ties: int
    whole_stretch: bool
    gap: float | None


def package_of(frontier: Frontier, solution: BargainingSolution, powers: Sequence[int]) -> Package:
    """The package a solution picks. Raises NotDefined where it has no meaning, or where the zone is empty."""
    menu = menu_of(frontier)
    picked = choose(solution, menu, powers)
    values = [gain + floor for gain, floor in zip(picked.gains, frontier.no_deal, strict=True)]
    unknown = 0.0 if frontier.complete else _gap(frontier, solution, menu, powers)
    return Package(
        solution,
        deal_at(frontier, picked.place),
        dict(zip(frontier.parties, values, strict=True)),
        dict(zip(frontier.parties, picked.gains, strict=True)),
        picked.ties,
        picked.whole_stretch,
        unknown,
    )


def menu_of(frontier: Frontier) -> Menu:
    """The frontier's packages as gains over its disagreement point."""
    stretches = [Stretch(s.start, s.end, s.start_open, s.end_open) for s in frontier.segments]
    return Menu.of(frontier.values, frontier.scales, frontier.no_deal, stretches)


def deal_at(frontier: Frontier, place: Place) -> Deal:
    """The deal at a place of the frontier's menu."""
    if place.stretch < 0:
        return frontier.deal(place.row)
    segment = frontier.segments[place.stretch]
    return mixed_deal(frontier.case, segment.start_deal, segment.end_deal, place.part)


def mixed_deal(case: Case, one: Deal, other: Deal, part: Fraction) -> Deal:
    """A deal between two that settle all whole issues alike: shares and payments `part` of the way to the other."""
    first, second = deal_in_stretches(case, one), deal_in_stretches(case, other)
    settled = {issue: _between(first, second, issue, part) for issue in first.settlements}
    paid = {p.id: _mix(one.payments.get(p.id, ZERO), other.payments.get(p.id, ZERO), part) for p in case.principals}
    laid_out, subsidy = in_stretches(case), _mix(one.subsidy, other.subsidy, part)
    return with_cakes(case, Deal.of(laid_out, settled, paid, subsidy=subsidy))


def _between(one: Deal, other: Deal, issue: str, part: Fraction) -> Settlement:
    if one[issue] == other[issue]:
        return one[issue]
    first, second = one.shares(issue), other.shares(issue)
    return {party: _mix(first.get(party, ZERO), second.get(party, ZERO), part) for party in {**first, **second}}


def _mix(one: Fraction, other: Fraction, part: Fraction) -> Fraction:
    return one + part * (other - one)


def _gap(frontier: Frontier, solution: BargainingSolution, menu: Menu, powers: Sequence[int]) -> float | None:
    """What a cover leaves open: by its own gap, or by weights under which each issue is settled at its best."""
    space = Space.of(frontier.case)
    spans = [high - low for low, high in map(space.extremes, range(len(space.parties)))]

    def most(weights: Sequence[Fraction]) -> Fraction:
        return space.most_weighted(weights) - sum(map(mul, weights, frontier.no_deal), ZERO)

    return gap(solution, menu, powers, [frontier.gap * span for span in spans], most)
