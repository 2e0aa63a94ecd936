"""What stands in the way where no deal is as good as no deal for everybody, and the smallest changes that open a way.

A relief drops rules, lowers what one party says walking away is worth to it (or, the same arithmetic, makes the deal
worth that much more to it), or both. None can be made smaller: with fewer rules dropped, or less lowered, the zone
stays empty. Each comes with a deal that is then in the zone. For the mediator alone: every party's numbers are used.

Whose relief a party would have to find hardest is not in the case. So the order is: fewer changes first, then the
smaller lowering as a part of that party's own points, then the case's order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

import numpy as np

from evenhand.bargain.frontier import Frontier, frontier_of
from evenhand.bargain.package import deal_at, menu_of, package_of
from evenhand.bargain.solutions import BARGAINING_SOLUTIONS, Gains, Menu, Place
from evenhand.case import Case
from evenhand.deals import Deal, Space, clashing_rules, deal_values, total_points
from evenhand.solve import Limits

LARGEST = 3
"""How many rules a relief may drop at the most."""
LOWERED_WITH = 1
"""How many rules a relief may drop that lowers a no-deal value as well."""
MOST_SETS = 300
"""How many sets of rules are tried."""


@dataclass(frozen=True)
class Relief:
    """Drop `rules`, and lower the no-deal values by `lowered`: then `deal`, worth `values`, is in the zone.

    `lowered[p]` is exact and the least that will do, unless `least` is False: then less might.
    """

    rules: tuple[str, ...]
    lowered: Mapping[str, Fraction]
    deal: Deal
    values: Mapping[str, Fraction]
    least: bool = True

    def asks(self, case: Case) -> tuple[str | None, ...]:
        """Whom it asks for something, in the case's order; None stands for rules that belong to nobody."""
        owners = {case.rule(rule).party for rule in self.rules} | set(self.lowered)
        return (*(p.id for p in case.principals if p.id in owners), *((None,) if None in owners else ()))


@dataclass(frozen=True)
class Conflict:
    """Why the zone is empty: a smallest set of rules that `clash`, if no deal keeps them; and the reliefs, in order.

    `added` is what somebody outside would have to add to one deal, in points as written and the least in all, and to
    whom; None where no deal keeps the rules. `tried` sets of rules were tried; `finished`: all of up to LARGEST rules,
    each in full.
    """

    clash: tuple[str, ...]
    reliefs: tuple[Relief, ...]
    added: Relief | None
    tried: int
    finished: bool


def _silent(_: str) -> None:
    return None


def reliefs_of(case: Case, limits: Limits | None = None, progress: Callable[[str], None] = _silent) -> Conflict:
    """What stands in the way of a case whose zone of agreement is empty. Stops early, and says so, at the limits."""
    search = _Search(case, limits or Limits(), progress)
    search.run()
    ordered = sorted(search.found, key=lambda relief: _order(case, relief))
    return Conflict(clashing_rules(case), tuple(ordered), search.added, search.tried, search.finished)


def _order(case: Case, relief: Relief) -> tuple[object, ...]:
    ids = [rule.id for rule in case.rules]
    parts = [loss / (total_points(case, party) or 1) for party, loss in relief.lowered.items()]
    who = [party.id for party in case.principals]
    return (
        len(relief.rules) + len(relief.lowered),
        sum(parts, Fraction(0)),
        [who.index(party) for party in relief.lowered],
        [ids.index(rule) for rule in relief.rules],
    )


