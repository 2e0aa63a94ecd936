"""Slow answers from the definitions alone, to compare the fast ones with.

Nothing here searches cleverly or is shared with the package: only the case as a document, the noun Deal and
the exact linear program are used. Every deal of whole issues is listed, and each property is spelled out as it
is defined.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import gcd, lcm, prod
from typing import Any

from evenhand.case import Asset, Case, Choice, Divisible, Issue, Rule
from evenhand.deals import Deal
from evenhand.solve import maximise_exactly

Settled = Mapping[str, Any]
Values = tuple[Fraction, ...]


def names(case: Case) -> list[str]:
    return [party.id for party in case.parties if party.role == "principal"]


def ways(case: Case, issue: Issue) -> list[str]:
    """What may settle a whole issue, in the order of the case."""
    if isinstance(issue, Choice):
        return [option.id for option in issue.options]
    return names(case) + (["joint"] if isinstance(issue, Asset) and issue.joint else [])


def every_deal(case: Case) -> Iterator[dict[str, str]]:
    """All settlements of whole issues, kept rules or not; divisible issues are left out."""
    whole = [issue for issue in case.issues if not isinstance(issue, Divisible)]
    for choice in product(*(ways(case, issue) for issue in whole)):
        yield {issue.id: name for issue, name in zip(whole, choice, strict=True)}


def kept_deals(case: Case) -> list[dict[str, str]]:
    return [settled for settled in every_deal(case) if keeps_rules(case, settled)]


def parts(case: Case, issue_id: str, settlement: Any) -> dict[str, Fraction]:
    """Who holds how much; nobody holds an option or what is joint."""
    if not isinstance(settlement, str):
        return {party: Fraction(share) for party, share in settlement.items() if share}
    return {settlement: Fraction(1)} if settlement in names(case) and not _is_choice(case, issue_id) else {}


def _is_choice(case: Case, issue_id: str) -> bool:
    return isinstance(case.issue(issue_id), Choice)


# What a deal is worth


def value(case: Case, party: str, settled: Settled) -> Fraction:
    preference = case.preferences[party]
    total = Fraction(0)
    for issue in case.issues:
        settlement = settled[issue.id]
        points = preference.points[issue.id]
        if isinstance(issue, Choice) or settlement == "joint":
            total += points * preference.values[issue.id][settlement] / 100
        else:
            total += points * parts(case, issue.id, settlement).get(party, Fraction(0))
    for term in preference.together:
        if all(isinstance(settled[issue], str) and settled[issue] in wanted for issue, wanted in term.when.items()):
            total += term.points
    return total


def values(case: Case, settled: Settled) -> Values:
    return tuple(value(case, party, settled) for party in names(case))


def weights(case: Case) -> list[Fraction]:
    return [party.entitlement for party in case.parties if party.role == "principal"]


# Rules


def keeps_rules(case: Case, settled: Settled) -> bool:
    return all(keeps(case, rule, settled) for rule in case.rules)


def keeps(case: Case, rule: Rule, settled: Settled) -> bool:
    if rule.forbid and all(_met(case, i, c, settled[i], partly=True) for i, c in rule.forbid.items()):
        return False
    if rule.require and not all(_met(case, i, c, settled[i], partly=False) for i, c in rule.require.items()):
        return False
    if rule.if_ and all(_met(case, i, c, settled[i], partly=True) for i, c in rule.if_.items()):
        return all(_met(case, i, c, settled[i], partly=False) for i, c in (rule.then or {}).items())
    return True


def _met(case: Case, issue_id: str, condition: Any, settlement: Any, *, partly: bool) -> bool:
    """Whether one condition is met; `partly`: as soon as any holder is one of those named."""
    if isinstance(condition, Mapping):
        held = parts(case, issue_id, settlement)
        return all(_compares(held.get(party, Fraction(0)), text) for party, text in condition.items())
    if isinstance(settlement, str):
        return settlement in condition
    holders = {party for party, share in settlement.items() if share}
    return bool(holders & set(condition)) if partly else holders <= set(condition)


def _compares(share: Fraction, text: str) -> bool:
    sign, number, percent = re.fullmatch(r"\s*([<>]=?)\s*([0-9./]+)\s*(%?)\s*", text).groups()  # type: ignore[union-attr]
    bound = Fraction(number) / (100 if percent else 1)
    return {"<": share < bound, "<=": share <= bound, ">": share > bound, ">=": share >= bound}[sign]


# Which deal each procedure promises


def nash_rank(case: Case, found: Values) -> tuple[int, Fraction]:
    """How many are above zero, and the product of their values, each to the power of its entitlement."""
    result = Fraction(1)
    for worth, power in zip(found, powers(case), strict=True):
        if worth > 0:
            result *= worth**power
    return sum(worth > 0 for worth in found), result


def powers(case: Case) -> list[int]:
    """The entitlements as the smallest whole numbers."""
    below = lcm(*(weight.denominator for weight in weights(case)))
    whole = [int(weight * below) for weight in weights(case)]
    return [part // gcd(*whole) for part in whole]


def levels(case: Case, found: Values) -> list[Fraction]:
    return sorted(worth / weight for worth, weight in zip(found, weights(case), strict=True))


def best_deal(case: Case, rank: Any) -> tuple[Any, dict[str, str]] | None:
    """The first of the deals with the highest rank among those that keep the rules; None: there are none."""
    best = None
    for settled in every_deal(case):
        found = rank(case, values(case, settled))
        if (best is None or found > best[0]) and keeps_rules(case, settled):
            best = (found, settled)
    return best


def every_whole_sum(case: Case) -> Iterator[tuple[tuple[int, ...], tuple[str, ...]]]:
    """Values and owners of every deal, for whole points of assets that simply add: integers, so it is quick."""
    ids = names(case)
    sums = [(0,) * len(ids)]
    for issue in case.issues:
        points = [int(case.preferences[party].points[issue.id]) for party in ids]
        sums = [(*row[:i], row[i] + points[i], *row[i + 1 :]) for row in sums for i in range(len(ids))]
    yield from zip(sums, product(ids, repeat=len(case.issues)), strict=True)


def best_in_whole_points(case: Case, rank: Any) -> tuple[Any, dict[str, str]] | None:
    """What `best_deal` gives, for such a case."""
    best = None
    for row, owners in every_whole_sum(case):
        found = rank(case, row)
        if best is None or found > best[0]:
            settled = dict(zip((issue.id for issue in case.issues), owners, strict=True))
            best = (found, settled) if keeps_rules(case, settled) else best
    return best


def best_nash_in_whole_points(case: Case) -> tuple[tuple[int, int], dict[str, str]] | None:
    """The same for the largest product."""
    whole = powers(case)

    def rank(_: Case, row: Sequence[int]) -> tuple[int, int]:
        return sum(worth > 0 for worth in row), prod(w**e for w, e in zip(row, whole, strict=True) if w > 0)

    return best_in_whole_points(case, rank)


# What each party could make sure of


def largest_smallest_part(numbers: Sequence[Any], count: int) -> Any:
    """The largest value of the smallest of `count` parts: every split, part sums without their order."""
    states = {(0,) * count}
    for number in numbers:
        states = {
            tuple(sorted([*sums[:part], sums[part] + number, *sums[part + 1 :]]))
            for sums in states
            for part in range(count)
        }
    return max(sums[0] for sums in states)


def any_price_share(numbers: Sequence[Any], part: Fraction) -> Any:
    """The largest worth of bundles that can be mixed with no item above its part: the definition, by listing."""
    every = [bundle for size in range(len(numbers) + 1) for bundle in combinations(range(len(numbers)), size)]
    worth = {bundle: sum(numbers[item] for item in bundle) for bundle in every}
    targets = sorted(set(worth.values()), reverse=True)

    def mixes(target: Any) -> bool:
        # Whatever can be left out of a bundle only takes room.
        columns = [b for b in every if worth[b] >= target and all(worth[b] - numbers[k] < target for k in b)]
        slacks = [[int(item == row) for item in range(len(numbers))] for row in range(len(numbers))]
        rows = [[*(int(row in bundle) for bundle in columns), *slacks[row]] for row in range(len(numbers))]
        # A weight without limit, on the bundle of nothing, is a mix of it alone.
        if () in columns:
            return True
        best = maximise_exactly([1] * len(columns) + [0] * len(numbers), rows, [part] * len(numbers))
        return sum(best[: len(columns)]) >= 1

    return targets[bisect.bisect_left(targets, True, key=mixes)]


def fair_fraction(found: Fraction, share: Fraction) -> Fraction:
    """How much of a fair share a value is: at most 1; of a burden, the share over what is carried."""
    if found >= share:
        return Fraction(1)
    return max(found / share, Fraction(0)) if share > 0 else share / found


# Parts compared


def own_part(case: Case, party: str, settled: Settled) -> dict[str, Fraction]:
    held = {issue.id: parts(case, issue.id, settled[issue.id]).get(party, Fraction(0)) for issue in case.issues}
    return {issue: share for issue, share in held.items() if share}


def worth(case: Case, party: str, part: Mapping[str, Fraction]) -> Fraction:
    """What a party would think of holding a part."""
    preference = case.preferences[party]
    total = sum((preference.points[issue] * share for issue, share in part.items()), Fraction(0))
    for term in preference.together:
        if all(part.get(issue) == 1 for issue in term.when):
            total += term.points
    return total


def minus(part: Mapping[str, Fraction], issue: str) -> dict[str, Fraction]:
    return {name: share for name, share in part.items() if name != issue}


def content(case: Case, one: str, own: Fraction, two: str, other: Fraction) -> bool:
    return own / case.party(one).entitlement >= other / case.party(two).entitlement


def _looks(case: Case, settled: Settled) -> Iterator[tuple[str, str, dict[str, Fraction], dict[str, Fraction]]]:
    for one in names(case):
        for two in names(case):
            if one != two:
                yield one, two, own_part(case, one, settled), own_part(case, two, settled)


def envy_free(case: Case, settled: Settled) -> bool:
    return all(
        content(case, one, worth(case, one, mine), two, worth(case, one, theirs))
        for one, two, mine, theirs in _looks(case, settled)
    )


def ef1(case: Case, settled: Settled) -> bool:
    for one, two, mine, theirs in _looks(case, settled):
        if content(case, one, worth(case, one, mine), two, worth(case, one, theirs)):
            continue
        if not any(
            content(case, one, worth(case, one, minus(mine, g)), two, worth(case, one, minus(theirs, g)))
            for g in {**mine, **theirs}
        ):
            return False
    return True


def efx(case: Case, settled: Settled) -> bool:
    """Goods only, or burdens only; whatever changes nothing for the onlooker need not end the envy."""
    for one, two, mine, theirs in _looks(case, settled):
        own, other = worth(case, one, mine), worth(case, one, theirs)
        if content(case, one, own, two, other):
            continue
        for g in theirs:
            less = worth(case, one, minus(theirs, g))
            if less < other and not content(case, one, own, two, less):
                return False
        for g in mine:
            more = worth(case, one, minus(mine, g))
            if more > own and not content(case, one, more, two, other):
                return False
    return True


def everything(case: Case, party: str) -> Fraction:
    preference = case.preferences[party]
    whole = {issue.id: Fraction(1) for issue in case.issues if not isinstance(issue, Choice)}
    best = [preference.points[i.id] * max(preference.values[i.id].values()) / 100 for i in _choices(case)]
    return worth(case, party, whole) + sum(best, Fraction(0))


def _choices(case: Case) -> list[Choice]:
    return [issue for issue in case.issues if isinstance(issue, Choice)]


def fair_part(case: Case, party: str) -> Fraction:
    return everything(case, party) * case.party(party).entitlement / sum(weights(case))


def proportional(case: Case, settled: Settled) -> bool:
    return all(value(case, party, settled) >= fair_part(case, party) for party in names(case))


def prop1(case: Case, settled: Settled) -> bool:
    """Whole things only: one good more, one burden less, or one choice at the party's best."""
    for party in names(case):
        reached = [value(case, party, settled)]
        for issue in case.issues:
            preference, held = case.preferences[party], own_part(case, party, settled)
            if isinstance(issue, Choice):
                options = preference.values[issue.id]
                gain = preference.points[issue.id] * (max(options.values()) - options[settled[issue.id]]) / 100
                reached.append(reached[0] + gain)
            elif issue.id in held:
                reached.append(reached[0] - worth(case, party, held) + worth(case, party, minus(held, issue.id)))
            else:
                more = {**held, issue.id: Fraction(1)}
                reached.append(reached[0] - worth(case, party, held) + worth(case, party, more))
        if max(reached) < fair_part(case, party):
            return False
    return True


def equitable(case: Case, settled: Settled) -> bool:
    return len(set(levels(case, values(case, settled)))) == 1


def beats_no_deal(case: Case, settled: Settled) -> bool:
    return all(value(case, party, settled) >= case.preferences[party].no_deal for party in names(case))


def dominates(one: Values, other: Values) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def pareto_optimal(case: Case, settled: Settled) -> bool:
    """No listed deal that keeps the rules dominates. Only for cases without divisible issues."""
    target = values(case, settled)
    return not any(dominates(values(case, other), target) and keeps_rules(case, other) for other in every_deal(case))


def as_deal(case: Case, settled: Settled) -> Deal:
    return Deal.of(case, settled)
