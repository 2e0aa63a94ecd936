"""All of `bargain_plan` in one go, Evenhand and NegMAS on the same instances: `make bench-bargain`.

Writes out/bench-bargain.json and out/bench-bargain.md and prints the latter. `--quick`: small instances, under
a minute. `--no-peers`: Evenhand alone. `--only TASK`: one task. `--keep FILE`: NegMAS's figures of an earlier run on
the same kind of machine are taken from FILE, and the table says so; what FILE lacks is measured. `--note TEXT`:
said with the table. `--publish`: also renews benches/results/bargain.json and docs/benchmarks.md. Exit code 1:
something failed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benches import bargain_table
from benches.bargain_ours import case_of
from benches.bargain_plan import FULL, Row, quick
from benches.job import ROOT, ask
from benches.ours import NAME
from benches.outcomes import Found
from benches.running import Result, known, measure, say
from evenhand.bargain.exchange import case_files
from evenhand.solve.frontier.maxima import make_ready

PEERS = ROOT / "build/bench-bargain-peers/bin/python"
OWN_PACKAGES = ("evenhand", "numpy")
PEER_PACKAGES = ("negmas", "numpy")
ANSWERED = ("runs",)
"""How many negotiations are asked for, of us; an answer says how many there were."""


def main() -> None:
    """Run, write, print."""
    measure("bargain", __doc__, (FULL, quick), _results, bargain_table.page, PEERS, (OWN_PACKAGES, PEER_PACKAGES))


def _results(rows: Iterable[Row], peers: bool, earlier: list[Result]) -> Iterator[Result]:
    """One result per row, seed and solver; Evenhand first, whose negotiations the peer repeats."""
    for columns in (3, 4):
        make_ready(columns, rows=10**9)  # compiles, if that was never done here; loading is counted
    for row in rows:
        for seed in range(row.seeds):
            own: Result = {}
            for solver in row.solvers:
                job = row.job(solver, seed)
                if (before := known(job, earlier, ANSWERED)) is not None:
                    yield before
                elif solver == NAME or peers:
                    say(f"{row.task:<15}{row.size:<50}seed {seed}  {solver}")
                    found = job | _measured(job, own)
                    own = found if solver == NAME else own
                    yield found


def _measured(job: dict[str, Any], own: Result) -> Result:
    mine = job["solver"] == NAME
    python, module = (Path(sys.executable), "benches.bargain_ours") if mine else (PEERS, "benches.bargain_peers")
    with tempfile.TemporaryDirectory() as folder:
        extra = {"folder": folder} if job["task"].startswith("read ") else {}
        if extra:
            for name, text in case_files(case_of(job), job["task"].removeprefix("read ")).files.items():
                # NegMAS 0.16 knows GeniusWeb's tables only by the name they had earlier
                Path(folder, name).write_text(text.replace("DiscreteValueSetUtilities", "discreteutils"), "utf-8")
        answer = ask(python, module, {**job, **extra, "exponents": own.get("exponents")}, Found().plain())
    if answer["failed"]:
        say(f"  failed: {answer['note']}")
    return answer


if __name__ == "__main__":
    main()
