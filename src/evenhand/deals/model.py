"""The solver program of a case: a variable per settlement, a row per rule, and answers read back as deals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from evenhand.case import Condition
from evenhand.deals.deal import Deal
from evenhand.deals.rules import Clause, Named, Share
from evenhand.deals.space import Pick, Space
from evenhand.solve import Answer, Program

Expression = tuple[list[tuple[float, int]], float]
"""Terms and a constant."""


class DealProgram:
    """A `Program` whose points are the deals of a case that keep its rules.

    `variables[k][s]` is 1 when settlement s settles issue k (of a divisible: the share that party s has).
    """

    def __init__(self, space: Space, clauses: Sequence[Clause] | None = None) -> None:
        self.space = space
        self.program = Program()
        self.variables = [self._issue_variables(number) for number in range(len(space.issues))]
        for clause in space.clauses if clauses is None else clauses:
            self._add_clause(clause)
        self._bonuses = [(i, self._all_hold(when), points) for i, when, points in space.bonuses()]

    def value(self, party: int) -> Expression:
        """What the deal is worth to a party, as a linear expression in floats."""
        terms = [
            (float(worth[party]), variable)
            for rows, variables in zip(self.space.worth, self.variables, strict=True)
            for worth, variable in zip(rows, variables, strict=True)
            if worth[party]
        ]
        return terms + [(float(points), variable) for i, variable, points in self._bonuses if i == party], 0.0

    def pick(self, answer: Answer) -> Pick:
        """The whole part of the answer: the settlement with the largest variable, issue by issue."""
        assert answer.values is not None
        values = answer.values
        return tuple(
            -1 if number in self.space.divisible else max(range(len(row)), key=lambda s: (values[row[s]], -s))
            for number, row in enumerate(self.variables)
        )

    def shares(self, answer: Answer) -> dict[int, dict[str, Fraction]]:
        """The shares of each divisible issue, rounded to fractions that sum to 1."""
        assert answer.values is not None
        shares = {}
        for number in self.space.divisible:
            names = self.space.settlements[number]
            raw = [Fraction(max(0.0, answer.values[v])).limit_denominator(10**9) for v in self.variables[number]]
            total = sum(raw)
            shares[number] = {name: part / total for name, part in zip(names, raw, strict=True) if part}
        return shares

    def deal(self, answer: Answer) -> Deal:
        """The answer as a deal."""
        return self.space.deal(self.pick(answer), self.shares(answer))

    def _issue_variables(self, number: int) -> list[int]:
        names = self.space.settlements[number]
        if number in self.space.divisible:
            variables = [self.program.continuous(0.0, 1.0) for _ in names]
        else:
            variables = [self.program.binary() for _ in names]
        self.program.equal([(1.0, variable) for variable in variables], 1.0)
        return variables

    def _add_clause(self, clause: Clause) -> None:
        if len(clause.literals) == 1 and isinstance(clause.literals[0], Share):
            self._bound(clause.literals[0], None)
            return
        terms: list[tuple[float, int]] = []
        constant = 0.0
        for literal in clause.literals:
            more, plus = self._truth(literal) if isinstance(literal, Named) else self._switch(literal)
            terms += more
            constant += plus
        self.program.at_least(terms, 1.0 - constant)

    def _truth(self, literal: Named) -> Expression:
        """An expression that is 1 when the literal is true and 0 when it is not."""
        number = self.space.number_of[literal.issue]
        named = [
            (1.0, variable)
            for name, variable in zip(self.space.settlements[number], self.variables[number], strict=True)
            if (name in literal.names) == literal.wanted
        ]
        return named, 0.0

    def _switch(self, literal: Share) -> Expression:
        """A variable that can be 1 only when the bound on shares holds."""
        switch = self.program.binary()
        self._bound(literal, switch)
        return [(1.0, switch)], 0.0

    def _bound(self, literal: Share, switch: int | None) -> None:
        number = self.space.number_of[literal.issue]
        held = [
            (1.0, variable)
            for name, variable in zip(self.space.settlements[number], self.variables[number], strict=True)
            if name in literal.parties
        ]
        limit = float(literal.bound.bound)
        if literal.bound.comparison == ">=":
            self.program.at_least(held + ([] if switch is None else [(-limit, switch)]), limit if switch is None else 0)
        else:
            relaxed = [] if switch is None else [(1.0 - limit, switch)]
            self.program.at_most(held + relaxed, limit if switch is None else 1.0)

    def _all_hold(self, when: Mapping[str, Condition]) -> int:
        """A variable that is 1 exactly when every condition holds."""
        every = self.program.binary()
        truths = [self._truth(Named(issue, frozenset(names), wanted=True)) for issue, names in when.items()]
        for terms, _ in truths:
            self.program.at_least([*terms, (-1.0, every)], 0.0)
        spread = [term for terms, _ in truths for term in terms]
        self.program.at_most([*spread, (-1.0, every)], len(truths) - 1.0)
        return every
