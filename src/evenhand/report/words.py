"""Results in plain sentences.

`for_party` speaks to one party and takes only what that party may see. The other functions speak to the
mediator.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from evenhand.case import JOINT, Case, Choice, Condition, Divisible, Issue, Rule, fraction_text, plain_decimal
from evenhand.certify import PROPERTIES, Certificate, certify_for
from evenhand.deals import Deal, Step, applies, total_points, value_of, worth_of
from evenhand.settle import WithoutRule

OWN_MEANINGS = {
    "rules-kept": "Your red lines and the common rules are kept. Others' red lines are not shown to you.",
    "beats-no-deal": "You would not do better by walking away.",
    "envy-free": "You would not rather have another's part.",
    "ef1": "You would not rather have another's part if one thing were left out.",
    "efx": "You would not rather have another's part, whichever one thing were left out.",
    "proportional": "You get at least your entitled part of all there is, by your own points.",
    "prop1": "You would have your entitled part with one thing more, or one burden less.",
    "maximin-share": "You get at least what you could make sure of by dividing everything and taking the worst part.",
}
"""What a property says to one party, about that party alone."""

VERDICTS = {"holds": "holds", "fails": "fails", "undecided": "not decided", "undefined": "not defined here"}


@dataclass(frozen=True)
class PartyWords:
    """What is said to one party: what it gets, what that is worth, why it is fair, what would change it."""

    party: str
    label: str
    gets: tuple[str, ...]
    worth: str
    fair: tuple[str, ...]
    change: tuple[str, ...]


def points(number: Fraction) -> str:
    """Points for people: up to two decimals ("65.83")."""
    return plain_decimal(number)


def amount(number: Fraction) -> str:
    """A quantity with thousands separated ("20,000")."""
    whole, _, rest = plain_decimal(number).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def label(case: Case, party: str) -> str:
    """A party's name, fit to stand in a sentence."""
    return isolated(case.party(party).label)


def isolated(name: str) -> str:
    """A name that does not pull the numbers around it to its other side, if it is written from the right."""
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in name):
        return f"\u2068{name}\u2069"
    return name


def settlement_text(case: Case, issue: Issue, deal: Deal) -> str:
    """How an issue is settled, in words: an option, a party, or shares."""
    settlement = deal[issue.id]
    if isinstance(issue, Choice):
        return issue.option(str(settlement)).label
    if settlement == JOINT:
        return "held jointly"
    if isinstance(settlement, str):
        return label(case, settlement)
    return ", ".join(f"{label(case, party)} {_part(issue, share)}" for party, share in settlement.items())


def _part(issue: Issue, share: Fraction) -> str:
    text = "all" if share == 1 else share_text(share)
    measured = _measured(issue, share)
    if measured and share.denominator > 20:
        return measured
    return f"{text} ({measured})" if measured else text


def _measured(issue: Issue, share: Fraction) -> str:
    """A share of a divisible in its own unit; nothing where the case does not say how much there is."""
    if isinstance(issue, Divisible) and issue.amount is not None:
        return f"{amount(issue.amount * share)} {issue.unit}".rstrip()
    return ""


def share_text(share: Fraction) -> str:
    """A share as a short fraction, or in percent where the fraction would be long."""
    return fraction_text(share) if share.denominator <= 20 else f"{plain_decimal(share * 100, 1)}%"


def listed(items: Sequence[str]) -> str:
    """ "a, b and c" """
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def for_party(case: Case, deal: Deal, party: str) -> PartyWords:
    """The words for one party. Only its own preferences, its own red lines and common rules are used."""
    seen = case.seen_by(party)
    found = {certificate.property: certificate for certificate in certify_for(case, deal, party)}
    return PartyWords(
        party,
        label(seen, party),
        tuple(_gets(seen, deal, party)),
        _worth(seen, deal, party),
        tuple(_fair(seen, found, party)),
        tuple(_change(seen, deal, found, party)),
    )


