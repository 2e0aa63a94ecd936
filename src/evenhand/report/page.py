"""The HTML report: one self-contained file that opens with no network."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evenhand import __version__
from evenhand.case import Cake, Case, Chosen, Divisible, Issue, Territory, plain_decimal
from evenhand.certify import PROPERTIES, Certificate, certify_for
from evenhand.deals import Deal, total_points, value_of
from evenhand.report.bargaining_page import bargaining_part
from evenhand.report.charts import Bar, bars, colour_of
from evenhand.report.doubt import doubt_section
from evenhand.report.land_picture import land_picture, lands
from evenhand.report.lines import cakes, line_picture
from evenhand.report.terminal import method_lines
from evenhand.report.words import (
    VERDICTS,
    PartyWords,
    case_notes,
    certificate_words,
    change_text,
    for_party,
    listed,
    own_table_line,
    payments_text,
    rule_text,
    settlement_text,
    step_text,
)
from evenhand.settle import Bargaining, Refusal, Request, Solution, by_reason, own_table, without_each_rule


@dataclass(frozen=True)
class _Proof:
    """A certificate ready to show."""

    title: str
    meaning: str
    definition: str
    source: str
    verdict: str
    verdict_text: str
    lines: list[str]
    assumed: tuple[str, ...]


@dataclass(frozen=True)
class _Way:
    """One procedure that leads to a deal, ready to show."""

    id: str
    title: str
    promise: str
    changes: list[str]
    trace: list[str]
    method: list[str]
    again: str
    ties: str


@dataclass(frozen=True)
class _Section:
    """One deal ready to show, and every procedure that leads to it."""

    title: str
    chart: Markup
    parties: list[PartyWords]
    proofs: list[_Proof]
    ways: list[_Way]


def report_page(
    case: Case,
    solutions: Sequence[Solution],
    refusals: Sequence[Refusal],
    request: Request,
    file: str,
    bargaining: Bargaining | None = None,
) -> str:
    """The mediator's report: the case, the deals side by side, every explanation and certificate, and bargaining.

    `file` is the name of the case file, shown in the commands that run it again.
    """
    groups = _by_deal(solutions)
    sections = [_section(case, group, request, file) for group in groups]
    deals = [group[0].deal for group in groups]
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            case=case,
            sections=sections,
            refusals=[(listed([p.title for p in refused]), why) for why, refused in by_reason(refusals).items()],
            table=[(issue, [settlement_text(case, issue, deal) for deal in deals]) for issue in case.issues],
            payments=[payments_text(case, deal) for deal in deals],
            verdicts=_verdict_table([group[0] for group in groups]),
            points=points_table(case),
            rules=[(rule, rule_text(case, rule)) for rule in case.rules],
            notes=_issue_notes(case),
            remarks=case_notes(case),
            part=bargaining_part(bargaining) if bargaining else None,
            doubt=doubt_section(case, file),
            version=__version__,
            plain=plain_decimal,
        )
    )


def party_page(case: Case, solutions: Sequence[Solution], party: str) -> str:
    """One party's page: made from that party's view of the case, so no other's numbers can be on it."""
    seen = case.seen_by(party)
    deals = [group[0].deal for group in _by_deal(solutions)]
    rows = [
        {
            "title": f"Proposal {number}" if len(deals) > 1 else "The proposal",
            "chart": deal_chart(seen, deal, [party]),
            "words": for_party(case, deal, party),
            "proofs": [_own_proof(seen, c) for c in certify_for(case, deal, party) if c.verdict != "undefined"],
            "deal": [(issue, settlement_text(seen, issue, deal)) for issue in seen.issues],
            "payments": payments_text(seen, deal),
        }
        for number, deal in enumerate(deals, 1)
    ]
    page = environment().get_template("party.html.j2")
    table = [own_table_line(seen, row, party) for row in own_table(case, party)]
    return page.render(case=seen, rows=rows, party=case.party(party), table=table, version=__version__)


def _by_deal(solutions: Sequence[Solution]) -> list[list[Solution]]:
    """The solutions with the same deal together, deals in the order in which they first come."""
    groups: list[list[Solution]] = []
    for solution in solutions:
        known = next((group for group in groups if group[0].deal == solution.deal), None)
        if known is None:
            groups.append([solution])
        else:
            known.append(solution)
    return groups


