"""Between a case and a scenario: what each can hold, exactly, and in words what the other cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from evenhand.bargain.exchange.scenario import Profile, Scenario
from evenhand.case import (
    FINEST,
    JOINT,
    LARGEST,
    Asset,
    Case,
    Chosen,
    Document,
    Issue,
    Party,
    Preference,
    TreePath,
    fraction_text,
    id_of,
    plain_decimal,
    read_case,
)
from evenhand.deals import Space

HUNDRED = 100
"""Points for a utility of 1, where utilities go up to 1."""
_HELD_OF_CASE = ("evenhand", "title", "parties", "issues", "preferences", "rules", "money")
_HELD_OF_PREFERENCE = ("points", "values", "no_deal", "together")


class CannotHold(ValueError):
    """What of a case an exchange format cannot hold: (place in the case, what, what would mend it) for each."""

    def __init__(self, findings: Sequence[tuple[TreePath, str, str]]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(what for _, what, _ in self.findings))


@dataclass(frozen=True)
class Read:
    """A case read from other programs' files, and what the mediator should know of how it was read."""

    case: Case
    notes: tuple[str, ...]


def case_of(scenario: Scenario) -> Read:
    """The case of a scenario: each issue a choice, a party for each profile, 100 points for a utility of 1.

    Where a format allows utilities above 1 and a party's are, they are its points as they stand. Numbers too fine for
    a case are first counted in smaller units, then rounded; the notes say which, and by how much a deal can change.
    """
    notes = list(scenario.notes)
    issues = _ids(scenario.issues, "issue")
    options = [_ids(names, "option") for names in scenario.options]
    parties = _ids([profile.name for profile in scenario.profiles], "party")
    listed = zip(issues, scenario.issues, options, scenario.options, strict=True)
    tree = {
        "evenhand": "1",
        "title": scenario.title,
        "about": scenario.meaning,
        "parties": [_named(*party) for party in zip(parties, (p.name for p in scenario.profiles), strict=True)],
        "issues": [
            {**_named(issue, name), "kind": "choice", "options": [_named(*o) for o in zip(ids, labels, strict=True)]}
            for issue, name, ids, labels in listed
        ],
        "preferences": {
            party: _preference(profile, issues, options, notes, up_to_one=scenario.up_to_one)
            for party, profile in zip(parties, scenario.profiles, strict=True)
        },
    }
    return Read(read_case(Document(scenario.title, "", tree, {})), tuple(notes))


def _ids(names: Sequence[str], noun: str) -> list[str]:
    """An id for each name, no two alike; `joint` is a reserved word."""
    found: list[str] = []
    for number, name in enumerate(names, 1):
        plain = id_of(name) or f"{noun}-{number}"
        plain = f"{plain}-{noun}" if plain == JOINT else plain
        trial, again = plain, 2
        while trial in found:
            trial, again = f"{plain[:50]}-{again}", again + 1
        found.append(trial)
    return found


def _named(part_id: str, name: str) -> dict[str, str]:
    return {"id": part_id} if name == part_id else {"id": part_id, "name": name}


def _preference(
    profile: Profile, issues: Sequence[str], options: Sequence[Sequence[str]], notes: list[str], *, up_to_one: bool
) -> dict[str, Any]:
    unit = _points_for_one(profile, HUNDRED if up_to_one or profile.best <= 1 else 1)
    if unit == 1:
        notes.append(f"{profile.name}: utilities go above 1 and were taken as points as they are.")
    elif unit != HUNDRED:
        notes.append(f"{profile.name}: a utility of 1 is {unit} points.")
    points = [_held(weight * unit) for weight in profile.weights]
    percents = [[_held(100 * value) for value in row] for row in profile.values]
    no_deal = _held(profile.reservation * unit)
    if moved := _moved(profile, unit, points, percents, no_deal):
        notes.append(
            f"{profile.name}: some numbers are finer than a case can hold (12 decimals) and were rounded; "
            f"no deal's value changes by more than {float(moved):.1g} points."
        )
    return {
        "points": {issue: fraction_text(number) for issue, number in zip(issues, points, strict=True)},
        "values": {
            issue: {option: fraction_text(number) for option, number in zip(ids, row, strict=True)}
            for issue, ids, row in zip(issues, options, percents, strict=True)
        },
        "no_deal": fraction_text(no_deal),
    }


def _points_for_one(profile: Profile, unit: int) -> int:
    """How many points stand for a utility of 1: `unit`, or more where that makes every number exact."""
    numbers = (*profile.weights, profile.reservation)
    if any(_held(100 * value) != 100 * value for row in profile.values for value in row):
        return unit
    finer = unit
    while any(_held(number * finer) != number * finer for number in numbers):
        finer *= 10
        if finer * max(Fraction(1), *(abs(number) for number in numbers)) * 10 > LARGEST:
            return unit
    return finer


def _held(number: Fraction) -> Fraction:
    """The number itself where a case can hold it, else rounded to 12 decimal places."""
    return number if number.denominator <= FINEST else Fraction(round(number * FINEST), FINEST)


def _moved(
    profile: Profile, unit: int, points: Sequence[Fraction], percents: Sequence[Sequence[Fraction]], no_deal: Fraction
) -> Fraction:
    """By how many points rounding changes the value of some deal, or of no deal, at most."""
    total = Fraction(0)
    for weight, values, held, row in zip(profile.weights, profile.values, points, percents, strict=True):
        exact = [weight * unit * value for value in values]
        total += max(abs(was - held * now / 100) for was, now in zip(exact, row, strict=True))
    return max(total, abs(profile.reservation * unit - no_deal))


