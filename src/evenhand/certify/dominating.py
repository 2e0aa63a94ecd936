"""Looking for a deal that is better for somebody and worse for nobody, until it is found or shown not to exist.

Any weights above 0 bound what such a deal may lose: its weighted sum must be larger than that of the deal
examined. So settlements that lose more than the difference to the best weighted sum are closed at once, and
what is left is a tree that is walked depth first in whole numbers. The walk is written down as it goes:
`branches` is the proof that there is no such deal, and can be walked again without searching.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from evenhand.certify.examined import Examined
from evenhand.deals import Deal, SearchTooLarge, Space
from evenhand.deals.rules import Literal, Named
from evenhand.deals.shares import Box, Cell, ShareRows, boxes
from evenhand.deals.space import Pick
from evenhand.solve import Infeasible, maximise_exactly

Row = tuple[int, ...]
"""Per party, a worth in the party's whole units."""


@dataclass(frozen=True)
class Landscape:
    """All settlements in whole numbers: `worth[k][s]` per party, and what the deal examined comes to.

    `scales[i]` units are one point of party i. Of divisibles the worth is that of having all of it.
    """

    space: Space
    target: Row
    scales: Row
    worth: tuple[tuple[Row, ...], ...]
    extras: tuple[tuple[int, int], ...]
    """`together` terms as (party, units)."""

    @classmethod
    def of(cls, examined: Examined) -> Landscape:
        """Lay out the deals; O(n m s) for s settlements of an issue."""
        space = examined.space
        # Payments are left as they are, so they count on neither side.
        paid = examined.deal.payments
        values = [v + paid.get(p, 0) for p, v in zip(space.parties, space.values(examined.deal), strict=True)]
        scales = tuple(lcm(space.scale(party), value.denominator) for party, value in enumerate(values))
        worth = tuple(tuple(whole_units(row, scales) for row in rows) for rows in space.worth)
        extras = tuple((party, int(points * scales[party])) for party, _, points in space.bonuses())
        return cls(space, whole_units(values, scales), scales, worth, extras)

    def weights_in_units(self, weights: Sequence[Fraction]) -> Row:
        """Weights on points as whole weights on units, in the same proportions."""
        raw = [weight / scale for weight, scale in zip(weights, self.scales, strict=True)]
        below = lcm(*(weight.denominator for weight in raw))
        return tuple(int(weight * below) for weight in raw)

    def slack(self, weights: Row) -> int:
        """What a dominating deal must lose less than, against the best weighted sum; 0 or less: there is none."""
        best = sum(max(_weighted(weights, row) for row in rows) for rows in self.worth)
        extra = sum(weights[party] * units for party, units in self.extras if units > 0)
        return best + extra - _weighted(weights, self.target)


