"""Knaster's sealed bids: each thing to the highest bidder, and everyone at least its part by its own bids.

The points are the bids. Whoever wins more than its entitled part of its own bids pays the difference into a
pot, and whoever wins less is made whole out of it. What is left in the pot is shared by entitlement. A burden
goes to whoever minds it least; what is to be paid together is borne by entitlement.

Source: B. Knaster and H. Steinhaus, in H. Steinhaus, "The problem of fair division", Econometrica 16 (1948);
with unequal parts as in S. J. Brams and A. D. Taylor, Fair Division (1996), chapter 3.
"""

from __future__ import annotations

from fractions import Fraction

from evenhand.case import Asset, Case
from evenhand.deals import Deal, Method, Outcome, Space, Step, lay_out
from evenhand.divide.money.paying import money_of, transfers, why_no_money, within_budgets
from evenhand.divide.procedure import Options, Procedure, not_plain

TITLE = "Knaster's sealed bids"


def why_not(case: Case) -> str | None:
    """The reason sealed bids are not defined for a case, or None."""
    if (reason := why_no_money(case, TITLE) or not_plain(case, TITLE)) is not None:
        return reason
    joint = next((issue.label for issue in case.issues if isinstance(issue, Asset) and issue.joint), None)
    return f"Everything goes to one bidder; “{joint}” may also be held jointly." if joint else None


def run(case: Case, options: Options) -> Outcome:
    """Award, settle with the pot, share what is left. Exact; no random choice. Raises NoDeal."""
    space = lay_out(case)
    bids = [{party: case.preferences[party].points[issue.id] for party in space.parties} for issue in space.issues]
    winners = [max(names, key=row.__getitem__) for names, row in zip(space.settlements, bids, strict=True)]
    trace = [
        Step("sealed-bids", {"issue": issue.id, "bids": {p: str(bid) for p, bid in row.items()}, "winner": winner})
        for issue, row, winner in zip(space.issues, bids, winners, strict=True)
    ]
    payments = _settled(case, space, bids, winners, trace)
    within_budgets(case, payments, TITLE)
    trace.append(transfers(case, payments))
    settled = {issue.id: winner for issue, winner in zip(space.issues, winners, strict=True)}
    proof = "Every step is exact arithmetic and can be followed by hand."
    return Outcome(Deal.of(case, settled, payments), tuple(trace), Method("knaster", "bids and a pot", proof))


def _settled(
    case: Case, space: Space, bids: list[dict[str, Fraction]], winners: list[str], trace: list[Step]
) -> dict[str, Fraction]:
    """What each pays after the pot is shared out; tells the trace."""
    everyone = sum(space.entitlements, Fraction(0))
    part = {p: weight / everyone for p, weight in zip(space.parties, space.entitlements, strict=True)}
    into = {}
    for party in space.parties:
        total = sum((row[party] for row in bids), Fraction(0))
        won = sum((row[party] for row, winner in zip(bids, winners, strict=True) if winner == party), Fraction(0))
        into[party] = won - part[party] * total
        facts = {"total": total, "part": part[party], "fair_part": part[party] * total, "won": won}
        trace.append(Step("pot", {"party": party, **{k: str(v) for k, v in facts.items()}, "pays": str(into[party])}))
    left, due = sum(into.values(), Fraction(0)), money_of(case).to_pay
    shares = {party: str(part[party] * left) for party in space.parties}
    trace.append(Step("pot-left", {"left": str(left), "shares": shares}))
    if due:
        borne = {party: str(part[party] * due) for party in space.parties}
        trace.append(Step("paid-together", {"to_pay": str(due), "shares": borne}))
    return {party: into[party] - part[party] * (left - due) for party in space.parties}


PROCEDURE = Procedure(
    id="knaster",
    title=TITLE,
    promise="Everything goes to the highest bidder, and money makes up for it: where no rule bars anybody, everyone "
    "gets at least its entitled part of everything by its own bids, and an equal part (by entitlement) of what is won.",
    use="Inheritances and joint property among people who can pay: nothing is shared or sold.",
    avoid="Somebody cannot pay for what it wins; bids made with an eye to the others'; points are no money.",
    source="Steinhaus, Econometrica 16 (1948)",
    ties="Of equal bids, the first party in the case wins.",
    why_not=why_not,
    run=run,
    pays=True,
)
