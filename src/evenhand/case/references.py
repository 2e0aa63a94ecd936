"""What must agree across the parts of a case: ids, completeness, signs, conditions, circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from typing import Any, Literal

from evenhand.case.conditions import share_bound
from evenhand.case.model import JOINT, Asset, Case, Choice, Divisible, Issue, Preference, Rule
from evenhand.case.problems import Problem
from evenhand.case.reading import Document, TreePath

Finding = tuple[TreePath, str, str]
Position = Literal["weak", "strong", "together"]
_FIELDS_OF_KIND = {
    "red-line": ("forbid", "require"),
    "linkage": ("if", "then"),
    "forbid": ("forbid",),
    "require": ("require",),
}


def reference_problems(case: Case, document: Document, failed: set[TreePath]) -> list[Problem]:
    """Every disagreement between the parts of `case` that were readable by themselves.

    `failed` are the paths of parts that were not: their ids count as known, so that one mistake is
    reported once.
    """
    known = _Known(case, document.tree, failed)
    findings: list[Finding] = []
    for check in (_ids, _parties, _issues, _preferences, _rules, _circles, _words):
        findings += [finding for finding in check(case, known) if finding[0] not in failed]
    return [document.problem(*finding) for finding in findings]


class _Known:
    """Ids by section, including those of parts that could not be read, and where each part stands."""

    def __init__(self, case: Case, tree: Mapping[str, Any], failed: set[TreePath]) -> None:
        self.failed = failed
        self.lists = {
            name: _raw_list(tree, name) for name in ("parties", "issues", "rules", "sources", "statements", "proposals")
        }
        self.ids = {name: [_raw_id(item) for item in items] for name, items in self.lists.items()}
        self.issues: dict[str, Issue] = {issue.id: issue for issue in case.issues}
        self.principals = {party.id for party in case.principals}
        self.options: dict[str, list[str]] = {
            issue.id: [option.id for option in issue.options] for issue in case.issues if isinstance(issue, Choice)
        }

    def rows(self, name: str, parts: Iterable[Any]) -> Iterator[tuple[TreePath, Any]]:
        """The readable parts of a section with their paths."""
        readable = [number for number in range(len(self.lists[name])) if (name, number) not in self.failed]
        for number, part in zip(readable, parts, strict=True):
            yield (name, number), part


def _raw_list(tree: Mapping[str, Any], name: str) -> list[Any]:
    items = tree.get(name)
    return items if isinstance(items, list) else []


def _raw_id(item: Any) -> str | None:
    found = item.get("id") if isinstance(item, dict) else None
    return found if isinstance(found, str) else None


def _ids(case: Case, known: _Known) -> Iterator[Finding]:
    for name, ids in known.ids.items():
        for number, found in _repeated(ids):
            yield (name, number, "id"), f'the id "{found}" is used twice in {name}.', "Give each its own id."
    for path, issue in known.rows("issues", case.issues):
        for number, found in _repeated(known.options.get(issue.id, [])):
            where = (*path, "options", number)
            yield where, f'the option "{found}" is written twice.', "Give each option its own id."


def _repeated(ids: Sequence[str | None]) -> Iterator[tuple[int, str]]:
    """The ids that an earlier one already has, with their numbers."""
    seen: set[str] = set()
    for number, found in enumerate(ids):
        if found in seen:
            yield number, found
        if found is not None:
            seen.add(found)


def _parties(case: Case, known: _Known) -> Iterator[Finding]:
    for path, party in known.rows("parties", case.parties):
        if party.id == JOINT:
            yield (*path, "id"), f'"{JOINT}" is a reserved word.', "Choose another id."
        if party.entitlement <= 0:
            yield (*path, "entitlement"), "an entitlement must be above 0.", "Leave it out for an equal part."
        elif party.role != "principal" and party.entitlement != 1:
            yield (
                (*path, "entitlement"),
                f"a {party.role} receives nothing.",
                "Remove the entitlement, or make it a principal.",
            )
    if case.parties and not case.principals and not any(path[0] == "parties" for path in known.failed):
        yield ("parties",), "no party is a principal.", "Give at least one party the role principal."


def _issues(case: Case, known: _Known) -> Iterator[Finding]:
    for path, issue in known.rows("issues", case.issues):
        if isinstance(issue, Divisible) and issue.amount is not None and issue.amount <= 0:
            yield (
                (*path, "amount"),
                "the amount must be above 0.",
                "For a debt, write the amount and `burden: true`.",
            )
        if isinstance(issue, Asset) and issue.burden and issue.joint:
            yield (
                (*path, "joint"),
                "a burden cannot be settled as joint.",
                "Make it divisible, or remove `joint`.",
            )


def _preferences(case: Case, known: _Known) -> Iterator[Finding]:
    given = set(case.preferences) | {
        str(path[1]) for path in known.failed if path[:1] == ("preferences",) and len(path) > 1
    }
    for party in case.principals:
        if party.id not in given and ("preferences",) not in known.failed:
            yield (
                ("preferences",),
                f'the principal "{party.id}" has no preferences.',
                f"Add `{party.id}:` with its points.",
            )
    for party_id, preference in case.preferences.items():
        path = ("preferences", party_id)
        if party_id not in known.ids["parties"]:
            yield path, f'there is no party "{party_id}".', _nearest(party_id, known.ids["parties"])
        elif party_id not in known.principals and any(party.id == party_id for party in case.parties):
            yield (
                path,
                f'"{party_id}" is not a principal; only principals have points.',
                "Change its role, or remove these.",
            )
        yield from _points(path, preference, known)
        yield from _values(path, preference, known)
        yield from _doubt(path, preference, known)
        for number, term in enumerate(preference.together):
            yield from _conditions((*path, "together", number, "when"), term.when, "together", known)


def _points(path: TreePath, preference: Preference, known: _Known) -> Iterator[Finding]:
    for issue_id, points in preference.points.items():
        here = (*path, "points", issue_id)
        issue = known.issues.get(issue_id)
        if issue_id not in known.ids["issues"]:
            yield here, f'there is no issue "{issue_id}".', _nearest(issue_id, known.ids["issues"])
        elif _is_burden(issue) and points > 0:
            yield (
                here,
                f"{issue_id} is a burden, so its points may not be above 0.",
                "Write them with a minus sign.",
            )
        elif issue is not None and not _is_burden(issue) and points < 0:
            mend = "Write 0 or more, or mark the issue `burden: true`."
            yield here, f"points may not be negative where the issue is no burden ({points}).", mend
    for missing in (found for found in known.ids["issues"] if found and found not in preference.points):
        yield (
            (*path, "points"),
            f'the points for "{missing}" are missing.',
            f"Add `{missing}: 0` if it is worth nothing.",
        )


def _is_burden(issue: Issue | None) -> bool:
    return isinstance(issue, Asset | Divisible) and issue.burden


def _values(path: TreePath, preference: Preference, known: _Known) -> Iterator[Finding]:
    for issue_id, values in preference.values.items():
        here = (*path, "values", issue_id)
        if issue_id not in known.ids["issues"]:
            yield here, f'there is no issue "{issue_id}".', _nearest(issue_id, known.ids["issues"])
        elif (issue := known.issues.get(issue_id)) is not None:
            yield from _option_values(here, issue, values, known)
    for issue in known.issues.values():
        if _wanted_values(issue, known) and issue.id not in preference.values:
            options = ", ".join(f"{option}: …" for option in _wanted_values(issue, known))
            yield (
                (*path, "values"),
                f'the option values of "{issue.id}" are missing.',
                f"Add `{issue.id}: {{{options}}}`.",
            )


def _wanted_values(issue: Issue, known: _Known) -> list[str]:
    if isinstance(issue, Choice):
        return known.options[issue.id]
    return [JOINT] if isinstance(issue, Asset) and issue.joint else []


def _option_values(here: TreePath, issue: Issue, values: Mapping[str, Any], known: _Known) -> Iterator[Finding]:
    wanted = _wanted_values(issue, known)
    if not wanted:
        yield here, f'"{issue.id}" is not a choice; it has no options to value.', "Remove this line."
        return
    for option, value in values.items():
        if option not in wanted:
            yield (*here, option), f'"{issue.id}" has no option "{option}".', _nearest(option, wanted)
        elif not 0 <= value <= 100:
            mend = "Give the worst option 0 and the best 100."
            yield (*here, option), f"an option value must lie between 0 and 100 ({value}).", mend
    for option in wanted:
        if option not in values:
            yield (
                here,
                f'the value of option "{option}" is missing.',
                f"Add `{option}: 0` if it is worth nothing.",
            )


def _doubt(path: TreePath, preference: Preference, known: _Known) -> Iterator[Finding]:
    if not isinstance(preference.doubt, dict):
        return
    for issue_id, interval in preference.doubt.items():
        here = (*path, "doubt", issue_id)
        if issue_id not in known.ids["issues"]:
            yield here, f'there is no issue "{issue_id}".', _nearest(issue_id, known.ids["issues"])
        elif interval != "rank-only" and interval[0] > interval[1]:
            yield here, "the lower end of the interval is above the upper end.", "Write [lowest, highest]."
        elif interval != "rank-only" and issue_id in preference.points:
            points = preference.points[issue_id]
            if not interval[0] <= points <= interval[1]:
                yield (
                    here,
                    f"the points given ({points}) lie outside this interval.",
                    "Widen it, or correct the points.",
                )


def _rules(case: Case, known: _Known) -> Iterator[Finding]:
    for path, rule in known.rows("rules", case.rules):
        yield from _rule_shape(path, rule, known)
        parts: tuple[tuple[str, Position, Any], ...] = (
            ("forbid", "weak", rule.forbid),
            ("require", "strong", rule.require),
            ("if", "weak", rule.if_),
            ("then", "strong", rule.then),
        )
        for name, position, conditions in parts:
            if conditions is not None:
                yield from _conditions((*path, name), conditions, position, known)
        yield from _unknown((*path, "statements"), rule.statements, known.ids["statements"], "statement")


def _rule_shape(path: TreePath, rule: Rule, known: _Known) -> Iterator[Finding]:
    allowed = _FIELDS_OF_KIND[rule.kind]
    given = [name for name, value in _rule_fields(rule).items() if value is not None]
    for name in given:
        if name not in allowed:
            yield (
                (*path, name),
                f"a {rule.kind} does not take `{name}`.",
                f"Use {' or '.join(f'`{x}`' for x in allowed)}.",
            )
    missing = [name for name in allowed if name not in given] if rule.kind == "linkage" else []
    if rule.kind != "linkage" and not set(given) & set(allowed):
        missing = [allowed[0]]
    for name in missing:
        yield path, f"the {rule.kind} has no `{name}`.", f"Add `{name}: {{issue: settlement}}`."
    if rule.kind == "red-line" and rule.party is None:
        yield path, "the red line does not say whose it is.", "Add `party:`."
    if rule.party is not None and rule.party not in known.ids["parties"]:
        yield (
            (*path, "party"),
            f'there is no party "{rule.party}".',
            _nearest(rule.party, known.ids["parties"]),
        )
    for name, value in _rule_fields(rule).items():
        if value is not None and not value:
            yield (*path, name), "there are no conditions here.", "Write at least one `issue: settlement`."


def _rule_fields(rule: Rule) -> dict[str, Any]:
    return {"forbid": rule.forbid, "require": rule.require, "if": rule.if_, "then": rule.then}


def _conditions(path: TreePath, conditions: Mapping[str, Any], position: Position, known: _Known) -> Iterator[Finding]:
    for issue_id, condition in conditions.items():
        here = (*path, issue_id)
        if issue_id not in known.ids["issues"]:
            yield here, f'there is no issue "{issue_id}".', _nearest(issue_id, known.ids["issues"])
        elif (issue := known.issues.get(issue_id)) is not None:
            if isinstance(issue, Divisible) and position == "together":
                yield (
                    here,
                    "points that come together cannot depend on a share.",
                    "Name assets and options only.",
                )
            elif isinstance(condition, dict):
                yield from _bounds(here, issue, condition, position, known)
            else:
                yield from _named(here, issue, condition, known)


def _named(here: TreePath, issue: Issue, names: tuple[str, ...], known: _Known) -> Iterator[Finding]:
    joint = [JOINT] if isinstance(issue, Asset) and issue.joint else []
    allowed = known.options[issue.id] if isinstance(issue, Choice) else [*sorted(known.principals), *joint]
    for name in names:
        if name not in allowed and not (name in known.ids["parties"] and _unreadable(name, known)):
            noun = "option" if isinstance(issue, Choice) else "settlement"
            yield here, f'"{issue.id}" has no {noun} "{name}".', _nearest(name, allowed)


def _unreadable(party: str, known: _Known) -> bool:
    ids = enumerate(known.ids["parties"])
    return any(found == party and ("parties", number) in known.failed for number, found in ids)


def _bounds(
    here: TreePath, issue: Issue, bounds: Mapping[str, str], position: Position, known: _Known
) -> Iterator[Finding]:
    if not isinstance(issue, Divisible):
        yield (
            here,
            f'"{issue.id}" is not divisible; it has no shares to compare.',
            "Name an option or a party.",
        )
        return
    for party, text in bounds.items():
        if party not in known.principals:
            yield (*here, party), f'there is no principal "{party}".', _nearest(party, known.principals)
        try:
            bound = share_bound(text)
        except ValueError as error:
            yield (*here, party), f"{error}.", 'Write a comparison such as "< 1/3" or "> 40%".'
            continue
        if bound.strict != (position == "weak"):
            yield (*here, party), *_wrong_bound(text, position)


def _wrong_bound(text: str, position: Position) -> tuple[str, str]:
    if position == "weak":
        return f'"{text}" would forbid its own limit only just.', "Use < or > in `forbid` and `if`."
    return f'"{text}" has no nearest share that meets it.', "Use <= or >= in `require` and `then`."


def _circles(case: Case, known: _Known) -> Iterator[Finding]:
    linkages = [(path, rule) for path, rule in known.rows("rules", case.rules) if rule.if_ and rule.then]
    after = {rule.id: {other.id for _, other in linkages if _leads_to(other, rule)} for _, rule in linkages}
    try:
        tuple(TopologicalSorter(after).static_order())
    except CycleError as error:
        circle = list(error.args[1])
        path = next(path for path, rule in linkages if rule.id == circle[0])
        what = f"the linkages {' → '.join(circle)} form a circle: each waits for the next."
        yield path, what, "Keep one direction, or say with `forbid` which combinations may not be."


def _leads_to(first: Rule, second: Rule) -> bool:
    """Whether what `first` brings about can be what `second` waits for."""
    assert first.then
    assert second.if_
    return any(_overlap(first.then[issue], second.if_[issue]) for issue in first.then.keys() & second.if_.keys())


def _overlap(one: Any, other: Any) -> bool:
    return isinstance(one, dict) or isinstance(other, dict) or bool(set(one) & set(other))


def _words(case: Case, known: _Known) -> Iterator[Finding]:
    for path, statement in known.rows("statements", case.statements):
        yield from _unknown((*path, "source"), (statement.source,), known.ids["sources"], "source")
    for path, proposal in known.rows("proposals", case.proposals):
        yield from _unknown((*path, "statements"), proposal.statements, known.ids["statements"], "statement")
        yield from _unknown((*path, "by"), (proposal.by,), known.ids["parties"], "party")
        yield from _unknown((*path, "answers"), tuple(proposal.answers), known.ids["parties"], "party")
        for issue_id, term in proposal.terms.items():
            here = (*path, "terms", issue_id)
            if issue_id not in known.ids["issues"]:
                yield here, f'there is no issue "{issue_id}".', _nearest(issue_id, known.ids["issues"])
            elif isinstance(term, str) and (issue := known.issues.get(issue_id)) is not None:
                yield from _named(here, issue, (term,), known)


def _unknown(path: TreePath, named: Iterable[str], known: Iterable[str | None], noun: str) -> Iterator[Finding]:
    for name in named:
        if name not in known:
            yield path, f'there is no {noun} "{name}".', _nearest(name, known)


def _nearest(name: str, known: Iterable[str | None]) -> str:
    names = sorted({found for found in known if found})
    close = get_close_matches(name, names, n=1)
    if close:
        return f'Did you mean "{close[0]}"?'
    return f"Known: {', '.join(names)}." if names else "None are given."