def environment() -> Environment:
    """The templates; what they are given is escaped."""
    return Environment(
        loader=PackageLoader("evenhand.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _section(case: Case, group: Sequence[Solution], request: Request, file: str) -> _Section:
    deal, parties = group[0].deal, [party.id for party in case.principals]
    ways = [_way(case, solution, request, file) for solution in group]
    return _Section(
        listed([way.title for way in ways]),
        deal_chart(case, deal, parties),
        [for_party(case, deal, party) for party in parties],
        [_proof(case, found) for found in group[0].certificates],
        ways,
    )


def _way(case: Case, solution: Solution, request: Request, file: str) -> _Way:
    procedure = solution.procedure
    assert procedure is not None
    seed = f" --seed {request.seed}" if request.seed is not None else ""
    return _Way(
        procedure.id,
        procedure.title,
        procedure.promise,
        [change_text(case, change) for change in without_each_rule(case, solution, request)],
        [step_text(case, step) for step in solution.trace],
        [*method_lines(solution.method, solution.seconds), _versions(solution)],
        f"evenhand divide {shlex.quote(file)} --by {procedure.id}{seed}",
        procedure.ties,
    )


def _versions(solution: Solution) -> str:
    return "Computed with " + ", ".join(f"{name} {version}" for name, version in solution.versions.items()) + "."


def deal_chart(case: Case, deal: Deal, parties: Iterable[str]) -> Markup:
    """A bar of points for each of these parties, and a picture of each cake and each line on a map."""
    order = [party.id for party in case.principals]
    rows = [
        Bar(
            case.party(party).label,
            value_of(case, deal, party),
            total_points(case, party),
            case.preferences[party].no_deal,
            colour_of(order.index(party)),
        )
        for party in parties
    ]
    pictures = "".join(line_picture(case, cake, deal) for cake in cakes(case))
    pictures += "".join(land_picture(case, land, deal) for land in lands(case))
    return Markup(bars(rows, "Points of each party") + pictures)  # charts and lines escape every name in it


def _proof(case: Case, certificate: Certificate) -> _Proof:
    found = PROPERTIES[certificate.property]
    return _Proof(
        found.title,
        found.meaning,
        found.definition,
        found.source,
        certificate.verdict,
        VERDICTS[certificate.verdict],
        certificate_words(case, certificate),
        certificate.assumed,
    )


def _own_proof(seen: Case, certificate: Certificate) -> _Proof:
    """A certificate as one party may read it: about itself alone."""
    return replace(_proof(seen, certificate), meaning=PROPERTIES[certificate.property].own_meaning or "")


def _verdict_table(solutions: Sequence[Solution]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """For each property its title, its meaning, and (verdict, word) per solution."""
    return [
        (found.title, found.meaning, [_verdict_cell(s.certificate(found.id)) for s in solutions])
        for found in PROPERTIES.values()
    ]


def _verdict_cell(certificate: Certificate) -> tuple[str, str]:
    """The verdict and what the table says of it; of a limit, how near the deal comes to it."""
    reached = certificate.witness.get("reached")
    if reached is None:
        return certificate.verdict, VERDICTS[certificate.verdict]
    return "bound", f"{plain_decimal(Fraction(str(reached)) * 100)}% of the limit"


def points_table(case: Case) -> list[tuple[Issue, list[str]]]:
    """For each issue, each principal's points, with the worth of options."""
    return [(issue, [_points_text(case, issue, party.id) for party in case.principals]) for issue in case.issues]


def _points_text(case: Case, issue: Issue, party: str) -> str:
    preference = case.preferences[party]
    text = plain_decimal(preference.points[issue.id])
    if isinstance(issue, Chosen):
        values = preference.values[issue.id]
        text += ": " + ", ".join(f"{option.label} {plain_decimal(values[option.id])}" for option in issue.options)
    if isinstance(preference.doubt, dict) and not isinstance(doubt := preference.doubt.get(issue.id, ""), str):
        text += f" (between {plain_decimal(doubt[0])} and {plain_decimal(doubt[1])})"
    return text


def _issue_notes(case: Case) -> dict[str, str]:
    """What kind of thing each issue is, in words."""
    return {issue.id: _issue_note(issue) for issue in case.issues}


def _issue_note(issue: Issue) -> str:
    if isinstance(issue, Territory):
        return "land, divided by a line"
    if isinstance(issue, Chosen):
        return "a choice"
    if isinstance(issue, Cake):
        return "can be cut anywhere"
    if isinstance(issue, Divisible):
        amount = f" {plain_decimal(issue.amount)} {issue.unit}".rstrip() if issue.amount is not None else ""
        return f"can be split{amount and ','}{amount}" + (", a burden" if issue.burden else "")
    return "whole" + (", a burden" if issue.burden else "") + (", may be held jointly" if issue.joint else "")
