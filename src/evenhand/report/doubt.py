"""What doubt does to packages, shown: in a terminal, as JSON, and as a section of the report."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

from markupsafe import Markup
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evenhand.bargain.doubt import DoubtTable, Effect, OwnOutlook, PackageOutlook, PartyOutlook, doubt_table, recorded
from evenhand.case import Case, fraction_text
from evenhand.deals import NotDefined, deal_file
from evenhand.report.words.doubt import (
    doubt_notes,
    doubt_question,
    effect_text,
    holds_text,
    likely_range,
    origin_text,
    own_words,
    package_name,
    regret_text,
    risk_text,
)
from evenhand.report.words.plain import settlement_text


def show_doubt(console: Console, table: DoubtTable) -> None:
    """The mediator's view: a row per package, what differs between them, what to ask whom."""
    case = table.case
    console.print(Text(f"{case.title}\n", style="bold"), Text("what survives doubt", style="dim"), sep="")
    console.print(Text("For the mediator alone: this rests on everybody's points.\n", style="yellow"))
    console.print(_rows(table))
    console.print(_heading("What is in them"), _settlements(table))
    console.print(_heading("What to choose"))
    _paragraphs(console, choice_lines(table))
    console.print(_heading("What to ask"))
    _paragraphs(console, question_lines(table))
    console.print(_heading("How this was found"))
    _paragraphs(console, list(doubt_notes(table)))


def _heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold cyan")


def _paragraphs(console: Console, lines: Sequence[str]) -> None:
    grid = Table.grid(padding=(0, 1))
    for line in lines:
        grid.add_row(Text(" ·", style="dim"), Text(line))
    console.print(grid)


def _rows(table: DoubtTable) -> Table:
    grid = Table(box=None, padding=(0, 1), pad_edge=False)
    grid.add_column("")
    grid.add_column("package")
    for name in ("holds in", "regret\nexpected", "\nworst", "\nat most"):
        grid.add_column(name, justify="right")
    grid.add_column("at risk")
    for number, package in enumerate(table.packages):
        grid.add_row(
            Text(package_name(number), style="bold"),
            Text(_from(table.case, package)),
            Text(holds_text(package, table.worlds)),
            Text(regret_text(package.expected)),
            Text(regret_text(package.worst)),
            Text(at_most_text(package)),
            Text(risk_text(table.case, package, table.worlds)),
        )
    return grid


def _from(case: Case, package: PackageOutlook) -> str:
    text = "; ".join(origin_text(case, origin) for origin in package.origins[:2])
    return f"{text} (breaks {', '.join(package.breaks)})" if package.breaks else text


def at_most_text(package: PackageOutlook) -> str:
    """The bound on regret over all possible worlds, if there is one."""
    return "–" if package.at_worst is None else regret_text(package.at_worst)


def _settlements(table: DoubtTable) -> Table:
    """Issue by issue, each settlement with the packages that have it."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(max_width=30)
    for issue, ways in settlement_rows(table):
        text = ways[0][0] if len(ways) == 1 else "\n".join(f"{names}: {way}" for way, names in ways)
        grid.add_row(Text(issue), Text(text))
    return grid


def settlement_rows(table: DoubtTable) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each issue its settlements, each with the names of the packages that have it."""
    rows = []
    for issue in table.case.issues:
        ways: dict[str, list[str]] = {}
        for number, package in enumerate(table.packages):
            ways.setdefault(settlement_text(table.case, issue, package.deal), []).append(package_name(number))
        rows.append((issue.label, [(way, " ".join(names)) for way, names in ways.items()]))
    return rows


