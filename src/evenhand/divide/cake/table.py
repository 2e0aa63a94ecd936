"""A cake on the table: who still waits for how many pieces, what was cut off, and every mark and cut so far."""

from __future__ import annotations

from collections.abc import Callable, Generator
from fractions import Fraction

from evenhand.case import Cake, Case
from evenhand.deals import Deal, Method, Outcome, Space, Step
from evenhand.divide.asking import Answer, Mark, Piece, Protocol, Question, Trim, asked_position

MOST_SEATS = 60
"""Entitlements are served as so many equal parts at most."""


class Table:
    """One cake being cut. A party has as many seats as its entitlement counts, and gets a piece for each.

    Seats for entitlements are the clones of S. Cseh and T. Fleiner, "The complexity of cake cutting with
    unequal shares", ACM Transactions on Algorithms 16 (2020).
    """

    def __init__(self, case: Case, cake: Cake) -> None:
        self.cake = cake
        self.seats = seats(case)
        self.total = sum(self.seats.values())
        self.start, self.end = cake.marks[0], cake.marks[-1]
        self.whole: Piece = (self.start, self.end)
        self.pieces: dict[str, list[Piece]] = {party: [] for party in self.seats}
        self.trace: list[Step] = []

    @property
    def waiting(self) -> list[str]:
        """The parties that still wait for a piece, in the case's order."""
        return [party for party, left in self.seats.items() if left]

    def mark(self, party: str, piece: Piece, part: Fraction, whole: Piece) -> Generator[Question, Answer, Fraction]:
        """Ask a party where, from the start of `piece` on, `part` of what `whole` is worth to it is reached."""
        at = yield from asked_position(Mark(party, self.cake.id, *piece, part, whole))
        self._note("mark", party, start=piece[0], at=at, part=part, whole=whole)
        return at

    def trim(self, party: str, piece: Piece, part: Fraction) -> Generator[Question, Answer, Fraction]:
        """Ask a party whether it cuts `piece` down to `part` of the whole; where the piece then ends."""
        at = yield from asked_position(Trim(party, self.cake.id, *piece, part, self.whole))
        self._note("trim" if at < piece[1] else "let-stand", party, start=piece[0], at=at, part=part)
        return at

    def take(self, party: str, start: Fraction, end: Fraction) -> None:
        """A party takes a piece for one of its seats."""
        self.pieces[party].append((start, end))
        self.seats[party] -= 1
        self._note("take", party, start=start, end=end)

    def take_next(self, party: str, end: Fraction) -> None:
        """A party takes the piece from where the rest begins to `end`."""
        self.take(party, self.start, end)
        self.start = end

    def take_rest(self) -> None:
        """The party that alone still waits takes all that is left."""
        (party,) = self.waiting
        self.seats[party] = 1
        self.take(party, self.start, self.end)

    def _note(self, action: str, party: str, **facts: Fraction | Piece) -> None:
        plain = {name: _plain(fact) for name, fact in facts.items()}
        self.trace.append(Step(action, {"party": party, "cake": self.cake.id, **plain}))


def _plain(fact: Fraction | Piece) -> object:
    return [str(end) for end in fact] if isinstance(fact, tuple) else str(fact)


Cutting = Callable[[Table], Generator[Question, Answer, None]]


def cut_each(case: Case, cut: Cutting, method: Method) -> Protocol:
    """Cut each cake of a case by itself."""
    tables = [Table(case, cake) for cake in cakes(case)]
    for table in tables:
        yield from cut(table)
    deal = Deal.of(case, {}, pieces={table.cake.id: table.pieces for table in tables})
    return Outcome(deal, tuple(step for table in tables for step in table.trace), method)


def cakes(case: Case) -> list[Cake]:
    """The cakes of a case."""
    return [issue for issue in case.issues if isinstance(issue, Cake)]


def seats(case: Case) -> dict[str, int]:
    """The entitlements as the smallest whole numbers."""
    space = Space.of(case)
    return {party: int(part) for party, part in zip(space.parties, space.entitlements, strict=True)}


def not_only_cakes(case: Case, title: str) -> str | None:
    """Why a procedure that cuts cakes does not apply, or None."""
    other = next((issue.label for issue in case.issues if not isinstance(issue, Cake)), None)
    if other is not None:
        return f"{title} cuts what can be cut anywhere along a line; “{other}” cannot."
    return too_many_seats(case, title)


def too_many_seats(case: Case, title: str) -> str | None:
    """Why entitlements are too fine to be served piece by piece, or None."""
    if (total := sum(seats(case).values())) > MOST_SEATS:
        return f"{title} serves entitlements as equal parts; here it would take {total}, and {MOST_SEATS} is the limit."
    return None
