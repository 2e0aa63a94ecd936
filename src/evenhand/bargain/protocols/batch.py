"""Many negotiations by alternating offers at once, over arrays: the same rules as the protocol object, run for run.

Every party's deals are listed and its worths laid out as arrays once; then each turn is a handful of array operations
over all negotiations that still go on. A test holds the result against the protocol object.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.protocols.menu import Menu
from evenhand.bargain.protocols.own import Own
from evenhand.bargain.protocols.parties import SLACK, TitForTat, aspirations, draws, exponent_range
from evenhand.case import Case
from evenhand.deals import Deal, NotDefined
from evenhand.solve import Limits

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_CHUNK = 1024
"""So many negotiations are played at once; between chunks they can be stopped."""


@dataclass(frozen=True)
class Results:
    """What came of each of N negotiations.

    `agreed[r]` is the row of the deal in `menu.picks` (-1: no deal); `steps[r]` the step in which it ended, counted
    from 0; `first[r]` the number of the party that spoke first; `exponents[r, p]` those of time-dependent parties (NaN
    for others).
    """

    menu: Menu
    owns: tuple[Own, ...]
    agreed: Ints
    steps: Ints
    first: Ints
    exponents: Floats
    seed: int

    def deal(self, run: int) -> Deal | None:
        """The deal of a run; None where there was none."""
        row = int(self.agreed[run])
        return None if row < 0 else self.menu.deal(self.menu.picks[row])

    @property
    def agreement_rate(self) -> Fraction:
        """The part of the negotiations that ended in a deal."""
        return Fraction(int((self.agreed >= 0).sum()), len(self.agreed))

    def worths(self) -> Floats:
        """What each run was worth to each party in points (N × parties): its deal, or no deal."""
        columns = []
        for own in self.owns:
            assert own.worths is not None
            worths = own.worths[self.agreed] / own.scale
            no_deal = float(own.case.preferences[own.party].no_deal)
            columns.append(np.where(self.agreed >= 0, worths, no_deal))
        return np.stack(columns, axis=1)


def simulate(
    case: Case,
    kinds: Mapping[str, str] | Sequence[str],
    steps: int = 100,
    runs: int = 1,
    seed: int = 0,
    *,
    first: str | None = None,
    vary: bool = False,
    parts: int | None = None,
    limits: Limits | None = None,
    progress: Callable[[str], None] | None = None,
) -> Results:
    """Run N negotiations by alternating offers.

    `kinds` gives each principal its way (see `parties.simulated`), or a range of exponents such as `0.25..4`, drawn for
    each run evenly on a logarithmic scale. `first` speaks first, or the first in the case; with `vary` it is drawn for
    each run. When the time in `limits` is over, the results are those of the runs played by then, the first at least.
    Raises NotDefined where the deals are too many to list, Mistake for an unknown way.
    """
    ids = [party.id for party in case.principals]
    ways = dict(kinds) if isinstance(kinds, Mapping) else dict(zip(ids, kinds, strict=True))
    menu = Menu.of(case, parts)
    if not menu.listed:
        raise NotDefined(f"{menu.size:,} deals are too many to simulate many negotiations at once; run them singly.")
    owns = tuple(Own.of(case, party, menu) for party in ids)
    seats = [_seat(own, ways[own.party], steps, runs, seed) for own in owns]
    rng = np.random.default_rng([seed, len(ids)])
    begins = np.full(runs, ids.index(first) if first else 0)
    begins = rng.integers(len(ids), size=runs) if vary else begins
    agreed, ended = np.full(runs, -1, dtype=np.int64), np.full(runs, steps - 1, dtype=np.int64)
    done = 0
    while done < runs and not (done and limits is not None and limits.spent()):
        chunk = slice(done, min(done + _CHUNK, runs))
        for seat in seats:
            seat.prepare(chunk)
        for start in range(len(ids)):
            order = [*range(start, len(ids)), *range(start)]
            found = np.flatnonzero(begins[chunk] == start)
            _play(seats, order, steps, found, agreed[chunk], ended[chunk])
        done = chunk.stop
        (progress or _silent)(f"{done:,} of {runs:,} negotiations are over")
    exponents = np.stack([seat.exponents for seat in seats], axis=1)
    return Results(menu, owns, agreed[:done], ended[:done], begins[:done], exponents[:done], seed)


def _silent(_: str) -> None:
    return None


def _play(seats: Sequence[_Seat], order: Sequence[int], steps: int, runs: Ints, agreed: Ints, ended: Ints) -> None:
    """Play some runs of a chunk to their end and note it in the chunk's `agreed` and `ended`."""
    for seat in seats:
        seat.begin(len(runs), len(seats) * steps)
    table, yes = np.full(len(runs), -1, dtype=np.int64), np.zeros(len(runs), dtype=np.int64)
    going = np.arange(len(runs))
    for step in range(steps):
        for number in order:
            seat, rows = seats[number], table[going]
            accepts = (rows >= 0) & seat.signs[rows] & seat.takes(going, runs[going], rows, step)
            yes[going] = np.where(accepts, yes[going] + 1, 1)
            new = going[~accepts]
            offered = seat.offers(new, runs[new], step)
            table[new] = offered
            seat.said(new, offered)
            for other in order:
                if other != number:
                    seats[other].heard(number, new, offered)
            done = going[yes[going] == len(order)]
            agreed[runs[done]], ended[runs[done]] = table[done], step
            going = going[yes[going] < len(order)]
        if not len(going):
            return


