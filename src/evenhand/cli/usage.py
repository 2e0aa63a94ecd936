"""Mistakes in the words of a command, such as an unknown option or a missing file: they get the one error shape too."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import typer

from evenhand.cli.running import WRONG_INPUT, plain_problem, tell

_UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What the library calls every such mistake; it has no public name of its own there."""


def run(app: typer.Typer) -> NoReturn:
    """Run the command that the program was started with, and end with its exit code."""
    words = sys.argv[1:]
    if not words:
        app()
    try:
        code = app(prog_name="evenhand", standalone_mode=False)
    except _UsageError as error:
        tell([plain_problem(*_said(error, words))], as_json="--json" in words)
        code = WRONG_INPUT
    except typer.Abort:
        code = 1
    sys.exit(code)


def _said(error: Any, words: list[str]) -> tuple[str, str]:
    """What is wrong with the words, and what would mend them."""
    from evenhand.case import nearest_name

    command, usage = error.cmd, f"See `{error.ctx.command_path if error.ctx else 'evenhand'} --help`."
    name, param = getattr(error, "option_name", None), getattr(error, "param", None)
    given = next((word for word in words if not word.startswith("-")), "")
    if name is not None and hasattr(error, "possibilities"):
        mend = nearest_name(name, [option for row in command.params for option in row.opts if option.startswith("-")])
        return f'there is no option "{name}".', mend if mend.startswith("Did") else usage
    if name is None and param is None and given not in getattr(command, "commands", [given]):
        return f'there is no command "{given}".', nearest_name(given, list(command.commands))
    if param is not None:
        called = param.opts[0] if param.param_type_name == "option" else param.metavar or param.name.upper()
        return (f"{called}: {_ended(error.message)}" if error.message else f"{called} is missing."), usage
    return _ended(error.message), usage


def _ended(message: str) -> str:
    """A message of the library as one sentence of ours."""
    return f"{message[:1].lower()}{message[1:]}".rstrip(".") + "."
