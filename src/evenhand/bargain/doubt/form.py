"""Linear forms: what something is worth to a party, as far as that depends on what is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm


@dataclass(frozen=True)
class Form:
    """constant + the sum of factor × unknown, over the unknowns it names by number; exact. No factor is 0."""

    constant: Fraction = Fraction(0)
    factors: Mapping[int, Fraction] = field(default_factory=dict)

    def __add__(self, other: Form) -> Form:
        return total((self, other))

    def __sub__(self, other: Form) -> Form:
        return total((self, other.times(Fraction(-1))))

    def times(self, factor: Fraction) -> Form:
        """The form multiplied by a number."""
        if not factor:
            return Form()
        return Form(self.constant * factor, {k: value * factor for k, value in self.factors.items()})

    def at(self, point: Sequence[Fraction]) -> Fraction:
        """Its value where the unknowns have these values."""
        return self.constant + sum((factor * point[k] for k, factor in self.factors.items()), Fraction(0))

    @property
    def scale(self) -> int:
        """The smallest number that makes the constant and every factor whole."""
        return lcm(self.constant.denominator, *(factor.denominator for factor in self.factors.values()))


def total(forms: Iterable[Form]) -> Form:
    """The sum of some forms."""
    constant, factors = Fraction(0), dict[int, Fraction]()
    for form in forms:
        constant += form.constant
        for k, factor in form.factors.items():
            factors[k] = factors.get(k, Fraction(0)) + factor
    return Form(constant, {k: factor for k, factor in factors.items() if factor})
