"""The answers of a conversation as a file, so that it can be stopped, taken up again, and told again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evenhand.case import Case, CaseError, Document, Mistake, fraction_text, read_document, write_atomically
from evenhand.divide.asking.conversation import Conversation
from evenhand.divide.asking.question import Answer

_SHAPE = "Use a log that `evenhand ask --log` wrote."


def save_log(conversation: Conversation, case: Case, procedure: str, file: Path | str) -> None:
    """Write every answer given so far, all or nothing. Only the file's owner can read it.

    Keys: ask (the procedure), case (title), table (a fingerprint of parties and issues), answers
    ([{party, answer}, …], fractions as text).
    """
    answers = [{"party": question.party, "answer": _plain(answer)} for question, answer in conversation.said]
    log = {"ask": procedure, "case": case.title, "table": _fingerprint(case), "answers": answers}
    write_atomically(str(file), json.dumps(log, ensure_ascii=False, indent=1) + "\n", private=True)


def replay(conversation: Conversation, case: Case, procedure: str, file: Path | str) -> None:
    """Give the answers in a log to a fresh conversation. Raises CaseError at the first line that does not fit."""
    document = read_document(file)
    if document.problems:
        raise CaseError(document.problems)
    for number, row in enumerate(_rows(document, case, procedure)):
        path = ("answers", number)
        if conversation.question is None:
            what = "this answer comes after the end; nothing more was asked."
            raise CaseError([document.problem(path, what, "Remove it, or begin a new log.")])
        if row["party"] != conversation.question.party:
            what = f'here "{conversation.question.party}" was asked, not "{row["party"]}".'
            raise CaseError([document.problem((*path, "party"), what, "Restore the line, or begin a new log.")])
        try:
            conversation.answer(row["answer"])
        except Mistake as mistake:
            raise CaseError([document.problem((*path, "answer"), f"{mistake}.", mistake.mend)]) from None


def _rows(document: Document, case: Case, procedure: str) -> list[dict[str, Any]]:
    tree = document.tree
    if not isinstance(tree, dict) or not isinstance(tree.get("answers"), list):
        raise CaseError([document.problem((), "this is not a log of answers.", _SHAPE)])
    if tree.get("ask") != procedure:
        what = f"this log is of “{tree.get('ask')}”, not of “{procedure}”."
        raise CaseError([document.problem(_place(tree, "ask"), what, "Name another log, or that procedure.")])
    if tree.get("table") != _fingerprint(case):
        what = "this log belongs to another case, or its parties or issues were changed since."
        raise CaseError([document.problem(_place(tree, "table"), what, "Begin a new log.")])
    for number, row in enumerate(tree["answers"]):
        if not isinstance(row, dict) or set(row) != {"party", "answer"} or not isinstance(row["party"], str):
            what, mend = "this is not an answer.", 'Write {"party": …, "answer": …}.'
            raise CaseError([document.problem(("answers", number), what, mend)])
    return list(tree["answers"])


def _place(tree: dict[str, Any], key: str) -> tuple[str, ...]:
    return (key,) if key in tree else ()


def _plain(answer: Answer) -> object:
    if isinstance(answer, Mapping):
        return {issue: fraction_text(number) for issue, number in answer.items() if number}
    return list(answer) if isinstance(answer, tuple) else fraction_text(answer)


def _fingerprint(case: Case) -> str:
    """What the questions rest on: who sits at the table, and over what. No preference is in it."""
    return hashlib.sha256(repr((case.parties, case.issues)).encode()).hexdigest()[:16]
