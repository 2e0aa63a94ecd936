"""Evenhand as it is measured: from a case to an outcome. Reading and validating the case is not counted."""

from __future__ import annotations

from collections.abc import Sequence

from benches.instances import Points
from benches.job import Answer, Clock, Solver, serve
from evenhand.case import Case
from evenhand.certify import PROPERTIES, Certificate, certify
from evenhand.certify.bundles import names
from evenhand.certify.examined import Examined
from evenhand.certify.maximin import STEPS
from evenhand.deals import Deal, Outcome
from evenhand.divide import PROCEDURES, Options
from evenhand.solve import largest_minimum

NAME = "Evenhand"


def case_of(points: Points) -> Case:
    """A case of whole assets with these points."""
    issues = [{"id": f"a{number}", "kind": "asset"} for number in range(len(points[0]))]
    wants = {f"p{i}": {"points": {f"a{k}": worth for k, worth in enumerate(row)}} for i, row in enumerate(points)}
    parties = [{"id": party} for party in wants]
    return Case.model_validate({"title": "bench", "parties": parties, "issues": issues, "preferences": wants})


def deal_of(holders: Sequence[int]) -> Deal:
    """The deal in which these parties hold the assets."""
    return Deal({f"a{asset}": f"p{holder}" for asset, holder in enumerate(holders)})


def procedure(name: str) -> Solver:
    """A procedure, from the case to its outcome."""

    def run(points: Points, _: Sequence[int], limit: float, clock: Clock) -> Answer:
        case = case_of(points)
        outcome = clock.of(lambda: PROCEDURES[name].run(case, Options(seconds=limit)))
        return _answer(outcome, len(points[0]))

    return run


def _answer(outcome: Outcome, assets: int) -> Answer:
    holders = [int(str(outcome.deal[f"a{asset}"])[1:]) for asset in range(assets)]
    gap, exact = outcome.method.gap, outcome.method.exact
    # A gap of 0 is no proof by itself: leximin states it for the worst-off, and may be stopped at a later level.
    stopped = gap is not None and not exact
    return Answer(holders, proved=exact, exact=exact, gap=gap, stopped=stopped, note=outcome.method.proof)


def maximin_shares(points: Points, _: Sequence[int], __: float, clock: Clock) -> Answer:
    """Every party's maximin share."""
    found = clock.of(lambda: [largest_minimum(row, len(points), STEPS) for row in points])
    proved = sum(share.decided for share in found)
    gap = max(share.high - share.low for share in found)
    return Answer(values=[share.low for share in found], proved=gap == 0, exact=True, proved_values=proved, gap=gap)


def envy_and_fairness(points: Points, holders: Sequence[int], _: float, clock: Clock) -> Answer:
    """EF, EF1, EFX, PROP and PROP1 of a deal, with their witnesses."""
    case, deal = case_of(points), deal_of(holders)
    checks = ("envy-free", "ef1", "efx", "proportional", "prop1")
    return _verdicts(clock.of(lambda: _checked(case, deal, checks)))


def fractional_pareto(points: Points, _: Sequence[int], limit: float, clock: Clock) -> Answer:
    """Pareto optimality even by sharing, of the deal that `nash` finds."""
    case = case_of(points)
    deal = PROCEDURES["nash"].run(case, Options(seconds=limit)).deal
    return _verdicts(clock.of(lambda: _checked(case, deal, ("fractionally-pareto-optimal",))))


def every_certificate(points: Points, holders: Sequence[int], _: float, clock: Clock) -> Answer:
    """All that `certify` says about a deal."""
    case, deal = case_of(points), deal_of(holders)
    return _verdicts(clock.of(lambda: certify(case, deal)))


def _checked(case: Case, deal: Deal, properties: Sequence[str]) -> list[Certificate]:
    """Certificates of a few properties; the deal is laid out for them once."""
    examined = Examined(case, deal, names(case))
    return [PROPERTIES[name].check(examined) for name in properties]


def _verdicts(found: Sequence[Certificate]) -> Answer:
    return Answer(note=", ".join(f"{one.property} {one.verdict}" for one in found))


SOLVERS: dict[tuple[str, str], Solver] = {
    **{(task, NAME): procedure(task) for task in ("nash", "leximin", "round-robin", "envy-cycle")},
    ("maximin-share", NAME): maximin_shares,
    ("envy and fairness", NAME): envy_and_fairness,
    ("fractional Pareto", NAME): fractional_pareto,
    ("all certificates", NAME): every_certificate,
}

if __name__ == "__main__":
    serve(SOLVERS)
