"""Rechecks: each party against its fair part, and the parties against each other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from evenhand.case import Asset, Chosen
from evenhand.certify.recheck import worth
from evenhand.certify.recheck.claim import Claim, group, same, wrong
from evenhand.certify.recheck.meaning import needs_fair_parts, needs_whole_things


def _standing(claim: Claim, party: str) -> dict[str, Fraction]:
    case = claim.case
    entitled = case.party(party).entitlement / sum((p.entitlement for p in case.principals), Fraction(0))
    everything = worth.of_everything(case, party)
    return {"value": worth.of_deal(case, party, claim.deal), "fair_part": entitled * everything, "of": everything}


def _is_short(row: dict[str, Fraction]) -> bool:
    return row["value"] < row["fair_part"]


def proportional(claim: Claim) -> None:
    """The witness has each party's value, fair part and the whole. O(n m)."""
    needs_fair_parts(claim)
    rows = {party: _standing(claim, party) for party in claim.eyes}
    short = [party for party, row in rows.items() if _is_short(row)]
    claim.must_be({"parties": rows, **({"short": short} if short else {})}, holds=not short)


def prop1(claim: Claim) -> None:
    """The witness has, for each party that is short, one change in its favour. O(n m)."""
    needs_fair_parts(claim)
    standing = {party: row for party in claim.eyes if _is_short(row := _standing(claim, party))}
    if standing:
        needs_whole_things(claim)
    claim.only("parties", "short")
    rows = group(claim.witness.get("parties"), tuple(standing), "the parties below their fair part")
    reached = {party: max(_reached(claim, party).values(), default=row["value"]) for party, row in standing.items()}
    short = [party for party, row in standing.items() if reached[party] < row["fair_part"]]
    claim.verdict_is(holds=not short)
    if short or "short" in claim.witness:
        same(claim.witness.get("short"), short, "those who stay short")
    for party, row in standing.items():
        _one_change(claim, party, row, rows[party], helped=party not in short)


def _one_change(claim: Claim, party: str, standing: dict[str, Fraction], row: Any, *, helped: bool) -> None:
    reached = {**_reached(claim, party), **({} if claim.case.issues else {"": standing["value"]})}
    change = row.get("change") if isinstance(row, dict) else None
    if not isinstance(change, str) or change not in reached:
        wrong(f"“{change}” is no change in favour of {party}")
    same(row, {**standing, "change": change, "then": reached[change]}, f"the row of {party}")
    if helped and reached[change] < standing["fair_part"]:
        wrong(f"that change does not bring {party} to its fair part")


def _reached(claim: Claim, party: str) -> dict[str, Fraction]:
    """What each one change in a party's favour would bring it to."""
    value = worth.of_deal(claim.case, party, claim.deal)
    return {issue: value + gain for issue, gain in _changes(claim, party)}


def _changes(claim: Claim, party: str) -> Iterator[tuple[str, Fraction]]:
    case, mine = claim.case, worth.part_of(claim.case, party, claim.deal)
    now = worth.of_part(case, party, mine)
    for issue in case.issues:
        if isinstance(issue, Chosen):
            held = worth.of_settlement(case, party, issue, claim.deal[issue.id])
            yield issue.id, worth.best_option(case, party, issue) - held
        elif issue.id in mine:
            yield issue.id, worth.of_part(case, party, worth.without(mine, issue.id)) - now
        elif isinstance(issue, Asset):
            yield issue.id, worth.of_part(case, party, {**mine, issue.id: Fraction(1)}) - now


def equitable(claim: Claim) -> None:
    """The witness has each party's points, and the same for its entitlement. O(n m)."""
    points = {party: worth.of_deal(claim.case, party, claim.deal) for party in claim.parties}
    levels = {party: value / claim.case.party(party).entitlement for party, value in points.items()}
    expected: dict[str, Any] = {"points": points, "points_per_entitlement": levels}
    equal = len(set(levels.values())) == 1
    claim.verdict_is(holds=equal)
    for name, level in (("most", max(levels.values())), ("least", min(levels.values()))):
        if not equal:
            expected[name] = claim.witness.get(name)
            if levels.get(str(expected[name])) != level:
                wrong(f"“{expected[name]}” does not have the {name} points for its entitlement")
    claim.must_be(expected, holds=equal)
