"""What a procedure gives back, and the ways it can say no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from evenhand.case import Case, unread_maps
from evenhand.deals.deal import Deal


class NotDefined(ValueError):
    """The procedure has no meaning for this case; the message says why, for people."""


class NoDeal(ValueError):
    """No deal was found. `clash` names a smallest set of rules that no deal satisfies, if that is why."""

    def __init__(self, message: str, clash: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.clash = clash


def needs_no_map(case: Case) -> None:
    """Raise NotDefined where a territory has no lines yet, or lines whose worth rests on a map that was not read."""
    for territory in unread_maps(case):
        lacking = "no line is on the table" if not territory.lines else "what its lines are worth is not known"
        raise NotDefined(f"Of “{territory.label}”, {lacking} before the map {territory.map} is read.")


@dataclass(frozen=True)
class Step:
    """One step of a trace: what was done (a verb) and with what. Plain data; words are made elsewhere."""

    action: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Method:
    """How a deal was computed.

    `gap` bounds how far the procedure's objective is from the best: for `nash`, the logarithm of the
    ratio of products; for `leximin`, points; for fair shares, the fraction of a share. 0 with `exact` means
    proved in exact arithmetic; 0 without, proved by the solver up to its stated tolerance; None, that the
    procedure optimises nothing.
    """

    name: str
    algorithm: str
    proof: str
    gap: float | None = None
    exact: bool = False
    seed: int | None = None


@dataclass(frozen=True)
class Outcome:
    """A deal, the steps that led to it, and the method.

    `multipliers` (per party, where the procedure knows them) bound the product of values; a certificate
    may use them after checking them exactly.
    """

    deal: Deal
    trace: tuple[Step, ...]
    method: Method
    multipliers: Mapping[str, Fraction] | None = None
