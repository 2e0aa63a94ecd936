"""Where everyone gets exactly one thing: exchanges in a circle, and what the places are worth together."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

from evenhand.case import Asset, Case
from evenhand.certify.certificate import Certificate, texts
from evenhand.deals import Deal, deal_json, deal_values
from evenhand.solve import largest_assignment, longest_ways


def is_one_each(case: Case, deal: Deal) -> bool:
    """Whether the case gives everyone exactly one thing, and so does the deal."""
    if case.money is None or not case.money.one_each or not all(isinstance(issue, Asset) for issue in case.issues):
        return False
    holders = [deal[issue.id] for issue in case.issues]
    return sorted(map(str, holders)) == sorted(party.id for party in case.principals)


class OneEach:
    """Who has which thing, and what each thing is worth to each: `worth[i][j]`, in units of 1/`scale`."""

    def __init__(self, case: Case, deal: Deal) -> None:
        self.case, self.deal = case, deal
        self.parties = [party.id for party in case.principals]
        points = [[case.preferences[party].points[issue.id] for issue in case.issues] for party in self.parties]
        self.scale = lcm(*(number.denominator for row in points for number in row))
        self.worth = [[int(number * self.scale) for number in row] for row in points]
        owners = [self.parties.index(str(deal[issue.id])) for issue in case.issues]
        self.place = [owners.index(party) for party in range(len(self.parties))]
        own = [row[place] for row, place in zip(self.worth, self.place, strict=True)]
        self.own = own
        self.more = [[row[place] - own[k] for k, place in enumerate(self.place)] for row in self.worth]
        self.likes = [[row[place] - mine for place in self.place] for row, mine in zip(self.worth, own, strict=True)]

    def held(self, places: list[int]) -> Deal:
        """The deal in which party i has thing `places[i]`."""
        settled = {self.case.issues[place].id: party for party, place in zip(self.parties, places, strict=True)}
        return Deal.of(self.case, settled)

    def points(self, number: int) -> Fraction:
        """A whole number in the points of the case."""
        return Fraction(number, self.scale)


def pareto_optimal_one_each(case: Case, deal: Deal) -> Certificate:
    """No circle in which each takes the next one's thing helps somebody and harms nobody. O(n³)."""
    table = OneEach(case, deal)
    circle = _circle(table)
    if circle is None:
        because = "one thing each, and no circle of exchanges helps anybody without harming another"
        return Certificate("pareto-optimal", "holds", {"because": because})
    places = list(table.place)
    for party, other in circle:
        places[party] = table.place[other]
    better = table.held(places)
    rows = {"points": texts(deal_values(case, better)), "instead_of": texts(deal_values(case, deal.without_money))}
    return Certificate("pareto-optimal", "fails", {"better_deal": deal_json(better), **rows})


def _circle(table: OneEach) -> list[tuple[int, int]] | None:
    """Who takes whose thing: a circle that harms nobody in it and helps somebody."""
    for party, row in enumerate(table.likes):
        for other, gain in enumerate(row):
            way = _way(table, other, party) if gain > 0 else None
            if way is not None:
                return [(party, other), *way]
    return None


def _way(table: OneEach, start: int, end: int) -> list[tuple[int, int]] | None:
    """Exchanges that harm nobody and lead from one party to another."""
    before: dict[int, int | None] = {start: None}
    waiting = [start]
    for party in waiting:
        for other, gain in enumerate(table.likes[party]):
            if gain >= 0 and other not in before:
                before[other] = party
                waiting.append(other)
    if end not in before:
        return None
    way: list[tuple[int, int]] = []
    at = end
    while (last := before[at]) is not None:
        way.insert(0, (last, at))
        at = last
    return way


def largest_one_each(case: Case, deal: Deal) -> tuple[bool, dict[str, Any]]:
    """Whether the things, one each, are worth most together as they are held; with gains and prices that show it.

    Nothing is worth more to anybody than its gain and the thing's price together, and gains and prices add up to
    the sum of the deal: so no other way can have more (L. S. Shapley and M. Shubik, International Journal of Game
    Theory 1, 1971).
    """
    table = OneEach(case, deal)
    total = table.points(sum(table.own))
    far = longest_ways(table.more)
    if far is None:
        better = table.held(largest_assignment(table.worth))
        most = sum(deal_values(case, better).values(), Fraction(0))
        return False, {"better_deal": deal_json(better), "sum": str(most), "instead_of": str(total)}
    gains = [max(row) for row in far]
    prices = {table.place[party]: table.own[party] - gain for party, gain in enumerate(gains)}
    return True, {
        "sum": str(total),
        "gains": {party: str(table.points(gain)) for party, gain in zip(table.parties, gains, strict=True)},
        "prices": {issue.id: str(table.points(prices[number])) for number, issue in enumerate(case.issues)},
    }
