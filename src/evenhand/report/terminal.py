"""The view for a person at a terminal, 80 columns wide."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from evenhand.case import Case
from evenhand.certify import PROPERTIES, Certificate, Finding, Written, certify_for
from evenhand.deals import Deal, Method, Outcome, total_points, value_of
from evenhand.divide import Procedure
from evenhand.report.lines import cakes, line_rows
from evenhand.report.words import (
    VERDICTS,
    PartyWords,
    case_notes,
    certificate_words,
    for_party,
    listed,
    payments_text,
    points,
    public_steps,
    rechecked_words,
    settlement_text,
    step_text,
)
from evenhand.settle import Solution

_BAR = 30
_OUTCOMES = {
    "confirmed": ("✓", "green"),
    "refuted": ("✗", "red"),
    "not recheckable": ("?", "yellow"),
    "nothing to recheck": ("–", "dim"),
}
_MARKS = {"holds": ("✓", "green"), "fails": ("✗", "red"), "undecided": ("?", "yellow"), "undefined": ("–", "dim")}


def show_solution(console: Console, case: Case, solution: Solution, title: str = "the deal given") -> None:
    """The whole view for the mediator: bars, who gets what, words for each party, what was proved, how.

    `title` is said where no procedure led to the deal.
    """
    title = solution.procedure.title if solution.procedure else title
    console.print(Text(f"{case.title}\n", style="bold"), Text(f"by {title}", style="dim"), sep="")
    console.print()
    console.print(_bars(case, solution.deal, [party.id for party in case.principals]))
    for note in case_notes(case):
        console.print(Text(f"\nNote: {note}", style="yellow"))
    console.print(section("Who gets what"), settlements(case, solution.deal))
    for party in case.principals:
        console.print(section(f"For {party.label}"), _words(for_party(case, solution.deal, party.id)))
    console.print(section("What was proved"), _certificates(case, solution.certificates))
    if solution.trace:
        console.print(section("How it was reached"), _lines(step_text(case, step) for step in solution.trace))
    console.print(section("How it was computed"), _lines(method_lines(solution.method, solution.seconds)))


def show_for_party(console: Console, case: Case, solution: Solution, party: str) -> None:
    """What one party may see: its own bar, the settlements, its words, its certificates."""
    seen = case.seen_by(party)
    console.print(Text(f"{case.title}\n", style="bold"), Text(f"for {case.party(party).label}", style="dim"), sep="")
    console.print()
    console.print(_bars(seen, solution.deal, [party]))
    console.print(section("Who gets what"), settlements(seen, solution.deal))
    console.print(section("For you"), _words(for_party(case, solution.deal, party)))
    console.print(
        section("What was checked with your points"), _certificates(seen, certify_for(case, solution.deal, party))
    )


def show_procedures(console: Console, rows: Sequence[tuple[Procedure, str | None]]) -> None:
    """What each procedure promises: first those that apply to the case, then the others with the reason."""
    ready = [procedure for procedure, why in rows if why is None]
    console.print(Text(f"{len(ready)} of {len(rows)} procedures apply to this case.", style="bold cyan"))
    for procedure in ready:
        console.print()
        _procedure(console, "✓", "green", procedure, [("Promises", procedure.promise), ("Use for", procedure.use)])
    console.print(section("These do not apply here"))
    for procedure, why in rows:
        if why is not None:
            console.print()
            _procedure(console, "–", "dim", procedure, [("Why not", why), ("Promises", procedure.promise)])


def _procedure(console: Console, mark: str, style: str, procedure: Procedure, facts: list[tuple[str, str]]) -> None:
    """A procedure's id and title, and a column of facts under them."""
    console.print(Text.assemble((f"{mark} ", style), (procedure.id, "bold"), (f"  {procedure.title}", "dim")))
    grid = Table.grid(padding=(0, 1))
    for name, fact in facts:
        grid.add_row(Text(f"  {name}:", style="dim"), Text(fact))
    console.print(grid)


def show_outcome(console: Console, case: Case, procedure: Procedure, outcome: Outcome) -> None:
    """What questions led to, for everybody at the table: no points of the case are used."""
    console.print(Text(f"{case.title}\n", style="bold"), Text(f"by {procedure.title}", style="dim"), sep="")
    console.print(section("Who gets what"), settlements(case, outcome.deal))
    steps = public_steps(outcome.trace)
    console.print(section("How it was reached"), _lines(step_text(case, step) for step in steps))
    console.print(section("What it promises"), _lines([procedure.promise]))


def show_script(console: Console, title: str, lines: Sequence[str]) -> None:
    """The steps for a mediator at a table, numbered."""
    console.print(Text(title, style="bold"))
    grid = Table.grid(padding=(0, 1))
    for number, line in enumerate(lines, 1):
        grid.add_row(Text(f"{number:>3}."), Text(line))
    console.print(grid)


