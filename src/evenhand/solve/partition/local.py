"""A good partition soon: give each item to where it adds most, then move and swap items while that helps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from evenhand.solve.partition.problem import LARGEST, Integers, PartitionProblem

NEVER = -LARGEST


def greedy(problem: PartitionProblem) -> Integers:
    """The owner of each item; what matters most to somebody is given first, each to whose gain rises most."""
    owner = np.zeros(problem.items, dtype=np.int64)
    values = np.zeros(problem.parties, dtype=np.int64)
    parties = np.arange(problem.parties)
    shares = problem.worth / np.maximum(problem.worth.sum(axis=1, keepdims=True), 1)
    for item in np.argsort(-shares.max(axis=0), kind="stable"):
        now = problem.table[parties, values]
        rise = problem.table[parties, values + problem.worth[:, item]] - now
        # Of equal rises the one to whom the item is worth more.
        rank = np.lexsort((parties, -problem.worth[:, item], -rise, ~problem.may[:, item]))
        owner[item] = rank[0]
        values[rank[0]] += problem.worth[rank[0], item]
    return owner


def improved(problem: PartitionProblem, owner: Integers, spent: Callable[[], bool]) -> Integers:
    """Move one item or swap two, the best such change first, until none raises the objective."""
    owner = owner.copy()
    while not spent():
        values = problem.values(owner)
        moves, swaps = _moves(problem, owner, values), _swaps(problem, owner, values)
        party, item = np.unravel_index(int(moves.argmax()), moves.shape)
        one, other = np.unravel_index(int(swaps.argmax()), swaps.shape)
        if max(moves[party, item], swaps[one, other]) <= 0:
            break
        if moves[party, item] >= swaps[one, other]:
            owner[item] = party
        else:
            owner[one], owner[other] = owner[other], owner[one]
    return owner


def marginal_rates(problem: PartitionProblem, owner: Integers) -> Integers:
    """How steeply each party's gain rises per unit of value at this partition, rounded down.

    The rise is measured over what a party holds per item, since gains may rise in steps.
    """
    values, parties = problem.values(owner), np.arange(problem.parties)
    counts = np.bincount(owner, minlength=problem.parties)
    reach = np.maximum(values // np.maximum(counts, 1), 1)
    further = np.minimum(values + reach, problem.table.shape[1] - 1)
    rates = (problem.table[parties, further] - problem.table[parties, values]) // reach
    # Where a rise is out of all proportion, as from nothing to something, products must not overflow.
    most: Integers = np.minimum(rates, LARGEST // problem.table.shape[1])
    return most


def _moves(problem: PartitionProblem, owner: Integers, values: Integers) -> Integers:
    """n × m: by how much the objective rises when the item goes to the party; NEVER where it may not."""
    parties, items = np.arange(problem.parties)[:, None], np.arange(problem.items)
    now = problem.table[parties[:, 0], values]
    lost = problem.table[owner, values[owner] - problem.worth[owner, items]] - now[owner]
    # The owner itself would count the item twice; it is ruled out with those that may not hold it.
    totals = np.minimum(values[:, None] + problem.worth, problem.table.shape[1] - 1)
    rise = problem.table[parties, totals] - now[:, None] + lost
    return np.where(problem.may & (owner != parties), rise, NEVER)


def _swaps(problem: PartitionProblem, owner: Integers, values: Integers) -> Integers:
    """m × m: by how much the objective rises when two items change hands; NEVER where they may not."""
    items = np.arange(problem.items)
    mine = problem.worth[owner, items]
    totals = (values[owner] - mine)[:, None] + problem.worth[owner]
    totals = np.minimum(totals, problem.table.shape[1] - 1)
    rise = problem.table[owner[:, None], totals] - problem.table[owner, values[owner]][:, None]
    able = problem.may[owner]
    allowed = able & able.T & (owner[:, None] != owner)
    return np.where(allowed, rise + rise.T, NEVER)
