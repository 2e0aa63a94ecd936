"""The set of possible points of one party: a polytope, in parts that have nothing to do with each other.

Numbers only. Every answer here is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evenhand.bargain.doubt.form import Form
from evenhand.bargain.doubt.parts import Part, Shape, Unknown, ranking, shares
from evenhand.solve import maximise_exactly

SMALL_PART = 8
"""Bounds use linear programs in tied parts of at most so many unknowns."""


@dataclass(frozen=True)
class Region:
    """All values of the unknowns between their ends at which each form of `zero` is 0, each of `least` at least 0.

    The values as written are among them.
    """

    unknowns: tuple[Unknown, ...]
    zero: tuple[Form, ...] = ()
    least: tuple[Form, ...] = ()

    @cached_property
    def written(self) -> tuple[Fraction, ...]:
        """The unknowns as written."""
        return tuple(unknown.written for unknown in self.unknowns)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The region as a product of parts, in the order of their first unknowns."""
        group = list(range(len(self.unknowns)))
        for form in (*self.zero, *self.least):
            tied = {group[k] for k in form.factors}
            group = [min(tied) if found in tied else found for found in group]

        def own(forms: Sequence[Form], first: int) -> tuple[Form, ...]:
            return tuple(form for form in forms if any(group[k] == first for k in form.factors))

        return tuple(
            Part(
                tuple(k for k, found in enumerate(group) if found == first),
                own(self.zero, first),
                own(self.least, first),
            )
            for first in sorted(set(group))
        )

    def largest(self, form: Form) -> Fraction:
        """The largest value of a form in the region."""
        return form.constant + sum((self._largest(part, own) for part, own in self._split(form)), _0)

    def smallest(self, form: Form) -> Fraction:
        """The smallest value of a form in the region."""
        return -self.largest(form.times(Fraction(-1)))

    def at_most(self, form: Form) -> Fraction:
        """No less than the largest value of a form. Quick: in large tied parts each unknown is taken by itself."""
        rows = self._split(form)
        return form.constant + sum((self._at_most(part, own) for part, own in rows), _0)

    def _at_most(self, part: Part, factors: Mapping[int, Fraction]) -> Fraction:
        slow = len(part.members) > SMALL_PART and self._shapes[part.members[0]] is None
        return self._at_ends(factors) if slow else self._largest(part, factors)

    def _split(self, form: Form) -> list[tuple[Part, dict[int, Fraction]]]:
        """The factors of a form, part by part."""
        own: dict[int, dict[int, Fraction]] = {}
        for k, factor in form.factors.items():
            own.setdefault(self._part_of[k], {})[k] = factor
        return [(self.parts[number], found) for number, found in own.items()]

    def _at_ends(self, factors: Mapping[int, Fraction]) -> Fraction:
        return sum((f * (self.unknowns[k].high if f > 0 else self.unknowns[k].low) for k, f in factors.items()), _0)

    @cached_property
    def _part_of(self) -> dict[int, int]:
        return {k: number for number, part in enumerate(self.parts) for k in part.members}

    def _largest(self, part: Part, factors: Mapping[int, Fraction]) -> Fraction:
        """The largest sum of factor × unknown over unknowns of one part."""
        if part.is_interval:
            return self._at_ends(factors)
        key = part.members[0], tuple(sorted(factors.items()))
        if key not in self._known:
            shape = self._shapes[part.members[0]]
            self._known[key] = shape.largest(factors) if shape else self._programmed(part, factors)
        return self._known[key]

    @cached_property
    def _shapes(self) -> dict[int, Shape | None]:
        return {part.members[0]: ranking(self.unknowns, part) or shares(self.unknowns, part) for part in self.parts}

    @cached_property
    def _known(self) -> dict[tuple[int, tuple[tuple[int, Fraction], ...]], Fraction]:
        """Answers of tied parts given before: the same ones are asked for again and again."""
        return {}

    def _programmed(self, part: Part, factors: Mapping[int, Fraction]) -> Fraction:
        point = self._best_point(part, factors)
        return sum((factor * point[k] for k, factor in factors.items()), _0)

    def _best_point(self, part: Part, factors: Mapping[int, Fraction]) -> dict[int, Fraction]:
        """Values of a part's unknowns at which the sum of factor × unknown is largest, by linear programming.

        The columns count each unknown from its lower end; each row `at least` and each ceiling has its slack.
        """
        lows = [self.unknowns[k].low for k in part.members]
        rows = list(self._rows(part, lows))
        slacks = [number for number, (_, slack, _) in enumerate(rows) if slack]
        table = [
            [*row, *(Fraction(slack * int(number == s)) for s in slacks)] for number, (row, slack, _) in enumerate(rows)
        ]
        objective = [*(factors.get(k, _0) for k in part.members), *(_0 for _ in slacks)]
        point = maximise_exactly(objective, table, [bound for _, _, bound in rows])
        return {k: low + rise for k, low, rise in zip(part.members, lows, point, strict=False)}

    def _rows(self, part: Part, lows: Sequence[Fraction]) -> Iterator[tuple[list[Fraction], int, Fraction]]:
        for form, slack in (*((form, 0) for form in part.zero), *((form, -1) for form in part.least)):
            row = [form.factors.get(k, _0) for k in part.members]
            yield row, slack, -form.constant - sum((f * low for f, low in zip(row, lows, strict=True)), _0)
        for k, low in zip(part.members, lows, strict=True):
            if self.unknowns[k].ceiling:
                yield [Fraction(int(k == other)) for other in part.members], 1, self.unknowns[k].high - low

    def always_zero(self, part: Part) -> tuple[Form, ...]:
        """The conditions of a part that hold with equality throughout: its `zero`, and `least` without room."""
        ends = [form for k in part.members for form in self.ends(k)]
        tight = (form for form in (*part.least, *ends) if form.at(self.written) == 0 and self.largest(form) == 0)
        return (*part.zero, *tight)

    def ends(self, k: int) -> tuple[Form, Form]:
        """That an unknown is not below its lower end, not above its upper end, as forms to be at least 0."""
        unknown = self.unknowns[k]
        return Form(-unknown.low, {k: Fraction(1)}), Form(unknown.high, {k: Fraction(-1)})


_0 = Fraction(0)
