"""What is said to one party. Only what that party may see is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from evenhand.bargain.doubt import Wants
from evenhand.case import JOINT, Cake, Case, Chosen, Divisible, Issue, Territory
from evenhand.certify import Certificate, certify_for
from evenhand.deals import Deal, applies, total_points, value_of, worth_in
from evenhand.report.words.land import land_held
from evenhand.report.words.plain import label, listed, measured, money_text, pieces_text, points, points_of, share_text
from evenhand.report.words.rules import rule_text


@dataclass(frozen=True)
class PartyWords:
    """What is said to one party: what it gets, what that is worth, why it is fair, what would change it."""

    party: str
    label: str
    gets: tuple[str, ...]
    worth: str
    fair: tuple[str, ...]
    change: tuple[str, ...]


def for_party(case: Case, deal: Deal, party: str) -> PartyWords:
    """The words for one party. Only its own preferences, its own red lines and common rules are used."""
    seen = case.seen_by(party)
    found = {certificate.property: certificate for certificate in certify_for(case, deal, party)}
    return PartyWords(
        party,
        label(seen, party),
        tuple(_gets(seen, deal, party)),
        _worth(seen, deal, party),
        tuple(_fair(seen, deal, found, party)),
        tuple(_change(seen, deal, found, party)),
    )


def _gets(case: Case, deal: Deal, party: str) -> Iterator[str]:
    for issue in case.issues:
        if isinstance(issue, Territory):
            yield from land_held(issue, str(deal[issue.id]), party)
        if isinstance(issue, Chosen):
            continue
        if isinstance(issue, Cake):
            if party in deal.pieces[issue.id]:
                yield f"{pieces_text(issue, deal.pieces[issue.id][party])} of {issue.label}"
            continue
        share = deal.shares(issue.id).get(party)
        if deal[issue.id] == JOINT:
            yield f"{issue.label}, jointly"
        elif share is not None:
            burden = " (a burden)" if issue.burden else ""
            whole = share == 1 and not (isinstance(issue, Divisible) and issue.amount is not None)
            yield f"{issue.label}{burden}" if whole else f"{_of(issue, share)}{burden}"


def _of(issue: Issue, share: Fraction) -> str:
    text = issue.label if share == 1 else f"{share_text(share)} of {issue.label}"
    extent = measured(issue, share)
    return f"{text} ({extent})" if extent else text


def _worth(case: Case, deal: Deal, party: str) -> str:
    value, total = value_of(case, deal, party), total_points(case, party)
    text = f"By your own points this deal is worth {points(value)} of your {points(total)} points."
    if paid := deal.payments.get(party):
        flow = f"pay {money_text(case, paid)}" if paid > 0 else f"receive {money_text(case, -paid)}"
        text = f"You {flow}. With that, by your own points, this deal is worth {points(value)} to you."
    elif not 0 <= value <= total:
        text = f"By your own points this deal is worth {points(value)} points."
    brought = [f"{name} ({points(worth)})" for worth, name in _brought(case, deal, party)[:3]]
    return f"{text} Most of that comes from {listed(brought)}." if len(brought) > 1 else text


def _brought(case: Case, deal: Deal, party: str) -> list[tuple[Fraction, str]]:
    """What the settled issues add to a party's points, largest first."""
    preference = case.preferences[party]
    rows = [(worth_in(case, issue, deal, party), issue.label) for issue in case.issues]
    for term in preference.together:
        if applies(term.when, deal):
            rows.append((term.points, f"having {listed([case.issue(issue).label for issue in term.when])} together"))
    return sorted((row for row in rows if row[0] > 0), key=lambda row: -row[0])


def _fair(case: Case, deal: Deal, found: Mapping[str, Certificate], party: str) -> Iterator[str]:
    no_deal = found["beats-no-deal"].witness["parties"][party]
    gain = Fraction(no_deal["gain"])
    if "no_deal" not in case.preferences[party].model_fields_set:
        yield "You did not say what walking away is worth to you; it is counted as 0."
    elif gain >= 0:
        yield f"Without a deal you would have {points_of(no_deal['no_deal'])}; this is {points(gain)} more."
    else:
        yield f"Without a deal you would have {points_of(no_deal['no_deal'])}, which is {points(-gain)} more than this."
    yield from _envy_words(case, deal, found, party)
    yield from _part_words(found, party)
    if case.rules and found["rules-kept"].verdict == "holds":
        own = [rule.id for rule in case.rules if rule.party == party]
        yield "Your red lines and the common rules are kept." if own else "The common rules are kept."
    for item in found["rules-kept"].witness.get("broken", []):
        yield f"This deal breaks {rule_text(case, case.rule(item['rule']))}."


