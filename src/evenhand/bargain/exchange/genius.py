"""GENIUS: a domain file and a utility space for each party, in XML (Hindriks, Jonker, Kraus, Lin and Tykhonov 2009).

A bid is worth the sum over issues of weight × evaluation / the issue's largest evaluation, but no more than 1; weights
are taken as they are. (So GENIUS 10 computes it, whatever the words in its classes.) The division is
GENIUS's own; other readers of the same files (NegMAS) leave it out, so what we write has 1 as the largest
evaluation wherever decimals allow that, and then means the same to both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from xml.sax.saxutils import quoteattr

from evenhand.bargain.exchange.markup import Part
from evenhand.bargain.exchange.scenario import (
    Profile,
    Scenario,
    decimal_text,
    divided,
    is_decimal,
    normalised,
    one_utility,
    whole_values,
)
from evenhand.case import CaseError, Mistake, Problem, as_written, nearest_name, plain_decimal

DOMAIN, SPACE = "negotiation_template", "utility_space"
MEANING = (
    "Read from GENIUS files. As in GENIUS, an option is worth its issue's weight times its evaluation divided by the "
    "largest evaluation of that issue, so the best option of an issue has 100 percent of its points. A utility of 1 "
    "is 100 points unless the notes of the conversion said otherwise."
)
_NOTHING = Fraction(1, 100_000)
"""Where the largest evaluation of an issue is below this, every option is worth 0 to GENIUS."""
_LISTS_ONLY = "List its values as items (type discrete)."


def read_genius(title: str, domain: Part, spaces: Sequence[Part]) -> Scenario:
    """The scenario in a domain file and utility spaces. Raises CaseError listing every mistake found."""
    reader = _Reader()
    issues = reader.domain(domain)
    profiles = [reader.profile(space, issues) for space in spaces] if issues else []
    if reader.problems:
        raise CaseError(reader.problems)
    return Scenario(title, tuple(issues), tuple(issues.values()), tuple(profiles), MEANING, tuple(reader.notes))


class _Reader:
    """Collects mistakes and notes while it reads."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.notes: list[str] = []

    def domain(self, domain: Part) -> dict[str, tuple[str, ...]]:
        """The options of each issue, by name, in the order of their indices."""
        found: dict[str, tuple[str, ...]] = {}
        for part in self._issues(domain.inside(SPACE)[0] if domain.inside(SPACE) else domain):
            name, options = self._text(part, "name"), [self._text(item, "value") for item in part.inside("item")]
            if name in found:
                self._note(part, f'the issue "{name}" stands here a second time.', "Keep one of the two.")
            elif not options:
                self._note(part, f'the issue "{name}" has no items.', "Write one <item> for each option.")
            found[name] = tuple(dict.fromkeys(options))  # a repeated item means the same option
        return found

    def profile(self, space: Part, issues: dict[str, tuple[str, ...]]) -> Profile:
        """What one party wants; where something is wrong, a stand-in."""
        parts = {self._text(part, "name"): part for part in self._issues(space)}
        weights = self._weights(space)
        for name in parts.keys() - issues.keys():
            self._note(parts[name], f'the domain has no issue "{name}".', nearest_name(name, list(issues)))
        rows = [self._issue(space, parts.get(name), name, options, weights) for name, options in issues.items()]
        if not space.inside("reservation"):
            self.notes.append(f"{_party(space)}: the file has no reservation value, so no deal is worth 0.")
        self._discount(space)
        if sum(weight for weight, _ in rows) > 1:
            what = "the weights sum to more than 1; GENIUS counts every deal above 1 as 1, a case does not."
            self.notes.append(f"{_party(space)}: {what}")
        reservation = [self._number(part, "value") for part in space.inside("reservation")] or [Fraction(0)]
        return Profile(
            _party(space), tuple(weight for weight, _ in rows), tuple(values for _, values in rows), reservation[0]
        )

    def _discount(self, space: Part) -> None:
        for part in space.inside("discount_factor"):
            factor = self._number(part, "value")
            if factor not in (0, 1):
                given = part.attributes["value"]
                self.notes.append(f"{_party(space)}: the discount factor {given} was left out; a case has no clock.")

    def _issues(self, above: Part) -> Iterator[Part]:
        """The issues of the one objective, in the order of their indices; others are noted."""
        objectives = above.inside("objective")
        if len(objectives) != 1:
            self._note(above, f"{len(objectives)} objectives stand here.", "Write one <objective> with all issues.")
            return
        for nested in objectives[0].inside("objective"):
            self._note(nested, "objectives within objectives are not read.", "List all issues in one <objective>.")
        for tag in ("utility_function", "utility"):
            for part in objectives[0].inside(tag):
                self._note(part, "utilities that are not sums over issues are not read.", "Give each issue a weight.")
        found = objectives[0].inside("issue")
        if not found:
            self._note(objectives[0], "there are no issues.", "Write one <issue> for each.")
        for part in sorted(found, key=self._index):
            kind = part.attributes.get("type", "discrete")
            if kind == "discrete":
                yield part
            else:
                name = part.attributes.get("name", "?")
                self._note(part, f'the issue "{name}" is a range of numbers (type {kind}), not a list.', _LISTS_ONLY)

    def _weights(self, space: Part) -> dict[int, tuple[Part, Fraction]]:
        """The weights of the objective by the index of their issue."""
        found: dict[int, tuple[Part, Fraction]] = {}
        for part in (part for objective in space.inside("objective") for part in objective.inside("weight")):
            weight = self._number(part, "value")
            if weight < 0:
                self._note(part, "a weight may not be below 0.", "Write 0 or more.")
            if self._index(part) in found:
                self._note(part, f"a second weight for issue {self._index(part)}.", "Keep one of the two.")
            found[self._index(part)] = (part, weight)
        return found

    def _issue(
        self,
        space: Part,
        part: Part | None,
        name: str,
        options: tuple[str, ...],
        weights: dict[int, tuple[Part, Fraction]],
    ) -> tuple[Fraction, tuple[Fraction, ...]]:
        """The weight and the values of one issue."""
        nothing = Fraction(0), (Fraction(0),) * len(options)
        if part is None:
            self._note(space, f'the issue "{name}" of the domain is missing.', "Write an <issue> with this name.")
            return nothing
        if self._index(part) not in weights:
            mend = f'Write <weight index="{self._index(part)}" value="…"/>.'
            self._note(part, f'the weight of "{name}" is missing.', mend)
            return nothing
        weight = weights[self._index(part)][1]
        given = self._evaluations(part, options)
        for option in options:
            if option not in given:
                what = f'"{name}" has no evaluation of "{option}".'
                self._note(part, what, f'Write <item value="{option}" evaluation="…"/>.')
        largest = max(given.values(), default=Fraction(0))
        if largest < _NOTHING:
            self.notes.append(
                f'{_party(space)}: no option of "{name}" has an evaluation above 0, so it counts for nothing.'
            )
            return nothing
        return weight, tuple(given.get(option, Fraction(0)) / largest for option in options)

    def _evaluations(self, part: Part, options: tuple[str, ...]) -> dict[str, Fraction]:
        found: dict[str, Fraction] = {}
        for item in part.inside("item"):
            option, number = self._text(item, "value"), self._number(item, "evaluation")
            if option not in options:
                what = f'the domain has no option "{option}" here.'
                self._note(item, what, nearest_name(option, list(options)))
            elif number < 0:
                self._note(item, "an evaluation may not be below 0.", "Write 0 or more.")
            elif found.get(option, number) != number:
                self._note(item, f'"{option}" has two evaluations.', "Keep one of the two.")
            found[option] = max(number, Fraction(0))
        return found

    def _index(self, part: Part) -> int:
        number = self._number(part, "index")
        if number.denominator != 1:
            self._note(part, "an index is a whole number.", "Count issues and weights from 1.")
        return int(number)

    def _number(self, part: Part, name: str) -> Fraction:
        try:
            return as_written(part.attribute(name))
        except Mistake as mistake:
            self._note(part, f"{mistake}.", mistake.mend)
            return Fraction(1)  # stands in, so that the reading goes on to further mistakes

    def _text(self, part: Part, name: str) -> str:
        try:
            return part.attribute(name).strip()
        except Mistake as mistake:
            self._note(part, f"{mistake}.", mistake.mend)
            return ""

    def _note(self, part: Part, what: str, mend: str) -> None:
        problem = part.problem(what, mend)
        if problem not in self.problems:
            self.problems.append(problem)


