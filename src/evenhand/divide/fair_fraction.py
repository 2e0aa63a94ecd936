"""The largest fraction of its fair share that everyone can have at the same time, whatever the share is.

A fair share is a number of points per party, such as its maximin share. A party that has it is content,
and more counts no further. Of a share below zero (burdens) it is the other way round: whoever carries
twice its share has the fraction 1/2 of what it is due.

Few deals are compared one by one. Otherwise things are first given to whoever values them most for its
share, and moved and swapped while that leaves less missing; if something is still missing, the solver looks
for a deal that gives everyone more than the best one found, or shows that there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from evenhand.case import Asset, Case
from evenhand.deals import Deal, DealProgram, Method, Outcome, SearchTooLarge, Space, Step, lay_out, list_picks
from evenhand.deals.space import Pick
from evenhand.divide.procedure import Options

TIES = (
    "Where all deals can be compared, the first in the order of the case. Otherwise things go to whoever values them "
    "most for its share, are moved and swapped while something is missing, and the first deal met is kept; "
    "things and parties are gone through in the order of the case."
)
_LISTED = 2000
_FINEST = 10**6
"""Points that span more steps than this are not told apart by the solver."""
_WHOLE = 1 << 24
"""A share in whole-numbered parts, for the search by moves and swaps."""

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Share:
    """A fair share as far as it is known: no less than `least`, no more than `most`; equal where it is exact."""

    least: Fraction
    most: Fraction


@dataclass(frozen=True)
class _Found:
    pick: Pick
    fraction: Fraction
    finished: bool


def fraction_of(value: Fraction, share: Fraction) -> Fraction:
    """How much of its share a party has: from 0 to 1."""
    if value >= share:
        return Fraction(1)
    if share > 0:
        return max(value / share, Fraction(0))
    return share / value


def without_joint(case: Case) -> Case:
    """The case with every asset to be held by one party."""
    issues = tuple(
        issue.model_copy(update={"joint": False}) if isinstance(issue, Asset) else issue for issue in case.issues
    )
    return case.model_copy(update={"issues": issues})


def largest_fraction(name: str, case: Case, shares: Sequence[Share], options: Options) -> Outcome:
    """A deal in which the least fraction of its share that anybody has is largest. Raises NoDeal.

    Shares count with what they can at most be, so that what is promised holds; the gap says what that may cost.
    """
    space = lay_out(without_joint(case))
    search = _Search(space, [share.most for share in shares], options)
    found = search.listed() or search.best()
    facts = {
        "fraction": str(found.fraction),
        "points": _by_party(space, space.pick_values(found.pick)),
        "shares": _by_party(space, [share.most for share in shares]),
        "exact": all(share.least == share.most for share in shares),
    }
    method = _method(name, found, shares, search)
    return Outcome(Deal.of(case, space.deal(found.pick).settlements), (Step("fair-shares", facts),), method)


def _by_party(space: Space, numbers: Sequence[Fraction]) -> dict[str, str]:
    return {party: str(number) for party, number in zip(space.parties, numbers, strict=True)}


def _method(name: str, found: _Found, shares: Sequence[Share], search: _Search) -> Method:
    """What was proved: with exact shares and the end of the search, that nothing better exists."""
    # Against shares at their least, fractions grow by no more than what the shares may differ.
    surely = min(fraction_of(share.least, share.most) for share in shares)
    limit = min(Fraction(1), search.limit / surely) if surely else Fraction(1)
    gap = float(limit - found.fraction)
    if found.fraction == 1:
        proof = "Everyone has its share, which is the most that counts."
    elif search.compared:
        proof = "Every deal was compared in exact arithmetic."
    elif found.finished:
        proof = "The solver searched for a deal that gives everyone a larger part, to the end."
    else:
        proof = "The search was stopped; at most the gap stated could be gained."
    exact = found.fraction == 1 or (search.compared and gap == 0)
    algorithm = "listing" if search.compared else "moves and swaps, then branch and bound"
    return Method(name, algorithm, proof, gap, exact=exact)


class _Search:
    """`limit` is what no deal's fraction exceeds; `compared` whether every deal was looked at."""

    def __init__(self, space: Space, shares: Sequence[Fraction], options: Options) -> None:
        self.space = space
        self.shares = shares
        self.options = options
        self.limit = Fraction(1)
        self.compared = False

    def fraction(self, pick: Pick) -> Fraction:
        """The least fraction that any party has."""
        return min(map(fraction_of, self.space.pick_values(pick), self.shares))

    def listed(self) -> _Found | None:
        """The first of the best deals, where all can be compared."""
        try:
            picks = list(list_picks(self.space, _LISTED))
        except SearchTooLarge:
            return None
        self.compared = True
        best = max(picks, key=self.fraction)
        self.limit = self.fraction(best)
        return _Found(best, self.limit, finished=True)

    def best(self) -> _Found:
        """Raise the fraction, halving the distance to the limit, until the solver finds nothing above it."""
        pick = _repaired(self.space, self.shares)
        best = _Found(pick, self.fraction(pick), finished=False)
        goal = Fraction(1)
        while best.fraction < self.limit and not self.options.limits.spent():
            self.options.progress(f"everyone has {float(best.fraction):.3f} of its share")
            wanted = [_least_value(share, goal) for share in self.shares]
            better, finished = self._reaching(wanted, above=goal == best.fraction)
            if better is not None and (reached := self.fraction(better)) > best.fraction:
                best = _Found(better, reached, finished=False)
            elif better is not None or not finished:
                break
            else:
                self.limit = goal
            goal = _between(best.fraction, self.limit)
        return _Found(best.pick, best.fraction, best.fraction == self.limit)

    def _reaching(self, wanted: Sequence[Fraction | None], *, above: bool) -> tuple[Pick | None, bool]:
        """A pick that gives everyone what is wanted, or more than that, and whether the search ended."""
        model = DealProgram(self.space)
        for party, goal in enumerate(wanted):
            if goal is None:
                continue
            scale = self.space.scale(party)
            least = floor(goal * scale) + 1 if above and not self._content(party, goal) else ceil(goal * scale)
            terms = [(coefficient * scale, variable) for coefficient, variable in model.value(party)[0]]
            size = max((abs(coefficient) for coefficient, _ in terms), default=1.0)
            model.program.at_least([(c / size, v) for c, v in terms], (least - 0.5) / size)
        answer = model.program.maximise([], self.options.limits)
        return (None if answer.values is None else model.pick(answer)), answer.finished

    def _content(self, party: int, goal: Fraction) -> bool:
        return goal >= self.shares[party]