def section(title: str) -> Text:
    """The title of a part of a view."""
    return Text(f"\n{title}", style="bold cyan")


def _lines(lines: object) -> RenderableType:
    assert hasattr(lines, "__iter__")
    return Group(*(item(str(line)) for line in lines))


def item(text: str, mark: str = "·") -> RenderableType:
    """A line with a mark before it."""
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text(f" {mark}", style="dim"), Text(text))
    return grid


def _bars(case: Case, deal: Deal, parties: Sequence[str]) -> RenderableType:
    """A bar per party: its points of the most it could have; a mark where no deal stands."""
    grid = Table.grid(padding=(0, 2))
    for party in parties:
        value, total = value_of(case, deal, party), total_points(case, party)
        floor = case.preferences[party].no_deal
        text = Text(f"{points(value)} of {points(total)}")
        text.append(f"  no deal: {points(floor)}", style="dim")
        grid.add_row(Text(case.party(party).label, style="bold"), bar(value, total, floor), text)
    return grid


def bar(value: Fraction, total: Fraction, floor: Fraction) -> Text:
    """Blocks for the value out of the total, with a line where no deal stands."""
    size = max(total, abs(value), Fraction(1))
    filled = min(_BAR, max(0, round(float(value / size) * _BAR)))
    text = Text("█" * filled + "░" * (_BAR - filled))
    at = round(float(floor / size) * _BAR)
    if 0 < at < _BAR:
        text = Text(text.plain[:at] + "│" + text.plain[at + 1 :])
    return text


def settlements(case: Case, deal: Deal) -> RenderableType:
    """How each issue is settled, and who pays."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(max_width=36)
    for issue in case.issues:
        grid.add_row(Text(issue.label), Text(settlement_text(case, issue, deal)))
    if deal.payments:
        grid.add_row(Text("Payments"), Text(payments_text(case, deal)))
    pictures = [Text("\n" + "\n".join(line_rows(case, cake, deal))) for cake in cakes(case)]
    return Padding(Group(grid, *pictures), (0, 0, 0, 1))


def _words(words: PartyWords) -> RenderableType:
    gets = [f"You get {listed(words.gets)}."] if words.gets else ["No asset comes to you."]
    lines = [*gets, words.worth, *words.fair]
    return Group(*(item(line) for line in lines), *(item(line, "→") for line in words.change))


def _certificates(case: Case, certificates: Sequence[Certificate]) -> RenderableType:
    """One row per property; properties without a meaning here for the same reason share a row."""
    grid = Table.grid(padding=(0, 1))
    said = [(found, " ".join(certificate_words(case, found))) for found in certificates]
    for (verdict, words), rows in groupby(said, key=lambda row: (row[0].verdict, row[1])):
        mark, style = _MARKS[verdict]
        group = [found for found, _ in rows]
        if any("reached" in found.witness for found in group):
            mark, style = "≤", "dim"
        text = Text("; ".join(PROPERTIES[found.property].title for found in group), style="bold")
        if verdict in ("undecided", "undefined"):
            text.append(f" ({VERDICTS[verdict]})", style="dim")
        text.append("\n" + words, style="not bold")
        grid.add_row(Text(f" {mark}", style=style), text)
    return grid


def show_findings(console: Console, case: Case, written: Written, findings: Sequence[Finding]) -> None:
    """What rechecking a certificates file found, a line for each certificate."""
    console.print(Text(f"{case.title}\n", style="bold"), Text(rechecked_words(written, findings), style="dim"), sep="")
    if not written.is_of(case):
        note = f"The case has changed since “{written.title}” was certified; this is checked against it as it is now."
        console.print(Text(f"\nNote: {note}", style="yellow"))
    grid = Table.grid(padding=(0, 1))
    for found in findings:
        mark, style = _OUTCOMES[found.outcome]
        text = Text(PROPERTIES[found.property].title, style="bold")
        text.append(f": {VERDICTS[found.verdict]} — {found.outcome}. {found.what}".rstrip(), style="not bold")
        grid.add_row(Text(f" {mark}", style=style), text)
    console.print()
    console.print(grid)


def method_lines(method: Method, seconds: float) -> list[str]:
    """How a deal was computed, in sentences."""
    lines = [f"Method: {method.name}, {method.algorithm}. {method.proof}"]
    if method.gap is not None:
        lines.append(
            "Gap to the best possible: none."
            if method.gap == 0
            else f"Gap to the best possible: at most {method.gap:.2g}."
        )
    if method.seed is not None:
        lines.append(f"Seed: {method.seed}.")
    lines.append(f"Time: {seconds:.2f} s of CPU.")
    return lines
