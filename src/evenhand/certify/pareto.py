"""Is anything better for somebody and worse for nobody, among deals that leave assets whole?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from evenhand.certify.certificate import Certificate, texts
from evenhand.certify.dominating import Landscape, Walk
from evenhand.certify.examined import Examined
from evenhand.certify.exchanges import quickly_better
from evenhand.certify.fractional import supporting_weights
from evenhand.certify.merged import MOST, better_or_none
from evenhand.certify.one_each import is_one_each, pareto_optimal_one_each
from evenhand.certify.property import Property
from evenhand.certify.recheck import pareto as recheck
from evenhand.certify.recheck.merged import STEPS as MERGING_STEPS
from evenhand.deals import Deal, SearchTooLarge, deal_json
from evenhand.solve.frontier import TooMany

STEPS = 60_000
"""How many settlements the search among whole assets tries before it says `undecided`."""
LARGEST_RECORD = 20_000
"""How many entries of a walk are written out; a longer one is left out, and the certificate says so."""
_ROUNDS = 120
_LOWEST = -20.0
"""Logarithm of the smallest weight against the largest."""
_NAME = "pareto-optimal"


def _pareto_optimal(examined: Examined) -> Certificate:
    """Weights that the deal maximises settle it at once; else quick looks for a better deal; else a search."""
    if is_one_each(examined.case, examined.deal):
        return pareto_optimal_one_each(examined.case, examined.deal)
    space = examined.space
    barred = next((issue.id for issue, names in zip(space.issues, space.settlements, strict=True) if not names), None)
    if barred is not None:
        witness = {"because": "no deal keeps the rules", "weights": _texts(space.parties, [1] * len(space.parties))}
        return Certificate(_NAME, "holds", {**witness, "branches": [barred]})
    landscape = Landscape.of(examined)
    weights = supporting_weights(examined)
    if weights is None or landscape.slack(landscape.weights_in_units(weights)) > 0:
        better = quickly_better(landscape, examined.deal)
        if better is not None:
            return _fails(landscape, better)
        weights = _weights_for(landscape)
    return _walked(landscape, weights)


def _walked(landscape: Landscape, weights: Sequence[Fraction]) -> Certificate:
    walk = Walk(landscape, landscape.weights_in_units(weights), STEPS)
    try:
        better = walk.run()
    except SearchTooLarge:
        return _merged(landscape)
    if better is not None:
        return _fails(landscape, better)
    because = "weights" if walk.slack <= 0 else "search"
    witness: dict[str, Any] = {"because": because, "weights": _texts(landscape.space.parties, weights)}
    if len(walk.branches) > LARGEST_RECORD:
        return Certificate(_NAME, "holds", {**witness, "left_out": f"the walk, of {len(walk.branches)} entries"})
    if not walk.recorded:
        return Certificate(_NAME, "holds", {**witness, "left_out": "how rules on shares close some branches"})
    if walk.more_weights:
        witness["more_weights"] = [_texts(landscape.space.parties, row) for row in walk.more_weights]
    return Certificate(_NAME, "holds", {**witness, "branches": walk.branches})


def _merged(landscape: Landscape) -> Certificate:
    """Where the walk is too long: whole issues are merged, unless too many sums would have to be kept."""
    goal = [Fraction(units, scale) for units, scale in zip(landscape.target, landscape.scales, strict=True)]
    try:
        if not landscape.space.divisible:
            better = better_or_none(landscape.space, goal)
            return Certificate(_NAME, "holds", {"because": "merging"}) if better is None else _fails(landscape, better)
    except TooMany:
        pass
    why = f"Nothing better was found among the deals looked at ({STEPS:,} steps), but not all were."
    return Certificate(_NAME, "undecided", {"why": why})


def _texts(parties: Sequence[str], weights: Sequence[Fraction | int]) -> dict[str, str]:
    return {party: str(weight) for party, weight in zip(parties, weights, strict=True)}


def _fails(landscape: Landscape, better: Deal) -> Certificate:
    space = landscape.space
    target = [Fraction(t, s) for t, s in zip(landscape.target, landscape.scales, strict=True)]
    witness = {
        "better_deal": deal_json(better),
        "points": texts(dict(zip(space.parties, space.values(better), strict=True))),
        "instead_of": texts(dict(zip(space.parties, target, strict=True))),
    }
    return Certificate(_NAME, "fails", witness)


def _weights_for(landscape: Landscape) -> tuple[Fraction, ...]:
    """Weights under which few deals could dominate: whoever would lose by their best deal gets more weight.

    Found in floats; any weights above zero are valid, better ones only make the search shorter.
    """
    scales = np.array([float(scale) for scale in landscape.scales])
    worth = [np.array([[float(v) for v in row] for row in rows]) / scales for rows in landscape.worth]
    goal = np.array([float(value) for value in landscape.target]) / scales
    size = np.maximum(sum(np.abs(rows).max(axis=0) for rows in worth), 1e-9)
    logs = -np.log(np.maximum(np.abs(goal), size / 100))
    logs = np.maximum(logs - logs.max(), _LOWEST)
    best, best_slack = logs, np.inf
    for round_ in range(_ROUNDS):
        weights = np.exp(logs)
        picks = [rows[int(np.argmax(rows @ weights))] for rows in worth]
        reached = sum(picks)
        slack = float(weights @ (reached - goal)) / float(weights @ size)
        if slack < best_slack:
            best, best_slack = logs, slack
        logs = logs + (goal - reached) / size / (1 + round_ / 10)
        logs = np.maximum(logs - logs.max(), _LOWEST)
    return tuple(Fraction(f"{value:.3e}") for value in np.exp(best))


PARETO_OPTIMAL = Property(
    id=_NAME,
    title="Nothing better for everyone",
    meaning="No other deal that leaves assets whole is better for somebody and worse for nobody.",
    definition="No deal that keeps the rules, with every asset whole and divisibles split in any way, has "
    "v_i ≥ for all i and > for one.",
    source="Pareto optimality among whole assets (PO)",
    by_hand="A better deal (fails): add it up. Or weights, and the branches into which all other deals fall: each "
    "loses too much by the weights, leaves somebody short, breaks a rule, or is no better (holds). Or, where that is "
    "too long, `merging`: from the last issue to the first, keep the sums of points that can still reach the deal and "
    "that no other is better than; only the deal's own is left (holds).",
    cost=f"O(n m) with weights that support the deal; else at most {STEPS:,} steps of O(n); else merging whole "
    f"issues, with at most {MOST[2]:,} sums kept ({MOST[3]:,} for three parties, fewer for more)",
    recheck_cost=f"O(n m s + n b), b ≤ {LARGEST_RECORD:,} entries of the walk, s settlements of an issue; merging: at "
    f"most {MERGING_STEPS:,} sums",
    check=_pareto_optimal,
    recheck=recheck.pareto_optimal,
)
