"""Claims on too small an estate: four rules for sharing what does not suffice.

Each issue is divisible and says who claims how much of it. The rules differ in what they make equal:

- proportional: everyone gets the same part of its claim;
- constrained equal awards: everyone gets the same amount, but nobody more than its claim;
- constrained equal losses: everyone loses the same amount, but nobody more than its claim;
- Talmud: up to half of all claims, equal awards on half-claims; above, equal losses on the other halves.

Source: R. J. Aumann and M. Maschler, "Game theoretic analysis of a bankruptcy problem from the Talmud",
Journal of Economic Theory 36 (1985); W. Thomson, Mathematical Social Sciences 45 (2003).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from evenhand.case import Case, Divisible
from evenhand.deals import Deal, Method, Outcome, Step
from evenhand.divide.procedure import Options, Procedure, not_plain

Rule = Callable[[Sequence[Fraction], Fraction], list[Fraction]]
"""(claims, estate) → awards; the estate is at most the sum of the claims."""


def proportional(claims: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    """The same part of every claim."""
    total = sum(claims, Fraction(0))
    return [claim * estate / total if total else Fraction(0) for claim in claims]


def equal_awards(claims: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    """The same amount for everyone, nobody above its claim: small claims are met first."""
    awards = [Fraction(0)] * len(claims)
    waiting = sorted(range(len(claims)), key=lambda party: claims[party])
    for met, party in enumerate(waiting):
        awards[party] = min(claims[party], estate / (len(claims) - met))
        estate -= awards[party]
    return awards


def equal_losses(claims: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    """The same loss for everyone, nobody above its claim: equal awards of what is missing."""
    losses = equal_awards(claims, sum(claims, Fraction(0)) - estate)
    return [claim - loss for claim, loss in zip(claims, losses, strict=True)]


def talmud(claims: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    """Equal awards on the halves of the claims up to half of all; equal losses on the other halves above."""
    halves = [claim / 2 for claim in claims]
    half = sum(halves, Fraction(0))
    if estate <= half:
        return equal_awards(halves, estate)
    return [first + more for first, more in zip(halves, equal_losses(halves, estate - half), strict=True)]


def why_not(case: Case) -> str | None:
    """The reason claims rules are not defined for a case, or None."""
    for issue in case.issues:
        if not isinstance(issue, Divisible) or not issue.claims or issue.amount is None:
            return f"Claims rules share what is claimed in amounts; “{issue.label}” has no claims."
        if sum(issue.claims.values(), Fraction(0)) < issue.amount:
            return f"The claims on “{issue.label}” do not exceed it, so there is nothing to ration."
    if (reason := not_plain(case, "A claims rule")) is not None:
        return reason
    if not case.equal_entitlements:
        return "Claims rules treat equal claims equally; state unequal rights as claims, not as entitlements."
    return None


def _shared(case: Case, issue: Divisible, rule: Rule) -> tuple[dict[str, Fraction], list[Step]]:
    """The shares of one issue by a rule, and the steps that tell of them."""
    assert issue.amount is not None
    parties = [party.id for party in case.principals]
    awards = dict(zip(parties, rule([issue.claims[party] for party in parties], issue.amount), strict=True))
    steps = [
        Step("meet-claim", {"issue": issue.id, "party": party, "claim": str(issue.claims[party]), "award": str(award)})
        for party, award in awards.items()
    ]
    return {party: award / issue.amount for party, award in awards.items()}, steps


def _procedure(name: str, title: str, promise: str, use: str, rule: Rule) -> Procedure:
    def run(case: Case, options: Options) -> Outcome:
        """Share every issue by the rule. Exact; no random choice."""
        parts = {issue.id: _shared(case, issue, rule) for issue in case.issues if isinstance(issue, Divisible)}
        deal = Deal.of(case, {issue: shares for issue, (shares, _) in parts.items()})
        trace = tuple(step for _, steps in parts.values() for step in steps)
        return Outcome(deal, trace, Method(name, "exact arithmetic", "Every award can be checked by hand."))

    return Procedure(
        id=name,
        title=title,
        promise=promise,
        use=use,
        avoid="There is enough for all claims, or the claims themselves are contested.",
        source="Aumann and Maschler (1985); Thomson (2003)",
        ties="The rule leaves nothing to choose.",
        why_not=why_not,
        run=run,
    )


PROCEDURES = (
    _procedure(
        "talmud",
        "Talmud rule",
        "Equal awards while there is less than half of all claims, equal losses beyond.",
        "Debts or inheritances where half a claim is felt to be the turn between gaining and losing.",
        talmud,
    ),
    _procedure(
        "constrained-equal-awards",
        "Equal awards",
        "Everyone gets the same amount, nobody above its claim.",
        "Small claims should be met in full before large ones get more.",
        equal_awards,
    ),
    _procedure(
        "constrained-equal-losses",
        "Equal losses",
        "Everyone loses the same amount, nobody above its claim.",
        "The sacrifice, not the award, should be the same for all.",
        equal_losses,
    ),
    _procedure(
        "proportional-claims",
        "Proportional to claims",
        "Everyone gets the same part of its claim.",
        "The usual rule of bankruptcy law: every unit claimed counts alike.",
        proportional,
    ),
)
