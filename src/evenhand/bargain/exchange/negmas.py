"""NegMAS scenarios: a domain file and a utility function for each party, in YAML or JSON, as NegMAS 0.16 saves them.

A bid is worth the sum over issues of weight × table entry, as the file has them: nothing is divided. Weights
need not sum to 1, so a case is written in its own points: weights are points, tables the part of them that each
option has.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction

from evenhand.bargain.exchange.scenario import Profile, Scenario, decimal_text, is_decimal
from evenhand.bargain.exchange.walking import Walker
from evenhand.case import CaseError, Document

MEANING = (
    "Read from NegMAS files. An option is worth its issue's weight times its table entry; a utility of 1 is 100 points "
    "where utilities go up to 1, else 1 point, unless the notes of the conversion said otherwise."
)
_LISTS = ("CategoricalIssue", "OrdinalIssue", "CardinalIssue")
_RANGE = "ContiguousIssue"
_LONGEST_RANGE = 10_000
_NO_VALUE = ("-.inf", "-inf")
Issues = dict[str, tuple[str, ...]]


def is_domain(tree: object) -> bool:
    """Whether a document is a NegMAS outcome space."""
    return isinstance(tree, dict) and "OutcomeSpace" in str(tree.get("type", ""))


def is_function(tree: object) -> bool:
    """Whether a document is a NegMAS utility function."""
    return isinstance(tree, dict) and "fun" in str(tree.get("type", "")).lower()


def read_negmas(title: str, domain: Document, functions: Sequence[Document]) -> Scenario:
    """The scenario in a domain and utility functions. Raises CaseError listing every mistake found."""
    base, walkers = Walker(domain), [Walker(document) for document in functions]
    issues = _issues(base)
    notes: list[str] = []
    profiles = [_profile(walker, issues, notes, number) for number, walker in enumerate(walkers, 1)] if issues else []
    if problems := [problem for walker in (base, *walkers) for problem in walker.problems]:
        raise CaseError(problems)
    return Scenario(
        title, tuple(issues), tuple(issues.values()), tuple(profiles), MEANING, tuple(notes), up_to_one=False
    )


def _issues(walker: Walker) -> Issues:
    found: Issues = {}
    for number, _ in enumerate(walker.listed(("issues",))):
        here = ("issues", number)
        entry = walker.mapping(here)
        name, kind = str(entry.get("name") or f"issue {number + 1}"), str(entry.get("type", ""))
        if name in found:
            walker.note(here, f'the issue "{name}" stands here a second time.', "Keep one of the two.")
        if any(kind.endswith(known) for known in _LISTS):
            found[name] = walker.texts((*here, "values"))
        elif kind.endswith(_RANGE):
            found[name] = _range(walker, (*here, "values"))
        else:
            what = f'the issue "{name}" is a {kind or "thing without a type"}, not a list or a range of whole numbers.'
            walker.note(here, what, "Write it as a CategoricalIssue with its values.")
            continue
        if not found[name]:
            walker.note(here, f'the issue "{name}" has no values.', "List at least one.")
    return found


def _range(walker: Walker, path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The whole numbers from the first to the last, both included."""
    if len(walker.listed(path)) != 2:
        walker.note(path, "two numbers were expected here.", "Write [lowest, highest].")
        return ()
    low, high = walker.number((*path, 0)), walker.number((*path, 1))
    if low.denominator != 1 or high.denominator != 1 or not 0 <= high - low < _LONGEST_RANGE:
        walker.note(path, "this is no range of whole numbers (10,000 at most).", "Write [lowest, highest].")
        return ()
    return tuple(str(value) for value in range(int(low), int(high) + 1))


def _profile(walker: Walker, issues: Issues, notes: list[str], number: int) -> Profile:
    tree = walker.mapping(())
    name = str(tree.get("name") or f"party {number}")
    if not str(tree.get("type")).endswith("LinearAdditiveUtilityFunction"):
        what = f"a {tree.get('type')} is not a weighted sum of tables."
        walker.note(("type",), what, "Save it as a LinearAdditiveUtilityFunction.")
        return Profile(name, (), ())
    if tree.get("bias") is not None and walker.number(("bias",)) != 0:
        walker.note(("bias",), "a bias is not read.", "Subtract it from reserved_value, and write 0.")
    rows, weights = [], []
    keys: list[str | int] = list(issues) if isinstance(tree.get("values"), dict) else list(range(len(issues)))
    _complete(walker, "values", issues)
    _complete(walker, "weights", issues)
    for key, options in zip(keys, issues.values(), strict=True):
        row = _entries(walker, ("values", key), options)
        largest = max(Fraction(1), *row)  # a table that goes above 1 is divided, and its weight multiplied
        rows.append(tuple(entry / largest for entry in row))
        weights.append(_weight(walker, issues, key) * largest)
    profile = Profile(name, tuple(weights), tuple(rows))
    return Profile(name, profile.weights, profile.values, _reservation(walker, issues, profile, notes))


