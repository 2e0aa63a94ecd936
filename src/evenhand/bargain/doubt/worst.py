"""The worst regret of a package over all possible worlds, without sampling: exact, or a bound never too small.

Here no deal is left aside: a is compared with every package b that keeps the rules, whether all would sign it or not.
The regret of a is the largest, over b and worlds, of the weighted worth of b less that of a. It adds up over issues,
and where no condition ties what is unknown of one issue to another, each issue has its worst world by itself: at an
end of its interval. So the worst b is found block by block, and so is the package whose worst regret is least. Where
conditions do tie issues, the sum of the issues' worst cases is no less than the worst regret.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.doubt.blocks import Block, Blocks
from evenhand.bargain.doubt.form import Form
from evenhand.bargain.doubt.wants import Wants
from evenhand.case import Case
from evenhand.deals import Deal, Settlement, deal_in_stretches

MOST_PAIRS = 40_000
"""The package with the least worst regret is sought where no more pairs of settlements must be compared."""
MOST_WAYS = 2_500


@dataclass(frozen=True)
class Worst:
    """Worst regrets over the worlds of `wants`, in parts of `most`.

    `exact`: what is found is the worst regret; else no less than it.
    """

    case: Case
    blocks: Blocks
    wants: tuple[Wants, ...]
    most: tuple[Fraction, ...]

    @cached_property
    def exact(self) -> bool:
        """Whether issues have their worst worlds by themselves, and the blocks leave out no rule."""
        return self.blocks.exact and all(_apart(want, self.blocks) for want in self.wants)

    def of(self, deal: Deal) -> Fraction:
        """The worst regret of a deal."""
        settled = deal_in_stretches(self.case, deal)
        own = sum(
            (want.together(settled.settlements) / most for want, most in zip(self.wants, self.most, strict=True)),
            Fraction(0),
        )
        return sum((self._of_block(block, settled) for block in self.blocks.blocks), -own)

    def of_no_deal(self) -> Fraction:
        """The most that any deal can bring over no deal in any world; no less than that where not exact."""
        least = self._at_most([want.no_deal.times(Fraction(-1)) for want in self.wants])
        return sum((self._most_of_block(block) for block in self.blocks.blocks), least)

    def _most_of_block(self, block: Block) -> Fraction:
        tables = [
            [self._at_most([want.worth(self.blocks.space.issues[number], s) for want in self.wants]) for s in found]
            for number, found in zip(block.issues, block.settlements, strict=True)
        ]
        return self._largest_way(block, tables)

    def _of_block(self, block: Block, deal: Deal) -> Fraction:
        tables = [
            [self._ahead(number, other, deal[self.blocks.space.issues[number].id]) for other in settlements]
            for number, settlements in zip(block.issues, block.settlements, strict=True)
        ]
        return self._largest_way(block, tables)

    def _largest_way(self, block: Block, tables: Sequence[Sequence[Fraction]]) -> Fraction:
        return max(
            sum((table[choice] for table, choice in zip(tables, way, strict=True)), self._bonus(bonus))
            for way, bonus in zip(block.ways.tolist(), block.bonus, strict=True)
        )

    def _bonus(self, bonus: Sequence[Fraction]) -> Fraction:
        return sum((b / most for b, most in zip(bonus, self.most, strict=True)), Fraction(0))

    def _ahead(self, number: int, other: Settlement, own: Settlement) -> Fraction:
        """By how much one settlement of an issue can be worth more than another, weighted over parties."""
        issue = self.blocks.space.issues[number]
        return self._at_most([want.worth(issue, other) - want.worth(issue, own) for want in self.wants])

    def _at_most(self, forms: Sequence[Form]) -> Fraction:
        """The largest sum over parties of form ÷ most; where that is not asked exactly, no less."""
        ends = [want.region.largest if self.exact else want.region.at_most for want in self.wants]
        return sum((end(form) / most for end, form, most in zip(ends, forms, self.most, strict=True)), Fraction(0))

    def least(self) -> Deal | None:
        """The deal whose worst regret is least among those that divide nothing but at ends the rules set.

        Of equal ones the first in the case's order. None where `exact` is False or too many pairs would be compared.
        """
        pairs = sum(len(found) ** 2 for block in self.blocks.blocks for found in block.settlements)
        if not self.exact or pairs > MOST_PAIRS or any(len(block.ways) > MOST_WAYS for block in self.blocks.blocks):
            return None
        return self.blocks.deal(self.case, [self._least_way(block) for block in self.blocks.blocks])

    def _least_way(self, block: Block) -> int:
        tables = [
            [[self._ahead(number, other, own) for other in settlements] for own in settlements]
            for number, settlements in zip(block.issues, block.settlements, strict=True)
        ]
        bonus = [self._bonus(row) for row in block.bonus]
        scale = lcm(*(v.denominator for table in tables for row in table for v in row), *(b.denominator for b in bonus))
        whole = [_whole(table, scale) for table in tables]
        extra = _whole([bonus], scale)[0]
        worst = []
        for own, less in zip(block.ways, extra, strict=True):
            ahead = extra + sum(
                table[choice][others] for table, choice, others in zip(whole, own, block.ways.T, strict=True)
            )
            worst.append(int(ahead.max() - less))
        return worst.index(min(worst))


def _whole(table: Sequence[Sequence[Fraction]], scale: int) -> NDArray[Any]:
    """Fractions as whole numbers of 1/scale: int64 with room for sums, else Python's own integers."""
    rows = [[int(value * scale) for value in row] for row in table]
    small = max(abs(value) for row in rows for value in row) < 2**50
    return np.array(rows, np.int64 if small else object)


def _apart(want: Wants, blocks: Blocks) -> bool:
    """Whether each part of what a party does not know for sure belongs to one issue."""
    region = want.region
    part_of = {k: number for number, part in enumerate(region.parts) for k in part.members}
    owner: dict[int, str] = {part_of[k]: "" for k in want.no_deal.factors}
    for issue in blocks.space.issues:
        forms = [*want.values.get(issue.id, {}).values(), want.points[issue.id]]
        for part in {part_of[k] for form in forms for k in form.factors}:
            if owner.setdefault(part, issue.id) != issue.id:
                return False
    return True
