"""Simulated parties: how somebody might answer. Each sees its own preferences and what it has heard, no more.

What a party aims for is a part of its own range, from its floor (0: no deal, or its worst deal if better) to its best
deal on the menu (1). A party has no memory: it decides from the turn alone, so the same turn always gets the same
answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from math import inf
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.protocols.own import Own
from evenhand.bargain.protocols.turn import Answer, Said, Turn
from evenhand.case import Mistake, exact
from evenhand.deals import Deal, NotDefined

EXPONENTS = {"boulware": 4.0, "linear": 1.0, "conceder": 0.25, "tough": inf}
"""Time-dependent parties by name: late, even, early, never. Those of NegMAS 0.16."""
SLACK = 1e-4
"""A party lets a deal pass that misses its aim by this part of its range, as NegMAS 0.16 does."""

PATIENCE = 0.1
"""How much of its range a linear party lets a change to a mediated text cost it at first."""


def aspirations(steps: int, exponent: float) -> NDArray[np.float64]:
    """What a time-dependent party aims for in each step, and when time is over: 1 − time ** exponent of its range.

    P. Faratin, C. Sierra, N. R. Jennings, Negotiation Decision Functions for Autonomous Agents (1998), polynomial form
    with their β = 1 / exponent. One array for all steps, so that a batch has the very numbers of a single negotiation.
    """
    times = np.arange(1, steps + 2) / (steps + 1)
    return 1.0 - np.power(times, exponent)


@dataclass(frozen=True)
class Simulated(ABC):
    """A party that answers by a rule."""

    own: Own
    kind: ClassVar[str]

    @abstractmethod
    def decide(self, turn: Turn) -> Answer:
        """The answer to a turn. Raises NotDefined where the rule has no answer to such a question."""


@dataclass(frozen=True)
class TimeDependent(Simulated):
    """Concedes as time passes, whatever the others do. `exponent` above 1: late (Boulware); below 1: early (Conceder).

    Offers the deal worth least to itself that reaches its aim; of equal ones, that which is most like what the others
    offered last. Accepts what reaches its aim. Of packages carried to it, it prefers what is worth more to it. It
    accepts a change to a text that costs it no more than PATIENCE / exponent of its range, falling to nothing with
    time, so that a text can pass through a worse draft to a better one (threshold accepting: G. Dueck, T. Scheuer,
    1990). It signs nothing below no deal, and nothing across its own red lines.
    """

    exponent: float
    kind: ClassVar[str] = "time-dependent"

    def decide(self, turn: Turn) -> Answer:
        """The answer in any protocol about packages."""
        if turn.package is not None and self._content(turn):
            better = turn.standing is not None and self.own.rank(turn.package) > self.own.rank(turn.standing)
            return Answer("prefer" if better and "prefer" in turn.allowed else "accept")
        if "offer" in turn.allowed:
            return Answer("offer", self.own.lowest(self._aim(turn), _last_offers(turn)))
        return Answer("reject")

    def _aim(self, turn: Turn) -> float:
        return float(aspirations(turn.steps, self.exponent)[turn.step]) - SLACK

    def _content(self, turn: Turn) -> bool:
        package, standing = turn.package, turn.standing
        assert package is not None
        if standing is None:
            return self.own.signs(package) and self.own.part(package) >= self._aim(turn)
        if self.own.rank(package) >= self.own.rank(standing) or "prefer" in turn.allowed:
            return self.own.rank(package) >= self.own.rank(standing)
        loss = self.own.part(standing) - self.own.part(package)
        return self.own.rank(package)[0] and loss <= PATIENCE / self.exponent * (1.0 - turn.time)


@dataclass(frozen=True)
class TitForTat(Simulated):
    """Gives as much as it gets: its aim falls by what the others' offers have risen for it since their first.

    Counted in parts of its own range; with several others, by the one who gave least; what they take back again it
    takes back too. So that two of them do not wait for each other for ever, it gives up one step of its own
    list unasked after its first offer. Faratin, Sierra and Jennings (1998), absolute tit-for-tat.
    """

    kind: ClassVar[str] = "tit-for-tat"

    def decide(self, turn: Turn) -> Answer:
        """The answer in alternating offers."""
        _needs_offers(self.kind, turn)
        aim = self._aim(turn)
        if turn.package is not None and self.own.signs(turn.package) and self.own.part(turn.package) >= aim - SLACK:
            return Answer("accept")
        return Answer("offer", self.own.lowest(aim - SLACK, _last_offers(turn)))

    def _aim(self, turn: Turn) -> float:
        offers: dict[str, list[Deal]] = {}
        for said in _offers(turn):
            offers.setdefault(said.party, []).append(_deal(said))
        mine = offers.pop(self.own.party, None)
        gains = [self.own.part(found[-1]) - self.own.part(found[0]) for found in offers.values()]
        aim = 1.0 - max(0.0, min(gains, default=0.0))
        return min(aim, self.second) if mine else aim

    @property
    def second(self) -> float:
        """The part of its range that its second-best worth is."""
        for deal in self.own.from_best():
            if self.own.part(deal) < 1.0:
                return self.own.part(deal)
        return 1.0


@dataclass(frozen=True)
class Micro(Simulated):
    """Concedes by one deal when the others have offered at least as many different ones; else repeats an earlier one.

    Goes down its own list from the best. Accepts what is worth no less to it than what it would offer next or, when it
    would repeat, than the least of what it has offered. Never below no deal. Repeats are drawn with `seed`. D. de
    Jonge, An Analysis of the Linear Bilateral ANAC Domains Using the MiCRO Benchmark Strategy, IJCAI 2022.
    """

    seed: int = 0
    run: int = 0
    kind: ClassVar[str] = "micro"
    _down: list[Deal] = field(default_factory=list, compare=False, repr=False)
    _rest: list[Iterator[Deal]] = field(default_factory=list, compare=False, repr=False)

    def decide(self, turn: Turn) -> Answer:
        """The answer in alternating offers."""
        _needs_offers(self.kind, turn)
        mine = _different(said for said in _offers(turn) if said.party == self.own.party)
        others = _different(said for said in _offers(turn) if said.party != self.own.party)
        new = self._at(len(mine)) if len(mine) <= len(others) else None
        least = new or (mine[-1] if mine else None)
        if turn.package is not None and self._takes(turn.package, least):
            return Answer("accept")
        if new is not None:
            return Answer("offer", new)
        return Answer("offer", mine[int(self._draw(turn) * len(mine))])

    def _takes(self, package: Deal, least: Deal | None) -> bool:
        return self.own.signs(package) and (least is None or self.own.worth(package) >= self.own.worth(least))

    def _draw(self, turn: Turn) -> float:
        return float(draws(self.seed, self.own.party, self.run * turn.steps + turn.step, 1)[0])

    def _at(self, number: int) -> Deal | None:
        """The deal at a place of the own list, from the best down; None below the floor. A list kept for speed."""
        if not self._rest:
            self._rest.append(self.own.from_best())
        self._down.extend(islice(self._rest[0], max(0, number + 1 - len(self._down))))
        return self._down[number] if number < len(self._down) else None


def draws(seed: int, party: str, start: int, count: int) -> NDArray[np.float64]:
    """A party's own random numbers from a place on, from 0 to below 1. Run r of a batch has those from r × steps on."""
    return np.random.Generator(np.random.PCG64([seed, *party.encode()]).advance(start)).random(count)