def _party(space: Part) -> str:
    """A party is called like its file; a number in front only keeps the files in order."""
    stem = Path(space.file).stem
    return re.sub(r"^\d+-(?=.)", "", stem)


def genius_files(scenario: Scenario, stems: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """File names with their text, and notes. Every number is exact; `stems` name the parties' files."""
    notes = []
    files = {"domain.xml": _domain_text(scenario)}
    profiles = [normalised(profile) for profile in scenario.profiles]
    for profile, stem in zip(profiles, stems, strict=True):
        unit = one_utility(profile)
        files[f"{stem}.xml"] = _space_text(scenario, divided(profile, unit))
        notes.append(f"{profile.name}: a utility of 1 is {plain_decimal(unit, 12)} points.")
    if any(not _plain(row) for profile in profiles for row in profile.values):
        notes.append(
            "Some issues have a largest evaluation above 1, since no decimals are exact; GENIUS divides by it, "
            "NegMAS does not."
        )
    return files, notes


def _plain(row: Sequence[Fraction]) -> bool:
    return all(is_decimal(value) for value in row)


def _domain_text(scenario: Scenario) -> str:
    lines = [
        f"<{DOMAIN}>",
        f'<{SPACE} number_of_issues="{len(scenario.issues)}">',
        '<objective index="0" name="root" type="objective" etype="objective" description="">',
    ]
    for index, (issue, options) in enumerate(zip(scenario.issues, scenario.options, strict=True), 1):
        lines.append(_issue_tag(index, issue))
        for number, option in enumerate(options, 1):
            lines.append(f'    <item index="{number}" value={quoteattr(option)} description=""/>')
        lines.append("  </issue>")
    return "\n".join([*lines, "</objective>", f"</{SPACE}>", f"</{DOMAIN}>", ""])


def _issue_tag(index: int, issue: str) -> str:
    kinds = 'type="discrete" etype="discrete" vtype="discrete"'
    return f'  <issue index="{index}" name={quoteattr(issue)} {kinds}>'


def _space_text(scenario: Scenario, profile: Profile) -> str:
    """A utility space; the caller has made every weight and the reservation a decimal."""
    lines = [
        f'<{SPACE} number_of_issues="{len(scenario.issues)}">',
        '<objective index="0" name="root" type="objective" etype="objective" description="">',
    ]
    for index, weight in enumerate(profile.weights, 1):
        lines.append(f'  <weight index="{index}" value="{decimal_text(weight)}"/>')
    rows = zip(scenario.issues, scenario.options, profile.values, strict=True)
    for index, (issue, options, row) in enumerate(rows, 1):
        lines.append(_issue_tag(index, issue))
        values = row if _plain(row) else whole_values(row)
        for number, (option, value) in enumerate(zip(options, values, strict=True), 1):
            worth = f'evaluation="{decimal_text(value)}"'
            lines.append(f'    <item index="{number}" value={quoteattr(option)} {worth}/>')
        lines.append("  </issue>")
    reservation = f'<reservation value="{decimal_text(profile.reservation)}"/>'
    return "\n".join([*lines, "</objective>", '<discount_factor value="1.0"/>', reservation, f"</{SPACE}>", ""])
