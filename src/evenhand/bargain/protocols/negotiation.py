"""A negotiation under way: one turn at a time, until it ends. It serves people and simulated parties alike."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Protocol

from evenhand.bargain.protocols.turn import Answer, Ending, Play, Said, Turn, same
from evenhand.case import Case, CaseError, Chosen, Mistake, exact, fraction_text, nearest_name, parse_document
from evenhand.deals import Deal, broken_rules, deal_from_document, deal_json

_WORDS = {"yes": "accept", "no": "reject", "leave": "end"}


class Decider(Protocol):
    """Whoever answers without being asked at a keyboard."""

    def decide(self, turn: Turn) -> object:
        """The answer to a turn."""


class Negotiation:
    """Holds the turn that is open; after the last answer, the ending.

    `case` is what everybody may know: parties, issues and open rules. A wrong answer leaves the turn open.
    """

    def __init__(self, case: Case, play: Play) -> None:
        shared = tuple(rule for rule in case.rules if rule.party is None)
        self.case = case.model_copy(update={"preferences": {}, "rules": shared})
        self.said: list[Said] = []
        self.ending: Ending | None = None
        self._turn: Turn | None = None
        self._play = play
        self._go(None)

    def next_turn(self) -> Turn | None:
        """Who is asked what; None when it has ended."""
        return self._turn

    def answer(self, given: object) -> None:
        """Take the answer to the open turn: an `Answer`, plain data as in a log, or text as typed. Raises Mistake where
        it does not count."""
        turn = self._turn
        assert turn is not None
        read = read_answer(self.case, turn, given)
        self.said.append(Said(turn.step, turn.party, read, turn.package, turn.standing))
        self._go(read)

    def play(self, parties: Mapping[str, Decider]) -> None:
        """Let simulated parties answer until somebody else is asked, or to the end."""
        while self._turn is not None and self._turn.party in parties:
            self.answer(parties[self._turn.party].decide(self._turn))

    def _go(self, answer: Answer | None) -> None:
        try:
            self._turn = next(self._play) if answer is None else self._play.send(answer)
        except StopIteration as end:
            self._turn, self.ending = None, end.value


def read_answer(case: Case, turn: Turn, given: object) -> Answer:
    """An answer from plain data or text, checked against the turn. Raises Mistake."""
    answer = given if isinstance(given, Answer) else _answer(case, turn, given)
    if answer.kind not in turn.allowed:
        known = ", ".join(kind.replace("accept-if", "yes if …") for kind in turn.allowed)
        raise Mistake(f"“{answer.kind}” is no answer here", f"Answer with one of: {known}.")
    if answer.kind == "sum":
        assert answer.amount is not None
        assert turn.most is not None
        if not 0 <= answer.amount <= turn.most:
            raise Mistake(f"{answer.amount} lies outside the scale", f"Name a sum from 0 to {turn.most}.")
    if answer.deal is not None:
        broken = broken_rules(case, answer.deal)
        if broken:
            raise Mistake(f"this breaks the rule “{broken[0].rule.id}”", "Offer a package that keeps the open rules.")
        if answer.kind == "accept-if" and turn.package and same(answer.deal) == same(turn.package):
            raise Mistake("these conditions are met already", "Say `accept`, or set another condition.")
    return answer


def plain(answer: Answer) -> object:
    """An answer as plain data: a word, {"offer": {issue: settlement}}, {"accept-if": {…}} or {"sum": "12.5"}."""
    if answer.kind == "sum" and answer.amount is not None:
        return {"sum": fraction_text(answer.amount)}
    if answer.deal is None:
        return answer.kind
    settled = deal_json(answer.deal)
    return {answer.kind: {issue: settled[issue] for issue in answer.conditions or settled}}


def _answer(case: Case, turn: Turn, given: object) -> Answer:
    if isinstance(given, str):
        return _typed(case, turn, given.strip())
    if isinstance(given, dict) and len(given) == 1:
        ((kind, value),) = given.items()
        if kind == "sum":
            return Answer("sum", amount=exact(value))
        if kind in ("offer", "accept-if") and isinstance(value, dict):
            return _package(case, turn, kind, value)
    raise Mistake("this is not an answer", 'Write a word such as "accept", or {"offer": {issue: settlement}}.')


def _typed(case: Case, turn: Turn, text: str) -> Answer:
    """Text as a person types it: accept, yes if ISSUE SETTLEMENT, …, offer ISSUE SETTLEMENT, …, or a sum."""
    if "sum" in turn.allowed and re.match(r"[+-]?[.\d]", text):
        return Answer("sum", amount=exact(text))
    if match := re.fullmatch(r"(offer|(?:yes|accept)[ ,]+if)\s+(.+)", text, re.I | re.S):
        kind = "offer" if match[1].lower() == "offer" else "accept-if"
        return _package(case, turn, kind, _terms(match[2]))
    word = _WORDS.get(text.lower(), text.lower())
    if word not in ("accept", "reject", "prefer", "end"):
        known = ", ".join(kind.replace("accept-if", "yes if …") for kind in turn.allowed)
        raise Mistake(f"“{text[:40]}” is not understood", f"Answer with one of: {known}.")
    return Answer(word)  # type: ignore[arg-type]  # one of the four words just checked


def _terms(text: str) -> dict[str, object]:
    """ "house ben, savings ana 1/2 ben 1/2" as {issue: settlement}."""
    found: dict[str, object] = {}
    for item in filter(None, (part.strip() for part in text.split(","))):
        name, *rest = item.replace("=", " ").replace(":", " ").split()
        if name in found:
            raise Mistake(f"“{name}” stands there twice", "Name each thing once.")
        if len(rest) == 1:
            found[name] = rest[0]
        elif rest and len(rest) % 2 == 0:
            found[name] = dict(zip(rest[::2], rest[1::2], strict=True))
        else:
            raise Mistake(f"“{item}” does not settle anything", "Write like: house ben, savings ana 1/2 ben 1/2.")
    return found


def _package(case: Case, turn: Turn, kind: Any, terms: Mapping[str, object]) -> Answer:
    """An offer, or a yes with conditions: what is not named stays as it is on the table."""
    base = turn.package or _last_own(turn)
    issues = [issue.id for issue in case.issues]
    for name in terms:
        if name not in issues:
            raise Mistake(f'the case has no issue "{name}"', nearest_name(name, issues))
    settled = {**(deal_json(base) if base else {}), **terms}
    for issue in case.issues:
        if isinstance(issue, Chosen) and isinstance(settled.get(issue.id), dict):
            raise Mistake(f"{issue.id} is not settled by shares", "Name one of its options.")
    try:
        deal = deal_from_document(case, parse_document(json.dumps({"deal": settled}), "answer", is_json=True))
    except CaseError as error:
        problem = error.problems[0]
        raise Mistake(problem.what.rstrip("."), problem.mend) from None
    named = tuple(issue for issue in issues if issue in terms)
    return Answer(kind, deal, named if kind == "accept-if" else ())


def _last_own(turn: Turn) -> Deal | None:
    own = [said.answer.deal for said in turn.heard if said.party == turn.party and said.answer.deal]
    return own[-1] if own else None
