"""The one JSON shape of the offers, stable across versions. Fractions are text."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from evenhand.bargain.offers import (
    Pair,
    Standing,
    agreed,
    answer_of,
    closest,
    common_ground,
    standings,
    terms_worth,
)
from evenhand.bargain.reach import Clash
from evenhand.case import Case, Proposal, Term, fraction_text


def offers_json(case: Case, reader: str | None = None) -> dict[str, Any]:
    """Keys: offers, agreed, common_ground, closest. With `reader`, points are that party's alone."""
    seen = case.seen_by(reader) if reader else case
    found = agreed(seen)
    return {
        "offers": [_offer(seen, standing) for standing in standings(seen)],
        "agreed": {
            "offers": list(found.offers),
            "terms": _terms(found.terms),
            "disputed": list(found.disputed),
            "open": list(found.open),
            "settles": found.settles,
            "in_the_way": _clash(found.clash),
        },
        "common_ground": _terms(common_ground(seen)),
        "closest": _pair(closest(seen)),
    }


def _offer(case: Case, standing: Standing) -> dict[str, Any]:
    offer = standing.offer
    return {
        "id": offer.id,
        "by": offer.by,
        "made_on": _day(offer.made_on),
        "terms": _terms(offer.terms),
        "answers": {party.id: answer_of(offer, party.id) for party in case.parties if _answers(case, offer, party.id)},
        "answered_on": {party: str(day) for party, day in offer.answered_on.items()},
        "conditions": _plain(offer.conditions),
        "history": [
            {
                "party": answer.party,
                "answer": answer.answer,
                "condition": _plain(answer.condition),
                "given_on": _day(answer.given_on),
            }
            for answer in offer.history
        ],
        "state": standing.state,
        "next": list(standing.next),
        "complete": standing.complete,
        "checked": standing.checked,
        "in_the_way": _clash(standing.clash),
        "in_the_way_with_conditions": _clash(standing.conditions_clash),
        "points": _points({p: terms_worth(case, p, offer.terms, list(offer.terms)) for p in case.preferences}),
    }


def _answers(case: Case, offer: Proposal, party: str) -> bool:
    """Whether a party answers: every principal does, others where the file says how."""
    return party in offer.answers or party in {principal.id for principal in case.principals}


def _pair(pair: Pair | None) -> dict[str, Any] | None:
    if pair is None:
        return None
    return {
        "offers": [pair.one.id, pair.two.id],
        "distance": fraction_text(pair.distance),
        "common": list(pair.common),
        "differences": [
            {
                "issue": found.issue,
                "part": fraction_text(found.part),
                "gives_up": _points(found.gives_up),
                "gives_up_less": found.cheaper,
            }
            for found in pair.differences
        ],
        "gives_up": _points(pair.gives_up),
        "gives_up_at_least": None if pair.least is None else fraction_text(pair.least),
    }


def _points(rows: Mapping[str, Fraction | None]) -> dict[str, str]:
    return {party: fraction_text(worth) for party, worth in rows.items() if worth is not None}


def _terms(terms: Mapping[str, Term]) -> dict[str, Any]:
    return {issue: _plain(term) for issue, term in terms.items()}


def _plain(value: Any) -> Any:
    """Shares as text, conditions as lists and text."""
    if isinstance(value, Mapping):
        return {name: _plain(found) for name, found in value.items()}
    if isinstance(value, Fraction):
        return fraction_text(value)
    return list(value) if isinstance(value, tuple) else value


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _clash(clash: Clash | None) -> dict[str, list[str]] | None:
    return None if clash is None else {"rules": list(clash.rules), "conditions_of": list(clash.parties)}
