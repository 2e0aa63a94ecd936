"""The results of `land` as a table for people, and how much faster Evenhand is than a peer on the same task."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from benches.ours import NAME
from benches.table import Result, made_lines, seconds, short, stopped_words, tables


def page(run: Result) -> str:
    """The table, with what it was made on, and the ratios."""
    results = run["results"]
    tasks = {result["task"] for result in results}
    shown = tables(results, (("Land", tasks, _COLUMNS),), lambda one: one["instances"])
    return "\n".join([*made_lines(run["made"]), "", *shown, *(f"- {line}" for line in ratios(results)), ""])


def _rates(group: list[Result]) -> list[float]:
    return [result["count"] / result["seconds"] for result in group if result["count"] and result["seconds"]]


def _each_second(group: list[Result]) -> str:
    rates = _rates(group)
    if not rates:
        return "–"
    rate = statistics.median(rates)
    return f"{rate:,.0f}" if rate >= 10 else short(rate)


def _gap(group: list[Result]) -> str:
    gaps = [result["gap"] for result in group if result["gap"] is not None]
    return f"{100 * max(gaps):.2g}%" if gaps else "–"


_COLUMNS = {
    "CPU s: median (range)": seconds,
    "a second": _each_second,
    "found (first seed)": lambda group: str(group[0]["found"]),
    "largest gap": _gap,
    "stopped": stopped_words,
    "to reach": lambda group: str(group[0].get("reach", "–")),
}


def ratios(results: list[Result]) -> Iterator[str]:
    """For every task and instance that a peer does too: how many times as many a second Evenhand does."""
    for task, instances in dict.fromkeys((result["task"], result["instances"]) for result in results):
        same = [result for result in results if (result["task"], result["instances"]) == (task, instances)]
        own = _rates([result for result in same if result["solver"] == NAME])
        for peer in dict.fromkeys(result["solver"] for result in same if result["solver"] != NAME):
            theirs = _rates([result for result in same if result["solver"] == peer])
            if own and theirs:
                times = statistics.median(own) / statistics.median(theirs)
                yield f"{task}, {instances}: {times:,.0f} times as many a second as {peer}."
