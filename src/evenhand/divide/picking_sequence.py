"""Picking sequences: an order of turns that people agreed on, or one that follows a rule for seats in a parliament.

An agreed order starts over at its end. Without one the turns go forth and back (ana ben cem cem ben ana …), which is
called balanced alternation. Where everyone picks once before anybody picks again, whoever prefers another's part
would not, if one thing were left out: what a party takes in one round it values no less than what another takes in
the next.

By a rule for seats the next pick goes to the party with the smallest (picks so far + s) for its entitlement. Round
robin is s = 0 (Adams: a first pick for everyone before anybody's second). s = 1/2 is Webster's rule, s = 1 that of
Jefferson and D'Hondt. The larger s, the more the order favours large entitlements: what each leaves is
WEF(1−s, s), which for s = 1 implies that everyone has its entitled part but for one more thing.

Source: S. J. Brams and A. D. Taylor, The Win-Win Solution (1999), for balanced alternation; for seats M. Chakraborty,
U. Schmidt-Kraepelin and W. Suksompong, "Picking sequences and monotonicity in weighted fair division", Artificial
Intelligence 301 (2021); WEF(x, y) is from M. Chakraborty, E. Segal-Halevi and W. Suksompong, "Weighted fairness
notions for indivisible items revisited", ACM Transactions on Economics and Computation 12 (2024).
"""

from __future__ import annotations

from fractions import Fraction

from evenhand.case import Case
from evenhand.deals import Outcome
from evenhand.divide.procedure import Options, Procedure, burdens
from evenhand.divide.round_robin import TIES, pick_in_order, pick_in_turns
from evenhand.divide.whole import not_whole


def why_not(case: Case) -> str | None:
    """The reason a weighted picking sequence is not defined for a case, or None."""
    if (reason := not_whole(case, "A picking sequence")) is not None:
        return reason
    if case.equal_entitlements:
        return "With equal entitlements this is round robin; use that."
    if found := burdens(case):
        return f"Its promise is known for things that everyone wants; “{found[0]}” is a burden. Round robin may apply."
    return None


def why_not_agreed(case: Case) -> str | None:
    """The reason an agreed order of turns is not defined for a case, or None."""
    if (reason := not_whole(case, "A picking sequence")) is not None:
        return reason
    if found := burdens(case):
        return f"It is for things that everyone wants; “{found[0]}” is a burden. Round robin may apply."
    return None


def _in_agreed_order(case: Case, options: Options) -> Outcome:
    """Let the parties pick in the order of `options.sequence`; without one, forth and back. No random choice."""
    forth = tuple(party.id for party in case.principals)
    return pick_in_order(case, options.sequence or forth + forth[::-1], "picking-sequence")


def _procedure(name: str, title: str, start: Fraction, promise: str, use: str, avoid: str) -> Procedure:
    def run(case: Case, options: Options) -> Outcome:
        """Let the parties pick in turn. `options.seed` draws who comes first in a tie."""
        return pick_in_turns(case, options, name, start)

    return Procedure(
        id=name,
        title=title,
        promise=promise,
        use=use,
        avoid=avoid,
        source="Chakraborty, Schmidt-Kraepelin and Suksompong (2021)",
        ties=TIES,
        why_not=why_not,
        run=run,
    )


AGREED = Procedure(
    id="picking-sequence",
    title="Picking in an agreed order",
    promise="Each takes the best of what is left when its turn comes. If entitlements are equal, no rule bars anybody "
    "and everyone picks once before anybody picks again, whoever prefers another's part would not, if one thing were "
    "left out.",
    use="An order of turns that was agreed or is to be tried (`--sequence`); without one, turns go forth and back.",
    avoid="Burdens, shares or choices; where nobody should have to agree on an order first.",
    source="Brams and Taylor (1999)",
    ties="Of things it values alike a party takes the first in the case.",
    why_not=why_not_agreed,
    run=_in_agreed_order,
)

PROCEDURES = (
    AGREED,
    _procedure(
        "picking-webster",
        "Picking by Webster's rule",
        Fraction(1, 2),
        "Turns follow the entitlements as closely as whole turns can; where no rule bars anybody, envy ends when half "
        "of one thing is added to one side and taken from the other.",
        "Unequal entitlements where neither the small nor the large should be favoured.",
        "Equal entitlements (use round robin); a few large things; burdens, shares or choices.",
    ),
    _procedure(
        "picking-jefferson",
        "Picking by Jefferson's rule",
        Fraction(1),
        "Where no rule bars anybody, everyone has its entitled part of the whole, or would with one more thing.",
        "Unequal entitlements where the large must not fall short: shareholders, creditors.",
        "Equal entitlements (use round robin); small parties may pick late; burdens, shares or choices.",
    ),
)
