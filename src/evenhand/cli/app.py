"""The commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evenhand import __version__
from evenhand.cli.asking import ask
from evenhand.cli.bargain import bargain
from evenhand.cli.certificates import only_recheck, recheck_file, write_certificates
from evenhand.cli.doubt import doubt
from evenhand.cli.exchange import convert
from evenhand.cli.frontier import frontier
from evenhand.cli.land import land_app
from evenhand.cli.negotiate import negotiate
from evenhand.cli.offers import offers
from evenhand.cli.record import read, record_app
from evenhand.cli.running import Opened, console, progress, refuse, stop, write
from evenhand.cli.usage import run

if TYPE_CHECKING:
    from evenhand.case import Case, Party
    from evenhand.settle import Refusal, Request, Solution

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Fair division that proves itself: write a case, get a deal, understand it, pass it on.",
)

CaseFile = Annotated[str, typer.Argument(metavar="CASE", help="A case file (YAML or JSON).", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of the view for people.")]
Seed = Annotated[int | None, typer.Option(help="Seed for random choices; without it none is made.", show_default=False)]
Time = Annotated[
    float | None, typer.Option(help="Limit in CPU seconds; then the best so far, with its gap.", min=0.05, max=1e6)
]
CertificatesFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Also write every certificate to this file, to check it again.")
]
For = Annotated[str | None, typer.Option("--for", metavar="PARTY", help="Show only what this party may see.")]


def main() -> None:
    """Run the command line."""
    run(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"evenhand {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def check(case: CaseFile, as_json: AsJson = False) -> None:
    """Check a case file and say what it holds."""
    opened = Opened(case, as_json=as_json)
    from evenhand.report.words import case_notes
    from evenhand.settle import applying, check_satisfiable

    with opened.guarded():
        check_satisfiable(opened.case)
    rows = applying(opened.case)
    if as_json:
        procedures = [{"procedure": procedure.id, "why_not": why} for procedure, why in rows]
        _print_json(
            {"case": opened.case.title, "problems": [], "notes": case_notes(opened.case), "procedures": procedures}
        )
        return
    found = opened.case
    typer.echo(f"{case}: {found.title}")
    counts = {"principals": found.principals, "issues": found.issues, "rules": found.rules}
    typer.echo(
        "  " + ", ".join(f"{noun}: {len(parts)}" for noun, parts in counts.items()) + "; some deal keeps every rule."
    )
    for note in case_notes(found):
        typer.echo(f"  Note: {note}")
    ready = [procedure.id for procedure, why in rows if why is None]
    typer.echo(f"  Procedures that apply: {', '.join(ready)}.\n")


@app.command()
def divide(
    case: CaseFile,
    by: Annotated[str, typer.Option(metavar="PROCEDURE", help="The procedure; `list` shows which apply.")] = "list",
    seed: Seed = None,
    time: Time = None,
    sequence: Annotated[
        str | None, typer.Option(metavar="TURNS", help='For picking-sequence: who picks when, "ana ben ben ana".')
    ] = None,
    party: For = None,
    output: Annotated[Path | None, typer.Option("-o", help="Also write the deal to this file.")] = None,
    certificates: CertificatesFile = None,
    as_json: AsJson = False,
) -> None:
    """Divide by one procedure and certify the deal."""
    opened = Opened(case, as_json=as_json)
    eyes = opened.principal(party)
    opened.keep_apart(output)
    opened.keep_apart(certificates)
    from evenhand.settle import applying, check_satisfiable, settle

    if by == "list":
        with opened.guarded():
            check_satisfiable(opened.case)
        _list_procedures([(p, why and opened.reason(why)) for p, why in applying(opened.case)], as_json=as_json)
        return
    _known_procedure(by, as_json=as_json)
    turns = _turns(opened, by, sequence)
    with opened.guarded(), progress(quiet=as_json) as tell:
        solution = settle(opened.case, by, _request(seed, time, tell, turns))
    if output is not None:
        from evenhand.deals import deal_file
        from evenhand.report.shape import dumped

        write(str(output), dumped(deal_file(solution.deal)) + "\n", as_json=as_json)
    write_certificates(opened, solution, certificates)
    _show(opened.case, solution, eyes, as_json=as_json)


def _turns(opened: Opened, by: str, sequence: str | None) -> tuple[str, ...]:
    """The order of turns, each name checked."""
    if sequence is None:
        return ()
    from evenhand.case import nearest_name

    if by != "picking-sequence":
        refuse("--sequence is for picking-sequence.", "Add --by picking-sequence.", as_json=opened.as_json)
    turns, known = tuple(sequence.replace(",", " ").split()), [party.id for party in opened.case.principals]
    for party in turns:
        if party not in known:
            refuse(f'there is no principal "{party}".', nearest_name(party, known), as_json=opened.as_json)
    if not turns:
        refuse("the order of turns is empty.", 'Write --sequence "ana ben ben ana".', as_json=opened.as_json)
    return turns


def _request(seed: int | None, seconds: float | None, tell: Any, turns: tuple[str, ...] = ()) -> Request:
    from evenhand.settle import Request

    return Request(seed, seconds, tell, turns)


def _list_procedures(rows: Any, *, as_json: bool) -> None:
    if as_json:
        _print_json(
            {
                "procedures": [
                    {"procedure": p.id, "promise": p.promise, "source": p.source, "why_not": why} for p, why in rows
                ]
            }
        )
        return
    from evenhand.report.terminal import show_procedures

    show_procedures(console(), rows)


def _known_procedure(by: str, *, as_json: bool) -> None:
    from evenhand.case import nearest_name
    from evenhand.divide import PROCEDURES

    if by not in PROCEDURES:
        refuse(f'there is no procedure "{by}".', nearest_name(by, list(PROCEDURES)), as_json=as_json)


@app.command()
def certify(
    case: CaseFile,
    deal: Annotated[
        str | None,
        typer.Argument(metavar="[DEAL]", help='A deal file, {"deal": {issue: settlement}}.', show_default=False),
    ] = None,
    party: For = None,
    certificates: CertificatesFile = None,
    recheck: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Check a certificates file again, without searching.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a deal that somebody brought: what holds, what fails, with witnesses."""
    opened = Opened(case, as_json=as_json)
    eyes = opened.principal(party)
    if recheck is not None:
        only_recheck(opened, deal, certificates)
        recheck_file(opened, recheck)
    if deal is None:
        refuse("there is no deal to check.", "Name a deal file, or add --recheck FILE.", as_json=as_json)
    opened.keep_apart(certificates)
    from evenhand.case import CaseError
    from evenhand.deals import load_deal
    from evenhand.settle import examine

    try:
        given = load_deal(opened.case, deal)
    except CaseError as error:
        stop(error.problems, as_json=as_json)
    with progress(quiet=as_json):
        solution = examine(opened.case, given)
    write_certificates(opened, solution, certificates)
    _show(opened.case, solution, eyes, as_json=as_json)


