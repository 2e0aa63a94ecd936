"""Sealed bids for money: what one party pays another for a package in which all else is settled.

In each round the payer names the most it would pay and the other the least it would take, unseen. If the payer's sum
is no less, the price lies between them (`split` of the way from the lower to the higher; 1/2 unless said otherwise:
K. Chatterjee, W. Samuelson, Bargaining under Incomplete Information, Operations Research 31, 1983). If the sums miss
each other by no more than `zone`, which both know, the price is halfway, as in several rounds of blind bidding
on line. Else the round is void and nothing is told but that.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from evenhand.bargain.protocols.turn import Answer, Ending, Play, Said, Turn
from evenhand.case import Case
from evenhand.deals import Deal, NotDefined, broken_rules, value_of


@dataclass(frozen=True)
class Bidding:
    """What is bid for, who pays, how far bids go (0 to `most`), and the rules for the price."""

    package: Deal
    payer: str
    most: Fraction
    rounds: int = 3
    split: Fraction = Fraction(1, 2)
    zone: Fraction = Fraction(0)

    def price(self, high: Fraction, low: Fraction) -> Fraction | None:
        """The price for the payer's most and the other's least; None where they do not meet."""
        if high >= low:
            return low + (high - low) * self.split
        return (high + low) / 2 if low - high <= self.zone else None


def blind_bids(case: Case, bidding: Bidding) -> Play:
    """Ask both for a sum, round by round. Raises NotDefined where the case has no money, or not two parties."""
    if case.money is None:
        raise NotDefined("Bids are sums of money, and this case has none; add `money: {unit: …}` to it.")
    if len(case.principals) != 2 or case.money.to_pay:
        raise NotDefined("Sealed bids are between two parties, one of whom pays the other.")
    receiver = next(party.id for party in case.principals if party.id != bidding.payer)
    return _rounds(case, bidding, receiver)


def _rounds(case: Case, bidding: Bidding, receiver: str) -> Play:
    heard: dict[str, list[Said]] = {bidding.payer: [], receiver: []}
    for number in range(bidding.rounds):
        sums = []
        for party in (bidding.payer, receiver):
            pays, own = party == bidding.payer, tuple(heard[party])
            answer = yield Turn(
                party, number, bidding.rounds, ("sum", "end"), bidding.package, None, own, pays, bidding.most
            )
            if answer.kind == "end":
                return Ending("left", number, by=party)
            assert answer.amount is not None
            heard[party].append(Said(number, party, answer, bidding.package))
            sums.append(answer.amount)
        price = bidding.price(*sums)
        if price is not None:
            paid = {bidding.payer: price, receiver: -price}
            return Ending("agreed", number, Deal.of(case, bidding.package.settlements, paid, bidding.package.pieces))
    return Ending("deadline", bidding.rounds - 1)


@dataclass(frozen=True)
class Bidder:
    """A simulated bidder: from the far end of the scale to its own limit, which it names in the last round.

    `case` is as its party sees it. The limit is where the package with its payment is worth just as much as no deal,
    or the payer's budget if less. In between, the part of the way that time ** exponent says (see `parties`). It
    leaves where even its limit is off the scale, or the package crosses its own red lines.
    """

    case: Case
    party: str
    exponent: float

    def decide(self, turn: Turn) -> Answer:
        """The bid of a round, in hundredths, rounded to the party's own safe side."""
        assert turn.package is not None
        assert turn.most is not None
        limit = self._limit(turn.package, turn.most, pays=turn.pays is True)
        if not 0 <= limit <= turn.most or broken_rules(self.case, turn.package):
            return Answer("end")
        start = Fraction(0) if turn.pays else turn.most
        last = turn.step + 1 == turn.steps
        passed = Fraction(1) if last else Fraction((turn.step / (turn.steps - 1)) ** self.exponent)
        cents = (start + (limit - start) * passed) * 100
        return Answer("sum", amount=Fraction(floor(cents) if turn.pays else ceil(cents), 100))

    def _limit(self, package: Deal, most: Fraction, *, pays: bool) -> Fraction:
        preference = self.case.preferences[self.party]
        spare = value_of(self.case, package, self.party) - preference.no_deal
        if not pays:
            return max(-spare, Fraction(0))
        return min(spare, most, preference.budget if preference.budget is not None else most)
