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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeGuard

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
from evenhand.deals.rules import Literal, Share
from evenhand.deals.shares import Box, Cell, boxes
from evenhand.deals.space import Pick
from evenhand.divide.procedure import Options, Procedure, burdens
from evenhand.divide.product_shares import largest_product
from evenhand.solve import Answer, Limits, compare_with_one, log_of_fraction, log_prices

TIES = "Of deals with exactly the same product, the first in the order of the case."
SOLVER_GAP = 1e-7
"""What the solver's own end of search is taken to prove, as a logarithm of the ratio of products."""
_NO_TIME = "The time ran out before any deal was found. Allow more with --time."
_MOST_WEIGHT = 1e6
"""The largest coefficient the solver is given for a share."""
_STEPS = 100_000
_SPLITS = 300
_FIRST_DEAL = 2.0
"""CPU seconds allowed for finding any deal when the time given found none."""


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
        program, answer = self._solve(range(len(self.space.parties)))
        if answer.infeasible:
            program, answer = self._fewer_above_zero()
        if answer.values is None:
            # Too short a time: any deal that brings the parties above zero, and what it may fall short by.
            first = program.program.maximise([], Limits(_FIRST_DEAL))
            answer = replace(first, bound=0.0, finished=False)
        if answer.values is None:
            raise NoDeal(_NO_TIME)
        deal = program.deal(answer)
        # Every value is at most the unit of its logarithm, so that no objective is above 0.
        found = _Found(deal, self.space.values(deal), 0.0, False, answer.finished)
        polished = _polished(self.space, found)
        gap = max(min(answer.bound, 0.0) - self._scaled_log(polished.values), SOLVER_GAP)
        return replace(polished, gap=gap)

    def _high(self, party: int) -> float:
        """The most any deal gives a party: the unit of its value in the program."""
        return float(self.space.extremes(party)[1]) or 1.0

    def _scaled_log(self, values: Sequence[Fraction]) -> float:
        """The program's objective at these values."""
        return sum(
            float(part) * (log_of_fraction(value) - math.log(self._high(party)))
            for party, (value, part) in enumerate(zip(values, _parts(self.space), strict=True))
            if value > 0
        )

    def _solve(self, able: Iterable[int]) -> tuple[DealProgram, Answer]:
        """The largest product of the values of these parties, all of which must be above zero."""
        program = DealProgram(self.space)
        objective: list[tuple[float, int]] = []
        for party in able:
            high = self._high(party)
            terms = [(coefficient / high, variable) for coefficient, variable in program.value(party)[0]]
            logarithm = program.program.log_of(terms, 0.0, float(_least_gain(self.space, party)) / high, 1.0)
            program.program.at_least(_above_zero(program, party), 1.0)
            objective.append((float(_parts(self.space)[party]), logarithm))
        self.options.progress("searching for the largest product")
        return program, program.program.maximise(objective, self.options.limits)

    def _fewer_above_zero(self) -> tuple[DealProgram, Answer]:
        """The same for a largest set of parties that one deal can bring above zero.

        Raises NoDeal when the rules allow no deal at all.
        """
        program, most, able = self._most_above_zero()
        chosen, answer = self._solve(able)
        if answer.values is None:  # out of time, or too wide a range of points for the solver
            return program, replace(most, bound=0.0, finished=False)
        return chosen, replace(answer, finished=answer.finished and most.finished)

    def _most_above_zero(self) -> tuple[DealProgram, Answer, set[int]]:
        """A deal with the most parties above zero, and a set of so many with the largest product."""
        program = DealProgram(self.space)
        above = [program.program.binary() for _ in self.space.parties]
        for party, switch in enumerate(above):
            program.program.at_least([*_above_zero(program, party), (-1.0, switch)], 0.0)
        objective = [term for party, switch in enumerate(above) for term in self._if_above(program, party, switch)]
        most = program.program.maximise([(1.0, switch) for switch in above], self.options.limits)
        if most.infeasible:
            raise NoDeal("No deal satisfies the rules.", clashing_rules(self.space.case))
        if most.values is None:
            raise NoDeal(_NO_TIME)
        program.program.at_least([(1.0, switch) for switch in above], round(most.objective))
        best = program.program.maximise(objective, self.options.limits)
        values = best.values or most.values
        able = {party for party, switch in enumerate(above) if values[switch] > 0.5}
        return program, replace(most, finished=most.finished and best.finished), able

    def _if_above(self, program: DealProgram, party: int, switch: int) -> list[tuple[float, int]]:
        """Terms of the logarithm of a party's value, or of 1 where its switch is off."""
        high = self._high(party)
        terms = [(coefficient / high, variable) for coefficient, variable in program.value(party)[0]]
        lowest = float(_least_gain(self.space, party)) / high
        # The value of a party left out, which may be negative, is lifted to 1.
        lift = 1.0 + max(0.0, -float(self.space.extremes(party)[0]) / high)
        counted = program.program.continuous(lowest, 1.0)
        program.program.at_least([*terms, (-lift, switch), (-1.0, counted)], -lift)
        logarithm = program.program.log_of([(1.0, counted)], 0.0, lowest, 1.0)
        part = float(_parts(self.space)[party])
        return [(part, logarithm), (part * math.log(high), switch)]


