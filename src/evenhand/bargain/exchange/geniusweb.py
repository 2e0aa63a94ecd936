"""GeniusWeb: a domain file and a profile for each party, in JSON, with utilities from 0 to 1 and weights that sum to 1.

No deal is a bid there (`reservationBid`), not a number; it is read as what that bid is worth.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from evenhand.bargain.exchange.scenario import Profile, Scenario, decimal_text, is_decimal
from evenhand.bargain.exchange.walking import Walker
from evenhand.case import CaseError, Document, plain_decimal

VALUES, SPACE = "issuesValues", "LinearAdditiveUtilitySpace"
OTHER_SPACES = ("SumOfGroupsUtilitySpace", "DefaultPartialOrdering", "SimpleLinearOrdering")
MEANING = (
    "Read from GeniusWeb files. An option is worth its issue's weight times its utility; a utility of 1 is 100 points "
    "unless the notes of the conversion said otherwise."
)
_TABLES = ("DiscreteValueSetUtilities", "discreteutils")
"""What a table of utilities is called in GeniusWeb, and in the files that NegMAS 0.16 expects."""
_PLACES = 17
_MOST_SUMS = 200_000

Issues = dict[str, tuple[str, ...]]


def read_geniusweb(title: str, domain: Document | None, profiles: Sequence[Document]) -> Scenario:
    """The scenario in a domain (else the one inside the first profile) and profiles. Raises CaseError."""
    walkers = [Walker(document) for document in profiles]
    base = Walker(domain) if domain is not None else walkers[0]
    issues = _issues(base, () if domain is not None else (SPACE, "domain"))
    notes: list[str] = []
    found = [_profile(walker, issues, notes, number) for number, walker in enumerate(walkers, 1)] if issues else []
    read = walkers if base in walkers else [base, *walkers]
    problems = [problem for walker in read for problem in walker.problems]
    if problems:
        raise CaseError(problems)
    return Scenario(title, tuple(issues), tuple(issues.values()), tuple(found), MEANING, tuple(notes))


def _issues(walker: Walker, path: tuple[str, ...]) -> Issues:
    found: Issues = {}
    for name in walker.mapping((*path, VALUES)):
        here = (*path, VALUES, name)
        if "range" in walker.mapping(here):
            what = f'the issue "{name}" is a range of numbers, not a list.'
            walker.note((*here, "range"), what, "List its values under `values`.")
            continue
        found[name] = walker.texts((*here, "values"))
        if not found[name]:
            walker.note(here, f'the issue "{name}" has no values.', "List at least one.")
    return found


def _profile(walker: Walker, issues: Issues, notes: list[str], number: int) -> Profile:
    space = walker.mapping((SPACE,))
    name = space.get("name") if isinstance(space.get("name"), str) else None
    weights = walker.mapping((SPACE, "issueWeights"))
    tables = walker.mapping((SPACE, "issueUtilities"))
    if "domain" in space and _issues(walker, (SPACE, "domain")) != issues:
        walker.note((SPACE, "domain"), "this profile has another domain.", "Keep files of one domain together.")
    walker.same_names((SPACE, "issueWeights"), weights, tuple(issues), "issue")
    walker.same_names((SPACE, "issueUtilities"), tables, tuple(issues), "issue")
    rows = tuple(
        _utilities(walker, issue, options) if issue in tables else (Fraction(0),) * len(options)
        for issue, options in issues.items()
    )
    held = tuple(
        walker.from_zero((SPACE, "issueWeights", issue), "a weight") if issue in weights else Fraction(0)
        for issue in issues
    )
    profile = Profile(name or f"party {number}", held, rows)
    return Profile(profile.name, held, rows, _reservation(walker, issues, profile, notes))


def _utilities(walker: Walker, issue: str, options: tuple[str, ...]) -> tuple[Fraction, ...]:
    here: tuple[str, ...] = (SPACE, "issueUtilities", issue)
    kinds = walker.mapping(here)
    table = next((kind for kind in _TABLES if kind in kinds), None)
    if table is None:
        what = f'the utilities of "{issue}" are not a list of values.'
        walker.note(here, what, f"Write `{_TABLES[0]}` with `valueUtilities`.")
        return (Fraction(0),) * len(options)
    path = (*here, table, "valueUtilities")
    walker.same_names(path, walker.mapping(path), options, "value")
    found = []
    for option in options:
        number = walker.from_zero((*path, option), "a utility") if option in walker.mapping(path) else Fraction(0)
        if number > 1:
            walker.note((*path, option), "a utility may not be above 1.", "Divide all of them by the largest.")
        found.append(min(number, Fraction(1)))
    return tuple(found)


def _reservation(walker: Walker, issues: Issues, profile: Profile, notes: list[str]) -> Fraction:
    """What the reservation bid is worth; an issue it leaves open adds nothing, as in GeniusWeb."""
    space = walker.mapping((SPACE,))
    if space.get("reservationBid") is None:
        notes.append(f"{profile.name}: the profile has no reservation bid, so no deal is worth 0.")
        return Fraction(0)
    path = (SPACE, "reservationBid", "issuevalues")
    worth = Fraction(0)
    for issue, option in walker.mapping(path).items():
        if issue not in issues or option not in issues[issue]:
            walker.note((*path, issue), f'the domain has no option "{option}" of "{issue}".', "Name one it has.")
            continue
        number = list(issues).index(issue)
        worth += profile.weights[number] * profile.values[number][issues[issue].index(option)]
    notes.append(f"{profile.name}: no deal is worth what the reservation bid is.")
    return worth


def geniusweb_files(scenario: Scenario, stems: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """File names with their text, and notes, which say what was rounded and which no-deal values no bid has."""
    notes: list[str] = []
    domain = {
        "name": scenario.title,
        VALUES: {
            issue: {"values": list(options)} for issue, options in zip(scenario.issues, scenario.options, strict=True)
        },
    }
    files = {"domain.json": _dumped(domain)}
    for profile, stem in zip(scenario.profiles, stems, strict=True):
        files[f"{stem}.json"] = _dumped({SPACE: _space(scenario, domain, profile, notes)})
    return files, notes


def _space(scenario: Scenario, domain: dict[str, Any], profile: Profile, notes: list[str]) -> dict[str, Any]:
    total = sum(profile.weights, Fraction(0))
    weights = _summing_to_one([weight / total for weight in profile.weights] if total else [])
    weights = weights or [Fraction(not number) for number in range(len(scenario.issues))]
    rows = [[_short(value) for value in row] for row in profile.values]
    notes.append(f"{profile.name}: a utility of 1 is {plain_decimal(total, 12)} points.")
    if total and (weights != [weight / total for weight in profile.weights] or not _kept(rows, profile)):
        notes.append(f"{profile.name}: no decimals are exact, so some numbers were rounded to {_PLACES} places.")
    space = {
        "name": profile.name,
        "domain": domain,
        "issueWeights": dict(zip(scenario.issues, weights, strict=True)),
        "issueUtilities": {
            issue: {_TABLES[0]: {"valueUtilities": dict(zip(options, row, strict=True))}}
            for issue, options, row in zip(scenario.issues, scenario.options, rows, strict=True)
        },
    }
    bid = _bid_worth(profile, profile.reservation)
    if bid is not None:
        named = zip(scenario.issues, scenario.options, bid, strict=True)
        space["reservationBid"] = {"issuevalues": {issue: options[option] for issue, options, option in named}}
    else:
        points = plain_decimal(profile.reservation)
        notes.append(f"{profile.name}: left out: no deal ({points} points), as no bid is worth exactly that.")
    return space


def _summing_to_one(weights: Sequence[Fraction]) -> list[Fraction]:
    """The weights as decimals that sum to exactly 1, as GeniusWeb demands; the largest takes what rounding leaves."""
    found = [_short(weight) for weight in weights]
    if found:
        largest = found.index(max(found))
        found[largest] += 1 - sum(found)
    return found


def _short(number: Fraction) -> Fraction:
    """The number itself where it is a decimal, else rounded to one."""
    return number if is_decimal(number) else Fraction(round(number * 10**_PLACES), 10**_PLACES)


def _kept(rows: Sequence[Sequence[Fraction]], profile: Profile) -> bool:
    return all(tuple(row) == was for row, was in zip(rows, profile.values, strict=True))


def _bid_worth(profile: Profile, wanted: Fraction) -> list[int] | None:
    """The first bid found that is worth exactly so much, as option numbers; None where none was found."""
    worths = [[w * value for value in row] for w, row in zip(profile.weights, profile.values, strict=True)]
    sums: list[dict[Fraction, int]] = []
    reached = {Fraction(0): -1}
    for row in worths:
        step: dict[Fraction, int] = {}
        for total in reached:
            for option, worth in enumerate(row):
                step.setdefault(total + worth, option)
        if len(step) > _MOST_SUMS:
            return None
        sums.append(step)
        reached = step
    if wanted not in reached:
        return None
    bid = []
    for step, row in zip(reversed(sums), reversed(worths), strict=True):
        bid.append(step[wanted])
        wanted -= row[bid[-1]]
    return bid[::-1]


def _dumped(tree: Any, indent: str = "") -> str:
    """JSON in which every number keeps all of its digits."""
    if isinstance(tree, Fraction):
        text = decimal_text(tree)
        assert text is not None
        return text
    if not isinstance(tree, dict):
        return json.dumps(tree, ensure_ascii=False)
    deeper = f"{indent}  "
    lines = [f"{deeper}{json.dumps(name, ensure_ascii=False)}: {_dumped(part, deeper)}" for name, part in tree.items()]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}" + ("" if indent else "\n")
