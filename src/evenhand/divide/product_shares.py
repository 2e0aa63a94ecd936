"""Splitting divisibles for the largest product of values, in exact fractions.

With the whole issues settled, what is left is a market: at the best split, each party holds only shares
whose points per value (its multiplier times its points) match the issue's price, more where its bound is
lower, less where it is higher. The best multipliers are found in floats; which shares are tied at the
price is read off them; and the tied system is then solved, and every condition checked, in fractions.
(Optimality conditions of Eisenberg and Gale, 1959, with bounds on shares.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

import numpy as np

from evenhand.deals import Space
from evenhand.deals.shares import Box, Cell, ShareRows
from evenhand.solve import Infeasible, log_prices

_TOLERANCES = (1e-6, 1e-5, 1e-7, 1e-4, 1e-8, 1e-3)
_MOST_CORNERS = 200


@dataclass(frozen=True)
class Split:
    """Shares by cell, the exact multipliers by party (0: a party that counts for nothing), and whether
    the conditions for the largest product were checked to hold."""

    shares: dict[Cell, Fraction]
    multipliers: tuple[Fraction, ...]
    exact: bool


@dataclass(frozen=True)
class _Market:
    """What is to be split: `base` is each party's value without it; `weights` its exponent (0: left out)."""

    space: Space
    base: tuple[Fraction, ...]
    weights: tuple[Fraction, ...]
    box: Box

    @property
    def counted(self) -> list[int]:
        return [party for party, weight in enumerate(self.weights) if weight]

    def points(self, cell: Cell) -> Fraction:
        issue, party = cell
        return self.space.worth[issue][party][party]


def largest_product(space: Space, base: Sequence[Fraction], weights: Sequence[Fraction], box: Box) -> Split | None:
    """The split of the divisible issues within `box` with the largest product of value^weight.

    `base` is each party's value of the whole issues. None when the conditions could not be solved exactly.
    """
    market = _Market(space, tuple(base), tuple(weights), box)
    logs = _float_multipliers(market)
    if logs is None:
        return None
    for tolerance in _TOLERANCES:
        split = _solved(market, logs, tolerance)
        if split is not None:
            return split
    return None


def _float_multipliers(market: _Market) -> list[float] | None:
    """Multipliers by party, in floats; None when some counted party cannot get above zero."""
    counted = market.counted
    if not counted:
        return [0.0] * len(market.base)
    rows = [np.array([[float(market.base[party]) for party in counted]])]
    for issue in market.space.divisible:
        corners = _corners(market, issue)
        worth = [[float(corner[p] * market.points((issue, p))) for p in counted] for corner in corners]
        rows.append(np.array(worth))
    if any(sum(row[:, column].max() for row in rows) <= 0 for column in range(len(counted))):
        return None
    found = log_prices(rows, np.array([float(market.weights[party]) for party in counted]))
    multipliers = [0.0] * len(market.base)
    for party, multiplier in zip(counted, found, strict=True):
        multipliers[party] = float(multiplier)
    return multipliers


def _corners(market: _Market, issue: int) -> list[tuple[Fraction, ...]]:
    """The corners of the possible shares of one issue: fill the parties up in every order."""
    parties = range(len(market.base))
    lower = [market.box.lower[issue, party] for party in parties]
    upper = [market.box.upper[issue, party] for party in parties]
    left = 1 - sum(lower, Fraction(0))
    bounded = [party for party in parties if upper[party] - lower[party] < left]
    corners: dict[tuple[Fraction, ...], None] = {}
    # A party that can take all that is left ends the filling, so only bounded ones need an order.
    for size in range(len(bounded) + 1):
        for order in permutations(bounded, size):
            for last in parties:
                corner = _filled(lower, upper, (*order, last), left)
                if corner is not None:
                    corners[corner] = None
            if len(corners) > _MOST_CORNERS:
                return list(corners)
    return list(corners)


def _filled(
    lower: list[Fraction], upper: list[Fraction], order: Sequence[int], left: Fraction
) -> tuple[Fraction, ...] | None:
    corner = list(lower)
    for party in order:
        more = min(left, upper[party] - corner[party])
        corner[party] += more
        left -= more
    return tuple(corner) if left == 0 else None


def _solved(market: _Market, floats: list[float], tolerance: float) -> Split | None:
    """Read the tied cells off the floats, solve for exact multipliers, check everything; None on failure."""
    tied, fixed = _classified(market, floats, tolerance)
    multipliers = _exact_multipliers(market, tied, fixed)
    if multipliers is None:
        return None
    shares = _exact_shares(market, tied, fixed, multipliers)
    if shares is None or not _is_best(market, shares, multipliers):
        return None
    return Split(shares, tuple(multipliers), exact=True)


