"""Bargain over a case: the efficient packages, which of them solutions pick, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evenhand.cli.certificates import write_certificates
from evenhand.cli.running import Opened, console, progress, refuse, stop, write

if TYPE_CHECKING:
    from evenhand.deals import Deal
    from evenhand.settle import Bargaining


def bargain(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A case file (YAML or JSON).", show_default=False)],
    by: Annotated[
        str | None,
        typer.Option(metavar="SOLUTION", help="One solution, with its deal in full; `list` explains all."),
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DEAL", help="A deal file; packages must be as good for everybody.")
    ] = None,
    power: Annotated[
        str | None, typer.Option(metavar="POWERS", help="Unequal power, such as ana=2,ben=1; else the entitlements.")
    ] = None,
    party: Annotated[
        str | None, typer.Option("--for", metavar="PARTY", help="Show only what this party may see.")
    ] = None,
    time: Annotated[
        float | None, typer.Option(help="Limit in CPU seconds; then the best so far, with its gap.", min=0.05, max=1e6)
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", help="Also write the deal of --by to this file.")] = None,
    certificates: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the certificates of --by, to check them again.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the view for people.")] = False,
) -> None:
    """Show the efficient packages, which of them fair rules pick, and what stands in the way."""
    opened = Opened(case, as_json=as_json)
    eyes = opened.principal(party)
    opened.keep_apart(output)
    opened.keep_apart(certificates)
    if by == "list":
        _list_solutions(as_json=as_json)
        return
    solutions, powers = _solutions(by, power, as_json=as_json), _powers(opened, power)
    if by is None and (output is not None or certificates is not None):
        refuse("there is no one deal to write.", "Add --by SOLUTION.", as_json=as_json)
    given = _deal(opened, start)
    if eyes is not None and by is None and given is not None:
        mend = "Add --by SOLUTION, or use `evenhand certify CASE DEAL --for PARTY`."
        refuse("what improves on a deal rests on others' points.", mend, as_json=as_json)
    if eyes is not None and by is None:
        _own_table(opened, eyes)
        return
    from evenhand.settle import Request
    from evenhand.settle import bargain as bargain_over

    with _guarded(opened), progress(quiet=as_json) as tell:
        found = bargain_over(opened.case, solutions, Request(None, time, tell), start=given, power=powers)
    if by is not None:
        _one(opened, found, output, certificates)
        return
    if as_json:
        from evenhand.report.shape import dumped
        from evenhand.report.shape_bargaining import bargaining_json

        typer.echo(dumped(bargaining_json(found)))
    else:
        from evenhand.report.terminal_bargaining import show_bargaining

        show_bargaining(console(), found)


def _solutions(by: str | None, power: str | None, *, as_json: bool) -> tuple[str, ...]:
    """The ids of the solutions asked for."""
    from evenhand.bargain import BARGAINING_SOLUTIONS, SIDE_BY_SIDE
    from evenhand.case import nearest_name

    if by is None:
        return SIDE_BY_SIDE if power is None else (*SIDE_BY_SIDE, "nash-with-power")
    if by not in BARGAINING_SOLUTIONS:
        refuse(f'there is no solution "{by}".', nearest_name(by, list(BARGAINING_SOLUTIONS)), as_json=as_json)
    if power is not None and by != "nash-with-power":
        refuse(f"--power says nothing to {by}.", "Use it with --by nash-with-power, or without --by.", as_json=as_json)
    return (by,)


def _powers(opened: Opened, text: str | None) -> Mapping[str, Fraction] | None:
    """What --power says, for every principal."""
    if text is None:
        return None
    from evenhand.case import Mistake, exact, nearest_name

    known = [party.id for party in opened.case.principals]
    mend = f"Write it so: {','.join(f'{name}=1' for name in known)}."
    found: dict[str, Fraction] = {}
    for part in text.split(","):
        name, sign, number = part.strip().partition("=")
        if not sign or name in found:
            refuse(f'--power cannot be read at "{part.strip()}".', mend, as_json=opened.as_json)
        if name not in known:
            refuse(f'there is no principal "{name}".', nearest_name(name, known), as_json=opened.as_json)
        try:
            found[name] = exact(number)
        except Mistake as error:
            refuse(f"the power of {name} cannot be read: {error}.", error.mend, as_json=opened.as_json)
        if found[name] <= 0:
            refuse(f"the power of {name} must be above 0.", mend, as_json=opened.as_json)
    missing = [name for name in known if name not in found]
    if missing:
        refuse(f"--power leaves out {', '.join(missing)}.", mend, as_json=opened.as_json)
    return found


def _deal(opened: Opened, file: str | None) -> Deal | None:
    if file is None:
        return None
    from evenhand.case import CaseError
    from evenhand.deals import load_deal

    try:
        return load_deal(opened.case, file)
    except CaseError as error:
        stop(error.problems, as_json=opened.as_json)


@contextmanager
def _guarded(opened: Opened) -> Iterator[None]:
    """One clear error where bargaining has no meaning for the case."""
    from evenhand.deals import NotDefined

    try:
        yield
    except NotDefined as reason:
        refuse(opened.reason(str(reason)), "See docs/bargain.md for what can be bargained.", as_json=opened.as_json)


def _one(opened: Opened, found: Bargaining, output: Path | None, certificates: Path | None) -> None:
    """One package in full: for the mediator, or for one party's eyes."""
    if not found.agreed:
        if opened.eyes is not None:
            refuse("there is no package to show.", "The mediator can see why.", as_json=opened.as_json)
        from evenhand.report.words import zone_text

        why = found.refused[0][1] if found.refused else zone_text(found)
        refuse(why, "Run it without --by to see what stands in the way.", as_json=opened.as_json)
    package, solution = found.agreed[0]
    from evenhand.report.shape import dumped, solution_json_for
    from evenhand.report.shape_bargaining import package_json

    if output is not None:
        from evenhand.deals import deal_file

        write(str(output), dumped(deal_file(package.deal)) + "\n", as_json=opened.as_json)
    write_certificates(opened, solution, certificates)
    if opened.as_json:
        own = solution_json_for(opened.case, solution, opened.eyes) if opened.eyes else package_json(package, solution)
        typer.echo(dumped(own))
        return
    from evenhand.report.terminal import show_for_party, show_solution
    from evenhand.report.terminal_bargaining import show_reasons

    if opened.eyes is not None:
        show_for_party(console(), opened.case, solution, opened.eyes)
        return
    show_solution(console(), opened.case, solution, package.solution.title)
    show_reasons(console(), package)


