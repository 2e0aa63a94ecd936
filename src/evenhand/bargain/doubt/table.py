"""What doubt does to packages: how often each holds, what may be regretted, and what to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from evenhand.bargain.doubt.blocks import LARGEST_BLOCK, Blocks
from evenhand.bargain.doubt.chance import Chance
from evenhand.bargain.doubt.form import Form
from evenhand.bargain.doubt.packages import Origin, efficient, merged, most_frequent, on_the_table, picked
from evenhand.bargain.doubt.questions import Effect, best_effect, effects, questions
from evenhand.bargain.doubt.regret import (
    Best,
    Criterion,
    Floats,
    Outlook,
    best_in_worlds,
    most_gains,
    regrets_of,
)
from evenhand.bargain.doubt.wants import Wants
from evenhand.bargain.doubt.worlds import Worlds, worlds_of
from evenhand.bargain.doubt.worst import Worst
from evenhand.case import Case
from evenhand.deals import Deal, NotDefined, broken_rules
from evenhand.solve import Limits

MOST_PACKAGES = 12
"""How many packages are looked at besides those on the table and the one given."""
POOL = 40
"""How many more packages, best in some worlds, regrets are measured against."""

Sure = Literal["always", "sometimes", "never"]


@dataclass(frozen=True)
class PartyOutlook:
    """One party and one package: in how many worlds it is at least as good to it as no deal.

    `sure` is exact, over all possible worlds: in every one, in some, in none. `low` and `high` are the least and the
    most it can be worth, `least_gain` the least by which it can exceed no deal; exact, in the party's points.
    """

    party: str
    holds: int
    sure: Sure
    low: Fraction
    high: Fraction
    least_gain: Fraction


@dataclass(frozen=True)
class PackageOutlook:
    """One package over the worlds: where it comes from, which rules it breaks, in how many worlds everyone is at
    least as well off as without a deal, and its regrets (in parts of the most that one party could gain).

    `worst` is the largest regret seen in the worlds drawn. `at_worst` covers all possible worlds and every deal that
    keeps the rules, signed by all or not; None where the criterion has no such bound. Where the table says
    `worst_exact` and the package holds in all possible worlds, it is exactly the worst regret against these deals.
    """

    deal: Deal
    origins: tuple[Origin, ...]
    breaks: tuple[str, ...]
    parties: tuple[PartyOutlook, ...]
    holds: int
    expected: float
    worst: float
    at_worst: Fraction | None


@dataclass(frozen=True)
class DoubtTable:
    """What was found over `worlds` worlds drawn with `seed`. The mediator's view: it rests on everybody's points.

    `least_worst` and `least_expected` number the packages with least regret among those that break no rule.
    `unsure`: in how many worlds the best of all deals is not known for sure, so that regrets may be too small there.
    `best_listed`: rules tie few enough issues to find the best deal of each world; else a bound stands in its place,
    and regrets may be too large.
    `walked`: steps of the longest walk, 0 where all draws were exact. `stopped`: some bounds and questions were not
    reached.
    """

    case: Case
    worlds: int
    seed: int
    criterion: Criterion
    packages: tuple[PackageOutlook, ...]
    least_worst: int
    least_expected: int
    unsure: int
    best_listed: bool
    worst_exact: bool
    asked: int
    expected_question: Effect | None
    worst_question: Effect | None
    wants: tuple[Wants, ...]
    walked: int
    stopped: bool = False


def doubt_table(
    case: Case,
    *,
    worlds: int = 10_000,
    seed: int = 0,
    by: Criterion = "sum",
    given: Deal | None = None,
    limits: Limits | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> DoubtTable:
    """Test packages of a case against what its parties may want.

    When the limits are spent, bounds and questions that were not reached yet are left out.

    Raises NotDefined where nobody is in doubt or money changes hands, NoDeal where no deal keeps the rules.
    """
    wants = _wants(case)
    progress("drawing worlds")
    drawn = tuple(worlds_of(want.region, worlds, Chance(seed, number)) for number, want in enumerate(wants))
    blocks = Blocks.of(case, LARGEST_BLOCK)
    outlook = Outlook(wants, drawn, most_gains(blocks, wants))
    progress("finding the best package of each world")
    best = best_in_worlds(blocks, outlook)
    worst = Worst(case, blocks, wants, outlook.most)
    found = _considered(case, blocks, outlook, best, worst, given)
    values = [[want.value(deal) for want in wants] for _, deal in found]
    progress("comparing packages")
    regrets = regrets_of(by, outlook, values, _pool(case, blocks, wants, best), best if by == "sum" else None)
    limits = limits or Limits()
    bounds = [worst.of(deal) if by == "sum" and not limits.spent() else None for _, deal in found]
    packages = tuple(
        _package(case, outlook, origins, deal, row, column, bound, worst)
        for (origins, deal), row, column, bound in zip(found, values, regrets.table.T, bounds, strict=True)
    )
    progress("trying questions")
    kept = [number for number, package in enumerate(packages) if not package.breaks] or list(range(len(packages)))
    asked = effects(questions(wants, drawn, values), drawn, regrets.table, kept, limits)
    return DoubtTable(
        case,
        worlds,
        seed,
        by,
        packages,
        min(kept, key=lambda k: _worst_key(packages[k], exact=worst.exact and None not in bounds)),
        min(kept, key=lambda k: (packages[k].expected, packages[k].worst)),
        regrets.unsure,
        blocks.exact,
        worst.exact and None not in bounds,
        len(asked),
        best_effect(asked),
        best_effect(asked, worst=True),
        wants,
        max(found.walked for found in drawn),
        limits.spent(),
    )


def _pool(case: Case, blocks: Blocks, wants: Sequence[Wants], best: Best) -> list[list[Form]]:
    """What packages that are best in some worlds are worth to each party."""
    if not blocks.exact:
        return []
    deals = [blocks.deal(case, row) for row, _ in most_frequent(best.ways, POOL)]
    return [[want.value(deal) for want in wants] for deal in deals]


def _worst_key(package: PackageOutlook, *, exact: bool) -> tuple[Fraction | float, float]:
    """The worst regret: over all possible worlds where that is exact, else over those drawn."""
    return (package.at_worst if exact and package.at_worst is not None else package.worst), package.expected


def _wants(case: Case) -> tuple[Wants, ...]:
    if case.money is not None:
        raise NotDefined("Money changes hands here, and payments could make up for any doubt about points.")
    wants = tuple(Wants.of(case, party.id) for party in case.principals)
    if not any(want.in_doubt for want in wants):
        raise NotDefined(
            "Nobody's points are in doubt here. Say what is not sure with `doubt`, `values_doubt` or `no_deal_doubt` "
            "in a party's preferences."
        )
    return wants


def _considered(
    case: Case, blocks: Blocks, outlook: Outlook, best: Best, worst: Worst, given: Deal | None
) -> list[tuple[tuple[Origin, ...], Deal]]:
    """The packages to look at: the one given, those on the table, and a bounded number of efficient ones."""
    tabled = [(Origin("given"), given)] if given is not None else []
    tabled += on_the_table(case)
    least = worst.least()
    search = list(picked(case))
    search += [(Origin("least-regret"), least)] if least is not None else []
    search += efficient(case, blocks, outlook.wants, outlook.most, best.ways)
    signed = [(origin, deal) for origin, deal in search if _may_hold(outlook, deal)]
    found = merged([*tabled, *(signed or search)])[: len(merged(tabled)) + MOST_PACKAGES]
    if not found:
        raise NotDefined("Rules tie so many issues here that no package was found to test. Name one with --deal.")
    return found


def _may_hold(outlook: Outlook, deal: Deal) -> bool:
    """Whether each party has some possible world in which a deal is at least as good as no deal."""
    return all(want.region.largest(want.value(deal) - want.no_deal) >= 0 for want in outlook.wants)


def _package(
    case: Case,
    outlook: Outlook,
    origins: tuple[Origin, ...],
    deal: Deal,
    values: Sequence[Form],
    regrets: Floats,
    bound: Fraction | None,
    worst: Worst,
) -> PackageOutlook:
    together = np.ones(len(regrets), bool)
    parties = []
    for want, worlds, value in zip(outlook.wants, outlook.worlds, values, strict=True):
        found, holds = party_outlook(want, worlds, value)
        parties.append(found)
        together &= holds
    if bound is not None and any(found.sure != "always" for found in parties):
        bound = max(bound, worst.of_no_deal())  # where it is not signed, everything is missed
    breaks = tuple(broken.rule.id for broken in broken_rules(case, deal))
    expected = float(np.rint(regrets / 2.0**-34).sum()) * 2.0**-34 / len(regrets)
    return PackageOutlook(
        deal, origins, breaks, tuple(parties), int(together.sum()), expected, float(regrets.max()), bound
    )


def party_outlook(want: Wants, worlds: Worlds, value: Form) -> tuple[PartyOutlook, np.ndarray]:
    """What a package with this value means to one party, and in which worlds it is at least as good as no deal."""
    gain = value - want.no_deal
    holds = worlds.holds(gain)
    least = want.region.smallest(gain)
    sure: Sure = "always" if least >= 0 else "never" if want.region.largest(gain) < 0 else "sometimes"
    low, high = want.region.smallest(value), want.region.largest(value)
    return PartyOutlook(want.party, int(holds.sum()), sure, low, high, least), holds


@dataclass(frozen=True)
class OwnOutlook:
    """What one party may see of a package on the table: its origin, and what it means to that party."""

    origin: Origin
    deal: Deal
    outlook: PartyOutlook


def own_outlooks(
    case: Case, party: str, *, worlds: int = 10_000, seed: int = 0, given: Deal | None = None
) -> list[OwnOutlook]:
    """The packages on the table over one party's own doubt. Nothing of another party's preferences is read.

    Raises NotDefined where the party is in no doubt, or no package on the table settles everything.
    """
    seen = case.seen_by(party)
    want = Wants.of(seen, party)
    if not want.in_doubt:
        raise NotDefined("You said nothing of being in doubt, so there is nothing to test for you.")
    tabled = [(Origin("given"), given)] if given is not None else []
    tabled += on_the_table(seen)
    if not tabled:
        raise NotDefined(
            "No proposal on the table settles everything, and other packages rest on other parties' points. "
            "Name a package with --deal."
        )
    number = [principal.id for principal in case.principals].index(party)
    drawn = worlds_of(want.region, worlds, Chance(seed, number))
    return [
        OwnOutlook(origins[0], deal, party_outlook(want, drawn, want.value(deal))[0])
        for origins, deal in merged(tabled)
    ]
