"""Offers and answers added to a case: checked as a whole first, and with every earlier answer kept.

What is added is put into the document's tree and read like any case, so a mistake in it is named like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evenhand.case import Case, CaseError, Document, Mistake, nearest_name, read_case

_TERMS_MEND = 'Write "ana: house=ana savings=ana:1/2,ben:1/2".'


def offer_from_text(text: str) -> dict[str, Any]:
    """An offer written on one line, "PARTY: ISSUE=SETTLEMENT …", as it would stand in a case file. Raises Mistake."""
    by, colon, rest = text.partition(":")
    if not colon or not rest.split():
        raise Mistake(f'"{text}" is not an offer', _TERMS_MEND)
    terms: dict[str, Any] = {}
    for word in rest.split():
        issue, sign, settlement = word.partition("=")
        if not sign or not issue or not settlement:
            raise Mistake(f'"{word}" does not settle an issue', _TERMS_MEND)
        if issue in terms:
            raise Mistake(f'"{issue}" is settled twice', "Keep one of the two.")
        terms[issue] = _settlement(settlement)
    return {"by": by.strip(), "terms": terms}


def _settlement(text: str) -> str | dict[str, str]:
    """A party or option as it is; "ana:1/2,ben:1/2" as shares."""
    if ":" not in text:
        return text
    shares: dict[str, str] = {}
    for part in text.split(","):
        party, sign, share = part.partition(":")
        if not sign or not party or not share or party in shares:
            raise Mistake(f'"{text}" does not say who gets which share', _TERMS_MEND)
        shares[party] = share
    return shares


def condition_from_text(text: str) -> str | dict[str, Any]:
    """A condition as a sentence; or "lease=ana savings=ben:>=1/3" as conditions on issues. Raises Mistake."""
    words = text.split()
    if not words or any("=" not in word.lstrip("=") for word in words):
        return text
    settled = offer_from_text(f"anybody: {text}")["terms"]
    return {issue: found.split(",") if isinstance(found, str) else found for issue, found in settled.items()}


def with_offer(document: Document, given: Document | Mapping[str, Any], made_on: str | None = None) -> Case:
    """The case with one more offer, from a document of its own or as plain data. Raises CaseError.

    An offer without an id gets `offer-1`, or the next number that is free.
    """
    tree = given.tree if isinstance(given, Document) else given
    if not isinstance(tree, Mapping):
        assert isinstance(given, Document)
        what = "an offer is a group of `name: value` lines."
        raise CaseError([given.problem((), what, "Begin with `by: …` and `terms: …`.")])
    offers = _offers(document)
    entry: dict[str, Any] = dict(tree)
    if "id" not in entry:
        entry = {"id": _free_id(offers), **entry}
    if made_on is not None:
        entry["made_on"] = made_on
    whole = {**document.tree, "proposals": [*offers, entry]}
    here = ("proposals", len(offers))
    places = {(*here, *path): place for path, place in given.places.items()} if isinstance(given, Document) else {}
    file = given.file if isinstance(given, Document) else "--add"
    return read_case(replace(document, file=file, tree=whole, places=places))


def _free_id(offers: list[Any]) -> str:
    taken = {offer.get("id") for offer in offers}
    return next(name for number in range(1, len(offers) + 2) if (name := f"offer-{number}") not in taken)


def _offers(document: Document) -> list[dict[str, Any]]:
    return list(document.tree.get("proposals") or [])


def answer_from_text(text: str) -> tuple[str, str, str]:
    """The offer, the party and the answer in "OFFER:PARTY=ANSWER". Raises Mistake."""
    named, sign, answer = text.partition("=")
    offer, colon, party = named.partition(":")
    if not (sign and colon and offer and party and answer):
        raise Mistake(f'"{text}" is not an answer', "Write OFFER:PARTY=accepted, and so on.")
    return offer, party, answer


def with_answer(
    document: Document,
    given: tuple[str, str, str],
    condition: str | Mapping[str, Any] | None = None,
    given_on: str | None = None,
) -> Case:
    """The case with one more answer; an earlier one of that party goes to the offer's `history`.

    `given` is offer, party, answer. Raises CaseError, or Mistake where there is no such offer or where the offer's
    conditions do not say whose they are.
    """
    name, party, answer = given
    offers = _offers(document)
    number = next((k for k, offer in enumerate(offers) if offer["id"] == name), None)
    if number is None:
        known = [str(offer["id"]) for offer in offers]
        raise Mistake(f'there is no offer "{name}"', nearest_name(name, known))
    changed = _answered(offers[number], party, answer, condition, given_on)
    whole = {**document.tree, "proposals": [*offers[:number], changed, *offers[number + 1 :]]}
    return read_case(replace(document, file="--answer", tree=whole, places={}))


def _answered(
    offer: Mapping[str, Any], party: str, answer: str, condition: str | Mapping[str, Any] | None, given_on: str | None
) -> dict[str, Any]:
    """The offer with the answer in the place of an earlier one."""
    changed = dict(offer)
    rows = {name: dict(changed.get(name) or {}) for name in ("answers", "answered_on")}
    conditions = changed.get("conditions") or {}
    if isinstance(conditions, str):
        if condition is not None:
            what = f'the conditions of offer "{offer["id"]}" do not say whose they are'
            raise Mistake(what, "Write them as {party: text} in the file first.")
    else:
        rows["conditions"] = dict(conditions)
    if party in rows["answers"]:
        changed["history"] = [*(changed.get("history") or []), _earlier(rows, party)]
    for name, value in (("answers", answer), ("conditions", condition), ("answered_on", given_on)):
        if value is not None:
            rows[name][party] = value
        elif name in rows:
            rows[name].pop(party, None)
    for name, row in rows.items():
        if row:
            changed[name] = row
        else:
            changed.pop(name, None)
    return changed


def _earlier(rows: Mapping[str, Mapping[str, Any]], party: str) -> dict[str, Any]:
    found = {"party": party, "answer": rows["answers"][party]}
    if party in rows.get("conditions", {}):
        found["condition"] = rows["conditions"][party]
    if party in rows["answered_on"]:
        found["given_on"] = rows["answered_on"][party]
    return found
