"""Moving knife: the piece from one end grows until somebody calls; the first to call takes it.

A knife moves up the line; whoever first thinks the piece behind it worth 1/n of the whole calls “stop” and
takes it (L. E. Dubins and E. H. Spanier, "How to cut a cake fairly", American Mathematical Monthly 68, 1961).
Here, instead of watching a knife, each marks where it would call: the field's exact, discrete form of
Dubins–Spanier, which needs no more than n(n + 1)/2 − 1 marks.
"""

from __future__ import annotations

from collections.abc import Generator
from fractions import Fraction

from evenhand.case import Case
from evenhand.deals import Method
from evenhand.divide.asking import Answer, Protocol, Question
from evenhand.divide.cake.table import Table, cut_each, not_only_cakes
from evenhand.divide.procedure import Procedure, truthful_run

_METHOD = Method(
    "moving-knife",
    "Dubins–Spanier, each calling once a round",
    "Each called where the piece was worth its part of the whole, and nobody lost a piece worth more.",
)


def why_not(case: Case) -> str | None:
    """The reason the moving knife is not defined for a case, or None."""
    return not_only_cakes(case, "The moving knife")


def ask(case: Case) -> Protocol:
    """Cut each cake from its lower end on."""
    return cut_each(case, _cut, _METHOD)


def _cut(table: Table) -> Generator[Question, Answer, None]:
    while len(table.waiting) > 1:
        calls: dict[str, Fraction] = {}
        for party in table.waiting:
            rest = (table.start, table.end)
            calls[party] = yield from table.mark(party, rest, Fraction(1, table.total), table.whole)
        first = min(calls, key=lambda party: calls[party])
        table.take_next(first, calls[first])
    table.take_rest()


PROCEDURE = Procedure(
    id="moving-knife",
    title="Moving knife",
    promise="Everyone gets one piece of the line, worth at least its fair part of the whole by its own points "
    "(several pieces where entitlements differ).",
    use="A coast, a road or a day on air among several; simple to explain and to watch.",
    avoid="Things that cannot be cut; where somebody may mind that another's piece is better than its own.",
    source="Dubins and Spanier (1961)",
    ties="A mark stands as far down the line as it can; of equal marks that of the first party in the case counts.",
    why_not=why_not,
    run=truthful_run(ask),
    cuts=True,
    ask=ask,
)
