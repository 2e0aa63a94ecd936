"""Bargaining for a person at a terminal, 80 columns wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenhand.bargain import Conflict, Package, menu_of
from evenhand.case import Case
from evenhand.certify import PROPERTIES
from evenhand.report.picture import grouped, in_characters, picture_of
from evenhand.report.terminal import bar
from evenhand.report.words import (
    VERDICTS,
    addition_lines,
    conflict_lines,
    deal_text,
    line_notes,
    listed,
    own_table_line,
    package_notes,
    payments_text,
    point_notes,
    points,
    relief_lines,
    settlement_text,
    table_lines,
    trade_lines,
    zone_text,
)
from evenhand.settle import Bargaining, OnTable

_RELIEFS = 8
"""How many reliefs are printed; all are in the JSON."""
_WIDE = 4
"""How many different packages fit side by side."""


def show_bargaining(console: Console, found: Bargaining) -> None:
    """The whole view for the mediator."""
    case = found.case
    console.print(Text(f"{case.title}\n", style="bold"), Text(_point(found), style="dim"), sep="")
    console.print()
    console.print(Text(zone_text(found)))
    for note in (*line_notes(case), *point_notes(found)):
        console.print(Text(f"Note: {note}", style="yellow"))
    if found.conflict is not None:
        _show_conflict(console, case, found.conflict)
    _show_picture(console, found)
    if found.agreed:
        _show_packages(console, found)
    for solution, why in found.refused:
        console.print(Text(f"\n{solution.title}: not here. {why}"))
    if found.table:
        console.print(_heading("On the table"), _items(table_lines(case, row) for row in found.table))
    if found.trades:
        console.print(_heading("The next trade"))
        console.print(_items("\n".join(trade_lines(found, trade)) for trade in found.trades))
    console.print(Text(f"\nTime: {found.seconds:.2f} s of CPU.", style="dim"))


def _point(found: Bargaining) -> str:
    rows = [f"{found.case.party(party).label} {points(value)}" for party, value in found.disagreement.items()]
    return f"{'the deal given' if found.start else 'no deal'} is worth: {', '.join(rows)}"


def _show_picture(console: Console, found: Bargaining) -> None:
    if not found.has_zone:
        return
    console.print(_heading("Each party's gain" if len(found.frontier.parties) != 2 else "The picture"))
    picture = picture_of(found)
    if picture is None:
        console.print(_bars(found))
        return
    console.print(Text("\n".join(in_characters(picture))))
    console.print(Text("   · an efficient package"))
    for sign, name in picture.legend():
        console.print(Text(f"   {sign} {name}"))


def _bars(found: Bargaining) -> RenderableType:
    """For each different package a bar per party: its gain of the most it could gain."""
    ideal = dict(zip(found.frontier.parties, menu_of(found.frontier).ideal, strict=True))
    parts: list[RenderableType] = []
    for letter, titles, number in grouped(found):
        grid = Table.grid(padding=(0, 2))
        for party, gain in found.agreed[number][0].gains.items():
            text = f"gains {points(gain)} of {points(ideal[party])}"
            grid.add_row(f" {found.case.party(party).label}", bar(gain, ideal[party], gain * 0), text)
        parts += [Text.assemble((letter, "bold"), f"  {listed(titles)}"), grid]
    return Group(*parts)


def _show_packages(console: Console, found: Bargaining) -> None:
    """The different packages: which solutions pick each, what everybody gains, and the settlements side by side."""
    rows = grouped(found)
    console.print(_heading("Which package, and why"))
    gains = Table.grid(padding=(0, 2))
    gains.add_row("", "", *(Text(found.case.party(party).label, style="bold") for party in found.frontier.parties))
    for letter, titles, number in rows:
        package = found.agreed[number][0]
        cells = [f"{points(value)} (+{points(package.gains[party])})" for party, value in package.values.items()]
        gains.add_row(Text(letter, style="bold"), Text(listed(titles)), *cells)
    console.print(gains)
    console.print(Text("Points, and what is gained.", style="dim"))
    console.print(_items(_reasons(found)))
    console.print(_heading("What is settled how"), _side_by_side(found, [number for _, _, number in rows]))
    console.print(_heading("What was proved"), _items(_proofs(found)))


def _reasons(found: Bargaining) -> Iterator[str]:
    for package, _ in found.agreed:
        yield " ".join([f"{package.solution.title}: {package.solution.in_short}.", *package_notes(package)])


def _side_by_side(found: Bargaining, numbers: Sequence[int]) -> RenderableType:
    """The settlement of every issue in each different package."""
    case, deals = found.case, [found.agreed[number][1].deal for number in numbers]
    if len(deals) > _WIDE:
        return _items(f"{chr(ord('A') + n)}: {deal_text(case, deal)}" for n, deal in enumerate(deals))
    table = Table.grid(padding=(0, 2))
    table.add_row("", *(Text(chr(ord("A") + n), style="bold") for n in range(len(deals))))
    for issue in case.issues:
        texts = [settlement_text(case, issue, deal) for deal in deals]
        same = len(set(texts)) == 1 and len(texts) > 1
        cells = [Text(texts[0], style="dim"), *[Text("same", style="dim")] * (len(texts) - 1)]
        table.add_row(Text(issue.label), *(cells if same else [Text(text) for text in texts]))
    if any(deal.payments for deal in deals):
        table.add_row(Text("Payments"), *(Text(payments_text(case, deal) or "none") for deal in deals))
    return table


def _proofs(found: Bargaining) -> Iterator[str]:
    """The certificates, those of different packages with the same verdict together."""
    said: dict[tuple[str, str], list[str]] = {}
    for letter, _, number in grouped(found):
        for certificate in found.agreed[number][1].certificates:
            said.setdefault((certificate.property, certificate.verdict), []).append(letter)
    for (name, verdict), letters in said.items():
        yield f"{listed(letters)}: {PROPERTIES[name].title} — {VERDICTS[verdict]}. {PROPERTIES[name].meaning}"


def _show_conflict(console: Console, case: Case, conflict: Conflict) -> None:
    """What stands in the way, and what would open a way, by whom it asks."""
    console.print(_heading("What stands in the way"), _items(conflict_lines(case, conflict)))
    asked = dict.fromkeys(relief.asks(case) for relief in conflict.reliefs[:_RELIEFS])
    for who in asked:
        names = listed([case.party(party).label if party else "common rules" for party in who])
        console.print(_heading(f"What would open a way: {names}"))
        reliefs = [relief for relief in conflict.reliefs[:_RELIEFS] if relief.asks(case) == who]
        console.print(_items("\n".join(relief_lines(case, relief)) for relief in reliefs))
    if (left := len(conflict.reliefs) - _RELIEFS) > 0:
        console.print(Text(f"\n{left} more, each with more or larger changes: see --json.", style="dim"))
    if conflict.added is not None:
        console.print(_heading("What help from outside would do"), _items(addition_lines(case, conflict.added)))


def show_reasons(console: Console, package: Package) -> None:
    """Why a solution picks its package: what is asked of it, the definition and the source."""
    solution = package.solution
    exactly = [f"Exactly: {solution.definition}", f"Source: {solution.source}."]
    console.print(_heading(f"Why {solution.title}"), _items([*package_notes(package), *solution.axioms, *exactly]))


def show_own_table(console: Console, case: Case, party: str, rows: Sequence[OnTable]) -> None:
    """For one party: the deals on the table by its own points and the rules it knows."""
    seen = case.seen_by(party)
    console.print(Text(f"{case.title}\n", style="bold"), Text(f"for {case.party(party).label}", style="dim"), sep="")
    console.print(_heading("On the table"), _items(own_table_line(seen, row, party) for row in rows))


def _heading(title: str) -> Text:
    return Text(f"\n{title}", style="bold cyan")


def _items(lines: Iterable[str]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    for line in lines:
        grid.add_row(Text(" ·", style="dim"), Text(line))
    return grid
