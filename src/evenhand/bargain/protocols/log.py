"""The log of a negotiation: its settings and every answer, so that it can be stopped, gone on with, and told again.

It holds everybody's answers, so it is the mediator's alone; only its owner can read the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evenhand.bargain.protocols.negotiation import Negotiation, plain
from evenhand.case import Case, CaseError, Document, Mistake, read_document, write_atomically

_SHAPE = "Use a log that `evenhand negotiate --log` wrote."


def save_log(negotiation: Negotiation, case: Case, settings: Mapping[str, object], file: Path | str) -> None:
    """Write every answer given so far, all or nothing.

    Keys: negotiate (the settings: protocol, steps, seed …), case (title), table (a fingerprint of parties, issues
    and open rules), answers ([{step, party, answer}, …], see `negotiation.plain`).
    """
    said = [{"step": said.step, "party": said.party, "answer": plain(said.answer)} for said in negotiation.said]
    log = {"negotiate": dict(settings), "case": case.title, "table": fingerprint(case), "answers": said}
    write_atomically(str(file), json.dumps(log, ensure_ascii=False, indent=1) + "\n", private=True)


def replay(negotiation: Negotiation, case: Case, settings: Mapping[str, object], file: Path | str) -> None:
    """Give the answers in a log to a fresh negotiation. Raises CaseError at the first line that does not fit."""
    document = read_document(file)
    if document.problems:
        raise CaseError(document.problems)
    for number, row in enumerate(_rows(document, case, settings)):
        turn = negotiation.next_turn()
        if turn is None:
            what = "this answer comes after the end; nothing more was asked."
            raise CaseError([document.problem(("answers", number), what, "Remove it, or begin a new log.")])
        if row["party"] != turn.party:
            what = f'here "{turn.party}" was asked, not "{row["party"]}".'
            raise CaseError([document.problem(("answers", number, "party"), what, "Restore the line.")])
        try:
            negotiation.answer(row["answer"])
        except Mistake as mistake:
            place = ("answers", number, "answer")
            raise CaseError([document.problem(place, f"{mistake}.", mistake.mend)]) from None


def _rows(document: Document, case: Case, settings: Mapping[str, object]) -> list[dict[str, Any]]:
    tree = document.tree
    if not isinstance(tree, dict) or not isinstance(tree.get("answers"), list):
        raise CaseError([document.problem((), "this is not a log of a negotiation.", _SHAPE)])
    written = tree.get("negotiate")
    if not isinstance(written, dict):
        raise CaseError([document.problem((), "this log does not say how it was negotiated.", _SHAPE)])
    for name, value in settings.items():
        if str(written.get(name)) != str(value):
            what = f"this log is of a negotiation with {name} “{written.get(name)}”, not “{value}”."
            raise CaseError([document.problem(("negotiate", name), what, "Name another log, or those settings.")])
    if tree.get("table") != fingerprint(case):
        what = "this log belongs to another case, or its parties, issues or open rules were changed since."
        raise CaseError([document.problem(_place(tree, "table"), what, "Begin a new log.")])
    for number, row in enumerate(tree["answers"]):
        if not isinstance(row, dict) or not isinstance(row.get("party"), str) or "answer" not in row:
            what, mend = "this is not an answer.", 'Write {"step": …, "party": …, "answer": …}.'
            raise CaseError([document.problem(("answers", number), what, mend)])
    return list(tree["answers"])


def _place(tree: dict[str, Any], key: str) -> tuple[str, ...]:
    return (key,) if key in tree else ()


def fingerprint(case: Case) -> str:
    """What is public: who sits at the table, over what, under which open rules. No preference is in it."""
    rules = tuple(rule for rule in case.rules if rule.party is None)
    return hashlib.sha256(repr((case.parties, case.issues, case.money, rules)).encode()).hexdigest()[:16]
