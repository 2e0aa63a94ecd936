"""Whole things handed out at prices until nobody's envy survives leaving out one thing.

Every party counts its points with a weight of its own; the price of a thing is the most it counts for (of a
burden, the least it costs) among the parties, and only who counts it so holds it. Such a deal is efficient even
among shares, and if no party's things, less one, are priced above the least-served party's things (each for its
entitlement), no envy survives leaving out one thing. While that is not so, a thing passes along a chain of parties
at unchanged prices to the least-served; where no chain leads on, the weights of all who are in reach of the
least-served rise (of burdens: fall) until one does.

Source: S. Barman, S. K. Krishnamurthy and R. Vaish, "Finding fair and efficient allocations", ACM Conference on
Economics and Computation (2018), here with unrounded prices as in J. Garg and A. Murhekar, "On fair and efficient
allocations of indivisible goods", AAAI (2021), where the number of steps is bounded by a polynomial in the parties,
the things and the largest point; for entitlements Chakraborty, Igarashi, Suksompong and Zick (2021). For burdens
nobody has shown that it ends, except in special cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evenhand.divide.whole import Things


class TooManySteps(Exception):
    """The prices did not settle within the steps allowed."""


class Market:
    """The things, their owners and prices. `moves` and `changes` count passed things and changes of prices."""

    def __init__(self, things: Things) -> None:
        self.things = things
        self.duty = bool(things.burdens)
        self.size = [[abs(points) for points in row] for row in things.points]
        self.weights = [Fraction(1)] * len(self.size)
        self.active = {i for i, row in enumerate(self.size) if any(row)}
        self.moves = self.changes = 0
        self.owners = [0] * things.count
        self.prices = [Fraction(0)] * things.count
        self.traded: list[int] = []
        for k in range(things.count):
            self._place(k)
        self.held: list[set[int]] = [{k for k in self.traded if self.owners[k] == i} for i in things.parties]
        self.ties = [{k for k in self.traded if row[k] == self.prices[k]} for row in self.size]

    def _place(self, thing: int) -> None:
        """A thing to the first party that counts it highest (a burden: lowest), at that price; free ones stay there."""
        column = [row[thing] for row in self.size]
        price = min(column) if self.duty else max(column)
        self.owners[thing] = column.index(price)
        self.prices[thing] = Fraction(price)
        if price:
            self.traded.append(thing)

    def settle(self, steps: int) -> list[int]:
        """Who gets each thing in the end. Raises TooManySteps."""
        for _ in range(steps):
            spent = {i: self._priced(i) / self.things.weights[i] for i in self.active}
            least = min(spent.values(), default=Fraction(0))
            if all(self._less_one(i) <= least for i in self.active):
                return self.owners
            reached = [i for i in self.things.parties if spent.get(i) == least]
            passing = self._passing(reached, least)
            if passing is not None:
                self._pass(*passing)
            else:
                self._change_prices(set(reached), spent, least)
        raise TooManySteps

    def _priced(self, party: int) -> Fraction:
        return sum((self.prices[k] for k in self.held[party]), Fraction(0))

    def _less_one(self, party: int) -> Fraction:
        """The price of a party's things without the dearest, for its entitlement."""
        dearest = max((self.prices[k] for k in self.held[party]), default=Fraction(0))
        return (self._priced(party) - dearest) / self.things.weights[party]

    def _passing(self, reached: list[int], least: Fraction) -> tuple[int, int] | None:
        """(thing, taker) at the end of a shortest chain from the least-served to a party that has too much.

        `reached` grows to all parties in reach, nearest first. Only shortest chains count: along others two
        parties equally near could pass a thing to and fro for ever.
        """
        front = list(reached)
        while front:
            further: list[int] = []
            for taker in front:
                for k in sorted(self.ties[taker] - self.held[taker]):
                    owner = self.owners[k]
                    if owner in reached or owner not in self.active:
                        continue
                    if (self._priced(owner) - self.prices[k]) / self.things.weights[owner] > least:
                        return k, taker
                    if owner not in further:
                        further.append(owner)
            reached += further
            front = further
        return None

    def _pass(self, thing: int, taker: int) -> None:
        self.held[self.owners[thing]].remove(thing)
        self.held[taker].add(thing)
        self.owners[thing] = taker
        self.moves += 1

    def _change_prices(self, reached: set[int], spent: dict[int, Fraction], least: Fraction) -> None:
        """Raise (of burdens: lower) the weights of those in reach until a chain leads on or somebody else is
        least-served. Where neither can happen, nobody in reach wants anything of the others: they are done."""
        offers = list(self._offers(reached))
        factor = min((rate for rate, _, _ in offers), default=None)
        if not self.duty and least > 0:
            others = [spent[i] / least for i in self.active - reached]
            factor = min([*others, *([factor] if factor is not None else [])])
        if factor is None:
            self.active -= reached
            return
        scale = 1 / factor if self.duty else factor
        for party in reached:
            self.weights[party] *= scale
            for k in self.held[party]:
                self.prices[k] *= scale
        self._renew_ties(reached, [(party, k) for rate, party, k in offers if rate == factor])
        self.changes += 1

    def _offers(self, reached: set[int]) -> Iterator[tuple[Fraction, int, int]]:
        """(factor by which the weight must change, party in reach, thing of somebody else)."""
        for k in self.traded:
            if self.owners[k] in self.active - reached:
                for party in sorted(reached):
                    if size := self.size[party][k]:
                        counted = self.weights[party] * size
                        yield (counted / self.prices[k] if self.duty else self.prices[k] / counted), party, k

    def _renew_ties(self, reached: set[int], new: list[tuple[int, int]]) -> None:
        """Outsiders no longer count what those in reach hold as highly as these do; `new` ones join."""
        inside = {k for party in reached for k in self.held[party]}
        for party in self.active - reached:
            self.ties[party] -= inside
        for party, k in new:
            self.ties[party].add(k)
