"""Every maximal sum of a problem, or a cover with its loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.frontier.merging import Merging
from evenhand.solve.frontier.pace import MOST, MOST_OF_MANY, Pace
from evenhand.solve.frontier.problem import Row, SumProblem
from evenhand.solve.frontier.retracing import Pick, Retracing
from evenhand.solve.program import Limits


def _silent(_: str) -> None:
    return None


def maximal_sums(
    problem: SumProblem,
    limits: Limits | None = None,
    tell: Callable[[str], None] = _silent,
    most: int | None = None,
    *,
    thin: bool = True,
) -> Front:
    """The maximal sums that reach the floor.

    Where more than `most` (see MOST) would have to be kept at a time, or `limits` are reached, they are a cover; or, if
    not to be thinned (`thin`), TooMany is raised.
    """
    merging = Merging(problem)
    merging.run(Pace(limits or Limits(), tell, most or MOST.get(problem.width, MOST_OF_MANY), thin=thin))
    return Front(problem, merging)


@dataclass(frozen=True)
class Front:
    """The sums of a finished merging whose ties are all decided, sorted by the first party's units falling, and so on.

    `loss`: a sum that is not here is nowhere more than this above one of `rows` or `short`. All 0: these are all
    the maximal sums.
    """

    problem: SumProblem
    _merging: Merging

    @property
    def loss(self) -> Row:
        """By party, in units."""
        return self._merging.loss

    @property
    def states(self) -> tuple[int, ...]:
        """The states that sums end in: bits of the ties that stay."""
        return tuple(self._merging.layers[0])

    @property
    def complete(self) -> bool:
        """Whether every maximal sum is here."""
        return not any(self.loss)

    @cached_property
    def rows(self) -> NDArray[Any]:
        """Sums × parties."""
        return self.rows_in(0)

    def rows_in(self, state: int) -> NDArray[Any]:
        """The sums that end in a state."""
        rows = self._ended_in(state)
        return rows[self._reaches(rows)]

    @cached_property
    def short(self) -> NDArray[Any]:
        """Sums that replaced others and fall short of the floor themselves."""
        rows = self._ended_in(0)
        return rows[~self._reaches(rows)]

    def _ended_in(self, state: int) -> NDArray[Any]:
        keys = self._merging.layers[0].get(state, np.empty(0, dtype=self._merging.packing.dtype))
        return self._merging.packing.rows(keys[::-1])

    def _reaches(self, rows: NDArray[Any]) -> NDArray[np.bool_]:
        floor = self.problem.floor
        if floor is None:
            return np.ones(len(rows), dtype=bool)
        columns = [np.asarray(rows[:, p] >= least, dtype=bool) for p, least in enumerate(floor)]
        return np.asarray(np.all(columns, axis=0), dtype=bool)

    def picks(self, row: Sequence[int], state: int = 0) -> Iterator[Pick]:
        """Every pick with this sum, in lexicographic order."""
        return self._retracing.picks(self._merging.packing.key(row), state)

    def first_picks(self, rows: NDArray[Any], state: int = 0) -> NDArray[np.intp]:
        """The first pick of each sum: sums × groups."""
        keys = self._merging.packing.keys(rows)
        return self._retracing.first_picks(keys, state)

    @cached_property
    def _retracing(self) -> Retracing:
        return Retracing(self._merging)
