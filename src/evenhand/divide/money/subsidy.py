"""The smallest envy-free subsidy: how much money from outside is needed so that nobody envies, and nobody pays.

What is handed out is whole. A way to hand it out can be made free of envy by money only if no exchange of whole
parts would raise the sum of their worths; each party then needs the length of the longest way from it through
the others' envy, and no less. Where everyone gets one thing, this gives the smallest subsidy of all. Else every
way to hand out is looked at while they are few; where they are many, each thing goes to whoever gives it most
points, which can always be made free of envy, and what is proved is only that this handing out needs no less.

Source: D. Halpern and N. Shah, "Fair division with subsidy", SAGT 2019; J. Brustle, J. Dippel, V. V. Narayan,
M. Suzuki and A. Vetta, "One dollar each eliminates envy", EC 2020.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

from evenhand.case import Case
from evenhand.deals import Deal, Method, Outcome, Step
from evenhand.divide.money.paying import (
    money_of,
    why_no_money,
    why_not_equal,
    why_not_one_each,
    why_not_whole,
    within_budgets,
)
from evenhand.divide.money.places import Places
from evenhand.divide.procedure import Options, Procedure, not_plain
from evenhand.solve import longest_ways

TITLE = "Smallest envy-free subsidy"
LISTED = 20_000
"""Ways to hand out that are all looked at; where there are more, the one with the largest sum is taken."""
_Worth = Sequence[Sequence[int]]


def why_not(case: Case) -> str | None:
    """The reason the subsidy is not defined for a case, or None."""
    reason = why_no_money(case, TITLE) or why_not_whole(case, TITLE) or not_plain(case, TITLE)
    reason = reason or why_not_equal(case, TITLE)
    if reason is None and money_of(case).one_each:
        reason = why_not_one_each(case, TITLE)
    return reason


def run(case: Case, options: Options) -> Outcome:
    """Hand out, and say what each party is paid from outside. Exact; no random choice. Raises NoDeal."""
    settled, lifts, proof, gap = _one_each(case) if money_of(case).one_each else _bundles(case)
    parties = [party.id for party in case.principals]
    even = money_of(case).to_pay / len(parties)
    paid = {party: even - lift for party, lift in zip(parties, lifts, strict=True)}
    within_budgets(case, paid, TITLE)
    total = sum(lifts, Fraction(0))
    told = {party: str(lift) for party, lift in zip(parties, lifts, strict=True)}
    trace = (Step("subsidies", {"each": told, "total": str(total)}),)
    method = Method("envy-free-subsidy", "longest ways of envy", proof, gap, exact=gap == 0)
    return Outcome(Deal.of(case, settled, paid, subsidy=total), trace, method)


_Found = tuple[dict[str, str], list[Fraction], str, float]
"""Who gets what, each party's subsidy, what is proved, and by how much the total may be too large."""


def _one_each(case: Case) -> _Found:
    places = Places.best(case)
    lifts = _lifts([[row[place] for place in places.held] for row in places.worth])
    assert lifts is not None  # no exchange raises a sum that is the largest
    proof = "However the things are held, one each, no smaller subsidy ends envy; computed in exact fractions."
    return places.settled(case), [places.points(lift) for lift in lifts], proof, 0.0


def _bundles(case: Case) -> _Found:
    points = [[case.preferences[p.id].points[issue.id] for p in case.principals] for issue in case.issues]
    scale = lcm(*(number.denominator for row in points for number in row))
    worth = [[int(number * scale) for number in row] for row in points]
    few = len(case.principals) ** len(worth) <= LISTED
    owners, lifts = _least(worth) if few else _to_the_highest(worth)
    total = sum(lifts)
    if few:
        proof, gap = "Every way to hand out was looked at; none needs a smaller subsidy.", 0.0
    elif total == 0:
        proof, gap = "None is needed.", 0.0
    else:
        gap = float(Fraction(total, scale))
        proof = (
            "Everything goes to whoever gives it most points; so handed out, it needs no less. Another way to hand "
            "out may need less, but there are too many to look at them all."
        )
    settled = {issue.id: case.principals[p].id for issue, p in zip(case.issues, owners, strict=True)}
    return settled, [Fraction(lift, scale) for lift in lifts], proof, gap


def _to_the_highest(worth: _Worth) -> tuple[list[int], list[int]]:
    """Each thing to the first who values it most, and the subsidies that needs."""
    owners = [row.index(max(row)) for row in worth]
    parts = [[0] * len(worth[0]) for _ in worth[0]]
    for row, owner in zip(worth, owners, strict=True):
        for party, points in enumerate(row):
            parts[party][owner] += points
    lifts = _lifts(parts)
    assert lifts is not None  # no exchange of parts raises a sum that is the largest
    return owners, lifts


def _least(worth: _Worth) -> tuple[list[int], list[int]]:
    """The smallest total; of equal ones the largest sum of worths, then the first in order."""
    best: tuple[tuple[int, int], list[int], list[int]] | None = None
    for owners, parts in _ways(worth):
        lifts = _lifts(parts)
        if lifts is not None:
            rank = (sum(lifts), -sum(parts[party][party] for party in range(len(parts))))
            if best is None or rank < best[0]:
                best = rank, list(owners), lifts
    assert best is not None  # the way with the largest sum is one
    return best[1], best[2]


def _ways(worth: _Worth) -> Iterator[tuple[list[int], list[list[int]]]]:
    """Every way to hand out, in order: the owner of each thing, and `parts[i][k]`: what k's part is worth to i."""
    size = len(worth[0])
    owners: list[int] = []
    parts = [[0] * size for _ in range(size)]

    def place(number: int) -> Iterator[tuple[list[int], list[list[int]]]]:
        if number == len(worth):
            yield owners, parts
            return
        for owner in range(size):
            owners.append(owner)
            for party, points in enumerate(worth[number]):
                parts[party][owner] += points
            yield from place(number + 1)
            owners.pop()
            for party, points in enumerate(worth[number]):
                parts[party][owner] -= points

    return place(0)


def _lifts(parts: Sequence[Sequence[int]]) -> list[int] | None:
    """The least each party must be paid so that nobody envies; None where no payments do."""
    far = longest_ways([[worth - row[party] for worth in row] for party, row in enumerate(parts)])
    return None if far is None else [max(row) for row in far]


PROCEDURE = Procedure(
    id="envy-free-subsidy",
    title=TITLE,
    promise="Nobody would rather have another's part with its payment, nobody pays another anything, and the money "
    "that somebody outside adds is as little as can be proved.",
    use="A fund, a parent or a state is ready to add some money so that nobody envies.",
    avoid="Nobody outside pays; points are no money; so many things that only one way to hand out is looked at.",
    source="Halpern and Shah (2019); Brustle, Dippel, Narayan, Suzuki and Vetta (2020)",
    ties="Of ways to hand out with the same subsidy, the one with the largest sum of points, then the first in the "
    "order of the case.",
    why_not=why_not,
    run=run,
    pays=True,
    one_each=True,
)