def _classified(market: _Market, floats: list[float], tolerance: float) -> tuple[list[Cell], dict[Cell, Fraction]]:
    """The cells at their issue's price, and the bound at which every other cell stands."""
    tied: list[Cell] = []
    fixed: dict[Cell, Fraction] = {}
    for issue in market.space.divisible:
        cells = [(issue, party) for party in range(len(market.base))]
        rate = {cell: floats[cell[1]] * float(market.points(cell)) for cell in cells}
        price = _price(market, cells, rate)
        for cell in cells:
            lower, upper = market.box.lower[cell], market.box.upper[cell]
            if lower == upper or rate[cell] < price - tolerance * max(price, 1e-300):
                fixed[cell] = lower
            elif rate[cell] > price + tolerance * max(price, 1e-300):
                fixed[cell] = upper
            else:
                tied.append(cell)
    return tied, fixed


def _price(market: _Market, cells: list[Cell], rate: dict[Cell, float]) -> float:
    """The rate of the party that takes the last part when shares go to the highest rates first."""
    left = 1 - sum(market.box.lower[cell] for cell in cells)
    for cell in sorted(cells, key=lambda cell: -rate[cell]):
        left -= market.box.upper[cell] - market.box.lower[cell]
        if left <= 0:
            return rate[cell]
    return 0.0


def _exact_multipliers(market: _Market, tied: list[Cell], fixed: dict[Cell, Fraction]) -> list[Fraction] | None:
    """Multipliers that make tied cells tie, group by group of parties connected through them."""
    multipliers = [Fraction(0)] * len(market.base)
    # What nobody counted values has no price; it connects nobody.
    tied = [cell for cell in tied if market.weights[cell[1]] and market.points(cell)]
    for group in _groups(market, tied):
        relative = _relative(market, tied, group)
        if relative is None:
            return None
        issues = {issue for issue, party in tied if party in group}
        worth = sum((relative[p] * _settled(market, p, fixed) for p in group), Fraction(0))
        for issue in issues:
            party = next(p for i, p in tied if i == issue)
            rest = 1 - sum(share for (i, _), share in fixed.items() if i == issue)
            worth += relative[party] * market.points((issue, party)) * rest
        if worth <= 0:
            return None
        scale = sum((market.weights[p] for p in group), Fraction(0)) / worth
        for party in group:
            multipliers[party] = relative[party] * scale
    return multipliers


def _settled(market: _Market, party: int, fixed: dict[Cell, Fraction]) -> Fraction:
    """A party's value from whole issues and from the shares that stand at a bound."""
    held = (share * market.points(cell) for cell, share in fixed.items() if cell[1] == party)
    return market.base[party] + sum(held, Fraction(0))


def _groups(market: _Market, tied: list[Cell]) -> list[list[int]]:
    """The counted parties, grouped by shared tied issues."""
    group_of = {party: {party} for party in market.counted}
    for issue in market.space.divisible:
        together = [party for i, party in tied if i == issue and party in group_of]
        for party in together[1:]:
            merged = group_of[together[0]] | group_of[party]
            for member in merged:
                group_of[member] = merged
    distinct = {min(group): sorted(group) for group in group_of.values()}
    return [distinct[first] for first in sorted(distinct)]


def _relative(market: _Market, tied: list[Cell], group: list[int]) -> dict[int, Fraction] | None:
    """Multipliers within a group, the first party's set to 1, from equal rates on shared issues."""
    relative = {group[0]: Fraction(1)}
    for _ in group:
        for issue, party in tied:
            if party in relative:
                price = relative[party] * market.points((issue, party))
                for other in (p for i, p in tied if i == issue and p in group and p not in relative):
                    if not market.points((issue, other)):
                        return None
                    relative[other] = price / market.points((issue, other))
    return relative if len(relative) == len(group) else None


def _exact_shares(
    market: _Market, tied: list[Cell], fixed: dict[Cell, Fraction], multipliers: list[Fraction]
) -> dict[Cell, Fraction] | None:
    """Shares of the tied cells that give every party the value its multiplier asks for.

    Among several, earlier parties get as much as possible of earlier issues.
    """
    table = ShareRows(market.box, tied)
    for issue in market.space.divisible:
        rest = 1 - sum((share for (i, _), share in fixed.items() if i == issue), Fraction(0))
        table.add({cell: Fraction(1) for cell in tied if cell[0] == issue}, rest)
    for party in market.counted:
        value = market.weights[party] / multipliers[party] - _settled(market, party, fixed)
        table.add({cell: market.points(cell) for cell in tied if cell[1] == party}, value)
    try:
        return {**fixed, **table.best({cell: Fraction(1, 4**rank) for rank, cell in enumerate(tied)})}
    except Infeasible:
        return None


def _is_best(market: _Market, shares: dict[Cell, Fraction], multipliers: list[Fraction]) -> bool:
    """The conditions for the largest product, exactly: no share can move to a higher rate."""
    for issue in market.space.divisible:
        cells = [(issue, party) for party in range(len(market.base))]
        rate = {cell: multipliers[cell[1]] * market.points(cell) for cell in cells}
        givers = [rate[cell] for cell in cells if shares[cell] > market.box.lower[cell]]
        takers = [rate[cell] for cell in cells if shares[cell] < market.box.upper[cell]]
        if givers and takers and min(givers) < max(takers):
            return False
    return True