class _Seat:
    """A party in many runs at once.

    `parts` and `signs` tell of each row of the menu how far it lies in the party's range and whether it can sign it.
    `runs` are numbers in a chunk, `going` in what is played of it at once.
    """

    def __init__(self, own: Own, runs: int) -> None:
        assert own.rows is not None
        assert own.worths is not None
        self.own = own
        self.worths = own.worths
        self.parts = own.parts_of(self.worths)
        kept = np.zeros(len(self.worths), dtype=bool)
        kept[own.rows] = True
        no_deal = own.case.preferences[own.party].no_deal * own.scale
        self.signs = kept & (self.worths >= int(no_deal))
        self.exponents = np.full(runs, np.nan)
        self.found: dict[tuple[int, ...], int] = {}

    def prepare(self, chunk: slice) -> None:
        """Before these runs of the batch."""
        self.found.clear()

    def begin(self, size: int, turns: int) -> None:
        """Before so many runs of at most so many turns are played."""
        self.lasts: dict[int, Ints] = {}
        self.size = size

    def takes(self, going: Ints, runs: Ints, rows: Ints, step: int) -> Bools:
        """Whether the deals in `rows` reach what the party asks for."""
        raise NotImplementedError

    def offers(self, going: Ints, runs: Ints, step: int) -> Ints:
        """The rows that the party offers."""
        raise NotImplementedError

    def said(self, going: Ints, rows: Ints) -> None:
        """What the party offered."""

    def heard(self, other: int, going: Ints, rows: Ints) -> None:
        """What another offered."""
        self.lasts.setdefault(other, np.full(self.size, -1, dtype=np.int64))[going] = rows

    def lowest(self, levels: Ints, going: Ints) -> Ints:
        """The rows of `Own.lowest` at these levels, each found once for the same last offers."""
        if not self.own.has_ties:
            return self.own.firsts[levels]
        asked = np.stack([levels, *(rows[going] for rows in self.lasts.values())], axis=1)
        different, which = np.unique(asked, axis=0, return_inverse=True)
        return np.array([self._row_at(*map(int, row)) for row in different], dtype=np.int64)[which]

    def _row_at(self, level: int, *like: int) -> int:
        """`Own.row_at` for rows instead of picks (-1: nothing was offered yet); each found once."""
        key = (level, *like)
        if key not in self.found:
            picks = self.own.menu.picks
            self.found[key] = self.own.row_at(level, [tuple(picks[row]) for row in like if row >= 0])
        return self.found[key]


class _Time(_Seat):
    def __init__(self, own: Own, runs: int, steps: int, exponents: Floats) -> None:
        super().__init__(own, runs)
        self.exponents = exponents
        self.steps = steps

    def prepare(self, chunk: slice) -> None:
        super().prepare(chunk)
        different, self.which = np.unique(self.exponents[chunk], return_inverse=True)
        self.aims = np.stack([aspirations(self.steps, exponent)[: self.steps] for exponent in different]) - SLACK
        self.levels = self.own.levels(self.aims)

    def takes(self, going: Ints, runs: Ints, rows: Ints, step: int) -> Bools:
        enough: Bools = self.parts[rows] >= self.aims[self.which[runs], step]
        return enough

    def offers(self, going: Ints, runs: Ints, step: int) -> Ints:
        return self.lowest(self.levels[self.which[runs], step], going)


