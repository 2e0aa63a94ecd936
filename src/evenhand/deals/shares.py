"""Shares of divisibles once the whole issues are settled: which bounds the rules leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from evenhand.deals.rules import Clause, Named, Share
from evenhand.deals.space import Space
from evenhand.solve import maximise_exactly

Pick = tuple[int, ...]
Cell = tuple[int, int]
"""(issue number, party number)."""


@dataclass(frozen=True)
class Box:
    """Bounds on each party's share of each divisible issue: lower[cell] ≤ share ≤ upper[cell]."""

    lower: dict[Cell, Fraction]
    upper: dict[Cell, Fraction]

    def possible(self, space: Space) -> bool:
        """Whether some shares that sum to 1 lie within the bounds."""
        parties = range(len(space.parties))
        return all(
            all(self.lower[issue, party] <= self.upper[issue, party] for party in parties)
            and sum(self.lower[issue, party] for party in parties)
            <= 1
            <= sum(self.upper[issue, party] for party in parties)
            for issue in space.divisible
        )

    def most(self, space: Space, cell: Cell) -> Fraction:
        """The largest share of a cell, others at least at their lower bounds."""
        issue, party = cell
        others = (self.lower[issue, other] for other in range(len(space.parties)) if other != party)
        return min(self.upper[cell], 1 - sum(others, Fraction(0)))


def boxes(space: Space, pick: Pick) -> Iterator[Box]:
    """The bounds that the rules leave for shares: one box for each way to keep the rules on shares.

    Nothing is yielded when the pick cannot be completed.
    """
    demands = [ways for clause in space.clauses if (ways := _ways(space, clause, pick)) is not None]
    for combination in product(*demands):
        box = _free(space)
        for literal in combination:
            _tighten(space, box, literal)
        if box.possible(space):
            yield box


def _ways(space: Space, clause: Clause, pick: Pick) -> list[Share] | None:
    """The bounds on shares, one of which the clause needs; None when the pick already satisfies it."""
    for literal in clause.literals:
        if isinstance(literal, Named):
            number = space.number_of[literal.issue]
            if (space.settlements[number][pick[number]] in literal.names) == literal.wanted:
                return None
    return [literal for literal in clause.literals if isinstance(literal, Share)]


def _free(space: Space) -> Box:
    cells = [(issue, party) for issue in space.divisible for party in range(len(space.parties))]
    return Box({cell: Fraction(0) for cell in cells}, {cell: Fraction(1) for cell in cells})


def _tighten(space: Space, box: Box, literal: Share) -> None:
    """Apply one bound. A group of parties is bounded only by 0 or 1 altogether, as conditions allow."""
    issue = space.number_of[literal.issue]
    inside = [number for number, party in enumerate(space.parties) if party in literal.parties]
    outside = [number for number, party in enumerate(space.parties) if party not in literal.parties]
    bound = literal.bound.bound
    at_least = literal.bound.comparison == ">="
    if len(inside) == 1:
        cell = (issue, inside[0])
        if at_least:
            box.lower[cell] = max(box.lower[cell], bound)
        else:
            box.upper[cell] = min(box.upper[cell], bound)
        return
    for party in outside if at_least else inside:
        box.upper[issue, party] = Fraction(0)


class ShareRows:
    """A linear program over the shares of some cells, within a box, in exact fractions.

    Shares are counted from their lower bounds, so only upper bounds below 1 need rows of their own.
    """

    def __init__(self, box: Box, cells: list[Cell]) -> None:
        self.box = box
        self.cells = cells
        self._rows: list[tuple[dict[Cell, Fraction], int, Fraction]] = []
        for cell in cells:
            if box.upper[cell] < 1:
                self._rows.append(({cell: Fraction(1)}, 1, box.upper[cell] - box.lower[cell]))

    def add(self, terms: dict[Cell, Fraction], bound: Fraction, slack: int = 0) -> None:
        """Add the row  sum of terms = bound  (slack -1: ≥ bound; slack 1: ≤ bound)."""
        shift = sum((factor * self.box.lower[cell] for cell, factor in terms.items()), Fraction(0))
        self._rows.append((terms, slack, bound - shift))

    def best(self, objective: dict[Cell, Fraction]) -> dict[Cell, Fraction]:
        """The shares that make the objective largest. Raises Infeasible."""
        slacks = [number for number, (_, slack, _) in enumerate(self._rows) if slack]
        rows = [
            [
                *(terms.get(cell, Fraction(0)) for cell in self.cells),
                *(Fraction(slack * int(number == s)) for s in slacks),
            ]
            for number, (terms, slack, _) in enumerate(self._rows)
        ]
        costs = [*(objective.get(cell, Fraction(0)) for cell in self.cells), *(Fraction(0) for _ in slacks)]
        point = maximise_exactly(costs, rows, [bound for _, _, bound in self._rows])
        return {cell: self.box.lower[cell] + value for cell, value in zip(self.cells, point, strict=False)}