@app.command()
def report(
    case: CaseFile,
    output: Annotated[
        Path | None, typer.Option("-o", help="The HTML file to write (report.html, or report-PARTY.html).")
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="PROCEDURE", help="Only this procedure.", show_default=False)
    ] = None,
    seed: Seed = None,
    time: Time = None,
    party: For = None,
    as_json: AsJson = False,
) -> None:
    """Run every procedure that applies and write one self-contained HTML page."""
    opened = Opened(case, as_json=as_json)
    eyes = opened.principal(party)
    output = output or Path(f"report-{eyes}.html" if eyes else "report.html")
    opened.keep_apart(output)
    if by is not None:
        _known_procedure(by, as_json=as_json)
    from evenhand.report.page import party_page, report_page
    from evenhand.settle import Solution, bargain_if_negotiated, check_satisfiable, settle_all

    with opened.guarded(), progress(quiet=as_json) as tell:
        check_satisfiable(opened.case)
        request = _request(seed, time, tell)
        results = settle_all(opened.case, request, [by] if by else None)
        solutions = [found for found in results if isinstance(found, Solution)]
        refusals = [found for found in results if not isinstance(found, Solution)]
        page = (
            party_page(opened.case, solutions, eyes)
            if eyes
            else report_page(
                opened.case, solutions, refusals, request, case, bargain_if_negotiated(opened.case, request)
            )
        )
    write(str(output), page, as_json=as_json)
    _tell_of_report(opened.case, output, solutions, [] if eyes else refusals, eyes, as_json=as_json)


