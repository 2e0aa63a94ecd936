"""Multipliers that bound a product of values, found in floats; the bound they give is checked elsewhere.

For weights e and any multipliers m > 0, the inequality between the weighted means gives for every deal
    prod (m_i v_i / e_i)^(e_i / E)  ≤  sum m_i v_i / E,      E = sum e_i,
and sum m_i v_i is at most the sum over issues of the largest weighted worth any settlement has. The best
multipliers minimise  sum_issues max_s (m · worth_s) − sum e_i log m_i , the dual of the Eisenberg–Gale
program (Eisenberg and Gale, Annals of Mathematical Statistics 30, 1959).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_SMOOTHINGS = tuple(10.0 ** (-step / 2) for step in range(2, 19))
_NEWTON_STEPS = 30


def log_prices(worths: Sequence[Array], weights: Array) -> Array:
    """Multipliers (one per party, scaled so that issue prices sum to about the sum of weights).

    `worths` has, per issue, an array of settlements × parties with entries ≥ 0, in which each party has
    some entry above 0; `weights` are the parties' weights e > 0. The maximum over settlements is smoothed
    and sharpened step by step; each step is a damped Newton minimisation over log m.
    """
    # Weights that sum to 1 and worths that sum to 1 per party: the smoothing and the step sizes mean the
    # same whatever the entitlements and the size of the points.
    total = float(weights.sum())
    sizes: Array = np.maximum(_Table(worths).most, 1e-300)
    table = _Table([worth / sizes for worth in worths])
    parts = weights / total
    logs: Array = np.log(parts) + np.log(len(weights))
    for smoothing in _SMOOTHINGS:
        logs = _newton(logs, table, parts, smoothing)
    return np.exp(logs) * total / sizes


class _Table:
    """All issues in one array, issues × settlements × parties, short issues padded and masked."""

    def __init__(self, worths: Sequence[Array]) -> None:
        longest = max(len(worth) for worth in worths)
        self.worth = np.zeros((len(worths), longest, worths[0].shape[1]))
        self.mask = np.full((len(worths), longest), -np.inf)
        for number, worth in enumerate(worths):
            self.worth[number, : len(worth)] = worth
            self.mask[number, : len(worth)] = 0.0
        self.most: Array = self.worth.max(axis=1).sum(axis=0)

    def value(self, logs: Array, weights: Array, smoothing: float) -> float:
        """The smoothed objective."""
        scores = self.worth @ np.exp(logs) / smoothing + self.mask
        top = scores.max(axis=1)
        smooth = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
        return float(smoothing * smooth.sum() - weights @ logs)

    def slopes(self, logs: Array, weights: Array, smoothing: float) -> tuple[Array, Array]:
        """Gradient and Hessian of the smoothed objective over the logarithms."""
        weighted = self.worth * np.exp(logs)
        scores = weighted.sum(axis=2) / smoothing + self.mask
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        mean = (chances[:, :, None] * weighted).sum(axis=1)
        # Centred before squaring: the difference of two large sums would lose the sign of the curvature.
        flat = (weighted - mean[:, None, :]).reshape(-1, len(logs))
        spread = (flat * chances.reshape(-1, 1)).T @ flat
        return mean.sum(axis=0) - weights, spread / smoothing + np.diag(mean.sum(axis=0))


def _newton(logs: Array, table: _Table, weights: Array, smoothing: float) -> Array:
    """Damped Newton steps until the slope is lost in rounding."""
    for _ in range(_NEWTON_STEPS):
        gradient, hessian = table.slopes(logs, weights, smoothing)
        step = np.asarray(np.linalg.solve(hessian + 1e-12 * np.eye(len(logs)), -gradient), dtype=np.float64)
        slope = float(gradient @ step)
        if slope > -1e-14:
            break
        length = _step_length(logs, step, slope, table, weights, smoothing)
        if length == 0:
            break
        logs = logs + length * step
    return logs


def _step_length(logs: Array, step: Array, slope: float, table: _Table, weights: Array, smoothing: float) -> float:
    """A length that lowers the objective as its slope promises (Armijo); 0 when rounding allows none."""
    value = table.value(logs, weights, smoothing)
    length = min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
    for _ in range(40):
        if table.value(logs + length * step, weights, smoothing) <= value + 0.3 * length * slope:
            return length
        length /= 2
    return 0.0
