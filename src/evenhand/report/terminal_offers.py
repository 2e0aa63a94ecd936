"""The offers for a person at a terminal, 80 columns wide."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from evenhand.bargain.offers import Standing, agreed, closest, common_ground, standings
from evenhand.case import Case
from evenhand.report.terminal import item, section
from evenhand.report.words import (
    agreed_lines,
    closest_lines,
    common_lines,
    label,
    offer_heading,
    offer_lines,
    terms_lines,
)

_STATES = {
    "agreed": ("✓", "green"),
    "refused": ("✗", "red"),
    "open": ("?", "yellow"),
    "unnamed": ("?", "yellow"),
    "conditions": ("?", "yellow"),
}


def show_offers(console: Console, case: Case, reader: str | None = None) -> None:
    """Every offer with its answers, what is agreed, and the closest two; with `reader`, as that party may see it."""
    seen = case.seen_by(reader) if reader else case
    count = len(case.proposals)
    about = f"{count} {'offer' if count == 1 else 'offers'}" + (f", for {label(case, reader)}" if reader else "")
    console.print(Text(f"{case.title}\n", style="bold"), Text(about, style="dim"), sep="")
    for standing in standings(seen):
        _show_offer(console, seen, standing, reader)
    if count:
        _show(console, "Agreed so far", agreed_lines(seen, agreed(seen)))
    if count > 1:
        _show(console, "Common ground", common_lines(seen, common_ground(seen)))
        _show(console, "The two closest offers", closest_lines(seen, closest(seen), reader))


def _show_offer(console: Console, case: Case, standing: Standing, reader: str | None) -> None:
    mark, style = _STATES[standing.state]
    heading = Text.assemble((f"\n{mark} ", style), (standing.offer.id, "bold cyan"))
    heading.append(f"  {offer_heading(case, standing.offer)}", style="dim")
    console.print(heading)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(max_width=36)
    for issue, term in terms_lines(case, standing.offer.terms):
        grid.add_row(Text(issue), Text(term))
    console.print(Padding(grid, (0, 0, 0, 2)))
    for line in offer_lines(case, standing, reader):
        console.print(item(line))


def _show(console: Console, title: str, lines: Iterable[str]) -> None:
    console.print(section(title))
    for line in lines:
        console.print(item(line))