def _complete(walker: Walker, name: str, issues: Issues) -> None:
    """Note where a list or group does not have one part for each issue."""
    found = walker.part((name,))
    if isinstance(found, dict):
        walker.same_names((name,), found, tuple(issues), "issue")
    elif len(walker.listed((name,))) not in (0, len(issues)):
        what = f"{len(found)} parts stand here, and the domain has {len(issues)} issues."
        walker.note((name,), what, "Write one for each issue.")


def _weight(walker: Walker, issues: Issues, key: str | int) -> Fraction:
    named = isinstance(walker.part(("weights",)), dict)
    own = key if named == isinstance(key, str) else list(issues)[int(key)] if named else list(issues).index(str(key))
    found = walker.part(("weights", own))
    return Fraction(0) if found is None else walker.from_zero(("weights", own), "a weight")


def _entries(walker: Walker, path: tuple[str | int, ...], options: tuple[str, ...]) -> tuple[Fraction, ...]:
    entry = walker.part(path)
    if entry is None:
        return (Fraction(0),) * len(options)  # noted where the parts were counted
    kind = str(entry.get("type", "")) if isinstance(entry, dict) else ""
    if isinstance(entry, dict) and kind.endswith("TableFun"):
        table = (*path, "mapping")
        walker.same_names(table, walker.mapping(table), options, "value")
        known = walker.mapping(table)
        return tuple(walker.from_zero((*table, o), "a table entry") if o in known else Fraction(0) for o in options)
    walker.note(path, f"a {kind or 'value without a type'} is not a table.", "Save it as a TableFun, with its mapping.")
    return (Fraction(0),) * len(options)


def _reservation(walker: Walker, issues: Issues, profile: Profile, notes: list[str]) -> Fraction:
    given, outcome = walker.part(("reserved_value",)), walker.part(("reserved_outcome",))
    if outcome is not None:
        return _worth_of(walker, issues, profile)
    if given is None or str(given).lower() in _NO_VALUE:
        notes.append(f"{profile.name}: the file has no reserved value, so no deal is worth 0.")
        return Fraction(0)
    return walker.number(("reserved_value",))


def _worth_of(walker: Walker, issues: Issues, profile: Profile) -> Fraction:
    """What the reserved outcome is worth."""
    worth = Fraction(0)
    outcome = walker.listed(("reserved_outcome",))
    if len(outcome) != len(issues):
        walker.note(("reserved_outcome",), "the outcome does not settle every issue.", "Write one value for each.")
        return worth
    for number, (issue, options) in enumerate(issues.items()):
        if outcome[number] not in options:
            walker.note(("reserved_outcome", number), f'"{issue}" has no such value.', "Name one it has.")
            continue
        worth += profile.weights[number] * profile.values[number][options.index(outcome[number])]
    return worth


def negmas_files(scenario: Scenario, stems: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """File names with their text, and notes. Numbers are exact wherever decimals can be."""
    files = {"domain.yml": _domain_text(scenario)}
    rounded = []
    for profile, stem in zip(scenario.profiles, stems, strict=True):
        files[f"{stem}.yml"], exact = _function_text(scenario, profile)
        rounded += [] if exact else [profile.name]
    return files, [f"{name}: no decimals are exact, so some numbers were rounded to 17 digits." for name in rounded]


def _domain_text(scenario: Scenario) -> str:
    lines = ["issues:"]
    for issue, options in zip(scenario.issues, scenario.options, strict=True):
        lines += [f"- name: {_quoted(issue)}", "  type: CategoricalIssue", "  values:"]
        lines += [f"  - {_quoted(option)}" for option in options]
    return "\n".join([*lines, 'name: "domain"', "type: DiscreteCartesianOutcomeSpace", ""])


def _function_text(scenario: Scenario, profile: Profile) -> tuple[str, bool]:
    """The file's text, and whether every number in it is exact."""
    lines = [f"name: {_quoted(profile.name)}", "type: LinearAdditiveUtilityFunction", "values:"]
    for options, row in zip(scenario.options, profile.values, strict=True):
        lines += ["- type: TableFun", "  mapping:"]
        lines += [f"    {_quoted(option)}: {_digits(value)}" for option, value in zip(options, row, strict=True)]
    lines += ["weights:", *(f"- {_digits(weight)}" for weight in profile.weights)]
    numbers = (*profile.weights, profile.reservation, *(value for row in profile.values for value in row))
    return "\n".join([*lines, f"reserved_value: {_digits(profile.reservation)}", ""]), all(map(is_decimal, numbers))


def _digits(number: Fraction) -> str:
    """A decimal without an exponent: exact where there is one, else the nearest float's shortest."""
    nearest = decimal_text(Fraction(repr(float(number))))
    assert nearest is not None
    return decimal_text(number) or nearest


def _quoted(name: str) -> str:
    """Text in double quotes means the same in YAML and JSON; none of it can pass for a number or a truth value."""
    return json.dumps(name, ensure_ascii=False)
