"""Is anything better for somebody and worse for nobody? Among whole assets, and among fractional shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from math import ceil
from typing import Any

import numpy as np

from evenhand.case import Asset, Case, Choice
from evenhand.certify.certificate import Certificate, texts, undefined
from evenhand.deals import (
    UNIT,
    Deal,
    SearchTooLarge,
    Space,
    broken_rules,
    deal_json,
    visit_near,
)
from evenhand.deals.shares import Box, Cell, ShareRows, boxes
from evenhand.deals.space import Pick, weighted_sum
from evenhand.solve import Infeasible

STEPS = 60_000
"""How many settlements the search among whole assets tries before it says `undecided`."""
_ROUNDS = 120


def fractionally_pareto_optimal(case: Case, deal: Deal) -> Certificate:
    """Weights that the deal maximises issue by issue, or a circle of exchanges that helps everyone in it."""
    why = _why_no_shares(case)
    if why:
        return undefined("fractionally-pareto-optimal", why)
    space = Space.of(case)
    waste = _wasted(space, deal)
    if waste:
        return Certificate("fractionally-pareto-optimal", "fails", {"wasted": waste})
    arcs = _cheapest_arcs(space, deal)
    circle = _improving_circle(space, arcs)
    if circle is not None:
        rows = [_exchange(space, arcs, giver, taker) for giver, taker in circle]
        return Certificate("fractionally-pareto-optimal", "fails", {"circle": rows})
    weights = _weights(space, arcs)
    return Certificate(
        "fractionally-pareto-optimal",
        "holds",
        {"weights": texts(dict(zip(space.parties, weights, strict=True)))},
    )


def _why_no_shares(case: Case) -> str | None:
    choice = next((issue.label for issue in case.issues if isinstance(issue, Choice)), None)
    if choice:
        return f"“{choice}” is a choice; a fraction of an option has no meaning."
    if any(isinstance(issue, Asset) and issue.joint for issue in case.issues):
        return "Some asset may be held jointly, which is not a share."
    space = Space.of(case)
    if space.clauses:
        return f"Rule {space.clauses[0].rule} ties issues or limits shares."
    if not space.additive:
        return "Some points come together, so the worth of a fraction is not said."
    return None


def _cells(space: Space, deal: Deal) -> Iterator[tuple[int, int, Fraction]]:
    """Who holds a part of what: (issue number, party number, points of that party for all of it)."""
    for number, issue in enumerate(space.issues):
        for party in deal.shares(issue.id):
            index = space.parties.index(party)
            yield number, index, space.case.preferences[party].points[issue.id]


def _may_hold(space: Space, number: int, party: int) -> bool:
    return space.parties[party] in space.settlements[number]


def _points(space: Space, number: int, party: int) -> Fraction:
    return space.case.preferences[space.parties[party]].points[space.issues[number].id]


def _wasted(space: Space, deal: Deal) -> dict[str, str] | None:
    """Something held by a party to whom it is worth nothing (or costs) and not by one who would gain."""
    for number, holder, mine in _cells(space, deal):
        for other in range(len(space.parties)):
            theirs = _points(space, number, other)
            if other != holder and _may_hold(space, number, other) and mine <= 0 <= theirs and mine < theirs:
                names = {"from": space.parties[holder], "to": space.parties[other]}
                return {"issue": space.issues[number].id, **names, "loses": str(mine), "gains": str(theirs)}
    return None


_Arcs = dict[tuple[int, int], tuple[Fraction, int]]


def _cheapest_arcs(space: Space, deal: Deal) -> _Arcs:
    """For each (i, j): the smallest ratio r with  w_j ≤ r · w_i  forced by something, and the issue.

    A good held by i forces w_i v_i ≥ w_j v_j, so r = v_i / v_j. A burden held by j forces
    w_j v_j ≥ w_i v_i with both below zero, so w_j ≤ w_i · v_i / v_j, the same formula.
    """
    arcs: _Arcs = {}
    for number, holder, mine in _cells(space, deal):
        for other in range(len(space.parties)):
            theirs = _points(space, number, other)
            if other == holder or not _may_hold(space, number, other) or mine * theirs <= 0:
                continue
            arc, ratio = ((holder, other), mine / theirs) if mine > 0 else ((other, holder), theirs / mine)
            if arc not in arcs or ratio < arcs[arc][0]:
                arcs[arc] = (ratio, number)
    return arcs


def _improving_circle(space: Space, arcs: _Arcs) -> list[tuple[int, int]] | None:
    """A circle of arcs whose ratios multiply to less than 1 (Bellman–Ford with products), or None."""
    bound = [Fraction(1)] * len(space.parties)
    before: list[int | None] = [None] * len(space.parties)
    changed = None
    for _ in range(len(space.parties)):
        changed = None
        for (i, j), (ratio, _) in arcs.items():
            if bound[i] * ratio < bound[j]:
                bound[j], before[j], changed = bound[i] * ratio, i, j
        if changed is None:
            return None
    node = changed
    for _ in range(len(space.parties)):
        assert node is not None
        node = before[node]
    return _circle_through(before, node)


def _circle_through(before: list[int | None], start: int | None) -> list[tuple[int, int]]:
    assert start is not None
    circle = []
    node: int = start
    while True:
        giver = before[node]
        assert giver is not None
        circle.append((giver, node))
        node = giver
        if node == start:
            return circle[::-1]


def _exchange(space: Space, arcs: _Arcs, giver: int, taker: int) -> dict[str, str]:
    """One exchange: a good passes from giver to taker, or a burden from taker to giver."""
    ratio, number = arcs[giver, taker]
    burden = _points(space, number, giver) < 0
    names = (taker, giver) if burden else (giver, taker)
    passing = {
        "issue": space.issues[number].id,
        "from": space.parties[names[0]],
        "to": space.parties[names[1]],
    }
    return {**passing, "loses_per_point_gained": str(ratio)}


def _weights(space: Space, arcs: _Arcs) -> list[Fraction]:
    """Weights that satisfy every arc: shortest products from a common start."""
    bound = [Fraction(1)] * len(space.parties)
    for _ in space.parties:
        for (i, j), (ratio, _) in arcs.items():
            bound[j] = min(bound[j], bound[i] * ratio)
    return bound


def pareto_optimal(case: Case, deal: Deal) -> Certificate:
    """No deal of whole assets that keeps the rules is better for one and worse for none.

    Weights that the deal maximises settle it at once. Else small changes are tried, and then every deal
    that could dominate is looked for, within STEPS.
    """
    name = "pareto-optimal"
    fractional = fractionally_pareto_optimal(case, deal)
    if fractional.verdict == "holds" and not broken_rules(case, deal):
        return Certificate(name, "holds", {**fractional.witness, "because": "weights"})
    space = Space.of(case)
    if any(not names for names in space.settlements):
        return Certificate(name, "holds", {"because": "no deal keeps the rules"})
    target = space.values(deal)
    better = _by_small_changes(space, deal, target)
    if better is not None:
        return Certificate(name, "fails", _dominated(space, better, target))
    weights = _weights_for(space, target)
    try:
        better = _by_search(space, weights, target)
    except SearchTooLarge:
        why = f"Nothing better was found among the deals looked at ({STEPS:,} steps), but not all were."
        return Certificate(name, "undecided", {"why": why})
    if better is not None:
        return Certificate(name, "fails", _dominated(space, better, target))
    return Certificate(
        name, "holds", {"weights": texts(dict(zip(space.parties, weights, strict=True))), "because": "search"}
    )


def _dominates(values: tuple[Fraction, ...], target: tuple[Fraction, ...]) -> bool:
    return values != target and all(value >= goal for value, goal in zip(values, target, strict=True))


def _dominated(space: Space, better: Deal, target: tuple[Fraction, ...]) -> dict[str, Any]:
    points = texts(dict(zip(space.parties, space.values(better), strict=True)))
    return {
        "better_deal": deal_json(better),
        "points": points,
        "instead_of": texts(dict(zip(space.parties, target, strict=True))),
    }


def _by_small_changes(space: Space, deal: Deal, target: tuple[Fraction, ...]) -> Deal | None:
    """A better deal that differs from this one in one or two whole issues."""
    whole = [k for k, issue in enumerate(space.issues) if isinstance(deal[issue.id], str)]
    if not space.additive:
        return None
    changes: list[tuple[int, int, tuple[Fraction, ...]]] = []
    for number in whole:
        names = space.settlements[number]
        if str(deal[space.issues[number].id]) in names:
            now = space.worth[number][names.index(str(deal[space.issues[number].id]))]
            changes += [
                (number, s, _difference(worth, now)) for s, worth in enumerate(space.worth[number]) if worth != now
            ]
    for group in (*((change,) for change in changes), *_pairs(changes)):
        gains = [sum(column, Fraction(0)) for column in zip(*(gain for _, _, gain in group), strict=True)]
        if min(gains) >= 0 and max(gains) > 0:
            settled = {space.issues[number].id: space.settlements[number][s] for number, s, _ in group}
            better = Deal.of(space.case, {**deal.settlements, **settled})
            if not broken_rules(space.case, better) and not _shares_an_asset(space, better):
                return better
    return None


def _shares_an_asset(space: Space, deal: Deal) -> bool:
    return any(isinstance(issue, Asset) and deal.is_shared(issue.id) for issue in space.issues)


def _pairs(
    changes: list[tuple[int, int, tuple[Fraction, ...]]],
) -> Iterator[tuple[tuple[int, int, tuple[Fraction, ...]], ...]]:
    """Pairs of changes in which somebody who loses by one gains by the other."""
    losers = [{i for i, gain in enumerate(gains) if gain < 0} for _, _, gains in changes]
    gainers = [{i for i, gain in enumerate(gains) if gain > 0} for _, _, gains in changes]
    for one, two in combinations(range(len(changes)), 2):
        if changes[one][0] != changes[two][0] and losers[one] <= gainers[two] and losers[two] <= gainers[one]:
            yield changes[one], changes[two]


def _difference(one: tuple[Fraction, ...], other: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _weights_for(space: Space, target: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """Weights under which few deals could dominate: whoever would lose by their best deal gets more weight.

    Found in floats; any weights above zero are valid, better ones only make the search shorter.
    """
    worth = [np.array([[float(v) for v in row] for row in rows]) for rows in space.worth]
    goal = np.array([float(value) for value in target])
    size = np.maximum(sum(np.abs(rows).max(axis=0) for rows in worth), 1e-9)
    logs = -np.log(np.maximum(np.abs(goal), size / 100))
    best, best_slack = logs, np.inf
    for round_ in range(_ROUNDS):
        weights = np.exp(logs)
        picks = [rows[int(np.argmax(rows @ weights))] for rows in worth]
        reached = sum(picks)
        slack = float(weights @ (reached - goal)) / float(weights @ size)
        if slack < best_slack:
            best, best_slack = logs, slack
        logs = logs + (goal - reached) / size / (1 + round_ / 10)
    best = best - best.max()
    return tuple(Fraction(f"{max(value, 1e-9):.3e}") for value in np.exp(best))


def _by_search(space: Space, weights: tuple[Fraction, ...], target: tuple[Fraction, ...]) -> Deal | None:
    """A dominating deal, found by looking at every deal that could be one; None: there is none."""
    found: list[Deal] = []
    goals = [ceil(goal * space.scale(party)) for party, goal in enumerate(target)]

    def penalty(party: int, low: int, high: int) -> int:
        return 0 if high >= goals[party] else UNIT * 10**9

    def visit(pick: Pick) -> None:
        better = _completed(space, pick, target)
        if better is not None:
            found.append(better)
            raise _Stop

    try:
        visit_near(space, weights, _slack(space, weights, target), penalty, visit, STEPS)
    except _Stop:
        return found[0]
    return None


class _Stop(Exception):
    """A dominating deal was found."""


def _slack(space: Space, weights: tuple[Fraction, ...], target: tuple[Fraction, ...]) -> Fraction:
    """How much a dominating deal may lose: it has at least the weighted worth of this one."""
    return space.most_weighted(weights) - weighted_sum(weights, target)


def _completed(space: Space, pick: Pick, target: tuple[Fraction, ...]) -> Deal | None:
    """A deal with these whole settlements that dominates, its divisibles split to that end; or None."""
    base = space.pick_values(pick)
    if not space.divisible:
        return space.deal(pick) if _dominates(base, target) else None
    for box in boxes(space, pick):
        shares = _better_shares(space, base, target, box)
        if shares is not None:
            deal = space.deal(pick, shares)
            if _dominates(space.values(deal), target):
                return deal
    return None


def _better_shares(
    space: Space, base: tuple[Fraction, ...], target: tuple[Fraction, ...], box: Box
) -> dict[int, dict[str, Fraction]] | None:
    """Shares that give every party its target and all of them together as much as possible."""
    cells: list[Cell] = [(k, i) for k in space.divisible for i in range(len(base))]
    gain: Mapping[Cell, Fraction] = {(k, i): space.worth[k][i][i] for k, i in cells}
    table = ShareRows(box, cells)
    for number in space.divisible:
        table.add({cell: Fraction(1) for cell in cells if cell[0] == number}, Fraction(1))
    for party, goal in enumerate(target):
        table.add({cell: gain[cell] for cell in cells if cell[1] == party}, goal - base[party], slack=-1)
    try:
        shares = table.best(dict(gain))
    except Infeasible:
        return None
    return {k: {space.parties[i]: shares[k, i] for i in range(len(base))} for k in space.divisible}
