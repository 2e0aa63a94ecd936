"""Multipliers are above zero and finite, and the bound they give is valid and close."""

from __future__ import annotations

import random
from math import log

import numpy as np
import pytest

from evenhand.solve import log_prices


def _bound(worths: list[np.ndarray], weights: np.ndarray, multipliers: np.ndarray) -> float:
    """The logarithm of what no deal's product exceeds."""
    total = weights.sum()
    spent = sum(float((worth @ multipliers).max()) for worth in worths)
    return float(weights @ np.log(weights / multipliers)) + total * log(spent / total)


@pytest.mark.parametrize("sizes", [(1.0, 1.0, 1.0), (1e12, 1.0, 1e-12), (1e-12, 1e-12, 1e-12)])
@pytest.mark.parametrize("entitled", [(1.0, 1.0, 1.0), (1.0, 1000.0, 1.0), (1.0, 1e12, 3e11)])
def test_the_bound_is_near_the_best_at_every_size_of_points_and_entitlements(
    sizes: tuple[float, ...], entitled: tuple[float, ...]
) -> None:
    """The best bound, in logarithms per unit of entitlement, is what all units and scales share."""
    for seed in range(5):
        rng = random.Random(seed)
        plain = [np.diag([float(rng.randint(1, 30)) for _ in range(3)]) for _ in range(5)]
        weights = np.array(entitled)
        multipliers = log_prices([worth * np.array(sizes) for worth in plain], weights)
        assert np.isfinite(multipliers).all()
        assert (multipliers > 0).all()
        found = _bound(plain, weights, multipliers * np.array(sizes))
        nearby = [
            _bound(plain, weights, multipliers * np.array(sizes) * np.exp(0.01 * np.array(step)))
            for step in ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1))
        ]
        assert found <= min(nearby) + 1e-7 * weights.sum(), seed
