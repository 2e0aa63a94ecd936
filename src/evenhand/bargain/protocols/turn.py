"""What a protocol asks, what a party may answer, and what was said.

A turn carries everything its party has heard, and nothing else: whoever decides needs no memory of its own, and
the same turn always has the same answer. Words are made elsewhere.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from evenhand.deals import Deal, Settlement

Kind = Literal["accept", "accept-if", "reject", "prefer", "offer", "sum", "end"]
"""accept: yes to the package; accept-if: yes if its conditions are met; reject: no; prefer: rather this than the
one that stands; offer: no, but this instead; sum: a sealed bid of money; end: leave the table."""


@dataclass(frozen=True)
class Answer:
    """One answer. `deal` is the package offered, or the one accepted with its conditions already in it;
    `conditions` names the issues that these settle anew; `amount` is a sum of money."""

    kind: Kind
    deal: Deal | None = None
    conditions: tuple[str, ...] = ()
    amount: Fraction | None = None

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What equal packages have in common."""
        return () if self.deal is None else same(self.deal)


@dataclass(frozen=True)
class Said:
    """An answer that somebody gave, in which step (counted from 0), about which package, and what stood then."""

    step: int
    party: str
    answer: Answer
    package: Deal | None = None
    standing: Deal | None = None


@dataclass(frozen=True)
class Turn:
    """A party is asked. `allowed` are the answers that count.

    `package` is what is on the table; `standing` is what holds if it is refused (None: nothing does); `heard` is
    what was said in this party's hearing, its own words among it. In sealed bids `pays` says whether the
    party pays (True) or receives, and `most` is the largest sum that counts.
    """

    party: str
    step: int
    steps: int
    allowed: tuple[Kind, ...]
    package: Deal | None = None
    standing: Deal | None = None
    heard: tuple[Said, ...] = ()
    pays: bool | None = None
    most: Fraction | None = None

    @property
    def time(self) -> float:
        """The part of the time that has passed, above 0 and at most 1: (step + 1) / (steps + 1)."""
        return min(1.0, (self.step + 1) / (self.steps + 1))


def same(deal: Deal) -> tuple[object, ...]:
    """A key by which equal packages are found (deals themselves cannot be kept in sets)."""
    return tuple(_plain(settlement) for settlement in deal.settlements.values())


def _plain(settlement: Settlement) -> object:
    """Shares as text: many keys are compared, and fractions are slow to hash."""
    if isinstance(settlement, str):
        return settlement
    return tuple((party, str(share)) for party, share in settlement.items())


Why = Literal["agreed", "deadline", "left", "refused"]


@dataclass(frozen=True)
class Ending:
    """How it ended: with a deal, or why without one (`by` says who left).

    `step` counts from 0. `course` are, where a mediator carries packages, those that stood one after the other, each
    with the number brought by then; the last may stand although it was not signed.
    """

    why: Why
    step: int
    deal: Deal | None = None
    by: str | None = None
    course: tuple[tuple[int, Deal], ...] = ()


Play: TypeAlias = Generator[Turn, Answer, Ending]
"""A protocol under way: it yields each turn, is sent the answer, and returns the ending."""
