"""`evenhand read` and `evenhand record`: from reports to who said what, to a page for review, to a draft case."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evenhand.cli.running import console, progress, refuse, stop, write

if TYPE_CHECKING:
    from evenhand.record.machine import Endpoint
    from evenhand.record.model import Record

record_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="A record of reports: show, review, draft.")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of the view for people.")]
RecordFile = Annotated[str, typer.Argument(metavar="RECORD", help="A record that `evenhand read` wrote.")]
PageFile = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Also write a page to review it.")]


@contextmanager
def guarded(*, as_json: bool) -> Iterator[None]:
    """Turn wrong input into one clear error each."""
    from evenhand.case import CaseError

    try:
        yield
    except CaseError as error:
        stop(error.problems, as_json=as_json)


def read(
    reports: Annotated[
        list[str],
        typer.Argument(metavar="REPORT…", help="Reports (text, HTML, PDF); FILE@2025-03-17 gives one a date."),
    ],
    date: Annotated[
        list[str] | None,
        typer.Option(metavar="DAY", help="The day of the reports, or `auto`: look for it in their headers."),
    ] = None,
    publisher: Annotated[str, typer.Option(metavar="NAME", help="Who published them.")] = "",
    actors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Known actors: names, aliases, roles, whom they speak for.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", help="Write the record here; what people did in an earlier one is kept.")
    ] = None,
    html: PageFile = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Let a language model read too; its key is in EVENHAND_MODEL_KEY."),
    ] = None,
    model_name: Annotated[str, typer.Option(metavar="NAME", help="The model's name at that address.")] = "default",
    yes: Annotated[
        bool, typer.Option("--yes", help="The text may leave this machine, to the model's address.")
    ] = False,
    time: Annotated[
        float | None, typer.Option(help="Limit in CPU seconds; then what was read by then.", min=0.05, max=1e6)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read reports: who said what, each statement tied to the words it rests on."""
    from evenhand.record.actors import load_registry
    from evenhand.record.file import load_record
    from evenhand.record.machine import with_machine
    from evenhand.record.reading import read_reports
    from evenhand.record.sources import one_day, read_sources
    from evenhand.solve import Limits

    with guarded(as_json=as_json):
        _keep_apart([output, html], reports, as_json=as_json)
        asked = _asked(model, model_name, yes=yes, as_json=as_json) if model else None
        sources, notes = read_sources(reports, one_day(date or []), publisher=publisher)
        registry = load_registry(actors) if actors else ()
        before = load_record(output) if output is not None and output.exists() else None
        with progress(quiet=as_json) as say:
            limits = Limits(time)
            record, more = read_reports(sources, registry=registry, before=before, limits=limits, say=say)
            if asked is not None:
                record, said = with_machine(record, sources, asked, limits=limits, say=say)
                more = (*more, *said)
    _hand_out(record, (*notes, *more), output, html, as_json=as_json)


def _asked(url: str, name: str, *, yes: bool, as_json: bool) -> Endpoint:
    """The model to ask, after somebody agreed that the text leaves this machine, where it does."""
    from evenhand.record.machine import KEY, endpoint

    asked = endpoint(url, name, os.environ.get(KEY, ""))
    if asked.is_here or yes:
        return asked
    what = f"the whole text of the reports would leave this machine, to {asked.host}."
    if as_json or not sys.stdin.isatty():
        refuse(what, "Say --yes if it may.", as_json=as_json)
    if not typer.confirm(f"{what[0].upper()}{what[1:]} May it?"):
        refuse("nothing was sent, read or written.", "Leave out --model to read on this machine.", as_json=as_json)
    return asked


@record_app.command()
def show(
    record: RecordFile,
    output: Annotated[Path | None, typer.Option("-o", help="Also write it here (.yaml or .json).")] = None,
    html: PageFile = None,
    as_json: AsJson = False,
) -> None:
    """Show a record again, as it was corrected: one that was written here, or one saved from its page."""
    from evenhand.record.file import load_record

    with guarded(as_json=as_json):
        found = load_record(record)
    _keep_apart([output, html], [record], as_json=as_json)
    _hand_out(found, (), output, html, as_json=as_json)


@record_app.command("to-case")
def to_case(
    record: RecordFile,
    output: Annotated[Path, typer.Option("-o", help="Write the draft here; an existing file is never replaced.")],
    title: Annotated[str, typer.Option(help="The title of the case.")] = "",
) -> None:
    """Draft a case from a record: parties, issues, offers and answers, red lines; no points are made up."""
    from evenhand.case import case_text
    from evenhand.record.drafting import draft_case
    from evenhand.record.file import load_record

    if output.exists():
        refuse(f"{output} is there already; nothing was written.", "Name a new file with -o.", as_json=False)
    with guarded(as_json=False):
        found = load_record(record)
        case = draft_case(found, title)
    write(str(output), case_text(case, as_json=output.suffix.lower() == ".json"), as_json=False)
    unread = sum(one.review == "unread" for one in found.statements)
    typer.echo(
        f"Written: {output}\n  parties: {len(case.parties)}, issues: {len(case.issues)}, "
        f"offers: {len(case.proposals)}, red lines: {len(case.rules)}, statements: {len(case.statements)}."
    )
    typer.echo("  No points were made up: all are 0 until each party states its own under `preferences`.")
    if unread:
        typer.echo(f"  {unread} statements of the record were not reviewed by a person.")


def _keep_apart(outputs: list[Path | None], inputs: list[str], *, as_json: bool) -> None:
    """Refuse to write over what is read, or two things into one file."""
    given = [path for path in outputs if path is not None]
    if len({path.resolve() for path in given}) < len(given):
        refuse("two results would go into one file.", "Name two files.", as_json=as_json)
    for path in given:
        if path.exists() and any(Path(name).exists() and path.samefile(name) for name in inputs):
            refuse(f"{path} is what is read here; nothing was written.", "Name another file.", as_json=as_json)


def _hand_out(record: Record, notes: tuple[str, ...], output: Path | None, html: Path | None, *, as_json: bool) -> None:
    """Write the files, then print."""
    from evenhand.record.file import record_text
    from evenhand.report.record import position_table, proposal_lines, record_json, record_lines, timeline
    from evenhand.report.record_page import record_page

    if output is not None:
        is_json = output.suffix.lower() == ".json"
        write(str(output), record_text(record, as_json=is_json), as_json=as_json)
    if html is not None:
        write(str(html), record_page(record), as_json=as_json)
    if as_json:
        typer.echo(json.dumps({**record_json(record), "notes": list(notes)}, ensure_ascii=False, indent=2))
        return
    paper = console()
    paper.print(timeline(record))
    table = position_table(record)
    if table is not None:
        paper.print(table)
    for line in (*proposal_lines(record), *notes, *record_lines(record)):
        paper.print(line, markup=False)
    for path in (output, html):
        if path is not None:
            paper.print(f"Written: {path}", soft_wrap=True)
