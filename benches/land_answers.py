"""What whoever is measured on land says; Evenhand is not needed for it."""

from __future__ import annotations

from typing import Any

GERRYCHAIN = "GerryChain"
UNIFORM = "GerryChain, uniform trees"


def answer(count: int | None = None, found: str = "–", **more: Any) -> dict[str, Any]:
    """How many things were done (`count`), what came out in a few words (`found`), its `gap` where there is a bound,
    and whether the time was over first; other names may be added for checks between solvers."""
    return {"count": count, "found": found, "gap": None, "stopped": False, "failed": False, "note": "", **more}