def _parts(space: Space) -> list[Fraction]:
    """The entitlements over the largest, so that floats and tolerances mean the same for all."""
    return [entitlement / max(space.entitlements) for entitlement in space.entitlements]


def _above_zero(program: DealProgram, party: int) -> list[tuple[float, int]]:
    """Terms that sum to 1 or more where the party's value is above zero, whatever the size of its points.

    The other way round too, where nothing takes points away.
    """
    space = program.space
    shares = {variable for number in space.divisible for variable in program.variables[number]}
    weight = min(float(1 / _least_share(space, party)), _MOST_WEIGHT)
    return [(weight if v in shares else 1.0, v) for points, v in program.value(party)[0] if points > 0]


def _least_share(space: Space, party: int) -> Fraction:
    """The least share of a divisible that a party can have in the best deal, where it has any and nothing else.

    At the best split the prices sum to at most the sum of entitlements E, so a party that could take more
    has at least e_i / E of what the bounds leave free; a party that cannot, stands at a bound. Both are
    multiples of the bounds' common denominator.
    """
    bounds = [literal.bound.bound for clause in space.clauses for literal in clause.literals if _is_share(literal)]
    unit = Fraction(1, math.lcm(*(bound.denominator for bound in bounds)))
    return unit * space.entitlements[party] / sum(space.entitlements)


def _is_share(literal: Literal) -> TypeGuard[Share]:
    return isinstance(literal, Share)


def _least_gain(space: Space, party: int) -> Fraction:
    """The least that a value above zero can be in the best deal."""
    whole = [
        worth[party]
        for number, rows in enumerate(space.worth)
        for worth in rows
        if worth[party] > 0 and number not in space.divisible
    ]
    split = [space.worth[n][party][party] * _least_share(space, party) for n in space.divisible]
    least = min([gain for gain in (*whole, *split) if gain > 0], default=Fraction(1))
    return least if space.additive else min(least, Fraction(1, space.scale(party)) * _least_share(space, party))


@dataclass(frozen=True)
class _Candidate:
    """A deal in the making: what settles the whole issues, the shares, the values, the multipliers."""

    pick: Pick
    shares: dict[int, dict[str, Fraction]]
    values: tuple[Fraction, ...]
    multipliers: tuple[Fraction, ...] | None = None


class _Undecided(Exception):
    """The time is over, or a split could not be solved exactly."""


def _polished(space: Space, found: _Found) -> _Found:
    """The same whole settlements with the best exact split of the divisibles, or else a split near the one found.

    The split found keeps the rules only up to the solver's tolerance; what is given back keeps them exactly.
    """
    if not space.divisible:
        return found
    pick = tuple(
        -1 if number in space.divisible else space.settlements[number].index(str(found.deal[issue.id]))
        for number, issue in enumerate(space.issues)
    )
    try:
        better = _best_split(space, pick)
    except _Undecided:
        better = _nearest_split(space, pick, found.deal)
    if better is None:
        raise NoDeal("Rules on shares clash by less than the solver can tell.")
    return replace(found, deal=space.deal(better.pick, better.shares), values=better.values)


def _best_split(space: Space, pick: Pick) -> _Candidate | None:
    """The best deal with these whole settlements; None when there is none. Raises _Undecided."""
    base = space.pick_values(pick)
    if not space.divisible:
        return _Candidate(pick, {}, base)
    best: _Candidate | None = None
    for box in boxes(space, pick):
        split = largest_product(space, base, _counted(space, base, box), box)
        if split is None:
            raise _Undecided
        candidate = _candidate(space, pick, split.shares, split.multipliers)
        if best is None or _compared(space, candidate.values, best.values) > 0:
            best = candidate
    return best


def _candidate(
    space: Space, pick: Pick, shares: Mapping[Cell, Fraction], multipliers: tuple[Fraction, ...] | None
) -> _Candidate:
    parties = list(enumerate(space.parties))
    values = tuple(
        value + sum((shares[n, i] * space.worth[n][i][i] for n in space.divisible), Fraction(0))
        for i, value in enumerate(space.pick_values(pick))
    )
    named = {number: {party: shares[number, i] for i, party in parties} for number in space.divisible}
    return _Candidate(pick, named, values, multipliers)


def _counted(space: Space, base: Sequence[Fraction], box: Box) -> list[Fraction]:
    """The entitlements of the parties that some split brings above zero, 0 for others. Raises _Undecided.

    Where nobody starts below zero, the middle of their best splits brings all of them above zero at once.
    """
    weights = []
    for party, (value, weight) in enumerate(zip(base, space.entitlements, strict=True)):
        most = sum((space.worth[n][party][party] * box.most(space, (n, party)) for n in space.divisible), Fraction(0))
        if value < 0 < value + most:
            raise _Undecided
        weights.append(weight if value + most > 0 else Fraction(0))
    return weights


