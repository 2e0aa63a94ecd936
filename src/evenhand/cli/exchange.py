"""`evenhand convert`: a case in its other form, from another program's files, or as files for one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from evenhand.cli.running import Opened, refuse, stop, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evenhand.bargain.exchange import CannotHold, Written
    from evenhand.case import Document


class Form(StrEnum):
    """The formats of other programs."""

    GENIUS = "genius"
    GENIUSWEB = "geniusweb"
    NEGMAS = "negmas"


def convert(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES",
            help="A case file, or the files of GENIUS, GeniusWeb or NegMAS.",
            show_default=False,
        ),
    ],
    output: Annotated[Path, typer.Option("-o", help="The case file to write (.json or .yaml), or a folder.")],
    to: Annotated[Form | None, typer.Option(help="Write the case for this program.", show_default=False)] = None,
    leave_out: Annotated[
        bool, typer.Option("--leave-out", help="With --to: leave out rules and points for things together.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the view for people.")] = False,
) -> None:
    """Write a case in its other form, or from and for other negotiation programs."""
    from evenhand.bargain.exchange import is_scenario
    from evenhand.case import CaseError

    try:
        foreign = is_scenario(files)
    except CaseError as error:
        stop(error.problems, as_json=as_json)
    if foreign and to is not None:
        refuse("--to takes a case file.", "Convert to a case first.", as_json=as_json)
    if foreign:
        _read(files, output, as_json=as_json)
    elif to is not None:
        _write(files[0], output, to, leave_out=leave_out, as_json=as_json)
    else:
        _rewrite(files[0], output, as_json=as_json)


def _rewrite(case: Path, output: Path, *, as_json: bool) -> None:
    """YAML to JSON or JSON to YAML."""
    opened = Opened(str(case), as_json=as_json)
    opened.keep_apart(output)
    from evenhand.case import case_text

    to_json = output.suffix.lower() == ".json"
    previous = None if case.suffix.lower() == ".json" else opened.document.text
    write(str(output), case_text(opened.case, as_json=to_json, previous=previous), as_json=as_json)
    _tell([str(output)], (), as_json=as_json)


def _read(files: Sequence[Path], output: Path, *, as_json: bool) -> None:
    """Another program's files to a case."""
    from evenhand.bargain.exchange import read_scenario
    from evenhand.case import CaseError, case_text

    if any(output.exists() and file.exists() and output.samefile(file) for file in files):
        refuse(f"{output} is one of the files to read.", "Name another file with -o.", as_json=as_json)
    try:
        read = read_scenario(files)
    except CaseError as error:
        stop(error.problems, as_json=as_json)
    write(str(output), case_text(read.case, as_json=output.suffix.lower() == ".json"), as_json=as_json)
    _tell([str(output)], read.notes, as_json=as_json)


def _write(case: Path, folder: Path, form: Form, *, leave_out: bool, as_json: bool) -> None:
    """A case as the files of another program, in a folder of their own."""
    from evenhand.bargain.exchange import CannotHold, case_files

    opened = Opened(str(case), as_json=as_json)
    try:
        written = case_files(opened.case, form, leave_out=leave_out)
    except CannotHold as reason:
        stop(_problems(opened.document, reason), as_json=as_json)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        refuse(f"{folder} exists already; nothing was written.", "Name a new or empty folder.", as_json=as_json)
    _write_all(folder, written, as_json=as_json)
    _tell([str(folder / name) for name in written.files], written.notes, as_json=as_json)


def _problems(document: Document, reason: CannotHold) -> list[object]:
    return [document.problem(path, what, mend) for path, what, mend in reason.findings]


def _write_all(folder: Path, written: Written, *, as_json: bool) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refuse(f"{folder} cannot be made ({error.strerror}).", "Name another folder with -o.", as_json=as_json)
    for name, text in written.files.items():
        write(str(folder / name), text, as_json=as_json)


def _tell(written: Sequence[str], notes: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        from evenhand.report.shape import dumped

        one = written[0] if len(written) == 1 else list(written)
        typer.echo(dumped({"written": one, "notes": list(notes)}))
        return
    for note in notes:
        typer.echo(fill(f"Note: {note}", 79, subsequent_indent="  ", break_on_hyphens=False))
    typer.echo(f"Wrote {', '.join(written)}.")
