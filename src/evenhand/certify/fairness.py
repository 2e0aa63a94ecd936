"""Each party against its entitled part of the whole, and the parties against each other in their own points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from evenhand.case import JOINT, Asset, Case, Choice
from evenhand.certify.bundles import bundle_value, has_burdens, why_no_bundles, why_not_whole
from evenhand.certify.certificate import Certificate, Verdict, texts, undefined
from evenhand.deals import Deal, deal_values, value_of


def proportional(case: Case, deal: Deal, eyes: tuple[str, ...]) -> Certificate:
    """Each party in `eyes` has its entitled part of the whole, by its own points."""
    why = _why_no_parts(case, deal, eyes)
    if why:
        return undefined("proportional", why)
    rows = {party: _row(case, deal, party) for party in eyes}
    short = [party for party in eyes if value_of(case, deal, party) < fair_part(case, party)]
    witness = {"parties": rows, **({"short": short} if short else {})}
    return Certificate("proportional", "fails" if short else "holds", witness)


def prop1(case: Case, deal: Deal, eyes: tuple[str, ...]) -> Certificate:
    """Each party in `eyes` would have its entitled part after one change in its favour."""
    why = _why_no_parts(case, deal, eyes)
    if why:
        return undefined("prop1", why)
    short = [party for party in eyes if value_of(case, deal, party) < fair_part(case, party)]
    if short and (why := why_not_whole(case, deal)) is not None:
        return undefined("prop1", why)
    rows: dict[str, dict[str, Any]] = {}
    for party in short:
        change = max(_changes(case, deal, party), key=lambda item: item[1], default=("", Fraction(0)))
        reached = value_of(case, deal, party) + change[1]
        rows[party] = {**_row(case, deal, party), "change": change[0], "then": str(reached)}
    failed = [party for party in short if Fraction(rows[party]["then"]) < fair_part(case, party)]
    if failed:
        return Certificate("prop1", "fails", {"parties": rows, "short": failed})
    if not short:
        who = "You have your" if len(eyes) == 1 else "Everyone has its"
        return Certificate("prop1", "holds", {"why": f"{who} entitled part, so nothing has to change."})
    return Certificate("prop1", "holds", {"parties": rows})


def equitable(case: Case, deal: Deal) -> Certificate:
    """All parties have the same points for their entitlement."""
    values = deal_values(case, deal)
    levels = {party.id: values[party.id] / party.entitlement for party in case.principals}
    verdict: Verdict = "holds" if len(set(levels.values())) == 1 else "fails"
    witness: dict[str, Any] = {"points": texts(values), "points_per_entitlement": texts(levels)}
    if verdict == "fails":
        witness["most"] = max(levels, key=lambda party: levels[party])
        witness["least"] = min(levels, key=lambda party: levels[party])
    return Certificate("equitable", verdict, witness, ("Points are compared as written.",))


def fair_part(case: Case, party: str) -> Fraction:
    """The party's entitled part of the worth of everything, in its own points."""
    entitled = case.party(party).entitlement / sum((p.entitlement for p in case.principals), Fraction(0))
    return entitled * whole_worth(case, party)


def whole_worth(case: Case, party: str) -> Fraction:
    """What everything would be worth to a party: all things (burdens too), every choice at its best."""
    things = {issue.id: Fraction(1) for issue in case.issues if not isinstance(issue, Choice)}
    return bundle_value(case, party, things) + sum(
        (_best_option(case, party, issue) for issue in case.issues if isinstance(issue, Choice)), Fraction(0)
    )


def _best_option(case: Case, party: str, issue: Choice) -> Fraction:
    preference = case.preferences[party]
    return preference.points[issue.id] * max(preference.values[issue.id].values()) / 100


def _row(case: Case, deal: Deal, party: str) -> dict[str, str]:
    worth = {"value": value_of(case, deal, party), "fair_part": fair_part(case, party)}
    return texts({**worth, "of": whole_worth(case, party)})


def _why_no_parts(case: Case, deal: Deal, eyes: tuple[str, ...]) -> str | None:
    held_jointly = next((issue.label for issue in case.issues if deal[issue.id] == JOINT), None)
    if held_jointly:
        return f"“{held_jointly}” is held jointly; what a part of it is worth is not said."
    if not any(isinstance(issue, Choice) for issue in case.issues):
        return why_no_bundles(case, deal, eyes)
    if has_burdens(case):
        return "A fair part of burdens and choices together is not defined in the field."
    if any(case.preferences[party].together for party in eyes):
        return "With choices and points that come together, the worth of the whole is not defined."
    return None


def _changes(case: Case, deal: Deal, party: str) -> Iterator[tuple[str, Fraction]]:
    """One change in a party's favour: (issue, points it would add)."""
    mine = _mine(case, deal, party)
    now = bundle_value(case, party, mine)
    for issue in case.issues:
        if isinstance(issue, Choice):
            preference = case.preferences[party]
            held = preference.points[issue.id] * preference.values[issue.id][str(deal[issue.id])] / 100
            yield issue.id, _best_option(case, party, issue) - held
        elif issue.id in mine:
            yield issue.id, bundle_value(case, party, {k: s for k, s in mine.items() if k != issue.id}) - now
        elif isinstance(issue, Asset):
            yield issue.id, bundle_value(case, party, {**mine, issue.id: Fraction(1)}) - now


def _mine(case: Case, deal: Deal, party: str) -> dict[str, Fraction]:
    things = [issue.id for issue in case.issues if not isinstance(issue, Choice)]
    return {issue: deal.shares(issue)[party] for issue in things if party in deal.shares(issue)}
