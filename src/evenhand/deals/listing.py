"""Listing deals: all of them in the order of the case, or just those that could reach a bound.

The second is how optimality is proved without trusting a solver. Multipliers bound what every deal can be
worth; a deal that could be better loses little against that bound; here all such deals are found. The
arithmetic is on integers, so no deal is lost to rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evenhand.deals.deal import Deal
from evenhand.deals.rules import Clause, Literal, Named
from evenhand.deals.space import Pick, Space, weighted_sum

UNIT = 2**48
"""Losses are counted in these parts of 1, rounded down, so that a deal is never given up wrongly."""


class SearchTooLarge(Exception):
    """More steps than allowed would be needed."""


def list_picks(space: Space, steps: int | None = None) -> Iterator[Pick]:
    """The whole settlements of every deal that keeps the rules on them, earliest issue slowest.

    Raises SearchTooLarge after `steps` tries.
    """
    rules = _Rules(space, range(len(space.issues)))
    pick = [-1] * len(space.issues)
    options = [(-1,) if k in space.divisible else tuple(range(len(n))) for k, n in enumerate(space.settlements)]
    waiting = [iter(options[0])]
    while waiting:
        depth = len(waiting) - 1
        choice = next(waiting[-1], None)
        if choice is None:
            waiting.pop()
            continue
        if steps is not None and (steps := steps - 1) < 0:
            raise SearchTooLarge
        pick[depth] = choice
        if rules.kept(depth, pick):
            if depth + 1 == len(pick):
                yield tuple(pick)
            else:
                waiting.append(iter(options[depth + 1]))


def list_deals(space: Space, steps: int | None = None) -> Iterator[Deal]:
    """Every deal that keeps the rules, in the order of the case.

    Only for cases without divisible issues (ValueError otherwise: they have no list).
    """
    if space.divisible:
        raise ValueError("a divisible issue has no list of settlements")
    for pick in list_picks(space, steps):
        yield space.deal(pick)


Penalty = Callable[[int, int, int], int]
"""(party, lowest, highest value in the party's integer units) → a loss in UNITs, rounded down, that every
deal with a value in that range has at least."""


def visit_near(
    space: Space,
    weights: Sequence[Fraction],
    slack: Fraction,
    penalty: Penalty,
    visit: Callable[[Pick], None],
    steps: int,
) -> None:
    """Call `visit` with every pick whose loss is at most `slack`, in no stated order.

    The loss of a pick is the sum over whole issues of (largest weighted worth − its weighted worth), plus
    the parties' penalties. Divisibles and favourable `together` terms count at their best, so a pick may
    be visited although its best completion falls short; none that reaches the bound is missed. Rules on
    shares are left to the visitor. Raises SearchTooLarge after `steps` settlements tried.
    """
    _Near(space, weights, slack, penalty, visit, steps).run()


@dataclass(frozen=True)
class _Option:
    """A settlement: its number, its loss in UNITs, and by how much it lifts and lowers each party's range."""

    choice: int
    loss: int
    lift: tuple[int, ...]
    cut: tuple[int, ...]


class _Near:
    """Depth-first; contested issues with most at stake first."""

    def __init__(
        self,
        space: Space,
        weights: Sequence[Fraction],
        slack: Fraction,
        penalty: Penalty,
        visit: Callable[[Pick], None],
        steps: int,
    ) -> None:
        self.space = space
        self.scales = [space.scale(party) for party in range(len(space.parties))]
        self.penalty = penalty
        self.visit = visit
        self.steps = steps
        self.slack = _rounded_up(slack)
        self.low = [0] * len(space.parties)
        self.high = [0] * len(space.parties)
        self._start_from_extras()
        table = {k: self._options(k, weights) for k in range(len(space.issues)) if k not in space.divisible}
        self.order = sorted(table, key=lambda k: (len(table[k]) > 1, -max((o.loss for o in table[k]), default=0), k))
        self.options = [table[number] for number in self.order]
        self.rules = _Rules(space, self.order)
        self.pick = [-1] * len(space.issues)

    def _start_from_extras(self) -> None:
        """Ranges before any whole issue: divisibles from nothing to all, `together` terms off or on."""
        for number in self.space.divisible:
            for party, scale in enumerate(self.scales):
                whole = int(self.space.worth[number][party][party] * scale)
                self.low[party] += min(whole, 0)
                self.high[party] += max(whole, 0)
        for party, _, points in self.space.bonuses():
            whole = int(points * self.scales[party])
            self.low[party] += min(whole, 0)
            self.high[party] += max(whole, 0)

    def _options(self, number: int, weights: Sequence[Fraction]) -> list[_Option]:
        """The settlements within the slack; the parties' ranges are widened by them."""
        rows = self.space.worth[number]
        totals = [weighted_sum(weights, row) for row in rows]
        losses = [_rounded_down(max(totals) - total) for total in totals]
        kept = [(choice, loss) for choice, loss in enumerate(losses) if loss <= self.slack]
        whole = {c: [int(v * scale) for v, scale in zip(rows[c], self.scales, strict=True)] for c, _ in kept}
        lowest = [min(column) for column in zip(*whole.values(), strict=True)]
        highest = [max(column) for column in zip(*whole.values(), strict=True)]
        for party in range(len(self.scales)):
            self.low[party] += lowest[party] if kept else 0
            self.high[party] += highest[party] if kept else 0
        return [
            _Option(c, loss, _minus(whole[c], lowest), _minus(highest, whole[c]))
            for c, loss in sorted(kept, key=lambda x: x[1])
        ]

    def run(self) -> None:
        """Visit every pick within the slack."""
        if all(self.options):
            parties = range(len(self.scales))
            penalties = [self.penalty(party, self.low[party], self.high[party]) for party in parties]
            self._descend(0, self.slack - sum(penalties), self.low, self.high, penalties)

    def _descend(self, depth: int, left: int, low: list[int], high: list[int], penalties: list[int]) -> None:
        if left < 0:
            return
        if depth == len(self.order):
            self.visit(tuple(self.pick))
            return
        number = self.order[depth]
        for option in self.options[depth]:
            if option.loss > left:
                break
            self.steps -= 1
            if self.steps < 0:
                raise SearchTooLarge
            self.pick[number] = option.choice
            if self.rules.kept(depth, self.pick):
                self._settle(depth, option, left - option.loss, low, high, penalties)

    def _settle(
        self, depth: int, option: _Option, left: int, low: list[int], high: list[int], penalties: list[int]
    ) -> None:
        """Narrow the ranges by one settlement and go on, if the penalties leave any slack."""
        new_low = [a + b for a, b in zip(low, option.lift, strict=True)]
        new_high = [a - b for a, b in zip(high, option.cut, strict=True)]
        new = list(penalties)
        for party, (lift, cut) in enumerate(zip(option.lift, option.cut, strict=True)):
            if lift or cut:
                new[party] = self.penalty(party, new_low[party], new_high[party])
                left -= new[party] - penalties[party]
                if left < 0:
                    return
        self._descend(depth + 1, left, new_low, new_high, new)


def _minus(one: Sequence[int], other: Sequence[int]) -> tuple[int, ...]:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _rounded_down(loss: Fraction) -> int:
    return loss.numerator * UNIT // loss.denominator


def _rounded_up(slack: Fraction) -> int:
    return -(-slack.numerator * UNIT // slack.denominator)


class _Rules:
    """The clauses on whole issues, each checked as soon as the last of its issues is settled."""

    def __init__(self, space: Space, order: Sequence[int]) -> None:
        rank = {number: depth for depth, number in enumerate(order)}
        self._closing: list[list[list[tuple[int, frozenset[int]]]]] = [[] for _ in order]
        for clause in space.clauses:
            if all(isinstance(literal, Named) for literal in clause.literals):
                last = max(rank[space.number_of[literal.issue]] for literal in clause.literals)
                self._closing[last].append(_true_at(space, clause))

    def kept(self, depth: int, pick: Sequence[int]) -> bool:
        """Whether the clauses that close at this depth hold."""
        return all(any(pick[k] in choices for k, choices in clause) for clause in self._closing[depth])


def _true_at(space: Space, clause: Clause) -> list[tuple[int, frozenset[int]]]:
    return [(space.number_of[literal.issue], _choices(space, literal)) for literal in clause.literals]


def _choices(space: Space, literal: Literal) -> frozenset[int]:
    assert isinstance(literal, Named)
    names = space.settlements[space.number_of[literal.issue]]
    return frozenset(n for n, name in enumerate(names) if (name in literal.names) == literal.wanted)
