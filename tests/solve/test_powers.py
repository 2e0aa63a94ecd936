"""Products of powers are compared exactly, also where the products are too large to write out."""

from __future__ import annotations

import random
from fractions import Fraction

from evenhand.solve.powers import compare_with_one, rounded_product


def test_the_sign_is_that_of_the_product_written_out() -> None:
    rng = random.Random(1)
    signs = []
    for _ in range(2000):
        powers = [(Fraction(rng.randint(1, 12), rng.randint(1, 12)), rng.randint(-4, 4)) for _ in range(3)]
        product = Fraction(1)
        for base, exponent in powers:
            product *= base**exponent
        signs.append((product > 1) - (product < 1))
        assert compare_with_one(powers) == signs[-1]
    assert {-1, 0, 1} == set(signs)


def test_equal_products_are_equal_however_large_the_exponents() -> None:
    large = 333_333_333_333
    assert compare_with_one([(Fraction(6), large), (Fraction(2), -large), (Fraction(3), -large)]) == 0
    assert compare_with_one([(Fraction(8), large), (Fraction(2), -3 * large)]) == 0
    assert compare_with_one([(Fraction(8), large), (Fraction(2), -3 * large), (Fraction(10**15 + 1, 10**15), 1)]) == 1


def test_products_nearer_than_floats_can_tell_are_told_apart() -> None:
    near = Fraction(10**30 + 1, 10**30)
    assert compare_with_one([(near, 1)]) == 1
    assert compare_with_one([(near, -1), (Fraction(7), 5), (Fraction(7), -5)]) == -1


def test_a_rounded_product_lies_on_the_safe_side() -> None:
    rng = random.Random(2)
    for _ in range(300):
        powers = [(Fraction(rng.randint(1, 10**6), rng.randint(1, 10**6)), rng.randint(0, 9)) for _ in range(3)]
        product = Fraction(1)
        for base, exponent in powers:
            product *= base**exponent
        for up in (True, False):
            number, exponent = rounded_product(powers, 12, up=up)
            rounded = number * Fraction(10) ** exponent
            assert rounded >= product if up else rounded <= product
            assert abs(rounded / product - 1) < Fraction(1, 10**10)
