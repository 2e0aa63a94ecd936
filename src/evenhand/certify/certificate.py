"""The shape of a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

Verdict = Literal["holds", "fails", "undecided", "undefined"]


@dataclass(frozen=True)
class Certificate:
    """What was found about one property of a deal.

    `witness` is plain data (fractions as text), enough to check the verdict by hand; for `undefined` and
    `undecided` it has `why`, a sentence. `assumed` lists what the verdict rests on besides the case.
    """

    property: str
    verdict: Verdict
    witness: Mapping[str, Any] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The certificate as plain data; keys: property, verdict, witness, assumed."""
        return {
            "property": self.property,
            "verdict": self.verdict,
            "witness": dict(self.witness),
            "assumed": list(self.assumed),
        }


def undefined(name: str, why: str) -> Certificate:
    """A property that has no meaning here, and why."""
    return Certificate(name, "undefined", {"why": why})


def texts(numbers: Mapping[str, Fraction]) -> dict[str, str]:
    """Fractions as text."""
    return {key: str(number) for key, number in numbers.items()}
