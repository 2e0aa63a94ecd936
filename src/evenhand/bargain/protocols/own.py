"""What one party thinks of the deals on the menu, from its own preferences and red lines alone.

Small menus are listed whole. On larger ones the issues fall into groups (those that rules or the party's own
`together` terms tie), each group is listed, and the party's worth is a sum over groups: the lowest deal above a
level is found by dynamic programming over sums, the k-th best by a search from the best down (E. Lawler, A
Procedure for Computing the K Best Solutions, Management Science 18, 1972).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import count
from math import ceil, lcm, prod

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.protocols.menu import LISTED, Menu, Pick, Tie, keeping, tie_of
from evenhand.case import Case, Condition, Divisible
from evenhand.deals import Deal, NotDefined, allowed_settlements, broken_rules, value_of, worth_of

GRID = 2**17
"""Sums of groups are told apart in so many parts of the party's range."""


@dataclass(frozen=True)
class Group:
    """Issues listed together: `picks[r]` settles them (r in the case's order), `values[r]` is its worth."""

    issues: tuple[int, ...]
    picks: NDArray[np.int64]
    values: NDArray[np.int64]

    @cached_property
    def falling(self) -> NDArray[np.int64]:
        """The rows from the best down, equal ones in the case's order."""
        return np.argsort(-self.values, kind="stable")


