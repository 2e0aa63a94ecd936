"""What a party would think of holding another's things, and when that question has a meaning."""

from __future__ import annotations

from evenhand.case import JOINT, Asset, Case, Chosen, Divisible, Territory
from evenhand.deals import Deal


def why_no_bundles(case: Case, deal: Deal, parties: tuple[str, ...]) -> str | None:
    """Why comparing bundles has no meaning for this deal in the eyes of `parties`, or None."""
    for issue in case.issues:
        if isinstance(issue, Chosen):
            what = "land divided by one line" if isinstance(issue, Territory) else "a choice"
            return f"“{issue.label}” is {what} that holds for everyone; it is in nobody's part."
        if deal[issue.id] == JOINT:
            return f"“{issue.label}” is held jointly; it is in nobody's part alone."
    for party in parties:
        for term in case.preferences[party].together:
            if any(condition != (party,) for condition in term.when.values()):
                return "Some points depend on what others get, so a part has no worth by itself."
    return None


def why_not_whole(case: Case, deal: Deal) -> str | None:
    """Why leaving out one thing has no meaning for this deal, or None: something is no whole thing."""
    for issue in case.issues:
        if isinstance(issue, Divisible):
            return f"It is about whole things, and “{issue.label}” is divisible."
        if deal.is_shared(issue.id):
            return f"It is about whole things, and “{issue.label}” is shared."
    return None


def has_burdens(case: Case) -> bool:
    """Whether any issue is a burden."""
    return any(isinstance(issue, Asset | Divisible) and issue.burden for issue in case.issues)


def has_goods(case: Case) -> bool:
    """Whether any asset or divisible is not a burden."""
    return any(isinstance(issue, Asset | Divisible) and not issue.burden for issue in case.issues)


def names(case: Case) -> tuple[str, ...]:
    """The principals' ids, in the order of the case."""
    return tuple(party.id for party in case.principals)