def _envy_words(case: Case, deal: Deal, found: Mapping[str, Certificate], party: str) -> Iterator[str]:
    envy = found["envy-free"]
    weighted = not case.equal_entitlements
    measure = " for its entitlement" if weighted else ""
    against = "for its entitlement, " if weighted else ""
    counted = ", payments counted" if deal.payments else ""
    if envy.verdict == "holds":
        others = [(other, value) for other, value in envy.witness["worth"].get(party, {}).items() if other != party]
        if others:
            other, value = max(others, key=lambda item: Fraction(item[1]))
            yield (
                f"Nobody's part is worth more to you{measure} than yours{counted}; "
                f"{label(case, other)}'s would be worth {points_of(value)} to you."
            )
    elif envy.verdict == "fails":
        for row in envy.witness["envy"]:
            theirs = f"{label(case, row['envies'])}'s part would be worth {points_of(row['other'])} to you"
            yield f"{theirs}, yours is worth {points_of(row['own'])}; {against}that is more than yours."
        yield from _one_thing_words(case, found["ef1"])


def _one_thing_words(case: Case, ef1: Certificate) -> Iterator[str]:
    for row in ef1.witness.get("ended", []):
        thing = case.issue(row["left_out"]).label
        yield f"With {thing} left out, you would not prefer {label(case, row['envies'])}'s part any more."


def _part_words(found: Mapping[str, Certificate], party: str) -> Iterator[str]:
    proportional = found["proportional"]
    if proportional.verdict == "undefined":
        return
    row = proportional.witness["parties"][party]
    than = "at least" if proportional.verdict == "holds" else "less than"
    part = points_of(row["fair_part"])
    yield f"Your entitled part of everything would be worth {part} to you; this deal gives you {than} that."


def _change(case: Case, deal: Deal, found: Mapping[str, Certificate], party: str) -> Iterator[str]:
    value = value_of(case, deal, party)
    floor = case.preferences[party].no_deal
    if value < floor:
        yield f"By your points, walking away is better: {points(floor)} against {points(value)}."
    else:
        yield f"You would do better to walk away only if no deal were worth more than {points(value)} to you."
    if found["envy-free"].verdict == "holds" and (others := found["envy-free"].witness["worth"].get(party)):
        weight = case.party(party).entitlement
        gaps = [
            (value * case.party(other).entitlement / weight - Fraction(worth), other)
            for other, worth in others.items()
            if other != party
        ]
        if gaps:
            gap, other = min(gaps, key=lambda item: item[0])
            theirs = f"You would begin to prefer {label(case, other)}'s part if it were worth"
            yield f"{theirs} more than {points(gap)} points above what you said, or yours as much less."
    if weighing := _burdens_held(case, deal, party):
        yield f"What weighs on you: {listed(weighing)}."
    one_each = case.money is not None and case.money.one_each
    if not one_each and (missed := _missed(case, deal, party)):
        yield f"What you valued and did not get, with the points it would add: {listed(missed)}."
    yield from _doubt_words(case, deal, party)


def _burdens_held(case: Case, deal: Deal, party: str) -> list[str]:
    """The burdens a party carries, with the points they cost, heaviest first."""
    rows = [(worth_in(case, issue, deal, party), issue.label) for issue in case.issues]
    return [f"{name} ({points(worth)})" for worth, name in sorted(row for row in rows if row[0] < 0)[:3]]


def _missed(case: Case, deal: Deal, party: str) -> list[str]:
    """The issues that fall short of what a party hoped for, with the points missing, largest first."""
    rows = [
        (_best(case, issue, party) - worth_in(case, issue, deal, party), issue)
        for issue in case.issues
        if isinstance(issue, Chosen) or not issue.burden
    ]
    rows.sort(key=lambda row: -row[0])
    return [f"{_hoped(case, issue, party)} ({points(short)})" for short, issue in rows[:3] if short > 0]


def _hoped(case: Case, issue: Issue, party: str) -> str:
    """What a party would have liked best of an issue."""
    if not isinstance(issue, Chosen):
        return issue.label
    values = case.preferences[party].values[issue.id]
    best = max(issue.options, key=lambda option: values[option.id])
    return f"“{best.label}” on {issue.label}"


def _best(case: Case, issue: Issue, party: str) -> Fraction:
    """The most an issue could be worth to a party."""
    preference = case.preferences[party]
    worth = preference.points[issue.id]
    if isinstance(issue, Chosen):
        return worth * max(preference.values[issue.id].values()) / 100
    return max(worth, Fraction(0))


def _doubt_words(case: Case, deal: Deal, party: str) -> Iterator[str]:
    """What the deal may be worth within what the party is not sure of; exact."""
    want = Wants.of(case, party)
    if not want.in_doubt:
        return
    if case.preferences[party].doubt == "rank-only":
        yield "You gave only a ranking; the points above are taken as written."
    value = want.value(deal)
    low, high = want.region.smallest(value), want.region.largest(value)
    if low < high:
        yield f"Within the doubt you stated, this deal is worth between {points(low)} and {points(high)} to you."
    if want.region.smallest(value - want.no_deal) >= 0:
        yield "Whatever your points turn out to be within it, this deal is at least as good as no deal."
    elif want.region.largest(value - want.no_deal) >= 0:
        yield "Within it, no deal may turn out to be better for you."