def choice_lines(table: DoubtTable) -> list[str]:
    """The packages that stand out, in sentences."""
    worst, expected = package_name(table.least_worst), package_name(table.least_expected)
    lines = [f"Least worst regret: {worst}. Least expected regret: {expected}."]
    sure = [package_name(n) for n, found in enumerate(table.packages) if holds_text(found, table.worlds) == "always"]
    if sure:
        than = "At least as good as no deal for everyone, whatever the points turn out to be:"
        return [*lines, f"{than} {', '.join(sure)}."]
    most = max(range(len(table.packages)), key=lambda k: table.packages[k].holds)
    often = f"{package_name(most)} ({holds_text(table.packages[most], table.worlds)})"
    return [*lines, f"None is sure to be at least as good as no deal for everyone; most often {often}."]


def question_lines(table: DoubtTable) -> list[str]:
    """The question that would lower expected regret most; and the other, where another lowers the worst more."""
    first, second = table.expected_question, table.worst_question
    if first is None and second is None:
        return [f"None of {table.asked} questions would change which package is best: nothing needs to be asked."]
    shown = [effect for effect in (first, second) if effect is not None]
    if len(shown) == 2 and shown[0].question == shown[1].question:
        shown.pop()
    lines = []
    for effect in shown:
        asked = doubt_question(table, effect)
        lines += [f"Ask {asked.label} alone: {asked.text}", *asked.lines, effect_text(effect)]
    return lines


def show_own_doubt(console: Console, case: Case, party: str, found: Sequence[OwnOutlook], worlds: int) -> None:
    """One party's view: what each package on the table means to it, within its own doubt."""
    console.print(Text(f"{case.title}\n", style="bold"), Text(f"for {case.party(party).label}", style="dim"), sep="")
    for own in found:
        console.print(_heading(origin_text(case, own.origin).capitalize()))
        _paragraphs(console, own_words(case, own, worlds))


def doubt_json(table: DoubtTable) -> dict[str, Any]:
    """The table as plain data, for the mediator. Regrets are parts of the most one party could gain."""
    names = [package_name(number) for number in range(len(table.packages))]
    return {
        "case": table.case.title,
        "view": "mediator",
        "worlds": table.worlds,
        "seed": table.seed,
        "criterion": table.criterion,
        "unsure": table.unsure,
        "best_listed": table.best_listed,
        "worst_exact": table.worst_exact,
        "stopped": table.stopped,
        "packages": [_package_json(table, name, found) for name, found in zip(names, table.packages, strict=True)],
        "least_worst_regret": names[table.least_worst],
        "least_expected_regret": names[table.least_expected],
        "questions_tried": table.asked,
        "question": _question_json(table, table.expected_question),
        "question_for_worst": _question_json(table, table.worst_question),
        "notes": list(doubt_notes(table)),
    }


def _package_json(table: DoubtTable, name: str, package: PackageOutlook) -> dict[str, Any]:
    return {
        "name": name,
        "from": [{"kind": o.kind, "name": o.name, "part": fraction_text(o.part)} for o in package.origins],
        **deal_file(package.deal),
        "breaks": list(package.breaks),
        "holds": _chance_json(package.holds, table.worlds),
        "parties": {found.party: _party_json(found, table.worlds) for found in package.parties},
        "regret": {
            "expected": round(package.expected, 9),
            "worst_seen": round(package.worst, 9),
            "at_most": None if package.at_worst is None else fraction_text(package.at_worst),
        },
    }


def _chance_json(count: int, worlds: int) -> dict[str, Any]:
    low, high = likely_range(count, worlds)
    return {"worlds": count, "part": round(count / worlds, 6), "between": [round(low, 6), round(high, 6)]}


def _party_json(found: PartyOutlook, worlds: int) -> dict[str, Any]:
    return {
        **_chance_json(found.holds, worlds),
        "sure": found.sure,
        "points": [fraction_text(found.low), fraction_text(found.high)],
        "least_gain": fraction_text(found.least_gain),
    }


