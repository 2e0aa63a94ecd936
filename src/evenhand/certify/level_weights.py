"""Weights that show that levels, points for entitlement sorted from the least up, cannot be larger.

For any weights w ≥ 0, no deal's weighted levels come to more than the sum of the most that each issue can bring.
If in some deal the first k - 1 levels were as here and the k-th larger, its weighted levels would come to at least
what is got by putting the largest weights on the smallest levels. Where that is more than any deal reaches, there
is no such deal. Weights are looked for in floats or by a small exact program; whatever they are, what they show
is compared in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import gcd, lcm

import numpy as np

from evenhand.certify.certificate import texts
from evenhand.certify.examined import Examined
from evenhand.deals import Space, deal_values
from evenhand.deals.space import Pick
from evenhand.solve import maximise_exactly

_SMALL = 40
"""Settlements of all issues together, up to which weights come from an exact program."""
_ROUNDS = 200
_LARGEST = 5_000_000
"""Entries of a table of floats; for larger cases only equal weights are tried."""
_DIGITS = 10**4


@dataclass(frozen=True)
class Levels:
    """Levels as whole numbers: `unit` of them are one point for each unit of entitlement.

    `worth[k][s]` is what a settlement adds to the levels, {party number: number}, without zeros; `now` are the
    levels of the deal examined, of which `paid` was taken off; `extras` are `together` terms as (party, number).
    """

    space: Space
    unit: int
    worth: tuple[tuple[dict[int, int], ...], ...]
    now: tuple[int, ...]
    paid: tuple[int, ...]
    extras: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, examined: Examined) -> Levels:
        """Lay out the levels; O(n m s)."""
        space, paid = examined.space, examined.deal.payments
        shares = [1 / party.entitlement for party in examined.case.principals]
        raw = [[{i: v * shares[i] for i, v in enumerate(row) if v} for row in rows] for rows in space.worth]
        extra = [(i, points * shares[i]) for i, _, points in space.bonuses()]
        fees = [paid.get(party, Fraction(0)) * share for party, share in zip(space.parties, shares, strict=True)]
        values = deal_values(examined.case, examined.deal).values()
        now = [value * share for value, share in zip(values, shares, strict=True)]
        numbers = [v for rows in raw for row in rows for v in row.values()] + [v for _, v in extra] + fees + now
        unit = lcm(*(number.denominator for number in numbers))
        worth = tuple(tuple({i: int(v * unit) for i, v in row.items()} for row in rows) for rows in raw)
        terms = tuple((i, int(v * unit)) for i, v in extra)
        whole_now, whole_fees = (tuple(int(v * unit) for v in row) for row in (now, fees))
        return cls(space, unit, worth, whole_now, whole_fees, terms)

    @cached_property
    def step(self) -> int:
        """What every deal's levels are multiples of; 0 where shares make them any number."""
        if self.space.divisible:
            return 0
        numbers = [number for rows in self.worth for row in rows for number in row.values()]
        return gcd(*numbers, *self.paid, *(number for _, number in self.extras))

    @property
    def step_text(self) -> str:
        """The step in points for entitlement."""
        return str(Fraction(self.step, self.unit))

    def of_pick(self, pick: Pick) -> list[int]:
        """The levels of a deal of whole issues."""
        if not self.space.additive:
            shares = [self.unit / party.entitlement for party in self.space.case.principals]
            values = zip(self.space.pick_values(pick), shares, self.paid, strict=True)
            return [int(value * share) - fee for value, share, fee in values]
        reached = [-fee for fee in self.paid]
        for rows, choice in zip(self.worth, pick, strict=True):
            for party, number in rows[choice].items():
                reached[party] += number
        return reached

    def improved_by(self, gains: Mapping[int, int | Fraction]) -> bool:
        """Whether levels are better with these gains. Only those concerned need be compared: the others stay."""
        then = sorted(self.now[party] + gain for party, gain in gains.items())
        return then > sorted(self.now[party] for party in gains)

    def parts_to_move(self, giver: int, taker: int, gain: int, loss: int, share: Fraction) -> Iterator[Fraction]:
        """What part of a thing to hand over for better levels, where all of it is worth `gain` and `loss`."""
        equal = [Fraction(self.now[giver] - self.now[taker], gain + loss)] if gain + loss else []
        for part in (*equal, share):
            if 0 < part <= share and self.improved_by({taker: part * gain, giver: -part * loss}):
                yield part

    def limit(self, weights: Sequence[int]) -> int:
        """No deal's weighted levels come to more."""
        total = sum(max(sum(weights[i] * v for i, v in row.items()) for row in rows) for rows in self.worth)
        total += sum(weights[i] * max(number, 0) for i, number in self.extras)
        return total - sum(weight * fee for weight, fee in zip(weights, self.paid, strict=True))

    def closes(self, weights: Sequence[int], limit: int, place: int) -> bool:
        """Whether the weights show that, the levels before `place` being kept, the one at `place` cannot rise."""
        levels, heaviest = sorted(self.now), sorted(weights, reverse=True)
        rest = sum(heaviest[place:])
        kept = sum(weight * level for weight, level in zip(heaviest, levels[:place], strict=False))
        if not rest:  # then no deal keeps even the levels before
            return kept > limit
        if not self.step:
            return kept + rest * levels[place] >= limit
        return kept + rest * (levels[place] // self.step + 1) * self.step > limit


def proved_levels(levels: Levels) -> tuple[int, list[dict[str, object]]]:
    """How many levels from the worst-off up are proved, and the weights and limits that prove them."""
    found: list[tuple[tuple[int, ...], int]] = []
    place = 0
    while place < len(levels.now):
        if not any(levels.closes(*row, place) for row in found):
            rows = ((weights, levels.limit(weights)) for weights in _tried(levels, place))
            closing = next((row for row in rows if levels.closes(*row, place)), None)
            if closing is None:
                break
            found.append(closing)
        place += 1
    return place, [_row(levels, *row) for row in found]


def _row(levels: Levels, weights: Sequence[int], limit: int) -> dict[str, object]:
    named = dict(zip(levels.space.parties, map(Fraction, weights), strict=True))
    return {"weights": texts(named), "limit": str(Fraction(limit, levels.unit))}


def _tried(levels: Levels, place: int) -> Iterator[tuple[int, ...]]:
    """Equal weights for those not better served; then those of a program, or of many small steps."""
    target = sorted(levels.now)[place]
    yield tuple(int(level <= target) for level in levels.now)
    cells = sum(map(len, levels.worth))
    if cells <= _SMALL:
        yield _by_program(levels, place)
    elif cells * len(levels.now) <= _LARGEST:
        yield _by_steps(levels, place)


def _by_program(levels: Levels, place: int) -> tuple[int, ...]:
    """The weights that exceed least what the levels come to, not rising with the levels; the tail's sum is 1.

    Unknown are the drops from each party's weight to the next one's, and each issue's price.
    """
    order = sorted(range(len(levels.now)), key=lambda party: levels.now[party])
    owed = [levels.now[party] for party in order[:place]] + [levels.now[order[place]]] * (len(order) - place)
    favourable = [-fee for fee in levels.paid]
    for party, number in levels.extras:
        favourable[party] += max(number, 0)
    costs = list(accumulate(favourable[party] - level for party, level in zip(order, owed, strict=True)))
    issues, cells = len(levels.worth), [(k, row) for k, rows in enumerate(levels.worth) for row in rows]
    prices = [sign for _ in range(issues) for sign in (1, -1)]
    cost = [*map(Fraction, (*costs, *prices)), *([Fraction(0)] * (len(cells) + 1))]
    rows, bounds = [], []
    for slack, (k, row) in enumerate(cells):
        entries = [*accumulate(row.get(party, 0) for party in order), *([0] * (2 * issues + len(cells) + 1))]
        entries[len(order) + 2 * k : len(order) + 2 * k + 2] = [-1, 1]
        entries[len(order) + 2 * issues + slack] = 1
        rows.append([Fraction(entry) for entry in entries])
        bounds.append(Fraction(0))
    tail = [Fraction(max(0, number - place + 1)) for number in range(len(order))]
    # The excess need not be far below 0: this bounds the program.
    rows += [[*tail, *([Fraction(0)] * (len(cost) - len(order)))], [*cost[:-1], Fraction(-1)]]
    bounds += [Fraction(1), Fraction(-1)]
    drops = maximise_exactly([-value for value in cost], rows, bounds)[: len(order)]
    weights = list(accumulate(reversed(drops)))[::-1]
    below = lcm(*(weight.denominator for weight in weights))
    by_party = dict(zip(order, (int(weight * below) for weight in weights), strict=True))
    return tuple(by_party[party] for party in range(len(order)))


def _by_steps(levels: Levels, place: int) -> tuple[int, ...]:
    """Whoever would be well served by the deal that counts most gets less weight, again and again."""
    now = np.array([level / levels.unit for level in levels.now])
    table = np.zeros((sum(map(len, levels.worth)), len(now)))
    for at, row in enumerate(row for rows in levels.worth for row in rows):
        for party, number in row.items():
            table[at, party] = number / levels.unit
    starts = np.cumsum([0, *map(len, levels.worth[:-1])])
    owed = np.minimum(np.sort(now), np.sort(now)[place])
    size = max(float(np.ptp(np.maximum.reduceat(table, starts).sum(axis=0))), float(np.abs(now).max()), 1e-9)
    logs = np.where(now <= owed[-1], 0.0, -np.inf)
    best, least = np.exp(logs), np.inf
    for round_ in range(_ROUNDS):
        weights = np.exp(logs) / np.exp(logs).sum()
        brought = table @ weights
        picks = [at + int(np.argmax(part)) for at, part in zip(starts, np.split(brought, starts[1:]), strict=True)]
        reached = table[picks].sum(axis=0)
        excess = float(weights @ reached - np.sort(weights)[::-1] @ owed)
        if excess < least:
            best, least = weights, excess
        logs = logs - (reached - weights @ reached) / size / (1 + round_ / 10)
        logs = logs - logs.max()
    return tuple(int(weight) for weight in np.rint(best / best.max() * _DIGITS))
