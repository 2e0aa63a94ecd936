"""Points tables to measure on: whole numbers, every row sums to 1000, the same for the same seed."""

from __future__ import annotations

import numpy as np

TOTAL = 1000
Points = list[list[int]]
"""Points by party and asset."""


def points(family: str, parties: int, assets: int, seed: int) -> Points:
    """A points table.

    `uniform`: 1 to 100; `independent`: exponential; `correlated`: one lognormal worth for each asset times
    0.5 to 1.5 for each party. Rescaled to rows that sum to TOTAL, by largest remainders.
    """
    draw = np.random.default_rng(seed)
    shape = (parties, assets)
    if family == "uniform":
        raw = draw.integers(1, 101, size=shape).astype(float)
    elif family == "independent":
        raw = draw.exponential(size=shape)
    elif family == "correlated":
        raw = draw.lognormal(size=assets) * draw.uniform(0.5, 1.5, size=shape)
    else:
        raise ValueError(f"no family of instances is called {family}")
    return [_rounded(row) for row in raw / raw.sum(axis=1, keepdims=True) * TOTAL]


def _rounded(exact: np.ndarray) -> list[int]:
    """Whole numbers that sum to TOTAL: the largest remainders are rounded up, the first of equal ones."""
    whole = np.floor(exact).astype(int)
    missing = TOTAL - int(whole.sum())
    whole[np.argsort(-(exact - whole), kind="stable")[:missing]] += 1
    return [int(value) for value in whole]


def turns(table: Points) -> list[int]:
    """A deal to certify: parties take the best that is left in turns. The holder of each asset."""
    holders = [-1] * len(table[0])
    for turn in range(len(holders)):
        party = turn % len(table)
        left = [asset for asset, holder in enumerate(holders) if holder < 0]
        holders[max(left, key=lambda asset: (table[party][asset], -asset))] = party
    return holders
