"""The one shape of a procedure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from evenhand.case import Asset, Case, Chosen, Divisible
from evenhand.deals import Outcome, allowed_settlements, in_stretches, with_cakes
from evenhand.divide.asking import Protocol, answered_truthfully
from evenhand.solve import Limits


def _silent(_: str) -> None:
    return None


@dataclass(frozen=True)
class Options:
    """What the person running a procedure may set. `seed` None: no random choice is made.

    `seconds` of CPU count from when this was made (`replace` makes it anew); `sequence` is the order of turns, by
    id, of a procedure that takes one.
    """

    seed: int | None = None
    seconds: float | None = None
    progress: Callable[[str], None] = _silent
    sequence: tuple[str, ...] = ()
    limits: Limits = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "limits", Limits(self.seconds))


@dataclass(frozen=True)
class Procedure:
    """A way to find a deal. `promise`, `use` (when to) and `avoid` (when not to) are for mediators.

    `why_not` gives the reason, in a sentence for people, that the procedure has no meaning for a case,
    or None. `run` needs a case for which `why_not` is None and whose rules some deal keeps. Both see cakes
    as their stretches, unless it `cuts`; `pays` says that its deals have payments, `one_each` that it can give
    everyone exactly one thing. `ask`, where there is one, is the same procedure as questions.
    """

    id: str
    title: str
    promise: str
    use: str
    avoid: str
    source: str
    ties: str
    why_not: Callable[[Case], str | None]
    run: Callable[[Case, Options], Outcome]
    cuts: bool = False
    pays: bool = False
    ask: Callable[[Case], Protocol] | None = None
    one_each: bool = False

    def refusal(self, case: Case) -> str | None:
        """The reason, for people, that the procedure does not apply to a case, or None."""
        if case.money is not None and case.money.to_pay and not self.pays:
            return "Its deals have no payments, and here the parties have something to pay or to receive together."
        if case.money is not None and case.money.one_each and not self.one_each:
            return "It may give somebody several things or none, and here everyone gets exactly one."
        return self.why_not(case if self.cuts else in_stretches(case))

    def find(self, case: Case, options: Options) -> Outcome:
        """The outcome for a case that is not refused. Raises NoDeal."""
        if self.cuts:
            return self.run(case, options)
        outcome = self.run(in_stretches(case), options)
        return replace(outcome, deal=with_cakes(case, outcome.deal))

    def asking(self, case: Case) -> Protocol:
        """The procedure as questions about a case that is not refused. Only where there is `ask`."""
        assert self.ask is not None
        if self.cuts:
            return (yield from self.ask(case))
        outcome = yield from self.ask(in_stretches(case))
        return replace(outcome, deal=with_cakes(case, outcome.deal))


def truthful_run(ask: Callable[[Case], Protocol]) -> Callable[[Case, Options], Outcome]:
    """The `run` of a procedure that is nothing but its questions, answered by the case's own points."""
    return lambda case, _: answered_truthfully(case, ask(case))


def burdens(case: Case) -> list[str]:
    """The labels of the issues that are burdens."""
    return [issue.label for issue in case.issues if isinstance(issue, Asset | Divisible) and issue.burden]


def choices(case: Case) -> list[str]:
    """The labels of the issues that are choices."""
    return [issue.label for issue in case.issues if isinstance(issue, Chosen)]


def not_plain(case: Case, title: str) -> str | None:
    """Why a procedure that hands out things one by one does not apply, or None.

    Such a procedure needs assets and divisibles only, points that simply add, and no rule that ties
    things together (a rule that only bars a party from an asset is respected).
    """
    if found := choices(case):
        return f"{title} hands out things; “{found[0]}” is a choice that holds for everyone."
    _, tying = allowed_settlements(case)
    if tying:
        return f"{title} cannot look ahead to rule {tying[0].rule}, which ties or limits what it hands out."
    if any(case.preferences[party.id].together for party in case.principals):
        return f"{title} needs points that simply add; this case has points that come together."
    return None