def _gets(case: Case, deal: Deal, party: str) -> Iterator[str]:
    for issue in case.issues:
        if isinstance(issue, Choice):
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
    measured = _measured(issue, share)
    return f"{text} ({measured})" if measured else text


def _worth(case: Case, deal: Deal, party: str) -> str:
    value, total = value_of(case, deal, party), total_points(case, party)
    text = f"By your own points this deal is worth {points(value)} of your {points(total)} points."
    if not 0 <= value <= total:
        text = f"By your own points this deal is worth {points(value)} points."
    brought = [f"{name} ({points(worth)})" for worth, name in _brought(case, deal, party)[:3]]
    return f"{text} Most of that comes from {listed(brought)}." if len(brought) > 1 else text


def _brought(case: Case, deal: Deal, party: str) -> list[tuple[Fraction, str]]:
    """What the settled issues add to a party's points, largest first."""
    preference = case.preferences[party]
    rows = [(worth_of(preference, issue, party, deal[issue.id]), issue.label) for issue in case.issues]
    for term in preference.together:
        if applies(term.when, deal):
            rows.append((term.points, f"having {listed([case.issue(issue).label for issue in term.when])} together"))
    return sorted((row for row in rows if row[0] > 0), key=lambda row: -row[0])


def _fair(case: Case, found: Mapping[str, Certificate], party: str) -> Iterator[str]:
    no_deal = found["beats-no-deal"].witness["parties"][party]
    gain = Fraction(no_deal["gain"])
    if "no_deal" not in case.preferences[party].model_fields_set:
        yield "You did not say what walking away is worth to you; it is counted as 0."
    elif gain >= 0:
        yield f"Without a deal you would have {_p(no_deal['no_deal'])}; this is {points(gain)} more."
    else:
        yield f"Without a deal you would have {_p(no_deal['no_deal'])}, which is {points(-gain)} more than this."
    yield from _envy_words(case, found, party)
    yield from _part_words(found, party)
    if case.rules and found["rules-kept"].verdict == "holds":
        own = [rule.id for rule in case.rules if rule.party == party]
        yield "Your red lines and the common rules are kept." if own else "The common rules are kept."
    for item in found["rules-kept"].witness.get("broken", []):
        yield f"This deal breaks {rule_text(case, case.rule(item['rule']))}."


def _envy_words(case: Case, found: Mapping[str, Certificate], party: str) -> Iterator[str]:
    envy = found["envy-free"]
    weighted = len({p.entitlement for p in case.principals}) > 1
    measure = " for its entitlement" if weighted else ""
    against = "for its entitlement, " if weighted else ""
    if envy.verdict == "holds":
        others = [(other, value) for other, value in envy.witness["worth"].get(party, {}).items() if other != party]
        if others:
            other, value = max(others, key=lambda item: Fraction(item[1]))
            yield (
                f"Nobody's part is worth more to you{measure} than yours; "
                f"{label(case, other)}'s would be worth {_p(value)} to you."
            )
    elif envy.verdict == "fails":
        for row in envy.witness["envy"]:
            theirs = f"{label(case, row['envies'])}'s part would be worth {_p(row['other'])} to you"
            yield f"{theirs}, yours is worth {_p(row['own'])}; {against}that is more than yours."
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
    part = _p(row["fair_part"])
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
    if missed := _missed(case, deal, party):
        yield f"What you valued and did not get, with the points it would add: {listed(missed)}."
    yield from _doubt_words(case, deal, party)


def _burdens_held(case: Case, deal: Deal, party: str) -> list[str]:
    """The burdens a party carries, with the points they cost, heaviest first."""
    preference = case.preferences[party]
    rows = [(worth_of(preference, issue, party, deal[issue.id]), issue.label) for issue in case.issues]
    return [f"{name} ({points(worth)})" for worth, name in sorted(row for row in rows if row[0] < 0)[:3]]


