"""Divide and choose: one party divides, the other takes the part it likes better.

As old as Hesiod's Theogony; analysed in S. J. Brams and A. D. Taylor, Fair Division (1996), chapter 1. Each cake
is cut by itself; all whole and divisible things together are laid in two piles. Unequal entitlements a : b, on
a cake: the divider cuts it into a + b pieces worth the same to it, and the other takes b of them.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from fractions import Fraction

from evenhand.case import Asset, Cake, Case
from evenhand.deals import Deal, Method, Outcome, Settlement, Step, allowed_settlements, in_stretches
from evenhand.divide.asking import (
    Answer,
    ChoosePieces,
    ChoosePile,
    Pile,
    Protocol,
    Question,
    Split,
    asked_numbers,
    asked_table,
)
from evenhand.divide.cake.table import Table, cakes, too_many_seats
from evenhand.divide.procedure import Procedure, not_plain, truthful_run

_METHOD = Method(
    "divide-and-choose",
    "the first party divides, the second chooses",
    "Who divides makes sure of its part whatever is chosen; who chooses takes what is worth most to it.",
)


def why_not(case: Case) -> str | None:
    """The reason divide and choose is not defined for a case, or None."""
    if len(case.principals) != 2:
        return f"Divide and choose is defined for two parties; this case has {len(case.principals)} principals."
    if (reason := not_plain(in_stretches(case), "Divide and choose")) is not None:
        return reason
    if case.equal_entitlements:
        return _why_no_piles(case)
    if things := _things(case):
        return f"With unequal entitlements two piles would not do; “{case.issue(things[0]).label}” cannot be cut up."
    return too_many_seats(case, "Divide and choose")


def _why_no_piles(case: Case) -> str | None:
    joint = next((issue.label for issue in case.issues if isinstance(issue, Asset) and issue.joint), None)
    if joint:
        return f"Divide and choose lays everything in two piles; “{joint}” may also be held jointly."
    settlements, _ = allowed_settlements(case)
    for issue, names in zip(case.issues, settlements, strict=True):
        if len(set(names)) < 2:
            return f"Whoever chooses must be free to take any pile; a rule bars somebody from “{issue.label}”."
    return None


def _things(case: Case) -> tuple[str, ...]:
    return tuple(issue.id for issue in case.issues if not isinstance(issue, Cake))


def ask(case: Case) -> Protocol:
    """Cut each cake, then lay all else in piles."""
    tables = [Table(case, cake) for cake in cakes(case)]
    for each in tables:
        yield from _cut(each)
    trace = [step for each in tables for step in each.trace]
    settled: Mapping[str, Settlement] = {}
    if _things(case):
        settled = yield from _lay(case, trace)
    deal = Deal.of(case, settled, pieces={each.cake.id: each.pieces for each in tables})
    return Outcome(deal, tuple(trace), _METHOD)


def _cut(table: Table) -> Generator[Question, Answer, None]:
    """The divider marks pieces worth the same to it; the chooser takes as many as it has seats."""
    divider, chooser = table.seats
    ends = [table.start]
    for _ in range(table.total - 1):
        rest = (ends[-1], table.end)
        ends.append((yield from table.mark(divider, rest, Fraction(1, table.total), table.whole)))
    pieces = tuple(zip(ends, [*ends[1:], table.end], strict=True))
    chosen = yield from asked_numbers(ChoosePieces(chooser, table.cake.id, pieces, table.seats[chooser]))
    for number in sorted(range(len(pieces)), key=lambda number: number + 1 not in chosen):
        table.take(chooser if number + 1 in chosen else divider, *pieces[number])


def _lay(case: Case, trace: list[Step]) -> Generator[Question, Answer, Mapping[str, Settlement]]:
    """The divider makes two piles; the chooser takes one."""
    divider, chooser = (party.id for party in case.principals)
    things = _things(case)
    whole = frozenset(issue for issue in things if isinstance(case.issue(issue), Asset))
    first = yield from asked_table(Split(divider, things, whole))
    piles = (_pile(first), _pile({issue: 1 - share for issue, share in first.items()}))
    trace.append(Step("lay", {"party": divider, "piles": [_plain(pile) for pile in piles]}))
    (chosen,) = yield from asked_numbers(ChoosePile(chooser, piles))
    trace.append(Step("choose-pile", {"party": chooser, "pile": chosen, "other": divider}))
    owner = (chooser, divider) if chosen == 1 else (divider, chooser)
    return {issue: {owner[0]: first[issue], owner[1]: 1 - first[issue]} for issue in things}


def _pile(shares: Mapping[str, Fraction]) -> Pile:
    return {issue: share for issue, share in shares.items() if share}


def _plain(pile: Pile) -> dict[str, str]:
    return {issue: str(share) for issue, share in pile.items()}


PROCEDURE = Procedure(
    id="divide-and-choose",
    title="Divide and choose",
    promise="Nobody prefers the other's part of a line; of things, who chooses does not, and who divides gets at least "
    "the pile it thinks the worse.",
    use="Two parties who want a rule they know and can carry out themselves; it can be played at a table.",
    avoid="More than two parties; where one side knows the other's wishes (who divides can use them).",
    source="Brams and Taylor, Fair Division (1996)",
    ties="The first party in the case divides; of parts worth alike the first is chosen.",
    why_not=why_not,
    run=truthful_run(ask),
    cuts=True,
    ask=ask,
)
