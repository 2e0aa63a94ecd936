"""Round robin: the parties take turns; each picks what it values most of what is left.

With unequal entitlements the next turn goes to the party with the fewest picks for its entitlement
(M. Chakraborty, A. Igarashi, W. Suksompong and Y. Zick, "Weighted envy-freeness in indivisible item
allocation", ACM Transactions on Economics and Computation 9, 2021). With burdens, the burdens are taken
first, in the same order, and then the goods in the reverse order (double round robin: H. Aziz,
I. Caragiannis, A. Igarashi and T. Walsh, Autonomous Agents and Multi-Agent Systems 36, 2022).
"""

from __future__ import annotations

import random
from fractions import Fraction

from evenhand.case import Asset, Case, Divisible
from evenhand.deals import Deal, Method, NoDeal, Outcome, Space, Step
from evenhand.divide.procedure import Options, Procedure, burdens, not_plain

TIES = (
    "Of things it values alike a party takes the first in the case; "
    "the order of turns is that of the case, or drawn with the seed."
)


def why_not(case: Case) -> str | None:
    """The reason round robin is not defined for a case, or None."""
    divisible = [issue.label for issue in case.issues if isinstance(issue, Divisible)]
    if divisible:
        return f"Round robin hands out whole things; “{divisible[0]}” is divisible."
    if (reason := not_plain(case, "Round robin")) is not None:
        return reason
    if burdens(case) and len({party.entitlement for party in case.principals}) > 1:
        return "Round robin with burdens is defined for equal entitlements only."
    if burdens(case) and any(len(names) < len(case.principals) for names in Space.of(case).settlements):
        return "Round robin with burdens is not defined where a rule bars a party from something."
    return None


def run(case: Case, options: Options) -> Outcome:
    """Let the parties pick in turn. `options.seed` draws the order; without it, the case's order."""
    space = Space.of(case)
    order = list(range(len(space.parties)))
    if options.seed is not None:
        random.Random(options.seed).shuffle(order)
    trace = [Step("order", {"parties": [space.parties[party] for party in order]})]
    duties = [number for number, issue in enumerate(space.issues) if isinstance(issue, Asset) and issue.burden]
    goods = [number for number in range(len(space.issues)) if number not in duties]
    owner: dict[int, int] = {}
    _take_burdens(space, order, duties, owner, trace)
    _take_goods(space, [*reversed(order)] if duties else order, goods, owner, trace)
    settled = {issue.id: space.parties[owner[number]] for number, issue in enumerate(space.issues)}
    proof = "Every pick is the picker's best of what was left."
    method = Method("round-robin", "turns", proof, seed=options.seed)
    return Outcome(Deal.of(case, settled), tuple(trace), method)


def _take_burdens(space: Space, order: list[int], duties: list[int], owner: dict[int, int], trace: list[Step]) -> None:
    """Burdens in turns, the lightest first. The first parties pass until the turns come out even."""
    left = list(duties)
    passes = -len(left) % len(order)
    turn = 0
    while left:
        party = order[turn % len(order)]
        if turn < passes:
            trace.append(Step("pass", {"party": space.parties[party]}))
        else:
            _take(space, party, left, owner, trace)
        turn += 1


def _take_goods(space: Space, order: list[int], goods: list[int], owner: dict[int, int], trace: list[Step]) -> None:
    left = list(goods)
    picks = [0] * len(order)
    while left:
        able = [party for party in order if any(_may(space, party, number) for number in left)]
        if not able:
            raise NoDeal(f"Rules bar every party from “{space.issues[left[0]].label}”.")
        party = min(able, key=lambda p: (Fraction(picks[p]) / space.entitlements[p], order.index(p)))
        picks[party] += 1
        _take(space, party, left, owner, trace)


def _may(space: Space, party: int, number: int) -> bool:
    return space.parties[party] in space.settlements[number]


def _take(space: Space, party: int, left: list[int], owner: dict[int, int], trace: list[Step]) -> None:
    points = space.case.preferences[space.parties[party]].points
    allowed = [number for number in left if _may(space, party, number)]
    taken = max(allowed, key=lambda number: (points[space.issues[number].id], -number))
    left.remove(taken)
    owner[taken] = party
    issue = space.issues[taken].id
    trace.append(Step("pick", {"party": space.parties[party], "issue": issue, "points": str(points[issue])}))


PROCEDURE = Procedure(
    id="round-robin",
    title="Round robin",
    promise="Simple and fast; where no rule bars anybody from anything, whoever prefers another's things would not, "
    "if one thing were left out.",
    use="Many small things and little time; the order can be drawn by lot.",
    avoid="A few large things, shares, choices, or linked issues.",
    source="Chakraborty, Igarashi, Suksompong and Zick (2021); Aziz, Caragiannis, Igarashi and Walsh (2022)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
