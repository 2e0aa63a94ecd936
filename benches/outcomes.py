"""What a solver says about a bargaining instance, in a form that two programs' answers can be compared in."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

STEPS = 100
"""Steps of each negotiation, in each of which every party speaks once."""
FIRST = 200
"""So many outcomes are asked for their worth."""


@dataclass(frozen=True)
class Found:
    """An answer; None is said of what a task does not ask.

    `points`: how many different efficient values; `digest`: of all of them, sorted, so that two lists can be
    compared; `nash`, `kalai_smorodinsky`: the values that the solver picks. `agreed`: for each run the option of each
    issue (None: no deal), with the `exponents` of the parties. `utilities`: what the first outcomes are worth.
    """

    points: int | None = None
    digest: str | None = None
    nash: Sequence[int] | None = None
    kalai_smorodinsky: Sequence[int] | None = None
    complete: bool | None = None
    gap: float | None = None
    runs: int | None = None
    agreed: Sequence[Sequence[int] | None] | None = None
    exponents: Sequence[Sequence[float]] | None = None
    utilities: Sequence[Sequence[float]] | None = None
    stopped: bool = False
    failed: bool = False
    note: str = ""

    @classmethod
    def of(cls, values: Sequence[Sequence[int]], **more: Any) -> Found:
        """A frontier of these values, in any order, some perhaps more than once."""
        different = sorted({tuple(int(value) for value in row) for row in values})
        text = "\n".join(",".join(map(str, row)) for row in different)
        return cls(points=len(different), digest=hashlib.sha256(text.encode()).hexdigest()[:16], **more)

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def first_outcomes(options: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The first outcomes as option numbers, the last issue's running fastest."""
    return itertools.islice(itertools.product(*(range(count) for count in options)), FIRST)
