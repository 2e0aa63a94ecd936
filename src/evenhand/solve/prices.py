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
    totals = sum(worth.max(axis=0) for worth in worths)
    logs: Array = np.log(weights) - np.log(np.maximum(totals, 1e-300)) + np.log(len(weights))
    for smoothing in _SMOOTHINGS:
        logs = _newton(logs, worths, weights, smoothing)
    return np.exp(logs)


def _newton(logs: Array, worths: Sequence[Array], weights: Array, smoothing: float) -> Array:
    for _ in range(_NEWTON_STEPS):
        value, gradient, hessian = _smoothed(logs, worths, weights, smoothing)
        step = np.linalg.solve(hessian + 1e-12 * np.eye(len(logs)), -gradient)
        slope = float(gradient @ step)
        if slope > -1e-14:
            break
        length = min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        while length > 1e-8 and _value(logs + length * step, worths, weights, smoothing) > value + 0.3 * length * slope:
            length /= 2
        logs = logs + length * step
    return logs


def _value(logs: Array, worths: Sequence[Array], weights: Array, smoothing: float) -> float:
    multipliers = np.exp(logs)
    total = -float(weights @ logs)
    for worth in worths:
        scores = worth @ multipliers / smoothing
        top = scores.max()
        total += smoothing * float(top + np.log(np.exp(scores - top).sum()))
    return total


def _smoothed(logs: Array, worths: Sequence[Array], weights: Array, smoothing: float) -> tuple[float, Array, Array]:
    multipliers = np.exp(logs)
    gradient = -weights.copy()
    hessian = np.zeros((len(logs), len(logs)))
    for worth in worths:
        weighted = worth * multipliers
        scores = weighted.sum(axis=1) / smoothing
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        mean = chances @ weighted
        gradient += mean
        hessian += (weighted.T * chances) @ weighted / smoothing - np.outer(mean, mean) / smoothing + np.diag(mean)
    return _value(logs, worths, weights, smoothing), gradient, hessian
