"""The lines worth discussing: from the one with the shortest border to the one with the best worst-off side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from evenhand.case import plain_decimal
from evenhand.deals import NotDefined
from evenhand.land.ceiling import Ceiling, worst_ceiling
from evenhand.land.ground import Land
from evenhand.land.lines import Measured, entitled_parts, measured
from evenhand.land.problem import as_sides, exact_levels, line_problem
from evenhand.solve import Limits
from evenhand.solve.regions.annealing import (
    BEST_WORST,
    LARGEST_PRODUCT,
    LEAST_MOVED,
    SHORTEST,
    Aim,
    Effort,
    Search,
)
from evenhand.solve.regions.lines import Line, LineProblem
from evenhand.solve.regions.shortest import Shortest, shortest_border
from evenhand.solve.regions.tradeoffs import non_dominated, tradeoffs

AIMS: Mapping[str, Aim] = {
    "shortest-border": SHORTEST,
    "max-min": BEST_WORST,
    "nash": LARGEST_PRODUCT,
    "least-movement": LEAST_MOVED,
}
"""What can be asked of a line, by its name on the command line."""


PROVED_UNASKED = 200
"""On land of so few cells the shortest border is proved without being asked to …"""
FEW, NODES = 60, 5_000
"""… by a solver too where there are still fewer, in so many branches."""


@dataclass(frozen=True)
class Asked:
    """How to search: how many lines, for one aim or for the whole range, the seed, the limit, who hears of progress.

    `least`: no party gets less than this part of its entitled part. `prove`: prove the shortest border; None: where the
    land has few cells.
    """

    count: int = 20
    by: str | None = None
    least: Fraction = Fraction(1, 2)
    prove: bool | None = None
    seed: int = 0
    limits: Limits = field(default_factory=Limits)
    progress: Callable[[str], None] = lambda _: None


@dataclass(frozen=True)
class Division:
    """Lines found, from the shortest border on.

    Nothing found is at least as good as one of them in border, level of the worst-off and (with `homes`) who would
    have to move, and better in something.
    `shortest`: what was proved of the shortest border, where that was tried. `ceiling`: the level that no line can give
    to the worst-off. `stopped`: the time was over before all was tried.
    """

    land: Land
    lines: tuple[Measured, ...]
    ceiling: Ceiling
    shortest: Shortest | None
    asked: Asked
    stopped: bool

    def gap(self, line: Measured) -> Fraction:
        """How much higher the worst-off side of another line could be at most, as a part of this line's level."""
        least = line.least(entitled_parts(self.land))
        return max(Fraction(0), self.ceiling.limit - least) / least if least else Fraction(1)


def divide(land: Land, asked: Asked) -> Division:
    """Search for lines. Raises NotDefined where an aim has no meaning for the case, or no line was found."""
    problem = line_problem(land, asked.least)
    if asked.by == "least-movement" and not land.territory.homes:
        raise NotDefined("Who would have to move is not said: write `homes: {party: column}`, columns of people.")
    lines, stopped = _one(problem, asked) if asked.by else _many(problem, asked)
    shortest = _proved(problem, lines, asked)
    if shortest is not None and shortest.line is not None:
        lines = non_dominated((shortest.line, *lines)) if not asked.by else (shortest.line,)
    if not lines:
        raise NotDefined(_none_found(asked, zone=land.territory.zone is not None))
    named = (measured(land, f"line-{k}", as_sides(land, line.labels)) for k, line in enumerate(lines, 1))
    share = land.territory.joint_share(len(land.parties)) if land.territory.joint else Fraction(0)
    ceiling = worst_ceiling(problem, exact_levels(land), share)
    return Division(land, tuple(named), ceiling, shortest, asked, stopped)


def _none_found(asked: Asked, *, zone: bool) -> str:
    part = plain_decimal(asked.least * 100)
    joint, larger = (" and has the joint zone that is asked for", ", a larger joint zone") if zone else ("", "")
    return (
        f"No line was found that keeps each side in one piece and gives it {part}% of its entitled part{joint}; free a "
        f"fixed cell, add a link{larger}, or ask for less with --least."
    )


def _proved(problem: LineProblem, lines: tuple[Line, ...], asked: Asked) -> Shortest | None:
    """The shortest border, where the proof is asked for or short."""
    few = problem.graph.size <= PROVED_UNASKED
    if asked.by not in (None, "shortest-border") or not (few if asked.prove is None else asked.prove):
        return None
    asked.progress("proving the shortest border")
    known = min(lines, key=lambda line: line.border, default=None)
    nodes = None if asked.prove else NODES if problem.graph.size <= FEW else 0
    return shortest_border(problem, known, asked.limits, nodes)


def _one(problem: LineProblem, asked: Asked) -> tuple[tuple[Line, ...], bool]:
    """The best line found for one aim."""
    search = Search(problem, Effort(seed=asked.seed), asked.limits)
    line = search.best(AIMS[asked.by or "max-min"])
    return (line,) if line else (), search.stopped


def _many(problem: LineProblem, asked: Asked) -> tuple[tuple[Line, ...], bool]:
    """Lines from the shortest border to the best worst-off side."""

    def tell(done: int, whole: int) -> None:
        asked.progress(f"search {done} of {whole}")

    found = tradeoffs(problem, asked.count, Effort(seed=asked.seed), asked.limits, tell)
    return found.spread(asked.count), found.stopped
