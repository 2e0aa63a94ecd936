"""Envy-cycle elimination: each thing goes to somebody whom nobody envies.

Things are handed out in the order of the case. When everybody is envied by somebody, there is a circle of
parties each of which would rather have the next one's part; they pass their parts along it, which helps
all of them, until somebody is unenvied again. Whatever envy is left ends when one thing is left out.

Source: R. J. Lipton, E. Markakis, E. Mossel and A. Saberi, "On approximately fair allocations of
indivisible goods", ACM Conference on Electronic Commerce (2004).
"""

from __future__ import annotations

from fractions import Fraction

from evenhand.case import Case, Divisible
from evenhand.deals import Deal, Method, Outcome, Space, Step
from evenhand.divide.procedure import Options, Procedure, burdens, not_plain

TIES = "Of unenvied parties, the first in the case takes the next thing; circles start from the first party in one."


def why_not(case: Case) -> str | None:
    """The reason envy-cycle elimination is not defined for a case, or None."""
    divisible = [issue.label for issue in case.issues if isinstance(issue, Divisible)]
    if divisible:
        return f"Envy-cycle elimination hands out whole things; “{divisible[0]}” is divisible."
    if (reason := not_plain(case, "Envy-cycle elimination")) is not None:
        return reason
    if found := burdens(case):
        return f"Envy-cycle elimination is defined for things that everyone wants; “{found[0]}” is a burden."
    if len({party.entitlement for party in case.principals}) > 1:
        return "Envy-cycle elimination is defined for equal entitlements."
    if any(len(names) < len(case.principals) for names in Space.of(case).settlements):
        return (
            "Envy-cycle elimination passes whole parts along, which a rule that bars a party from something may forbid."
        )
    return None


def run(case: Case, options: Options) -> Outcome:
    """Hand things out one by one, undoing circles of envy. No random choice."""
    table = _Table(Space.of(case))
    for number in range(len(table.space.issues)):
        table.give(number)
    parties = table.space.parties
    settled = {
        table.space.issues[number].id: parties[party] for party, part in enumerate(table.parts) for number in part
    }
    method = Method("envy-cycle", "one thing at a time", "Every step leaves no envy but for one thing.")
    return Outcome(Deal.of(case, settled), tuple(table.trace), method)


class _Table:
    """The parts so far, and what each party thinks of each."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.parts: list[list[int]] = [[] for _ in space.parties]
        self.trace: list[Step] = []

    def worth(self, party: int, part: list[int]) -> Fraction:
        points = self.space.case.preferences[self.space.parties[party]].points
        return sum((points[self.space.issues[number].id] for number in part), Fraction(0))

    def envies(self, party: int) -> list[int]:
        """Whose parts this party would rather have."""
        own = self.worth(party, self.parts[party])
        return [other for other, part in enumerate(self.parts) if self.worth(party, part) > own]

    def give(self, number: int) -> None:
        """Hand out one thing."""
        while (party := self._unenvied()) is None:
            self._pass_along(self._circle())
        self.parts[party].append(number)
        self.trace.append(Step("give", {"party": self.space.parties[party], "issue": self.space.issues[number].id}))

    def _unenvied(self) -> int | None:
        envied = {other for party in range(len(self.parts)) for other in self.envies(party)}
        return next((party for party in range(len(self.parts)) if party not in envied), None)

    def _circle(self) -> list[int]:
        """Everybody is envied: going back from envied to envier must close a circle."""
        enviers = {other: party for party in reversed(range(len(self.parts))) for other in self.envies(party)}
        seen = [0]
        while enviers[seen[-1]] not in seen:
            seen.append(enviers[seen[-1]])
        circle = seen[seen.index(enviers[seen[-1]]) :]
        return circle[::-1]

    def _pass_along(self, circle: list[int]) -> None:
        """Each party in the circle takes the part of the next one, which it prefers."""
        after = circle[1:] + circle[:1]
        taken = {party: self.parts[other] for party, other in zip(circle, after, strict=True)}
        for party, part in taken.items():
            self.parts[party] = part
        self.trace.append(Step("circle", {"parties": [self.space.parties[party] for party in circle]}))


PROCEDURE = Procedure(
    id="envy-cycle",
    title="Envy-cycle elimination",
    promise="Whoever prefers another's things would not, if one thing were left out; easy to follow step by step.",
    use="A procedure that people can follow step by step, with a promise about envy.",
    avoid="Burdens, unequal entitlements, shares or choices.",
    source="Lipton, Markakis, Mossel and Saberi (2004)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
