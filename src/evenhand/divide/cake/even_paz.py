"""Even–Paz: all mark the middle of a piece, as they see it; it is cut between the marks, and so on in each half.

Of k parties that share a piece, each marks where the piece up to there is worth ⌊k/2⌋/k of it. The cut is the
⌊k/2⌋-th mark from below: those with the marks below share the lower part, the others the upper. About n log n
marks, n ⌈log2 n⌉ at most, which is as few as can be up to a constant (S. Even and A. Paz, "A note on cake
cutting", Discrete Applied Mathematics 7, 1984; J. Edmonds and K. Pruhs, 2006, for the lower bound).
"""

from __future__ import annotations

from collections.abc import Generator
from fractions import Fraction

from evenhand.case import Case
from evenhand.deals import Method
from evenhand.divide.asking import Answer, Piece, Protocol, Question
from evenhand.divide.cake.table import Table, cut_each, not_only_cakes
from evenhand.divide.procedure import Procedure, truthful_run

_METHOD = Method(
    "even-paz",
    "Even–Paz, halving again and again",
    "Each went to the side of the cut that is worth at least the part of those who share it.",
)


def why_not(case: Case) -> str | None:
    """The reason Even–Paz is not defined for a case, or None."""
    return not_only_cakes(case, "Even–Paz")


def ask(case: Case) -> Protocol:
    """Cut each cake."""
    return cut_each(case, _cut, _METHOD)


def _cut(table: Table) -> Generator[Question, Answer, None]:
    yield from _halve(table, table.whole, dict(table.seats))


def _halve(table: Table, piece: Piece, seats: dict[str, int]) -> Generator[Question, Answer, None]:
    """Share a piece among seats; where all are one party's, it takes the piece."""
    if len(seats) == 1:
        table.take(next(iter(seats)), *piece)
        return
    count = sum(seats.values())
    marks: dict[str, Fraction] = {}
    for party in seats:
        marks[party] = yield from table.mark(party, piece, Fraction(count // 2, count), piece)
    order = [party for party in sorted(seats, key=lambda party: marks[party]) for _ in range(seats[party])]
    lower, upper = order[: count // 2], order[count // 2 :]
    cut = marks[lower[-1]]
    yield from _halve(table, (piece[0], cut), {party: lower.count(party) for party in seats if party in lower})
    yield from _halve(table, (cut, piece[1]), {party: upper.count(party) for party in seats if party in upper})


PROCEDURE = Procedure(
    id="even-paz",
    title="Even–Paz",
    promise="Everyone gets one piece of the line, worth at least its fair part of the whole by its own points "
    "(several pieces where entitlements differ), with as few marks as can be.",
    use="Many parties along one line: a long coast, a week on air; each is asked only a few times.",
    avoid="Things that cannot be cut; where somebody may mind that another's piece is better than its own.",
    source="Even and Paz (1984)",
    ties="A mark stands as far down the line as it can; of equal marks that of the first party in the case is lower.",
    why_not=why_not,
    run=truthful_run(ask),
    cuts=True,
    ask=ask,
)
