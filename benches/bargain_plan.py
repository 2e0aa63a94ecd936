"""What is measured of bargaining: tasks, sizes, how long each may take, and who does the same task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from benches.ours import NAME

NEGMAS = "NegMAS"


@dataclass(frozen=True)
class Row:
    """One task on instances of one family and size; see `bargain_instances` for what they are.

    `limit`: CPU seconds for each instance and solver. `top`: the largest worth of an option. `runs`, `peer_runs`: so
    many negotiations, and so many of them by the peer. `doubt` is asked of the example talks: `family` is what is
    best in a world, `runs` how many worlds.
    """

    task: str
    family: str
    parties: int
    issues: int
    options: int
    limit: float
    solvers: tuple[str, ...] = (NAME, NEGMAS)
    seeds: int = 5
    top: int = 100
    linkages: int = 0
    runs: int = 0
    peer_runs: int = 0

    @property
    def size(self) -> str:
        """Family and size, for people."""
        return size_words(asdict(self))

    def job(self, solver: str, seed: int) -> dict[str, Any]:
        """What is asked of a solver."""
        what = asdict(self)
        return {
            **{name: what[name] for name in what if name not in ("solvers", "seeds")},
            "solver": solver,
            "seed": seed,
        }


def size_words(what: dict[str, Any]) -> str:
    """An instance's family and size, for people: "opposed, 2 parties, 20×10 (1e20 deals), 10 linkages"."""
    if what["task"] == "doubt":
        return f"examples/ceasefire-talks, {what['runs']:,} worlds, best by {what['family']}"
    deals = what["options"] ** what["issues"]
    count = f"{deals:,}" if deals < 10**7 else f"1e{len(str(deals)) - 1}"
    tied = f", {what['linkages']} linkages" if what["linkages"] else ""
    fine = ", worths of seven digits" if 10**6 <= what["top"] < 10**8 else ""
    return (
        f"{what['family']}, {what['parties']} parties, {what['issues']}×{what['options']} ({count} deals){tied}{fine}"
    )


_BOTH = ("independent", "opposed")
_OURS = (NAME,)
FORMS = ("genius", "geniusweb", "negmas")

FULL = (
    *(Row("whole command", family, 2, 20, 10, 60, _OURS) for family in _BOTH),
    *(Row("frontier", family, 2, issues, 10, 60) for family in _BOTH for issues in (4, 5, 6)),
    *(Row("frontier", family, 2, 20, 10, 60, _OURS) for family in _BOTH),
    *(Row("frontier", family, 2, 100, 20, 60, _OURS, top=9_999_999) for family in _BOTH),
    *(Row("frontier", family, 2, 40, 10, 60, _OURS, linkages=10) for family in _BOTH),
    *(Row("frontier", family, 3, 30, 10, 60, _OURS, seeds=3) for family in _BOTH),
    *(Row("frontier", family, 4, 12, 10, 60, _OURS, seeds=3) for family in _BOTH),
    *(Row("frontier", family, 5, 10, 10, 60, _OURS, seeds=3) for family in _BOTH),
    *(Row("frontier", family, 5, *size, 300, seeds=2) for family in _BOTH for size in ((5, 10), (6, 8))),
    *(Row("negotiations", family, 2, 4, 7, 60, seeds=3, top=10**11, runs=2000, peer_runs=20) for family in _BOTH),
    *(Row("negotiations", family, 2, 5, 10, 60, seeds=3, top=10**11, runs=500, peer_runs=3) for family in _BOTH),
    *(Row("doubt", criterion, 2, 0, 0, 60, _OURS, seeds=3, runs=10_000) for criterion in ("sum", "product")),
    *(Row(f"read {form}", "independent", 2, 10, 10, 60, seeds=1) for form in FORMS),
)
"""What is published."""


def quick() -> Iterator[Row]:
    """Each task once, so small that all of it takes less than a minute."""
    for task in dict.fromkeys(row.task for row in FULL):
        row = next(row for row in FULL if row.task == task)
        runs = {"runs": min(row.runs, 100), "peer_runs": min(row.peer_runs, 3)}
        yield replace(row, issues=4, options=5, limit=5, seeds=1, **runs)
