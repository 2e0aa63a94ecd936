"""Maximum Nash welfare: the deal with the largest product of the parties' values.

First as many parties as possible get something above zero; among those deals, the product of value to
the power of entitlement is largest. Values are points as written, from zero, not gains over no deal.

The search is SCIP's, over the logarithms. The proof is our own: multipliers bound the product of every
deal (see `solve.prices`), so each deal that could be better loses little against the bound; all such deals
are listed and compared as exact numbers, divisibles split exactly. Where that list is too long, what is
claimed is the solver's bound, and the method says so.

Source: I. Caragiannis, D. Kurokawa, H. Moulin, A. Procaccia, N. Shah and J. Wang, "The unreasonable
fairness of maximum Nash welfare", ACM Transactions on Economics and Computation 7 (2019).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from evenhand.case import Case
from evenhand.deals import (
    UNIT,
    Deal,
    DealProgram,
    Method,
    NoDeal,
    Outcome,
    SearchTooLarge,
    Space,
    Step,
    clashing_rules,
    list_picks,
    visit_near,
)
from evenhand.deals.listing import Penalty
from evenhand.deals.shares import boxes
from evenhand.deals.space import Pick
from evenhand.divide.procedure import Options, Procedure, burdens
from evenhand.divide.product_shares import largest_product
from evenhand.solve import Answer, log_prices

TIES = "Of deals with exactly the same product, the first in the order of the case."
SOLVER_GAP = 1e-7
"""What the solver's own end of search is taken to prove, as a logarithm of the ratio of products."""
_STEPS = 100_000
_SPLITS = 300


def why_not(case: Case) -> str | None:
    """The reason maximum Nash welfare is not defined for a case, or None."""
    if found := burdens(case):
        return f"A product of values has no meaning with burdens (“{found[0]}”): two losses would multiply to a gain."
    return None


def run(case: Case, options: Options) -> Outcome:
    """The deal with the largest product. Raises NoDeal when the rules allow none."""
    space = Space.of(case)
    if any(not names for names in space.settlements):
        raise NoDeal("No deal satisfies the rules.", clashing_rules(case))
    search = _Search(space, options)
    found = search.incumbent()
    options.progress("checking every deal near the bound, in exact numbers")
    best = _proved(space, found, options)
    return _outcome(space, best)


@dataclass(frozen=True)
class _Found:
    """A deal with its values, the bound the search gives (logarithm), and what was proved."""

    deal: Deal
    values: tuple[Fraction, ...]
    gap: float
    exact: bool
    finished: bool
    multipliers: tuple[Fraction, ...] | None = None


class _Search:
    """The solver's part: a good deal and a bound."""

    def __init__(self, space: Space, options: Options) -> None:
        self.space = space
        self.options = options

    def incumbent(self) -> _Found:
        """The solver's best deal, its divisibles split exactly."""
        everyone = set(range(len(self.space.parties)))
        program, answer = self._solve(everyone)
        if answer.infeasible:
            able = self._most_above_zero()
            program, answer = self._solve(able)
        if answer.values is None:
            raise NoDeal("The time ran out before any deal was found. Allow more with --time.")
        deal = program.deal(answer)
        values = self.space.values(deal)
        gap = max(answer.bound - self._scaled_log(values), SOLVER_GAP)
        found = _Found(deal, values, gap, False, answer.finished)
        return _polished(self.space, found)

    def _high(self, party: int) -> float:
        """The most any deal gives a party: the unit of its value in the program."""
        return float(self.space.extremes(party)[1]) or 1.0

    def _scaled_log(self, values: Sequence[Fraction]) -> float:
        """The program's objective at these values."""
        return sum(
            float(weight) * (log_of_fraction(value) - math.log(self._high(party)))
            for party, (value, weight) in enumerate(zip(values, self.space.entitlements, strict=True))
            if value > 0
        )

    def _solve(self, able: set[int]) -> tuple[DealProgram, Answer]:
        program = DealProgram(self.space)
        objective: list[tuple[float, int]] = []
        for party in able:
            high = self._high(party)
            terms, constant = program.value(party)
            scaled = [(coefficient / high, variable) for coefficient, variable in terms]
            lowest = float(_least_gain(self.space, party)) / high
            logarithm = program.program.log_of(scaled, constant / high, lowest, 1.0)
            objective.append((float(self.space.entitlements[party]), logarithm))
        self.options.progress("searching for the largest product")
        return program, program.program.maximise(objective, self.options.limits)

    def _most_above_zero(self) -> set[int]:
        """A largest set of parties that one deal can bring above zero, with the largest product.

        Raises NoDeal when the rules allow no deal at all.
        """
        program = DealProgram(self.space)
        above = []
        objective: list[tuple[float, int]] = []
        for party in range(len(self.space.parties)):
            high = self._high(party)
            switch = program.program.binary()
            above.append(switch)
            terms = [(coefficient / high, variable) for coefficient, variable in program.value(party)[0]]
            lowest = float(_least_gain(self.space, party)) / high
            # A party left out counts as 1 in the product: its value, which may be negative, is lifted to 1.
            lift = 1.0 + max(0.0, -float(self.space.extremes(party)[0]) / high)
            program.program.at_least([*terms, (-lowest - lift, switch)], -lift)
            counted = program.program.continuous(lowest, 1.0)
            program.program.at_least([*terms, (-lift, switch), (-1.0, counted)], -lift)
            logarithm = program.program.log_of([(1.0, counted)], 0.0, lowest, 1.0)
            weight = float(self.space.entitlements[party])
            objective += [(weight, logarithm), (weight * math.log(high), switch)]
        most = program.program.maximise([(1.0, switch) for switch in above], self.options.limits)
        if most.values is None:
            raise NoDeal("No deal satisfies the rules.", clashing_rules(self.space.case))
        program.program.at_least([(1.0, switch) for switch in above], round(most.objective))
        best = program.program.maximise(objective, self.options.limits)
        assert best.values is not None
        return {party for party, switch in enumerate(above) if best.values[switch] > 0.5}


