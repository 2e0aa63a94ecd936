"""What a property of deals is: everything that is said and done about it, in one object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evenhand.certify.certificate import Certificate
from evenhand.certify.examined import Examined
from evenhand.certify.recheck.claim import Claim


@dataclass(frozen=True)
class Property:
    """A property of deals.

    `title` and `meaning` are for people, `definition` and `source` for checkers. `own_meaning` is what it
    says to one party about that party alone; None where it takes everybody's points, and then no party is
    shown it. `by_hand` says what the witness holds and how a person checks it. `cost` is that of `check`
    for n parties and m issues; `recheck_cost` that of `recheck`, which reads a certificate that was
    written to a file and raises `Wrong` or `NotRecheckable`. `assumed` is what every verdict rests on.
    `of_parts`: it looks at what each party has, of which its payment is a part; the check and the recheck then
    see payments as issues (`deals.payments`).
    """

    id: str
    title: str
    meaning: str
    definition: str
    source: str
    by_hand: str
    cost: str
    recheck_cost: str
    check: Callable[[Examined], Certificate]
    recheck: Callable[[Claim], None]
    own_meaning: str | None = None
    assumed: tuple[str, ...] = ()
    of_parts: bool = False
