"""Alternating offers: in each step every party in turn accepts what is on the table, offers something else, or leaves.

A package that everybody has accepted, its proposer among them, is the deal. With two parties: A. Rubinstein, Perfect
Equilibrium in a Bargaining Model, Econometrica 50 (1982), with a deadline; with more: the stacked protocol of R.
Aydoğan, D. Festen, K. Hindriks, C. Jonker (2017), as in NegMAS.

“Yes, if …” is an offer that keeps the package but for its conditions, and it binds whoever says it: whenever that
very package is on the table, by whomever, it counts as accepted by them.
"""

from __future__ import annotations

from collections.abc import Sequence

from evenhand.bargain.protocols.turn import Ending, Kind, Play, Said, Turn, same
from evenhand.deals import Deal

_FIRST: tuple[Kind, ...] = ("offer", "end")
_LATER: tuple[Kind, ...] = ("accept", "accept-if", "offer", "end")


def alternating(parties: Sequence[str], steps: int) -> Play:
    """Parties in the order in which they speak; a step is one turn of each. Everybody hears everything."""
    heard: list[Said] = []
    bound: dict[str, set[tuple[object, ...]]] = {party: set() for party in parties}
    table: Deal | None = None
    yes: set[str] = set()
    for step in range(steps):
        for party in parties:
            if table is not None and party in yes:
                continue
            answer = yield Turn(party, step, steps, _LATER if table else _FIRST, table, heard=tuple(heard))
            heard.append(Said(step, party, answer, table))
            if answer.kind == "end":
                return Ending("left", step, by=party)
            if answer.kind == "accept":
                yes.add(party)
            else:
                assert answer.deal is not None
                table = answer.deal
                if answer.kind == "accept-if":
                    bound[party].add(same(table))
                yes = {party, *(other for other in parties if same(table) in bound[other])}
            if len(yes) == len(parties):
                return Ending("agreed", step, table)
    return Ending("deadline", steps - 1)
