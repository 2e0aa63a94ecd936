"""Exact numbers: integers, decimals and fractions such as 40/3, read without rounding."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from evenhand.case.problems import Mistake

LARGEST = 10**15
FINEST = 10**12
_INTEGER = r"[+-]?[0-9](?:_?[0-9])*"
_NUMBER = re.compile(rf"(?:{_INTEGER}|[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+)|{_INTEGER}/[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?")
_DECIMAL_COMMA = re.compile(r"\s*([+-]?[0-9]+),([0-9]+)\s*")
_PLAIN_MEND = "Write an integer, a decimal or a fraction such as 40/3."
_LARGE_MEND = "Count in a larger unit, such as thousands."
_FINE_MEND = "Round it to 12 decimal places or fewer, or write a fraction such as 40/3."


def exact(text: object) -> Fraction:
    """Read one number exactly.

    Takes an int, a Fraction, or text holding an integer, a decimal or a fraction ("40/3"). Binary floats
    that reach this point count as the decimal that they print as. Raises Mistake, a ValueError.
    """
    number = as_written(text)
    return _within_limits(number, str(text).strip())


def as_written(text: object) -> Fraction:
    """As `exact`, for numbers of other programs' files: larger or finer ones than a case can hold are read too."""
    if isinstance(text, Fraction | int) and not isinstance(text, bool):
        return Fraction(text)
    if isinstance(text, float):
        return as_written(repr(text))
    if text is None or text == "":
        raise Mistake("a number is missing here", _PLAIN_MEND)
    if isinstance(text, list | tuple | dict):
        raise Mistake("a single number was expected here", _PLAIN_MEND)
    stripped = text.strip() if isinstance(text, str) else ""
    if not _NUMBER.fullmatch(stripped) or ("/" in stripped and "e" in stripped.lower()):
        raise Mistake(f"{_shown(text)} is not a number", _mend(stripped))
    return _parsed(stripped)


def _parsed(text: str) -> Fraction:
    if len(text) > 64:
        raise Mistake(f"the number {_shown(text)} is too long", _FINE_MEND)
    if "/" in text:
        above, below = text.split("/")
        if int(below) == 0:
            raise Mistake(f"{text} divides by zero", "Write a number other than 0 below the line.")
        return Fraction(int(above), int(below))
    exponent = re.search(r"[eE]([+-]?\d+)$", text)
    if exponent and int(exponent.group(1)) > 30:
        raise Mistake(f"the number {_shown(text)} is too large (the limit is 10^15)", _LARGE_MEND)
    if exponent and int(exponent.group(1)) < -30:
        raise Mistake(f"the number {_shown(text)} is too fine (the limit is 12 decimal places)", _FINE_MEND)
    return Fraction(Decimal(text.replace("_", "")))


def _within_limits(number: Fraction, text: str) -> Fraction:
    if abs(number) > LARGEST:
        raise Mistake(f"the number {_shown(text)} is too large (the limit is 10^15)", _LARGE_MEND)
    if number.denominator > FINEST:
        raise Mistake(f"the number {_shown(text)} is too fine (the limit is 12 decimal places)", _FINE_MEND)
    return number


def _mend(text: str) -> str:
    """The advice for text that is not a number: mostly the same, but people do write 40,5."""
    comma = _DECIMAL_COMMA.fullmatch(text)
    if not comma:
        return _PLAIN_MEND
    point, joined = ".".join(comma.groups()), "".join(comma.groups())
    return f"Write {joined} or {point}: a point, not a comma." if len(comma.group(2)) == 3 else f"Write {point}."


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