@dataclass(frozen=True)
class Scripted:
    """A person whose answers were written down beforehand, as a person would type them, one for each turn.

    `numbers` are the lines of `file` that they stand on.
    """

    party: str
    lines: tuple[str, ...]
    file: str = ""
    numbers: tuple[int, ...] = ()
    kind: ClassVar[str] = "script"

    def decide(self, turn: Turn) -> str:
        """The next answer of the script. Raises Mistake when it runs out."""
        said = self._said(turn)
        if said >= len(self.lines):
            what = f"the script of {self.party} has {len(self.lines)} answers, and one more was asked for"
            raise Mistake(what, "Add a line; `end` leaves the table.")
        return self.lines[said]

    def place(self, turn: Turn) -> int:
        """The line of the file that answers a turn; 0 where the script has run out."""
        return self.numbers[self._said(turn)] if self._said(turn) < len(self.numbers) else 0

    def _said(self, turn: Turn) -> int:
        return sum(said.party == self.party for said in turn.heard)


def simulated(own: Own, kind: str, seed: int = 0, run: int = 0) -> Simulated:
    """A party by the name of its rule, or by the exponent of a time-dependent one. Raises Mistake."""
    if kind == "micro":
        return Micro(own, seed, run)
    if kind == "tit-for-tat":
        return TitForTat(own)
    return TimeDependent(own, exponent_of(kind))


def exponent_range(kind: str) -> tuple[float, float]:
    """The lowest and highest exponent of `0.25..4` or `conceder..boulware`; of one, twice. Raises Mistake."""
    low, dots, high = kind.partition("..")
    found = exponent_of(low), exponent_of(high if dots else low)
    if dots and not found[0] <= found[1] < inf:
        raise Mistake(f'"{kind}" is no range of exponents', "Write the lower end first, such as 0.25..4.")
    return found


def exponent_of(kind: str) -> float:
    """The exponent of a time-dependent party by name or number. Raises Mistake."""
    if kind in EXPONENTS:
        return EXPONENTS[kind]
    try:
        found = float(exact(kind))
    except Mistake:
        found = 0.0
    if not 1e-3 <= found <= 1e3:
        known = ", ".join((*EXPONENTS, "tit-for-tat", "micro"))
        raise Mistake(
            f'there is no way to negotiate called "{kind}"', f"Known: {known}, or an exponent from 0.001 to 1000."
        )
    return found


def _needs_offers(kind: str, turn: Turn) -> None:
    if "offer" not in turn.allowed:
        raise NotDefined(
            f"{kind} is a way to make offers; where a party only answers, use boulware, linear or conceder."
        )


def _offers(turn: Turn) -> Iterator[Said]:
    """What was offered in the party's hearing; a yes with conditions is an offer too."""
    return (said for said in turn.heard if said.answer.kind in ("offer", "accept-if"))


def _last_offers(turn: Turn) -> list[Deal]:
    """What each of the others offered last."""
    return list({said.party: _deal(said) for said in _offers(turn) if said.party != turn.party}.values())


def _different(offers: Iterator[Said]) -> list[Deal]:
    """The packages offered, each once, in the order in which they came."""
    return list({said.answer.key: _deal(said) for said in offers}.values())


def _deal(said: Said) -> Deal:
    assert said.answer.deal is not None
    return said.answer.deal
