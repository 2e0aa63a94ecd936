"""Bargain over a case: the frontier, the packages that solutions pick, the deals on the table, and what to do next.

For the mediator alone: all parties' points are used. What one party may see of it is its own view of a deal.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from evenhand.bargain import (
    BARGAINING_SOLUTIONS,
    SIDE_BY_SIDE,
    BargainingSolution,
    Conflict,
    Frontier,
    Package,
    Trade,
    best_trade,
    even_baseline,
    frontier_of,
    menu_of,
    package_of,
    reliefs_of,
)
from evenhand.case import Cake, Case, Chosen, Proposal
from evenhand.certify import Certificate, certify
from evenhand.deals import Broken, Deal, Method, NotDefined, broken_rules, deal_values, value_of
from evenhand.settle.desk import Request, Solution, versions
from evenhand.solve import Limits

ASKED = ("rules-kept", "beats-no-deal", "pareto-optimal")
"""The properties that a package of a negotiation is asked to have."""


@dataclass(frozen=True)
class OnTable:
    """A proposal of the case: its deal and what that is worth, where it settles everything, and the rules it breaks.

    `open_issues` are those that it leaves open; then there is no deal.
    """

    proposal: Proposal
    deal: Deal | None
    open_issues: tuple[str, ...]
    values: Mapping[str, Fraction]
    broken: tuple[Broken, ...]


@dataclass(frozen=True)
class NextTrade:
    """The next trade from a deal: `of` names the proposal, or is None for the even package or the deal given.

    `certificates` are those of the deal it starts from.
    """

    of: str | None
    start: Deal
    trade: Trade | None
    certificates: tuple[Certificate, ...]


@dataclass(frozen=True)
class Bargaining:
    """What is known about bargaining over a case.

    `start` is the deal that counts as the disagreement point, where one was given; else no deal is. `agreed` are the
    packages picked, each with what certify found; `refused` the solutions without a meaning here, with the reason.
    """

    case: Case
    start: Deal | None
    frontier: Frontier
    agreed: tuple[tuple[Package, Solution], ...]
    refused: tuple[tuple[BargainingSolution, str], ...]
    table: tuple[OnTable, ...]
    trades: tuple[NextTrade, ...]
    conflict: Conflict | None
    seconds: float

    @property
    def has_zone(self) -> bool:
        """Whether some deal is known that is at least as good for everybody as the disagreement point.

        Where none is known and the frontier is not complete, there may be one all the same.
        """
        return bool(len(self.frontier) or self.frontier.segments)

    @property
    def disagreement(self) -> Mapping[str, Fraction]:
        """The worth to each principal of what happens without a new deal."""
        return dict(zip(self.frontier.parties, self.frontier.no_deal, strict=True))


def bargain(
    case: Case,
    solutions: Sequence[str] = SIDE_BY_SIDE,
    request: Request | None = None,
    *,
    start: Deal | None = None,
    power: Mapping[str, Fraction] | None = None,
) -> Bargaining:
    """Everything that `evenhand bargain` shows. `power` is by principal; without it, the entitlements.

    Raises NotDefined where the frontier has no meaning for the case, KeyError for an unknown solution.
    """
    request, started = request or Request(), time.process_time()
    limits = Limits(request.seconds)
    against = case if start is None else over(case, start)
    request.progress("looking for efficient packages")
    frontier = frontier_of(against, limits=limits)
    agreed, refused = [], []
    for solution in (BARGAINING_SOLUTIONS[name] for name in solutions):
        request.progress(f"picking by {solution.title}")
        try:
            agreed.append(package_of(frontier, solution, powers(case, power)))
        except NotDefined as reason:
            refused.append((solution, str(reason)))
    empty = not len(menu_of(frontier))
    conflict = reliefs_of(against, limits, request.progress) if empty and frontier.complete else None
    table = on_table(case)
    request.progress("looking for the next trade")
    trades = () if conflict is not None and conflict.clash else _trades(case, table, start)
    certified = _certified(case, agreed, frontier, started, request.progress)
    seconds = time.process_time() - started
    return Bargaining(
        case,
        start,
        frontier,
        tuple(zip(agreed, certified, strict=True)),
        () if empty else tuple(refused),
        table,
        trades,
        conflict,
        seconds,
    )


def bargain_if_negotiated(case: Case, request: Request | None = None) -> Bargaining | None:
    """The same for a report: None where nothing but things is shared out, or where it has no meaning for the case.

    A case is a negotiation when it has a choice, a proposal, or a no-deal value.
    """
    wants = case.preferences.values()
    says_no_deal = any("no_deal" in preference.model_fields_set for preference in wants)
    if not (case.proposals or says_no_deal or any(isinstance(issue, Chosen) for issue in case.issues)):
        return None
    try:
        return bargain(case, request=request)
    except NotDefined:
        return None


def over(case: Case, deal: Deal) -> Case:
    """The case with what a deal is worth to each principal in the place of no deal."""
    wants = {
        party: case.preferences[party].model_copy(update={"no_deal": value})
        for party, value in deal_values(case, deal).items()
    }
    return case.model_copy(update={"preferences": {**case.preferences, **wants}})


def powers(case: Case, power: Mapping[str, Fraction] | None = None) -> tuple[int, ...]:
    """The parties' powers (or entitlements) as whole numbers in the same proportions."""
    parts = [(power or {}).get(party.id, party.entitlement) for party in case.principals]
    scale = lcm(*(part.denominator for part in parts))
    return tuple(int(part * scale) for part in parts)


