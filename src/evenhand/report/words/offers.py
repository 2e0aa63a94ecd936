"""Offers in sentences: who put what, who answered how, what could come of it.

Every function takes the case as its reader may see it (`Case.seen_by` for a party): points that are not in it are not
spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from evenhand.bargain.offers import Agreed, Pair, Standing, answer_of, terms_worth
from evenhand.bargain.reach import Clash, Terms
from evenhand.case import Answer, Case, Proposal, Term
from evenhand.report.words.plain import label, listed, points, share_text, term_text
from evenhand.report.words.rules import conditions_text, rule_text

_ANSWERS = {
    "accepted": "accepted",
    "accepted-with-conditions": "accepts with conditions",
    "refused": "refused",
    "open": "has not answered",
}
_EARLIER = {**_ANSWERS, "accepted-with-conditions": "accepted with conditions", "open": "had not decided"}
_NEXT = {
    "open": "to answer",
    "unnamed": "to say on which issues, and how, its conditions would be met",
    "conditions": "to answer these conditions",
}


def offer_heading(case: Case, offer: Proposal) -> str:
    """Who put the offer, and when: "put by Ana on 2026-05-02"."""
    return f"put by {label(case, offer.by)}" + (f" on {offer.made_on}" if offer.made_on else "")


def terms_lines(case: Case, terms: Terms) -> list[tuple[str, str]]:
    """Each issue that terms settle, and how, in the order of the case."""
    return [(issue.label, term_text(case, issue, terms[issue.id])) for issue in case.issues if issue.id in terms]


def offer_lines(case: Case, standing: Standing, reader: str | None = None) -> Iterator[str]:
    """What there is to say of one offer, for the mediator or, with `reader`, for a party."""
    offer = standing.offer
    yield f"{_answers(case, offer)} {_move(case, standing)}".strip()
    yield from _conditions(case, offer)
    yield from (_earlier(case, answer) for answer in offer.history)
    yield from _reach(case, standing, " that you may see" if reader else "")
    yield from _worth(case, standing)


def _answers(case: Case, offer: Proposal) -> str:
    """How everybody answered; who put the offer is named only where the file gives it an answer."""
    who = [party.id for party in case.principals if party.id != offer.by]
    who = [party.id for party in case.parties if party.id in offer.answers or party.id in who]
    rows = [f"{label(case, party)} {_ANSWERS[answer_of(offer, party)]}{_dated(offer, party)}" for party in who]
    return "; ".join(rows) + "." if rows else ""


def _dated(offer: Proposal, party: str) -> str:
    return f" on {offer.answered_on[party]}" if party in offer.answered_on else ""


def _move(case: Case, standing: Standing) -> str:
    if standing.state == "agreed":
        return "All principals have accepted."
    if standing.state == "refused":
        return "As it stands it is off the table; the next move is a new offer."
    who = [f"{label(case, party)}'s" for party in standing.next]
    move = "move is" if len(who) == 1 else "moves are"
    return f"The next {move} {listed(who)}: {_NEXT[standing.state]}."


def _conditions(case: Case, offer: Proposal) -> Iterator[str]:
    if isinstance(offer.conditions, str):
        if offer.conditions:
            yield f"Conditions: {offer.conditions}"
        return
    for party in offer.conditions:
        yield f"Conditions of {label(case, party)}: {_stated(case, offer.conditions_of(party))}"


def _stated(case: Case, stated: str | Mapping[str, tuple[str, ...] | dict[str, str]]) -> str:
    return stated if isinstance(stated, str) else f"{conditions_text(case, stated)}."


def _earlier(case: Case, answer: Answer) -> str:
    when = f" on {answer.given_on}" if answer.given_on else ""
    condition = f": {_stated(case, answer.condition)}" if answer.condition else "."
    return f"Earlier, {label(case, answer.party)} {_EARLIER[answer.answer]}{when}{condition}"


def _reach(case: Case, standing: Standing, seen: str) -> Iterator[str]:
    """Whether some complete deal has these terms, and what is in the way if not."""
    if not standing.checked:
        yield "Whether some complete deal has these terms and keeps every rule was not checked."
    elif standing.clash is not None:
        yield f"No complete deal has these terms. {_in_the_way(case, standing.clash)}"
    else:
        what = "It settles every issue" if standing.complete else "Some complete deal has these terms"
        aside = ", payments aside" if case.money is not None else ""
        yield f"{what} and keeps every rule{seen}{aside}."
        if standing.conditions_clash is not None:
            yield f"No complete deal does that and meets the conditions. {_in_the_way(case, standing.conditions_clash)}"


def _in_the_way(case: Case, clash: Clash) -> str:
    rules = [rule_text(case, rule) for rule in case.rules if rule.id in clash.rules]
    rows = [*rules, *(f"the conditions of {label(case, party)}" for party in clash.parties)]
    return f"In the way: {'; '.join(rows)}." if rows else "They cannot go together, whatever the rules."


def _worth(case: Case, standing: Standing) -> Iterator[str]:
    """What the terms are worth to each whose points are known; beside no deal where they settle everything."""
    offer, rows = standing.offer, []
    for party in case.preferences:
        worth = terms_worth(case, party, offer.terms, list(offer.terms))
        if worth is not None:
            floor = f" (no deal: {points(case.preferences[party].no_deal)})" if standing.complete else ""
            rows.append(f"{label(case, party)} {points(worth)}{floor}")
    if rows and offer.terms:
        yield f"What these terms are worth, in own points: {listed(rows)}."


def agreed_lines(case: Case, found: Agreed) -> Iterator[str]:
    """What accepted offers settle together."""
    if not found.offers:
        yield "No offer has been accepted by all principals."
        return
    if found.settles:
        yield "The accepted offers settle every issue and keep every rule: there is a deal."
    for issue, term in terms_lines(case, found.terms):
        yield f"{issue}: {term}."
    if found.disputed:
        yield f"Accepted offers settle these in different ways: {_issues(case, found.disputed)}."
    if found.clash is not None:
        yield f"No complete deal has all these terms. {_in_the_way(case, found.clash)}"
    if found.open:
        yield f"Still open: {_issues(case, found.open)}."


def _issues(case: Case, issues: tuple[str, ...]) -> str:
    return listed([case.issue(issue).label for issue in issues])


def common_lines(case: Case, common: Mapping[str, Term]) -> Iterator[str]:
    """The issues on which the last offers of different parties agree."""
    for issue, term in terms_lines(case, common):
        yield f"{issue}: {term}."
    if not common:
        yield "No issue is settled alike by the last offers of different parties."


def closest_lines(case: Case, pair: Pair | None, reader: str | None = None) -> Iterator[str]:
    """The two closest offers, what they differ in, and what a move would cost."""
    if pair is None:
        yield "No two offers of different parties settle a common issue."
        return
    one, two = pair.one, pair.two
    names = f"“{one.id}” ({label(case, one.by)}) and “{two.id}” ({label(case, two.by)})"
    both = len(pair.common)
    issues = "one issue that both settle" if both == 1 else f"{both} issues that both settle"
    if not pair.differences:
        yield f"{names} agree on the {issues}."
        return
    count = "" if both == 1 else f"{len(pair.differences)} of "
    yield f"{names} differ on {count}the {issues}; distance {share_text(pair.distance)}."
    for found in pair.differences:
        issue = case.issue(found.issue)
        terms = [f"{offer.id} {term_text(case, issue, offer.terms[issue.id])}" for offer in (one, two)]
        part = "" if found.part == 1 else f" ({share_text(found.part)} of it apart)"
        yield f"{issue.label}: {'; '.join(terms)}{part}.{_cost(case, found.gives_up, found.cheaper, reader)}"
    yield from _whole_moves(case, pair, reader)


def _cost(case: Case, gives_up: Mapping[str, Fraction], cheaper: str | None, reader: str | None) -> str:
    if reader is not None:
        return f" To move there would cost you {_points(gives_up[reader])}." if reader in gives_up else ""
    if gives_up and not any(gives_up.values()):
        return " Nobody whose points are known would lose by moving."
    rows = [f"{label(case, party)} {_points(lost)}" for party, lost in gives_up.items()]
    less = f", less for {label(case, cheaper)}" if cheaper else ""
    return f" To move would cost {listed(rows)}{less}." if rows else ""


def _points(number: Fraction) -> str:
    text = points(number)
    return f"{text} {'point' if text == '1' else 'points'}"


def _whole_moves(case: Case, pair: Pair, reader: str | None) -> Iterator[str]:
    """What taking the other offer whole would cost each, and the least that would bring the two together."""
    for party, lost in pair.gives_up.items():
        who = "you" if reader == party else label(case, party)
        yield f"If {who} took the other offer on these issues, it would cost {_points(lost)}."
    if reader is None and pair.least is not None:
        yield (
            f"If on each issue the one moved that gives up less, it would cost {_points(pair.least)} in all "
            "(points of both compared as written)."
        )
