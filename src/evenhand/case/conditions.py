"""Bounds on shares, as conditions write them: `< 1/3`, `>= 40%`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evenhand.case.numbers import exact
from evenhand.case.problems import Mistake

Comparison = Literal["<", "<=", ">", ">="]
_BOUND = re.compile(r"\s*(<=|>=|<|>)\s*([^%\s]+)\s*(%?)\s*")


@dataclass(frozen=True)
class ShareBound:
    """A comparison of a party's share (0 to 1) with a constant."""

    comparison: Comparison
    bound: Fraction

    @property
    def strict(self) -> bool:
        """True for < and >."""
        return self.comparison in ("<", ">")

    def holds(self, share: Fraction) -> bool:
        """Whether a share meets the bound."""
        outcomes = {
            "<": share < self.bound,
            "<=": share <= self.bound,
            ">": share > self.bound,
            ">=": share >= self.bound,
        }
        return outcomes[self.comparison]

    def opposite(self) -> ShareBound:
        """The bound that holds exactly when this one does not."""
        opposites: dict[Comparison, Comparison] = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}
        return ShareBound(opposites[self.comparison], self.bound)


def share_bound(text: str) -> ShareBound:
    """Read a bound on a share. Raises Mistake, a ValueError."""
    match = _BOUND.fullmatch(text)
    if not match:
        raise Mistake(f'"{text}" is not a bound on a share', 'Write a comparison such as "< 1/3" or "> 40%".')
    bound = exact(match.group(2)) / (100 if match.group(3) else 1)
    if not 0 <= bound <= 1:
        raise Mistake(f'"{text}" compares a share with a number outside 0 to 1', "The whole is 1, or 100%.")
    comparison: Comparison = match.group(1)  # type: ignore[assignment]  # the pattern admits only these four
    return ShareBound(comparison, bound)
