"""Exact numbers: integers, decimals and fractions such as 40/3, read without rounding."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

LARGEST = 10**15
FINEST = 10**12
_INTEGER = r"[+-]?[0-9](?:_?[0-9])*"
_NUMBER = re.compile(rf"(?:{_INTEGER}|[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+)|{_INTEGER}/[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?")


def exact(text: object) -> Fraction:
    """Read one number exactly.

    Takes an int, a Fraction, or text holding an integer, a decimal or a fraction ("40/3"). Binary floats
    are refused because 0.1 is not one tenth in them. Raises ValueError with a sentence for people.
    """
    if isinstance(text, Fraction | int) and not isinstance(text, bool):
        return _within_limits(Fraction(text), str(text))
    if isinstance(text, float):
        return exact(repr(text))
    if not isinstance(text, str):
        raise ValueError(f"{_shown(text)} is not a number")
    stripped = text.strip()
    if not _NUMBER.fullmatch(stripped) or ("/" in stripped and "e" in stripped.lower()):
        raise ValueError(f"{_shown(text)} is not a number")
    return _within_limits(_parsed(stripped), stripped)


def _parsed(text: str) -> Fraction:
    if len(text) > 64:
        raise ValueError(f"the number {_shown(text)} is too long")
    if "/" in text:
        above, below = text.split("/")
        if int(below) == 0:
            raise ValueError(f"{text} divides by zero")
        return Fraction(int(above), int(below))
    exponent = re.search(r"[eE]([+-]?\d+)$", text)
    if exponent and abs(int(exponent.group(1))) > 30:
        raise ValueError(f"the number {text} is too large or too fine")
    return Fraction(Decimal(text.replace("_", "")))


def _within_limits(number: Fraction, text: str) -> Fraction:
    if abs(number) > LARGEST:
        raise ValueError(f"the number {_shown(text)} is too large (the limit is 10^15)")
    if number.denominator > FINEST:
        raise ValueError(f"the number {_shown(text)} is too fine (the limit is 12 decimal places)")
    return number


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return f'"{text}"' if len(text) <= 40 else f'"{text[:37]}…"'


def fraction_text(number: Fraction) -> str:
    """The number as "65" or "395/6": the form that JSON output and certificates use."""
    return str(number)


def plain_decimal(number: Fraction, places: int = 2) -> str:
    """The number rounded half up to at most `places` decimals, without trailing zeros: "65.83"."""
    scale = 10**places
    scaled = (abs(number) * scale * 2 + 1) // 2
    whole, rest = divmod(int(scaled), scale)
    sign = "-" if number < 0 and scaled else ""
    digits = f".{rest:0{places}d}".rstrip("0").rstrip(".") if rest else ""
    return f"{sign}{whole}{digits}"
