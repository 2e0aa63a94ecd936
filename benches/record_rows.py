"""A row of the record's benchmark: one measure, what it came to, what it should reach, what others reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One measure. `precision`, `recall` and `f1` in percent; or one `value` where there is no such thing."""

    measure: str
    reach: str = ""
    elsewhere: str = ""
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    value: float | None = None

    @classmethod
    def of_scores(cls, measure: str, scores: Sequence[float], reach: str = "", elsewhere: str = "") -> Row:
        """From precision, recall and F1 in percent."""
        precision, recall, f1 = scores
        return cls(measure, reach, elsewhere, precision, recall, f1)

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)


HEAD = "| measure | precision | recall | F1 or value | reach | seen elsewhere |\n| --- | --- | --- | --- | --- | --- |"


def line(row: dict[str, Any]) -> str:
    """The row in a table."""
    figures = [row["precision"], row["recall"], row["f1"] if row["value"] is None else row["value"]]
    cells = [
        row["measure"],
        *("" if figure is None else f"{figure:g}" for figure in figures),
        row["reach"],
        row["elsewhere"],
    ]
    return "| " + " | ".join(cells) + " |"
