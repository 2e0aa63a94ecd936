"""The results as tables for people. Medians and means are over instances, one for each seed."""

from __future__ import annotations

import json
import math
import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Result = dict[str, Any]
Column = Callable[[list[Result]], str]
Part = tuple[str, set[str], dict[str, Column]]
"""A table: its title, its tasks, its columns by heading."""


def page(run: Result) -> str:
    """All tables, with what they were made on and whether the proofs agree."""
    shown = tables(run["results"], _PARTS, lambda one: f"{one['family']} {one['parties']}×{one['assets']}")
    return "\n".join([*made_lines(run["made"]), "", *shown, *_agreement(run["results"]), ""])


def renewed(text: str, run: Result) -> str:
    """The text with the tables between its marks made anew."""
    return between_marks(text, "divide", page(run))


def between_marks(text: str, name: str, content: str) -> str:
    """The text of a page with new content between the marks of this name."""
    marked = re.compile(rf"(<!-- bench-{name} -->\n).*?(<!-- end -->)", re.S)
    return marked.sub(lambda found: found.group(1) + content + found.group(2), text)


def compact(run: Result) -> str:
    """JSON with one line for each result, so that two runs can be compared line by line."""
    results = ",\n".join(json.dumps(result, ensure_ascii=False) for result in run["results"])
    return f'{{"made": {json.dumps(run["made"])},\n"results": [\n{results}\n]}}\n'


def made_lines(made: Result) -> Iterator[str]:
    """On what and with what the run was made."""
    yield f"{made['date']} · {made['machine']} · Python {made['python']} · load at the start {made['load']}"
    yield ""
    yield f"Evenhand's interpreter: {_versions(made['evenhand'])}."
    if made["peers"]:
        yield f"The peers': {_versions(made['peers'])}."
    if made["kept"]:
        yield f"The peers' figures are those of a run on {made['kept']}."
    if made["note"]:
        yield made["note"]


def _versions(versions: dict[str, str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in versions.items())


def tables(results: list[Result], parts: Sequence[Part], size: Callable[[Result], str]) -> Iterator[str]:
    """A table for each part that has results: a line for each task, size of instances, and solver."""
    for title, tasks, columns in parts:
        groups = _grouped([result for result in results if result["task"] in tasks], size)
        if not groups:
            continue
        yield f"**{title}**"
        yield ""
        yield "| " + " | ".join(["task", "instances", "who", *columns]) + " |"
        yield "| --- " * (3 + len(columns)) + "|"
        for (task, instances, who), group in groups.items():
            yield "| " + " | ".join([task, instances, who, *(column(group) for column in columns.values())]) + " |"
        yield ""


def _grouped(results: list[Result], size: Callable[[Result], str]) -> dict[tuple[str, str, str], list[Result]]:
    groups: dict[tuple[str, str, str], list[Result]] = {}
    for result in results:
        groups.setdefault((result["task"], size(result), result["solver"]), []).append(result)
    return groups


def seconds(group: list[Result]) -> str:
    """Median, smallest and largest."""
    taken = [result["seconds"] for result in group if result["seconds"] is not None]
    if not taken:
        return "failed"
    if len(taken) == 1:
        return short(taken[0])
    return f"{short(statistics.median(taken))} ({short(min(taken))}–{short(max(taken))})"


def short(seconds: float) -> str:
    """Two digits, or whole seconds."""
    return f"{seconds:.2g}" if seconds < 0.1 else f"{seconds:.2f}" if seconds < 10 else f"{seconds:.0f}"


def _proved(group: list[Result]) -> str:
    proved = [result for result in group if result["proved"]]
    exactly = " exactly" if proved and all(result["exact"] for result in proved) else ""
    return f"{len(proved)}/{len(group)}{exactly}"


def stopped_words(group: list[Result]) -> str:
    """How many were stopped, and how many failed."""
    stopped = sum(result["stopped"] for result in group)
    failed = sum(result["failed"] for result in group)
    words = [f"{stopped} after {group[0]['limit']:.0f} s"] * bool(stopped) + [f"{failed} failed"] * bool(failed)
    return ", ".join(words) or "–"


def _gap(group: list[Result]) -> str:
    """The largest; nothing below a millionth is told apart from 0 by a solver."""
    gaps = [result["gap"] for result in group]
    if all(gap is None for gap in gaps):
        return "no bound"
    worst = max(math.inf if gap is None else gap for gap in gaps)
    return "0" if worst < 1e-6 else "unknown" if worst == math.inf else f"{worst:.2g}"


def _product(group: list[Result]) -> str:
    """The geometric mean of the values, averaged over instances."""
    return _average(group, lambda values: math.prod(values) ** (1 / len(values)) if values else 0)


def _least(group: list[Result]) -> str:
    return _average(group, min)


def _average(group: list[Result], measure: Callable[[list[int]], float]) -> str:
    found = [measure(result["deal_values"]) for result in group if result["deal_values"]]
    return f"{statistics.mean(found):.2f}" if found else "no deal"


def _envy(group: list[Result]) -> str:
    found = [result["envy"] for result in group if result["envy"] is not None]
    return f"{statistics.mean(found):.1f}" if found else "no deal"


def _shares_proved(group: list[Result]) -> str:
    proved = sum(result["proved_values"] or 0 for result in group)
    return f"{proved}/{sum(result['parties'] for result in group)}"


def _share(group: list[Result]) -> str:
    """The mean of the shares, where there is one for every party."""
    found = [share for result in group for share in result["values"] or (None,)]
    return "–" if None in found else f"{statistics.mean(found):.2f}"


def _verdicts(group: list[Result]) -> str:
    notes = sorted({result["note"] for result in group})
    return "; ".join(notes)


_EVERYBODY = {"CPU s: median (range)": seconds}
_WORTH = {"geometric mean": _product, "least value": _least, "largest envy": _envy}
_PARTS: tuple[Part, ...] = (
    (
        "The best deal",
        {"nash", "leximin"},
        {**_EVERYBODY, "stopped": stopped_words, "proved": _proved, "largest gap": _gap, **_WORTH},
    ),
    ("A deal by fixed steps", {"round-robin", "envy-cycle"}, {**_EVERYBODY, **_WORTH}),
    (
        "Maximin shares of all parties",
        {"maximin-share"},
        {**_EVERYBODY, "stopped": stopped_words, "shares proved": _shares_proved, "mean share": _share},
    ),
    (
        "Certificates of one deal",
        {"envy and fairness", "fractional Pareto", "all certificates"},
        {**_EVERYBODY, "verdicts": _verdicts},
    ),
)


def _agreement(results: list[Result]) -> list[str]:
    """Whether all who claim a proof for an instance have the same objective; which do not."""
    objective = {"nash": math.prod, "leximin": min}
    claims: dict[tuple[Any, ...], dict[str, int]] = {}
    for result in results:
        if result["proved"] and result["task"] in objective:
            instance = tuple(result[name] for name in ("task", "family", "parties", "assets", "seed"))
            claims.setdefault(instance, {})[result["solver"]] = objective[result["task"]](result["deal_values"])
    several = {instance: found for instance, found in claims.items() if len(found) > 1}
    against = [f"{instance}: {found}" for instance, found in several.items() if len(set(found.values())) > 1]
    if against:
        return ["**Proofs that disagree:**", *against]
    if several:
        return [f"On {len(several)} instances several claim a proof; their objectives are exactly equal."]
    return []
