"""The one generator of random numbers that compiled searches draw from.

Only whole numbers and the four operations of IEEE arithmetic are used, so that a seed means the same on any machine.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.solve.compiling import compiled, part

State = NDArray[np.uint64]
"""uint64[1]: where a generator stands. Drawing moves it on."""

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_27, _30, _31, _32, _11 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(32), np.uint64(11)
_UNIT = 1.0 / 2**53


def seeded(seed: int) -> State:
    """A generator (SplitMix64: Steele, Lea and Flood 2014) for a seed of any size."""
    return np.array([seed % 2**64], dtype=np.uint64)


@part
def bits(state: State) -> Any:
    """The next 64 random bits, as uint64."""
    state[0] += _STEP
    mixed = state[0]
    mixed = (mixed ^ (mixed >> _30)) * _FIRST
    mixed = (mixed ^ (mixed >> _27)) * _SECOND
    return mixed ^ (mixed >> _31)


@compiled
def below(state: State, bound: Any) -> int:
    """A whole number from 0 to bound − 1; none is likelier than another by more than 2^-32.

    `bound` is below 2^32, and in compiled code an int64, so that this is compiled once.
    """
    return np.int64(((bits(state) >> _32) * np.uint64(bound)) >> _32)  # type: ignore[return-value]  # an int, compiled


@part
def logarithm(x: float) -> float:
    """The natural logarithm of x > 0 to 1e-9, by a series: the same to the last bit everywhere, unlike libm's."""
    part, power = math.frexp(x)
    if part < 0.7071067811865476:
        part, power = 2.0 * part, power - 1
    s = (part - 1.0) / (part + 1.0)
    q = s * s
    series = 1.0 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9 + q / 11))))
    return 2.0 * s * series + power * 0.6931471805599453


@part
def waiting_time(state: State) -> float:
    """A number with the exponential distribution of mean 1."""
    return -logarithm((np.float64(bits(state) >> _11) + 1.0) * _UNIT)