def on_table(case: Case) -> tuple[OnTable, ...]:
    """The case's proposals, in its order."""
    return tuple(_on_table(case, proposal) for proposal in case.proposals)


def own_table(case: Case, party: str) -> tuple[OnTable, ...]:
    """The same as one party may see them: its own points, and the rules it knows."""
    seen = case.seen_by(party)
    return tuple(_on_table(seen, proposal, (party,)) for proposal in seen.proposals)


def _on_table(case: Case, proposal: Proposal, eyes: Sequence[str] | None = None) -> OnTable:
    left = tuple(issue.id for issue in case.issues if issue.id not in proposal.terms or isinstance(issue, Cake))
    if left:
        return OnTable(proposal, None, left, {}, ())
    deal = Deal.of(case, proposal.terms)
    who = eyes or [party.id for party in case.principals]
    values = {party: value_of(case, deal, party) for party in who}
    return OnTable(proposal, deal, (), values, broken_rules(case, deal))


def _trades(case: Case, table: Sequence[OnTable], start: Deal | None) -> tuple[NextTrade, ...]:
    """From the deal given, or from each whole deal on the table, or else from the even package."""
    starts: list[tuple[str | None, Deal | None]] = [(found.proposal.id, found.deal) for found in table if found.deal]
    given = [(None, start)] if start is not None else starts or [(None, even_baseline(case))]
    return tuple(
        NextTrade(name, deal, best_trade(case, deal), certify(case, deal, only=ASKED))
        for name, deal in given
        if deal is not None
    )


def _certified(
    case: Case, agreed: Sequence[Package], frontier: Frontier, started: float, progress: Callable[[str], None]
) -> list[Solution]:
    """The packages as solutions; a deal that several pick is certified once."""
    known: list[tuple[Deal, tuple[Certificate, ...]]] = []
    for package in agreed:
        if all(deal != package.deal for deal, _ in known):
            progress("certifying")
            known.append((package.deal, certify(case, package.deal, only=ASKED)))
    found = [next(c for deal, c in known if deal == package.deal) for package in agreed]
    seconds = time.process_time() - started
    return [
        Solution(
            None, package.deal, package.values, (), certificates, method_of(package, frontier), seconds, versions()
        )
        for package, certificates in zip(agreed, found, strict=True)
    ]


def method_of(package: Package, frontier: Frontier) -> Method:
    """How a package was computed."""
    count = f"{len(frontier)} efficient values" + (" and the stretches between some" if frontier.segments else "")
    proof = (
        f"All {count} were compared, exactly."
        if frontier.complete
        else f"{count} were compared, exactly; the list is a cover, not all there are."
    )
    return Method(package.solution.id, "every efficient value measured", proof, package.gap, exact=package.gap == 0)
