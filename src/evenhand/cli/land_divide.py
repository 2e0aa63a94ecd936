"""`evenhand land divide`: the lines worth discussing, measured, certified and drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evenhand.cli.running import Opened, console, progress, refuse, stop, write

if TYPE_CHECKING:
    from fractions import Fraction

    from evenhand.land.ground import Land
    from evenhand.settle.land import Drawn

AIMS = ("shortest-border", "max-min", "nash", "least-movement")


def divide(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A case file (YAML or JSON).", show_default=False)],
    issue: Annotated[
        str | None, typer.Option(metavar="ID", help="The territory; needed where the case has several.")
    ] = None,
    lines: Annotated[
        int | None,
        typer.Option(help="How many lines to seek at most; unasked what the case says, else 20.", min=2, max=200),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="AIM", help=f"Only the best line by one aim: {', '.join(AIMS)}.")
    ] = None,
    least: Annotated[
        str, typer.Option(metavar="PART", help="No side gets less than this part of its entitled part.")
    ] = "1/2",
    prove: Annotated[
        bool | None,
        typer.Option("--prove/--no-proof", help="Prove the shortest border of two sides; unasked up to 200 cells."),
    ] = None,
    proposal: Annotated[
        Path | None, typer.Option("--line", metavar="FILE", help="A line somebody proposes, {party: [cells]}.")
    ] = None,
    only_table: Annotated[bool, typer.Option("--on-the-table", help="Seek nothing more; measure these.")] = False,
    steps: Annotated[int, typer.Option(help="Random lines to compare with; 0 for none.", min=0, max=10_000_000)] = 5000,
    seed: Annotated[int, typer.Option(help="Seed for random choices.", min=0)] = 0,
    time: Annotated[
        float | None, typer.Option(help="Limit in CPU seconds; then the lines found by then.", min=0.05, max=1e6)
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="Put the lines on the table: write them into CASE.")] = False,
    party: Annotated[
        str | None, typer.Option("--for", metavar="PARTY", help="Lines on the table with this party's points alone.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", help="Also write a page (.html), one map (.geojson), or a folder with all of it."),
    ] = None,
    editor: Annotated[
        Path | None, typer.Option("--edit", metavar="PAGE", help="Also write a page on which the line can be moved.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the view for people.")] = False,
) -> None:
    """Find lines that divide a territory, each side in one piece, and say what they mean. For the mediator."""
    opened = Opened(case, as_json=as_json, without_lines=True)
    eyes = opened.principal(party)
    opened.keep_apart(output)
    opened.keep_apart(editor)
    land = _land(opened, issue)
    if by is not None and by not in AIMS:
        refuse(f'there is no aim "{by}".', f"Known: {', '.join(AIMS)}.", as_json=as_json)
    if only_table and not (land.territory.lines or proposal):
        refuse("no line is on the table.", "Leave out --on-the-table to seek some.", as_json=as_json)
    if eyes is not None and (save or not (land.territory.lines or proposal)):
        what = "no line is on the table." if not save else "putting lines on the table is for the mediator."
        refuse(what, "The mediator can put some there: evenhand land divide CASE --save", as_json=as_json)
    part = _part(least, as_json=as_json)
    from evenhand.case import CaseError
    from evenhand.deals import NotDefined
    from evenhand.land.dividing import Asked
    from evenhand.settle.land import drawn
    from evenhand.solve import Limits

    try:
        with progress(quiet=as_json) as tell:
            asked = Asked(lines or land.territory.seek, by, part, prove, seed, Limits(time), tell)
            seek = not only_table and eyes is None
            brought = _proposed(land, proposal) if proposal else {}
            places = steps if eyes is None else 0
            found = drawn(land, opened.document, asked, places, seek=seek, proposed=brought)
    except NotDefined as reason:
        refuse(str(reason), "", as_json=as_json)
    except CaseError as error:
        stop(error.problems, as_json=as_json)
    _show(opened, found, eyes)
    if save:
        _save(opened, found)
    if output is not None:
        _write(opened, found, output, eyes)
    if editor is not None:
        from evenhand.report.line_editor import editor_page

        write(str(editor), editor_page(found.land, found.lines, opened.file, eyes), as_json=as_json)


def _land(opened: Opened, issue: str | None) -> Land:
    known = list(opened.lands)
    if issue is None and len(known) == 1:
        return opened.lands[known[0]]
    if not known:
        refuse("the case has no territory.", "Add an issue of kind territory.", as_json=opened.as_json)
    if issue not in known:
        what = "the case has several territories." if issue is None else f'there is no territory "{issue}".'
        refuse(what, f"Name one with --issue: {', '.join(known)}.", as_json=opened.as_json)
    return opened.lands[issue]


def _part(text: str, *, as_json: bool) -> Fraction:
    """What --least says: a part from 0 to 1, or percent."""
    from evenhand.case import Mistake, exact

    try:
        part = exact(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except Mistake as error:
        refuse(f"--least: {error}.", "Write a part such as 1/2 or 50%.", as_json=as_json)
    if not 0 <= part <= 1:
        refuse(f"--least {text} is no part.", "Write a part from 0 to 1, such as 1/2 or 50%.", as_json=as_json)
    return part


def _proposed(land: Land, file: Path) -> dict[str, dict[str, str]]:
    """The line in a file, under the file's name as far as that is free."""
    from evenhand.case import id_of, read_document
    from evenhand.land.proposed import proposed_line

    plain, taken = id_of(file.stem) or "proposed", land.territory.lines
    name = next(name for k in range(len(taken) + 1) if (name := f"{plain}-{k + 1}" if k else plain) not in taken)
    return {name: dict(proposed_line(land, read_document(file)))}


def _show(opened: Opened, found: Drawn, eyes: str | None) -> None:
    from evenhand.report.land import lines_json, show_lines
    from evenhand.report.shape import dumped

    if opened.as_json:
        typer.echo(dumped(lines_json(found, eyes)))
    else:
        show_lines(console(), found, eyes)


def _save(opened: Opened, found: Drawn) -> None:
    from evenhand.case import save_case
    from evenhand.settle.land import with_lines

    new = [line.id for line in found.lines if line.id not in found.on_table]
    save_case(with_lines(opened.lands, found.land.territory.id, found.lines), opened.file)
    if not opened.as_json:
        typer.echo(f"\nPut on the table in {opened.file}: {', '.join(new) or 'nothing new'}.")


def _write(opened: Opened, found: Drawn, output: Path, eyes: str | None) -> None:
    from evenhand.report.land import line_map, lines_map, lines_page
    from evenhand.settle.land import with_lines

    case = with_lines(opened.lands, found.land.territory.id, found.lines)
    again = f"evenhand land divide {opened.file}"
    page = lines_page(found, case if eyes is None else case.seen_by(eyes), again, eyes)
    if output.suffix in (".html", ".geojson"):
        write(str(output), page if output.suffix == ".html" else lines_map(found), as_json=opened.as_json)
    else:
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            refuse(
                f"{output} cannot be made ({error.strerror}).", "Name another place with -o.", as_json=opened.as_json
            )
        for line in found.lines:
            write(str(output / f"{line.id}.geojson"), line_map(found, line), as_json=opened.as_json)
        write(str(output / "lines.html"), page, as_json=opened.as_json)
    if not opened.as_json:
        typer.echo(f"\nWrote {output}.")
