"""Every partition near a bound: fit together the bundles that lose little against it, one for each party."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evenhand.solve.partition.near import Choice, TooMany
from evenhand.solve.partition.symmetry import Symmetry


class Cover:
    """Depth-first over the parties, fewest bundles first, without those that overlap or lose too much.

    `visit` gets one bundle per party, as bits, for each way to fit them so that every item in `needed` is
    in one and the losses, with the prices of items in none, sum to at most `slack()`, which may shrink
    meanwhile. Of ways that differ only in alike parties or items, the first is visited. Raises TooMany after
    `steps` bundles tried.
    """

    def __init__(
        self,
        needed: int,
        prices: Sequence[int],
        slack: Callable[[], int],
        visit: Callable[[dict[int, int]], None],
        steps: int,
        symmetry: Symmetry,
    ) -> None:
        self.needed = needed
        self.prices = prices
        self.slack = slack
        self.visit = visit
        self.steps = steps
        self.symmetry = symmetry
        self.chosen: dict[int, int] = {}

    def run(self, choices: dict[int, list[Choice]]) -> None:
        """Visit every way to fit these bundles."""
        self._descend(choices, 0, 0)

    def _descend(self, open_: dict[int, list[Choice]], taken: int, loss: int) -> None:
        """`open_` has the bundles that still fit, for each party not yet served."""
        if not all(open_.values()):
            return
        least = {party: choices[0].loss for party, choices in open_.items()}
        idle = self._never_covered(open_, taken)
        if idle is None or loss + idle + sum(least.values()) > self.slack():
            return
        if not open_:
            self.visit(dict(self.chosen))
            return
        party = min(open_, key=lambda number: (len(open_[number]), number))
        rest = sum(least.values()) - least[party]
        for choice in open_[party]:
            if loss + idle + rest + choice.loss > self.slack():
                break
            self._take(party, choice, open_, taken, loss)

    def _take(self, party: int, choice: Choice, open_: dict[int, list[Choice]], taken: int, loss: int) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise TooMany
        self.chosen[party] = choice.bits
        fitting = self._fitting(party, choice.bits, open_)
        self._descend(fitting, taken | choice.bits, loss + choice.loss)
        del self.chosen[party]

    def _fitting(self, party: int, bits: int, open_: dict[int, list[Choice]]) -> dict[int, list[Choice]]:
        """What is left for the others, alike parties and items in their order."""
        earlier, later = self.symmetry.barred(bits)
        fitting = {}
        for other, choices in open_.items():
            if other != party:
                away = bits | (earlier if other < party else later)
                ordered = self.symmetry.in_order
                fitting[other] = [c for c in choices if not c.bits & away and ordered(party, bits, other, c.bits)]
        return fitting

    def _never_covered(self, open_: dict[int, list[Choice]], taken: int) -> int | None:
        """The prices of the items that no bundle can cover any more; None if one of them is needed."""
        covered = taken
        for choices in open_.values():
            for choice in choices:
                covered |= choice.bits
        if self.needed & ~covered:
            return None
        return sum(price for item, price in enumerate(self.prices) if price and not covered >> item & 1)
