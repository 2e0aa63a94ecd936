"""All of `land_plan` in one go, Evenhand and GerryChain on the same graphs: `make bench-land`.

Writes out/bench-land.json and out/bench-land.md and prints the latter. `--quick`: small instances, under a minute.
`--no-peers`: Evenhand alone. `--only TASK`: one task. `--keep FILE`: the peer's figures of an earlier run on the same
kind of machine are taken from FILE, and the table says so. `--note TEXT`: said with the table. `--publish`: also renews
benches/results/land.json and docs/benchmarks.md. Exit code 1: something failed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from benches import land_table
from benches.job import ROOT, ask
from benches.land_answers import answer
from benches.land_plan import FULL, Row, quick
from benches.ours import NAME
from benches.running import Result, known, measure, say

PEERS = ROOT / "build/bench-land-peers/bin/python"
OWN_PACKAGES = ("evenhand", "numpy", "numba")
PEER_PACKAGES = ("gerrychain", "networkx")


def main() -> None:
    """Run, write, print."""
    measure("land", __doc__, (FULL, quick), _results, land_table.page, PEERS, (OWN_PACKAGES, PEER_PACKAGES))


def _results(rows: Iterable[Row], peers: bool, earlier: list[Result]) -> Iterator[Result]:
    """One result per row, solver and seed."""
    for row in rows:
        for solver in row.solvers:
            for seed in range(row.seeds):
                job = row.job(solver, seed)
                if (before := known(job, earlier)) is not None:
                    yield before
                elif solver == NAME or peers:
                    say(f"{row.task:<28}{row.instances:<40}seed {seed}  {solver}")
                    yield job | _measured(job)


def _measured(job: Result) -> Result:
    mine = job["solver"] == NAME
    python, module = (Path(sys.executable), "benches.land_ours") if mine else (PEERS, "benches.land_peers")
    found = ask(python, module, job, answer())
    if found["failed"]:
        say(f"  failed: {found['note']}")
    return found


if __name__ == "__main__":
    main()
