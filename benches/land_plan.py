"""What is measured of land: tasks, instances, how long each may take, who does it, and what was set out to be reached.

To measure something more, add a `Row` here and a function for its task to `land_ours.TASKS` (and, for a peer, to
`land_peers.TASKS`): a job and a clock to what `land_answers.answer` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from benches.land_answers import GERRYCHAIN, UNIFORM
from benches.ours import NAME


@dataclass(frozen=True)
class Row:
    """One task on instances of one kind. `instances` names them for people; `options` tells the task what they are;
    `limit`: CPU seconds for each seed and solver. `quick`: options of a small instance; None: not in a quick run."""

    task: str
    instances: str
    options: Mapping[str, Any] = field(default_factory=dict)
    limit: float = 60
    solvers: tuple[str, ...] = (NAME,)
    seeds: int = 3
    reach: str = "–"
    quick: Mapping[str, Any] | None = None

    def job(self, solver: str, seed: int) -> dict[str, Any]:
        """What is asked of a solver."""
        same = {"task": self.task, "instances": self.instances, "limit": self.limit, "reach": self.reach}
        return {**same, **self.options, "solver": solver, "seed": seed}


_ALL = (NAME, GERRYCHAIN, UNIFORM)


def _recombination(side: int, steps: int, **more: Any) -> Row:
    return Row(
        "recombination",
        f"{side}×{side} cells, 2 parts, 5% tolerance",
        {"side": side, "steps": steps},
        120,
        _ALL,
        quick={"side": 8, "steps": 20},
        **more,
    )


def _proved(rows: int, columns: int, seconds: float, **more: Any) -> Row:
    return Row(
        "shortest border, proved",
        f"{rows}×{columns} cells, each side half",
        {"rows": rows, "columns": columns, "seconds": seconds},
        seconds,
        quick={"rows": 4, "columns": 5, "seconds": 10},
        **more,
    )


FULL = (
    Row(
        "whole command: land share",
        "495 districts × 6 layers",
        reach="3 s",
        seeds=1,
    ),
    _recombination(10, 2000),
    _recombination(50, 200, reach="100 × GerryChain"),
    _recombination(100, 30, seeds=2),
    Row(
        "shortest border, searched",
        "14×14 cells, each side half",
        {"rows": 14, "columns": 14},
        seeds=5,
        quick={"rows": 5, "columns": 5},
    ),
    Row(
        "shortest border, proved",
        "101 real districts, each side half",
        {"districts": True, "seconds": 60},
        seeds=1,
    ),
    _proved(10, 10, 60, reach="2 s"),
    _proved(10, 20, 60, reach="10 s"),
    _proved(25, 40, 60, seeds=1, reach="a gap of 2% in 60 s"),
    Row(
        "non-dominated lines",
        "25×40 cells, 2 parties",
        {"rows": 25, "columns": 40, "labels": 2},
        reach="20 under 5 s",
        quick={"rows": 6, "columns": 6, "labels": 2},
    ),
    Row(
        "non-dominated lines",
        "25×40 cells, 5 parties",
        {"rows": 25, "columns": 40, "labels": 5},
        reach="20 under 5 s",
    ),
)
"""What is published."""


def quick() -> Iterator[Row]:
    """The rows that have a small instance, the first of each task."""
    small = [row for row in FULL if row.quick is not None]
    for task in dict.fromkeys(row.task for row in small):
        row = next(row for row in small if row.task == task)
        yield replace(row, instances="small", options=row.quick or {}, seeds=1, limit=20)