def _own_table(opened: Opened, eyes: str) -> None:
    """What one party may see when no package was released to it: the deals on the table, by its own points."""
    from evenhand.settle import own_table

    rows = own_table(opened.case, eyes)
    if not rows:
        mend = "The mediator can release a package: add --by SOLUTION."
        refuse("no deal is on the table, and all else rests on others' points.", mend, as_json=opened.as_json)
    if opened.as_json:
        from evenhand.report.shape import dumped
        from evenhand.report.shape_bargaining import on_table_json

        typer.echo(dumped({"table": [on_table_json(row) for row in rows]}))
        return
    from evenhand.report.terminal_bargaining import show_own_table

    show_own_table(console(), opened.case, eyes, rows)


def _list_solutions(*, as_json: bool) -> None:
    from evenhand.bargain import BARGAINING_SOLUTIONS
    from evenhand.report.shape import dumped
    from evenhand.report.shape_bargaining import solution_row

    rows = [solution_row(solution) for solution in BARGAINING_SOLUTIONS.values()]
    if as_json:
        typer.echo(dumped({"solutions": rows}))
        return
    for row in rows:
        typer.echo(f"{row['solution']}: {row['title']}, {row['in_short']}")
        for axiom in row["axioms"]:
            typer.echo(f"  · {axiom}")
        typer.echo(f"  Definition: {row['definition']}\n  Source: {row['source']}\n")