class _Search:
    """Sets of rules by size; for no rule and for one, also what lowering a no-deal value would do."""

    def __init__(self, case: Case, limits: Limits, progress: Callable[[str], None]) -> None:
        self.case, self.limits, self.progress = case, limits, progress
        self.parties = tuple(party.id for party in case.principals)
        self.found: list[Relief] = []
        self.added: Relief | None = None
        self.tried, self.finished = 0, True
        self._least: dict[tuple[str, ...], dict[str, Fraction]] = {}

    def run(self) -> None:
        rules = [rule.id for rule in self.case.rules]
        for size in range(min(LARGEST, len(rules)) + 1):
            for dropped in combinations(rules, size):
                if any(not relief.lowered and set(relief.rules) <= set(dropped) for relief in self.found):
                    continue
                if self.tried >= MOST_SETS or (self.tried and self.limits.spent()):
                    self.finished = False
                    return
                self.tried += 1
                self.progress(f"trying without {', '.join(dropped) or 'any change to the rules'}")
                self._try(dropped)

    def _try(self, dropped: tuple[str, ...]) -> None:
        """See what the case comes to without some rules."""
        freer = self.case.model_copy(update={"rules": tuple(r for r in self.case.rules if r.id not in dropped)})
        zone = frontier_of(freer, limits=self.limits)
        self.finished = self.finished and zone.complete
        if len(menu_of(zone)):
            opened = package_of(zone, BARGAINING_SOLUTIONS["nash"], (1,) * len(self.parties))
            self.found.append(Relief(dropped, {}, opened.deal, opened.values))
        elif len(dropped) <= LOWERED_WITH:
            frontier = frontier_of(_loosened(freer), limits=self.limits)
            self._lower(dropped, replace(frontier, no_deal=zone.no_deal))

    def _lower(self, dropped: tuple[str, ...], frontier: Frontier) -> None:
        """What each party alone would have to lower, where that is less than with any fewer rules dropped."""
        self.finished = self.finished and frontier.complete
        menu = menu_of(frontier)
        least = self._least[dropped] = dict[str, Fraction]()
        for number, party in enumerate(self.parties):
            place = _best_for(menu, number)
            if place is None:
                continue
            relief = self._lowered(frontier, place, dropped, (party,))
            least[party] = relief.lowered[party]
            fewer = [found for rules, found in self._least.items() if set(rules) < set(dropped)]
            if all(found.get(party, least[party] + 1) > least[party] for found in fewer):
                self.found.append(relief)
        if not dropped and len(menu):
            self.added = self._lowered(frontier, _smallest_addition(menu), (), self.parties)

    def _lowered(self, frontier: Frontier, place: Place, dropped: tuple[str, ...], who: Sequence[str]) -> Relief:
        """The relief that puts one deal into the zone, by what is short to the parties named."""
        deal = deal_at(frontier, place)
        values = deal_values(self.case, deal)
        short = {party: self.case.preferences[party].no_deal - values[party] for party in who}
        lowered = {party: points for party, points in short.items() if points > 0}
        return Relief(dropped, lowered, deal, values, frontier.complete)


def _loosened(case: Case) -> Case:
    """The case with no-deal values so low that no least lowering, and no least addition, is missed.

    A deal that keeps the rules costs all together no more than what they are short of in the worst one, payments
    included; so nobody has to lower by more. Lower bounds keep payments, and frontiers, within limits.
    """
    space = Space.of(case)
    floors = [case.preferences[party].no_deal for party in space.parties]
    lows = [space.extremes(party)[0] for party in range(len(floors))]
    short = sum((max(floor - low, Fraction(0)) for floor, low in zip(floors, lows, strict=True)), Fraction(0))
    short += abs(case.money.to_pay) if case.money else 0
    wants = {
        party: case.preferences[party].model_copy(update={"no_deal": floor - short})
        for party, floor in zip(space.parties, floors, strict=True)
    }
    return case.model_copy(update={"preferences": {**case.preferences, **wants}})


def _best_for(menu: Menu, party: int) -> Place | None:
    """Where one party gains most (or loses least) among packages at which no other loses."""
    others = [number for number in range(len(menu.units)) if number != party]
    rows = np.flatnonzero((menu.rows[:, others] >= 0).all(axis=1)).tolist()
    found = [Place(row=max(rows, key=lambda row: (menu.rows[row, party], -row)))] if rows else []
    found += [place for place in _corners(menu) if all(_gains(menu, place)[other] >= 0 for other in others)]
    return max(found, key=lambda place: _gains(menu, place)[party], default=None)


def _smallest_addition(menu: Menu) -> Place:
    """Where the points that parties are short of add up to least."""
    rough = np.maximum(-menu.points, 0).sum(axis=1)
    near = np.flatnonzero(rough <= rough.min(initial=np.inf) * (1 + 1e-9) + 1e-9).tolist()
    places = [*(Place(row=row) for row in near), *_corners(menu)]
    return min(places, key=lambda place: sum(max(-gain, Fraction(0)) for gain in _gains(menu, place)))


def _corners(menu: Menu) -> list[Place]:
    """The ends of stretches, and where on them somebody's gain is 0: nowhere else is anything least."""
    places = []
    for number, stretch in enumerate(menu.stretches):
        pairs = zip(stretch.one, stretch.other, strict=True)
        crossings = [a / (a - b) for a, b in pairs if a != b]
        parts = dict.fromkeys((Fraction(0), Fraction(1), *crossings))
        places += [Place(stretch=number, part=part) for part in parts if stretch.has(part)]
    return places


def _gains(menu: Menu, place: Place) -> Gains:
    return menu.gains(place.row) if place.stretch < 0 else menu.on_stretch(place.stretch, place.part)