def _between(low: Fraction, high: Fraction) -> Fraction:
    """A short fraction half way; `low` itself where they are near each other, to be shown best."""
    if high - low < Fraction(1, 64):
        return low
    return ((low + high) / 2).limit_denominator(1000)


def _least_value(share: Fraction, fraction: Fraction) -> Fraction | None:
    """The least value with this fraction of the share; None: any value will do."""
    if share >= 0:
        return share * fraction
    return share / fraction if fraction else None


def _repaired(space: Space, shares: Sequence[Fraction]) -> Pick:
    """Things to whoever values them most for its share; then moves and swaps while less is missing."""
    worth, goal, may = _table(space, shares)
    items = np.arange(worth.shape[1])
    owner = np.where(may, worth, worth.min() - 1).argmax(axis=0)
    while True:
        held = worth[owner, items]
        values = np.bincount(owner, held, len(goal)).astype(np.int64)
        now = np.minimum(values - goal, 0)
        if not now.any():
            break
        gain = np.minimum(values[:, None] + worth - goal[:, None], 0) - now[:, None]
        loss = np.minimum(values[owner] - held - goal[owner], 0) - now[owner]
        moves = np.where(may & (owner != np.arange(len(goal))[:, None]), gain + loss, -1)
        after = np.minimum((values[owner] - held)[:, None] + worth[owner] - goal[owner][:, None], 0)
        change = after - now[owner][:, None]
        able = may[owner]
        swaps = np.where(able & able.T & (owner[:, None] != owner), change + change.T, -1)
        if max(moves.max(), swaps.max()) <= 0:
            break
        if moves.max() >= swaps.max():
            party, item = np.unravel_index(int(moves.argmax()), moves.shape)
            owner[item] = party
        else:
            one, other = np.unravel_index(int(swaps.argmax()), swaps.shape)
            owner[one], owner[other] = owner[other], owner[one]
    names = [space.settlements[number] for number in range(len(items))]
    return tuple(names[number].index(space.parties[party]) for number, party in enumerate(owner.tolist()))


def _table(space: Space, shares: Sequence[Fraction]) -> tuple[Integers, Integers, NDArray[np.bool_]]:
    """What each thing is worth to each party in parts of its share, rounded; the share; who may have what."""
    points = [[space.case.preferences[party].points[issue.id] for issue in space.issues] for party in space.parties]
    sizes = [
        abs(share) or max(map(abs, row), default=Fraction(0)) or Fraction(1)
        for row, share in zip(points, shares, strict=True)
    ]
    rows = [
        [max(-(_WHOLE**2), min(_WHOLE**2, round(p * _WHOLE / size))) for p in row]
        for row, size in zip(points, sizes, strict=True)
    ]
    goal = [round(share * _WHOLE / size) for share, size in zip(shares, sizes, strict=True)]
    may = [[party in names for names in space.settlements] for party in space.parties]
    return np.array(rows, dtype=np.int64), np.array(goal, dtype=np.int64), np.array(may)
