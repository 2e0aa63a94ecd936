"""A good deal and a bound for any case, from SCIP over the logarithms of the values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeGuard

from evenhand.deals import DealProgram, NoDeal, Space, unsatisfiable
from evenhand.deals.rules import Literal, Share
from evenhand.divide.nash.product import Found, parts
from evenhand.divide.nash.splits import polished
from evenhand.divide.procedure import Options
from evenhand.solve import Answer, Limits, log_of_fraction

SOLVER_GAP = 1e-7
"""What the solver's own end of search is taken to prove, as a logarithm of the ratio of products."""
NO_TIME = "The time ran out before any deal was found. Allow more with --time."
_MOST_WEIGHT = 1e6
"""The largest coefficient the solver is given for a share."""
_FIRST_DEAL = 2.0
"""CPU seconds allowed for finding any deal when the time given found none."""


class SolverSearch:
    """The solver's part: a good deal and a bound."""

    def __init__(self, space: Space, options: Options) -> None:
        self.space = space
        self.options = options

    def incumbent(self) -> Found:
        """The solver's best deal, its divisibles split exactly."""
        program, answer = self._solve(range(len(self.space.parties)))
        if answer.infeasible:
            program, answer = self._fewer_above_zero()
        if answer.values is None:
            # Too short a time: any deal that brings the parties above zero, and what it may fall short by.
            first = program.program.maximise([], Limits(_FIRST_DEAL))
            answer = replace(first, bound=0.0, finished=False)
        if answer.values is None:
            raise NoDeal(NO_TIME)
        deal = program.deal(answer)
        # Every value is at most the unit of its logarithm, so that no objective is above 0.
        found = Found(deal, self.space.values(deal), 0.0, False, answer.finished)
        found = polished(self.space, found)
        gap = max(min(answer.bound, 0.0) - self._scaled_log(found.values), SOLVER_GAP)
        return replace(found, gap=gap)

    def _high(self, party: int) -> float:
        """The most any deal gives a party: the unit of its value in the program."""
        return float(self.space.extremes(party)[1]) or 1.0

    def _scaled_log(self, values: Sequence[Fraction]) -> float:
        """The program's objective at these values."""
        return sum(
            float(part) * (log_of_fraction(value) - math.log(self._high(party)))
            for party, (value, part) in enumerate(zip(values, parts(self.space), strict=True))
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
            objective.append((float(parts(self.space)[party]), logarithm))
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
            raise unsatisfiable(self.space.case)
        if most.values is None:
            raise NoDeal(NO_TIME)
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
        part = float(parts(self.space)[party])
        return [(part, logarithm), (part * math.log(high), switch)]


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
