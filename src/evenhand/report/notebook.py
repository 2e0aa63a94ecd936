"""Cases, deals and frontiers as a notebook shows them: tables and pictures, for the mediator's eyes.

In a notebook, `%load_ext evenhand.report.notebook` makes cases, deals and frontiers show themselves. Anywhere else
`view(thing, case)` is an object with `_repr_html_`. Nothing here needs a notebook to be installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from markupsafe import Markup

from evenhand.bargain import Frontier
from evenhand.case import Case, plain_decimal
from evenhand.certify import PROPERTIES
from evenhand.deals import Deal, value_of
from evenhand.report.frontier import completeness, count_text, spread
from evenhand.report.page import deal_chart, environment, points_table
from evenhand.report.picture import Mark, Picture
from evenhand.report.scatter import scatter
from evenhand.report.words import VERDICTS, case_notes, payments_text, rule_text, settlement_text
from evenhand.settle import Solution

_MOST_ROWS = 12
_MEDIATOR = "For the mediator: this shows every party's points."


@dataclass(frozen=True)
class View:
    """Something to show in a notebook."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


class _Formatter(Protocol):
    """What IPython keeps for a kind of output; only this much of it is used."""

    def for_type(self, kind: type, show: Callable[[Any], str]) -> object:
        """Show objects of this type so."""


def view(thing: Case | Deal | Solution | Frontier, case: Case | None = None) -> View:
    """The view of a case, a deal, a solution or a frontier; a deal or solution with its case has names and points.

    Raises TypeError for anything else, and for a solution without its case.
    """
    if isinstance(thing, Case):
        return View(_case_html(thing))
    if isinstance(thing, Frontier):
        return View(_frontier_html(thing))
    if isinstance(thing, Deal):
        return View(_plain_deal_html(thing) if case is None else _deal_html(case, thing, "A deal", []))
    if isinstance(thing, Solution) and case is not None:
        return View(_solution_html(case, thing))
    raise TypeError("a case, a deal, a frontier, or a solution with its case can be shown")


def activate(formatter: _Formatter) -> None:
    """Let IPython's HTML formatter show cases, deals and frontiers."""
    for kind in (Case, Deal, Frontier):
        formatter.for_type(kind, lambda thing: view(thing).html)


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext evenhand.report.notebook` calls."""
    activate(shell.display_formatter.formatters["text/html"])


def _rendered(
    title: str,
    lines: Iterable[str],
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[str]]],
    *,
    picture: Markup | str = "",
    notes: Iterable[str] = (),
) -> str:
    page = environment().get_template("notebook.html.j2")
    return page.render(title=title, lines=list(lines), heads=heads, rows=rows, picture=picture, notes=list(notes))


def _case_html(case: Case) -> str:
    """Issues down, parties across, points in the cells; then what no deal is worth, and the rules."""
    rows = [(issue.label, texts) for issue, texts in points_table(case)]
    rows.append(("No deal", [plain_decimal(case.preferences[party.id].no_deal) for party in case.principals]))
    notes = [*(f"Rule: {rule_text(case, rule)}" for rule in case.rules), *case_notes(case)]
    return _rendered(case.title, [_MEDIATOR], [party.label for party in case.principals], rows, notes=notes)


def _plain_deal_html(deal: Deal) -> str:
    """A deal that does not know its case: ids."""
    rows = [(issue, [_settled(settlement)]) for issue, settlement in deal.settlements.items()]
    return _rendered("A deal", ["Show it with its case for names and points."], ["settled as"], rows)


def _settled(settlement: Any) -> str:
    if isinstance(settlement, str):
        return settlement
    return ", ".join(f"{party} {share}" for party, share in settlement.items())


def _deal_html(case: Case, deal: Deal, title: str, notes: Sequence[str]) -> str:
    """How each issue is settled, and what that is worth to each party, as bars."""
    rows = [(issue.label, [settlement_text(case, issue, deal)]) for issue in case.issues]
    if paid := payments_text(case, deal):
        rows.append(("Payments", [paid]))
    chart = deal_chart(case, deal, [party.id for party in case.principals])
    worth = ", ".join(f"{party.label} {plain_decimal(value_of(case, deal, party.id))}" for party in case.principals)
    lines = [_MEDIATOR, f"Points: {worth}"]
    return _rendered(f"{case.title}: {title}", lines, ["settled as"], rows, picture=chart, notes=notes)


def _solution_html(case: Case, solution: Solution) -> str:
    title = solution.procedure.title if solution.procedure else "a deal that was brought"
    notes = [f"{PROPERTIES[found.property].title}: {VERDICTS[found.verdict]}" for found in solution.certificates]
    return _deal_html(case, solution.deal, title, notes)


def _frontier_html(frontier: Frontier) -> str:
    """How many efficient values, for two parties a picture of them, and some from one end to the other."""
    case, count = frontier.case, len(frontier)
    heads = [*(party.label for party in case.principals), "settled as"]
    rows = [_package(case, str(k + 1), frontier.value(k), frontier.deal(k)) for k in spread(count, _MOST_ROWS)]
    for number, segment in enumerate(frontier.segments[:_MOST_ROWS], 1):
        rows.append(_package(case, f"stretch {number}, from", segment.start, segment.start_deal))
        rows.append(_package(case, f"stretch {number}, to", segment.end, segment.end_deal))
    lines = [_MEDIATOR, f"{count_text(frontier).rstrip('.')}. {completeness(frontier)}"]
    notes = [f"{_MOST_ROWS} of {count:,}, from one end to the other."] if count > _MOST_ROWS else []
    return _rendered(f"{case.title}: efficient packages", lines, heads, rows, picture=_picture(frontier), notes=notes)


def _package(case: Case, name: str, values: Sequence[Fraction], deal: Deal) -> tuple[str, list[str]]:
    settled = "; ".join(f"{issue.label}: {settlement_text(case, issue, deal)}" for issue in case.issues)
    return name, [*map(plain_decimal, values), settled]


def _picture(frontier: Frontier) -> Markup:
    if len(frontier.parties) != 2 or not (len(frontier) or frontier.segments):
        return Markup("")
    first, second = (frontier.case.party(party).label for party in frontier.parties)
    (right, up), floor = frontier.scales, frontier.no_deal
    dots = tuple((int(one) / right, int(other) / up) for one, other in frontier.values)
    stretches = tuple(
        ((float(s.start[0]), float(s.start[1])), (float(s.end[0]), float(s.end[1]))) for s in frontier.segments
    )
    no_deal = Mark("x", "no deal", (float(floor[0]), float(floor[1])), "start")
    return Markup(scatter(Picture((first, second), dots, stretches, (no_deal,))))  # scatter escapes every name
