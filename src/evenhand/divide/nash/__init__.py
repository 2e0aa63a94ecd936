"""Maximum Nash welfare: the deal with the largest product of the parties' values.

First as many parties as possible get something above zero; among those deals, the product of value to
the power of entitlement is largest. Values are points as written, from zero, not gains over no deal.

Two ways, one rule: whole assets whose points simply add, with no rule but bars and totals that are not huge,
go to `whole_assets` (column generation over bundles, proved in integers). All else goes to `solver` (SCIP, over
the logarithms) and `proof`: multipliers bound the product of every deal (see `solve.prices`), so each deal
that could be better loses little against the bound; all such deals are listed and compared as exact numbers,
divisibles split exactly (`splits`). Where that list is too long, what is claimed is the solver's bound, and
the method says so.

Read `product` (exact comparison), `whole_assets`, then `solver`, `splits`, `proof`.

Source: I. Caragiannis, D. Kurokawa, H. Moulin, A. Procaccia, N. Shah and J. Wang, "The unreasonable
fairness of maximum Nash welfare", ACM Transactions on Economics and Computation 7 (2019).
"""

from __future__ import annotations

from evenhand.case import Case
from evenhand.deals import Method, Outcome, Space, Step, lay_out
from evenhand.divide.nash.product import Found
from evenhand.divide.nash.proof import proved
from evenhand.divide.nash.solver import SolverSearch
from evenhand.divide.nash.whole_assets import best_whole, is_whole
from evenhand.divide.procedure import Options, Procedure, burdens

TIES = "Of deals with exactly the same product, the first in the order of the case."
_BUNDLES = "column generation over bundles"
_LOGARITHMS = "branch and bound over logarithms"


def why_not(case: Case) -> str | None:
    """The reason maximum Nash welfare is not defined for a case, or None."""
    if found := burdens(case):
        return f"A product of values has no meaning with burdens (“{found[0]}”): two losses would multiply to a gain."
    return None


def run(case: Case, options: Options) -> Outcome:
    """The deal with the largest product. Raises NoDeal when the rules allow none."""
    space = lay_out(case)
    if is_whole(space):
        return _outcome(space, best_whole(space, options), _BUNDLES)
    found = SolverSearch(space, options).incumbent()
    options.progress("checking every deal near the bound, in exact numbers")
    return _outcome(space, proved(space, found, options), _LOGARITHMS)


def _outcome(space: Space, found: Found, algorithm: str) -> Outcome:
    if found.exact:
        proof = "Every deal that could have a larger product was compared in exact arithmetic."
    elif found.finished:
        proof = "The solver searched to the end; its tolerance is the gap stated."
    else:
        proof = "The search was stopped; no deal has a product larger by more than the gap stated."
    values = {party: str(value) for party, value in zip(space.parties, found.values, strict=True)}
    gap = found.gap * float(max(space.entitlements))
    method = Method("nash", algorithm, proof, gap, found.exact)
    known = found.multipliers if found.multipliers is None or all(found.multipliers) else None
    multipliers = None if known is None else dict(zip(space.parties, known, strict=True))
    return Outcome(found.deal, (Step("largest-product", {"points": values}),), method, multipliers)


PROCEDURE = Procedure(
    id="nash",
    title="Maximum Nash welfare",
    promise="The largest product of values: nothing better exists for everyone, and the worth is spread as evenly "
    "as efficiency allows.",
    use="The usual choice: several parties, choices, rules and linkages, unequal entitlements.",
    avoid="Burdens; or where the sides want equal points above all.",
    source="Caragiannis, Kurokawa, Moulin, Procaccia, Shah and Wang (2019)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
