"""What must agree where a party is not sure of its points: intervals, orders of options, comparisons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from evenhand.case.model import NO_DEAL, Cake, Case, Chosen, Issue, Preference
from evenhand.case.numbers import plain_decimal
from evenhand.case.parts import JOINT
from evenhand.case.problems import Problem
from evenhand.case.reading import Document, TreePath
from evenhand.case.references import (
    Finding,
    Known,
    is_burden,
    is_strange,
    nearest,
    settled_by,
    unknown,
    wanted_values,
)

_REVERSED = "the lower end of the interval is above the upper end.", "Write [lowest, highest]."
_Interval = tuple[Fraction, Fraction]


def doubt_problems(case: Case, document: Document, failed: set[TreePath]) -> list[Problem]:
    """Every disagreement in what parties say of their doubt; `failed` as for `reference_problems`."""
    known = Known(case, document.tree, failed)
    findings: list[Finding] = []
    for party, preference in case.preferences.items():
        path = ("preferences", party)
        for check in (_points, _values, _no_deal):
            findings += check(path, preference, known)
        findings += _comparisons(path, party, preference, known)
    return [document.problem(*finding) for finding in findings if finding[0] not in failed]


def _points(path: TreePath, preference: Preference, known: Known) -> Iterator[Finding]:
    if not isinstance(preference.doubt, dict):
        return
    for issue_id, interval in preference.doubt.items():
        here = (*path, "doubt", issue_id)
        yield from unknown(here, (issue_id,), "issues", known)
        if interval != "rank-only" and not known.lacks("issues", issue_id):
            issue = known.issues.get(issue_id)
            wrong_side = issue is not None and (interval[1] > 0 if is_burden(issue) else interval[0] < 0)
            side = "0 or below for a burden" if is_burden(issue) else "0 or above"
            strange = ("the interval reaches to points that the issue cannot have.", f"Keep it at {side}.")
            given = preference.points.get(issue_id)
            yield from _ends(here, interval, given, "points", strange if wrong_side else None)


def _ends(
    here: TreePath, interval: _Interval, given: Fraction | None, noun: str, strange: tuple[str, str] | None = None
) -> Iterator[Finding]:
    """The one thing that is wrong with an interval, if anything is."""
    if interval[0] > interval[1]:
        yield here, *_REVERSED
    elif strange is not None:
        yield here, *strange
    elif given is not None and not interval[0] <= given <= interval[1]:
        verb = "lies" if noun == "value" else "lie"
        yield here, f"the {noun} given ({given}) {verb} outside this interval.", f"Widen it, or correct the {noun}."


def _values(path: TreePath, preference: Preference, known: Known) -> Iterator[Finding]:
    for issue_id, doubt in preference.values_doubt.items():
        here = (*path, "values_doubt", issue_id)
        yield from unknown(here, (issue_id,), "issues", known)
        if (issue := known.issues.get(issue_id)) is None:
            continue
        if not (wanted := wanted_values(issue, known)):
            yield here, f'"{issue_id}" has no option values.', "Remove this line; `doubt` is for points."
        elif doubt != "rank-only":
            for option, interval in doubt.items():
                there = (*here, option)
                if is_strange(option, wanted):
                    yield there, f'"{issue_id}" has no option "{option}".', nearest(option, wanted)
                    continue
                outside = interval[0] < 0 or interval[1] > 100
                strange = "an option value must lie between 0 and 100.", "Keep the interval within [0, 100]."
                given = preference.values.get(issue_id, {}).get(option)
                yield from _ends(there, interval, given, "value", strange if outside else None)


def _no_deal(path: TreePath, preference: Preference, known: Known) -> Iterator[Finding]:
    if preference.no_deal_doubt is not None:
        yield from _ends((*path, "no_deal_doubt"), preference.no_deal_doubt, preference.no_deal, "points")


def _comparisons(path: TreePath, party: str, preference: Preference, known: Known) -> Iterator[Finding]:
    for number, compared in enumerate(preference.at_least_as_good):
        here = (*path, "at_least_as_good", number)
        found = [
            finding
            for name, side in (("this", compared.this), ("than", compared.than))
            for finding in _settled((*here, name), side, known)
        ]
        found = found or list(_matched(here, compared.this, compared.than, known))
        if not found and all(issue in known.issues for issue in _named(compared.this, compared.than)):
            found = list(_agrees(here, party, preference, compared.this, compared.than, known))
        yield from found


def _named(*sides: Any) -> list[str]:
    return [issue for side in sides if side != NO_DEAL for issue in side]


def _settled(here: TreePath, side: Any, known: Known) -> Iterator[Finding]:
    for issue_id in _named(side):
        there = (*here, issue_id)
        yield from unknown(there, (issue_id,), "issues", known)
        issue = known.issues.get(issue_id)
        if isinstance(issue, Cake):
            what = f'a comparison cannot name "{issue_id}", which may be cut anywhere.'
            yield there, what, "Compare other issues."
        elif issue is not None:
            yield from settled_by(there, issue, side[issue_id], known)


def _matched(here: TreePath, this: Any, than: Any, known: Known) -> Iterator[Finding]:
    """Both sides must say how a choice is settled: nobody gets “no option” of it."""
    if this == than:
        yield here, "both sides are the same.", "Compare two things that differ."
    elif NO_DEAL in (this, than):
        side = "than" if this == NO_DEAL else "this"
        missing = [issue for issue in known.issues if issue not in (than if this == NO_DEAL else this)]
        if missing:
            what = f'"{missing[0]}" is not settled, so this cannot be compared with no deal.'
            yield (*here, side), what, "Settle every issue."
    else:
        choices = [issue for issue in _named(this, than) if isinstance(known.issues.get(issue), Chosen)]
        for issue in dict.fromkeys(choices):
            for name, side in (("this", this), ("than", than)):
                if issue not in side:
                    yield (*here, name), f'"{issue}" is settled on one side only.', f"Add `{issue}: …` here."


def _agrees(
    here: TreePath, party: str, preference: Preference, this: Any, than: Any, known: Known
) -> Iterator[Finding]:
    """The points as written must be among those that the comparison allows."""
    try:
        worths = [side_worth(party, preference, side, known.issues) for side in (this, than)]
    except KeyError:
        return  # points or values are missing, which is reported by itself
    if worths[0] < worths[1]:
        left, right = (plain_decimal(worth) for worth in worths)
        what = f"by the points as written it is the other way round ({left} against {right})."
        yield here, what, "Correct the points, or turn the comparison around."


def side_worth(party: str, preference: Preference, side: Any, issues: Mapping[str, Issue]) -> Fraction:
    """What one side of a comparison is worth by the points as written.

    An issue that is not named counts nothing; a `together` term counts when all of its conditions are met by
    what is named. Raises KeyError where points or values are missing.
    """
    if side == NO_DEAL:
        return preference.no_deal
    total = Fraction(0)
    for issue_id, term in side.items():
        points = preference.points[issue_id]
        if isinstance(issues[issue_id], Chosen) or term == JOINT:
            total += points * preference.values[issue_id][term] / 100
        else:
            shares = {term: Fraction(1)} if isinstance(term, str) else term
            total += points * shares.get(party, Fraction(0))
    return total + sum((term.points for term in preference.together if met(term.when, side)), Fraction(0))


def met(when: Mapping[str, Any], side: Mapping[str, Any]) -> bool:
    """Whether what a side names meets every condition of a `together` term."""
    return all(isinstance(side.get(issue), str) and side[issue] in names for issue, names in when.items())
