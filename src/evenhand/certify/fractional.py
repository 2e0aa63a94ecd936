"""Is anything better for somebody and worse for nobody, if every asset could be shared?

Two answers prove themselves: weights with which every thing lies where it counts most, or a circle of
exchanges that helps everyone in it. Ratios of points are compared as whole numbers; the circle or the
shortest products are looked for in floats and then checked exactly, so that rounding decides nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from evenhand.case import Asset, Chosen
from evenhand.certify.certificate import Certificate, texts, undefined
from evenhand.certify.examined import Examined
from evenhand.certify.property import Property
from evenhand.certify.recheck import fractional as recheck

Arc = tuple[int, int]
"""(i, j): giving to j what i holds (or taking on a burden of j) loses i the least per point that j gains."""
_DUST = 1e-9


def _fractionally_pareto_optimal(examined: Examined) -> Certificate:
    """Weights that the deal maximises issue by issue, or a circle of exchanges that helps everyone in it."""
    name = "fractionally-pareto-optimal"
    if (why := why_no_shares(examined)) is not None:
        return undefined(name, why)
    exchanges = _Exchanges(examined)
    if exchanges.wasted:
        return Certificate(name, "fails", {"wasted": exchanges.wasted})
    found = exchanges.weights_or_circle()
    if isinstance(found, list):
        return Certificate(name, "fails", {"circle": [exchanges.facts(arc) for arc in found]})
    return Certificate(name, "holds", {"weights": texts(dict(zip(examined.parties, found, strict=True)))})


def supporting_weights(examined: Examined) -> tuple[Fraction, ...] | None:
    """Weights above 0 with which every thing lies where it counts most; None: there are none, or no shares."""
    if why_no_shares(examined) is not None:
        return None
    exchanges = _Exchanges(examined)
    if exchanges.wasted:
        return None
    found = exchanges.weights_or_circle()
    return None if isinstance(found, list) else found


def why_no_shares(examined: Examined) -> str | None:
    """Why sharing everything has no meaning for this case, or None."""
    case = examined.case
    if case.money is not None and case.money.one_each:
        return "Everyone gets exactly one thing; a share of one has no meaning."
    choice = next((issue.label for issue in case.issues if isinstance(issue, Chosen)), None)
    if choice:
        return f"“{choice}” is a choice; a fraction of an option has no meaning."
    if any(isinstance(issue, Asset) and issue.joint for issue in case.issues):
        return "Some asset may be held jointly, which is not a share."
    _, clauses = examined.allowed
    if clauses:
        return f"Rule {clauses[0].rule} ties issues or limits shares."
    if any(case.preferences[party.id].together for party in case.principals):
        return "Some points come together, so the worth of a fraction is not said."
    return None


class _Exchanges:
    """What each party would lose per point that another gains, by the thing that costs it least.

    A good held by i forces w_i v_i ≥ w_j v_j, so w_j ≤ r w_i with r = v_i / v_j. A burden held by j forces
    w_j v_j ≥ w_i v_i with both below zero, so again w_j ≤ w_i · v_i / v_j. `best[i, j]` is the smallest r
    as (numerator, denominator, thing); points are in each party's own whole units, which changes every
    circle's product by nothing.
    """

    def __init__(self, examined: Examined) -> None:
        self.parties = examined.parties
        self.looks = [examined.look(party) for party in self.parties]
        self.burdens = {issue.id for issue in examined.case.issues if getattr(issue, "burden", False)}
        count = len(self.parties)
        self._rows: list[list[tuple[int, int, str] | None]] = [[None] * count for _ in range(count)]
        self.wasted: dict[str, str] | None = None
        settlements, _ = examined.allowed
        number = {party: index for index, party in enumerate(self.parties)}
        everybody = list(range(count))
        for issue, names in zip(examined.case.issues, settlements, strict=True):
            may_hold = everybody if len(names) == count else [number[name] for name in names]
            points = [look.of_whole[issue.id] for look in self.looks]
            for holder in examined.deal.shares(issue.id):
                self._compare(issue.id, number[holder], points, may_hold)
        self.best = {
            (i, j): found for i, row in enumerate(self._rows) for j, found in enumerate(row) if found and i != j
        }

    def _compare(self, issue: str, holder: int, points: Sequence[int], may_hold: Sequence[int]) -> None:
        mine = points[holder]
        for other in may_hold:
            theirs = points[other]
            if mine > 0 and theirs > 0:
                self._note(holder, other, (mine, theirs, issue))
            elif mine < 0 and theirs < 0:
                self._note(other, holder, (-theirs, -mine, issue))
            elif mine <= 0 <= theirs and mine < theirs and self.wasted is None:
                self.wasted = self._waste(issue, holder, other, mine, theirs)

    def _note(self, one: int, other: int, found: tuple[int, int, str]) -> None:
        known = self._rows[one][other]
        if known is None or found[0] * known[1] < known[0] * found[1]:
            self._rows[one][other] = found

    def _waste(self, issue: str, holder: int, other: int, mine: int, theirs: int) -> dict[str, str]:
        """Something held by a party to whom it is worth nothing (or costs) and not by one who would gain."""
        names = {"from": self.parties[holder], "to": self.parties[other]}
        loses, gains = self.looks[holder].points(mine), self.looks[other].points(theirs)
        return {"issue": issue, **names, "loses": loses, "gains": gains}

    def facts(self, arc: Arc) -> dict[str, str]:
        """One exchange: a good passes from giver to taker, or a burden from taker to giver."""
        above, below, issue = self.best[arc]
        giver, taker = (self.parties[index] for index in (arc[::-1] if issue in self.burdens else arc))
        ratio = Fraction(above * self.looks[arc[1]].scale, below * self.looks[arc[0]].scale)
        return {"issue": issue, "from": giver, "to": taker, "loses_per_point_gained": str(ratio)}

    def weights_or_circle(self) -> tuple[Fraction, ...] | list[Arc]:
        """Weights on points that satisfy every arc, or a circle of arcs whose ratios multiply to less than 1."""
        before = self._before_in_floats()
        circle = _circle_in(before)
        if circle is not None and self._product(circle) < 1:
            return circle
        bound = self._bound_along(before) if circle is None else None
        if bound is None or not self._satisfied(bound):
            found = self._exactly()
            if isinstance(found, list):
                return found
            bound = found
        return tuple(weight * look.scale for weight, look in zip(bound, self.looks, strict=True))

    def _before_in_floats(self) -> list[int | None]:
        """Who comes before whom on the smallest products from a common start, by Bellman and Ford."""
        logs = np.full((len(self.parties),) * 2, np.inf)
        for (i, j), (above, below, _) in self.best.items():
            logs[i, j] = math.log(above) - math.log(below)
        return _smallest_products(logs)

    def _product(self, circle: list[Arc]) -> Fraction:
        ratios = [self.best[arc] for arc in circle]
        return Fraction(math.prod(row[0] for row in ratios), math.prod(row[1] for row in ratios))

    def _bound_along(self, before: list[int | None]) -> tuple[Fraction, ...]:
        """The products along the way to each party, exactly."""
        bound: list[Fraction | None] = [Fraction(1) if giver is None else None for giver in before]
        for start in range(len(before)):
            way = [start]
            while bound[way[-1]] is None:
                giver = before[way[-1]]
                assert giver is not None
                way.append(giver)
            for giver, taker in zip(way[:0:-1], way[-2::-1], strict=True):
                above, below, _ = self.best[giver, taker]
                known = bound[giver]
                assert known is not None
                bound[taker] = known * Fraction(above, below)
        return tuple(value for value in bound if value is not None)

    def _satisfied(self, bound: Sequence[Fraction]) -> bool:
        whole = [(value.numerator, value.denominator) for value in bound]
        return all(
            whole[j][0] * whole[i][1] * below <= whole[i][0] * whole[j][1] * above
            for (i, j), (above, below, _) in self.best.items()
        )

    def _exactly(self) -> tuple[Fraction, ...] | list[Arc]:
        """Bellman–Ford in fractions, where floats could not tell."""
        bound = [Fraction(1)] * len(self.parties)
        before: list[int | None] = [None] * len(self.parties)
        for _ in self.parties:
            changed = False
            for (i, j), (above, below, _) in self.best.items():
                if bound[i] * above < bound[j] * below:
                    bound[j], before[j], changed = bound[i] * Fraction(above, below), i, True
            circle = _circle_in(before)
            if circle is not None:
                return circle
            if not changed:
                break
        return tuple(bound)


def _smallest_products(logs: NDArray[np.float64]) -> list[int | None]:
    """For each node the one before it on a shortest way from a common start; ends early at a circle below 0."""
    count = len(logs)
    length, before = np.zeros(count), np.full(count, -1)
    for _ in range(count):
        through = length[:, None] + logs
        shorter = through.min(axis=0)
        better = shorter < length - _DUST
        if not better.any():
            break
        before[better] = through.argmin(axis=0)[better]
        length[better] = shorter[better]
    return [None if node < 0 else int(node) for node in before]


def _circle_in(before: Sequence[int | None]) -> list[Arc] | None:
    """A circle among the links to the node before, if there is one."""
    seen: dict[int, int] = {}
    for start in range(len(before)):
        node: int | None = start
        while node is not None and node not in seen:
            seen[node] = start
            node = before[node]
        if node is not None and seen[node] == start:
            return _circle_through(before, node)
    return None


def _circle_through(before: Sequence[int | None], start: int) -> list[Arc]:
    circle: list[Arc] = []
    node = start
    while True:
        giver = before[node]
        assert giver is not None
        circle.append((giver, node))
        node = giver
        if node == start:
            return circle[::-1]


FRACTIONALLY_PARETO_OPTIMAL = Property(
    id="fractionally-pareto-optimal",
    title="Nothing better even by sharing",
    meaning="Even if every asset could be shared, nothing would be better for somebody and worse for nobody.",
    definition="Weights w > 0 exist such that every issue is held only by parties with the largest w_i v_i; "
    "otherwise a circle of small exchanges helps everyone in it.",
    source="Varian (1976); Sandomirskiy and Segal-Halevi, Operations Research 70 (2022)",
    by_hand="Weights (holds): multiply every party's points; each thing must lie where that is largest. Or a circle "
    "of exchanges whose ratios multiply to less than 1, or a thing wasted (fails).",
    cost="O(n m h + n³), h the largest number of holders of a thing",
    recheck_cost="O(n m)",
    check=_fractionally_pareto_optimal,
    recheck=recheck.fractionally_pareto_optimal,
)