def case_notes(case: Case) -> list[str]:
    """What is not wrong in a case but worth knowing; for the mediator."""
    totals = {party.label: total_points(case, party.id) for party in case.principals}
    notes = []
    if len(set(totals.values())) > 1:
        sums = listed([f"{name} {points(total)}" for name, total in totals.items()])
        notes.append(
            f"The parties' points sum to different totals ({sums}). They are compared as written, so Adjusted Winner, "
            "leximin and “equally served” favour whoever wrote fewer."
        )
    notes += [f"{name} gives no points to anything." for name, total in totals.items() if total == 0]
    ranked = [party.label for party in case.principals if case.preferences[party.id].doubt == "rank-only"]
    notes += [f"{name} gave only a ranking; what is proved holds for the points as written." for name in ranked]
    return notes


def _missed(case: Case, deal: Deal, party: str) -> list[str]:
    """The issues that fall short of what a party hoped for, with the points missing, largest first."""
    preference = case.preferences[party]
    rows = [
        (_best(case, issue, party) - worth_of(preference, issue, party, deal[issue.id]), issue)
        for issue in case.issues
        if isinstance(issue, Choice) or not issue.burden
    ]
    rows.sort(key=lambda row: -row[0])
    return [f"{_hoped(case, issue, party)} ({points(short)})" for short, issue in rows[:3] if short > 0]


def _hoped(case: Case, issue: Issue, party: str) -> str:
    """What a party would have liked best of an issue."""
    if not isinstance(issue, Choice):
        return issue.label
    values = case.preferences[party].values[issue.id]
    best = max(issue.options, key=lambda option: values[option.id])
    return f"“{best.label}” on {issue.label}"


def _best(case: Case, issue: Issue, party: str) -> Fraction:
    """The most an issue could be worth to a party."""
    preference = case.preferences[party]
    worth = preference.points[issue.id]
    if isinstance(issue, Choice):
        return worth * max(preference.values[issue.id].values()) / 100
    return max(worth, Fraction(0))


def _doubt_words(case: Case, deal: Deal, party: str) -> Iterator[str]:
    """What the deal is worth at the low end of the intervals a party gave (each worth is linear in them)."""
    preference = case.preferences[party]
    if isinstance(preference.doubt, str):
        yield "You gave only a ranking; the points are taken as written, and no figure here is more exact than that."
        return
    intervals = {issue: doubt for issue, doubt in preference.doubt.items() if not isinstance(doubt, str)}
    ranked = [case.issue(issue).label for issue, doubt in preference.doubt.items() if isinstance(doubt, str)]
    if ranked:
        yield f"For {listed(ranked)} you gave only a rank; the points are taken as written."
    if not intervals:
        return
    ends = []
    for end in (0, 1):
        doubtful = {**preference.points, **{issue: interval[end] for issue, interval in intervals.items()}}
        changed = preference.model_copy(update={"points": doubtful})
        ends.append(value_of(case.model_copy(update={"preferences": {party: changed}}), deal, party))
    low, high = min(ends), max(ends)
    yield f"Within the doubt you stated, this deal is worth between {points(low)} and {points(high)} to you."


def _p(text: str) -> str:
    return points(Fraction(text))


def certificate_words(case: Case, certificate: Certificate) -> list[str]:
    """What was found about one property, in sentences for the mediator; the last ones are the witness."""
    if certificate.verdict in ("undefined", "undecided"):
        return [certificate.witness["why"]]
    return list(_WORDS[certificate.property](case, certificate.witness)) or [PROPERTIES[certificate.property].meaning]


