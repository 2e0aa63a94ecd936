"""Is the worst-off as well served as can be, then the next one, and so on, by points for entitlement?

What people would try at the table comes first: one thing given away, two exchanged, a part of something divisible
handed over. Where there are few deals, all are compared. Otherwise weights show what no deal can exceed
(`level_weights`), level by level from the bottom, as far as they reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, combinations
from typing import Any

from evenhand.case import Asset
from evenhand.certify.certificate import Certificate
from evenhand.certify.examined import Examined
from evenhand.certify.level_weights import Levels, proved_levels
from evenhand.certify.one_each import is_one_each
from evenhand.certify.property import Property
from evenhand.certify.recheck import leximin as recheck
from evenhand.deals import Deal, Settlement, Space, broken_rules, deal_json, deal_values, list_picks

LISTED = 2_000
"""Up to this many deals all of them are compared."""
_NAME = "leximin"
_EXCHANGED = 400
"""Above this many things, exchanges of two are not tried."""
_ASSUMED = ("Points are compared as written, and payments are kept as they are.",)

Changes = dict[str, Settlement]


def _leximin(examined: Examined) -> Certificate:
    """A better deal; or weights, or a comparison of all deals, that show there is none; or how far weights reach."""
    space = examined.space
    barred = next((issue.id for issue, names in zip(space.issues, space.settlements, strict=True) if not names), None)
    if barred is not None:
        return Certificate(_NAME, "holds", {"barred": barred}, _ASSUMED)
    levels = Levels.of(examined)
    few = not space.divisible and space.size <= LISTED
    count, better = _listed(levels, examined) if few else (0, _quickly_better(levels, examined))
    if better is not None:
        rows = {"levels": _levels(examined, better, paid=True), "instead_of": _levels(examined, examined.deal)}
        return Certificate(_NAME, "fails", {"better_deal": deal_json(better), **rows}, _ASSUMED)
    proved, bounds = proved_levels(levels)
    witness: dict[str, Any] = {"levels": _levels(examined, examined.deal)}
    if proved == len(space.parties):
        return Certificate(_NAME, "holds", {**witness, "step": levels.step_text, "bounds": bounds}, _ASSUMED)
    if few:
        return Certificate(_NAME, "holds", {**witness, "listed": str(count)}, _ASSUMED)
    why = f"No better deal was found. Of the {len(space.parties)} levels, from the worst-off up, {proved} are proved."
    return Certificate(_NAME, "undecided", {"why": why, **witness, "proved": str(proved)}, _ASSUMED)


def _levels(examined: Examined, deal: Deal, *, paid: bool = False) -> dict[str, str]:
    """Points for entitlement; `paid`: with what is paid in the deal examined."""
    values = deal_values(examined.case, deal)
    payments = examined.deal.payments if paid else {}
    return {
        party.id: str((values[party.id] - payments.get(party.id, 0)) / party.entitlement)
        for party in examined.case.principals
    }


def _listed(levels: Levels, examined: Examined) -> tuple[int, Deal | None]:
    """How many deals there are, and the best one if it is better; of equal ones the first in order."""
    space, one_each = levels.space, is_one_each(examined.case, examined.deal)
    count, best, found = 0, sorted(levels.now), None
    for pick in list_picks(space):
        if one_each and not is_one_each(examined.case, space.deal(pick)):
            continue
        count += 1
        reached = sorted(levels.of_pick(pick))
        if reached > best:
            best, found = reached, pick
    return count, space.deal(found) if found is not None else None


def _quickly_better(levels: Levels, examined: Examined) -> Deal | None:
    """A better deal near this one; only where points add."""
    if not levels.space.additive:
        return None
    now = _whole(levels.space, examined.deal)
    tried = chain(_changed(levels, now), _exchanged(levels, now), _handed_over(levels, examined.deal))
    return next((deal for changes in tried if (deal := _kept(examined, changes)) is not None), None)


def _kept(examined: Examined, changes: Changes) -> Deal | None:
    """The deal with these changes, if it keeps the rules, leaves assets whole, and stays one thing each."""
    case, deal = examined.case, Deal.of(examined.case, {**examined.deal.settlements, **changes})
    shared = any(isinstance(issue, Asset) and deal.is_shared(issue.id) for issue in case.issues)
    uneven = is_one_each(case, examined.deal) and not is_one_each(case, deal)
    return None if shared or uneven or broken_rules(case, deal) else deal


def _whole(space: Space, deal: Deal) -> dict[int, int]:
    """Of whole issues that are settled as no rule bars outright: {issue number: its settlement's number}."""
    return {
        number: names.index(str(deal[issue.id]))
        for number, (issue, names) in enumerate(zip(space.issues, space.settlements, strict=True))
        if number not in space.divisible and isinstance(deal[issue.id], str) and deal[issue.id] in names
    }


def _changed(levels: Levels, now: Mapping[int, int]) -> Iterator[Changes]:
    """One whole issue settled in another way."""
    for number, at in now.items():
        rows = levels.worth[number]
        for other, row in enumerate(rows):
            if other != at and levels.improved_by(_plus(row, rows[at], -1)):
                yield {levels.space.issues[number].id: levels.space.settlements[number][other]}


def _plus(one: Mapping[int, int], other: Mapping[int, int], sign: int = 1) -> dict[int, int]:
    return {party: one.get(party, 0) + sign * other.get(party, 0) for party in {*one, *other}}


def _exchanged(levels: Levels, now: Mapping[int, int]) -> Iterator[Changes]:
    """Two parties exchange two things."""
    space = levels.space
    held = [(k, space.settlements[k][s]) for k, s in now.items() if space.settlements[k][s] in space.parties]
    for (one, giver), (two, taker) in combinations(held, 2) if len(held) <= _EXCHANGED else ():
        if giver == taker or taker not in space.settlements[one] or giver not in space.settlements[two]:
            continue
        to_taker, to_giver = space.settlements[one].index(taker), space.settlements[two].index(giver)
        gained = _plus(levels.worth[one][to_taker], levels.worth[two][to_giver])
        lost = _plus(levels.worth[one][now[one]], levels.worth[two][now[two]])
        if levels.improved_by(_plus(gained, lost, -1)):
            yield {space.issues[one].id: taker, space.issues[two].id: giver}


def _handed_over(levels: Levels, deal: Deal) -> Iterator[Changes]:
    """A share of something divisible goes to another: all of it, or until the two are equally served."""
    space = levels.space
    for number in space.divisible:
        issue, names, rows = space.issues[number].id, space.settlements[number], levels.worth[number]
        for giver, share in deal.shares(issue).items():
            for at, taker in enumerate(names):
                if taker == giver or giver not in names:
                    continue
                one, two = space.parties.index(giver), space.parties.index(taker)
                gain, loss = rows[at].get(two, 0), rows[names.index(giver)].get(one, 0)
                for part in levels.parts_to_move(one, two, gain, loss, share):
                    moved = {**deal.shares(issue), giver: share - part}
                    moved[taker] = moved.get(taker, 0) + part
                    yield {issue: {party: left for party, left in moved.items() if left}}


LEXIMIN = Property(
    id=_NAME,
    title="Best for the worst-off, then the next",
    meaning="No other deal that leaves assets whole serves the worst-off better, or as well and the next one better, "
    "and so on.",
    definition="No deal that keeps the rules, with every asset whole and divisibles split in any way, has larger "
    "levels v_i/e_i, sorted from the least up and compared in order.",
    source="Sen (1970), Collective Choice and Social Welfare; bounds by weights: Ogryczak and Śliwiński (2006)",
    by_hand="A better deal (fails): add up, divide by entitlement, sort. Or weights (holds): in every deal the "
    "weighted levels come to no more than `limit`; if the k-th level rose, to the next multiple of `step`, and "
    "those below it stayed, they would come to more, even with the largest weights on the smallest levels.",
    cost=f"O(n m s) and a stated number of rounds for each level; up to {LISTED:,} deals all are compared",
    recheck_cost="O(r n m s), r sets of weights",
    check=_leximin,
    recheck=recheck.leximin,
    assumed=_ASSUMED,
)