def _nearest_split(space: Space, pick: Pick, deal: Deal) -> _Candidate | None:
    """The first split within the rules' bounds that follows the deal's shares as far as they allow."""
    for box in boxes(space, pick):
        shares: dict[Cell, Fraction] = {}
        for number in space.divisible:
            held = deal.shares(space.issues[number].id)
            cells = [(number, party) for party in range(len(space.parties))]
            wanted = {cell: held.get(space.parties[cell[1]], Fraction(0)) for cell in cells}
            shares |= {c: min(max(wanted[c], box.lower[c]), box.upper[c]) for c in cells}
            for cell in cells:
                change = 1 - sum(shares[other] for other in cells)
                shares[cell] = min(max(shares[cell] + change, box.lower[cell]), box.upper[cell])
        return _candidate(space, pick, shares, None)
    return None


def _compared(space: Space, one: Sequence[Fraction], other: Sequence[Fraction]) -> int:
    """Above 0 if `one` has more parties above zero, or as many and a larger product; 0 if alike. Exact."""
    more = sum(value > 0 for value in one) - sum(value > 0 for value in other)
    if more:
        return more
    powers = [(value, int(e)) for value, e in zip(one, space.entitlements, strict=True) if value > 0]
    powers += [(value, -int(e)) for value, e in zip(other, space.entitlements, strict=True) if value > 0]
    return compare_with_one(powers)


def _proved(space: Space, found: _Found, options: Options) -> _Found:
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
    except (SearchTooLarge, _Undecided):
        return replace(found, gap=gap)
    assert best.candidate is not None, "the deal found reaches its own bound"
    deal = space.deal(best.candidate.pick, best.candidate.shares)
    bound = best.candidate.multipliers or multipliers or None
    return _Found(deal, best.candidate.values, 0.0, True, True, bound)


class _Best:
    """The best candidate seen, by exact comparison; of equals, the first in the order of the case."""

    def __init__(self, space: Space, options: Options) -> None:
        self.space = space
        self.options = options
        self.splits = 0
        self.candidate: _Candidate | None = None

    def consider(self, pick: Pick) -> None:
        """Complete a pick, and keep it if it is better than what was kept."""
        if self.options.limits.spent() or self.splits >= _SPLITS:
            raise _Undecided
        self.splits += bool(self.space.divisible)
        candidate = _best_split(self.space, pick)
        if candidate is not None and (self.candidate is None or self._before(candidate, self.candidate)):
            self.candidate = candidate

    def _before(self, one: _Candidate, other: _Candidate) -> bool:
        ahead = _compared(self.space, one.values, other.values)
        return ahead > 0 or (ahead == 0 and one.pick < other.pick)


def slack_of(space: Space, multipliers: Sequence[Fraction], values: Sequence[Fraction]) -> Fraction:
    """How much a deal may lose against the multipliers' bound and still have at least this product.

    For every deal, sum e log v = sum e log(e/m) − E + sum m v − sum e (x − 1 − log x) with x = m v / e,
    so the losses are those in sum m v and the last term. Here e are entitlements over the largest.
    Rounded up by far more than float error.
    """
    logs = sum(
        float(e) * log_of_fraction(e / (m * value))
        for e, m, value in zip(_parts(space), multipliers, values, strict=True)
    )
    return space.most_weighted(multipliers) - sum(_parts(space)) + Fraction(logs) + Fraction(1, 10**9)


def _concavity(space: Space, multipliers: Sequence[Fraction]) -> Penalty:
    """The least of e (x − 1 − log x) over a range of values, rounded down by more than float error."""
    weights = [float(e) for e in _parts(space)]
    rates = [float(m / e / space.scale(i)) for i, (m, e) in enumerate(zip(multipliers, _parts(space), strict=True))]
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
    weights = np.array([float(weight) for weight in _parts(space)])
    return tuple(short(float(value)) for value in log_prices([*rows, *bonus], weights))


def _unit(space: Space, party: int, points: float) -> list[float]:
    return [points if number == party else 0.0 for number in range(len(space.parties))]


def short(value: float) -> Fraction:
    """The float as a fraction with a denominator that is a power of two, to about 40 binary digits."""
    _, exponent = math.frexp(value)
    return Fraction(round(math.ldexp(value, 40 - exponent))) * Fraction(2) ** (exponent - 40)


def _outcome(space: Space, found: _Found) -> Outcome:
    if found.exact:
        proof = "Every deal that could have a larger product was compared in exact arithmetic."
    elif found.finished:
        proof = "The solver searched to the end; its tolerance is the gap stated."
    else:
        proof = "The search was stopped; no deal has a product larger by more than the gap stated."
    values = {party: str(value) for party, value in zip(space.parties, found.values, strict=True)}
    gap = found.gap * float(max(space.entitlements))
    method = Method("nash", "branch and bound over logarithms", proof, gap, found.exact)
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