def _least_gain(space: Space, party: int) -> Fraction:
    """The least that a value above zero can be (a part of it, where divisibles could make it smaller)."""
    whole = [
        worth[party]
        for number, rows in enumerate(space.worth)
        for worth in rows
        if worth[party] > 0 and number not in space.divisible
    ]
    split = [space.worth[n][party][party] / (1000 * len(space.parties)) for n in space.divisible]
    least = min([gain for gain in (*whole, *split) if gain > 0], default=Fraction(1))
    return least if space.additive else min(least, Fraction(1, space.scale(party)))


@dataclass(frozen=True)
class _Candidate:
    """A deal in the making: what settles the whole issues, the shares, the values, the multipliers."""

    pick: Pick
    shares: dict[int, dict[str, Fraction]]
    values: tuple[Fraction, ...]
    multipliers: tuple[Fraction, ...] | None = None


def _polished(space: Space, found: _Found) -> _Found:
    """The same whole settlements with the best exact split of the divisibles."""
    if not space.divisible:
        return found
    pick = tuple(
        -1 if number in space.divisible else space.settlements[number].index(str(found.deal[issue.id]))
        for number, issue in enumerate(space.issues)
    )
    better = _best_split(space, pick, tuple(value > 0 for value in found.values))
    if better is None or _better(space, found.values, better.values):
        return found
    return replace(found, deal=space.deal(better.pick, better.shares), values=better.values)


def _best_split(space: Space, pick: Pick, counted: tuple[bool, ...]) -> _Candidate | None:
    """The best deal with these whole settlements; None when there is none or it was not found exactly."""
    base = space.pick_values(pick)
    if not space.divisible:
        return _Candidate(pick, {}, base)
    weights = [weight if keep else Fraction(0) for weight, keep in zip(space.entitlements, counted, strict=True)]
    best: _Candidate | None = None
    for box in boxes(space, pick):
        split = largest_product(space, base, weights, box)
        if split is None:
            return None
        shares = {
            number: {party: split.shares[number, i] for i, party in enumerate(space.parties)}
            for number in space.divisible
        }
        gains = [
            sum((split.shares[n, i] * space.worth[n][i][i] for n in space.divisible), Fraction(0))
            for i in range(len(base))
        ]
        values = tuple(value + gain for value, gain in zip(base, gains, strict=True))
        if best is None or _better(space, values, best.values):
            best = _Candidate(pick, shares, values, split.multipliers)
    return best


def _better(space: Space, one: Sequence[Fraction], other: Sequence[Fraction]) -> bool:
    """Whether `one` has more parties above zero, or as many and a larger product. Exact."""
    return _rank(space, one) > _rank(space, other)


def _rank(space: Space, values: Sequence[Fraction]) -> tuple[int, Fraction]:
    product = Fraction(1)
    for value, weight in zip(values, space.entitlements, strict=True):
        if value > 0:
            product *= value ** int(weight)
    return sum(value > 0 for value in values), product


