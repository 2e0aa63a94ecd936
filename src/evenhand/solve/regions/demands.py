"""What a line asks of the cells with label 1, as rows over two sums: one that must be large, one that must not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.regions.graph import Integers
from evenhand.solve.regions.lines import Compact, LineProblem

COARSE = 2**30
"""Values are counted in units of which all cells together have at most about so many."""
LARGEST_SUM = 2**44
"""With what is added for fixed cells no sum may reach this, so that thousands of them fit into 62 bits."""
_FINE = 2**6
_MIXTURES = ((1, 3), (2, 2), (3, 1))


@dataclass(frozen=True, eq=False)
class Demands:
    """Rows that the cells with label 1 keep on every line that is allowed; others may keep them too.

    `weights` int64[n, 2]: what a cell counts for in the first sum, of what it is worth to label 1, and in the second,
    to label 0; `total`: over all cells. For each row of `ways` int64[k, 2], its product with the two sums is at least
    its number in `needs`. `exact`: more of the first sum, or less of the second, is not always as good. `alike`: what
    both labels count in the same proportion, if they do.

    A cell fixed to a label counts for more than all others together. Where values are rounded, no line is ruled out.
    """

    weights: Integers
    total: Integers
    ways: Integers
    needs: Integers
    exact: bool
    alike: Alike | None

    @classmethod
    def of(cls, problem: LineProblem, compact: Compact) -> Demands | None:
        """None: the sums could become too large."""
        low, high = (_Own.of(problem, compact, label) for label in (0, 1))
        mixed = _mixtures(high.total, low.total)
        alike = Alike.of(high, low)
        low, high = (own.with_fixed(compact.fixed == label) for label, own in enumerate((low, high)))
        rows = [(1, 0, high.least), (0, -1, low.least - low.total)]
        rows += [(-1, 0, -high.most)] if high.most < high.total else []
        rows += [(0, 1, low.total - low.most)] if low.most < low.total else []
        exact = alike is not None or len(rows) > 2
        rows += [(a, -b, a * high.least + b * (low.least - low.total)) for a, b in mixed]
        if max(low.total, high.total) >= LARGEST_SUM:
            return None
        table = np.array(rows, dtype=np.int64)
        weights, total = np.stack([high.weights, low.weights], axis=1), np.array([high.total, low.total])
        return cls(weights, total, table[:, :2].copy(), table[:, 2].copy(), exact, alike)

    def least(self) -> tuple[int, int]:
        """What the cells with label 1 must come to in the first sum, and those with label 0 in the second."""
        return int(self.needs[0]), int(self.needs[1] + self.total[1])


@dataclass(frozen=True, eq=False)
class Alike:
    """What cells weigh for both labels; those with label 1 weigh at least `least` and at most `most`. Fixed cells weigh
    no more than they are."""

    weights: Integers
    total: int
    least: int
    most: int

    @classmethod
    def of(cls, high: _Own, low: _Own) -> Alike | None:
        """From what labels 1 and 0 ask; None: they do not weigh cells in the same proportion."""
        pairs = zip(high.weights.tolist(), low.weights.tolist(), strict=True)
        if not low.total or any(one * low.total != other * high.total for one, other in pairs):
            return None
        least = max(high.least, -((low.most - low.total) * high.total // low.total))
        return cls(high.weights, high.total, least, min(high.most, (low.total - low.least) * high.total // low.total))


@dataclass(frozen=True, eq=False)
class _Own:
    """What the cells of one label weigh, all cells do, and those of the label must at least and at most."""

    weights: NDArray[np.int64]
    total: int
    least: int
    most: int

    @classmethod
    def of(cls, problem: LineProblem, compact: Compact, label: int) -> _Own:
        """In coarser units, rounded up; a label that needs nothing needs a cell."""
        values = compact.values[:, label]
        unit = max(1, int(values.sum()) // COARSE)
        weights = -(-values // unit)
        least, most = -(-int(problem.least[label]) // unit), int(problem.most[label]) // unit
        most += len(values) if unit > 1 else 0
        if least <= 0:
            many = len(values) + 1
            weights, least, most = weights * many + 1, 1, most * many + len(values)
        return cls(weights, int(weights.sum()), least, most)

    def with_fixed(self, cells: NDArray[np.bool_]) -> _Own:
        """These cells count for more than all others, and so much more is needed."""
        more, count = self.total + 1, int(cells.sum())
        least, most = self.least + more * count, min(self.most, self.total) + more * count
        return _Own(self.weights + more * cells, self.total + more * count, least, most)


def _mixtures(one: int, other: int) -> list[tuple[int, int]]:
    """Weights for two sums, so that both count for about as much, or one for more."""
    larger = max(one, other)
    parts = [max(1, _FINE * larger // max(1, total)) for total in (one, other)]
    scale = max(1, max(parts) // _FINE)
    return [(max(1, a * parts[0] // scale), max(1, b * parts[1] // scale)) for a, b in _MIXTURES]
