"""An answer as the case file would say it, so that the next test starts from it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from evenhand.bargain.doubt.questions import Question
from evenhand.bargain.doubt.wants import RANK_ONLY, Wants
from evenhand.case import NO_DEAL, Cake, Case, Choice, fraction_text
from evenhand.deals import Deal, deal_json


def recorded(
    case: Case, want: Wants, deals: Mapping[int, Deal], question: Question, *, yes: bool
) -> dict[str, Any] | None:
    """What to write in the party's preferences after an answer; None where the format has no words for it.

    `deals` are the packages the question names, by number. A comparison is added to those already there; an interval
    takes the place of the one before.
    """
    if question.kind == "more-than":
        return _narrowed(case, want, question, yes=yes)
    sides = _sides(case, want, deals, question)
    if sides is None:
        return None
    this, than = sides if yes else (sides[1], sides[0])
    return {"at_least_as_good": [{"this": this, "than": than}]}


def _sides(case: Case, want: Wants, deals: Mapping[int, Deal], question: Question) -> tuple[Any, Any] | None:
    if question.kind == "issues":
        assert question.second is not None
        named = [want.named[k][0] for k in (question.first, question.second)]
        together = case.preferences[want.party].together  # which a comparison of the two would count as well
        if together or any(isinstance(case.issue(issue), Choice | Cake) for issue in named):
            return None
        return {named[0]: want.party}, {named[1]: want.party}
    if any(isinstance(issue, Cake) for issue in case.issues):
        return None
    first = deal_json(deals[question.first])
    if question.second is None:
        return first, NO_DEAL
    second = deal_json(deals[question.second])
    if not case.preferences[want.party].together:  # else what is alike may still count together with what differs
        differing = [issue for issue in first if first[issue] != second[issue]]
        return {issue: first[issue] for issue in differing}, {issue: second[issue] for issue in differing}
    return first, second


def _narrowed(case: Case, want: Wants, question: Question, *, yes: bool) -> dict[str, Any] | None:
    """The interval of an unknown, cut at the limit of the question."""
    assert question.limit is not None
    issue, option = want.named[question.first]
    unknown = want.region.unknowns[question.first]
    ends = (question.limit, unknown.high) if yes else (unknown.low, question.limit)
    preference = case.preferences[want.party]
    if not issue:
        return {"no_deal_doubt": _texts(ends)}
    if not option:
        ranked = isinstance(preference.doubt, str) or preference.doubt[issue] == RANK_ONLY
        return None if ranked else {"doubt": {issue: _texts(ends)}}
    whole = want.points[issue]
    if whole.factors or preference.values_doubt[issue] == RANK_ONLY:
        return None
    percents = (ends[0] / whole.constant * 100, ends[1] / whole.constant * 100)
    return {"values_doubt": {issue: {option: _texts(percents)}}}


def _texts(ends: tuple[Fraction, Fraction]) -> list[str]:
    return [fraction_text(end) for end in ends]