def whole_units(values: Sequence[Fraction], scales: Row) -> Row:
    """Values as whole numbers of each party's units."""
    return tuple(v.numerator * (scale // v.denominator) for v, scale in zip(values, scales, strict=True))


def _weighted(weights: Row, row: Row) -> int:
    return sum(weight * units for weight, units in zip(weights, row, strict=True) if units)


class Walk:
    """The walk through all deals that could dominate.

    `branches` is its record, in the order walked. An entry with an issue's name opens a branch for each
    settlement named after it (those not named lose too much, or a rule bars them outright); each branch
    goes on with the entries that follow. `-`: nothing can gain enough. `<party`: the party cannot reach its
    value. `!rule`: the rule is broken. `=`: all is settled, and nothing is better. `@n`: no shares of the
    divisibles help, by the weights of number n in `more_weights`.
    """

    def __init__(self, landscape: Landscape, weights: Row, steps: int) -> None:
        self.landscape, self.space = landscape, landscape.space
        self.weights, self.steps = weights, steps
        self.branches: list[str] = []
        self.more_weights: list[tuple[Fraction, ...]] = []
        self.recorded = True
        """Whether the record closes every branch; not where rules on shares decided."""
        self.slack = landscape.slack(weights)
        whole = [k for k in range(len(self.space.issues)) if k not in self.space.divisible]
        self._options = {k: self._kept(k) for k in whole}
        self._order = sorted(whole, key=self._contest, reverse=True)
        self._closing = self._clauses_by_depth()
        self._most = {k: _column_maxima([row for _, _, row in self._options[k]], len(weights)) for k in whole}
        self._pick = [-1] * len(self.space.issues)

    def run(self) -> Deal | None:
        """A deal that dominates, or None when there is none. Raises SearchTooLarge after `steps` settlements."""
        if self.slack <= 0:
            self.branches.append("-")
            return None
        return self._descend(0, self.slack, self._highest())

    def _kept(self, number: int) -> list[tuple[int, int, Row]]:
        """(loss, settlement, worth) of those that lose less than the slack, the least loss first."""
        totals = [_weighted(self.weights, row) for row in self.landscape.worth[number]]
        losses = [(max(totals) - total, s) for s, total in enumerate(totals)]
        return [(loss, s, self.landscape.worth[number][s]) for loss, s in sorted(losses) if loss < self.slack]

    def _contest(self, number: int) -> tuple[bool, int, int]:
        """Settled first: what is contested, and has most at stake."""
        options = self._options[number]
        return len(options) > 1, max((loss for loss, _, _ in options), default=0), -number

    def _clauses_by_depth(self) -> list[list[tuple[str, list[tuple[int, frozenset[int]]]]]]:
        """The clauses on whole issues, at the depth at which the last of their issues is settled."""
        depth = {self.space.issues[number].id: place for place, number in enumerate(self._order)}
        closing: list[list[tuple[str, list[tuple[int, frozenset[int]]]]]] = [[] for _ in self._order]
        for clause in self.space.clauses:
            if all(isinstance(literal, Named) for literal in clause.literals):
                last = max(depth[literal.issue] for literal in clause.literals)
                closing[last].append((clause.rule, [self._true_at(literal) for literal in clause.literals]))
        return closing

    def _true_at(self, literal: Literal) -> tuple[int, frozenset[int]]:
        assert isinstance(literal, Named)
        number = self.space.number_of[literal.issue]
        names = enumerate(self.space.settlements[number])
        return number, frozenset(s for s, name in names if (name in literal.names) == literal.wanted)

    def _highest(self) -> list[int]:
        """No deal within the slack is worth more than this to a party."""
        high = [0] * len(self.weights)
        for number, rows in enumerate(self.landscape.worth):
            most = self._most[number] if number in self._most else _column_maxima(rows, len(high))
            high = [a + b for a, b in zip(high, most, strict=True)]
        for party, units in self.landscape.extras:
            high[party] += max(units, 0)
        return high

    def _descend(self, depth: int, left: int, high: list[int]) -> Deal | None:
        for party, (most, goal) in enumerate(zip(high, self.landscape.target, strict=True)):
            if most < goal:
                self.branches.append(f"<{self.space.parties[party]}")
                return None
        return self._settled(high) if depth == len(self._order) else self._branch(depth, left, high)

    def _branch(self, depth: int, left: int, high: list[int]) -> Deal | None:
        number = self._order[depth]
        options = [option for option in self._options[number] if option[0] < left]
        names = (self.space.settlements[number][s] for _, s, _ in options)
        self.branches.append(" ".join([self.space.issues[number].id, *names]))
        without = [a - b for a, b in zip(high, self._most[number], strict=True)]
        for loss, settlement, row in options:
            self.steps -= 1
            if self.steps < 0:
                raise SearchTooLarge
            self._pick[number] = settlement
            broken = self._broken(depth)
            if broken is not None:
                self.branches.append(f"!{broken}")
                continue
            better = self._descend(depth + 1, left - loss, [a + b for a, b in zip(without, row, strict=True)])
            if better is not None:
                return better
        return None

    def _broken(self, depth: int) -> str | None:
        for rule, literals in self._closing[depth]:
            if not any(self._pick[number] in choices for number, choices in literals):
                return rule
        return None

    def _settled(self, high: list[int]) -> Deal | None:
        """What all whole issues settled come to: a better deal, or a closed branch."""
        pick = tuple(self._pick)
        if self.space.divisible:
            return self._split(pick)
        values = tuple(high)
        if self.landscape.extras:
            values = whole_units(self.space.pick_values(pick), self.landscape.scales)
        if _dominates(values, self.landscape.target):
            return self.space.deal(pick)
        self.branches.append("=")
        return None

    def _split(self, pick: Pick) -> Deal | None:
        """A better deal by some shares of the divisibles, or a closed branch."""
        base = self.space.pick_values(pick)
        goal = tuple(Fraction(t, s) for t, s in zip(self.landscape.target, self.landscape.scales, strict=True))
        weights = no_shares_help(self.space, [b - g for b, g in zip(base, goal, strict=True)])
        if weights is not None:
            self.branches.append(f"@{len(self.more_weights)}")
            self.more_weights.append(weights)
            return None
        for box in boxes(self.space, pick):
            shares = better_shares(self.space, base, goal, box)
            if shares is not None:
                return self.space.deal(pick, shares)
        self.recorded = False
        return None


def _column_maxima(rows: Sequence[Row], width: int) -> Row:
    return tuple(max((row[i] for row in rows), default=0) for i in range(width))


def _dominates(values: Row, target: Row) -> bool:
    return values != target and all(value >= goal for value, goal in zip(values, target, strict=True))


def no_shares_help(space: Space, ahead: Sequence[Fraction]) -> tuple[Fraction, ...] | None:
    """Weights that show that no shares of the divisibles lift every party by what it lacks, and one by more.

    `ahead` is what the whole issues give each party above its goal. Weights w ≥ 1 show it when
    sum w · ahead + sum over divisibles of max w_i · worth_i ≤ 0. They are the dual of splitting well, so
    None means that, rules on shares aside, some shares do help.
    """
    count, divisibles = len(ahead), space.divisible
    width = count + 2 * len(divisibles)
    cells = [(place, number, i) for place, number in enumerate(divisibles) for i in range(count)]
    rows, bounds = [], []
    for slack, (place, number, i) in enumerate(cells):
        worth = space.worth[number][i][i]
        row = [Fraction(0)] * (width + len(cells) + 1)
        row[i], row[count + 2 * place], row[count + 2 * place + 1], row[width + slack] = (
            -worth,
            *map(Fraction, (1, -1, -1)),
        )
        rows.append(row)
        bounds.append(worth)
    cost = [*ahead, *(Fraction(sign) for _ in divisibles for sign in (1, -1)), *([Fraction(0)] * (len(cells) + 1))]
    # The sum need not be far below 0: this bounds the program.
    rows.append([*cost[:-1], Fraction(-1)])
    bounds.append(-1 - sum(ahead, Fraction(0)))
    point = maximise_exactly([-value for value in cost], rows, bounds)
    total = sum(ahead, Fraction(0)) + sum((c * x for c, x in zip(cost, point, strict=True)), Fraction(0))
    return tuple(1 + extra for extra in point[:count]) if total <= 0 else None


def better_shares(
    space: Space, base: Sequence[Fraction], target: Sequence[Fraction], box: Box
) -> dict[int, dict[str, Fraction]] | None:
    """Shares within the box that give every party its target and one of them more; None: there are none."""
    cells: list[Cell] = [(k, i) for k in space.divisible for i in range(len(base))]
    gain: dict[Cell, Fraction] = {(k, i): space.worth[k][i][i] for k, i in cells}
    table = ShareRows(box, cells)
    for number in space.divisible:
        table.add({cell: Fraction(1) for cell in cells if cell[0] == number}, Fraction(1))
    for party, goal in enumerate(target):
        table.add({cell: gain[cell] for cell in cells if cell[1] == party}, goal - base[party], slack=-1)
    try:
        shares = table.best(gain)
    except Infeasible:
        return None
    reached = sum(base, Fraction(0)) + sum((gain[cell] * share for cell, share in shares.items()), Fraction(0))
    if reached <= sum(target, Fraction(0)):
        return None
    return {k: {space.parties[i]: shares[k, i] for i in range(len(base))} for k in space.divisible}