@dataclass(frozen=True)
class Own:
    """One party's view of a menu. Worths are integers: points × `scale`.

    `floor` is what the party must at least have: what no deal is worth, or its worst deal where that is better; `top`
    its best deal. Deals across its own red lines are in neither. Of a listed menu, `worths` are those of every row of
    `menu.picks`, and `rows` the rows that keep its red lines: those of its one group.
    """

    menu: Menu
    case: Case
    party: str
    scale: int
    floor: int
    top: int
    groups: tuple[Group, ...]
    worths: NDArray[np.int64] | None
    rows: NDArray[np.int64] | None

    @classmethod
    def of(cls, case: Case, party: str, menu: Menu) -> Own:
        """The view of one party. Raises NotDefined where nothing on the menu is worth signing to it, or where too
        many issues are tied together."""
        seen = case.seen_by(party)
        layout = _Layout(seen, party, menu)
        worths = layout.values(menu.picks, range(len(menu.options))) if menu.listed else None
        rows = layout.kept_rows() if menu.listed else None
        groups = layout.groups() if worths is None or rows is None else layout.one_group(worths, rows)
        if any(not len(group.values) for group in groups):
            raise NotDefined(
                f"No deal that could be offered keeps the rules that are open to all and those of {party}."
            )
        low, top = (sum(int(end(group.values)) for group in groups) for end in (np.min, np.max))
        floor = max(low, ceil(seen.preferences[party].no_deal * layout.scale))
        if top < floor:
            raise NotDefined(f"To {party} no deal that could be offered is worth as much as no deal.")
        return cls(menu, seen, party, layout.scale, floor, top, groups, worths, rows)

    def parts_of(self, worths: NDArray[np.int64]) -> NDArray[np.float64]:
        """Where worths lie between the party's floor (0) and its best deal (1); below 0: under the floor.

        Worths stay below 2 ** 53, so that each part is the nearest double to the true one, as in `part`.
        """
        parts = (worths - self.floor) / float(self.top - self.floor or 1)
        parts[worths == self.top] = 1.0
        return parts

    def worth(self, deal: Deal) -> Fraction:
        """What a deal is worth to the party, exactly, in its own points."""
        return value_of(self.case, deal, self.party)

    def part(self, deal: Deal) -> float:
        """Where a deal lies between the party's floor (0) and its best deal on the menu (1)."""
        found = self.worth(deal) * self.scale
        return 1.0 if found == self.top else float((found - self.floor) / (self.top - self.floor or 1))

    def signs(self, deal: Deal) -> bool:
        """Whether the party can sign: it is worth no less than no deal, and crosses none of its own red lines."""
        return self.worth(deal) >= self.case.preferences[self.party].no_deal and not broken_rules(self.case, deal)

    def rank(self, deal: Deal) -> tuple[bool, Fraction]:
        """What to compare two deals by: own red lines first, then worth."""
        return not broken_rules(self.case, deal), self.worth(deal)

    def lowest(self, part: float, like: Sequence[Deal] = ()) -> Deal:
        """The deal worth least among those that reach a part of the range.

        Of equal ones, the one that settles most issues as the deals in `like` do, counted over all of these; then the
        first in the case's order. On a menu that is not listed: the least up to one part in GRID per group, and
        likeness counts group by group, in the order of their first issue.
        """
        picks = tuple(self.menu.pick(deal) for deal in like)
        if self.rows is not None:
            return self.menu.deal(self.menu.picks[self.row_at(int(self.levels(np.array([part]))[0]), picks)])
        return self.menu.deal(self._lowest_sum(self.floor + ceil(Fraction(part) * (self.top - self.floor)), picks))

    def levels(self, parts: NDArray[np.float64]) -> NDArray[np.int64]:
        """For a listed menu, the number of the lowest different worth that reaches each part."""
        return np.searchsorted(self._levels[0], np.clip(parts, 0.0, 1.0), side="left")

    @property
    def firsts(self) -> NDArray[np.int64]:
        """For a listed menu, the first row of each different worth, from the lowest up."""
        return self._levels[1][self._levels[2][:-1]]

    @property
    def has_ties(self) -> bool:
        """Whether two deals of a listed menu are worth the same."""
        return len(self._levels[0]) < len(self._levels[1])

    def row_at(self, level: int, like: Sequence[Pick] = ()) -> int:
        """For a listed menu, the row with the worth of that number which is most like these picks; then the first."""
        _, rows, starts = self._levels
        found = rows[starts[level] : starts[level + 1]]
        if len(found) == 1:
            return int(found[0])
        return int(found[np.argmax(_likeness(self.menu.picks[found], like))])

    @cached_property
    def _levels(self) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
        """The different parts, rising; all rows by rising part; and where among these each part begins, and the end."""
        assert self.rows is not None
        parts = self.parts_of(self.groups[0].values)
        order = np.argsort(parts, kind="stable")
        rising, starts = np.unique(parts[order], return_index=True)
        return rising, self.rows[order], np.append(starts, len(order))

    def from_best(self) -> Iterator[Deal]:
        """The deals the party can sign from its best down; equal ones in a fixed order."""
        for pick, value in self._falling():
            if value < self.floor:
                return
            yield self.menu.deal(pick)

    def _falling(self) -> Iterator[tuple[Pick, int]]:
        """Rows of all groups from the largest sum down: each next is one step down in one group from an earlier."""
        order = [group.falling for group in self.groups]
        tops = [
            [int(group.values[row]) for row in falling[:1]] for group, falling in zip(self.groups, order, strict=True)
        ]
        ticket = count()
        heap = [(-sum(top[0] for top in tops), next(ticket), (0,) * len(order), 0)]
        while heap:
            loss, _, at, last = heapq.heappop(heap)
            yield self._pick([int(falling[depth]) for falling, depth in zip(order, at, strict=True)]), -loss
            for number in range(last, len(order)):
                if at[number] + 1 < len(order[number]):
                    values, falling = self.groups[number].values, order[number]
                    drop = int(values[falling[at[number]]] - values[falling[at[number] + 1]])
                    down = (*at[:number], at[number] + 1, *at[number + 1 :])
                    heapq.heappush(heap, (loss + drop, next(ticket), down, number))

    def _pick(self, rows: Sequence[int]) -> Pick:
        pick = [0] * len(self.menu.options)
        for group, row in zip(self.groups, rows, strict=True):
            for issue, number in zip(group.issues, group.picks[row], strict=True):
                pick[issue] = int(number)
        return tuple(pick)

    @cached_property
    def _sums(self) -> tuple[int, list[NDArray[np.int64]], list[int]]:
        """The width of a grid cell, each group's worth above its least in whole cells, and the sums that the groups
        from each on can reach, as bits."""
        lows = [int(group.values.min()) for group in self.groups]
        cell = max(1, -(-(self.top - sum(lows)) // GRID))
        cells = [(group.values - low) // cell for group, low in zip(self.groups, lows, strict=True)]
        reach = [1]
        for column in reversed(cells):
            reached = 0
            for step in np.unique(column):
                reached |= reach[-1] << int(step)
            reach.append(reached)
        return cell, cells, reach[::-1]

    def _lowest_sum(self, wanted: int, like: Sequence[Pick]) -> Pick:
        cell, cells, reach = self._sums
        low = sum(int(group.values.min()) for group in self.groups)
        need = max(0, -(-(wanted - low) // cell))
        above = reach[0] >> need
        if not above:
            return next(self._falling())[0]
        left = need + (above & -above).bit_length() - 1
        rows: list[int] = []
        for group, column, rest in zip(self.groups, cells, reach[1:], strict=True):
            near = [tuple(pick[issue] for issue in group.issues) for pick in like]
            order = np.argsort(-_likeness(group.picks, near), kind="stable")
            rows.append(next(int(row) for row in order if left >= column[row] and rest >> int(left - column[row]) & 1))
            left -= int(column[rows[-1]])
        return self._pick(rows)


def _likeness(picks: NDArray[np.int64], like: Sequence[Pick]) -> NDArray[np.int64]:
    """How many issues each row settles as the picks in `like` do, counted over all of these."""
    found = np.zeros(len(picks), dtype=np.int64)
    for pick in like:
        found += (picks == np.array(pick, dtype=np.int64)).sum(axis=1)
    return found


class _Layout:
    """Lays out a menu in one party's integers, group by group."""

    def __init__(self, case: Case, party: str, menu: Menu) -> None:
        """Take the case as its party sees it."""
        self.case, self.party, self.menu = case, party, menu
        self.preference = case.preferences[party]
        self.number = {issue.id: number for number, issue in enumerate(case.issues)}
        ways = zip(case.issues, menu.options, strict=True)
        self.points = [[worth_of(self.preference, issue, party, way) for way in found] for issue, found in ways]
        self.scale = self._scale()
        self.own_ties = self._own_ties()

    def _scale(self) -> int:
        """The smallest factor that makes every worth on the menu an integer."""
        terms = [term.points for term in self.preference.together]
        below = [points.denominator for points in (self.preference.no_deal, *terms)]
        below += [worth.denominator for column in self.points for worth in column]
        scale = lcm(*below)
        most = sum(abs(points) for points in (*self.preference.points.values(), *terms, self.preference.no_deal))
        if most * scale >= 2**52:
            raise NotDefined(f"The points of {self.party} are too fine to compare so many deals; round them.")
        return scale

    def _own_ties(self) -> tuple[Tie, ...]:
        """The party's own red lines as demands on the menu."""
        own = tuple(rule for rule in self.case.rules if rule.party == self.party)
        names, clauses = allowed_settlements(self.case.model_copy(update={"rules": own}))
        bars = []
        for number, (issue, allowed) in enumerate(zip(self.case.issues, names, strict=True)):
            if not isinstance(issue, Divisible):
                kept = frozenset(n for n, way in enumerate(self.menu.options[number]) if way in allowed)
                bars += [((number, kept),)] if len(kept) < len(self.menu.options[number]) else []
        return (*bars, *(tie_of(self.case, self.menu.options, clause) for clause in clauses))

    def kept_rows(self) -> NDArray[np.int64]:
        """Of a listed menu, the rows that keep the own red lines."""
        issues = range(len(self.menu.options))
        return np.flatnonzero(keeping(self.own_ties, self.menu.picks, issues))

    def one_group(self, worths: NDArray[np.int64], rows: NDArray[np.int64]) -> tuple[Group, ...]:
        """A listed menu as one group of the rows given."""
        return (Group(tuple(range(len(self.menu.options))), self.menu.picks[rows], worths[rows]),)

    def groups(self) -> tuple[Group, ...]:
        """The menu by groups of tied issues."""
        issues = range(len(self.menu.options))
        ties = (*self.menu.ties, *self.own_ties)
        together = [[issue for issue, _ in tie] for tie in ties]
        together += [[self.number[issue] for issue in term.when] for term in self.preference.together]
        return tuple(self._listed(found, ties) for found in _tied(len(issues), together))

    def _listed(self, issues: tuple[int, ...], ties: Sequence[Tie]) -> Group:
        ways = prod(len(self.menu.options[number]) for number in issues)
        if ways > LISTED:
            names = ", ".join(self.case.issues[number].id for number in issues)
            raise NotDefined(
                f"Rules or `together` terms tie too many issues ({names}): {ways:,} ways to settle them are more than "
                f"the {LISTED:,} that a simulated party looks through."
            )
        picks = self.menu.ways(issues, [tie for tie in ties if tie[0][0] in issues])
        return Group(issues, picks, self.values(picks, issues))

    def values(self, picks: NDArray[np.int64], issues: Sequence[int]) -> NDArray[np.int64]:
        """What each pick of these issues is worth; `together` terms on other issues are left out."""
        at = {number: place for place, number in enumerate(issues)}
        values = np.zeros(len(picks), dtype=np.int64)
        for number, place in at.items():
            worths = [int(worth * self.scale) for worth in self.points[number]]
            values += np.array(worths, dtype=np.int64)[picks[:, place]]
        for term in self.preference.together:
            numbers = [(self.number[issue], names) for issue, names in term.when.items()]
            if numbers[0][0] in at:
                met = np.all([np.isin(picks[:, at[k]], self._ways(k, names)) for k, names in numbers], axis=0)
                values += int(term.points * self.scale) * met
        return values

    def _ways(self, number: int, names: Condition) -> list[int]:
        return [n for n, way in enumerate(self.menu.options[number]) if isinstance(way, str) and way in names]


def _tied(size: int, together: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Issues that are tied, directly or through others; groups in the order of their first issue."""
    label = list(range(size))
    for issues in together:
        old = {label[issue] for issue in issues}
        label = [min(old) if found in old else found for found in label]
    return [tuple(k for k in range(size) if label[k] == found) for found in sorted(set(label))]
