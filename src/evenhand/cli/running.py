"""What every command shares: loading with errors that name the place, progress, and exit codes."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from evenhand.case import Case, Document, Problem
    from evenhand.deals import NoDeal
    from evenhand.land.ground import Land

WRONG_INPUT = 2


class Opened:
    """A case file that was read and validated, with its maps and the document to point back into.

    `without_lines`: territories need no lines yet.
    """

    def __init__(self, file: str, *, as_json: bool, without_lines: bool = False) -> None:
        from evenhand.case import CaseError, read_case, read_document

        self.as_json = as_json
        self.file = file
        self.eyes: str | None = None
        self.lines_found = False
        try:
            self.document: Document = read_document(file)
            self.case: Case = read_case(self.document)
            self.lands: dict[str, Land] = self._read_maps()
        except CaseError as error:
            stop(error.problems, as_json=as_json)
        if not without_lines:
            self._find_lines()

    def _read_maps(self) -> dict[str, Land]:
        """What the maps of its territories say, by territory; maps are loaded only where there are some."""
        from evenhand.case import territories

        if not territories(self.case):
            return {}
        from evenhand.settle.land import with_maps

        self.case, lands = with_maps(self.case, self.document)
        return lands

    def _find_lines(self) -> None:
        """Where no line of a territory is on the table, take those worth discussing; found from everybody's points."""
        bare = [land.territory.label for land in self.lands.values() if not land.territory.lines]
        if not bare:
            return
        from evenhand.case import CaseError
        from evenhand.deals import NotDefined
        from evenhand.settle.land import with_lines_found

        try:
            with progress(quiet=self.as_json) as tell:
                self.case, self.lands = with_lines_found(self.lands, self.document, tell)
        except CaseError as error:
            stop(error.problems, as_json=self.as_json)
        except NotDefined as reason:
            refuse(str(reason), "Write `lines:` into the case.", as_json=self.as_json)
        self.lines_found = True
        if not self.as_json:
            named = ", ".join(f"“{label}”" for label in bare)
            typer.echo(f"No line of {named} is on the table; those worth discussing were sought (seed 0).", err=True)

    def principal(self, party: str | None) -> str | None:
        """The id given with --for, checked."""
        known = [found.id for found in self.case.principals]
        if party is not None and party not in known:
            refuse(f'there is no principal "{party}".', f"Known: {', '.join(known)}.", as_json=self.as_json)
        if party is not None and self.lines_found:
            mend = "The mediator can put some there: evenhand land divide CASE --save"
            refuse("no line is on the table.", mend, as_json=self.as_json)
        self.eyes = party
        return party

    def keep_apart(self, output: Path | None) -> None:
        """Refuse to write a result over the case it comes from."""
        if output is not None and output.exists() and output.samefile(self.file):
            refuse(
                f"{output} is the case itself; nothing was written.", "Name another file with -o.", as_json=self.as_json
            )

    def reason(self, text: str) -> str:
        """A reason as the reader may know it: for one party, none that could tell of another's rules or points."""
        return text if self.eyes is None else "It does not apply to this case; the mediator can see why."

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn refusals of procedures and clashing rules into one clear error each."""
        from evenhand.deals import NoDeal, NotDefined

        try:
            yield
        except NotDefined as reason:
            refuse(self.reason(str(reason)), "See `--by list` for what applies to this case.", as_json=self.as_json)
        except NoDeal as reason:
            if self.eyes is not None:
                refuse("no deal was found.", "The mediator can see why.", as_json=self.as_json)
            stop(self._clash(reason) or [plain_problem(str(reason), "")], as_json=self.as_json)

    def _clash(self, reason: NoDeal) -> list[Problem]:
        """One problem per clashing rule, at its line."""
        problems = []
        for number, rule in enumerate(self.case.rules):
            if rule.id in reason.clash:
                others = [f"“{other}”" for other in reason.clash if other != rule.id]
                what = f"no deal can keep rule “{rule.id}” together with {', '.join(others)}."
                if not others:
                    what = f"no deal can keep rule “{rule.id}”, even alone."
                mend = "Change or remove one of these; no smaller set of rules clashes."
                problems.append(self.document.problem(("rules", number), what, mend))
        return problems


def plain_problem(what: str, mend: str) -> Problem:
    """A problem that is not about a place in a file."""
    from evenhand.case import Problem

    return Problem("", 0, 0, "", what, mend)


def refuse(what: str, mend: str, *, as_json: bool) -> NoReturn:
    """End with one error that is not about a place in a file."""
    stop([plain_problem(what, mend)], as_json=as_json)


def stop(problems: Any, *, as_json: bool) -> NoReturn:
    """Print every problem and end with exit code 2."""
    tell(problems, as_json=as_json)
    raise typer.Exit(WRONG_INPUT)


def tell(problems: Any, *, as_json: bool) -> None:
    """Print every problem."""
    if as_json:
        typer.echo(json.dumps({"problems": [problem.as_json() for problem in problems]}, ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            typer.echo(problem.text(), err=True)
        if len(problems) > 1:
            typer.echo(f"{len(problems)} problems.", err=True)


def _stop_on_interrupt() -> None:
    """The first Ctrl-C ends the search with the best found so far; a second one ends the program."""
    from evenhand.solve import request_stop

    def ask(_: int, __: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        typer.echo("Stopping with the best so far; press Ctrl-C again to end at once.", err=True)
        request_stop()

    signal.signal(signal.SIGINT, ask)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Something to call with a sentence while work goes on; shown only to a person at a terminal."""
    _stop_on_interrupt()
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    from evenhand.solve.telling import hearing

    with Console(stderr=True).status("working") as status, hearing(status.update):
        yield status.update


def write(file: str, text: str, *, as_json: bool) -> None:
    """Write a result file, all or nothing."""
    from evenhand.case import write_atomically

    try:
        write_atomically(file, text)
    except OSError as error:
        refuse(f"{file} cannot be written ({error.strerror}).", "Name another place with -o.", as_json=as_json)


def console() -> Console:
    """Where people read."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)