def _question_json(table: DoubtTable, effect: Effect | None) -> dict[str, Any] | None:
    if effect is None:
        return None
    asked = doubt_question(table, effect)
    return {
        "to": asked.party,
        "kind": effect.question.kind,
        "text": asked.text,
        "lines": list(asked.lines),
        "yes": fraction_text(effect.yes),
        "record": {answer: _record_json(table, effect, yes=answer == "yes") for answer in ("yes", "no")},
        "if_yes": package_name(effect.if_yes),
        "if_no": package_name(effect.if_no),
        "expected_regret": [round(effect.expected_before, 9), round(effect.expected_after, 9)],
        "worst_regret": [round(effect.worst_before, 9), round(effect.worst_after, 9)],
    }


def _record_json(table: DoubtTable, effect: Effect, *, yes: bool) -> dict[str, Any] | None:
    deals = {number: package.deal for number, package in enumerate(table.packages)}
    return recorded(table.case, table.wants[effect.question.party], deals, effect.question, yes=yes)


def own_doubt_json(case: Case, party: str, found: Sequence[OwnOutlook], worlds: int, seed: int) -> dict[str, Any]:
    """One party's view as plain data."""
    return {
        "case": case.title,
        "view": party,
        "worlds": worlds,
        "seed": seed,
        "packages": [
            {
                "from": {"kind": own.origin.kind, "name": own.origin.name},
                **deal_file(own.deal),
                **_party_json(own.outlook, worlds),
                "words": own_words(case, own, worlds),
            }
            for own in found
        ],
    }


@dataclass(frozen=True)
class DoubtSection:
    """The section of the mediator's report, ready to show.

    `rows` have name, origin, holds, expected, worst, at_most, risk.
    """

    worlds: str
    bars: Markup
    rows: list[dict[str, str]]
    settlements: list[tuple[str, list[tuple[str, str]]]]
    choice: list[str]
    ask: list[str]
    notes: list[str]
    again: str


def doubt_section(case: Case, file: str) -> DoubtSection | None:
    """The section on doubt; None where nobody is in doubt, or doubt cannot be tested."""
    try:
        table = doubt_table(case)
    except NotDefined:
        return None
    rows = [
        {
            "name": package_name(number),
            "origin": _from(case, package),
            "holds": holds_text(package, table.worlds),
            "expected": regret_text(package.expected),
            "worst": regret_text(package.worst),
            "at_most": at_most_text(package),
            "risk": risk_text(case, package, table.worlds),
        }
        for number, package in enumerate(table.packages)
    ]
    again = f"evenhand doubt {shlex.quote(file)} --seed {table.seed}"
    told = choice_lines(table), question_lines(table), list(doubt_notes(table))
    return DoubtSection(f"{table.worlds:,}", doubt_bars(table), rows, settlement_rows(table), *told, again)


_WIDTH, _ROW, _NAME, _BAR = 540, 34, 60, 340


def doubt_bars(table: DoubtTable) -> Markup:
    """A bar per package: in which part of the worlds it holds for everyone; in words for those who cannot see it."""
    rows = [
        (package_name(number), Fraction(found.holds, table.worlds), holds_text(found, table.worlds))
        for number, found in enumerate(table.packages)
    ]
    spoken = "; ".join(f"{name}: {text}" for name, _, text in rows)
    drawn = "".join(_bar(number, *row) for number, row in enumerate(rows))
    title = escape(f"At least as good as no deal for everyone, part of the worlds. {spoken}")
    height = _ROW * len(rows) + 8
    return Markup(f'<svg class="bars" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{title}">{drawn}</svg>')


def _bar(number: int, name: str, part: Fraction, text: str) -> str:
    top = number * _ROW + 8
    return (
        f'<text x="{_NAME - 10}" y="{top + 14}" class="name">{escape(name)}</text>'
        f'<rect x="{_NAME}" y="{top}" width="{_BAR}" height="18" class="rest"/>'
        f'<rect x="{_NAME}" y="{top}" width="{float(part) * _BAR:.1f}" height="18" fill="#4f6d7a"/>'
        f'<text x="{_NAME + _BAR + 10}" y="{top + 14}" class="value">{escape(text)}</text>'
    )
