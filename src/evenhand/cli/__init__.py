"""The command line, `evenhand COMMAND`; `evenhand --help` lists all commands.

Comes in: files and options. Goes out: a view for people on standard output, or JSON with `--json`;
mistakes go to standard error (with `--json`: to standard output), one line each, and the exit code is 2.

Read `app` (the commands), `asking`, `negotiate` (with `negotiate_options`, and `screens` between people), then
`running` (loading, errors, progress) and `usage` (mistyped commands). Rooms with heavy libraries are imported inside
the commands, so that `evenhand --help` stays quick.
"""

import gc

# Loading makes many things that all stay; to look for garbage among them would take a tenth of the time it takes.
gc.set_threshold(100_000, 20, 20)

from evenhand.cli.app import main  # noqa: E402  # after the line above, which is for what this loads

__all__ = ["main"]
