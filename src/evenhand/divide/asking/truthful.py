"""The answers of somebody who answers by its own points: so a procedure that asks is also one that computes.

Ties: a mark stands as far down the line as it can; of pieces or piles worth alike the first is chosen; piles
are made so that the worse one is worth as much as possible, as far as a bounded search tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from evenhand.case import Cake, Case, Preference
from evenhand.deals import Outcome, pieces_worth
from evenhand.divide.asking.conversation import Conversation
from evenhand.divide.asking.measure import Measure
from evenhand.divide.asking.question import (
    Answer,
    ChoosePieces,
    ChoosePile,
    Mark,
    Protocol,
    Question,
    Split,
    Spread,
    Trim,
)
from evenhand.solve import largest_minimum

_STEPS = 20_000
"""How many placements the search for two even piles may try per target."""


def answered_truthfully(case: Case, protocol: Protocol) -> Outcome:
    """The outcome when everybody answers by the points in the case."""
    conversation = Conversation(protocol)
    while conversation.question is not None:
        conversation.answer(truth(case, conversation.question))
    assert conversation.outcome is not None
    return conversation.outcome


def truth(case: Case, question: Question) -> Answer:
    """What a party answers by its own points in the case. Nobody else's are looked at."""
    preference = case.preferences[question.party]
    if isinstance(question, Mark | Trim):
        return _mark(_measure(case, preference, question.cake), question)
    if isinstance(question, ChoosePieces):
        cake = _cake(case, question.cake)
        return _best([pieces_worth(preference, cake, (piece,)) for piece in question.pieces], question.count)
    if isinstance(question, ChoosePile):
        return _best([_worth(preference, pile) for pile in question.piles], 1)
    return _split(preference, question) if isinstance(question, Split) else _spread(preference, question)


def _cake(case: Case, name: str) -> Cake:
    issue = case.issue(name)
    assert isinstance(issue, Cake)
    return issue


def _measure(case: Case, preference: Preference, cake: str) -> Measure:
    return Measure.of(preference, _cake(case, cake))


def _mark(measure: Measure, question: Mark | Trim) -> Fraction:
    return min(question.end, measure.reach(question.start, question.part * measure.worth(*question.whole)))


def _best(worths: list[Fraction], count: int) -> tuple[int, ...]:
    ranked = sorted(range(len(worths)), key=lambda number: (-worths[number], number))
    return tuple(sorted(number + 1 for number in ranked[:count]))


def _worth(preference: Preference, pile: Mapping[str, Fraction]) -> Fraction:
    return sum((preference.points[issue] * share for issue, share in pile.items()), Fraction(0))


def _split(preference: Preference, question: Split) -> dict[str, Fraction]:
    """Whole things as even as can be; then what can be split evens out the rest, in the order of the case."""
    shares = _even_piles(preference, [issue for issue in question.issues if issue in question.whole])
    loose = [issue for issue in question.issues if issue not in question.whole]
    worths = {issue: preference.points[issue] for issue in question.issues}
    first = sum((worths[issue] * share for issue, share in shares.items()), Fraction(0))
    first += sum((min(worths[issue], Fraction(0)) for issue in loose), Fraction(0))
    short = sum(worths.values(), Fraction(0)) / 2 - first
    for issue in loose:
        moved = max(Fraction(0), min(short, abs(worths[issue])))
        short -= moved
        part = moved / abs(worths[issue]) if worths[issue] else Fraction(0)
        shares[issue] = 1 - part if worths[issue] < 0 else part
    return shares


def _even_piles(preference: Preference, issues: list[str]) -> dict[str, Fraction]:
    points = [preference.points[issue] for issue in issues]
    scale = lcm(*(number.denominator for number in points))
    parts = largest_minimum([int(number * scale) for number in points], 2, _STEPS).parts
    first = next((part for part in parts if 0 in part), [])
    return {issue: Fraction(int(number in first)) for number, issue in enumerate(issues)}


def _spread(preference: Preference, question: Spread) -> dict[str, Fraction]:
    """The points, in proportion; evenly where everything is worth nothing."""
    sizes = {issue: abs(preference.points[issue]) for issue in question.issues}
    whole = sum(sizes.values(), Fraction(0))
    if not whole:
        return dict.fromkeys(question.issues, question.total / len(question.issues))
    return {issue: size * question.total / whole for issue, size in sizes.items()}