class _TitForTat(_Seat):
    def __init__(self, own: Own, runs: int, second: float) -> None:
        super().__init__(own, runs)
        self.second = second

    def begin(self, size: int, turns: int) -> None:
        super().begin(size, turns)
        self.firsts: dict[int, Floats] = {}
        self.spoke = np.zeros(size, dtype=bool)

    def takes(self, going: Ints, runs: Ints, rows: Ints, step: int) -> Bools:
        enough: Bools = self.parts[rows] >= self._aims(going)
        return enough

    def offers(self, going: Ints, runs: Ints, step: int) -> Ints:
        return self.lowest(self.own.levels(self._aims(going)), going)

    def _aims(self, going: Ints) -> Floats:
        gains = np.full(len(going), np.inf)
        for other, first in self.firsts.items():
            gain = self.parts[self.lasts[other][going]] - first[going]
            gains = np.where(np.isnan(gain), gains, np.minimum(gains, gain))
        aims = 1.0 - np.maximum(0.0, np.where(np.isinf(gains), 0.0, gains))
        return np.where(self.spoke[going], np.minimum(aims, self.second), aims) - SLACK

    def said(self, going: Ints, rows: Ints) -> None:
        self.spoke[going] = True

    def heard(self, other: int, going: Ints, rows: Ints) -> None:
        super().heard(other, going, rows)
        first = self.firsts.setdefault(other, np.full(self.size, np.nan))
        first[going] = np.where(np.isnan(first[going]), self.parts[rows], first[going])


class _Micro(_Seat):
    def __init__(self, own: Own, runs: int, steps: int, seed: int) -> None:
        super().__init__(own, runs)
        assert own.rows is not None
        down = own.groups[0].falling
        self.down = own.rows[down[own.groups[0].values[down] >= own.floor]]
        self.seed, self.steps = seed, steps

    def prepare(self, chunk: slice) -> None:
        super().prepare(chunk)
        count = chunk.stop - chunk.start
        drawn = draws(self.seed, self.own.party, chunk.start * self.steps, count * self.steps)
        self.draws = drawn.reshape(count, self.steps)

    def begin(self, size: int, turns: int) -> None:
        self.sent, self.received, self.turns = (np.zeros(size, dtype=np.int64) for _ in range(3))
        self.others = np.full((size, turns), -1, dtype=np.int32)

    def takes(self, going: Ints, runs: Ints, rows: Ints, step: int) -> Bools:
        sent, new = self._sent(going)
        least = self.worths[self.down[np.where(new, sent, sent - 1)]]
        enough: Bools = self.worths[rows] >= least
        return enough

    def offers(self, going: Ints, runs: Ints, step: int) -> Ints:
        sent, new = self._sent(going)
        again = (self.draws[runs, step] * sent).astype(np.int64)
        return self.down[np.where(new, sent, again)]

    def _sent(self, going: Ints) -> tuple[Ints, Bools]:
        """How many deals it has offered, and whether it offers a new one now."""
        sent = self.sent[going]
        return sent, (sent <= self.received[going]) & (sent < len(self.down))

    def said(self, going: Ints, rows: Ints) -> None:
        sent = self.sent[going]
        self.sent[going] += (sent < len(self.down)) & (rows == self.down[np.minimum(sent, len(self.down) - 1)])

    def heard(self, other: int, going: Ints, rows: Ints) -> None:
        known = (self.others[going] == rows[:, None]).any(axis=1)
        self.received[going] += ~known
        self.others[going, self.turns[going]] = rows
        self.turns[going] += 1


def _seat(own: Own, kind: str, steps: int, runs: int, seed: int) -> _Seat:
    if kind == "micro":
        return _Micro(own, runs, steps, seed)
    if kind == "tit-for-tat":
        return _TitForTat(own, runs, TitForTat(own).second)
    low, high = exponent_range(kind)
    if low == high:
        return _Time(own, runs, steps, np.full(runs, low))
    drawn = np.random.default_rng([seed, 1, *own.party.encode()]).random(runs)
    return _Time(own, runs, steps, low * (high / low) ** drawn)
