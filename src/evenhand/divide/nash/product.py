"""Products of values to the power of entitlements, compared exactly; and what a search found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evenhand.deals import Deal, Space
from evenhand.solve import compare_with_one


@dataclass(frozen=True)
class Found:
    """A deal with its values, the bound the search gives (logarithm), and what was proved."""

    deal: Deal
    values: tuple[Fraction, ...]
    gap: float
    exact: bool
    finished: bool
    multipliers: tuple[Fraction, ...] | None = None


def parts(space: Space) -> list[Fraction]:
    """The entitlements over the largest, so that floats and tolerances mean the same for all."""
    return [entitlement / max(space.entitlements) for entitlement in space.entitlements]


def compared(space: Space, one: Sequence[Fraction], other: Sequence[Fraction]) -> int:
    """Above 0 if `one` has more parties above zero, or as many and a larger product; 0 if alike. Exact."""
    more = sum(value > 0 for value in one) - sum(value > 0 for value in other)
    if more:
        return more
    powers = [(value, int(e)) for value, e in zip(one, space.entitlements, strict=True) if value > 0]
    powers += [(value, -int(e)) for value, e in zip(other, space.entitlements, strict=True) if value > 0]
    return compare_with_one(powers)
