"""Each party against its entitled part of the whole, and the parties against each other in their own points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evenhand.case import JOINT, Asset, Case, Chosen
from evenhand.certify.bundles import has_burdens, why_no_bundles, why_not_whole
from evenhand.certify.certificate import Certificate, Verdict, texts, undefined
from evenhand.certify.examined import Examined
from evenhand.certify.property import Property
from evenhand.certify.recheck import fairness as recheck
from evenhand.deals import deal_values, worth_of


@dataclass(frozen=True)
class _Standing:
    """A party's value, the worth of everything to it, and its fair part of that."""

    value: Fraction
    everything: Fraction
    fair_part: Fraction

    @property
    def short(self) -> bool:
        return self.value < self.fair_part

    def facts(self) -> dict[str, str]:
        return texts({"value": self.value, "fair_part": self.fair_part, "of": self.everything})


def _standing(examined: Examined, party: str) -> _Standing:
    case, look = examined.case, examined.look(party)
    value, everything = Fraction(look.of_part[party], look.scale), Fraction(look.everything, look.scale)
    for issue in case.issues:
        if isinstance(issue, Chosen):
            value += worth_of(case.preferences[party], issue, party, examined.deal[issue.id])
            everything += _best_option(case, party, issue)
    entitled = Fraction(examined.entitlements[party], sum(examined.entitlements.values()))
    return _Standing(value, everything, entitled * everything)


def _best_option(case: Case, party: str, issue: Chosen) -> Fraction:
    return max(worth_of(case.preferences[party], issue, party, option.id) for option in issue.options)


def _proportional(examined: Examined) -> Certificate:
    if (why := _why_no_parts(examined)) is not None:
        return undefined("proportional", why)
    standings = {party: _standing(examined, party) for party in examined.eyes}
    rows = {party: standing.facts() for party, standing in standings.items()}
    short = [party for party, standing in standings.items() if standing.short]
    witness = {"parties": rows, **({"short": short} if short else {})}
    return Certificate("proportional", "fails" if short else "holds", witness)


def _prop1(examined: Examined) -> Certificate:
    if (why := _why_no_parts(examined)) is not None:
        return undefined("prop1", why)
    standings = {party: _standing(examined, party) for party in examined.eyes}
    short = {party: standing for party, standing in standings.items() if standing.short}
    if short and (why := why_not_whole(examined.case, examined.deal)) is not None:
        return undefined("prop1", why)
    rows, failed = {}, []
    for party, standing in short.items():
        change, gain = max(_changes(examined, party), key=lambda item: item[1], default=("", 0))
        then = standing.value + Fraction(gain) / examined.look(party).scale
        rows[party] = {**standing.facts(), "change": change, "then": str(then)}
        if then < standing.fair_part:
            failed.append(party)
    if failed:
        return Certificate("prop1", "fails", {"parties": rows, "short": failed})
    return Certificate("prop1", "holds", {"parties": rows})


def _changes(examined: Examined, party: str) -> Iterator[tuple[str, Fraction | int]]:
    """One change in a party's favour: (issue, what it would add, in the units of the party's look)."""
    look = examined.look(party)
    for issue in examined.case.issues:
        if isinstance(issue, Chosen):
            held = worth_of(examined.case.preferences[party], issue, party, examined.deal[issue.id])
            yield issue.id, (_best_option(examined.case, party, issue) - held) * look.scale
        elif issue.id in look.held[party]:
            yield issue.id, look.without(party, issue.id) - look.of_part[party]
        elif isinstance(issue, Asset):
            yield issue.id, look.gained_with(issue.id)


def _equitable(examined: Examined) -> Certificate:
    case = examined.case
    values = deal_values(case, examined.deal)
    levels = {party.id: values[party.id] / party.entitlement for party in case.principals}
    verdict: Verdict = "holds" if len(set(levels.values())) == 1 else "fails"
    witness: dict[str, object] = {"points": texts(values), "points_per_entitlement": texts(levels)}
    if verdict == "fails":
        witness["most"] = max(levels, key=lambda party: levels[party])
        witness["least"] = min(levels, key=lambda party: levels[party])
    return Certificate("equitable", verdict, witness, EQUITABLE.assumed)


def _why_no_parts(examined: Examined) -> str | None:
    case, deal = examined.case, examined.deal
    held_jointly = next((issue.label for issue in case.issues if deal[issue.id] == JOINT), None)
    if held_jointly:
        return f"“{held_jointly}” is held jointly; what a part of it is worth is not said."
    if not any(isinstance(issue, Chosen) for issue in case.issues):
        return why_no_bundles(case, deal, examined.eyes)
    if has_burdens(case):
        return "A fair part of burdens and choices together is not defined in the field."
    if any(case.preferences[party].together for party in examined.eyes):
        return "With choices and points that come together, the worth of the whole is not defined."
    return None


PROPORTIONAL = Property(
    id="proportional",
    title="A fair part of the whole",
    meaning="Everyone gets at least its entitled part of all there is, by its own points.",
    own_meaning="You get at least your entitled part of all there is, by your own points.",
    definition="v_i(deal) ≥ e_i/E · T_i. T_i is what everything would be worth to i; of a choice, its best option.",
    source="Steinhaus (1948); with choices Conitzer, Freeman and Shah (2017)",
    by_hand="Each party's value, what everything is worth to it, and its fair part. Add up its points; divide by "
    "entitlement.",
    cost="O(n m)",
    recheck_cost="O(n m)",
    check=_proportional,
    recheck=recheck.proportional,
    of_parts=True,
)

PROP1 = Property(
    id="prop1",
    title="A fair part but for one thing",
    meaning="Everyone would have its entitled part with one thing more, or one burden less.",
    own_meaning="You would have your entitled part with one thing more, or one burden less.",
    definition="For each i some one change (one more good, one burden less, one choice at i's best) brings v_i to "
    "e_i/E · T_i or above.",
    source="Conitzer, Freeman and Shah (2017); weighted Aziz, Moulin and Sandomirskiy (2020)",
    by_hand="For each party below its fair part, the change that helps it most and where that brings it. Make the "
    "change and add up.",
    cost="O(n m)",
    recheck_cost="O(n m)",
    check=_prop1,
    recheck=recheck.prop1,
    of_parts=True,
)

EQUITABLE = Property(
    id="equitable",
    title="Equally served",
    meaning="All are equally well served, each by its own points.",
    definition="v_i(deal)/e_i is the same for all i; points as written, not rescaled.",
    source="Brams and Taylor (1996)",
    by_hand="Each party's points, and the same divided by its entitlement. Compare the second row.",
    cost="O(n m)",
    recheck_cost="O(n m)",
    check=_equitable,
    recheck=recheck.equitable,
    assumed=("Points are compared as written.",),
)
