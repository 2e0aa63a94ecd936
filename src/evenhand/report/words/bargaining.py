"""Efficient packages, trades and reliefs in sentences. For the mediator: every party's numbers are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from evenhand.bargain import Conflict, Frontier, Package, Relief
from evenhand.case import Case
from evenhand.deals import Deal, broken_rules
from evenhand.report.words.plain import label, listed, payments_text, points, settlement_text
from evenhand.report.words.rules import rule_text
from evenhand.settle import Bargaining, NextTrade, OnTable


def zone_text(found: Bargaining) -> str:
    """Whether there is a zone of agreement, and how many packages are efficient in it."""
    better = "the deal given" if found.start else "no deal"
    if not found.has_zone and not found.frontier.complete:
        return (
            "The search was stopped before any package was found, so whether there is a zone of agreement is not known."
        )
    if not found.has_zone:
        return f"No zone of agreement: no deal that keeps the rules is at least as good for everybody as {better}."
    text = f"There is a zone of agreement: deals at least as good for everybody as {better}. {_counted(found.frontier)}"
    if found.frontier.complete:
        return f"{text} That is all of them."
    gap = f"{float(found.frontier.gap):.2%}"
    return f"{text} Not all are listed: none left out is better for everybody by more than {gap} of its range."


def point_notes(found: Bargaining) -> Iterator[str]:
    """What the disagreement point rests on: who did not say what no deal is worth; what a given deal lacks."""
    case = found.case
    for party in case.principals:
        preference = case.preferences[party.id]
        if found.start is None and "no_deal" not in preference.model_fields_set:
            yield f"{label(case, party.id)} did not say what no deal is worth to it; it counts as 0."
        elif found.start is not None and found.disagreement[party.id] < preference.no_deal:
            floor = points(preference.no_deal)
            yield f"The deal given is worth less to {label(case, party.id)} than no deal ({floor})."
    broken = broken_rules(case, found.start) if found.start else ()
    if broken:
        yield f"The deal given breaks {listed([f'“{item.rule.id}”' for item in broken])}; the packages keep every rule."


def _counted(frontier: Frontier) -> str:
    """How many packages are efficient: values, and stretches along which every mix is."""
    count, stretches = len(frontier), len(frontier.segments)
    are = "are" if count != 1 else "is"
    how = "efficient" if frontier.complete else "known, of which some may not be efficient"
    values = f"{count:,} package{'s' if count != 1 else ''} {are} {how}"
    mixes = f"every mix along {stretches:,} stretch{'es' if stretches != 1 else ''}"
    if not stretches:
        return f"In it {values}."
    return f"In it {values}, and so is {mixes}." if count else f"In it {mixes} is efficient."


def package_notes(package: Package) -> Iterator[str]:
    """Ties and what a cover leaves open."""
    if package.whole_stretch:
        yield "Every package along a stretch is as good by this measure; this is the evenest of them."
    elif package.ties > 1:
        yield f"{package.ties} packages are equally good by this measure; this is the first by the stated rule."
    if package.gap is None:
        yield "Among the packages listed; nothing is known of those left out."
    elif package.gap:
        yield f"Some package left out may be better by up to {package.gap:.3g} {package.solution.measured_in}."


def gains_text(case: Case, gains: Mapping[str, Fraction]) -> str:
    """What each party gains, in the case's order: "Ana gains 12, Ben gains 3"."""
    return listed([f"{label(case, party)} {_gain(gain)}" for party, gain in gains.items()])


def _gain(gain: Fraction) -> str:
    if gain == 0:
        return "stays where it is"
    return f"{'gains' if gain > 0 else 'loses'} {points(abs(gain))}"


def deal_text(case: Case, deal: Deal) -> str:
    """A whole deal in one line."""
    rows = [f"{issue.label}: {settlement_text(case, issue, deal)}" for issue in case.issues]
    return "; ".join(rows + ([payments_text(case, deal)] if deal.payments else []))


def start_name(found: Bargaining, trade: NextTrade) -> str:
    """What the deal that a trade starts from is called."""
    if trade.of is not None:
        return f"the deal on the table “{trade.of}”"
    return "the deal given" if found.start else "an even package, where every issue is settled by itself"


def trade_lines(found: Bargaining, trade: NextTrade) -> Iterator[str]:
    """The next trade from one deal, or why there is none."""
    case, name = found.case, start_name(found, trade)
    verdict = {certificate.property: certificate.verdict for certificate in trade.certificates}
    if trade.trade is None:
        yield f"From {name}, no change of one or two issues helps somebody and hurts nobody."
        if verdict["pareto-optimal"] == "holds":
            yield "Nor does any larger one: it is proved that no deal is better for somebody and worse for nobody."
        elif verdict["pareto-optimal"] == "fails":
            yield "A larger change does: see the packages above."
        return
    after = trade.trade.deal
    swaps = [
        f"{case.issue(k).label}: {settlement_text(case, case.issue(k), after)} instead of "
        f"{settlement_text(case, case.issue(k), trade.start)}"
        for k in trade.trade.changed
    ]
    if after.payments != trade.start.payments:
        swaps.append(payments_text(case, after) or "nobody pays")
    yield f"From {name}: {'; and '.join(swaps)}."
    yield f"{gains_text(case, trade.trade.gains)}."


