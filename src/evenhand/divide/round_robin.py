"""Round robin: the parties take turns; each picks what it values most of what is left.

With unequal entitlements the next turn goes to the party with the fewest picks for its entitlement
(M. Chakraborty, A. Igarashi, W. Suksompong and Y. Zick, "Weighted envy-freeness in indivisible item
allocation", ACM Transactions on Economics and Computation 9, 2021). With burdens, the burdens are taken
first, in the same order, and then the goods in the reverse order (double round robin: H. Aziz,
I. Caragiannis, A. Igarashi and T. Walsh, Autonomous Agents and Multi-Agent Systems 36, 2022). Burdens
alone at unequal entitlements (who is entitled to more carries more) are taken in the order of picks for
goods, from its last turn to its first (X. Wu, C. Zhang and S. Zhou, "Weighted EF1 allocations for indivisible
chores", ACM Conference on Economics and Computation, 2023).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import cycle

from evenhand.case import Case
from evenhand.deals import Method, NoDeal, Outcome, Step
from evenhand.divide.procedure import Options, Procedure, burdens
from evenhand.divide.whole import Things, barred, is_mixed, not_whole

TIES = (
    "Of things it values alike a party takes the first in the case; "
    "the order of turns is that of the case, or drawn with the seed."
)


def why_not(case: Case) -> str | None:
    """The reason round robin is not defined for a case, or None."""
    if (reason := not_whole(case, "Round robin")) is not None:
        return reason
    if is_mixed(case) and not case.equal_entitlements:
        return "Round robin with goods and burdens together is defined for equal entitlements only."
    if burdens(case) and (label := barred(case)) is not None:
        return f"Round robin with burdens is not defined where a rule bars some party; here from “{label}”."
    return None


def run(case: Case, options: Options) -> Outcome:
    """Let the parties pick in turn. `options.seed` draws the order; without it, the case's order."""
    return pick_in_turns(case, options, "round-robin", Fraction(0))


def pick_in_turns(case: Case, options: Options, name: str, start: Fraction) -> Outcome:
    """Picks in the order of a divisor rule: the next turn is of the smallest (picks + start) for its entitlement."""
    things = Things.of(case)
    order = list(things.parties)
    if options.seed is not None:
        random.Random(options.seed).shuffle(order)
    table = _Table(things, order)
    duties, goods_order = sorted(things.burdens), [*reversed(order)] if things.burdens else order
    goods = [thing for thing in range(things.count) if thing not in things.burdens]
    if duties and not case.equal_entitlements:
        table.take_in_reverse(duties)
    else:
        table.take_burdens(duties)
    table.take_goods(goods, goods_order, start)
    proof = "Every pick is the picker's best of what was left."
    return Outcome(things.deal(table.owners), tuple(table.trace), Method(name, "turns", proof, seed=options.seed))


def pick_in_order(case: Case, sequence: Sequence[str], name: str) -> Outcome:
    """Picks of goods in an order of turns, by party id, that starts over at its end. Raises NoDeal.

    A party that may have nothing of what is left is passed over.
    """
    things = Things.of(case)
    turns = [things.space.parties.index(party) for party in sequence]
    table = _Table(things, turns)
    table.take_in_order(list(range(things.count)))
    method = Method(
        name, f"turns: {' '.join(sequence)}, over again", "Every pick is the picker's best of what was left."
    )
    return Outcome(things.deal(table.owners), tuple(table.trace), method)


class _Table:
    """Who took what so far; keeps the trace."""

    def __init__(self, things: Things, order: list[int]) -> None:
        self.things = things
        self.order = order
        self.owners = [-1] * things.count
        self.trace = [Step("order", {"parties": [things.space.parties[party] for party in order]})]

    def take_burdens(self, duties: list[int]) -> None:
        """Burdens in turns, the lightest first. The first parties pass until the turns come out even."""
        passes = -len(duties) % len(self.order)
        for turn in range(passes + len(duties) if duties else 0):
            party = self.order[turn % len(self.order)]
            if turn < passes:
                self.trace.append(Step("pass", {"party": self.things.space.parties[party]}))
            else:
                self._take(party, duties)

    def take_in_reverse(self, duties: list[int]) -> None:
        """Burdens at unequal entitlements: the turns for as many goods, the last turn first."""
        picks = [0] * len(self.order)
        turns = []
        for _ in duties:
            turns.append(self._next(self.order, picks, Fraction(0)))
            picks[turns[-1]] += 1
        for party in reversed(turns):
            self._take(party, duties)

    def take_goods(self, goods: list[int], order: list[int], start: Fraction) -> None:
        """Goods in turns; a party that may have nothing of what is left is passed over."""
        picks = [0] * len(order)
        while goods:
            able = {party for thing in goods for party in self.things.allowed[thing]}
            party = self._next([party for party in order if party in able], picks, start)
            picks[party] += 1
            self._take(party, goods)

    def take_in_order(self, goods: list[int]) -> None:
        """Goods in just this order of turns."""
        for party in cycle(self.order):
            able = {other for thing in goods for other in self.things.allowed[thing]}
            if not goods:
                return
            if not able & set(self.order):
                label = self.things.space.issues[goods[0]].label
                raise NoDeal(f"Nobody whose turn comes may have “{label}”.")
            if party in able:
                self._take(party, goods)

    def _next(self, order: list[int], picks: list[int], start: Fraction) -> int:
        """Whose turn it is; the first in order of those with an equal claim."""
        return min(order, key=lambda party: (picks[party] + start) / self.things.weights[party])

    def _take(self, party: int, left: list[int]) -> None:
        points = self.things.points[party]
        able = [thing for thing in left if party in self.things.allowed[thing]]
        taken = max(able, key=lambda thing: (points[thing], -thing))
        left.remove(taken)
        self.owners[taken] = party
        space = self.things.space
        facts = {"party": space.parties[party], "issue": space.issues[taken].id}
        worth = Fraction(points[taken], self.things.scales[party])
        self.trace.append(Step("pick", {**facts, "points": str(worth)}))


PROCEDURE = Procedure(
    id="round-robin",
    title="Round robin",
    promise="Where no rule bars anybody from anything, whoever prefers another's part would not, "
    "if one thing were left out.",
    use="Many small things and little time; the order can be drawn by lot.",
    avoid="A few large things, shares, choices, or linked issues.",
    source="Chakraborty, Igarashi, Suksompong and Zick (2021); with burdens Aziz, Caragiannis, Igarashi and Walsh "
    "(2022), Wu, Zhang and Zhou (2023)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
