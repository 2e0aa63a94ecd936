"""Leximin by stages of the solver: any case, also with choices, rules and divisibles.

In stage k the sum of the k smallest levels is made largest while the sums of earlier stages are kept; this
gives the leximin deal for any set of deals, also one with gaps (W. Ogryczak and T. Śliwiński, "On direct
methods for lexicographic min-max optimization", ICCSA 2006).
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from evenhand.deals import DealProgram, Method, Space, unsatisfiable
from evenhand.deals.space import Pick
from evenhand.divide.procedure import Options
from evenhand.solve import Answer

TOLERANCE = 1e-7
"""Slack, relative to the largest value, with which one stage keeps the sums of earlier ones."""
_FINEST = 10**6
"""How many steps all levels together may span for the solver to tell every two apart."""
_BATCH = 2.0**16


def _grid(space: Space) -> Fraction:
    """The largest step of which every level, whole issues only, is a multiple."""
    steps = [
        worth / entitlement
        for rows in space.worth
        for row in rows
        for worth, entitlement in zip(row, space.entitlements, strict=True)
    ]
    steps += [points / space.entitlements[party] for party, _, points in space.bonuses()]
    below = lcm(*(step.denominator for step in steps))
    return Fraction(gcd(*(int(step * below) for step in steps)) or 1, below)


class Stages:
    """The solver's part. `picks` are the whole settlements found, the latest first."""

    def __init__(self, space: Space, options: Options) -> None:
        self.space = space
        self.options = options
        self.model = DealProgram(space)
        self.picks: list[Pick] = []
        self.finished = True
        self.gap = 0.0
        highest = [max(map(abs, space.extremes(party))) for party in range(len(space.parties))]
        top = max(high / e for high, e in zip(highest, space.entitlements, strict=True)) or Fraction(1)
        grid = _grid(space)
        self.exact_distance = not space.divisible and top / grid < _FINEST / len(space.parties)
        self.unit = grid if self.exact_distance else top
        self.widest = float(2 * top * len(space.parties))
        self.slack = 0.5 if self.exact_distance else TOLERANCE

    def climb(self) -> None:
        """One stage per party, worst-off first."""
        program = self.model.program
        values = [self._scaled(party) for party in range(len(self.space.parties))]
        # On a grid of levels whole numbers are enough, and the solver can round its bounds.
        variable = program.integer if self.exact_distance else program.continuous
        for stage in range(1 + self._surely_at_zero(), len(values) + 1):
            self.options.progress(f"raising the {stage} worst-off")
            level = variable(None, None)
            shortfalls = [variable(0.0, None) for _ in values]
            for terms, shortfall in zip(values, shortfalls, strict=True):
                program.at_least([*terms, (1.0, shortfall), (-1.0, level)], 0.0)
            total = [(float(stage), level), *((-1.0, shortfall) for shortfall in shortfalls)]
            answer = program.maximise(total, self.options.limits)
            if not self._keep(answer):
                return
            program.at_least(total, answer.objective - self.slack)

    def _surely_at_zero(self) -> int:
        """How many parties end with nothing at least, where nobody can lose; the others are held above it.

        Whoever has nothing is worst off, so the fewest possible have nothing. Finding out how few is a
        question of who holds what, far easier for the solver than the first stages would be.
        """
        parties = range(len(self.space.parties))
        gains = [points for rows in self.space.worth for row in rows for points in row]
        gains += [points for _, _, points in self.space.bonuses()]
        if self.space.divisible or min(gains) < 0:
            return 0
        program = self.model.program
        above = [program.binary() for _ in parties]
        for party, switch in enumerate(above):
            helping = [(1.0, variable) for points, variable in self.model.value(party)[0] if points > 0]
            program.at_least([*helping, (-1.0, switch)], 0.0)
        answer = program.maximise([(1.0, switch) for switch in above], self.options.limits)
        if not answer.finished:
            return 0
        self._keep(answer)
        program.at_least([(1.0, switch) for switch in above], round(answer.objective))
        return len(above) - round(answer.objective)

    def _scaled(self, party: int) -> list[tuple[float, int]]:
        factor = float(self.unit * self.space.entitlements[party])
        return [(coefficient / factor, variable) for coefficient, variable in self.model.value(party)[0]]

    def _keep(self, answer: Answer) -> bool:
        """Note what was found; False when the search must end here."""
        if answer.infeasible and not self.picks:
            raise unsatisfiable(self.space.case)
        if answer.values is not None:
            self.picks.insert(0, self.model.pick(answer))
        if not answer.finished:
            self.finished = False
            gap = (answer.bound - answer.objective) * float(self.unit)
            self.gap = max(self.gap, min(gap, self.widest))
        return answer.finished and answer.values is not None

    def first_in_order(self) -> None:
        """Among the deals with these levels, move to the first in the order of the case, batch by batch."""
        if not self.finished:
            return
        for batch in self._batches():
            terms = [(-weight * s, v) for k, weight in batch for s, v in enumerate(self.model.variables[k])]
            answer = self.model.program.maximise(terms, self.options.limits)
            if not answer.finished or answer.values is None:
                return
            self.picks.insert(0, self.model.pick(answer))
            for number, _ in batch:
                self.model.program.equal([(1.0, self.model.variables[number][self.picks[0][number]])], 1.0)

    def _batches(self) -> list[list[tuple[int, float]]]:
        """The whole issues in groups small enough for one exact objective: (issue number, weight)."""
        batches: list[list[tuple[int, float]]] = [[]]
        weight = _BATCH
        for number, names in enumerate(self.space.settlements):
            if number in self.space.divisible or len(names) == 1:
                continue
            weight /= len(names)
            if weight < 1:
                batches.append([])
                weight = _BATCH / len(names)
            batches[-1].append((number, weight))
        return [batch for batch in batches if batch]


def method_of(staged: Stages) -> Method:
    """What the solver's search proved."""
    if not staged.finished:
        proof = "The search was stopped; the worst-off could gain at most the gap stated."
    elif staged.exact_distance:
        proof = "The solver searched to the end of each stage; different levels lie further apart than its tolerance."
    else:
        proof = "The solver searched to the end of each stage, up to its tolerance: the gap stated."
    gap = staged.gap if not staged.finished or staged.exact_distance else TOLERANCE * float(staged.unit)
    return Method("leximin", "stages of branch and bound", proof, gap)
