"""Each mark, cut and choice of a trace as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from evenhand.case import Cake, Case
from evenhand.report.words.plain import label, listed, pieces_text, place_text, share_text


def _cake(case: Case, facts: Mapping[str, Any]) -> Cake:
    issue = case.issue(facts["cake"])
    assert isinstance(issue, Cake)
    return issue


def _piece(case: Case, facts: Mapping[str, Any], start: str, end: str) -> str:
    """A piece by the name of its line: "Coast 10–25 km"."""
    cake = _cake(case, facts)
    return f"{cake.label} {pieces_text(cake, ((Fraction(facts[start]), Fraction(facts[end])),))}"


def _mark(case: Case, facts: Mapping[str, Any]) -> str:
    cake, part = _cake(case, facts), share_text(Fraction(facts["part"]))
    start, end = (Fraction(number) for number in facts["whole"])
    of = "the whole" if (start, end) == (cake.marks[0], cake.marks[-1]) else pieces_text(cake, ((start, end),))
    piece = _piece(case, facts, "start", "at")
    return f"{label(case, facts['party'])} marks {place_text(cake, facts['at'])}: {piece} is {part} of {of} to it."


def _trim(case: Case, facts: Mapping[str, Any]) -> str:
    part = share_text(Fraction(facts["part"]))
    piece = _piece(case, facts, "start", "at")
    return f"{label(case, facts['party'])} thinks the piece worth more than {part} and cuts it down to {piece}."


def _let_stand(case: Case, facts: Mapping[str, Any]) -> str:
    return f"{label(case, facts['party'])} lets {_piece(case, facts, 'start', 'at')} stand."


def _take(case: Case, facts: Mapping[str, Any]) -> str:
    if facts["start"] == facts["end"]:
        return f"{label(case, facts['party'])}, to whom no piece is worth anything, takes none."
    return f"{label(case, facts['party'])} takes {_piece(case, facts, 'start', 'end')}."


def _even_out(case: Case, facts: Mapping[str, Any]) -> str:
    part = share_text(Fraction(facts["part"]))
    return f"{_cake(case, facts).label}: with these cuts nobody has less than {part} of the whole, by its own measure."


def pile_text(case: Case, pile: Mapping[str, Fraction]) -> str:
    """What lies in a pile: "House, 1/2 of Savings"."""
    names = [(case.issue(issue).label, share) for issue, share in pile.items()]
    return listed([name if share == 1 else f"{share_text(share)} of {name}" for name, share in names]) or "nothing"


def _lay(case: Case, facts: Mapping[str, Any]) -> str:
    piles = [pile_text(case, {issue: Fraction(share) for issue, share in pile.items()}) for pile in facts["piles"]]
    return f"{label(case, facts['party'])} makes two piles. First: {piles[0]}. Second: {piles[1]}."


def _choose_pile(case: Case, facts: Mapping[str, Any]) -> str:
    pile = "first" if facts["pile"] == 1 else "second"
    return f"{label(case, facts['party'])} takes the {pile} pile, {label(case, facts['other'])} the other."


CUTTING = {
    "mark": _mark,
    "trim": _trim,
    "let-stand": _let_stand,
    "take": _take,
    "even-out": _even_out,
    "lay": _lay,
    "choose-pile": _choose_pile,
}
"""By action; these are told of the case as it is, others of its cakes as stretches."""
