"""Doubt in words: where a package comes from, how sure it is, and the question to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from string import ascii_uppercase

from evenhand.bargain import BARGAINING_SOLUTIONS
from evenhand.bargain.doubt import DoubtTable, Effect, Origin, OwnOutlook, PackageOutlook, PartyOutlook, Wants
from evenhand.case import Case, Chosen, plain_decimal
from evenhand.deals import Deal
from evenhand.report.words.plain import label, listed, points, settlement_text

_Z = 1.959964
"""How many standard errors a 95% interval reaches."""


def package_name(number: int) -> str:
    """A, B, … Z, AA, AB, …"""
    before, last = divmod(number, len(ascii_uppercase))
    return (package_name(before - 1) if before else "") + ascii_uppercase[last]


def origin_text(case: Case, origin: Origin) -> str:
    """Where a package comes from, in a few words."""
    if origin.kind == "leaning":
        return f"largest sum, {label(case, origin.name)} counted {origin.part}×"
    if origin.kind == "often-best":
        return f"best in {percent(origin.part)} of worlds"
    if origin.kind == "solution":
        return BARGAINING_SOLUTIONS[origin.name].title
    return {
        "given": "the package you gave",
        "proposal": f"proposal {origin.name}",
        "searched": "a large sum of gains",
        "largest-sum": "largest sum of gains",
        "least-regret": "least “at most” of all deals",
    }[origin.kind]


def percent(part: Fraction) -> str:
    """A part of 1 in percent; never 0% or 100% unless it is."""
    if 0 < part < Fraction(1, 1000):
        return "below 0.1%"
    if Fraction(999, 1000) < part < 1:
        return "above 99.9%"
    return f"{plain_decimal(part * 100, 1)}%"


def likely_range(count: int, worlds: int) -> tuple[float, float]:
    """Where the true chance lies with 95% confidence (E. B. Wilson, Journal of the American Statistical Association
    22, 1927), given in how many of some worlds it was so."""
    share = count / worlds
    spread = 1 + _Z**2 / worlds
    middle = (share + _Z**2 / (2 * worlds)) / spread
    half = _Z / spread * sqrt(share * (1 - share) / worlds + _Z**2 / (4 * worlds**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def holds_text(package: PackageOutlook, worlds: int) -> str:
    """In how many worlds everyone is at least as well off as without a deal."""
    if all(found.sure == "always" for found in package.parties):
        return "always"
    if any(found.sure == "never" for found in package.parties):
        return "never"
    if package.holds in (0, worlds):  # so it was in all worlds drawn, but not in all there are
        return "all drawn" if package.holds else "none drawn"
    return percent(Fraction(package.holds, worlds))


def regret_text(regret: float | Fraction) -> str:
    """A regret of 100, where 100 is the most that one party could gain."""
    return f"{float(regret) * 100:.1f}"


def risk_text(case: Case, package: PackageOutlook, worlds: int) -> str:
    """Who may be worse off than without a deal, and in which part of the worlds."""
    at_risk = [found for found in package.parties if found.sure != "always"]
    parts = [(label(case, found.party), 1 - Fraction(found.holds, worlds)) for found in at_risk]
    return listed([f"{name} {percent(part)}" if part else f"{name}, rarely" for name, part in parts]) or "nobody"


@dataclass(frozen=True)
class DoubtQuestion:
    """A question to one party: to whom, the question, and what its two answers are about (each a list of lines)."""

    party: str
    label: str
    text: str
    lines: tuple[str, ...]


def doubt_question(table: DoubtTable, effect: Effect) -> DoubtQuestion:
    """The question in plain words. Only the party's own doubt and the packages' settlements are in it."""
    case, question = table.case, effect.question
    want = table.wants[question.party]
    deals = [package.deal for package in table.packages]
    if question.kind == "no-deal":
        text = "Would you rather have this package than no deal at all?"
        lines = ["; ".join(_settled(case, deals[question.first], [issue.id for issue in case.issues]))]
    elif question.kind == "packages":
        assert question.second is not None
        first, second = deals[question.first], deals[question.second]
        differing = [issue.id for issue in case.issues if first[issue.id] != second[issue.id]]
        text = "With all else alike, would you rather have the first than the second?"
        lines = [
            "First: " + "; ".join(_settled(case, first, differing)),
            "Second: " + "; ".join(_settled(case, second, differing)),
        ]
    elif question.kind == "issues":
        assert question.second is not None
        one, other = (case.issue(want.named[k][0]).label for k in (question.first, question.second))
        text, lines = f"Does “{one}” matter at least as much to you as “{other}”?", []
    else:
        assert question.limit is not None
        text, lines = _more_than(case, want, want.named[question.first], question.limit), []
    return DoubtQuestion(want.party, label(case, want.party), text, tuple(lines))


def _more_than(case: Case, want: Wants, name: tuple[str, str], limit: Fraction) -> str:
    issue_id, option = name
    if not issue_id:
        return f"Is having no deal worth {points(limit)} of your points or more to you?"
    issue = case.issue(issue_id)
    if not option:
        return f"Is “{issue.label}” worth {points(abs(limit))} of your points or more to you?"
    shown = issue.option(option).label if isinstance(issue, Chosen) else "held jointly"
    whole = want.points[issue_id]
    if whole.factors or not whole.constant:
        return f"Is “{issue.label}: {shown}” worth {points(limit)} of your points or more to you?"
    value = plain_decimal(limit / whole.constant * 100, 1)
    return f"On “{issue.label}”, where the best for you counts 100, does “{shown}” count {value} or more?"


def _settled(case: Case, deal: Deal, issues: Sequence[str]) -> list[str]:
    return [f"{case.issue(issue).label}: {settlement_text(case, case.issue(issue), deal)}" for issue in issues]


def effect_text(effect: Effect) -> str:
    """What asking would do, for the mediator."""
    before, after = regret_text(effect.expected_before), regret_text(effect.expected_after)
    yes, no = package_name(effect.if_yes), package_name(effect.if_no)
    then = f"if yes, take {yes}; if no, {no}" if yes != no else f"{yes} either way"
    worst = f"the worst from {regret_text(effect.worst_before)} to {regret_text(effect.worst_after)}"
    yes_in = f"The answer is yes in {percent(effect.yes)} of worlds."
    return f"{yes_in} Then {then}: expected regret goes from {before} to {after}, {worst}."


def doubt_notes(table: DoubtTable) -> Iterator[str]:
    """How the figures came about and how far they can be trusted."""
    error = plain_decimal(Fraction(round(_Z * 500 / sqrt(table.worlds)), 10), 1)
    yield (
        f"{table.worlds:,} worlds drawn evenly from what the parties may want, seed {table.seed}; a chance is right to "
        f"within ±{error} percentage points (95% confidence). “Always” and “never” hold in all possible worlds."
    )
    if table.stopped:
        yield "Stopped before its end: not every bound was found, nor every question tried."
    if table.walked:
        yield f"Some points are tied together: those worlds come from walks of {table.walked} steps, nearly evenly."
    unit = "everybody gaining its most" if table.criterion == "product" else "the most that one party could gain"
    yield (
        f"Regret: of 100, where 100 is {unit}. What counts is the {table.criterion} of gains over no deal, against the "
        "best package of the same world. A package that somebody would not sign in a world brings nothing there."
    )
    if table.criterion == "product":
        yield "The best package of a world is the best of those looked at, so regrets may be too small."
        return
    if not table.best_listed:
        yield (
            "Rules tie too many issues to find the best deal of each world. A bound that no deal exceeds stands in its "
            "place, so regrets may be too large."
        )
    if table.unsure:
        yield (
            f"In {percent(Fraction(table.unsure, table.worlds))} of worlds the best deal would not be signed by all; "
            "there the best of the packages looked at counts, and regrets may be too small."
        )
    yield "“At most” covers all possible worlds, and every deal that keeps the rules, whether all would sign it or not."
    if table.worst_exact:
        yield "For packages that always hold, it is exactly the worst regret against all these deals."


def own_words(case: Case, found: OwnOutlook, worlds: int) -> list[str]:
    """What a package on the table means to one party, within the doubt it stated."""
    return [*_own(found.outlook, worlds)]


def _own(outlook: PartyOutlook, worlds: int) -> Iterator[str]:
    yield f"It is worth between {points(outlook.low)} and {points(outlook.high)} points to you."
    if outlook.sure == "always":
        yield "Whatever your points turn out to be, it is at least as good as no deal."
    elif outlook.sure == "never":
        yield "Whatever your points turn out to be, no deal is better for you."
    else:
        yield (
            f"It is at least as good as no deal in {percent(Fraction(outlook.holds, worlds))} of {worlds:,} cases "
            "drawn from what you said you might want."
        )
