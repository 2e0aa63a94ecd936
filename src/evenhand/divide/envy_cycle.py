"""Envy-cycle elimination: whoever nobody envies takes a good, whoever envies nobody takes on a burden.

It takes the one it likes best of what is left, the goods first. That is one of the orders in which things can be
handed out: each leaves no more envy than its own thing, and this one leaves the parties better off than the order
of the case. Of several whose turn it may be, the worst-off takes a good and the best-off a burden, in parts of all that
is at stake for each. When everybody is envied by somebody, there is a circle of parties each of which would rather have
the next one's part; they pass their parts along it, which helps all of them, until somebody is unenvied again.
When everybody envies somebody, the circle runs from each party to the part it likes best (for burdens any other
circle could leave envy that no one thing explains). Whatever envy is left ends when one thing is left out.

Source: R. J. Lipton, E. Markakis, E. Mossel and A. Saberi, "On approximately fair allocations of
indivisible goods", ACM Conference on Electronic Commerce (2004); with burdens U. Bhaskar, A. R. Sricharan and
R. Vaish, "On approximate envy-freeness for indivisible chores and mixed resources", APPROX (2021).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from evenhand.case import Case
from evenhand.deals import Method, Outcome, Step
from evenhand.divide.procedure import Options, Procedure
from evenhand.divide.whole import Things, barred, not_whole

TIES = (
    "Of unenvied parties the one with the smallest part of all points at stake for it takes a good (a burden: of "
    "parties that envy nobody the one with the largest); of equal parties and of things liked alike, the first in the "
    "case. Circles start from the first party in one."
)


def why_not(case: Case) -> str | None:
    """The reason envy-cycle elimination is not defined for a case, or None."""
    if (reason := not_whole(case, "Envy-cycle elimination")) is not None:
        return reason
    if not case.equal_entitlements:
        return "Envy-cycle elimination is defined for equal entitlements."
    if (label := barred(case)) is not None:
        return f"Envy-cycle elimination passes whole parts along; a rule bars some party from “{label}”."
    return None


def run(case: Case, options: Options) -> Outcome:
    """Let things be taken one by one, undoing circles of envy. No random choice."""
    table = _Table(Things.of(case))
    table.take_all()
    method = Method("envy-cycle", "one thing at a time", "Every step leaves no envy but for one thing.")
    return Outcome(table.things.deal(table.owners), tuple(table.trace), method)


def hand_out(things: Things, order: Sequence[int]) -> tuple[list[int], tuple[Step, ...]]:
    """Who gets each thing when they are handed out in this order (goods before burdens), and the steps.

    For equal entitlements and no party barred from anything.
    """
    table = _Table(things)
    for thing in order:
        table.give(thing)
    return table.owners, tuple(table.trace)


class _Table:
    """Who has what so far, and what each party thinks of each part: `worth[i][j]`, of party j's part to i."""

    def __init__(self, things: Things) -> None:
        self.things = things
        self.owners = [-1] * things.count
        self.worth = [[0] * len(things.points) for _ in things.points]
        self.stakes = [sum(map(abs, points)) or 1 for points in things.points]
        self.trace: list[Step] = []

    def envies(self, party: int) -> list[int]:
        """Whose parts this party would rather have."""
        return [other for other, worth in enumerate(self.worth[party]) if worth > self.worth[party][party]]

    def take_all(self) -> None:
        """Hand out everything, the goods first: whoever is next takes what it likes best of what is left."""
        goods = [thing for thing in range(self.things.count) if thing not in self.things.burdens]
        for left in (goods, sorted(self.things.burdens)):
            while left:
                party = self._next(burden=left[0] in self.things.burdens)
                taken = max(left, key=lambda thing: (self.things.points[party][thing], -thing))
                left.remove(taken)
                self._hand(party, taken, ("take-best", "take-lightest"))

    def give(self, thing: int) -> None:
        """Hand out one thing to whoever is next."""
        self._hand(self._next(burden=thing in self.things.burdens), thing, ("give", "take-on"))

    def _next(self, *, burden: bool) -> int:
        """The party to get the next thing, after undoing circles of envy if there is none."""
        while (party := self._content() if burden else self._unenvied()) is None:
            self._pass_along(self._circle({i: self._favourite(i) for i in self.things.parties} if burden else None))
        return party

    def _hand(self, party: int, thing: int, actions: tuple[str, str]) -> None:
        """Give a thing to a party; the trace calls it the first of two actions, or for a burden the second."""
        self.owners[thing] = party
        for row, points in zip(self.worth, self.things.points, strict=True):
            row[party] += points[thing]
        issue = self.things.space.issues[thing].id
        facts = {"party": self._name(party), "issue": issue}
        self.trace.append(Step(actions[thing in self.things.burdens], facts))

    def _unenvied(self) -> int | None:
        envied = {other for party in self.things.parties for other in self.envies(party)}
        return min((party for party in self.things.parties if party not in envied), key=self._part, default=None)

    def _content(self) -> int | None:
        return max((party for party in self.things.parties if not self.envies(party)), key=self._part, default=None)

    def _part(self, party: int) -> Fraction:
        """What a party has, as a part of all points at stake for it."""
        return Fraction(self.worth[party][party], self.stakes[party])

    def _favourite(self, party: int) -> int:
        return max(self.things.parties, key=lambda other: (self.worth[party][other], -other))

    def _circle(self, wanted: Mapping[int, int] | None) -> list[int]:
        """A circle in which each would rather have the next one's part.

        `wanted` says whose part each is after. Without it everybody is envied: going back from envied to
        envier must close a circle.
        """
        parties = reversed(self.things.parties)
        after = wanted or {other: party for party in parties for other in self.envies(party)}
        seen = [0]
        while after[seen[-1]] not in seen:
            seen.append(after[seen[-1]])
        circle = seen[seen.index(after[seen[-1]]) :]
        return circle if wanted else circle[::-1]

    def _pass_along(self, circle: list[int]) -> None:
        """Each party in the circle takes the part of the next one, which it prefers."""
        after = circle[1:] + circle[:1]
        taker = {other: party for party, other in zip(circle, after, strict=True)}
        self.owners = [taker.get(owner, owner) for owner in self.owners]
        for row in self.worth:
            for party, worth in [(party, row[other]) for other, party in taker.items()]:
                row[party] = worth
        self.trace.append(Step("circle", {"parties": [self._name(party) for party in circle]}))

    def _name(self, party: int) -> str:
        return self.things.space.parties[party]


PROCEDURE = Procedure(
    id="envy-cycle",
    title="Envy-cycle elimination",
    promise="Whoever prefers another's part would not, if one thing were left out.",
    use="People want to follow every step, goods and burdens alike.",
    avoid="Unequal entitlements, shares or choices; or where nothing better may be left on the table.",
    source="Lipton, Markakis, Mossel and Saberi (2004); with burdens Bhaskar, Sricharan and Vaish (2021)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
