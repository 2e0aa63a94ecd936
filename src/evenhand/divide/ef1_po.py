"""Efficient, and free of envy but for one thing: EF1 together with Pareto optimality.

- Goods: prices (`price_rounds`), at any entitlements. The deal is efficient even among shares.
- Two parties with burdens: all things in one line, from what the first party gives up most cheaply for what the
  other gains to the dearest; every cut of that line is efficient even among shares, and some cut leaves no envy but
  for one thing (generalised Adjusted Winner). Of these the one whose worse-served party is best served is taken.
- Otherwise, where the ways to hand everything out are few, the best of all that qualify; and for burdens prices.

Source: Barman, Krishnamurthy and Vaish (2018); H. Aziz, I. Caragiannis, A. Igarashi and T. Walsh, "Fair allocation
of indivisible goods and chores", Autonomous Agents and Multi-Agent Systems 36 (2022).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from evenhand.case import Asset, Case
from evenhand.deals import Method, NoDeal, Outcome, Step
from evenhand.divide.price_rounds import Market, TooManySteps
from evenhand.divide.procedure import Options, Procedure, burdens
from evenhand.divide.whole import Owners, Things, barred, is_ef1, is_mixed, not_whole

TIES = (
    "Things go first to the first party in the case that counts them highest; least-served parties, chains and "
    "equally good deals are taken in the order of the case."
)
_LISTED = 10_000
"""How many ways to hand everything out are compared one by one."""
_STEPS = 20_000
"""How many times a thing passes on or prices change before the search gives up."""
_TITLE = "Efficiency with no envy but for one thing"


def why_not(case: Case) -> str | None:
    """The reason the procedure is not defined for a case, or None."""
    if (reason := not_whole(case, _TITLE)) is not None:
        return reason
    joint = next((issue.label for issue in case.issues if isinstance(issue, Asset) and issue.joint), None)
    if joint is not None:
        return f"{_TITLE} is sought by handing things out; “{joint}” may also be held jointly."
    if is_mixed(case) and not case.equal_entitlements:
        return "With unequal entitlements and goods beside burdens, comparing parts has no agreed meaning."
    return _too_many(case)


def _too_many(case: Case) -> str | None:
    """Why the case is out of reach: only comparing all ways would do, and there are too many."""
    label, ways = barred(case), len(case.principals) ** len(case.issues)
    if ways <= _LISTED or (label is None and (not is_mixed(case) or len(case.principals) == 2)):
        return None
    if label is not None:
        return f"A rule bars some party from “{label}”; then all ways have to be compared, and there are too many."
    return "For goods and burdens among more than two all ways have to be compared, and there are too many."


def run(case: Case, options: Options) -> Outcome:
    """The deal. Raises NoDeal when there is none, or none was found. No random choice."""
    things = Things.of(case)
    free = barred(case) is None
    if free and not burdens(case):
        return _at_prices(things)
    if free and len(things.parties) == 2 and (found := _best_cut(things)) is not None:
        return found
    if things.size <= _LISTED:
        return _best_of_all(things)
    return _at_prices(things)


def _at_prices(things: Things) -> Outcome:
    market = Market(things)
    try:
        owners = market.settle(_STEPS)
    except TooManySteps:
        raise NoDeal(
            f"No efficient deal without envy but for one thing was found within {_STEPS:,} steps; "
            "whether there is one was not decided."
        ) from None
    assert is_ef1(things, owners)
    step = Step("traded", {"moves": market.moves, "changes": market.changes})
    proof = "Each thing is where it counts most, so nothing better exists even by sharing; checked in fractions."
    return Outcome(things.deal(owners), (step,), Method("ef1-po", "prices and chains of exchanges", proof))


def _best_cut(things: Things) -> Outcome | None:
    """Two parties: the best cut of the line that leaves no envy but for one thing, if any does."""
    line = _line(things)
    first = sum(1 for rate, _ in line if rate == 0)
    cuts = [owners for moved in range(first, len(line) + 1) if is_ef1(things, owners := _cut_at(things, line, moved))]
    if not cuts:
        return None
    owners = max(cuts, key=lambda found: _worse_served(things, found))
    moved = [things.space.issues[k].id for _, k in line if (owners[k] == 1) != (k in things.burdens)]
    names = [things.space.issues[k].id for _, k in line]
    step = Step("line", {"parties": list(things.space.parties), "issues": names, "moved": moved})
    proof = "Every cut of the line is efficient even among shares; all cuts were compared in fractions."
    return Outcome(things.deal(owners), (step,), Method("ef1-po", "generalised Adjusted Winner", proof))


def _line(things: Things) -> list[tuple[Fraction, int]]:
    """The things that change something for the second party, by what they change for the first one against that."""
    one, two = things.points
    return sorted((abs(Fraction(one[k], two[k])), k) for k in range(things.count) if two[k])


def _cut_at(things: Things, line: Sequence[tuple[Fraction, int]], moved: int) -> list[int]:
    """The goods up to the cut to the second party, all else it gains from losing to the first."""
    over = {k for _, k in line[:moved]}
    return [int((k in over) != (k in things.burdens)) for k in range(things.count)]


def _worse_served(things: Things, owners: Owners) -> Fraction:
    """How far the worse-served party is above its entitled part of all, as a part of all points at stake for it."""
    rows = zip(things.values(owners), things.points, things.weights, strict=True)
    whole = sum(things.weights)
    return min(
        (value - Fraction(sum(points) * weight, whole)) / (sum(map(abs, points)) or 1) for value, points, weight in rows
    )


def _best_of_all(things: Things) -> Outcome:
    """All ways compared: the best that leaves no envy but for one thing and that no other way is better than."""
    ranked = sorted(things.every(), key=things.rank, reverse=True)
    seen: list[list[int]] = []
    for owners in ranked:
        values = things.values(owners)
        if is_ef1(things, owners) and not any(_dominates(other, values) for other in seen):
            step = Step("compared", {"deals": things.size})
            proof = "Every way to hand everything out was compared in whole numbers."
            return Outcome(things.deal(owners), (step,), Method("ef1-po", "listing", proof, 0.0, exact=True))
        seen.append(values)
    label = barred(things.space.case)
    hint = "" if label is None else f" A rule bars some party from “{label}”, which may be what is in the way."
    ways = f"Of the {things.size:,} ways to hand everything out"
    raise NoDeal(f"{ways} none is efficient and without envy but for one thing.{hint}")


def _dominates(one: Sequence[int], other: Sequence[int]) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


PROCEDURE = Procedure(
    id="ef1-po",
    title="Efficient with no envy but for one thing",
    promise="Whoever prefers another's part would not, if one thing were left out; and nothing better exists for "
    "everyone, for goods not even by sharing.",
    use="Whole things, goods or burdens, also at unequal entitlements, when nothing may be left on the table.",
    avoid="People want to follow every step; shares, choices, or rules that tie things together.",
    source="Barman, Krishnamurthy and Vaish (2018); Aziz, Caragiannis, Igarashi and Walsh (2022)",
    ties=TIES,
    why_not=why_not,
    run=run,
)
