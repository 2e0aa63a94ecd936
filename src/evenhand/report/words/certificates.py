"""What was found about each property, in sentences for the mediator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from evenhand.case import JOINT, Case, Territory, plain_decimal
from evenhand.certify import PROPERTIES, Certificate, Finding, Written
from evenhand.deals import Deal, in_stretches
from evenhand.report.words.land import column_text
from evenhand.report.words.plain import label, listed, points, points_of, settlement_text, short_number
from evenhand.report.words.rules import rule_text

VERDICTS = {"holds": "holds", "fails": "fails", "undecided": "not decided", "undefined": "not defined here"}


def certificate_words(case: Case, certificate: Certificate) -> list[str]:
    """What was found about one property, in sentences for the mediator; the last ones are the witness."""
    if certificate.verdict in ("undefined", "undecided"):
        return [certificate.witness["why"]]
    return list(_WORDS[certificate.property](in_stretches(case), certificate.witness)) or [
        PROPERTIES[certificate.property].meaning
    ]


def _rules_kept(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    for row in witness.get("broken", []):
        yield f"{rule_text(case, case.rule(row['rule']))} is broken. {row['why']}".strip()
    if "checked" in witness:
        count = len(witness["checked"])
        known = "of yours and common to all" if _one_party(case) else "of the case"
        yield f"Rules {known} that were checked: {count}."


def rechecked_words(written: Written, findings: Sequence[Finding]) -> str:
    """How many certificates of a file were confirmed and refuted, in one sentence."""
    refuted = sum(found.outcome == "refuted" for found in findings)
    confirmed = sum(found.outcome == "confirmed" for found in findings)
    whom = f", for {written.eyes}" if written.eyes else ""
    return f"rechecked{whom}: {confirmed} confirmed, {refuted} refuted, of {len(findings)} certificates"


def _one_party(case: Case) -> bool:
    """Whether this is the case as one party sees it."""
    return len(case.preferences) < len(case.principals)


def _beats_no_deal(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    for party, row in witness["parties"].items():
        gain = Fraction(row["gain"])
        how = f"{points(gain)} above" if gain >= 0 else f"{points(-gain)} below"
        yield f"{label(case, party)}: {points_of(row['value'])} points, {how} no deal ({points_of(row['no_deal'])})."


def _envy_free(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    for row in witness.get("envy", []):
        yield _envy_text(case, row)
    if "envy" not in witness:
        for party, worth in witness["worth"].items():
            others = [f"{label(case, o)}'s {points_of(v)}" for o, v in worth.items() if o != party]
            if others:
                yield f"To {label(case, party)}, its own part is worth {points_of(worth[party])}, {listed(others)}."


def _envy_text(case: Case, row: Mapping[str, Any]) -> str:
    weights = [case.party(row[who]).entitlement for who in ("party", "envies")]
    text = f"{label(case, row['party'])} would rather have {label(case, row['envies'])}'s part"
    if weights[0] == weights[1]:
        return f"{text}: {points_of(row['other'])} against {points_of(row['own'])} points."
    rates = [points(Fraction(row[what]) / weight) for what, weight in zip(("own", "other"), weights, strict=True)]
    return f"{text}, measured by entitlement: {rates[1]} against {rates[0]} points for each unit of it."


def _up_to_one(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    if not any(witness.values()):
        who = "You envy nobody" if _one_party(case) else "Nobody envies anybody"
        yield f"{who}, so nothing has to be left out."
    for row in witness.get("ended", []):
        yield f"{_envy_text(case, row)} {_left_out(case, row, 'That ends')}".strip()
    for row in witness.get("envy", []):
        yield f"{_envy_text(case, row)} {_left_out(case, row, 'It remains')}".strip()


def _left_out(case: Case, row: Mapping[str, Any], verb: str) -> str:
    if "left_out" not in row:
        return ""
    thing = case.issue(row["left_out"]).label
    return f"{verb} with {thing} left out: {points_of(row['other_after'])} against {points_of(row['own_after'])}."


def _proportional(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    if not witness["parties"]:
        who = "You have your" if _one_party(case) else "Everyone has its"
        yield f"{who} entitled part, so nothing has to change."
    for party, row in witness["parties"].items():
        text = f"{label(case, party)}: {points_of(row['value'])} points"
        text += f"; its entitled part of {points_of(row['of'])} is {points_of(row['fair_part'])}"
        if row.get("change"):
            text += f"; with {case.issue(row['change']).label} changed in its favour, {points_of(row['then'])}"
        yield f"{text}."


def _maximin(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    for party, row in witness["parties"].items():
        has = f"{label(case, party)} has {points_of(row['value'])}"
        if Fraction(row["value"]) < Fraction(row["at_least"]):
            parts = [listed([case.issue(issue).label for issue in part]) or "nothing" for part in row["split"]]
            yield f"{has}, and every part of this split is worth more to it:"
            yield f"{'; '.join(parts)}."
        else:
            most = points_of(row["at_most"])
            yield f"{has}; no split has a worst part worth more than {most}: {_ceiling(case, row['because'])}."


def _ceiling(case: Case, because: Mapping[str, Any]) -> str:
    """Why no split has a better worst part; `taken` things are set aside first."""
    parts = len(case.principals)
    if because["bound"] == "search":
        return "every split that could was tried"
    taken = because["taken"]
    if because["bound"] == "many":
        return f"one of {parts} parts must hold {(taken - 1) // parts + 1} of the {taken} heaviest burdens"
    left = f"what is left beside the best {taken} things" if taken else "everything"
    if because["bound"] == "few":
        return f"of {left}, some part holds no more things than an equal share"
    return f"it is no more than an equal part of {left}, for {parts - taken} parts"


def _any_price(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    for party, row in witness["parties"].items():
        has = f"{label(case, party)} has {points_of(row['value'])}"
        if Fraction(row["value"]) < Fraction(row["at_least"]):
            least = points_of(row["at_least"])
            yield f"{has}; at any prices its entitlement buys something worth {least} or more to it."
        else:
            most = points_of(row["at_most"])
            yield f"{has}; there are prices at which its entitlement buys nothing worth more to it than {most}."


def _equitable(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    rows = [f"{label(case, party)} {points_of(level)}" for party, level in witness["points_per_entitlement"].items()]
    yield f"Points for entitlement: {listed(rows)}."


def _pareto(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    if "better_deal" in witness:
        rows = [
            f"{label(case, p)} {points_of(v)} instead of {points_of(witness['instead_of'][p])}"
            for p, v in witness["points"].items()
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
            rate = points_of(row["loses_per_point_gained"])
            yield (
                f"A little of {case.issue(row['issue']).label} from {label(case, row['from'])} "
                f"to {label(case, row['to'])}: {rate} points lost for each point gained."
            )
        yield "Around this circle everyone gains."
    else:
        yield from _weights_text(case, witness)


def _with_money(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    total = points_of(witness["sum"])
    if "better_deal" in witness:
        yield f"Another deal is worth more to all together: {total} instead of {points_of(witness['instead_of'])}."
        yield "Whoever would lose by it could be made good with money, and some would be left."
        changed = ", ".join(f"{case.issue(k).label}: {_settled(case, k, s)}" for k, s in witness["better_deal"].items())
        yield f"That deal: {changed}."
    elif "gains" in witness:
        gains = [f"{label(case, party)} {points_of(gain)}" for party, gain in witness["gains"].items()]
        prices = [f"{case.issue(issue).label} {points_of(price)}" for issue, price in witness["prices"].items()]
        yield f"Give everyone a gain, {listed(gains)}, and everything a price, {listed(prices)}."
        yield f"Nothing is worth more to anybody than its gain and the price; they add up to this deal's sum, {total}."
    elif "most" in witness:
        rows = [f"{case.issue(issue).label} {points_of(most)}" for issue, most in witness["most"].items()]
        yield f"The most that any settlement brings to all together: {listed(rows)}. This deal brings as much: {total}."
    else:
        yield f"This deal brings {total} points to all together; every other was looked at, and none brings more."


def _settled(case: Case, issue_id: str, settlement: Any) -> str:
    issue = case.issue(issue_id)
    if isinstance(settlement, str):
        return settlement_text(case, issue, Deal({issue_id: settlement}))
    return settlement_text(case, issue, Deal({issue_id: {p: Fraction(f) for p, f in settlement.items()}}))


def _weights_text(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    if witness.get("because") == "no deal keeps the rules":
        yield "No deal keeps the rules."
        return
    if witness.get("because") == "merging":
        yield "Issue by issue, the sums of points that can still reach this deal were compared; only its own is left."
        return
    if "weights" not in witness:
        yield f"{witness['because'].capitalize()}."
        return
    rows = [f"{label(case, party)} {short_number(weight)}" for party, weight in witness["weights"].items()]
    if witness.get("because") == "search":
        yield f"A better deal would count for at least as much as this one with the weights {listed(rows)}."
        yield "Every deal that does was looked at; none is better."
    else:
        yield f"Counting each party's points with the weights {listed(rows)}, no deal has a larger sum."
    if "left_out" in witness:
        yield f"Not written out here: {witness['left_out']}."


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


def _equilibrium(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    if "without" in witness:
        yield f"{label(case, witness['without'])} has nothing that it gives points to, whatever the prices."
    elif "better_buy" in witness:
        row = witness["better_buy"]
        price, more = short_number(row["price"]), short_number(row["worth_paying"])
        yield (
            f"At any prices that fit, {case.issue(row['issue']).label} costs {label(case, row['holder'])} {price}, "
            f"and {label(case, row['other'])} would pay up to {more} for it."
        )
    else:
        prices = [f"{case.issue(issue).label} {short_number(price)}" for issue, price in witness["prices"].items()]
        yield f"Prices: {listed(prices)}. Each part costs its party's entitlement and gives it most for the price."


def _leximin(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    if "barred" in witness:
        yield f"No deal keeps the rules: nothing may settle {case.issue(witness['barred']).label}."
        return
    rows = [f"{label(case, party)} {points_of(level)}" for party, level in witness["levels"].items()]
    if "better_deal" in witness:
        now = [f"{label(case, party)} {points_of(level)}" for party, level in witness["instead_of"].items()]
        yield f"Points for entitlement: {listed(now)}."
        yield f"Another deal serves the worst-off better, or the next above them: {listed(rows)}."
        changed = ", ".join(f"{case.issue(k).label}: {_settled(case, k, s)}" for k, s in witness["better_deal"].items())
        yield f"That deal: {changed}."
        return
    yield f"Points for entitlement: {listed(rows)}."
    if "listed" in witness:
        yield f"All {witness['listed']} deals were compared; none serves the worst-off, or the next above them, better."
        return
    for row in witness["bounds"]:
        weights = [f"{label(case, party)} × {short_number(weight)}" for party, weight in row["weights"].items()]
        yield f"Counted as {listed(weights)}, these come to no more than {short_number(row['limit'])} in any deal."
    yield "So none can rise, from the worst-off up, without another below it falling."


def _sides_connected(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    for row in witness.get("apart", []):
        whose = "of the joint zone" if row["side"] == JOINT else f"of {label(case, row['side'])}"
        yield f"{case.issue(row['territory']).label}: {listed(row['cut_off'])} {whose} cannot be reached from the rest."
    for land, sides in witness.get("order", {}).items():
        counts = [f"{_whose(case, side)} {len(order)}" for side, order in sides.items()]
        yield f"{case.issue(land).label}: cells that hang together: {listed(counts)}."


def _whose(case: Case, side: str) -> str:
    return "joint" if side == JOINT else label(case, side)


def _land_covered_once(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    for row in witness.get("wrong", []):
        for what, name in (("left out", "missing"), ("not on the map", "not_on_the_map"), ("given twice", "twice")):
            if row[name]:
                yield f"{case.issue(row['territory']).label}, {what}: {listed(row[name])}."
    for land, sides in witness.get("cells", {}).items():
        total = sum(int(count) for count in sides.values())
        yield f"{case.issue(land).label}: all {total} cells are given."


def _joint_zone(case: Case, witness: Mapping[str, Any]) -> Iterator[str]:
    for row in witness.get("wrong", []):
        size = f"the joint zone has {_sized(case, row['territory'], row['size'])}"
        touch = f"; {listed(row['touching'])} touch" if row["touching"] else ""
        yield f"{case.issue(row['territory']).label}: {size}{touch}."
    for land, size in witness.get("sizes", {}).items():
        yield f"{case.issue(land).label}: the joint zone has {_sized(case, land, size)}."


def _sized(case: Case, land: str, size: str) -> str:
    issue = case.issue(land)
    zone = issue.zone if isinstance(issue, Territory) else None
    return f"{plain_decimal(Fraction(size))} {column_text(zone.of) if zone and zone.of else 'cells'}"


_WORDS = {
    "rules-kept": _rules_kept,
    "beats-no-deal": _beats_no_deal,
    "sides-connected": _sides_connected,
    "land-covered-once": _land_covered_once,
    "joint-zone-as-asked": _joint_zone,
    "envy-free": _envy_free,
    "ef1": _up_to_one,
    "efx": _up_to_one,
    "proportional": _proportional,
    "prop1": _proportional,
    "maximin-share": _maximin,
    "any-price-share": _any_price,
    "equitable": _equitable,
    "pareto-optimal": _pareto,
    "fractionally-pareto-optimal": _pareto,
    "pareto-optimal-with-money": _with_money,
    "equilibrium-prices": _equilibrium,
    "leximin": _leximin,
    "nash-bound": _nash_bound,
}