def table_lines(case: Case, row: OnTable) -> str:
    """A proposal on the table and what it is worth over no deal, or what it leaves open."""
    by = f"“{row.proposal.id}”, by {label(case, row.proposal.by)}"
    if row.deal is None:
        settled = len(case.issues) - len(row.open_issues)
        return f"{by}: settles {settled} of {len(case.issues)} issues, so its worth is not known."
    gains = {party: value - case.preferences[party].no_deal for party, value in row.values.items()}
    broken = [f"“{found.rule.id}”" for found in row.broken]
    rules = f" It breaks {listed(broken)}." if broken else ""
    return f"{by}: over no deal, {gains_text(case, gains)}.{rules}"


def own_table_line(seen: Case, row: OnTable, party: str) -> str:
    """The same for one party, from its own view of the case."""
    by = f"“{row.proposal.id}”, by {label(seen, row.proposal.by)}"
    if row.deal is None:
        return f"{by}: settles {len(seen.issues) - len(row.open_issues)} of {len(seen.issues)} issues."
    gain = row.values[party] - seen.preferences[party].no_deal
    how = "as good as" if gain == 0 else f"{points(abs(gain))} points {'better' if gain > 0 else 'worse'} than"
    broken = [f"“{found.rule.id}”" for found in row.broken]
    rules = f" It breaks {listed(broken)}." if broken else ""
    return f"{by}: by your own points, {how} no deal for you.{rules}"


def conflict_lines(case: Case, conflict: Conflict) -> Iterator[str]:
    """Why there is no zone, before the reliefs."""
    if conflict.clash:
        yield f"No deal keeps these rules together: {listed([rule_text(case, case.rule(r)) for r in conflict.clash])}."
    else:
        yield "Some deals keep every rule, but each leaves somebody worse off than walking away."
    if not conflict.reliefs:
        yield (
            "Neither dropping up to three rules nor one party lowering what walking away is worth to it opens a way."
            if conflict.finished
            else "Nothing that opens a way was found before the search was stopped."
        )
    if not conflict.finished:
        yield f"The search was stopped: {conflict.tried} combinations of rules were tried, not all of them in full."


def relief_lines(case: Case, relief: Relief) -> Iterator[str]:
    """A relief: what changes, and the deal that is then as good as no deal for everybody."""
    changes = [f"without {rule_text(case, case.rule(rule))}" for rule in relief.rules]
    changes += [_lowered_text(case, relief, party) for party in relief.lowered]
    text = listed(changes)
    yield f"{text[0].upper()}{text[1:]}."
    for rule in (case.rule(rule) for rule in relief.rules):
        if rule.party is not None:
            why = f" (its reason: {rule.why.rstrip('.')})" if rule.why else ""
            yield (
                f"Outside help: a guarantee of what “{rule.id}” protects{why}, "
                f"so that {label(case, rule.party)} need not insist on it."
            )
    if not relief.least:
        yield "Less might do: not every deal was looked at."
    worth = [f"{label(case, party)} {points(value)}" for party, value in relief.values.items()]
    yield f"Then this is possible ({listed(worth)}): {deal_text(case, relief.deal)}."


def _lowered_text(case: Case, relief: Relief, party: str) -> str:
    loss, floor = relief.lowered[party], case.preferences[party].no_deal
    name = label(case, party)
    return (
        f"if walking away were worth {points(floor - loss)} to {name} instead of {points(floor)}, "
        f"or a deal {points(loss)} more"
    )


def addition_lines(case: Case, added: Relief) -> Iterator[str]:
    """What somebody outside would have to add."""
    rows = [f"{points(more)} points to {label(case, party)}" for party, more in added.lowered.items()]
    total = points(sum(added.lowered.values(), Fraction(0)))
    if case.money is not None:
        unit = case.money.unit or "the case's unit"
        yield f"A payment from outside would do: {listed(rows)}, {total} in all; a point is 1 {unit}."
    else:
        yield (
            f"Help from outside would do that is worth {listed(rows)}, {total} in all. Counted in each party's own "
            "points; what a point is in money is for the party to say."
        )
    if not added.least:
        yield "Less might do: not every deal was looked at."
    yield f"Added to this deal: {deal_text(case, added.deal)}."
