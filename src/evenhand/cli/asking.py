"""`evenhand ask`: a procedure carried out by people, one question at a time, each unseen by the others."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from evenhand.cli.running import Opened, console, refuse, stop, write
from evenhand.cli.screens import clear, hand_over, read_line, say

if TYPE_CHECKING:
    from evenhand.case import Case
    from evenhand.divide import Procedure
    from evenhand.divide.asking import Conversation, Question

STOPPED = 1
"""The exit code when the questions were not answered to their end."""


def ask(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A case file (YAML or JSON).", show_default=False)],
    by: Annotated[str, typer.Option(metavar="PROCEDURE", help="A procedure that asks; `list` shows them.")] = "list",
    log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep every answer here; go on from it if it exists.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", help="Also write the deal to this file.")] = None,
    script: Annotated[bool, typer.Option("--script", help="Print how to run it at a table, and ask nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the view for people.")] = False,
) -> None:
    """Ask the parties instead of using their points: one at a time, unseen by the others."""
    opened = Opened(case, as_json=as_json)
    opened.keep_apart(output)
    opened.keep_apart(log)
    if by == "list":
        _list(opened)
        return
    procedure = _procedure(opened, by)
    if script:
        _show_script(opened, procedure)
        return
    conversation = _begun(opened, procedure, log)
    _ask_all(opened, procedure, conversation, log)
    _show(opened, procedure, conversation, output)


def _list(opened: Opened) -> None:
    from evenhand.divide import PROCEDURES
    from evenhand.report.shape import dumped
    from evenhand.report.terminal import show_procedures

    rows = [(found, found.refusal(opened.case)) for found in PROCEDURES.values() if found.ask is not None]
    if opened.as_json:
        typer.echo(dumped({"procedures": [{"procedure": found.id, "why_not": why} for found, why in rows]}))
    else:
        show_procedures(console(), rows)


def _procedure(opened: Opened, by: str) -> Procedure:
    """The procedure named, if it asks and has a meaning for the case."""
    from evenhand.case import nearest_name
    from evenhand.divide import PROCEDURES

    asking = [found.id for found in PROCEDURES.values() if found.ask is not None]
    if by not in asking:
        what = f'"{by}" asks nothing.' if by in PROCEDURES else f'there is no procedure "{by}".'
        mend = f"Known: {', '.join(asking)}." if by in PROCEDURES else nearest_name(by, asking)
        refuse(what, mend, as_json=opened.as_json)
    if (why := PROCEDURES[by].refusal(opened.case)) is not None:
        refuse(why, "See `--by list` for what can be asked here.", as_json=opened.as_json)
    return PROCEDURES[by]


def _show_script(opened: Opened, procedure: Procedure) -> None:
    from evenhand.report.shape import dumped
    from evenhand.report.words import script_lines

    lines = script_lines(opened.case, procedure.id)
    if opened.as_json:
        typer.echo(dumped({"procedure": procedure.id, "script": lines}))
        return
    from evenhand.report.terminal import show_script

    show_script(console(), f"{opened.case.title}: {procedure.title} at a table", lines)


def _begun(opened: Opened, procedure: Procedure, log: Path | None) -> Conversation:
    """The conversation, with the answers of the log already given."""
    from evenhand.case import CaseError
    from evenhand.divide.asking import Conversation, replay

    conversation = Conversation(procedure.asking(opened.case))
    if log is not None and log.exists():
        try:
            replay(conversation, opened.case, procedure.id, log)
        except CaseError as error:
            stop(error.problems, as_json=opened.as_json)
        say(f"{len(conversation.said)} answers were read from {log}.")
    return conversation


def _ask_all(opened: Opened, procedure: Procedure, conversation: Conversation, log: Path | None) -> None:
    """Put each open question to its party, and keep each answer in the log at once."""
    from evenhand.divide.asking import save_log

    if conversation.question is not None:
        say(f"{procedure.title}. The points in the case file are not used; only answers count.")
    last = ""
    while (question := conversation.question) is not None:
        try:
            if question.party != last:
                hand_over(opened.case, question.party)
            _ask_one(opened.case, conversation, question)
        except (EOFError, KeyboardInterrupt):
            _stopped(opened, procedure, log)
        last = question.party
        if log is not None:
            try:
                save_log(conversation, opened.case, procedure.id, log)
            except OSError as error:
                refuse(f"{log} cannot be written ({error.strerror}).", "Name another log.", as_json=opened.as_json)
    clear()


def _ask_one(case: Case, conversation: Conversation, question: Question) -> None:
    """Ask until the answer counts."""
    from evenhand.case import Mistake
    from evenhand.report.words import label, question_words, typed_answer

    words = question_words(case, question)
    say(f"\nFor {label(case, question.party)} alone:")
    for line in words.lines:
        say(fill(line, 76, initial_indent="  ", subsequent_indent="  "))
    say(fill(f"Answer with {words.answer}.", 76))
    while True:
        try:
            conversation.answer(typed_answer(question, read_line("Your answer: ")))
            return
        except Mistake as mistake:
            say(f"  That does not count: {mistake}. {mistake.mend}")


def _stopped(opened: Opened, procedure: Procedure, log: Path | None) -> NoReturn:
    clear()
    again = f"evenhand ask {opened.file} --by {procedure.id} --log {log}"
    kept = f"Every answer is in {log}. To go on: {again}" if log else "No log was kept (--log), so answers are lost."
    say(f"\nStopped before the end. {kept}")
    raise typer.Exit(STOPPED)


def _show(opened: Opened, procedure: Procedure, conversation: Conversation, output: Path | None) -> None:
    from evenhand.deals import deal_file
    from evenhand.report.shape import dumped, outcome_json

    assert conversation.outcome is not None
    if output is not None:
        write(str(output), dumped(deal_file(conversation.outcome.deal)) + "\n", as_json=opened.as_json)
    if opened.as_json:
        typer.echo(dumped(outcome_json(procedure.id, conversation.outcome)))
        return
    from evenhand.report.terminal import show_outcome

    show_outcome(console(), opened.case, procedure, conversation.outcome)
