"""How long `nash` takes to prove its deal optimal: CPU seconds per case, the case laid out included.

Run with `make bench-nash`. Instances: 10 parties × 60 assets, integer points, rows that sum to 1000, seeds
fixed; `uniform` (1 to 100, rescaled), `independent` (exponential, rescaled) and `correlated` (one
lognormal worth per asset times 0.5 to 1.5, rescaled).
"""

from __future__ import annotations

import statistics
import sys
import time

import numpy as np

from evenhand.case import Case
from evenhand.divide import PROCEDURES, Options

PARTIES, ASSETS, TOTAL, SEEDS = 10, 60, 1000, range(5)


def rows(family: str, seed: int) -> list[list[int]]:
    """Points by party and asset; each row sums to TOTAL by largest remainders."""
    draw = np.random.default_rng(seed)
    shape = (PARTIES, ASSETS)
    raw = {
        "uniform": lambda: draw.integers(1, 101, size=shape).astype(float),
        "independent": lambda: draw.exponential(size=shape),
        "correlated": lambda: draw.lognormal(size=ASSETS) * draw.uniform(0.5, 1.5, size=shape),
    }[family]()
    scaled = raw / raw.sum(axis=1, keepdims=True) * TOTAL
    whole = np.floor(scaled).astype(int)
    for party in range(PARTIES):
        missing = TOTAL - int(whole[party].sum())
        whole[party, np.argsort(-(scaled[party] - whole[party]), kind="stable")[:missing]] += 1
    return [[int(value) for value in row] for row in whole]


def case_of(points: list[list[int]]) -> Case:
    """A case of assets with these points."""
    issues = [{"id": f"a{number}", "kind": "asset"} for number in range(len(points[0]))]
    wants = {f"p{i}": {"points": {f"a{k}": worth for k, worth in enumerate(row)}} for i, row in enumerate(points)}
    parties = [{"id": party} for party in wants]
    return Case.model_validate({"title": "bench", "parties": parties, "issues": issues, "preferences": wants})


def main() -> None:
    """Print one row per family: median and range of CPU seconds, and how many were proved and how."""
    sys.stdout.write(f"{'family':<13}{'median s':>9}{'min':>7}{'max':>7}{'exact':>8}{'largest gap':>13}\n")
    for family in ("uniform", "independent", "correlated"):
        seconds, exact, gaps = [], 0, []
        for seed in SEEDS:
            case = case_of(rows(family, seed))
            started = time.process_time()
            method = PROCEDURES["nash"].run(case, Options()).method
            seconds.append(time.process_time() - started)
            exact += method.exact
            gaps.append(method.gap or 0.0)
        low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
        proved = f"{exact}/{len(SEEDS)}"
        sys.stdout.write(f"{family:<13}{middle:>9.2f}{low:>7.2f}{high:>7.2f}{proved:>8}{max(gaps):>13.1g}\n")


if __name__ == "__main__":
    main()
