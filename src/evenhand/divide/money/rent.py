"""Rent division: everyone gets a room and a rent at which nobody would rather have another's; the worst-off best.

The rooms are held so that their worth together is largest: only then can rents leave no envy. Without envy,
each must stand at least so far above each other; so the rents are fixed once the worst-off's gain t is, and
each party's gain is max(t + lift, floor), the floor coming from the budgets. The largest t that the rent leaves
is found in exact fractions, and no other rents give it.

Source: Y. Gal, M. Mash, A. D. Procaccia and Y. Zick, "Which is the fairest (rent division) of them all?",
Journal of the ACM 64 (2017); budgets as in A. D. Procaccia, R. A. Velez and D. Yu, "Fair rent division on a
budget", AAAI 2018.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evenhand.case import Case, Party
from evenhand.deals import Deal, Method, NoDeal, Outcome, Step
from evenhand.divide.money.paying import (
    money_of,
    why_no_money,
    why_not_equal,
    why_not_one_each,
    why_not_whole,
    with_unit,
)
from evenhand.divide.money.places import Places
from evenhand.divide.procedure import Options, Procedure, not_plain

TITLE = "Rent division"
_WORK = 3_000_000
"""Cells looked at, among equal ways to hold the rooms, before the search for one within the budgets ends."""


def why_not(case: Case) -> str | None:
    """The reason rent division is not defined for a case, or None."""
    return (
        why_no_money(case, TITLE)
        or why_not_whole(case, TITLE)
        or not_plain(case, TITLE)
        or why_not_one_each(case, TITLE)
        or why_not_equal(case, TITLE)
    )


@dataclass(frozen=True)
class _Rents:
    """Rooms, and what each party is left with once the rent is paid."""

    places: Places
    left: list[Fraction]


def run(case: Case, options: Options) -> Outcome:
    """The rents without envy, within the budgets, that leave the worst-off most. Raises NoDeal."""
    first = Places.best(case)
    lifts = [first.points(lift) for lift in first.lifts]
    free = _worth(first) - money_of(case).to_pay
    top = (free - sum(lifts, Fraction(0))) / len(lifts)
    found, proved = _fairest(case, first, top)
    payments = {p.id: found.places.points(own) - left for p, own, left in _rows(case, found)}
    proof, gap = "No other rents without envy leave the worst-off as much; computed in exact fractions.", 0.0
    if not proved:
        proof = "Best of the ways to hold the rooms that were looked at, in exact fractions; not all were."
        gap = float(top - min(found.left))
    trace = (_held(case, found.places), *_told(case, found))
    method = Method("rent", "assignment and longest ways", proof, gap, exact=gap == 0)
    return Outcome(Deal.of(case, found.places.settled(case), payments), trace, method)


def _rows(case: Case, found: _Rents) -> list[tuple[Party, int, Fraction]]:
    return list(zip(case.principals, found.places.own, found.left, strict=True))


def _worth(places: Places) -> Fraction:
    return places.points(sum(places.own))


def _fairest(case: Case, first: Places, top: Fraction) -> tuple[_Rents, bool]:
    """The best rents among equal ways to hold the rooms, and whether no others can be better."""
    best: _Rents | None = None
    most: list[Fraction] = []
    left = max(1, _WORK // len(first.held) ** 3)
    for places in first.equals():
        if left == 0:
            break
        left -= 1
        found = _of(case, places)
        if isinstance(found, Fraction):
            most.append(found)
        elif best is None or min(found.left) > min(best.left):
            best = found
            if min(found.left) == top:
                return found, True
    else:
        left = 1
    if best is None:
        raise NoDeal(_why_too_dear(case, max(most), all_seen=left > 0))
    return best, left > 0


def _of(case: Case, places: Places) -> _Rents | Fraction:
    """The best rents for rooms held in this way; where the budgets allow none, the most they could pay together."""
    lifts, floors = [places.points(lift) for lift in places.lifts], _floors(case, places)
    if floors is not None and _worth(places) - sum(floors, Fraction(0)) < money_of(case).to_pay:
        return _worth(places) - sum(floors, Fraction(0))
    return _Rents(places, rents_left(lifts, floors, _worth(places) - money_of(case).to_pay))


def _floors(case: Case, places: Places) -> list[Fraction] | None:
    """What each party must at least be left with, so that all budgets are kept and nobody envies; None: no budgets."""
    budgets = [case.preferences[party.id].budget for party in case.principals]
    own = [
        (other, places.points(worth) - budget)
        for other, (worth, budget) in enumerate(zip(places.own, budgets, strict=True))
        if budget is not None
    ]
    if not own:
        return None
    lead = places.must_lead
    return [max(floor + places.points(lead[party][other]) for other, floor in own) for party in range(len(budgets))]


def rents_left(lifts: Sequence[Fraction], floors: Sequence[Fraction] | None, total: Fraction) -> list[Fraction]:
    """max(t + lift, floor) for each party, with the t at which they sum to `total`; the floors sum to no more."""
    if floors is None:
        level = (total - sum(lifts, Fraction(0))) / len(lifts)
        return [level + lift for lift in lifts]
    order = sorted(range(len(lifts)), key=lambda party: floors[party] - lifts[party])
    for count in range(len(order), 0, -1):
        above, at_floor = order[:count], order[count:]
        spread = total - sum((floors[p] for p in at_floor), Fraction(0)) - sum((lifts[p] for p in above), Fraction(0))
        level = spread / count
        if level >= floors[above[-1]] - lifts[above[-1]]:
            break
    return [max(level + lift, floor) for lift, floor in zip(lifts, floors, strict=True)]


def _why_too_dear(case: Case, most: Fraction, *, all_seen: bool) -> str:
    due, budgets = money_of(case).to_pay, [case.preferences[party.id].budget for party in case.principals]
    known = [budget for budget in budgets if budget is not None]
    if len(known) == len(budgets) and sum(known, Fraction(0)) < due:
        have = with_unit(case, sum(known, Fraction(0)))
        return f"The budgets sum to {have}, less than the {with_unit(case, due)} to pay."
    if not all_seen:
        return "No rents without envy within the budgets were found; not every way to hold the rooms was looked at."
    return (
        f"Within these budgets and without envy, the parties can pay {with_unit(case, most)} together at most; "
        f"{with_unit(case, due)} is to be paid, {with_unit(case, due - most)} more."
    )


def _held(case: Case, places: Places) -> Step:
    return Step("places", {"sum": str(_worth(places)), "held": {p: i for i, p in places.settled(case).items()}})


def _told(case: Case, found: _Rents) -> list[Step]:
    """For each party what its room is worth to it, what it pays, and what is left."""
    return [
        Step(
            "rent",
            {
                "party": party.id,
                "worth": str(found.places.points(own)),
                "pays": str(found.places.points(own) - left),
                "left": str(left),
            },
        )
        for party, own, left in _rows(case, found)
    ]


PROCEDURE = Procedure(
    id="rent",
    title=TITLE,
    promise="Everyone gets one room, and nobody would rather have another's room at its rent; of all such rents, those "
    "that leave the worst-off most.",
    use="Flatmates and a rent; offices, shifts, stalls or berths, one for each, with a sum to pay or to receive.",
    avoid="People who want several things; points that are not amounts of money.",
    source="Gal, Mash, Procaccia and Zick (2017); budgets Procaccia, Velez and Yu (2018)",
    ties="Of equal ways to hold the rooms, the first in the order of the case (that gives the best rents within the "
    "budgets); the rents are then the only ones.",
    why_not=why_not,
    run=run,
    pays=True,
    one_each=True,
)
