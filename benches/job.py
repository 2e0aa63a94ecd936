"""One measurement: a job comes in as JSON, its answer goes out as JSON, in a process of its own.

A job is `{solver, task, points, holders, limit}`; `holders`, the party that has each asset, matters to
certificates only. What is measured is the call given to the clock, in CPU seconds of all threads and of every
child that ended, with one thread where a library can be told so.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")
ROOT = Path(__file__).parents[1]
GRACE = 30
"""CPU seconds above its limit after which a process is ended: reading, laying out, tidying up."""
SHORT = 0.2
"""CPU seconds: a call that takes less is repeated."""
ALIKE = {**{f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}, "PYTHONHASHSEED": "0"}
"""One thread, and the same order of sets in every run."""


class Clock:
    """CPU seconds of a call, those of ended children included."""

    seconds: float | None = None

    def of(self, call: Callable[[], Result]) -> Result:
        """What `call` gives, timed. Clocks are coarse: a short call is repeated, and the mean counts."""
        started = self._now()
        result, calls = call(), 1
        while self._now() - started < SHORT:
            result, calls = call(), calls + 1
        self.seconds = (self._now() - started) / calls
        return result

    @staticmethod
    def _now() -> float:
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + ended.ru_utime + ended.ru_stime


@dataclass(frozen=True)
class Answer:
    """What a solver says. `gap` is in its own objective (for Nash welfare a difference of logarithms).

    `holders`: the party that has each asset; `values`: one number per party where there is no deal;
    `exact`: proved in exact arithmetic, not up to a solver's tolerance;
    `proved_values`: how many of those are proved; `stopped`: the time was over before it had finished;
    `failed`: it broke, and `note` has its last words.
    """

    holders: Sequence[int] | None = None
    values: Sequence[int | None] | None = None
    proved: bool = False
    exact: bool = False
    proved_values: int | None = None
    gap: float | None = None
    stopped: bool = False
    failed: bool = False
    note: str = ""


Solver = Callable[[list[list[int]], Sequence[int], float, Clock], Answer]
"""(points, holders, limit in seconds, clock) to an answer; what counts is given to the clock."""


def serve(solvers: Mapping[tuple[str, str], Solver]) -> None:
    """Answer the job on standard input with one of `solvers`, by (task, solver)."""
    job = json.load(sys.stdin)
    most = int(job["limit"] + GRACE)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + GRACE))
    clock = Clock()
    answer = solvers[job["task"], job["solver"]](job["points"], job["holders"], job["limit"], clock)
    json.dump({"seconds": clock.seconds, **asdict(answer)}, sys.stdout)


def ask(python: Path, module: str, job: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of `module` under another interpreter; one that did not end in time is `stopped`, one that
    broke `failed`."""
    command = [str(python), "-W", "ignore", "-m", module]
    patience = 20 * (job["limit"] + GRACE)  # seconds by the clock: CPU seconds are limited in the process itself
    try:
        done = subprocess.run(
            command,
            input=json.dumps(job),
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, **ALIKE},
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _ended(job)
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return _ended(job)
    if done.returncode:
        words = done.stderr.strip().splitlines() or [f"ended with {done.returncode}"]
        return {"seconds": None, **asdict(Answer(failed=True, note=words[-1]))}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _ended(job: Mapping[str, Any]) -> dict[str, Any]:
    return {"seconds": job["limit"], **asdict(Answer(stopped=True, note="ended from outside, no answer"))}
