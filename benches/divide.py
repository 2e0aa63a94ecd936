"""All of `plan` in one go, Evenhand and its peers on the same instances: `make bench-divide`.

Writes out/bench-divide.json and out/bench-divide.md and prints the latter. `--quick`: small instances, under
a minute. `--no-peers`: Evenhand alone. `--only TASK`: one task. `--keep FILE`: the peers' figures of an
earlier run on the same kind of machine are taken from FILE, and the table says so; what FILE lacks is
measured. `--note TEXT`: said with the table. `--publish`: also renews benches/results/divide.json and
docs/benchmarks.md. Exit code 1: something failed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from benches import table
from benches.instances import points, turns
from benches.job import ROOT, ask
from benches.ours import NAME
from benches.plan import FULL, Row, quick
from benches.running import Result, known, measure, say

PEERS = ROOT / "build/bench-peers/bin/python"
OWN_PACKAGES = ("evenhand", "pyscipopt", "numpy")
PEER_PACKAGES = ("fairpyx", "prtpy", "pyscipopt", "highspy", "mip", "numpy")


def main() -> None:
    """Run, write, print."""
    measure("divide", __doc__, (FULL, quick), _results, table.page, PEERS, (OWN_PACKAGES, PEER_PACKAGES))


def _results(rows: Iterable[Row], peers: bool, earlier: list[Result]) -> Iterator[Result]:
    """One result per row, solver and seed. Values are computed here, the same way for everybody."""
    for row in rows:
        for solver in row.solvers:
            for seed in range(row.seeds):
                what = {"task": row.task, "family": row.family, "parties": row.parties, "assets": row.assets}
                key = {**what, "limit": row.limit, "solver": solver, "seed": seed}
                if (before := known(key, earlier)) is not None:
                    yield before
                elif solver == NAME or peers:
                    say(f"{row.task:<18}{row.size:<20}seed {seed}  {solver}")
                    yield key | _measured(row, solver, seed)


def _measured(row: Row, solver: str, seed: int) -> Result:
    instance = points(row.family, row.parties, row.assets, seed)
    job = {"task": row.task, "solver": solver, "points": instance, "holders": turns(instance), "limit": row.limit}
    own = solver == NAME
    answer = ask(Path(sys.executable) if own else PEERS, "benches.ours" if own else "benches.peers", job)
    if answer["failed"]:
        say(f"  failed: {answer['note']}")
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


if __name__ == "__main__":
    main()
