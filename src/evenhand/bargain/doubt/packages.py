"""Which packages are looked at: those on the table, those that solutions pick, and efficient ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.doubt.blocks import Blocks
from evenhand.bargain.doubt.regret import best_as_written
from evenhand.bargain.doubt.wants import Wants
from evenhand.bargain.frontier import frontier_of
from evenhand.bargain.package import package_of
from evenhand.bargain.solutions import BARGAINING_SOLUTIONS, SIDE_BY_SIDE
from evenhand.case import Asset, Cake, Case, Proposal
from evenhand.deals import Deal, DealProgram, NotDefined, Settlement, Space, broken_rules, with_cakes

OFTEN_BEST = 5
LEANINGS = (2, 4)
BRANCHES = 2000
"""A solver looks for a good package in no more branches than this."""
LISTED = 100_000
"""With three or more parties, solutions are asked where there are no more deals than this."""

OriginKind = Literal[
    "given", "proposal", "solution", "largest-sum", "least-regret", "often-best", "leaning", "searched"
]


@dataclass(frozen=True)
class Origin:
    """Where a package comes from.

    `given` by the person asking; `proposal` on the table (its id is the name); `solution`, picked by a bargaining
    solution as written (its id is the name); `largest-sum` of gains as written; `least-regret`, the least exact worst
    regret when no deal is left aside; `often-best` in a part of the worlds; `leaning`, the largest sum with one party's
    gains (the name) counted several times (the part); `searched`, a large sum found by a solver, with no claim.
    """

    kind: OriginKind
    name: str = ""
    part: Fraction = Fraction(0)


def on_the_table(case: Case) -> Iterator[tuple[Origin, Deal]]:
    """The proposals that settle every issue."""
    for proposal in case.proposals:
        if (deal := settled_by(case, proposal)) is not None:
            yield Origin("proposal", proposal.id), deal


def settled_by(case: Case, proposal: Proposal) -> Deal | None:
    """The deal a proposal makes, if it settles every issue in full."""
    settled: dict[str, Settlement] = {}
    pieces: dict[str, Mapping[str, Sequence[tuple[Fraction, Fraction]]]] = {}
    for issue in case.issues:
        term = proposal.terms.get(issue.id)
        if term is None or (not isinstance(term, str) and sum(term.values()) != 1):
            return None
        if isinstance(issue, Cake):
            if not isinstance(term, str):
                return None  # shares of a line do not say where it is cut
            pieces[issue.id] = {term: [(issue.marks[0], issue.marks[-1])]}
        elif isinstance(issue, Asset) and not isinstance(term, str) and len(term) > 1:
            return None  # an asset is whole
        else:
            settled[issue.id] = term
    return Deal.of(case, settled, pieces=pieces)


def picked(case: Case) -> Iterator[tuple[Origin, Deal]]:
    """What the bargaining solutions pick by the points as written, where the list of efficient packages is known."""
    space = Space.of(case)
    if len(space.parties) < 2 or (len(space.parties) > 2 and space.size > LISTED):
        return
    try:
        frontier = frontier_of(case)
    except NotDefined:
        return
    powers = [int(part) for part in space.entitlements]
    for name in SIDE_BY_SIDE if len(frontier) or frontier.segments else ():
        try:
            yield Origin("solution", name), package_of(frontier, BARGAINING_SOLUTIONS[name], powers).deal
        except NotDefined:
            continue  # this solution has no meaning here


def efficient(
    case: Case, blocks: Blocks, wants: Sequence[Wants], most: Sequence[Fraction], ways: NDArray[np.int64]
) -> Iterator[tuple[Origin, Deal]]:
    """Packages with the largest weighted sum of points, as written or in many worlds; so they are efficient there.

    `ways` (worlds × blocks) is what is best in each world. Where the blocks are not exact: what a solver finds.
    """
    weights = [1 / gain for gain in most]
    if not blocks.exact:
        yield from searched(case, blocks.space, wants, weights)
        return
    yield Origin("largest-sum"), blocks.deal(case, best_as_written(blocks, wants, weights))
    for row, count in most_frequent(ways, OFTEN_BEST):
        yield Origin("often-best", part=Fraction(count, len(ways))), blocks.deal(case, row)
    for factor in LEANINGS:
        for p, want in enumerate(wants):
            leaning = [weight * factor if p == other else weight for other, weight in enumerate(weights)]
            yield (
                Origin("leaning", want.party, Fraction(factor)),
                blocks.deal(case, best_as_written(blocks, wants, leaning)),
            )


def searched(
    case: Case, space: Space, wants: Sequence[Wants], weights: Sequence[Fraction]
) -> Iterator[tuple[Origin, Deal]]:
    """Deals with a large weighted sum that everybody would sign by the points as written, and one whether or not."""
    for signed in (True, False):
        model = DealProgram(space)
        values = [model.value(p) for p in range(len(wants))]
        for want, (terms, constant) in zip(wants, values, strict=True) if signed else ():
            model.program.at_least(terms, float(want.no_deal.at(want.region.written)) - constant)
        summed = [(float(w) * f, v) for w, (terms, _) in zip(weights, values, strict=True) for f, v in terms]
        answer = model.program.maximise(summed, nodes=BRANCHES)
        if answer.values is not None:
            deal = with_cakes(case, model.deal(answer))
            if not broken_rules(case, deal):  # the solver has tolerances
                yield Origin("searched"), deal


def most_frequent(ways: NDArray[np.int64], most: int) -> list[tuple[list[int], int]]:
    """The rows that occur most often, and how often; of equal ones the first in order."""
    rows, counts = np.unique(ways, axis=0, return_counts=True)
    order = np.lexsort((np.arange(len(counts)), -counts))[:most]
    return [(rows[number].tolist(), int(counts[number])) for number in order]


def merged(found: Iterable[tuple[Origin, Deal]]) -> list[tuple[tuple[Origin, ...], Deal]]:
    """Each deal once, in the order in which it first comes, with everywhere it comes from."""
    origins: list[list[Origin]] = []
    deals: list[Deal] = []
    for origin, deal in found:
        if deal in deals:
            origins[deals.index(deal)].append(origin)
        else:
            deals.append(deal)
            origins.append([origin])
    return [(tuple(dict.fromkeys(names)), deal) for names, deal in zip(origins, deals, strict=True)]
