"""Leximin: the worst-off party as well off as possible; then the second worst-off; and so on.

Parties are compared by points for their entitlement, points as written. In stage k the sum of the k
smallest is made largest while the sums of earlier stages are kept; this gives the leximin deal for any
set of deals, also one with gaps (W. Ogryczak and T. Śliwiński, "On direct methods for lexicographic
min-max optimization", ICCSA 2006). The whole issues come from the solver; divisibles are then split by
exact linear programs, level by level. Where the deals are few, all of them are compared instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from evenhand.case import Case
from evenhand.deals import (
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
)
from evenhand.deals.shares import Box, Cell, ShareRows, boxes
from evenhand.deals.space import Pick
from evenhand.divide.procedure import Options, Procedure
from evenhand.solve import Answer

TIES = "Of deals with the same levels, the first in the order of the case; shares go to earlier parties first."
TOLERANCE = 1e-7
"""Slack, relative to the largest value, with which one stage keeps the sums of earlier ones."""
_FINEST = 10**6
"""How many steps all levels together may span for the solver to tell every two apart."""
_LISTED = 2000
_LISTED_SPLITS = 40
"""How many settlements are tried to list every deal; fewer where divisibles must be split for each."""
_BATCH = 2.0**16


def why_not(case: Case) -> str | None:
    """Leximin is defined for every case."""
    return None


def run(case: Case, options: Options) -> Outcome:
    """The leximin deal. Raises NoDeal when the rules allow none."""
    space = Space.of(case)
    if any(not names for names in space.settlements):
        raise NoDeal("No deal satisfies the rules.", clashing_rules(case))
    listed = _listed(space)
    if listed:
        proof = "Every deal was compared in exact arithmetic."
        return _outcome(space, _best(space, listed), Method("leximin", "listing", proof, 0.0, exact=True))
    staged = _Stages(space, options)
    staged.climb()
    staged.first_in_order()
    deals = [deal for pick in staged.picks if (deal := _completed(space, pick)) is not None]
    if not deals:
        raise NoDeal("The time ran out before any deal was found. Allow more with --time.")
    return _outcome(space, _best(space, deals), _method(staged))


def _listed(space: Space) -> list[Deal]:
    """Every deal (for each way to settle the whole issues, the best), in order; empty where that is long work."""
    try:
        picks = list(list_picks(space, _LISTED_SPLITS if space.divisible else _LISTED))
    except SearchTooLarge:
        return []
    return [deal for pick in picks if (deal := _completed(space, pick)) is not None]


def _best(space: Space, deals: Sequence[Deal]) -> Deal:
    """The first of the deals with the best levels."""
    return max(deals, key=lambda deal: levels(space, space.values(deal)))


def levels(space: Space, values: Sequence[Fraction]) -> list[Fraction]:
    """Points for entitlement, from the worst-off up."""
    return sorted(value / weight for value, weight in zip(values, space.entitlements, strict=True))


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


class _Stages:
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
            raise NoDeal("No deal satisfies the rules.", clashing_rules(self.space.case))
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


def _completed(space: Space, pick: Pick) -> Deal | None:
    """The leximin deal with these whole settlements, its divisibles split exactly."""
    if not space.divisible:
        return space.deal(pick)
    deals = [space.deal(pick, _leximin_shares(space, pick, box)) for box in boxes(space, pick)]
    return max(deals, key=lambda deal: levels(space, space.values(deal)), default=None)


def _leximin_shares(space: Space, pick: Pick, box: Box) -> dict[int, dict[str, Fraction]]:
    """Raise the level of all parties together; fix those that cannot rise; repeat with the rest."""
    ladder = _Ladder(space, space.pick_values(pick), box)
    while ladder.rising:
        ladder.step()
    shares = ladder.shares()
    return {issue: {party: shares[issue, i] for i, party in enumerate(space.parties)} for issue in space.divisible}


class _Ladder:
    """Levels of parties while their shares are split: `fixed` by party, the others still rising."""

    def __init__(self, space: Space, base: tuple[Fraction, ...], box: Box) -> None:
        self.space = space
        self.base = base
        self.box = box
        self.cells: list[Cell] = [(k, i) for k in space.divisible for i in range(len(base))]
        self.fixed: dict[int, Fraction] = {}
        self.rising = list(range(len(base)))
        self.level_cell: Cell = (-1, -1)

    def step(self) -> None:
        """Find the next common level and fix at least one party there."""
        level = self._highest_level()
        stuck = [party for party in self.rising if self._highest(party, level) == level]
        self.fixed.update(dict.fromkeys(stuck, level))
        self.rising = [party for party in self.rising if party not in stuck]

    def _rows(self, cells: list[Cell]) -> ShareRows:
        lower = {**self.box.lower, self.level_cell: Fraction(0)}
        table = ShareRows(Box(lower, {**self.box.upper, self.level_cell: Fraction(1)}), cells)
        for issue in self.space.divisible:
            table.add({cell: Fraction(1) for cell in self.cells if cell[0] == issue}, Fraction(1))
        for party, level in self.fixed.items():
            table.add(self._gains(party), level * self.space.entitlements[party] - self.base[party], slack=-1)
        return table

    def _gains(self, party: int) -> dict[Cell, Fraction]:
        return {cell: self.space.worth[cell[0]][party][party] for cell in self.cells if cell[1] == party}

    def _floor(self) -> Fraction:
        """A level that every party surely reaches."""
        lows = (
            base + sum((min(gain, Fraction(0)) for gain in self._gains(party).values()), Fraction(0))
            for party, base in enumerate(self.base)
        )
        return min(low / weight for low, weight in zip(lows, self.space.entitlements, strict=True))

    def _highest_level(self) -> Fraction:
        table = self._rows([*self.cells, self.level_cell])
        floor = self._floor()
        for party in self.rising:
            weight = self.space.entitlements[party]
            table.add({**self._gains(party), self.level_cell: -weight}, floor * weight - self.base[party], slack=-1)
        return floor + table.best({self.level_cell: Fraction(1)})[self.level_cell]

    def _highest(self, party: int, level: Fraction) -> Fraction:
        """The highest level of one party while all others keep theirs."""
        table = self._rows(self.cells)
        self._hold(table, level)
        shares = table.best(self._gains(party))
        value = self.base[party] + sum((shares[cell] * gain for cell, gain in self._gains(party).items()), Fraction(0))
        return value / self.space.entitlements[party]

    def _hold(self, table: ShareRows, level: Fraction) -> None:
        for other in self.rising:
            bound = level * self.space.entitlements[other] - self.base[other]
            table.add(self._gains(other), bound, slack=-1)

    def shares(self) -> dict[Cell, Fraction]:
        """Shares that give every party its level; earlier parties get earlier issues first."""
        table = self._rows(self.cells)
        return table.best({cell: Fraction(1, 4**rank) for rank, cell in enumerate(self.cells)})


def _method(staged: _Stages) -> Method:
    """What the solver's search proved."""
    if not staged.finished:
        proof = "The search was stopped; the worst-off could gain at most the gap stated."
    elif staged.exact_distance:
        proof = "The solver searched to the end of each stage; different levels lie further apart than its tolerance."
    else:
        proof = "The solver searched to the end of each stage, up to its tolerance: the gap stated."
    gap = staged.gap if not staged.finished or staged.exact_distance else TOLERANCE * float(staged.unit)
    return Method("leximin", "stages of branch and bound", proof, gap)


def _outcome(space: Space, deal: Deal, method: Method) -> Outcome:
    values = space.values(deal)
    facts = {
        "points": {party: str(value) for party, value in zip(space.parties, values, strict=True)},
        "levels": [str(level) for level in levels(space, values)],
    }
    return Outcome(deal, (Step("levels", facts),), method)


PROCEDURE = Procedure(
    id="leximin",
    title="Leximin",
    promise="The worst-off party is as well off as it can be; then the next; and so on.",
    use="Nobody may be left behind: families, aid, the weakest side; burdens too.",
    avoid="Parties' points are on different scales: it compares them as written.",
    source="Ogryczak and Śliwiński (2006); the rule goes back to Sen (1970)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
