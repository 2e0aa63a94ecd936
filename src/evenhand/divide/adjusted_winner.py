"""Adjusted Winner: two parties, at most one thing shared, and both equally well served.

Each thing goes first to the party that gives it more points. Then the one that is ahead hands over things,
cheapest first (its own points lost per point the other gains), until both have the same points for their
entitlement; the last thing handed over may be shared.

Source: S. J. Brams and A. D. Taylor, Fair Division (1996) and The Win-Win Solution (1999). Burdens are
handed over in the other direction, by the same rate, as in H. Aziz, I. Caragiannis, A. Igarashi and
T. Walsh, "Fair allocation of indivisible goods and chores", Autonomous Agents and Multi-Agent Systems 36
(2022). Points are compared as written, without rescaling to a common total.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evenhand.case import Asset, Case, Chosen, Preference
from evenhand.deals import Deal, Method, Outcome, Space, Step, lay_out
from evenhand.divide.asking import Protocol, Spread, asked_table
from evenhand.divide.procedure import Options, Procedure, not_plain

TIES = (
    "A thing both value alike goes to the party that is behind (a burden: ahead) at that moment, else to the "
    "first in the case; things with equal rates are handed over in the order of the case."
)


@dataclass
class _Thing:
    """An issue with the points of the first and second party, and the share the first one holds."""

    number: int
    points: tuple[Fraction, Fraction]
    fixed: bool
    first: Fraction = Fraction(0)

    def share(self, party: int) -> Fraction:
        return self.first if party == 0 else 1 - self.first


def why_not(case: Case) -> str | None:
    """The reason Adjusted Winner is not defined for a case, or None."""
    if len(case.principals) != 2:
        return f"Adjusted Winner is defined for two parties; this case has {len(case.principals)}."
    if (reason := not_plain(case, "Adjusted Winner")) is not None:
        return reason
    joint = next((issue.label for issue in case.issues if isinstance(issue, Asset) and issue.joint), None)
    return f"Adjusted Winner gives or shares out things; “{joint}” may also be held jointly." if joint else None


def run(case: Case, options: Options) -> Outcome:
    """Divide between two parties. Exact throughout; no random choice. Raises NoDeal when the rules allow none."""
    space = lay_out(case)
    table = _Table(space)
    table.award()
    table.adjust()
    pick = tuple(-1 for _ in space.issues)
    shares = {
        thing.number: {party: thing.share(side) for side, party in enumerate(space.parties) if thing.share(side)}
        for thing in table.things
    }
    proof = "Every step is exact arithmetic and can be followed by hand."
    method = Method("adjusted-winner", "award and adjust", proof)
    return Outcome(Deal.of(case, space.deal(pick, shares).settlements), tuple(table.trace), method)


def ask(case: Case) -> Protocol:
    """Each party in turn spreads 100 points, unseen by the other; then the award and adjustment follow from these."""
    issues = tuple(issue.id for issue in case.issues)
    wants = {}
    for party in case.principals:
        spread = yield from asked_table(Spread(party.id, issues, Fraction(100)))
        points = {
            issue.id: -spread[issue.id] if not isinstance(issue, Chosen) and issue.burden else spread[issue.id]
            for issue in case.issues
        }
        wants[party.id] = Preference.model_construct(points=points)
    return run(case.model_copy(update={"preferences": wants}), Options())


class _Table:
    """The table on which things change hands; keeps the trace."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.trace: list[Step] = []
        self.things = [self._thing(number) for number in range(len(space.issues))]

    def _thing(self, number: int) -> _Thing:
        names = self.space.settlements[number]
        preferences = [self.space.case.preferences[party] for party in self.space.parties]
        first, second = (preference.points[self.space.issues[number].id] for preference in preferences)
        allowed = [side for side, party in enumerate(self.space.parties) if party in names]
        held = Fraction(1 - allowed[0]) if len(allowed) == 1 else Fraction(0)
        return _Thing(number, (first, second), len(allowed) == 1, held)

    def ratios(self, counted: list[_Thing]) -> tuple[Fraction, Fraction]:
        """Each side's points over its entitlement, counting only these things."""
        points = [sum((t.points[side] * t.share(side) for t in counted), Fraction(0)) for side in (0, 1)]
        return points[0] / self.space.entitlements[0], points[1] / self.space.entitlements[1]

    def award(self) -> None:
        """Phase one: everything to whoever gives it more points; what both value alike comes last."""
        clear = [thing for thing in self.things if thing.fixed or thing.points[0] != thing.points[1]]
        for thing in clear:
            if not thing.fixed:
                thing.first = Fraction(int(thing.points[0] > thing.points[1]))
            self._note("award", thing, why="rule" if thing.fixed else "more points")
        counted = list(clear)
        for thing in (thing for thing in self.things if thing not in clear):
            one, two = self.ratios(counted)
            takes = 0 if one == two else int(one > two)
            if thing.points[0] < 0 and one != two:
                takes = 1 - takes
            thing.first = Fraction(1 - takes)
            counted.append(thing)
            self._note("award", thing, why="tie")
        self._standings()

    def adjust(self) -> None:
        """Phase two: the side ahead hands over until both stand alike."""
        one, two = self.ratios(self.things)
        if one == two:
            return
        ahead = 0 if one > two else 1
        for rate, thing in self._offers(ahead):
            part = self._part_to_move(thing, ahead)
            self._move(thing, ahead, part)
            self._note("transfer", thing, giver=self.space.parties[ahead], part=str(part), rate=str(rate))
            if part < 1 or len(set(self.ratios(self.things))) == 1:
                break
        self._standings()

    def _offers(self, ahead: int) -> list[tuple[Fraction, _Thing]]:
        """What can change hands in favour of the other side, cheapest rate first."""
        offers = []
        for thing in self.things:
            mine, theirs = thing.points[ahead], thing.points[1 - ahead]
            holder = ahead if mine > 0 or theirs > 0 else 1 - ahead
            if not thing.fixed and theirs != 0 and thing.share(holder) == 1:
                offers.append((mine / theirs, thing))
        return sorted(offers, key=lambda offer: (offer[0], offer[1].number))

    def _part_to_move(self, thing: _Thing, ahead: int) -> Fraction:
        """The part (up to all) whose handing over makes both sides equal."""
        ratios = self.ratios(self.things)
        lead = ratios[ahead] - ratios[1 - ahead]
        mine, theirs = abs(thing.points[ahead]), abs(thing.points[1 - ahead])
        change = mine / self.space.entitlements[ahead] + theirs / self.space.entitlements[1 - ahead]
        return min(Fraction(1), lead / change)

    def _move(self, thing: _Thing, ahead: int, part: Fraction) -> None:
        """Give a part of a good away, or take on a part of a burden."""
        burden = thing.points[0] < 0 or thing.points[1] < 0
        toward_first = (ahead == 0) == burden
        thing.first += part if toward_first else -part

    def _note(self, action: str, thing: _Thing, **facts: str) -> None:
        issue = self.space.issues[thing.number].id
        holder = self.space.parties[0 if thing.first else 1]
        points = {party: str(thing.points[side]) for side, party in enumerate(self.space.parties)}
        kept = {} if action == "transfer" else {"party": holder}
        self.trace.append(Step(action, {"issue": issue, **kept, "points": points, **facts}))

    def _standings(self) -> None:
        one, two = self.ratios(self.things)
        scores = (one * self.space.entitlements[0], two * self.space.entitlements[1])
        points = {party: str(score) for party, score in zip(self.space.parties, scores, strict=True)}
        self.trace.append(Step("standings", {"points": points, "equal": one == two}))


PROCEDURE = Procedure(
    id="adjusted-winner",
    title="Adjusted Winner",
    promise="Both end with the same points for their entitlement, as far as rules that bar a party allow; "
    "nothing better exists for both, and at most one thing is shared.",
    use="Two sides who want to see with their own eyes that they are equally served.",
    avoid="Points with different totals; choices, linked issues, more than two parties, things never shared.",
    source="Brams and Taylor, Fair Division (1996)",
    ties=TIES,
    why_not=why_not,
    run=run,
    ask=ask,
)
