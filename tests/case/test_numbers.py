"""Exact numbers, in and out."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.case import exact, fraction_text, plain_decimal


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.1", Fraction(1, 10)),
        (0.1, Fraction(1, 10)),
        ("40/3", Fraction(40, 3)),
        ("-1/2", Fraction(-1, 2)),
        ("1_000", Fraction(1000)),
        ("+7", Fraction(7)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("1e3", Fraction(1000)),
        ("25e-1", Fraction(5, 2)),
        (" 12 ", Fraction(12)),
        ("10e14", Fraction(10**15)),
        ("-1000000000000000", Fraction(-(10**15))),
        ("0.000000000001", Fraction(1, 10**12)),
    ],
)
def test_a_number_is_read_exactly(text: object, number: Fraction) -> None:
    assert exact(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("1000000000000001", "1e16", "1e999", "0.0000000000001", "1e-13", "1/3000000000000", "1" * 65),
        *("1/0", "NaN", "inf", "1__0", "_1", "1/2/3", "1/-2", "1.5/2", "1/2e3", "0x10", "٤", "½", "", "1 000", "1,5"),
        *(True, None, [], {}, float("nan"), float("inf"), Decimal("0.1"), b"1"),
    ],
)
def test_what_is_no_usable_number_is_refused_with_a_mend(text: object) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        exact(text)
    assert raised.value.mend  # type: ignore[attr-defined]


def test_a_decimal_comma_is_mended_to_a_point() -> None:
    with pytest.raises(ValueError, match='"40,5" is not a number') as raised:
        exact("40,5")
    assert raised.value.mend == "Write 40.5."  # type: ignore[attr-defined]


@given(st.fractions(min_value=-(10**15), max_value=10**15, max_denominator=10**12))
def test_a_fraction_written_out_reads_back_the_same(number: Fraction) -> None:
    assert exact(fraction_text(number)) == number


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Fraction(395, 6), 2, "65.83"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(1, 1000), 2, "0"),
        (Fraction(-1, 1000), 2, "0"),
        (Fraction(999, 1000), 2, "1"),
        (Fraction(101, 100), 2, "1.01"),
        (Fraction(11, 10), 2, "1.1"),
        (Fraction(100), 2, "100"),
    ],
)
def test_a_shown_decimal_is_rounded_half_away_from_zero(number: Fraction, places: int, text: str) -> None:
    assert plain_decimal(number, places) == text


@given(st.fractions(-1000, 1000, max_denominator=1000), st.integers(0, 6))
def test_a_shown_decimal_is_never_more_than_half_a_step_off(number: Fraction, places: int) -> None:
    assert abs(Fraction(plain_decimal(number, places)) - number) <= Fraction(1, 2 * 10**places)