def _proved(space: Space, found: _Found, options: Options) -> _Found:
    """Look at every deal that could match `found`, exactly; unchanged when that is too much work."""
    best = _Best(space, found, options)
    try:
        if all(value > 0 for value in found.values):
            multipliers = _multipliers(space)
            slack = slack_of(space, multipliers, found.values)
            visit_near(space, multipliers, slack, _concavity(space, multipliers), best.consider, _STEPS)
        else:
            multipliers = ()
            for pick in list_picks(space, _STEPS // 10):
                best.consider(pick)
    except (SearchTooLarge, _Undecided):
        return found
    assert best.candidate is not None, "the deal found reaches its own bound"
    deal = space.deal(best.candidate.pick, best.candidate.shares)
    bound = best.candidate.multipliers or multipliers or None
    return _Found(deal, best.candidate.values, 0.0, True, True, bound)


class _Undecided(Exception):
    """The time is over, or a split could not be solved exactly."""


class _Best:
    """The best candidate seen, by exact comparison; of equals, the first in the order of the case."""

    def __init__(self, space: Space, found: _Found, options: Options) -> None:
        self.space = space
        self.options = options
        self.counted = tuple(value > 0 for value in found.values)
        self.splits = 0
        self.candidate: _Candidate | None = None
        self.rank: tuple[int, Fraction] = (-1, Fraction(0))

    def consider(self, pick: Pick) -> None:
        """Complete a pick, and keep it if it is better than what was kept."""
        if self.options.limits.spent() or self.splits >= _SPLITS:
            raise _Undecided
        candidate = _best_split(self.space, pick, self.counted)
        self.splits += bool(self.space.divisible)
        if candidate is None:
            if next(boxes(self.space, pick), None) is not None:
                raise _Undecided
            return
        rank = _rank(self.space, candidate.values)
        if rank > self.rank or (rank == self.rank and self.candidate and pick < self.candidate.pick):
            self.rank, self.candidate = rank, candidate


def slack_of(space: Space, multipliers: Sequence[Fraction], values: Sequence[Fraction]) -> Fraction:
    """How much a deal may lose against the multipliers' bound and still have at least this product.

    For every deal, sum e log v = sum e log(e/m) − E + sum m v − sum e (x − 1 − log x) with x = m v / e,
    so the losses are those in sum m v and the last term. Rounded up by far more than float error.
    """
    most = sum((max(_dot(multipliers, worth) for worth in rows) for rows in space.worth), Fraction(0))
    most += sum((multipliers[i] * points for i, _, points in space.bonuses() if points > 0), Fraction(0))
    logs = sum(
        float(e) * log_of_fraction(e / (m * value))
        for e, m, value in zip(space.entitlements, multipliers, values, strict=True)
    )
    return most - sum(space.entitlements) + Fraction(logs) + Fraction(1, 10**9)


def _dot(weights: Sequence[Fraction], worth: Sequence[Fraction]) -> Fraction:
    return sum((weight * value for weight, value in zip(weights, worth, strict=True)), Fraction(0))


def _concavity(space: Space, multipliers: Sequence[Fraction]) -> Penalty:
    """The least of e (x − 1 − log x) over a range of values, rounded down by more than float error."""
    weights = [float(e) for e in space.entitlements]
    rates = [
        float(m / e) / space.scale(i) for i, (m, e) in enumerate(zip(multipliers, space.entitlements, strict=True))
    ]
    impossible = UNIT * 10**6

    def penalty(party: int, low: int, high: int) -> int:
        x = high * rates[party]
        if x >= 1:
            x = low * rates[party]
            if x <= 1:
                return 0
        if x <= 0:
            return impossible
        return max(0, int((weights[party] * (x - 1 - math.log(x)) - 1e-12) * UNIT))

    return penalty


def _multipliers(space: Space) -> tuple[Fraction, ...]:
    """Multipliers with a small bound on every deal, as short fractions. Every party can get above zero."""
    rows = [np.array([[float(value) for value in worth] for worth in worths]) for worths in space.worth]
    bonus = [np.array([[0.0] * len(space.parties), _unit(space, i, float(p))]) for i, _, p in space.bonuses() if p > 0]
    weights = np.array([float(weight) for weight in space.entitlements])
    return tuple(short(float(value)) for value in log_prices([*rows, *bonus], weights))


def _unit(space: Space, party: int, points: float) -> list[float]:
    return [points if number == party else 0.0 for number in range(len(space.parties))]


def short(value: float) -> Fraction:
    """The float as a fraction with a denominator that is a power of two, to about 40 binary digits."""
    _, exponent = math.frexp(value)
    return Fraction(round(math.ldexp(value, 40 - exponent))) * Fraction(2) ** (exponent - 40)


def log_of_fraction(number: Fraction) -> float:
    """The logarithm of a positive fraction of any size."""
    return math.log(number.numerator) - math.log(number.denominator)


def _outcome(space: Space, found: _Found) -> Outcome:
    if found.exact:
        proof = "Every deal that could have a larger product was compared in exact arithmetic."
    elif found.finished:
        proof = "The solver searched to the end; its tolerance is the gap stated."
    else:
        proof = "The search was stopped; no deal has a product larger by more than the gap stated."
    values = {party: str(value) for party, value in zip(space.parties, found.values, strict=True)}
    method = Method("nash", "branch and bound over logarithms", proof, found.gap, found.exact)
    known = found.multipliers if found.multipliers is None or all(found.multipliers) else None
    multipliers = None if known is None else dict(zip(space.parties, known, strict=True))
    return Outcome(found.deal, (Step("largest-product", {"points": values}),), method, multipliers)


PROCEDURE = Procedure(
    id="nash",
    title="Maximum Nash welfare",
    promise="The largest product of values: nothing better exists for everyone, and the worth is spread as evenly "
    "as efficiency allows.",
    source="Caragiannis, Kurokawa, Moulin, Procaccia, Shah and Wang (2019)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
