"""What all exchange formats can say: issues with lists of values, and for each party a weighted sum over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm


@dataclass(frozen=True)
class Profile:
    """What one party wants, in utilities: the sum over issues of weight × value, values from 0 to 1.

    `weights[k]` and `values[k][o]` follow the scenario's issues and options. `reservation` is what no deal is
    worth, in the same utilities.
    """

    name: str
    weights: tuple[Fraction, ...]
    values: tuple[tuple[Fraction, ...], ...]
    reservation: Fraction = Fraction(0)

    @property
    def best(self) -> Fraction:
        """The utility of the best option of every issue together."""
        return sum((w * max(row) for w, row in zip(self.weights, self.values, strict=True)), Fraction(0))


@dataclass(frozen=True)
class Scenario:
    """A negotiation as other programs keep it.

    `meaning` says to everybody how its numbers are to be read; `notes` are for the mediator alone, since they
    may speak of one party's numbers. `up_to_one`: its utilities are meant to lie between 0 and 1.
    """

    title: str
    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    profiles: tuple[Profile, ...]
    meaning: str = ""
    notes: tuple[str, ...] = ()
    up_to_one: bool = True


def decimal_text(number: Fraction) -> str | None:
    """The number as a decimal that is exactly equal ("0.375", "40.0"), without exponent; None if there is none."""
    places = _places(number.denominator)
    if places is None:
        return None
    scaled = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    whole, rest = scaled[: len(scaled) - places], scaled[len(scaled) - places :]
    return f"{'-' if number < 0 else ''}{whole}.{rest or '0'}"


def is_decimal(number: Fraction) -> bool:
    """Whether some decimal is exactly equal."""
    return _places(number.denominator) is not None


def _places(denominator: int) -> int | None:
    """How many decimal places a fraction in lowest terms needs; None where no number of places is enough."""
    counts = []
    for prime in (2, 5):
        count = 0
        while denominator % prime == 0:
            denominator //= prime
            count += 1
        counts.append(count)
    return max(counts) if denominator == 1 else None


def one_utility(profile: Profile) -> Fraction:
    """What to divide a party's points by, so that every weight and the reservation are decimals and sum to 1 at
    most: the best deal's points where that works, else the next larger number that does."""
    best = sum(profile.weights, Fraction(0))
    if best and all(is_decimal(number / best) for number in (*profile.weights, profile.reservation)):
        return best
    below = lcm(*(number.denominator for number in (*profile.weights, profile.reservation)))
    while below % 2 == 0 or below % 5 == 0:
        below //= 2 if below % 2 == 0 else 5
    unit = Fraction(1, below)
    while unit < best:
        unit *= 10
    return unit


def normalised(profile: Profile) -> Profile:
    """The same utilities with 1 as the value of each issue's best option."""
    tops = [max(row) for row in profile.values]
    weights = tuple(weight * top for weight, top in zip(profile.weights, tops, strict=True))
    values = tuple(
        tuple(value / top if top else value for value in row) for row, top in zip(profile.values, tops, strict=True)
    )
    return Profile(profile.name, weights, values, profile.reservation)


def divided(profile: Profile, unit: Fraction) -> Profile:
    """The profile with `unit` as the new utility of 1."""
    weights = tuple(weight / unit for weight in profile.weights)
    return Profile(profile.name, weights, profile.values, profile.reservation / unit)


def whole_values(values: Sequence[Fraction]) -> list[Fraction]:
    """The smallest whole numbers in the same proportions."""
    below = lcm(*(value.denominator for value in values))
    return [value * below for value in values]
