"""The command line called as a script calls it, in this process: a process for each call would cost a second each."""

import io
import os
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from evenhand.cli import main

ROOT = Path(__file__).parents[2]


def call(*words, cwd=ROOT, answers="", code=0):
    """Run `evenhand WORDS…` in `cwd` with `answers` typed in, and return what it printed; it must end with `code`."""
    said, told = io.StringIO(), io.StringIO()
    with (
        patch.object(sys, "argv", ["evenhand", *map(str, words)]),
        patch.object(sys, "stdin", io.StringIO(answers)),
        patch.dict(os.environ, {"COLUMNS": "80", "NO_COLOR": "1"}),
        chdir(cwd),
        redirect_stdout(said),
        redirect_stderr(told),
    ):
        ended = _ended()
    done = SimpleNamespace(stdout=said.getvalue(), stderr=told.getvalue(), returncode=ended)
    assert done.returncode == code, done.stderr + done.stdout
    return done


def _ended() -> int:
    try:
        main()
    except SystemExit as exit_:
        return 0 if exit_.code is None else exit_.code
    return 0
