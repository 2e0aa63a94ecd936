"""Levels of a deal, and divisibles split for the best levels by exact linear programs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from evenhand.deals import Deal, Space
from evenhand.deals.shares import Box, Cell, ShareRows, boxes
from evenhand.deals.space import Pick


def levels(space: Space, values: Sequence[Fraction]) -> list[Fraction]:
    """Points for entitlement, from the worst-off up."""
    return sorted(value / weight for value, weight in zip(values, space.entitlements, strict=True))


def completed(space: Space, pick: Pick) -> Deal | None:
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
