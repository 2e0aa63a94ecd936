"""A frontier as JSON text, written piece by piece because it can be long, and as a short view in a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import Any

from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evenhand.bargain.frontier import Frontier, Segment, Values
from evenhand.case import Case, fraction_text, plain_decimal, territories
from evenhand.deals import Deal, deal_file

_MARGIN = "\n    "


def frontier_json(frontier: Frontier, seconds: float) -> Iterator[str]:
    """The frontier as JSON text for the mediator, in pieces.

    Keys: parties, no_deal, points (each with value and deal), segments (each with its two ends), complete, gap (a part
    of each party's range), lines where there is land, seconds. One point to a line.
    """
    no_deal = dict(zip(frontier.parties, map(fraction_text, frontier.no_deal), strict=True))
    yield f'{{\n  "parties": {_text(list(frontier.parties))},\n  "no_deal": {_text(no_deal)},\n  "points": ['
    yield from _separated(_points(frontier))
    yield '],\n  "segments": ['
    yield from _separated(_text(_segment(frontier, segment)) for segment in frontier.segments)
    yield f'],\n  "complete": {_text(frontier.complete)},\n  "gap": {_text(fraction_text(frontier.gap))},'
    yield from (f'\n  "{key}": {_text(data)},' for key, data in _lines(frontier.case).items())
    yield f'\n  "seconds": {seconds:.3f}\n}}'


def _lines(case: Case) -> dict[str, Any]:
    """How many lines were considered; what can tell is loaded only where there is land."""
    if not territories(case):
        return {}
    from evenhand.report.shape import lines_json  # noqa: PLC0415

    return lines_json(case)


def _separated(items: Iterable[str]) -> Iterator[str]:
    for number, item in enumerate(items):
        yield f",{_MARGIN}{item}" if number else f"{_MARGIN}{item}"


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _points(frontier: Frontier) -> Iterator[str]:
    for value, deal in zip(_values(frontier), frontier.source.deal_texts(frontier), strict=True):
        yield f'{{"value": {{{value}}}, {deal}}}'


def _values(frontier: Frontier) -> Iterator[str]:
    """The values of every point."""
    columns = zip(frontier.parties, frontier.values.T, frontier.scales, strict=True)
    return map(", ".join, zip(*(_worths(*column) for column in columns), strict=True))


def _worths(party: str, column: NDArray[Any], scale: int) -> Iterator[str]:
    """One party's points at every point, without making a fraction or a float of those that are whole."""
    head = f'{_text(party)}: {{"points": "'
    for units in column.tolist():
        points, rest = divmod(units, scale)
        if rest:
            exact = Fraction(units, scale)
            yield f'{head}{exact}", "decimal": {round(float(exact), 2)}}}'
        else:
            yield f'{head}{points}", "decimal": {points}.0}}'


def _segment(frontier: Frontier, segment: Segment) -> dict[str, Any]:
    return {
        "from": {**_end(frontier, segment.start, segment.start_deal), "open": segment.start_open},
        "to": {**_end(frontier, segment.end, segment.end_deal), "open": segment.end_open},
    }


def _end(frontier: Frontier, values: Values, deal: Deal) -> dict[str, Any]:
    value = {
        party: {"points": fraction_text(points), "decimal": round(float(points), 2)}
        for party, points in zip(frontier.parties, values, strict=True)
    }
    return {"value": value, **deal_file(deal)}


def show_frontier(console: Console, frontier: Frontier, limit: int) -> None:
    """How many efficient packages there are, each party's best, and some of them from one end to the other."""
    from evenhand.report.words.land import line_notes  # noqa: PLC0415

    case = frontier.case
    console.print(Text(f"{case.title}\n", style="bold"), Text(count_text(frontier), style="bold cyan"), sep="")
    for line in (_meaning(frontier), completeness(frontier), *line_notes(case)):
        console.print(line, style="dim")
    if not len(frontier) and not frontier.segments:
        return
    console.print(Text("\nBest for each", style="bold cyan"))
    console.print(_table(case, [(case.party(p).label, *_best(frontier, i)) for i, p in enumerate(frontier.parties)]))
    if len(frontier):
        shown = spread(len(frontier), limit)
        console.print(Text(f"\n{_shown(len(frontier), len(shown))}", style="bold cyan"))
        console.print(_table(case, [(f"{k + 1}", frontier.value(k), frontier.deal(k)) for k in shown]))
    if frontier.segments:
        console.print(Text("\nStretches: every mix of the two ends is efficient too", style="bold cyan"))
        rows = []
        for number, segment in enumerate(islice(frontier.segments, limit), 1):
            rows += [(f"{number} from", segment.start, segment.start_deal), ("  to", segment.end, segment.end_deal)]
        console.print(_table(case, rows))


def show_deals(console: Console, frontier: Frontier, k: int, limit: int) -> None:
    """The deals that come to the value of point k, at most so many, and whether there are more."""
    case, value = frontier.case, frontier.value(k)
    deals = list(islice(frontier.deals(k), limit + 1))
    console.print(Text(f"{case.title}\n", style="bold"), Text(f"Package {k + 1}", style="bold cyan"), sep="")
    console.print(_table(case, [(f"{number}", value, deal) for number, deal in enumerate(deals[:limit], 1)]))
    if len(deals) > limit:
        console.print(f"There are more than {limit} (--limit shows more, --json has all).", style="dim")
    elif frontier.complete and not frontier.segments:
        console.print("No other deal that keeps the rules comes to this value.", style="dim")
    else:
        console.print("Others may come to this value too, as not all deals were kept.", style="dim")


def deals_json(frontier: Frontier, k: int) -> Iterator[str]:
    """Every deal that comes to the value of point k, as JSON text in pieces. Keys: value, deals."""
    value = dict(zip(frontier.parties, map(fraction_text, frontier.value(k)), strict=True))
    yield f'{{\n  "value": {_text(value)},\n  "deals": ['
    yield from _separated(_text(deal_file(deal)["deal"]) for deal in frontier.deals(k))
    yield "]\n}"


def count_text(frontier: Frontier) -> str:
    """How many efficient values there are, in words."""
    points, stretches = len(frontier), len(frontier.segments)
    if not points and not stretches:
        most = "is" if frontier.complete else "was found that is"
        return f"No package {most} at least as good as no deal for everyone."
    if not frontier.complete:
        return f"{points:,} values on or near the frontier"
    parts = [f"{points:,} efficient {'value' if points == 1 else 'values'}"] if points or not stretches else []
    parts += [f"{stretches:,} {'stretch' if stretches == 1 else 'stretches'} of efficient values"] if stretches else []
    return " and ".join(parts)


def _meaning(frontier: Frontier) -> str:
    return "Efficient: no deal that keeps the rules is better for somebody and worse for nobody."


def completeness(frontier: Frontier) -> str:
    """Whether these are all, else by how much others may be better."""
    if frontier.complete:
        return "These are all of them, counted exactly."
    percent = plain_decimal(frontier.gap * 100 + Fraction(5, 1000), 2)
    return f"Not all: no deal is better for everyone than one of these by more than {percent}% of what each could have."


def _best(frontier: Frontier, party: int) -> tuple[Values, Deal]:
    """The value that is best for a party, the first of equal ones, with its deal."""
    ends = [(s.start, s.start_deal) for s in frontier.segments] + [(s.end, s.end_deal) for s in frontier.segments]
    found: list[tuple[Values, Any]] = [(values, deal) for values, deal in ends]
    if len(frontier):
        k = int(max(range(len(frontier)), key=lambda k: (frontier.values[k, party], -k)))
        found.insert(0, (frontier.value(k), k))
    values, deal = max(found, key=lambda row: row[0][party])
    return values, frontier.deal(deal) if isinstance(deal, int) else deal


def spread(count: int, limit: int) -> list[int]:
    """So many numbers below `count`, evenly from the first to the last."""
    if count <= limit:
        return list(range(count))
    return [k * (count - 1) // max(1, limit - 1) for k in range(limit)]


def _shown(count: int, shown: int) -> str:
    return "All of them" if shown == count else f"{shown} of them, from one end to the other (--limit shows more)"


def _table(case: Case, rows: Sequence[tuple[str, Values, Deal]]) -> Table:
    """A row for each package: what it is worth to each party, and how it settles the issues, as far as fits."""
    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(no_wrap=True, min_width=max(len(name) + 1 for name, _, _ in rows))
    for place, party in enumerate(case.principals):
        width = max(len(party.label), *(len(plain_decimal(values[place])) for _, values, _ in rows))
        grid.add_column(justify="right", no_wrap=True, min_width=min(width, 20))
    grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    grid.add_row("", *(Text(party.label, style="bold") for party in case.principals), "")
    for name, values, deal in rows:
        numbers = [Text(plain_decimal(points)) for points in values]
        grid.add_row(Text(f" {name}"), *numbers, Text(_settled(case, deal), style="dim"))
    return grid


def _settled(case: Case, deal: Deal) -> str:
    from evenhand.report.words.plain import settlement_text  # noqa: PLC0415

    return ", ".join(settlement_text(case, issue, deal) for issue in case.issues)
