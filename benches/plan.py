"""What is measured: tasks, sizes, how long each may take, and who does the same task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benches.ours import NAME

SEEDS = range(5)


@dataclass(frozen=True)
class Row:
    """One task on instances of one family and size. `limit`: CPU seconds for each instance and solver."""

    task: str
    family: str
    parties: int
    assets: int
    limit: float
    solvers: tuple[str, ...]
    seeds: int = len(SEEDS)

    @property
    def size(self) -> str:
        """Family and size, for people."""
        return f"{self.family} {self.parties}×{self.assets}"


_SECANTS = ("secants, SCIP", "secants, HiGHS")
_MINIMUM = ("max-min, SCIP", "max-min, HiGHS", "fairpyx, almost egalitarian")
_PRTPY = ("prtpy, complete greedy", "prtpy, integer program")
_BOTH = ("independent", "correlated")

FULL = (
    Row("nash", "independent", 20, 100, 60, (NAME, *_SECANTS)),
    Row("nash", "independent", 50, 150, 60, (NAME, _SECANTS[0])),
    Row("nash", "correlated", 10, 60, 60, (NAME, *_SECANTS)),
    Row("nash", "correlated", 20, 100, 60, (NAME, *_SECANTS)),
    Row("nash", "correlated", 50, 150, 120, (NAME, _SECANTS[0])),
    *(Row("leximin", family, 5, 30, 60, (NAME, *_MINIMUM)) for family in _BOTH),
    *(Row("leximin", family, 20, 100, 30, (NAME, _MINIMUM[0], _MINIMUM[2])) for family in _BOTH),
    Row("maximin-share", "independent", 10, 60, 5, (NAME, *_PRTPY)),
    *(Row("maximin-share", family, 50, 150, 5, (NAME, *_PRTPY)) for family in _BOTH),
    Row("round-robin", "independent", 50, 150, 30, (NAME, "fairpyx, round robin")),
    Row("envy-cycle", "independent", 50, 150, 30, (NAME, "fairpyx, rounds and envy cycles")),
    Row("envy and fairness", "independent", 50, 150, 30, (NAME, "fairpyx, EF and EF1 only")),
    Row("fractional Pareto", "independent", 50, 150, 30, (NAME,)),
    Row("all certificates", "independent", 50, 150, 30, (NAME,)),
)
"""What is published."""


def quick() -> Iterator[Row]:
    """The same tasks, so small that all of it takes less than a minute."""
    seen = set()
    for row in FULL:
        if (row.task, row.family) not in seen:
            seen.add((row.task, row.family))
            yield Row(row.task, row.family, 4, 14, 5, row.solvers, seeds=1)
