"""Recheck of maximin shares: a split is added up, and a sum shows that no split does better."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor, lcm
from typing import Any

from evenhand.certify.recheck import worth
from evenhand.certify.recheck.claim import Claim, NotRecheckable, group, number, rows_of, same, wrong
from evenhand.certify.recheck.meaning import needs_equal_claims_on_whole_things


def maximin_share(claim: Claim) -> None:
    """The witness has for each party what it has, a split that shows the least, and why no more. O(n m log m)."""
    needs_equal_claims_on_whole_things(claim)
    claim.only("parties", "short")
    rows = group(claim.witness.get("parties"), claim.eyes, "the parties")
    least = {party: _least(claim, party, rows[party]) for party in claim.eyes}
    values = {party: worth.of_deal(claim.case, party, claim.deal) for party in claim.eyes}
    short = [party for party in claim.eyes if values[party] < least[party]]
    if short or "short" in claim.witness:
        same(claim.witness.get("short"), short, "those who have less than their share")
    if short:
        claim.verdict_is(holds=False)
        return
    for party in claim.eyes:
        if values[party] < number(rows[party]["at_most"], f"at_most of {party}"):
            wrong(f"{party} has less than the most that a split could give it")
    claim.verdict_is(holds=True)
    searched = [party for party in claim.eyes if rows[party]["because"].get("bound") == "search"]
    if searched:
        names = ", ".join(searched)
        raise NotRecheckable(f"that no split does better for {names} was searched, and the search is not written out.")


def _least(claim: Claim, party: str, row: Any) -> Fraction:
    """What the split shows; the sum above it is checked as well."""
    fields = group(row, ("value", "at_least", "at_most", "split", "because"), f"the row of {party}")
    same(fields["value"], worth.of_deal(claim.case, party, claim.deal), f"the value of {party}")
    parts = rows_of(fields["split"], f"the split of {party}")
    things = [thing for part in parts for thing in rows_of(part, "a part")]
    if len(parts) != len(claim.parties) or sorted(map(str, things)) != sorted(i.id for i in claim.case.issues):
        wrong(f"the split of {party} is not a split of everything into {len(claim.parties)} parts")
    least = min(worth.of_part(claim.case, party, dict.fromkeys(part, Fraction(1))) for part in parts)
    same(fields["at_least"], least, f"at_least of {party}")
    _most(claim, party, fields, least)
    return least


def _most(claim: Claim, party: str, fields: Any, least: Fraction) -> None:
    most = number(fields["at_most"], f"at_most of {party}")
    because = fields["because"]
    if not isinstance(because, dict):
        wrong(f"why no split does better for {party} is not said")
    if because.get("bound") == "search":
        if most < least:
            wrong(f"at_most of {party} is below at_least")
        return
    group(because, ("bound", "taken"), f"why no split does better for {party}")
    points = [claim.case.preferences[party].points[issue.id] for issue in claim.case.issues]
    taken = number(because["taken"], f"taken of {party}")
    limit = _limit(str(because["bound"]), points, len(claim.parties), int(taken) if taken.denominator == 1 else -1)
    # Every part's worth is a whole number of these units.
    units = lcm(*(point.denominator for point in points))
    if limit is None or Fraction(floor(limit * units), units) != most:
        wrong(f"the sum for {party} does not come to {most}")


def _limit(bound: str, points: Sequence[Fraction], parts: int, taken: int) -> Fraction | None:
    """The largest that the worst of so many parts can be, by one of three sums; None: no such sum.

    `average`: the `taken` largest things lie in at most as many parts; what is left, divided equally among
    the other parts. `few`: one of those has no more things than the average; as many of the largest left.
    `many` (burdens only): some part has one more of the `taken` heaviest than the average; the lightest of them.
    """
    goods = sorted((point for point in points if point > 0), reverse=True)
    burdens = sorted(point for point in points if point < 0)
    if bound == "average" and taken == 0:
        return sum(points, Fraction(0)) / parts
    if bound in ("average", "few") and 0 <= taken < min(parts, len(goods) + 1):
        left = goods[taken:]
        count = len(left) // (parts - taken)
        return sum(left, Fraction(0)) / (parts - taken) if bound == "average" else sum(left[:count], Fraction(0))
    if bound == "many" and not goods and 0 < taken <= len(burdens) and taken % parts == 1 % parts:
        each = (taken - 1) // parts
        return sum(burdens[taken - each - 1 : taken], Fraction(0))
    return None
