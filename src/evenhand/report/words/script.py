"""How a procedure is run at a table without a computer: what the mediator says and does, step by step."""

from __future__ import annotations

from collections.abc import Callable

from evenhand.case import Cake, Case, fraction_text
from evenhand.report.words.plain import label, listed, pieces_text


def script_lines(case: Case, procedure: str) -> list[str]:
    """The steps for the mediator, for this case's parties and issues. KeyError where nothing is asked."""
    return [*_SCRIPTS[procedure](case), "Write down who got what, and read it out."]


def _names(case: Case) -> list[str]:
    return [label(case, party.id) for party in case.principals]


def _lines_to_cut(case: Case) -> str:
    cakes = [issue for issue in case.issues if isinstance(issue, Cake)]
    return listed([f"{cake.label} ({pieces_text(cake, ((cake.marks[0], cake.marks[-1]),))})" for cake in cakes])


def _part(case: Case) -> str:
    """What one piece is worth of the whole."""
    equal = case.equal_entitlements
    return f"1/{len(case.principals)} of the whole" if equal else "one share of the whole"


def _seats(case: Case) -> list[str]:
    parts = [f"{label(case, party.id)} {fraction_text(party.entitlement)}" for party in case.principals]
    if case.equal_entitlements:
        return []
    return [f"Parts differ ({listed(parts)}): count them in equal shares; each gets as many pieces as it has shares."]


def _divide_and_choose(case: Case) -> list[str]:
    first, second = _names(case)
    lines = []
    if any(isinstance(issue, Cake) for issue in case.issues):
        lines += [f"Draw {_lines_to_cut(case)} where both can see it.", *_seats(case)]
        lines += [f"Ask {first} to cut it so that {first} would be content with any piece.", f"{second} chooses."]
    if things := [issue.label for issue in case.issues if not isinstance(issue, Cake)]:
        lines += [f"Ask {first} to lay {listed(things)} in two piles, such that {first} would be content with either."]
        lines += [f"{second} takes a pile; {first} gets the other."]
    return lines


def _moving_knife(case: Case) -> list[str]:
    return [
        f"Draw {_lines_to_cut(case)}. Give each of {listed(_names(case))} slips of paper.",
        *_seats(case),
        f"Each writes, unseen, how far a piece from the lower end must go to be worth {_part(case)}.",
        "Collect the slips. The lowest number is the cut; who wrote it gets the piece. Of equal ones, the first named.",
        "Tell only where the cut is. The others go on from there in the same way.",
        "The last one gets the rest.",
    ]


def _last_diminisher(case: Case) -> list[str]:
    first, *others = _names(case)
    return [
        f"Draw {_lines_to_cut(case)} where all can see it.",
        *_seats(case),
        f"{first} marks a piece, from the lower end on, that is worth just {_part(case)} to {first}.",
        f"Ask {listed(others)} in turn: is it worth more than that to you? Then make it just that.",
        "Whoever made it smaller last (or who marked it, if nobody did) gets the piece.",
        "The others go on from its end in the same way; the first of them marks.",
        "The last one gets the rest.",
    ]


def _even_paz(case: Case) -> list[str]:
    return [
        f"Draw {_lines_to_cut(case)}. Give each of {listed(_names(case))} slips of paper.",
        *_seats(case),
        "Each writes, unseen, up to where half of the line's worth lies (among 3: a third; among 5: two fifths).",
        "Lay the slips in rising order. Cut at the middle one: of 2 or 3 the 1st, of 4 or 5 the 2nd, and so on.",
        "Those up to it share the lower part, the others the upper part. Tell only where the cut is.",
        "In each part do the same again, until each part has one party. It gets it.",
    ]


def _adjusted_winner(case: Case) -> list[str]:
    first, second = _names(case)
    things = listed([issue.label for issue in case.issues])
    return [
        f"{first} and {second} each spread 100 points over {things}, unseen by the other.",
        "Read both lists out. Each thing goes to whoever gave it more points; what got the same waits.",
        "What got the same goes, one by one, to whoever has fewer points so far.",
        "Add up each one's points. Whoever has more hands things over, until both have the same.",
        "First that thing for which its own points, divided by the other's points, come to the least.",
        "Of the last thing only so much is handed over that both have the same points.",
    ]


_SCRIPTS: dict[str, Callable[[Case], list[str]]] = {
    "divide-and-choose": _divide_and_choose,
    "moving-knife": _moving_knife,
    "last-diminisher": _last_diminisher,
    "even-paz": _even_paz,
    "adjusted-winner": _adjusted_winner,
}
