"""Linear programs in exact fractions: small, slow, and without rounding.

Used where a number is asserted rather than searched for. The method is the two-phase simplex method with
Bland's rule, which cannot cycle (R. G. Bland, Mathematics of Operations Research 2, 1977).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Row = Sequence[Fraction | int]


class Infeasible(ValueError):
    """No point satisfies the rows."""


class Unbounded(ValueError):
    """The objective grows without limit."""


def maximise_exactly(objective: Row, rows: Sequence[Row], bounds: Row) -> list[Fraction]:
    """A point x ≥ 0 with rows · x = bounds that makes objective · x largest.

    Shapes: objective n, rows m × n, bounds m. Raises Infeasible or Unbounded. Write `a · x ≤ b` with a
    column of its own for the slack.
    """
    tableau = _Tableau(rows, bounds, len(objective))
    tableau.feasible()
    tableau.maximise([Fraction(value) for value in objective])
    return tableau.point()


class _Tableau:
    """Rows of the form basis + … = bound, kept with one artificial column per row until feasible."""

    def __init__(self, rows: Sequence[Row], bounds: Row, width: int) -> None:
        self.width = width
        height = len(rows)
        self.rows: list[list[Fraction]] = []
        for number, (row, bound) in enumerate(zip(rows, bounds, strict=True)):
            sign = -1 if bound < 0 else 1
            artificial = [Fraction(int(other == number)) for other in range(height)]
            self.rows.append([*(Fraction(sign * value) for value in row), *artificial, Fraction(sign * bound)])
        self.basis = list(range(width, width + height))

    def feasible(self) -> None:
        """Phase one: drive the artificial columns out. Raises Infeasible."""
        height = len(self.rows)
        self.maximise([Fraction(0)] * self.width + [Fraction(-1)] * height)
        if any(row[-1] != 0 for row, column in zip(self.rows, self.basis, strict=True) if column >= self.width):
            raise Infeasible
        for number in reversed(range(height)):
            if self.basis[number] >= self.width:
                self._leave(number)
        self.rows = [[*row[: self.width], row[-1]] for row in self.rows]

    def _leave(self, number: int) -> None:
        """Swap an artificial column at zero for a real one, or drop its row where it says nothing."""
        for column in range(self.width):
            if self.rows[number][column] != 0:
                self._pivot(number, column)
                return
        del self.rows[number], self.basis[number]

    def maximise(self, objective: list[Fraction]) -> None:
        """Pivot until no column improves the objective. Raises Unbounded."""
        while (column := self._entering(objective)) is not None:
            ratios = [
                (row[-1] / row[column], self.basis[number], number)
                for number, row in enumerate(self.rows)
                if row[column] > 0
            ]
            if not ratios:
                raise Unbounded
            self._pivot(min(ratios)[2], column)

    def _entering(self, objective: list[Fraction]) -> int | None:
        """The first column whose reduced cost is above zero (Bland's rule)."""
        weights = [objective[column] for column in self.basis]
        active = [(weight, row) for weight, row in zip(weights, self.rows, strict=True) if weight]
        inside = set(self.basis)
        for column, gain in enumerate(objective):
            if column not in inside and gain > sum((weight * row[column] for weight, row in active), Fraction(0)):
                return column
        return None

    def _pivot(self, number: int, column: int) -> None:
        scale = self.rows[number][column]
        pivot = [value / scale if value else value for value in self.rows[number]]
        self.rows[number] = pivot
        for other, row in enumerate(self.rows):
            if other != number and (factor := row[column]):
                self.rows[other] = [
                    value - factor * change if change else value for value, change in zip(row, pivot, strict=True)
                ]
        self.basis[number] = column

    def point(self) -> list[Fraction]:
        """The values of the real columns."""
        values = [Fraction(0)] * self.width
        for row, column in zip(self.rows, self.basis, strict=True):
            if column < self.width:
                values[column] = row[-1]
        return values