def _tell_of_report(
    case: Case, output: Path, solutions: list[Solution], refusals: list[Refusal], eyes: str | None, *, as_json: bool
) -> None:
    """What was written, in short. One party hears nothing of why procedures were refused."""
    from evenhand.report.shape import refusal_json, solution_json, solution_json_for
    from evenhand.report.words import listed
    from evenhand.settle import by_reason

    if as_json:
        shape = [solution_json_for(case, found, eyes) if eyes else solution_json(case, found) for found in solutions]
        _print_json({"report": str(output), "solutions": shape, "refused": [refusal_json(found) for found in refusals]})
        return
    for solution in solutions:
        assert solution.procedure is not None
        typer.echo(f"  {solution.procedure.title}: {_values_text(case, solution, eyes)}")
    for why, refused in by_reason(refusals).items():
        typer.echo(f"  {listed([procedure.title for procedure in refused])}: not here. {why}")
    typer.echo(f"The report is in {output}; open it in any browser, no network needed.")


def _values_text(case: Case, solution: Solution, eyes: str | None) -> str:
    from evenhand.case import plain_decimal

    shown: list[Party] = [party for party in case.principals if eyes in (None, party.id)]
    return ", ".join(f"{party.label} {plain_decimal(solution.values[party.id])}" for party in shown)


@app.command()
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The case file to write.")] = Path("case.yaml"),
    points: Annotated[Path | None, typer.Option(help="A CSV or XLSX table: issues down, parties across.")] = None,
    title: Annotated[str, typer.Option(help="What the case is called.")] = "A new case",
    into: Annotated[bool, typer.Option("--into", help="Put the table's points into FILE, keeping all else.")] = False,
    as_json: AsJson = False,
) -> None:
    """Start a case file: from a points table, or with a small one to change."""
    from evenhand.case import (
        CaseError,
        case_from_table,
        case_text,
        load_case,
        read_points_table,
        save_case,
        with_points,
    )

    if into and points is None:
        refuse("--into needs a table.", "Add --points FILE.", as_json=as_json)
    if file.exists() and not into:
        mend = "Name another file, or add --into to renew its points."
        refuse(f"{file} exists already; nothing was written.", mend, as_json=as_json)
    try:
        if into and points is not None:
            save_case(with_points(load_case(file), read_points_table(points)), file)
        elif points is not None:
            write(str(file), case_text(case_from_table(read_points_table(points), title)), as_json=as_json)
        else:
            write(str(file), starter_text(title), as_json=as_json)
    except CaseError as error:
        stop(error.problems, as_json=as_json)
    if as_json:
        _print_json({"written": str(file)})
    else:
        typer.echo(f"Wrote {file}. Change it in any editor, then: evenhand check {file}")


def starter_text(title: str) -> str:
    """A small case with a comment on every part."""
    import json
    from importlib.resources import files

    return (
        files("evenhand.cli")
        .joinpath("starter.yaml")
        .read_text("utf-8")
        .replace("TITLE", json.dumps(title, ensure_ascii=False))
    )


@app.command()
def schema() -> None:
    """Print the JSON Schema of a case file."""
    from evenhand.case import json_schema

    _print_json(json_schema())


app.command()(ask)
app.command()(convert)
app.command()(offers)
app.command()(bargain)
app.command()(negotiate)
app.command()(frontier)
app.command()(doubt)
app.add_typer(land_app, name="land")
app.command()(read)
app.add_typer(record_app, name="record")


def _show(case: Case, solution: Solution, eyes: str | None, *, as_json: bool) -> None:
    from evenhand.report.shape import solution_json, solution_json_for

    if as_json:
        _print_json(solution_json_for(case, solution, eyes) if eyes else solution_json(case, solution))
        return
    from evenhand.report.terminal import show_for_party, show_solution

    if eyes:
        show_for_party(console(), case, solution, eyes)
    else:
        show_solution(console(), case, solution)


def _print_json(data: Any) -> None:
    from evenhand.report.shape import dumped

    typer.echo(dumped(data))
