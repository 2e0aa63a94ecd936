"""What every benchmark shares: its options, what it was made on, and where its results go."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from benches import table
from benches.job import ROOT
from benches.ours import NAME

Result = dict[str, Any]
Row = Any
"""A row of a benchmark's plan: it has a `task`."""
PAGE = ROOT / "docs/benchmarks.md"


def measure(
    name: str,
    about: str | None,
    plan: tuple[Sequence[Row], Callable[[], Sequence[Row]]],
    results: Callable[[Sequence[Row], bool, list[Result]], Iterable[Result]],
    page: Callable[[Result], str],
    peers: Path,
    packages: tuple[Sequence[str], Sequence[str]],
) -> NoReturn:
    """A benchmark from its options to its exit code, 1 where something failed.

    `plan`: the rows of a full run, and what makes those of a quick one. `results` measures rows, with peers or without,
    given the results of an earlier run. `packages`: ours and the peers', for their versions.
    """
    full, quick = plan
    asked = arguments(f"python -m benches.{name}", about, (row.task for row in full))
    with_them, earlier = with_peers(asked, peers), kept(asked)
    on = made(packages[0], peers if with_them else None, packages[1])
    rows = [row for row in (quick() if asked.quick else full) if asked.only in (None, row.task)]
    found = list(results(rows, with_them, earlier["results"]))
    run = {"made": {**on, "kept": earlier["made"].get("date"), "note": asked.note}, "results": found}
    write(run, page(run), name, asked)
    sys.exit(any(result["failed"] for result in found))


def known(job: Result, earlier: Iterable[Result], answered: Iterable[str] = ()) -> Result | None:
    """What an earlier run found of a peer's job; ours are always measured anew. `answered`: what of a job an answer
    puts something else in the place of."""
    if job["solver"] == NAME:
        return None
    asked = {key: value for key, value in job.items() if key not in set(answered)}.items()
    return next((one for one in earlier if asked <= one.items() and not one["failed"]), None)


def arguments(prog: str, about: str | None, tasks: Iterable[str]) -> argparse.Namespace:
    """The options of a benchmark, checked."""
    reader = argparse.ArgumentParser(prog=prog, description=about)
    reader.add_argument("--quick", action="store_true")
    reader.add_argument("--no-peers", action="store_true")
    reader.add_argument("--only", choices=sorted(set(tasks)))
    reader.add_argument("--keep", type=Path)
    reader.add_argument("--note")
    reader.add_argument("--publish", action="store_true")
    reader.add_argument("--out", type=Path, default=ROOT / "out")
    asked = reader.parse_args()
    if asked.publish and (asked.quick or asked.only):
        reader.error("only a full run is published")
    return asked


def with_peers(asked: argparse.Namespace, peers: Path) -> bool:
    """Whether the peers are measured too; says why where they are not."""
    if peers.exists() and not asked.no_peers:
        return True
    say("Evenhand alone: " + ("--no-peers" if asked.no_peers else "no environment for the peers, see above"))
    return False


def kept(asked: argparse.Namespace) -> Result:
    """The earlier run of which the peers' figures are taken; an empty one where none is."""
    return json.loads(asked.keep.read_text("utf-8")) if asked.keep else {"results": [], "made": {}}


def made(own: Sequence[str], peers: Path | None, theirs: Sequence[str]) -> Result:
    """On what, with which versions of the packages named, and when."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
        "evenhand": _versions(sys.executable, own),
        "peers": _versions(str(peers), theirs) if peers else {},
    }


def _versions(python: str, names: Sequence[str]) -> dict[str, str]:
    code = f"import importlib.metadata as m, json; print(json.dumps({{n: m.version(n) for n in {list(names)!r}}}))"
    printed = subprocess.run([python, "-c", code], capture_output=True, check=True).stdout
    return dict(json.loads(printed))


def _processor() -> str:
    """The processor's name where the system tells it."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text("utf-8").splitlines() if known.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def write(run: Result, page: str, name: str, asked: argparse.Namespace) -> None:
    """The run and its page to the folder asked for and to standard output; with --publish to the project too."""
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / f"bench-{name}.json").write_text(json.dumps(run), "utf-8")
    (asked.out / f"bench-{name}.md").write_text(page, "utf-8")
    sys.stdout.write(page)
    if asked.publish:
        results = ROOT / f"benches/results/{name}.json"
        results.parent.mkdir(exist_ok=True)
        results.write_text(table.compact(run), "utf-8")
        PAGE.write_text(table.between_marks(PAGE.read_text("utf-8"), name, page), "utf-8")


def say(line: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(line + "\n")
