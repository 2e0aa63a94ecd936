"""A deal settles every issue: a party or `joint` (asset), an option (choice), shares (divisible, or an
asset that had to be shared), or pieces (cake). Where the case has money, it may also say who pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from evenhand.case import JOINT, Asset, Case, Divisible, Issue

Settlement = str | Mapping[str, Fraction]
Pieces = tuple[tuple[Fraction, Fraction], ...]
"""The parts of a cake that a party has: (from, to), in rising order, none touching the next."""


@dataclass(frozen=True)
class Deal:
    """A settlement for each issue of a case, in the case's order. Shares are above 0 and sum to 1.

    `payments` says what each principal pays (below 0: receives); empty where nobody does. They sum to what the
    parties pay together, less the `subsidy` (0 or more) that somebody outside adds. `pieces` says for each cake
    who has which parts; its settlement is then the shares of its length.
    """

    settlements: Mapping[str, Settlement]
    payments: Mapping[str, Fraction] = field(default_factory=dict)
    pieces: Mapping[str, Mapping[str, Pieces]] = field(default_factory=dict)
    subsidy: Fraction = Fraction(0)

    @classmethod
    def of(
        cls,
        case: Case,
        settlements: Mapping[str, Settlement],
        payments: Mapping[str, Fraction] | None = None,
        pieces: Mapping[str, Mapping[str, Sequence[tuple[Fraction, Fraction]]]] | None = None,
        subsidy: Fraction = Fraction(0),
    ) -> Deal:
        """The deal in its one written form: issues and parties in case order, no empty shares, a party's id
        where an asset is whole, touching pieces as one, and payments of all principals or of none."""
        cut = {cake: _joined(case, found) for cake, found in (pieces or {}).items()}
        shares = {cake: _lengths(found) for cake, found in cut.items()}
        settled = {**settlements, **shares}
        paid = {party.id: (payments or {}).get(party.id, Fraction(0)) for party in case.principals}
        return cls(
            {issue.id: _written(case, issue, settled[issue.id]) for issue in case.issues},
            paid if any(paid.values()) else {},
            {issue.id: cut[issue.id] for issue in case.issues if issue.id in cut},
            subsidy,
        )

    def __getitem__(self, issue_id: str) -> Settlement:
        return self.settlements[issue_id]

    def shares(self, issue_id: str) -> Mapping[str, Fraction]:
        """Who holds how much of an asset or divisible; empty for `joint`."""
        settlement = self.settlements[issue_id]
        if isinstance(settlement, str):
            return {} if settlement == JOINT else {settlement: Fraction(1)}
        return settlement

    @property
    def without_money(self) -> Deal:
        """The same settlements with no payments."""
        return replace(self, payments={}, subsidy=Fraction(0))

    def is_shared(self, issue_id: str) -> bool:
        """Whether more than one party holds a part."""
        return not isinstance(self.settlements[issue_id], str) and len(self.settlements[issue_id]) > 1


def _joined(case: Case, pieces: Mapping[str, Sequence[tuple[Fraction, Fraction]]]) -> dict[str, Pieces]:
    """Each party's pieces from one end to the other, touching ones as one; parties without any left out."""
    found: dict[str, Pieces] = {}
    for party in case.principals:
        joined: list[tuple[Fraction, Fraction]] = []
        for start, end in sorted(pieces.get(party.id, ())):
            if joined and joined[-1][1] == start:
                joined[-1] = (joined[-1][0], end)
            elif start < end:
                joined.append((start, end))
        if joined:
            found[party.id] = tuple(joined)
    return found


def _lengths(pieces: Mapping[str, Pieces]) -> dict[str, Fraction]:
    """The share of the length that each party has; the pieces cover the whole."""
    lengths = {party: sum((end - start for start, end in found), Fraction(0)) for party, found in pieces.items()}
    whole = sum(lengths.values(), Fraction(0))
    return {party: length / whole for party, length in lengths.items()}


def _written(case: Case, issue: Issue, settlement: Settlement) -> Settlement:
    if isinstance(settlement, str):
        return {settlement: Fraction(1)} if isinstance(issue, Divisible) else settlement
    shares = {party.id: settlement[party.id] for party in case.principals if settlement.get(party.id, 0) != 0}
    if isinstance(issue, Asset) and len(shares) == 1:
        return next(iter(shares))
    return shares
