"""Regret: how much less a package brings than the best one of the same world.

A package brings the sum of the parties' gains over no deal, each counted in parts of the most that the party could
gain by the points as written (or the product of these gains). In a world where some party is worse off with it than
without a deal it brings nothing: it would not be signed. (Worst regret: L. J. Savage, Journal of the American
Statistical Association 46, 1951; P. Kouvelis and G. Yu, Robust Discrete Optimization, 1997; for unknown preferences:
C. Boutilier, R. Patrascu, P. Poupart and D. Schuurmans, Artificial Intelligence 170, 2006.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.doubt.blocks import Block, Blocks
from evenhand.bargain.doubt.form import Form
from evenhand.bargain.doubt.wants import Wants
from evenhand.bargain.doubt.worlds import Worlds

GRAIN = 2.0**-34
"""Weighted worths in worlds are rounded to multiples of this, so that sums of them do not depend on their order."""
_CHUNK = 2_000_000

Floats = NDArray[np.float64]
Criterion = Literal["sum", "product"]
CRITERIA: tuple[Criterion, ...] = ("sum", "product")


@dataclass(frozen=True)
class Outlook:
    """What the parties might want, worlds of each, and by how much its points are divided to count as gains."""

    wants: tuple[Wants, ...]
    worlds: tuple[Worlds, ...]
    most: tuple[Fraction, ...]

    def weighted(self, forms: Sequence[Form]) -> Floats:
        """The sum over parties of form ÷ most, in every world."""
        total = np.zeros(len(self.worlds[0]))
        for party, form in enumerate(forms):
            total += self.part(party, form)
        return total

    def part(self, party: int, form: Form) -> Floats:
        """One party's form ÷ most in every world, to the grain."""
        units, scale = self.worlds[party].values(form)
        return _to_grain(units.astype(np.float64) * float(1 / (scale * self.most[party])))

    def gain(self, party: int, form: Form) -> Floats:
        """The same, with the exact sign: what is below 0 stays below 0."""
        below = ~self.worlds[party].holds(form)
        return np.where(below, np.minimum(self.part(party, form), -GRAIN), np.maximum(self.part(party, form), 0.0))


def most_gains(blocks: Blocks, wants: Sequence[Wants]) -> tuple[Fraction, ...]:
    """The most each party could gain over no deal by the points as written, in any deal that keeps the rules.

    Where it could gain nothing: the size of its best deal, or 1, so that sums still mean something.
    """
    found = []
    for p, want in enumerate(wants):
        weights = [Fraction(int(p == other)) for other in range(len(wants))]
        best = sum((max(_exact_worths(block, blocks, wants, weights)) for block in blocks.blocks), Fraction(0))
        gain = best - want.no_deal.at(want.region.written)
        found.append(gain if gain > 0 else abs(best) or Fraction(1))
    return tuple(found)


def best_as_written(blocks: Blocks, wants: Sequence[Wants], weights: Sequence[Fraction]) -> tuple[int, ...]:
    """For each block the first way with the largest weighted sum of points as written; exact."""
    ways = []
    for block in blocks.blocks:
        worths = _exact_worths(block, blocks, wants, weights)
        ways.append(worths.index(max(worths)))
    return tuple(ways)


def _exact_worths(block: Block, blocks: Blocks, wants: Sequence[Wants], weights: Sequence[Fraction]) -> list[Fraction]:
    """The weighted sum of points of each way of a block, as written."""
    used = [(p, weight) for p, weight in enumerate(weights) if weight]
    tables = [
        [
            sum(
                (w * wants[p].worth(blocks.space.issues[k], s).at(wants[p].region.written) for p, w in used),
                Fraction(0),
            )
            for s in block.settlements[place]
        ]
        for place, k in enumerate(block.issues)
    ]
    extra = [sum((w * bonus[p] for p, w in used), Fraction(0)) for bonus in block.bonus]
    return [
        sum((table[choice] for table, choice in zip(tables, way, strict=True)), more)
        for way, more in zip(block.ways.tolist(), extra, strict=True)
    ]


@dataclass(frozen=True)
class Best:
    """The largest weighted sum of points in each world, over all deals that keep the rules.

    `worths[p]` is what it brings party p (÷ most); `ways` (worlds × blocks) is how it is reached. Where the blocks are
    not exact, no deal has more, and one may not have as much.
    """

    worths: tuple[Floats, ...]
    ways: NDArray[np.int64]