def _rules_kept(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    for row in witness.get("broken", []):
        yield f"{rule_text(case, case.rule(row['rule']))} is broken. {row['why']}".strip()
    if "checked" in witness:
        count = len(witness["checked"])
        known = "of yours and common to all" if len(case.preferences) < len(case.principals) else "of the case"
        yield f"Rules {known} that were checked: {count}."


def _beats_no_deal(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    for party, row in witness["parties"].items():
        gain = Fraction(row["gain"])
        how = f"{points(gain)} above" if gain >= 0 else f"{points(-gain)} below"
        yield f"{label(case, party)}: {_p(row['value'])} points, {how} no deal ({_p(row['no_deal'])})."


def _envy_free(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    for row in witness.get("envy", []):
        yield _envy_text(case, row)
    if "envy" not in witness:
        for party, worth in witness["worth"].items():
            others = [f"{label(case, o)}'s {_p(v)}" for o, v in worth.items() if o != party]
            if others:
                yield f"To {label(case, party)}, its own part is worth {_p(worth[party])}, {listed(others)}."


def _envy_text(case: Case, row: Mapping[str, Any]) -> str:
    weights = [case.party(row[who]).entitlement for who in ("party", "envies")]
    text = f"{label(case, row['party'])} would rather have {label(case, row['envies'])}'s part"
    if weights[0] == weights[1]:
        return f"{text}: {_p(row['other'])} against {_p(row['own'])} points."
    rates = [points(Fraction(row[what]) / weight) for what, weight in zip(("own", "other"), weights, strict=True)]
    return f"{text}, measured by entitlement: {rates[1]} against {rates[0]} points for each unit of it."


def _up_to_one(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    if "why" in witness:
        yield witness["why"]
    for row in witness.get("ended", []):
        yield f"{_envy_text(case, row)} {_left_out(case, row, 'That ends')}".strip()
    for row in witness.get("envy", []):
        yield f"{_envy_text(case, row)} {_left_out(case, row, 'It remains')}".strip()


def _left_out(case: Case, row: Mapping[str, Any], verb: str) -> str:
    if "left_out" not in row:
        return ""
    thing = case.issue(row["left_out"]).label
    return f"{verb} with {thing} left out: {_p(row['other_after'])} against {_p(row['own_after'])}."


def _proportional(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    if "why" in witness:
        yield witness["why"]
    for party, row in witness.get("parties", {}).items():
        text = f"{label(case, party)}: {_p(row['value'])} points"
        text += f"; its entitled part of {_p(row['of'])} is {_p(row['fair_part'])}"
        if row.get("change"):
            text += f"; with {case.issue(row['change']).label} changed in its favour, {_p(row['then'])}"
        yield f"{text}."


def _maximin(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    for party, row in witness["parties"].items():
        if "split" in row:
            parts = [listed([case.issue(issue).label for issue in part]) or "nothing" for part in row["split"]]
            yield f"{label(case, party)} has {_p(row['value'])}, and every part of this split is worth more to it:"
            yield f"{'; '.join(parts)}."
        else:
            yield f"{label(case, party)} has {_p(row['value'])}; no split has a worst part worth more to it."


def _equitable(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    rows = [f"{label(case, party)} {_p(level)}" for party, level in witness["points_per_entitlement"].items()]
    yield f"Points for entitlement: {listed(rows)}."


def _pareto(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    if "better_deal" in witness:
        rows = [
            f"{label(case, p)} {_p(v)} instead of {_p(witness['instead_of'][p])}" for p, v in witness["points"].items()
        ]
        yield f"Another deal is better: {listed(rows)}."
        changed = ", ".join(f"{case.issue(k).label}: {_settled(case, k, s)}" for k, s in witness["better_deal"].items())
        yield f"That deal: {changed}."
    elif "wasted" in witness:
        row = witness["wasted"]
        yield (
            f"{case.issue(row['issue']).label} costs {label(case, row['from'])} nothing to give "
            f"and would help {label(case, row['to'])}."
        )
    elif "circle" in witness:
        for row in witness["circle"]:
            yield (
                f"A little of {case.issue(row['issue']).label} from {label(case, row['from'])} "
                f"to {label(case, row['to'])}: {_p(row['loses_per_point_gained'])} points lost for each point gained."
            )
        yield "Around this circle everyone gains."
    else:
        yield from _weights_text(case, witness)


def _settled(case: Case, issue_id: str, settlement: Any) -> str:
    issue = case.issue(issue_id)
    if isinstance(settlement, str):
        return settlement_text(case, issue, Deal({issue_id: settlement}))
    return settlement_text(case, issue, Deal({issue_id: {p: Fraction(f) for p, f in settlement.items()}}))


def _weights_text(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    if "weights" not in witness:
        yield str(witness["because"]).capitalize() + "."
        return
    rows = [f"{label(case, party)} {short_number(weight)}" for party, weight in witness["weights"].items()]
    if witness.get("because") == "search":
        yield f"A better deal would count for at least as much as this one with the weights {listed(rows)}."
        yield "Every deal that does was looked at; none is better."
    else:
        yield f"Counting each party's points with the weights {listed(rows)}, no deal has a larger sum."


def _nash_bound(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    weights = [f"{label(case, party)} × {short_number(m)}" for party, m in witness["multipliers"].items()]
    yield f"Multiply the points: {listed(weights)}. Price each issue at the most any settlement of it then brings."
    spent, limit = short_number(witness["sum_of_prices"]), short_number(witness["limit"])
    yield f"The prices add up to {spent}, so no product can exceed {limit}."
    product = short_number(witness["product"])
    if witness["largest_possible"]:
        yield f"This deal's product is exactly that: {product}. None is larger."
    else:
        reached = plain_decimal(Fraction(str(witness["reached"])) * 100)
        yield f"This deal's product is {product}: {reached}% of the limit per party, on average."


_WORDS = {
    "rules-kept": _rules_kept,
    "beats-no-deal": _beats_no_deal,
    "envy-free": _envy_free,
    "ef1": _up_to_one,
    "efx": _up_to_one,
    "proportional": _proportional,
    "prop1": _proportional,
    "maximin-share": _maximin,
    "equitable": _equitable,
    "pareto-optimal": _pareto,
    "fractionally-pareto-optimal": _pareto,
    "nash-bound": _nash_bound,
}


def short_number(text: str) -> str:
    """A fraction for people: as it is when short, else to about six digits."""
    if len(text) <= 5:
        return text
    if "e" in text:
        # A huge limit, written as digits and a power of ten, may not fit a float.
        return f"{Decimal(text):.5e}"
    number = float(Fraction(text))
    return f"{number:,.2f}".removesuffix(".00") if 100 <= number < 10**9 else f"{number:.6g}"


def rule_text(case: Case, rule: Rule) -> str:
    """A rule in one phrase: "Ana's red line r1: not (debt: Ana)"."""
    kinds = {"red-line": "red line", "linkage": "linkage", "forbid": "rule", "require": "rule"}
    owner = f"{label(case, rule.party)}'s " if rule.party else "the "
    parts = []
    if rule.forbid:
        parts.append(f"not ({_conditions_text(case, rule.forbid)})")
    if rule.require:
        parts.append(f"always ({_conditions_text(case, rule.require)})")
    if rule.if_ and rule.then:
        parts.append(f"if {_conditions_text(case, rule.if_)}, then {_conditions_text(case, rule.then)}")
    return f"{owner}{kinds[rule.kind]} {rule.id}: {'; '.join(parts)}"


def _conditions_text(case: Case, conditions: Mapping[str, Condition]) -> str:
    return " and ".join(f"{case.issue(k).label}: {_condition_text(case, k, c)}" for k, c in conditions.items())


def _condition_text(case: Case, issue_id: str, condition: Condition) -> str:
    if isinstance(condition, dict):
        return ", ".join(f"{label(case, party)} {bound}" for party, bound in condition.items())
    issue = case.issue(issue_id)
    if isinstance(issue, Choice):
        return " or ".join(issue.option(name).label for name in condition)
    return " or ".join("jointly" if name == JOINT else label(case, name) for name in condition)


def step_text(case: Case, step: Step) -> str:
    """One step of a trace as a sentence."""
    return _STEPS[step.action](case, step.facts)


def _award(case: Case, facts: Mapping[str, Any]) -> str:
    issue, party = case.issue(facts["issue"]).label, label(case, facts["party"])
    given = listed([f"{label(case, p)} {_p(v)}" for p, v in facts["points"].items()])
    reason = {"more points": f"({given})", "tie": f"({given}; a tie)", "rule": "by a rule"}[facts["why"]]
    return f"{party} receives {issue} {reason}."


def _standings(case: Case, facts: Mapping[str, Any]) -> str:
    rows = listed([f"{label(case, p)} {_p(v)}" for p, v in facts["points"].items()])
    return f"Points now: {rows}" + (" — equal for their entitlements." if facts["equal"] else ".")


def _transfer(case: Case, facts: Mapping[str, Any]) -> str:
    issue, giver = case.issue(facts["issue"]).label, label(case, facts["giver"])
    part = Fraction(facts["part"])
    what = issue if part == 1 else f"{share_text(part)} of {issue}"
    verb = "takes on" if Fraction(facts["points"][facts["giver"]]) < 0 else "hands over"
    return f"{giver}, being ahead, {verb} {what}, at {_p(facts['rate'])} points lost for each point the other gains."


def _pick(case: Case, facts: Mapping[str, Any]) -> str:
    return f"{label(case, facts['party'])} takes {case.issue(facts['issue']).label} ({_p(facts['points'])} points)."


def _largest(case: Case, facts: Mapping[str, Any]) -> str:
    rows = " × ".join(f"{label(case, p)} {_p(v)}" for p, v in facts["points"].items())
    return f"The largest product of values: {rows}."


def _claim(case: Case, facts: Mapping[str, Any]) -> str:
    award, claim = amount(Fraction(facts["award"])), amount(Fraction(facts["claim"]))
    return f"Of {case.issue(facts['issue']).label}, {label(case, facts['party'])} claims {claim} and gets {award}."


def _circle(case: Case, facts: Mapping[str, Any]) -> str:
    circle = listed([label(case, party) for party in facts["parties"]])
    return f"{circle} each take the part of the next in this circle, which they prefer."


def _prices(case: Case, facts: Mapping[str, Any]) -> str:
    rows = [f"{case.issue(issue).label} {short_number(price)}" for issue, price in facts["prices"].items()]
    budgets = [f"{label(case, party)} {budget}" for party, budget in facts["budgets"].items()]
    return f"Prices: {listed(rows)}. Budgets: {listed(budgets)}."


def _levels(case: Case, facts: Mapping[str, Any]) -> str:
    return f"Levels from the worst-off up: {listed([_p(level) for level in facts['levels']])}."


_STEPS = {
    "award": _award,
    "standings": _standings,
    "transfer": _transfer,
    "pick": _pick,
    "give": lambda case, facts: (
        f"{label(case, facts['party'])}, whom nobody envies, gets {case.issue(facts['issue']).label}."
    ),
    "meet-claim": _claim,
    "circle": _circle,
    "prices": _prices,
    "order": lambda case, facts: f"Order of turns: {listed([label(case, p) for p in facts['parties']])}.",
    "pass": lambda case, facts: f"{label(case, facts['party'])} passes.",
    "largest-product": _largest,
    "levels": _levels,
}


def change_text(case: Case, change: WithoutRule) -> str:
    """What a rule costs or brings each party, in one sentence for the mediator."""
    rows = [
        f"{label(case, party)} {'+' if gain > 0 else '−' if gain < 0 else '±'}{points(abs(gain))}"
        for party, gain in change.gains.items()
    ]
    rule = rule_text(case, change.rule)
    return f"Without {rule}, the values would move by {listed(rows)}."
