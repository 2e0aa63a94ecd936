"""All of `plan` in one go, Evenhand and its peers on the same instances: `make bench-divide`.

Writes out/bench-divide.json and out/bench-divide.md and prints the latter. `--quick`: small instances, under
a minute. `--no-peers`: Evenhand alone. `--only TASK`: one task. `--keep FILE`: the peers' figures of an
earlier run on the same kind of machine are taken from FILE, and the table says so; what FILE lacks is
measured. `--note TEXT`: said with the table. `--publish`: also renews benches/results/divide.json and
docs/benchmarks.md. Exit code 1: something failed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benches import table
from benches.instances import points, turns
from benches.job import ROOT, ask
from benches.ours import NAME
from benches.plan import FULL, Row, quick

PEERS = ROOT / "build/bench-peers/bin/python"
RESULTS = ROOT / "benches/results/divide.json"
Result = dict[str, Any]


def main() -> None:
    """Run, write, print."""
    asked = _arguments()
    peers = PEERS.exists() and not asked.no_peers
    if not peers:
        _say("Evenhand alone: " + ("--no-peers" if asked.no_peers else "no environment for the peers, see above"))
    kept = json.loads(asked.keep.read_text("utf-8")) if asked.keep else {"results": [], "made": {}}
    made = {**_made(peers), "kept": kept["made"].get("date"), "note": asked.note}
    rows = [row for row in (quick() if asked.quick else FULL) if asked.only in (None, row.task)]
    results = list(_results(rows, peers, kept["results"]))
    _write({"made": made, "results": results}, asked.out, asked.publish)
    sys.exit(any(result["failed"] for result in results))


def _arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m benches.divide", description=__doc__)
    reader.add_argument("--quick", action="store_true")
    reader.add_argument("--no-peers", action="store_true")
    reader.add_argument("--only", choices=sorted({row.task for row in FULL}))
    reader.add_argument("--keep", type=Path)
    reader.add_argument("--note")
    reader.add_argument("--publish", action="store_true")
    reader.add_argument("--out", type=Path, default=ROOT / "out")
    asked = reader.parse_args()
    if asked.publish and (asked.quick or asked.only):
        reader.error("only a full run is published")
    return asked


def _results(rows: Iterable[Row], peers: bool, kept: list[Result]) -> Iterator[Result]:
    """One result per row, solver and seed. Values are computed here, the same way for everybody."""
    for row in rows:
        for solver in row.solvers:
            for seed in range(row.seeds):
                what = {"task": row.task, "family": row.family, "parties": row.parties, "assets": row.assets}
                key = {**what, "limit": row.limit, "solver": solver, "seed": seed}
                earlier = [
                    found for found in kept if solver != NAME and key.items() <= found.items() and not found["failed"]
                ]
                if earlier:
                    yield earlier[0]
                elif solver == NAME or peers:
                    _say(f"{row.task:<18}{row.size:<20}seed {seed}  {solver}")
                    yield key | _measured(row, solver, seed)


def _measured(row: Row, solver: str, seed: int) -> Result:
    instance = points(row.family, row.parties, row.assets, seed)
    job = {"task": row.task, "solver": solver, "points": instance, "holders": turns(instance), "limit": row.limit}
    own = solver == NAME
    answer = ask(Path(sys.executable) if own else PEERS, "benches.ours" if own else "benches.peers", job)
    if answer["failed"]:
        _say(f"  failed: {answer['note']}")
    holders = answer.pop("holders")
    return answer | {"deal_values": _values(instance, holders), "envy": _envy(instance, holders)}


def _values(instance: list[list[int]], holders: list[int] | None) -> list[int] | None:
    """What each party has, by its own points."""
    if holders is None:
        return None
    return [_worth(row, holders, party) for party, row in enumerate(instance)]


def _envy(instance: list[list[int]], holders: list[int] | None) -> int | None:
    """The most points by which anybody values another's part above its own."""
    if holders is None:
        return None
    everyone = range(len(instance))
    return max(_worth(row, holders, j) - _worth(row, holders, i) for i, row in enumerate(instance) for j in everyone)


def _worth(row: list[int], holders: list[int], party: int) -> int:
    return sum(worth for worth, holder in zip(row, holders, strict=True) if holder == party)


def _made(peers: bool) -> Result:
    """On what, with what and when."""
    ask_versions = "import importlib.metadata as m, json; print(json.dumps({n: m.version(n) for n in %r}))"
    names = {sys.executable: ["evenhand", "pyscipopt", "numpy"]}
    if peers:
        names[str(PEERS)] = ["fairpyx", "prtpy", "pyscipopt", "highspy", "mip", "numpy"]
    versions = [
        json.loads(subprocess.run([python, "-c", ask_versions % wanted], capture_output=True, check=True).stdout)
        for python, wanted in names.items()
    ]
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
        "evenhand": versions[0],
        "peers": versions[1] if peers else {},
    }


def _processor() -> str:
    """The processor's name where the system tells it."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text("utf-8").splitlines() if known.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _write(run: Result, folder: Path, publish: bool) -> None:
    page = table.page(run)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench-divide.json").write_text(json.dumps(run), "utf-8")
    (folder / "bench-divide.md").write_text(page, "utf-8")
    sys.stdout.write(page)
    if publish:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(table.compact(run), "utf-8")
        table.renew(ROOT / "docs/benchmarks.md", run)


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
