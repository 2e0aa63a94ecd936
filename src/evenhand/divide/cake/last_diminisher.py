"""Last diminisher: one cuts a piece, the others may cut it smaller; the last who did takes it.

In each round the first party still waiting cuts off what is worth 1/n of the whole to it. In turn each other
that thinks the piece worth more cuts it down to 1/n. The last who cut takes the piece and leaves; what was cut
off goes back to the rest. Devised by S. Banach and B. Knaster, told by H. Steinhaus, "The problem of fair
division", Econometrica 16 (1948). No more than n(n + 1)/2 − 1 questions.
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
    "last-diminisher",
    "Banach–Knaster",
    "Whoever took a piece had cut it to its part of the whole, and whoever let it go thought it worth no more.",
)


def why_not(case: Case) -> str | None:
    """The reason the last diminisher is not defined for a case, or None."""
    return not_only_cakes(case, "Last diminisher")


def ask(case: Case) -> Protocol:
    """Cut each cake from its lower end on."""
    return cut_each(case, _cut, _METHOD)


def _cut(table: Table) -> Generator[Question, Answer, None]:
    part = Fraction(1, table.total)
    while len(table.waiting) > 1:
        holder, *others = table.waiting
        end = yield from table.mark(holder, (table.start, table.end), part, table.whole)
        for party in others:
            smaller = yield from table.trim(party, (table.start, end), part)
            if smaller < end:
                holder, end = party, smaller
        table.take_next(holder, end)
    table.take_rest()


PROCEDURE = Procedure(
    id="last-diminisher",
    title="Last diminisher",
    promise="Everyone gets one piece of the line, worth at least its fair part of the whole by its own points "
    "(several pieces where entitlements differ).",
    use="Several parties around a map with a pencil; whoever thinks a piece too large makes it smaller.",
    avoid="Things that cannot be cut; where nobody should see what others think a piece is worth.",
    source="Steinhaus (1948), after Banach and Knaster",
    ties="A mark stands as far down the line as it can; parties are asked in the order of the case.",
    why_not=why_not,
    run=truthful_run(ask),
    cuts=True,
    ask=ask,
)
