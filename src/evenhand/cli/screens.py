"""The keyboard handed from one party to the next: prompts, lines typed, and screens in between."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from evenhand.case import Case


def hand_over(case: Case, party: str) -> None:
    """A screen between two parties, so that neither sees the other's answers."""
    from evenhand.report.words import label

    clear()
    say(f"\nHand the keyboard to {label(case, party)}. Everybody else looks away.")
    read_line(f"{label(case, party)}, press Enter when you are ready. ")
    clear()


def read_line(prompt: str) -> str:
    """A line typed by a person. Raises EOFError when there is none. Prompts go where no result goes."""
    typer.echo(prompt, nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def say(text: str) -> None:
    """Tell whoever sits at the keyboard, where no result goes."""
    typer.echo(text, err=True)


def clear() -> None:
    """Take what was typed off the screen; the lines above it too, where the terminal can."""
    if sys.stderr.isatty():
        typer.echo("\x1b[2J\x1b[3J\x1b[H", nl=False, err=True)