def scenario_of(case: Case, *, leave_out: bool = False) -> Scenario:
    """The scenario of a case, in points: each party's weight is its best option's points.

    Assets become a choice of who gets them. Worths below 0 (burdens) are counted from the worst settlement of
    the issue, for every deal and no deal alike, which changes no comparison. Raises CannotHold for issues that
    are split, for money, and, unless `leave_out`, for rules and `together` terms.
    """
    findings = [*_splits(case), *(() if leave_out else _ties(case))]
    if findings:
        raise CannotHold(findings)
    preferences = {party: own.model_copy(update={"together": ()}) for party, own in case.preferences.items()}
    plain = Space.of(case.model_copy(update={"rules": (), "preferences": preferences}))
    options = tuple(_names(issue, names, case) for issue, names in zip(plain.issues, plain.settlements, strict=True))
    notes = [*_left_out(case)]
    profiles = tuple(_profile(plain, number, party, notes) for number, party in enumerate(case.principals))
    return Scenario(
        case.title,
        _distinct([issue.label for issue in case.issues], [issue.id for issue in case.issues]),
        options,
        profiles,
        notes=tuple(notes),
    )


def _splits(case: Case) -> Iterator[tuple[TreePath, str, str]]:
    for number, issue in enumerate(case.issues):
        if not isinstance(issue, Asset | Chosen):
            what = f"“{issue.label}” can be split in any proportion; the other format has lists of options only."
            yield ("issues", number), what, "Make it a choice between a few splits."
    if case.money is not None:
        what = "the other format has no payments."
        yield ("money",), what, "Remove `money`, or add a choice between a few payments."


def _ties(case: Case) -> Iterator[tuple[TreePath, str, str]]:
    mend = "Add --leave-out to write the rest without it."
    for number, rule in enumerate(case.rules):
        yield ("rules", number), f"the other format has no rules; “{rule.id}” would be lost.", mend
    for party in case.principals:
        if case.preferences[party.id].together:
            what = "the other format only adds up issues; these points for things together would be lost."
            yield ("preferences", party.id, "together"), what, mend


def _left_out(case: Case) -> Iterator[str]:
    """What goes, in words: first what changes the deals or their worth, then what does not."""
    lost = {
        "rules": [rule.id for rule in case.rules],
        "points for things together": [p.id for p in case.principals if case.preferences[p.id].together],
        "unequal entitlements": [p.id for p in case.principals if not case.equal_entitlements],
        "parties that do not sign": [party.id for party in case.parties if party.role != "principal"],
    }
    for what, ids in lost.items():
        if ids:
            yield f"Left out: {what} ({', '.join(ids)})."
    if names := _given(case, _HELD_OF_CASE):
        yield f"Left out of the case: {names}."
    for party in case.principals:
        if names := _given(case.preferences[party.id], _HELD_OF_PREFERENCE):
            yield f"Left out of what {party.label} wants: {names}."
    if any(part.about for part in (*case.parties, *case.issues)):
        yield "Left out of parties and issues: `about`."
    if any(isinstance(issue, Asset) for issue in case.issues):
        yield "Assets are written as a choice of who gets them."


def _given(part: Case | Preference, held: tuple[str, ...]) -> str:
    """The names under which a part says something, those aside that another format holds or that are told apart."""
    names = [name for name in type(part).model_fields if name not in held and getattr(part, name)]
    return ", ".join(f"`{name}`" for name in names)


def _names(issue: Issue, settlements: Sequence[str], case: Case) -> tuple[str, ...]:
    if isinstance(issue, Chosen):
        labels = [issue.option(name).label for name in settlements]
    else:
        labels = [JOINT if name == JOINT else case.party(name).label for name in settlements]
    return _distinct(labels, settlements)


def _distinct(labels: Sequence[str], ids: Sequence[str]) -> tuple[str, ...]:
    """What people call the things where that tells them apart, else their ids."""
    return tuple(labels if len(set(labels)) == len(labels) else ids)


def _profile(space: Space, number: int, party: Party, notes: list[str]) -> Profile:
    lift = Fraction(0)
    rows = []
    for issue, names, worths in zip(space.issues, space.settlements, space.worth, strict=True):
        if isinstance(issue, Chosen):
            rows.append(_chosen(space.case.preferences[party.id], issue, names))
        else:
            row = [worth[number] for worth in worths]
            lift -= min(row)
            rows.append(_raised(row))
    if lift:
        notes.append(
            f"{party.label}: duties and debts are counted from the worst outcome, so that no number is below 0; "
            f"every deal, and no deal, is worth {plain_decimal(lift, 12)} points more there."
        )
    no_deal = space.case.preferences[party.id].no_deal + lift
    return Profile(party.label, tuple(weight for weight, _ in rows), tuple(values for _, values in rows), no_deal)


def _chosen(preference: Preference, issue: Chosen, names: Sequence[str]) -> tuple[Fraction, tuple[Fraction, ...]]:
    """A choice's points, and the part of them that each option has."""
    return preference.points[issue.id], tuple(preference.values[issue.id][name] / 100 for name in names)


def _raised(row: Sequence[Fraction]) -> tuple[Fraction, tuple[Fraction, ...]]:
    """The best worth counted from the worst, and each one's part of it."""
    low, weight = min(row), max(row) - min(row)
    return weight, tuple((worth - low) / weight if weight else Fraction(0) for worth in row)
