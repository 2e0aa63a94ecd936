"""The results of `bargain` as tables for people, and whether the programs agree."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from benches.bargain_instances import evaluations
from benches.bargain_plan import FORMS, NEGMAS, size_words
from benches.table import Part, Result, made_lines, seconds, short, stopped_words, tables


def page(run: Result) -> str:
    """All tables, with what they were made on, and whether both programs find the same."""
    results = run["results"]
    shown = tables(results, _PARTS, size_words)
    return "\n".join([*made_lines(run["made"]), "", *shown, *(f"- {line}" for line in agreement(results)), ""])


def _memory(group: list[Result]) -> str:
    found = [result["memory"] for result in group if result["memory"] is not None]
    return f"{max(found):,.0f}" if found else "–"


def _points(group: list[Result]) -> str:
    found = [result["points"] for result in group if result["points"] is not None]
    if not found:
        return "–"
    low, high = min(found), max(found)
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _complete(group: list[Result]) -> str:
    return f"{sum(bool(result['complete']) for result in group)}/{len(group)}"


def _gap(group: list[Result]) -> str:
    gaps = [result["gap"] for result in group]
    if None in gaps:
        return "unknown"
    return f"{100 * max(gaps):.2g}%" if max(gaps) else "0"


def _each_second(group: list[Result]) -> str:
    rates = [result["runs"] / result["seconds"] for result in group if result["runs"] and result["seconds"]]
    if not rates:
        return "–"
    rate = statistics.median(rates)
    return f"{rate:,.0f}" if rate >= 10 else short(rate)


def _runs(group: list[Result]) -> str:
    return " + ".join(str(result["runs"]) for result in group)


_TIME = {"CPU s: median (range)": seconds, "stopped": stopped_words}
_MEMORY = {"peak MB": _memory}
_FRONTIER = {"efficient values": _points, "complete": _complete, "largest gap": _gap}
_PARTS: tuple[Part, ...] = (
    ("The whole command: `evenhand frontier CASE --json`", {"whole command"}, {**_TIME, **_FRONTIER}),
    ("All efficient values, with Nash and Kalai–Smorodinsky", {"frontier"}, {**_TIME, **_MEMORY, **_FRONTIER}),
    (
        "Negotiations by alternating offers",
        {"negotiations"},
        {"negotiations": _runs, "a second": _each_second, **_TIME, **_MEMORY},
    ),
    ("The whole command: `evenhand doubt CASE --json`", {"doubt"}, _TIME),
    ("Reading scenarios", {f"read {form}" for form in FORMS}, _TIME),
)


def agreement(results: list[Result]) -> Iterator[str]:
    """What both programs found on the same instances, and whether it is the same."""
    pairs = list(_pairs(results))
    lists = [pair for pair in pairs if pair[0]["task"] == "frontier"]
    talks = [pair for pair in pairs if pair[0]["task"] == "negotiations"]
    count = sum(len(theirs["agreed"]) for _, theirs in talks)
    read = [pair for pair in pairs if pair[0]["task"].startswith("read ")]
    checks = (
        (lists, _same_frontier, "list all efficient values", "the lists are the same, number for number"),
        (lists, _same_nash, "pick a Nash package", "the products are exactly equal"),
        (talks, _same_deals, f"play the same {count} negotiations", "each comes to a deal worth the same, or to none"),
        (read, _same_utilities, "read the same files", "deals are worth the same up to a float's rounding"),
    )
    for found, same, do, alike in checks:
        if found:
            yield _verdict(found, same, do, alike)
    if lists:
        yield _about_ratios(lists)
    if any(result["options"] ** result["issues"] > 10**8 for result in results):
        yield f"{NEGMAS} lists every deal before it compares any, so it is not asked where there are more than 1e7."


def _pairs(results: list[Result]) -> Iterator[tuple[Result, Result]]:
    """Ours and theirs of one instance, where both answered."""
    key = ("task", "family", "parties", "issues", "options", "top", "linkages", "seed")
    theirs = {tuple(one[name] for name in key): one for one in results if one["solver"] == NEGMAS}
    for one in results:
        other = theirs.get(tuple(one[name] for name in key))
        if one["solver"] != NEGMAS and other is not None and not any(r["failed"] or r["stopped"] for r in (one, other)):
            yield one, other


def _verdict(pairs: list[tuple[Result, Result]], same: Any, do: str, alike: str) -> str:
    against = [size_words(ours) + f", seed {ours['seed']}" for ours, theirs in pairs if not same(ours, theirs)]
    instances = f"{len(pairs)} instance{'s' * (len(pairs) > 1)}"
    if against:
        return f"**Both {do} on {instances}, and they differ on:** {'; '.join(against)}."
    return f"Both {do} on {instances}: {alike}."


def _same_frontier(ours: Result, theirs: Result) -> bool:
    return bool(ours["digest"] == theirs["digest"])


def _same_nash(ours: Result, theirs: Result) -> bool:
    lows = _worths(ours).min(axis=2).sum(axis=1).tolist()
    one, other = ([v - low for v, low in zip(found["nash"], lows, strict=True)] for found in (ours, theirs))
    return math.prod(one) == math.prod(other)


def _about_ratios(pairs: list[tuple[Result, Result]]) -> str:
    """Where packages are a list, the two define Kalai–Smorodinsky differently; how what they take compares."""
    smallest = [(_smallest_ratio(ours), _smallest_ratio(theirs)) for ours, theirs in pairs]
    same = sum(one == other for one, other in smallest)
    less = sum(one < other for one, other in smallest)
    return (
        f"Kalai–Smorodinsky: {NEGMAS} takes the package whose parties' ratios of gains differ least, Evenhand the one "
        f"whose smallest ratio is largest. On {same} of {len(pairs)} instances the smallest ratio is the same, "
        f"on {less} Evenhand's is smaller."
    )


def _smallest_ratio(result: Result) -> Fraction:
    """The smallest part of its largest possible gain that any party gets; every deal is in the zone."""
    worth = _worths(result)
    lows, tops = worth.min(axis=2).sum(axis=1).tolist(), worth.max(axis=2).sum(axis=1).tolist()
    gains = zip(result["kalai_smorodinsky"], lows, tops, strict=True)
    return min(Fraction(value - low, top - low) for value, low, top in gains if top > low)


def _same_deals(ours: Result, theirs: Result) -> bool:
    worth = _worths(ours)
    return [_value(worth, deal) for deal in ours["agreed"]] == [_value(worth, deal) for deal in theirs["agreed"]]


def _value(worth: Any, deal: list[int] | None) -> list[int] | None:
    return deal and [sum(int(rows[k][option]) for k, option in enumerate(deal)) for rows in worth]


def _worths(result: Result) -> Any:
    names = ("family", "parties", "issues", "options", "top", "seed")
    return evaluations(*(result[name] for name in names))


def _same_utilities(ours: Result, theirs: Result) -> bool:
    """Up to each party's unit, which is points for us and a utility for them."""
    for mine, other in zip(zip(*ours["utilities"], strict=True), zip(*theirs["utilities"], strict=True), strict=True):
        unit = max(mine) / max(other)
        if any(abs(a - unit * b) > 1e-9 * max(mine) for a, b in zip(mine, other, strict=True)):
            return False
    return True
