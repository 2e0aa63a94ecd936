"""Random doubt for random cases, and worlds written back into cases, for brute force."""

import random
from fractions import Fraction
from itertools import product

from evenhand.bargain.doubt import Wants
from evenhand.case import Case, Choice
from evenhand.deals import Deal
from oracle import kept_deals, value


def with_preference(case: Case, party: str, **update: object) -> Case:
    changed = case.preferences[party].model_copy(update=update)
    return case.model_copy(update={"preferences": {**case.preferences, party: changed}})


def with_doubt(rng: random.Random, case: Case, most: int) -> Case:
    """Intervals on the points, option values and no-deal values of a case, at most `most` of them in all."""
    spots = [(party, kind, i) for party in case.preferences for i in case.issues for kind in ("points", "value")]
    spots += [(party, "no-deal", None) for party in case.preferences]
    for party, kind, issue in rng.sample(spots, min(most, len(spots))):
        found = case.preferences[party]
        if kind == "no-deal":
            case = with_preference(case, party, no_deal_doubt=around(rng, found.no_deal, None, None))
        elif kind == "points":
            given = found.points[issue.id]
            ends = around(rng, given, None if given < 0 else 0, 0 if given < 0 else None)
            case = with_preference(case, party, doubt={**found.doubt, issue.id: ends})
        elif isinstance(issue, Choice):
            option = rng.choice(issue.options).id
            ends = around(rng, found.values[issue.id][option], 0, 100)
            case = with_preference(case, party, values_doubt={**found.values_doubt, issue.id: {option: ends}})
    return case


def around(rng: random.Random, given: Fraction, low: int | None, high: int | None) -> tuple[Fraction, Fraction]:
    ends = given - Fraction(rng.randint(0, 12), rng.choice([1, 2, 3])), given + rng.randint(0, 12)
    least = ends[0] if low is None else max(ends[0], Fraction(low))
    return least, ends[1] if high is None else min(ends[1], Fraction(high))


def corners(case: Case) -> list[Case]:
    """The case at every combination of ends of its intervals."""
    spots = []
    for party, found in case.preferences.items():
        spots += [(party, "points", issue, ends) for issue, ends in found.doubt.items()]
        spots += [
            (party, "values", (issue, option), ends)
            for issue, options in found.values_doubt.items()
            for option, ends in options.items()
        ]
        if found.no_deal_doubt is not None:
            spots.append((party, "no_deal", None, found.no_deal_doubt))
    return [settled(case, spots, chosen) for chosen in product((0, 1), repeat=len(spots))]


def settled(case: Case, spots: list, chosen: tuple[int, ...]) -> Case:
    for (party, kind, name, ends), end in zip(spots, chosen, strict=True):
        found = case.preferences[party]
        if kind == "points":
            case = with_preference(case, party, points={**found.points, name: ends[end]})
        elif kind == "values":
            issue, option = name
            values = {**found.values, issue: {**found.values[issue], option: ends[end]}}
            case = with_preference(case, party, values=values)
        else:
            case = with_preference(case, party, no_deal=ends[end])
    return case


def world_case(case: Case, want: Wants, point: list[Fraction]) -> Case:
    """The case with one party's points as they are in one world: read off the forms of everything it may want."""
    found = case.preferences[want.party]
    points = {issue.id: want.points[issue.id].at(point) for issue in case.issues}
    values = {
        issue: {
            o: form.at(point) * 100 / points[issue] if points[issue] else Fraction(0) for o, form in options.items()
        }
        for issue, options in want.values.items()
        if issue in found.values
    }
    return with_preference(case, want.party, points=points, values=values, no_deal=want.no_deal.at(point))


def brute_worst(case: Case, most: tuple[Fraction, ...]) -> tuple[list[Deal], list[Fraction]]:
    """Every deal, and its worst regret over all corners, by listing both."""
    deals = kept_deals(case)
    worst = [Fraction(0)] * len(deals)
    for corner in corners(case):
        sums = [sum(value(corner, p, d) / m for p, m in zip(case.preferences, most, strict=True)) for d in deals]
        worst = [max(before, max(sums) - own) for before, own in zip(worst, sums, strict=True)]
    return [Deal.of(case, deal) for deal in deals], worst
