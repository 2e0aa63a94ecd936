"""What must agree across the parts of a case: ids, completeness, signs, conditions, circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from typing import Any, Literal

from evenhand.case.conditions import share_bound
from evenhand.case.model import Asset, Cake, Case, Chosen, Divisible, Issue, Preference, Proposal, Rule
from evenhand.case.parts import JOINT
from evenhand.case.problems import Mistake, Problem, nearest_name
from evenhand.case.reading import Document, TreePath
from evenhand.case.territory import Territory

Finding = tuple[TreePath, str, str]
Position = Literal["weak", "strong", "together"]
_FIELDS_OF_KIND = {
    "red-line": ("forbid", "require"),
    "linkage": ("if", "then"),
    "forbid": ("forbid",),
    "require": ("require",),
}


_NOUNS = {"issues": "issue", "parties": "party", "sources": "source", "statements": "statement"}


def reference_problems(case: Case, document: Document, failed: set[TreePath]) -> list[Problem]:
    """Every disagreement between the parts of `case` that were readable by themselves.

    `failed` are the paths of parts that were not: their ids count as known, so that one mistake is
    reported once.
    """
    known = Known(case, document.tree, failed)
    findings: list[Finding] = []
    for check in (_ids, _parties, _issues, _preferences, _rules, _circles, _words):
        findings += [finding for finding in check(case, known) if finding[0] not in failed]
    return [document.problem(*finding) for finding in findings]


class Known:
    """Ids by section, including those of parts that could not be read, and where each part stands."""

    def __init__(self, case: Case, tree: Mapping[str, Any], failed: set[TreePath]) -> None:
        self.failed = failed
        self.has_money = tree.get("money") is not None
        self.lists = {
            name: _raw_list(tree, name) for name in ("parties", "issues", "rules", "sources", "statements", "proposals")
        }
        self.ids = {name: [_raw_id(item) for item in items] for name, items in self.lists.items()}
        self.issues: dict[str, Issue] = {issue.id: issue for issue in case.issues}
        self.principals = {party.id for party in case.principals}
        self.unsure = {name for name in self.lists if self._is_unsure(name)}
        self.options: dict[str, list[str]] = {
            issue.id: [option.id for option in issue.options] for issue in case.issues if isinstance(issue, Chosen)
        }

    def _is_unsure(self, name: str) -> bool:
        """Whether some id of a section is in doubt itself, so that any name might have been meant."""
        ids = self.ids[name]
        failed = any(path[:1] == (name,) and path[2:] in ((), ("id",)) and len(path) != 2 for path in self.failed)
        return failed or None in ids or len(set(ids)) < len(ids)

    def lacks(self, name: str, part_id: str) -> bool:
        """Whether a section surely has no part of this id."""
        return part_id not in self.ids[name] and name not in self.unsure

    def is_no_principal(self, party: str) -> bool:
        """Whether a name is surely not that of a principal."""
        if party in self.principals or "parties" in self.unsure:
            return False
        ids = enumerate(self.ids["parties"])
        return not any(found == party and ("parties", number) in self.failed for number, found in ids)

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


def _ids(case: Case, known: Known) -> Iterator[Finding]:
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


def _parties(case: Case, known: Known) -> Iterator[Finding]:
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
    if case.parties and not case.principals and not any(path[:1] == ("parties",) for path in known.failed):
        yield ("parties",), "no party is a principal.", "Give at least one party the role principal."


def _issues(case: Case, known: Known) -> Iterator[Finding]:
    for path, issue in known.rows("issues", case.issues):
        if isinstance(issue, Divisible) and issue.amount is not None and issue.amount <= 0:
            yield (
                (*path, "amount"),
                "the amount must be above 0.",
                "For a debt, write the amount and `burden: true`.",
            )
        if isinstance(issue, Divisible) and issue.claims:
            yield from _claims(path, issue, case, known)
        if isinstance(issue, Cake):
            yield from _marks(path, issue)
        if isinstance(issue, Asset) and issue.burden and issue.joint:
            yield (
                (*path, "joint"),
                "a burden cannot be settled as joint.",
                "Make it divisible, or remove `joint`.",
            )


def _marks(path: TreePath, cake: Cake) -> Iterator[Finding]:
    for number, (start, end) in enumerate(cake.stretches):
        if end <= start:
            here = (*path, "marks", number + 1)
            yield here, f"the marks must rise, and {end} follows {start}.", "Write them from one end to the other."


def _claims(path: TreePath, issue: Divisible, case: Case, known: Known) -> Iterator[Finding]:
    if issue.amount is None:
        yield path, "claims need to know how much there is.", "Add `amount:`."
    if issue.burden:
        yield (*path, "claims"), "a burden cannot be claimed.", "Remove the claims, or `burden`."
    for party, claim in issue.claims.items():
        here = (*path, "claims", party)
        if known.is_no_principal(party):
            yield here, f'there is no principal "{party}".', nearest(party, known.principals)
        if claim < 0:
            yield here, "a claim may not be below 0.", "Write 0 or more."
    for principal in case.principals:
        if principal.id not in issue.claims:
            yield (*path, "claims"), f'the claim of "{principal.id}" is missing.', f"Add `{principal.id}: 0` for none."


def _preferences(case: Case, known: Known) -> Iterator[Finding]:
    given = set(case.preferences) | {
        str(path[1]) for path in known.failed if path[:1] == ("preferences",) and len(path) > 1
    }
    given |= _meant(given, known.ids["parties"])
    for party in case.principals:
        if party.id not in given and ("preferences",) not in known.failed:
            yield (
                ("preferences",),
                f'the principal "{party.id}" has no preferences.',
                f"Add `{party.id}:` with its points.",
            )
    for party_id, preference in case.preferences.items():
        path = ("preferences", party_id)
        if known.lacks("parties", party_id):
            yield path, f'there is no party "{party_id}".', nearest(party_id, known.ids["parties"])
        elif case.principals and known.is_no_principal(party_id):
            yield (
                path,
                f'"{party_id}" is not a principal; only principals have points.',
                "Change its role, or remove these.",
            )
        yield from _points(path, preference, known)
        yield from _values(path, preference, known)
        yield from _density(path, preference, known)
        yield from _budget(path, preference, known)
        for number, term in enumerate(preference.together):
            yield from _conditions((*path, "together", number, "when"), term.when, "together", known)


def _points(path: TreePath, preference: Preference, known: Known) -> Iterator[Finding]:
    for issue_id, points in preference.points.items():
        here = (*path, "points", issue_id)
        issue = known.issues.get(issue_id)
        if known.lacks("issues", issue_id):
            yield here, f'there is no issue "{issue_id}".', nearest(issue_id, known.ids["issues"])
        elif is_burden(issue) and points > 0:
            yield (
                here,
                f"{issue_id} is a burden, so its points may not be above 0.",
                "Write them with a minus sign.",
            )
        elif issue is not None and not is_burden(issue) and points < 0:
            mend = "Write 0 or more, or mark the issue `burden: true`."
            yield here, f"points may not be negative where the issue is no burden ({points}).", mend
    given = preference.points.keys() | _meant(preference.points, known.ids["issues"])
    for missing in (found for found in dict.fromkeys(known.ids["issues"]) if found and found not in given):
        yield (
            (*path, "points"),
            f'the points for "{missing}" are missing.',
            f"Add `{missing}: 0` if it is worth nothing.",
        )


def is_burden(issue: Issue | None) -> bool:
    """Whether what is settled is a duty or debt."""
    return isinstance(issue, Asset | Divisible) and issue.burden


def _values(path: TreePath, preference: Preference, known: Known) -> Iterator[Finding]:
    for issue_id, values in preference.values.items():
        here = (*path, "values", issue_id)
        yield from unknown(here, (issue_id,), "issues", known)
        if (issue := known.issues.get(issue_id)) is not None:
            yield from _option_values(here, issue, values, known)
    given = preference.values.keys() | _meant(preference.values, known.ids["issues"])
    for issue in known.issues.values():
        if wanted_values(issue, known) and issue.id not in given and not isinstance(issue, Territory):
            options = ", ".join(f"{option}: …" for option in wanted_values(issue, known))
            yield (
                (*path, "values"),
                f'the option values of "{issue.id}" are missing.',
                f"Add `{issue.id}: {{{options}}}`.",
            )


def wanted_values(issue: Issue, known: Known) -> list[str]:
    """What of an issue has values of its own: the options of a choice, `joint` of an asset."""
    if isinstance(issue, Chosen):
        return known.options[issue.id]
    return [JOINT] if isinstance(issue, Asset) and issue.joint and not issue.burden else []


def _option_values(here: TreePath, issue: Issue, values: Mapping[str, Any], known: Known) -> Iterator[Finding]:
    wanted = wanted_values(issue, known)
    if not wanted:
        yield here, f'"{issue.id}" is not a choice; it has no options to value.', "Remove this line."
        return
    for option, value in values.items():
        if is_strange(option, wanted):
            yield (*here, option), f'"{issue.id}" has no option "{option}".', nearest(option, wanted)
        elif not 0 <= value <= 100:
            mend = "Give the worst option 0 and the best 100."
            yield (*here, option), f"an option value must lie between 0 and 100 ({value}).", mend
    given = values.keys() | _meant(values, wanted)
    for option in dict.fromkeys(wanted):
        if option not in given:
            yield (
                here,
                f'the value of option "{option}" is missing.',
                f"Add `{option}: 0` if it is worth nothing.",
            )


def _density(path: TreePath, preference: Preference, known: Known) -> Iterator[Finding]:
    for issue_id, density in preference.density.items():
        here = (*path, "density", issue_id)
        yield from unknown(here, (issue_id,), "issues", known)
        issue = known.issues.get(issue_id)
        if isinstance(issue, Cake):
            yield from _heights(here, issue, density)
        elif issue is not None:
            yield here, f'"{issue_id}" is not a cake; it has no stretches to value.', "Remove this line."


def _heights(here: TreePath, cake: Cake, density: Sequence[Fraction]) -> Iterator[Finding]:
    count = len(cake.stretches)
    if len(density) != count:
        yield here, f'"{cake.id}" has {count} stretches, but {len(density)} are valued.', "Write a number for each."
    for number, height in enumerate(density):
        if height < 0:
            yield (*here, number), f"a stretch may not be worth less than nothing ({height}).", "Write 0 or more."
    if not any(density):
        yield here, "no stretch is worth anything.", "Give 0 points to the issue instead."


def _budget(path: TreePath, preference: Preference, known: Known) -> Iterator[Finding]:
    if preference.budget is None:
        return
    if not known.has_money:
        yield (*path, "budget"), "this case has no payments.", "Add `money: {unit: …}`, or remove the budget."
    elif preference.budget < 0:
        yield (*path, "budget"), f"a budget may not be below 0 ({preference.budget}).", "Write 0 or more."


def _rules(case: Case, known: Known) -> Iterator[Finding]:
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
        yield from unknown((*path, "statements"), rule.statements, "statements", known)


def _rule_shape(path: TreePath, rule: Rule, known: Known) -> Iterator[Finding]:
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
        yield path, f"the {rule.kind.replace('-', ' ')} has no `{name}`.", f"Add `{name}: {{issue: settlement}}`."
    if rule.kind == "red-line" and rule.party is None:
        yield path, "the red line does not say whose it is.", "Add `party:`."
    if rule.party is not None and known.lacks("parties", rule.party):
        yield (
            (*path, "party"),
            f'there is no party "{rule.party}".',
            nearest(rule.party, known.ids["parties"]),
        )
    for name, value in _rule_fields(rule).items():
        if value is not None and not value:
            yield (*path, name), "there are no conditions here.", "Write at least one `issue: settlement`."


def _rule_fields(rule: Rule) -> dict[str, Any]:
    return {"forbid": rule.forbid, "require": rule.require, "if": rule.if_, "then": rule.then}


def _conditions(path: TreePath, conditions: Mapping[str, Any], position: Position, known: Known) -> Iterator[Finding]:
    for issue_id, condition in conditions.items():
        here = (*path, issue_id)
        if known.lacks("issues", issue_id):
            yield here, f'there is no issue "{issue_id}".', nearest(issue_id, known.ids["issues"])
        elif (issue := known.issues.get(issue_id)) is not None:
            if isinstance(issue, Cake):
                mend = "Write the part it is about as an issue of its own."
                yield here, f'a condition cannot name "{issue_id}", which may be cut anywhere.', mend
            elif isinstance(issue, Divisible) and position == "together":
                yield (
                    here,
                    "points that come together cannot depend on a share.",
                    "Name assets and options only.",
                )
            elif isinstance(condition, dict):
                yield from _bounds(here, issue, condition, position, known)
            else:
                yield from _named(here, issue, condition, known)


def _named(here: TreePath, issue: Issue, names: tuple[str, ...], known: Known) -> Iterator[Finding]:
    joint = [JOINT] if isinstance(issue, Asset) and issue.joint else []
    allowed = known.options[issue.id] if isinstance(issue, Chosen) else [*sorted(known.principals), *joint]
    for name in names:
        if is_strange(name, allowed) and (isinstance(issue, Chosen) or known.is_no_principal(name)):
            noun = "option" if isinstance(issue, Chosen) else "settlement"
            yield here, f'"{issue.id}" has no {noun} "{name}".', nearest(name, allowed)


def is_strange(name: str, allowed: Sequence[str]) -> bool:
    """Whether a name is surely not among those allowed: one written twice might have been meant as this."""
    return name not in allowed and len(set(allowed)) == len(allowed)


def _bounds(
    here: TreePath, issue: Issue, bounds: Mapping[str, str], position: Position, known: Known
) -> Iterator[Finding]:
    if not isinstance(issue, Divisible):
        yield (
            here,
            f'"{issue.id}" is not divisible; it has no shares to compare.',
            "Name an option or a party.",
        )
        return
    for party, text in bounds.items():
        if known.is_no_principal(party):
            yield (*here, party), f'there is no principal "{party}".', nearest(party, known.principals)
        try:
            bound = share_bound(text)
        except Mistake as error:
            yield (*here, party), f"{error}.", error.mend
            continue
        if bound.strict != (position == "weak"):
            yield (*here, party), *_wrong_bound(text, position)


def _wrong_bound(text: str, position: Position) -> tuple[str, str]:
    if position == "weak":
        what = f'"{text}" takes in its own limit, which a bound in `forbid` or `if` must not.'
        return what, f'Write "{text.replace("=", "")}".'
    what = f'"{text}" leaves out its own limit, which a bound in `require` or `then` must take in.'
    return what, f'Write "{text.replace("<", "<=").replace(">", ">=")}".'


def _circles(case: Case, known: Known) -> Iterator[Finding]:
    linkages = [(path, rule) for path, rule in known.rows("rules", case.rules) if rule.if_ and rule.then]
    after = {rule.id: {other.id for _, other in linkages if _leads_to(other, rule)} for _, rule in linkages}
    while circle := _circle(after):
        path = next(path for path, rule in linkages if rule.id == circle[0])
        what = f"the linkages {' → '.join(circle)} form a circle: each waits for the next."
        yield path, what, "Keep one direction, or say with `forbid` which combinations may not be."
        after = {rule: others - set(circle) for rule, others in after.items() if rule not in circle}


def _circle(after: Mapping[str, set[str]]) -> list[str]:
    """The ids along one circle, the first again at the end; empty when there is none."""
    try:
        tuple(TopologicalSorter(after).static_order())
    except CycleError as error:
        return list(error.args[1])
    return []


def _leads_to(first: Rule, second: Rule) -> bool:
    """Whether what `first` brings about can be what `second` waits for."""
    assert first.then
    assert second.if_
    return any(_overlap(first.then[issue], second.if_[issue]) for issue in first.then.keys() & second.if_.keys())


def _overlap(one: Any, other: Any) -> bool:
    return isinstance(one, dict) or isinstance(other, dict) or bool(set(one) & set(other))


def _words(case: Case, known: Known) -> Iterator[Finding]:
    for path, statement in known.rows("statements", case.statements):
        yield from unknown((*path, "source"), (statement.source,), "sources", known)
        for field, name in (("by", statement.by), ("holder", statement.holder or "")):
            if meant := _misspelt(name, known):
                mend = "Correct it; somebody who is no party is best named in full."
                yield (*path, field), f'"{name}" is no party, but looks like "{meant}".', mend
    for path, proposal in known.rows("proposals", case.proposals):
        yield from unknown((*path, "statements"), proposal.statements, "statements", known)
        yield from unknown((*path, "by"), (proposal.by,), "parties", known)
        yield from _answers(path, proposal, known)
        for issue_id, term in proposal.terms.items():
            here = (*path, "terms", issue_id)
            yield from unknown(here, (issue_id,), "issues", known)
            if (issue := known.issues.get(issue_id)) is not None:
                yield from settled_by(here, issue, term, known)


def _answers(path: TreePath, proposal: Proposal, known: Known) -> Iterator[Finding]:
    conditions = {} if isinstance(proposal.conditions, str) else proposal.conditions
    dates = proposal.answered_on
    for name, row in (("answers", proposal.answers), ("answered_on", dates), ("conditions", conditions)):
        for party in row:
            yield from unknown((*path, name, party), (party,), "parties", known)
    for name, party in [*(("answered_on", found) for found in dates), *(("conditions", found) for found in conditions)]:
        if party not in proposal.answers and not known.lacks("parties", party):
            yield (*path, name, party), f'"{party}" has given no answer.', f"Add `{party}: …` to `answers`."
    stated = [((*path, "conditions", party), found) for party, found in conditions.items()]
    for number, answer in enumerate(proposal.history):
        here = (*path, "history", number)
        yield from unknown((*here, "party"), (answer.party,), "parties", known)
        stated.append(((*here, "condition"), answer.condition or ""))
    for where, found in stated:
        if not isinstance(found, str):
            yield from _conditions(where, found, "strong", known)


def _misspelt(name: str, known: Known) -> str | None:
    """The party id that a name almost is; speakers who are no party may have any other name."""
    ids = [party for party in known.ids["parties"] if party]
    close = get_close_matches(name.lower(), ids, n=1, cutoff=0.8)
    return close[0] if close and name not in ids else None


def settled_by(here: TreePath, issue: Issue, term: str | Mapping[str, Fraction], known: Known) -> Iterator[Finding]:
    """What is wrong with a settlement of one issue."""
    if isinstance(term, str):
        yield from _named(here, issue, (term,), known)
    elif isinstance(issue, Chosen):
        yield here, *_not_shared(issue)
    else:
        for party, share in term.items():
            if known.is_no_principal(party):
                yield (*here, party), f'there is no principal "{party}".', nearest(party, known.principals)
            elif not 0 <= share <= 1:
                yield (*here, party), f"a share lies between 0 and 1 ({share}).", "The whole is 1; a half is 1/2."
        if sum(term.values()) > 1 and all(share <= 1 for share in term.values()):
            yield here, f"the shares sum to {sum(term.values())}, above 1.", "Correct them; thirds are written 1/3."


def _not_shared(issue: Chosen) -> tuple[str, str]:
    if isinstance(issue, Territory):
        return f'"{issue.id}" is divided by a line; it has no shares.', "Name one of its lines."
    return f'"{issue.id}" is a choice; it has no shares.', "Name one of its options."


def unknown(path: TreePath, named: Iterable[str], section: str, known: Known) -> Iterator[Finding]:
    """The names that a section does not have."""
    for name in named:
        if known.lacks(section, name):
            yield path, f'there is no {_NOUNS[section]} "{name}".', nearest(name, known.ids[section])


def _meant(names: Iterable[str], known: Iterable[str | None]) -> set[str]:
    """The known names that unknown ones look like: they were misspelt, and are not missing as well."""
    found = [name for name in known if name]
    strange = [name for name in names if name not in found]
    return {close for name in strange for close in get_close_matches(name, found, n=1)}


def nearest(name: str, known: Iterable[str | None]) -> str:
    """What would mend an unknown name."""
    return nearest_name(name, sorted({found for found in known if found}))
