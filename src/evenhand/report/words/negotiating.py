"""A negotiation in plain words: what a party is asked, what was said, how it ended. No preference is used,
but for the mediator's own sentence on how good a deal is."""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.bargain.protocols import Ending, Said, Standing, Turn
from evenhand.case import Case
from evenhand.deals import Deal, value_of
from evenhand.report.words.plain import label, listed, money_text, payments_text, points, settlement_text
from evenhand.report.words.questions import QuestionWords

_HOW = {
    "accept": "accept",
    "accept-if": "yes if ISSUE SETTLEMENT, …",
    "offer": "offer ISSUE SETTLEMENT, … (the rest stays as it is)",
    "prefer": "prefer",
    "reject": "reject",
    "end": "end",
}
_SAID = {"accept": "accepts", "accept-if": "accepts, if", "reject": "rejects", "prefer": "prefers", "offer": "offers"}


def turn_words(case: Case, turn: Turn) -> QuestionWords:
    """A turn as it is put to its party."""
    if "sum" in turn.allowed:
        return _bid(case, turn)
    how = " | ".join(_HOW[kind] for kind in turn.allowed)
    if turn.package is None:
        lines = (f"Step {turn.step + 1} of {turn.steps}. You speak first: offer a settlement of every issue.",)
        return QuestionWords((*lines, *_ways(case)), "offer ISSUE SETTLEMENT, …  or end")
    if turn.standing is None:
        signing = "offer" not in turn.allowed
        begin = "Could you sign this package?" if signing else "This package is on the table:"
        return QuestionWords((_step(turn), *_since(case, turn), begin, *_package(case, turn.package)), how)
    begin = "A change is proposed to what stands now:"
    changed = [
        f"{issue.label}: {settlement_text(case, issue, turn.standing)} → {settlement_text(case, issue, turn.package)}"
        for issue in case.issues
        if turn.package[issue.id] != turn.standing[issue.id]
    ]
    note = "Prefer it, accept it as no worse, or reject it." if "prefer" in turn.allowed else "Accept it, or veto it."
    return QuestionWords((_step(turn), begin, *changed, note), how)


def _since(case: Case, turn: Turn) -> list[str]:
    """What the others said since this party's last turn."""
    own = [place for place, said in enumerate(turn.heard) if said.party == turn.party]
    start = own[-1] + 1 if own else 0
    before = turn.heard[own[-1]].answer.deal if own else None
    rest = "the rest as you said last"
    return [f"{label(case, said.party)} {said_text(case, said, before, rest)}." for said in turn.heard[start:]]


def _step(turn: Turn) -> str:
    return f"Step {min(turn.step + 1, turn.steps)} of {turn.steps}."


def _bid(case: Case, turn: Turn) -> QuestionWords:
    assert turn.most is not None
    most = money_text(case, turn.most)
    asked = "What is the most you would pay for this?" if turn.pays else "What is the least you would take for this?"
    lines = (f"Round {turn.step + 1} of {turn.steps}. The other does not see your sum.", asked)
    return QuestionWords((*lines, *_package(case, turn.package)), f"a sum from 0 to {most}, or end")


def _package(case: Case, deal: Deal | None) -> list[str]:
    """A package issue by issue, with the ids to type where they are not the names."""
    if deal is None:
        return []
    ids = {issue.id: "" if issue.label == issue.id else f" ({issue.id})" for issue in case.issues}
    return [f"{issue.label}{ids[issue.id]}: {settlement_text(case, issue, deal)}" for issue in case.issues]


def _ways(case: Case) -> list[str]:
    """The issues with their ids and what may settle them, to type."""
    parties = [party.id for party in case.principals]
    rows = []
    for issue in case.issues:
        options = [option.id for option in getattr(issue, "options", ())]
        shares = " or shares such as " + " ".join(f"{party} 1/{len(parties)}" for party in parties)
        known = options or [*parties, *(["joint"] if getattr(issue, "joint", False) else [])]
        rows.append(f"{issue.id}: {', '.join(known)}{shares if issue.kind == 'divisible' else ''}")
    return rows


def said_text(case: Case, said: Said, before: Deal | None = None, rest: str = "the rest as before") -> str:
    """What was said, in short: an answer by its word, a package by what it settles otherwise than `before`."""
    answer = said.answer
    if answer.kind == "sum":
        return f"bids {money_text(case, answer.amount)}" if answer.amount is not None else "bids"
    if answer.kind == "end":
        return "leaves the table"
    if answer.deal is None:
        return f"{_SAID[answer.kind]}{_change(case, said)}"
    new = [issue.id for issue in case.issues if before is None or answer.deal[issue.id] != before[issue.id]]
    named = answer.conditions or new
    if answer.conditions or len(new) == len(case.issues):
        return f"{_SAID[answer.kind]} {package_text(case, answer.deal, named)}"
    return f"{_SAID[answer.kind]} " + "; ".join(filter(None, (package_text(case, answer.deal, named), rest)))


def _change(case: Case, said: Said) -> str:
    """What a mediator's change would settle otherwise."""
    if said.package is None or said.standing is None:
        return ""
    return f" {changes_text(case, said.standing, said.package)}"


def changes_text(case: Case, before: Deal, after: Deal) -> str:
    """What one package settles otherwise than another, on one line."""
    return package_text(case, after, [issue.id for issue in case.issues if after[issue.id] != before[issue.id]])


def package_text(case: Case, deal: Deal, named: Sequence[str] | None = None) -> str:
    """A package on one line: issue by issue, in the case's order."""
    issues = [issue for issue in case.issues if named is None or issue.id in named]
    return "; ".join(f"{issue.label}: {settlement_text(case, issue, deal)}" for issue in issues)


def standing_text(case: Case, deal: Deal, standing: Standing) -> str:
    """How good a deal is against the others, in a sentence for the mediator."""
    if standing.better is None:
        others = "package that could be offered" if standing.among == "menu" else "deal that keeps the rules"
        return f"No other {others} is better for one of them and worse for none."
    gains = {
        party.id: value_of(case, standing.better, party.id) - value_of(case, deal, party.id)
        for party in case.principals
    }
    more = listed([f"{label(case, party)} {points(gain)} points more" for party, gain in gains.items() if gain])
    return f"{more} for nobody's loss, with {changes_text(case, deal, standing.better)}."


def ending_text(case: Case, ending: Ending, steps: int) -> str:
    """How it ended, in one sentence."""
    if ending.why == "agreed" and ending.deal is not None:
        paid = payments_text(case, ending.deal)
        return f"Agreed in step {min(ending.step + 1, steps)} of {steps}." + (f" {paid}." if paid else "")
    if ending.why == "left" and ending.by is not None:
        return f"No deal: {label(case, ending.by)} left in step {min(ending.step + 1, steps)} of {steps}."
    if ending.why == "refused":
        return "No deal: not everybody signed the last draft."
    return f"No deal within {steps} steps."
