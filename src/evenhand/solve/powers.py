"""Products of powers, compared exactly however large the exponents are.

Entitlements such as 0.3333 and 0.6667 make exponents in the thousands, so the products themselves are
never written out. Their logarithms are compared in decimals of growing precision, which ends because it is
first ruled out that they are equal: over numbers without common factors a product is 1 only if every
exponent is 0 (E. Bach, J. Driscoll and J. Shallit, "Factor refinement", Journal of Algorithms 15, 1993).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

Powers = Sequence[tuple[Fraction, int]]
"""(base above 0, exponent) pairs, multiplied together."""

_FIRST_PRECISION = 40


def log_of_fraction(number: Fraction) -> float:
    """The logarithm of a positive fraction of any size."""
    return math.log(number.numerator) - math.log(number.denominator)


def compare_with_one(powers: Powers) -> int:
    """1, 0 or -1: whether the product of the powers is above, equal to or below 1."""
    parts = [(base, exponent) for base, exponent in powers if base != 1 and exponent]
    logs = [exponent * log_of_fraction(base) for base, exponent in parts]
    sizes = [abs(e) * (math.log(b.numerator) + math.log(b.denominator)) for b, e in parts]
    if abs(sum(logs)) <= 1e-9 * sum(sizes):
        return 0 if _is_one(parts) else _precise_sign(parts)
    return 1 if sum(logs) > 0 else -1


def _is_one(powers: Powers) -> bool:
    waiting = [(base.numerator, exponent) for base, exponent in powers]
    waiting += [(base.denominator, -exponent) for base, exponent in powers]
    coprime: dict[int, int] = {}
    while waiting:
        number, exponent = waiting.pop()
        if number == 1:
            continue
        met = next((other for other in coprime if math.gcd(other, number) > 1), None)
        if met is None:
            coprime[number] = exponent
            continue
        shared, before = math.gcd(met, number), coprime.pop(met)
        waiting += [(shared, before + exponent), (met // shared, before), (number // shared, exponent)]
    return not any(coprime.values())


def _precise_sign(powers: Powers) -> int:
    precision = _FIRST_PRECISION
    while True:
        total, error = _decimal_log(powers, precision)
        if abs(total) > error:
            return 1 if total > 0 else -1
        precision *= 2


def _decimal_log(powers: Powers, precision: int) -> tuple[Decimal, Decimal]:
    """The logarithm (base 10) of the product, and a bound on its error."""
    with localcontext() as context:
        context.prec = precision
        total = size = Decimal(0)
        for base, exponent in powers:
            above, below = Decimal(base.numerator).log10(), Decimal(base.denominator).log10()
            total += exponent * (above - below)
            size += abs(exponent) * (above + below + 1)
        return total, size * Decimal(10) ** (3 - precision)


def rounded_product(powers: Powers, digits: int, *, up: bool) -> tuple[int, int]:
    """The product as (n, k) for n · 10^k with n of about so many digits, never below it (`up`) or above it."""
    total, error = _decimal_log(powers, _FIRST_PRECISION + 2 * digits)
    with localcontext() as context:
        context.prec = _FIRST_PRECISION + 2 * digits
        edge = total + error if up else total - error
        exponent = int(edge.to_integral_value(ROUND_FLOOR)) - digits + 1
        scaled = Decimal(10) ** (edge - exponent)
        # The last digits of a decimal power are not certain either.
        scaled *= 1 + (1 if up else -1) * Decimal(10) ** -(_FIRST_PRECISION)
        return int(scaled.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR)), exponent
