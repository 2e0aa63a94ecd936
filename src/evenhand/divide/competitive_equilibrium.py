"""Competitive equilibrium: everything has a price, every party spends its budget on what it likes best for it.

Every asset and divisible is treated as divisible. Budgets are the entitlements. Each party ends with a
part that is worth most to it among all it could afford, and everything is sold. With equal budgets nobody
envies anybody; nothing better exists even by sharing. The equilibrium is the split with the largest
product of values to the power of the budgets (E. Eisenberg and D. Gale, Annals of Mathematical Statistics
30, 1959), and its prices are exact fractions.

Source: H. R. Varian, "Equity, envy, and efficiency", Journal of Economic Theory 9 (1974).
"""

from __future__ import annotations

from fractions import Fraction

from evenhand.case import Asset, Case, Divisible
from evenhand.deals import Deal, Method, NoDeal, Outcome, Space, Step
from evenhand.deals.shares import boxes
from evenhand.divide.procedure import Options, Procedure, burdens, not_plain
from evenhand.divide.product_shares import largest_product
from evenhand.divide.whole import barred

TIES = "Among equilibria (all worth the same to everyone), earlier parties get as much as possible of earlier issues."


def why_not(case: Case) -> str | None:
    """The reason the equilibrium is not defined for a case, or None."""
    if (reason := not_plain(case, "Competitive equilibrium")) is not None:
        return reason
    if found := burdens(case):
        return f"Prices for burdens are below zero and not unique; “{found[0]}” is a burden."
    if (label := barred(case)) is not None:
        return f"A rule bars some party from “{label}”, so not everything is for sale to everyone."
    for party in case.principals:
        if not any(case.preferences[party.id].points.values()):
            return f"{party.label} values nothing, so it has no use for its budget."
    return None


def run(case: Case, options: Options) -> Outcome:
    """The equilibrium with the entitlements as budgets. Raises NoDeal if it was not found exactly."""
    space = Space.of(_divisible(case))
    zero = [Fraction(0)] * len(space.parties)
    box = next(boxes(space, (-1,) * len(space.issues)))
    split = largest_product(space, zero, space.entitlements, box)
    if split is None:
        raise NoDeal("The equilibrium could not be computed exactly.")
    settled = {
        issue.id: {party: split.shares[number, i] for i, party in enumerate(space.parties) if split.shares[number, i]}
        for number, issue in enumerate(space.issues)
    }
    multipliers = dict(zip(space.parties, split.multipliers, strict=True))
    step = Step("prices", {"prices": _prices(space, split.multipliers), "budgets": _budgets(space)})
    proof = "Each party holds only what gives it the most points per price; checked in fractions."
    method = Method("competitive-equilibrium", "Eisenberg–Gale, solved exactly", proof, 0.0, exact=True)
    return Outcome(Deal.of(case, settled), (step,), method, multipliers)


def _divisible(case: Case) -> Case:
    """The case with every asset made divisible."""
    issues = tuple(
        Divisible(id=issue.id, name=issue.name, kind="divisible") if isinstance(issue, Asset) else issue
        for issue in case.issues
    )
    return case.model_copy(update={"issues": issues, "rules": ()})


def _prices(space: Space, multipliers: tuple[Fraction, ...]) -> dict[str, str]:
    """The price of each issue: the most that any party's weighted points come to."""
    return {
        issue.id: str(max(m * space.worth[number][i][i] for i, m in enumerate(multipliers)))
        for number, issue in enumerate(space.issues)
    }


def _budgets(space: Space) -> dict[str, str]:
    return {party: str(budget) for party, budget in zip(space.parties, space.entitlements, strict=True)}


PROCEDURE = Procedure(
    id="competitive-equilibrium",
    title="Competitive equilibrium",
    promise="Prices at which everyone can buy what it likes best with its entitlement; assets may have to be shared.",
    use="Everything can be shared, and people trust prices and budgets.",
    avoid="Assets that lose their worth when shared.",
    source="Varian (1974); Eisenberg and Gale (1959)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
