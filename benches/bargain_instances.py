"""Negotiations to measure on: whole numbers, the same for the same seed (numpy's default_rng).

`evaluations(family, parties, issues, options, top, seed)` gives what each option is worth to each party, as an array of
parties × issues × options with entries from 0 to `top`. Families: `independent`: each drawn alone; `opposed`: the first
party's are drawn, and the others dislike what it likes (`top` less its worth, give or take a tenth of `top`), which
leaves many more efficient packages. `case_tree` makes the same a case file, with `linkages` between random pairs of
issues and, if wanted, no-deal values of so many percent of each party's best. For tests, benchmarks and exchange alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

FAMILIES = ("independent", "opposed")


def evaluations(
    family: str, parties: int, issues: int, options: int, top: int = 100, seed: int = 0
) -> NDArray[np.int64]:
    """What each option is worth: parties × issues × options, from 0 to `top`."""
    draw = np.random.default_rng(seed)
    worth = draw.integers(0, top + 1, size=(parties, issues, options))
    if family == "opposed":
        noise = draw.integers(-(top // 10), top // 10 + 1, size=(parties - 1, issues, options))
        worth[1:] = np.clip(top - worth[0] + noise, 0, top)
    elif family != "independent":
        raise ValueError(f"no family of negotiations is called {family}")
    return worth


def case_tree(worth: NDArray[np.int64], linkages: int = 0, no_deal_percent: int = 0, seed: int = 0) -> dict[str, Any]:
    """The plain tree of a case file: every issue a choice, and every option worth exactly what `worth` says.

    Every issue is worth as many points as the largest entry, and its options their part of that.
    """
    parties, issues, options = worth.shape
    draw = np.random.default_rng(seed)
    shapes = [{"id": f"i{k}", "kind": "choice", "options": [f"o{s}" for s in range(options)]} for k in range(issues)]
    return {
        "evenhand": 1,
        "title": f"{parties} parties, {issues} issues of {options} options",
        "parties": [{"id": f"p{party}"} for party in range(parties)],
        "issues": shapes,
        "preferences": {f"p{party}": _preference(worth[party], no_deal_percent) for party in range(parties)},
        "rules": [_linkage(draw, number, issues, options) for number in range(linkages)],
    }


def _preference(worth: NDArray[np.int64], no_deal_percent: int) -> dict[str, Any]:
    top = max(1, int(worth.max()))
    best = int(worth.max(axis=1).sum())
    return {
        "points": {f"i{k}": top for k in range(len(worth))},
        "values": {f"i{k}": {f"o{s}": _percent(value, top) for s, value in enumerate(row)} for k, row in _rows(worth)},
        "no_deal": f"{best * no_deal_percent}/100",
    }


def _rows(worth: NDArray[np.int64]) -> Iterable[tuple[int, list[int]]]:
    return enumerate(worth.tolist())


def _percent(value: int, top: int) -> int | str:
    """Exactly value / top, in percent."""
    return value * 100 // top if value * 100 % top == 0 else f"{value * 100}/{top}"


def _linkage(draw: np.random.Generator, number: int, issues: int, options: int) -> dict[str, Any]:
    """If the earlier issue takes one of half its options, the later one must take one of half of its own."""
    first, second = sorted(draw.choice(issues, size=2, replace=False).tolist())
    halves = [sorted(draw.choice(options, size=max(1, options // 2), replace=False).tolist()) for _ in range(2)]
    weak, strong = ([f"o{s}" for s in half] for half in halves)
    return {"id": f"l{number}", "kind": "linkage", "if": {f"i{first}": weak}, "then": {f"i{second}": strong}}