def best_in_worlds(blocks: Blocks, outlook: Outlook) -> Best:
    """What is best in each world when no deal is left aside: block by block."""
    worlds, parties = len(outlook.worlds[0]), range(len(outlook.wants))
    worths = [np.zeros(worlds) for _ in parties]
    ways = np.zeros((worlds, len(blocks.blocks)), np.int64)
    for number, block in enumerate(blocks.blocks):
        tables = [_tables(block, blocks, outlook, p) for p in parties]
        bonus = [_to_grain(np.array([float(row[p] / outlook.most[p]) for row in block.bonus])) for p in parties]
        chunk = max(1, _CHUNK // len(block.ways))
        for start in range(0, worlds, chunk):
            part = slice(start, start + chunk)
            ways[part, number] = _best_ways(block, [[table[part] for table in own] for own in tables], bonus)
        chosen = block.ways[ways[:, number]]
        for p in parties:
            worths[p] += bonus[p][ways[:, number]]
            for i, table in enumerate(tables[p]):
                worths[p] += table[np.arange(worlds), chosen[:, i]]
    return Best(tuple(worths), ways)


def _best_ways(block: Block, tables: Sequence[Sequence[Floats]], bonus: Sequence[Floats]) -> NDArray[np.int64]:
    """The first way of a block with the largest sum over parties, in each world."""
    sums = np.zeros((len(tables[0][0]), len(block.ways))) + sum(bonus[1:], bonus[0])
    for i in range(len(block.issues)):
        sums += sum((own[i] for own in tables[1:]), tables[0][i])[:, block.ways[:, i]]
    return np.asarray(sums.argmax(axis=1))


def _tables(block: Block, blocks: Blocks, outlook: Outlook, party: int) -> list[Floats]:
    """For each issue of a block, the worth of its settlements to a party ÷ most: worlds × settlements."""
    want = outlook.wants[party]
    return [
        np.stack([outlook.part(party, want.worth(blocks.space.issues[k], s)) for s in settlements], axis=1)
        for k, settlements in zip(block.issues, block.settlements, strict=True)
    ]


def _to_grain(values: Floats) -> Floats:
    return np.asarray(np.rint(values / GRAIN) * GRAIN)


def brought(by: Criterion, gains: Sequence[Floats]) -> Floats:
    """What packages bring, from each party's gains ÷ most (equal shapes): nothing where somebody gains less than 0."""
    accepted = np.ones(gains[0].shape, bool)
    total = np.zeros(gains[0].shape) if by == "sum" else np.ones(gains[0].shape)
    for gain in gains:
        accepted &= gain >= 0
        total = total + gain if by == "sum" else total * gain
    return np.where(accepted, total, 0.0)


@dataclass(frozen=True)
class Regrets:
    """Regrets (worlds × packages), and in how many worlds the best deal of all is not known for sure.

    There the best of the packages at hand stands in, and regrets may be too small.
    """

    table: Floats
    unsure: int


def regrets_of(
    by: Criterion, outlook: Outlook, values: Sequence[Sequence[Form]], pool: Sequence[Sequence[Form]], best: Best | None
) -> Regrets:
    """The regrets of packages; `values[d][p]` is what package d is worth to party p, `pool` more packages to compare.

    `best`, for sums, is what is best with no deal left aside: where everybody would accept it, nothing is better.
    """
    own = brought(by, _gains(outlook, values))
    highest = own.max(axis=1)
    for row in pool:
        highest = np.maximum(highest, brought(by, _gains(outlook, [row]))[:, 0])
    if best is None:
        return Regrets(np.asarray(highest[:, None] - own), len(own))
    no_deal = [outlook.part(p, want.no_deal) for p, want in enumerate(outlook.wants)]
    gains = [worth - floor for worth, floor in zip(best.worths, no_deal, strict=True)]
    accepted = np.logical_and.reduce([gain >= 0 for gain in gains])
    highest = np.maximum(highest, brought("sum", gains))
    return Regrets(np.asarray(highest[:, None] - own), int((~accepted).sum()))


def _gains(outlook: Outlook, values: Sequence[Sequence[Form]]) -> list[Floats]:
    """Each party's gains ÷ most: worlds × packages. The sign is exact."""
    return [
        np.stack([outlook.gain(p, row[p] - want.no_deal) for row in values], axis=1)
        for p, want in enumerate(outlook.wants)
    ]
