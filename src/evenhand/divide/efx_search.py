"""Searching for a deal free of envy up to any item, where no construction is known.

Exchanges lower what is left of envy, each party's counted as a part of what everything is worth to it; where
they get stuck, two things change hands at random and the search goes on, for a stated number of deals. The
generator is seeded, so the same case and seed give the same deal.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from evenhand.deals import NoDeal
from evenhand.divide.envy_cycle import hand_out
from evenhand.divide.procedure import Options
from evenhand.divide.whole import Owners, Things, is_efx
from evenhand.solve import Program

_TRIED = 6_000
"""How many deals each search by exchanges looks at."""
_NODES = 3_000
"""How many branches the solver tries."""


def searched(things: Things, options: Options) -> tuple[Owners | None, int]:
    """A deal found by exchanges, if any, and how many deals were looked at."""
    rng = random.Random(options.seed or 0)
    left = _TRIED
    for start in _starts(things):
        owners, envy = start, _envy(things, start)
        while envy > 0 and left > 0 and not options.limits.spent():
            better = None
            for other in _neighbours(things, owners):
                left -= 1
                if (found := _envy(things, other)) < envy:
                    better, envy = other, found
            owners = better or _shaken(things, owners, rng)
            envy = envy if better else _envy(things, owners)
        if is_efx(things, owners):
            return owners, _TRIED - left
    return None, _TRIED - left


def raised(things: Things, owners: Owners, options: Options) -> Owners:
    """The deal after exchanges that keep it free of envy up to any item and make it better, while there are any."""
    rank, left = things.rank(owners), _TRIED
    improving = True
    while improving and not options.limits.spent():
        improving = False
        for other in _neighbours(things, owners):
            left -= 1
            if left < 0:
                return owners
            if (found := things.rank(other)) > rank and is_efx(things, other):
                owners, rank, improving = other, found, True
                break
    return owners


def _starts(things: Things) -> Iterator[Owners]:
    """Deals to start from: each thing to whom it is worth most; and what envy cycles give, where no rule bars any."""
    if all(len(parties) == len(things.points) for parties in things.allowed):
        order = sorted(range(things.count), key=lambda k: -max(abs(row[k]) for row in things.points))
        yield hand_out(things, order)[0]
    totals = [abs(sum(row)) or 1 for row in things.points]
    yield [max(p, key=lambda i: (things.points[i][k] / totals[i], -i)) for k, p in enumerate(things.allowed)]


def _neighbours(things: Things, owners: Owners) -> Iterator[list[int]]:
    """Deals in which one thing passes to another party, or two parties exchange one thing each."""
    for k in range(things.count):
        for party in things.allowed[k]:
            if party != owners[k]:
                yield _with(owners, {k: party})
    for k in range(things.count):
        for n in range(k):
            if owners[k] != owners[n] and owners[n] in things.allowed[k] and owners[k] in things.allowed[n]:
                yield _with(owners, {k: owners[n], n: owners[k]})


def _with(owners: Owners, changes: dict[int, int]) -> list[int]:
    changed = list(owners)
    for k, party in changes.items():
        changed[k] = party
    return changed


def _shaken(things: Things, owners: Owners, rng: random.Random) -> list[int]:
    """Two things given to parties drawn by lot."""
    drawn = [rng.randrange(things.count) for _ in range(2)]
    return _with(owners, {k: rng.choice(things.allowed[k]) for k in drawn})


def _envy(things: Things, owners: Owners) -> float:
    """What is left of envy although any one thing is left out, over all pairs; 0 only when there is none."""
    held = things.holdings(owners)
    total = 0.0
    for i, points in enumerate(things.points):
        own = [points[k] for k in held[i]]
        mine, lightest = sum(own), min([-p for p in own if p < 0], default=0)
        for part in held:
            theirs = [points[k] for k in part]
            lead = sum(theirs) - mine
            if lead > 0 and part is not held[i]:
                left_out = lightest or min([p for p in theirs if p > 0], default=0)
                total += max(0, lead - left_out) / (abs(sum(points)) or 1)
    return total


def solved(things: Things, options: Options, hint: str) -> Owners:
    """A deal from the solver. Raises NoDeal when it has none; `hint` says what may be in the way."""
    program = Program()
    owns = [{party: program.binary() for party in parties} for parties in things.allowed]
    for row in owns:
        program.equal([(1.0, variable) for variable in row.values()], 1.0)
    for i in things.parties:
        for j in things.parties:
            if i != j:
                _content(program, things, owns, i, j)
    answer = program.maximise([], options.limits, nodes=_NODES)
    if answer.infeasible:
        raise NoDeal(f"The solver found that no deal is free of envy up to any item.{hint}")
    if answer.values is not None:
        values = answer.values
        owners = [max(row, key=lambda party: (values[row[party]], -party)) for row in owns]
        if is_efx(things, owners):
            return owners
    raise NoDeal(
        f"No deal free of envy up to any item was found among {_TRIED:,} deals looked at and {_NODES:,} branches of "
        f"the solver; whether there is one was not decided.{hint}"
    )


def _content(program: Program, things: Things, owns: Sequence[dict[int, int]], i: int, j: int) -> None:
    """Rows that leave party i content with party j's part, whichever thing is left out."""
    points = things.points[i]
    total = abs(sum(points)) or 1
    own = [(points[k] / total, row[i]) for k, row in enumerate(owns) if i in row]
    theirs = [(-points[k] / total, row[j]) for k, row in enumerate(owns) if j in row]
    for k, row in enumerate(owns):
        holder = i if points[k] < 0 else j
        if points[k] and holder in row:
            part = abs(points[k]) / total
            program.at_least([*own, *theirs, (-(1.0 - part), row[holder])], -1.0)
