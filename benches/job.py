"""One measurement: a job comes in as JSON, its answer goes out as JSON, in a process of its own.

A job has at least `{solver, task, limit}`. What is measured is the call given to the clock, in CPU seconds of all
threads and of every child that ended, with one thread where a library can be told so; and the most memory that
the process had.
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
"""(points, holders, limit in seconds, clock) to an answer; what counts is given to the clock. `holders`, the party
that has each asset, matters to certificates only."""


def serve(solvers: Mapping[tuple[str, str], Solver]) -> None:
    """Answer the job on standard input with one of `solvers`, by (task, solver)."""

    def answer(job: Mapping[str, Any], clock: Clock) -> dict[str, Any]:
        found = solvers[job["task"], job["solver"]](job["points"], job["holders"], job["limit"], clock)
        return asdict(found)

    serve_one(answer)


def serve_one(answer: Callable[[Mapping[str, Any], Clock], Mapping[str, Any]]) -> None:
    """Answer the job on standard input: what is measured, then what `answer` says."""
    job = json.load(sys.stdin)
    most = int(job["limit"] + GRACE)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most + GRACE))
    clock = Clock()
    found = answer(job, clock)
    json.dump({"seconds": clock.seconds, "memory": _most_memory(), **found}, sys.stdout)


def _most_memory() -> int:
    """MB that this process had at most. What getrusage says can be the parent's, from before it became this one."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    known = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return (known[0] if known else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024


def ask(python: Path, module: str, job: Mapping[str, Any], blank: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The answer of `module` under another interpreter; one that did not end in time is `stopped`, one that
    broke `failed`. `blank` is the answer of which these two then are all that is known."""
    blank = {"memory": None, **(asdict(Answer()) if blank is None else blank)}
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
        return _ended(job, blank)
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return _ended(job, blank)
    if done.returncode:
        words = done.stderr.strip().splitlines() or [f"ended with {done.returncode}"]
        return {"seconds": None, **blank, "failed": True, "note": words[-1]}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _ended(job: Mapping[str, Any], blank: Mapping[str, Any]) -> dict[str, Any]:
    return {"seconds": job["limit"], **blank, "stopped": True, "note": "ended from outside, no answer"}
