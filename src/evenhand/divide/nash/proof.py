"""The proof for any case: every deal that loses little against the multipliers' bound, compared exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from evenhand.deals import UNIT, SearchTooLarge, Space, list_picks, visit_near
from evenhand.deals.listing import Penalty
from evenhand.deals.space import Pick
from evenhand.divide.nash.product import Found, compared, parts
from evenhand.divide.nash.splits import Candidate, Undecided, best_split
from evenhand.divide.procedure import Options
from evenhand.solve import log_of_fraction, log_prices

_STEPS = 100_000
_SPLITS = 300


def proved(space: Space, found: Found, options: Options) -> Found:
    """Look at every deal that could match `found`, exactly; when that is too much work, its gap at most."""
    best = _Best(space, options)
    multipliers: tuple[Fraction, ...] = ()
    gap = found.gap
    try:
        if all(value > 0 for value in found.values):
            multipliers = _multipliers(space)
            slack = slack_of(space, multipliers, found.values)
            gap = min(gap, float(slack))
            visit_near(space, multipliers, slack, _concavity(space, multipliers), best.consider, _STEPS)
        else:
            for pick in list_picks(space, _STEPS // 10):
                best.consider(pick)
    except (SearchTooLarge, Undecided):
        return replace(found, gap=gap)
    assert best.candidate is not None, "the deal found reaches its own bound"
    deal = space.deal(best.candidate.pick, best.candidate.shares)
    bound = best.candidate.multipliers or multipliers or None
    return Found(deal, best.candidate.values, 0.0, True, True, bound)


class _Best:
    """The best candidate seen, by exact comparison; of equals, the first in the order of the case."""

    def __init__(self, space: Space, options: Options) -> None:
        self.space = space
        self.options = options
        self.splits = 0
        self.candidate: Candidate | None = None

    def consider(self, pick: Pick) -> None:
        """Complete a pick, and keep it if it is better than what was kept."""
        if self.options.limits.spent() or self.splits >= _SPLITS:
            raise Undecided
        self.splits += bool(self.space.divisible)
        candidate = best_split(self.space, pick)
        if candidate is not None and (self.candidate is None or self._before(candidate, self.candidate)):
            self.candidate = candidate

    def _before(self, one: Candidate, other: Candidate) -> bool:
        ahead = compared(self.space, one.values, other.values)
        return ahead > 0 or (ahead == 0 and one.pick < other.pick)


def slack_of(space: Space, multipliers: Sequence[Fraction], values: Sequence[Fraction]) -> Fraction:
    """How much a deal may lose against the multipliers' bound and still have at least this product.

    For every deal, sum e log v = sum e log(e/m) − E + sum m v − sum e (x − 1 − log x) with x = m v / e,
    so the losses are those in sum m v and the last term. Here e are entitlements over the largest.
    Rounded up by far more than float error.
    """
    logs = sum(
        float(e) * log_of_fraction(e / (m * value))
        for e, m, value in zip(parts(space), multipliers, values, strict=True)
    )
    return space.most_weighted(multipliers) - sum(parts(space)) + Fraction(logs) + Fraction(1, 10**9)


def _concavity(space: Space, multipliers: Sequence[Fraction]) -> Penalty:
    """The least of e (x − 1 − log x) over a range of values, rounded down by more than float error."""
    weights = [float(e) for e in parts(space)]
    rates = [float(m / e / space.scale(i)) for i, (m, e) in enumerate(zip(multipliers, parts(space), strict=True))]
    impossible = UNIT * 10**6

    def penalty(party: int, low: int, high: int) -> int:
        x = high * rates[party]
        if x >= 1:
            x = low * rates[party]
            if x <= 1:
                return 0
        if x <= 0:
            return impossible
        return max(0, int((weights[party] * (x - 1 - math.log(x)) * (1 - 1e-12) - 1e-12) * UNIT))

    return penalty


def _multipliers(space: Space) -> tuple[Fraction, ...]:
    """Multipliers with a small bound on every deal, as short fractions. Every party can get above zero."""
    rows = [np.array([[float(value) for value in worth] for worth in worths]) for worths in space.worth]
    bonus = [np.array([[0.0] * len(space.parties), _unit(space, i, float(p))]) for i, _, p in space.bonuses() if p > 0]
    weights = np.array([float(weight) for weight in parts(space)])
    return tuple(short(float(value)) for value in log_prices([*rows, *bonus], weights))


def _unit(space: Space, party: int, points: float) -> list[float]:
    return [points if number == party else 0.0 for number in range(len(space.parties))]


def short(value: float) -> Fraction:
    """The float as a fraction with a denominator that is a power of two, to about 40 binary digits."""
    _, exponent = math.frexp(value)
    return Fraction(round(math.ldexp(value, 40 - exponent))) * Fraction(2) ** (exponent - 40)
