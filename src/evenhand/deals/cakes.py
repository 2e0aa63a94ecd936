"""A cake as its stretches.

Within a stretch everybody values all parts alike, so a stretch is a divisible issue. Whoever does not care
where a cake is cut (values, certificates, most procedures) sees its stretches instead. Their ids have a dot,
which no id in a case file may have.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from evenhand.case import Cake, Case, Divisible, Issue, Preference, plain_decimal
from evenhand.deals.deal import Deal, Pieces


def in_stretches(case: Case) -> Case:
    """The case with a divisible issue for each stretch of each cake; the same case where there is none."""
    if not any(isinstance(issue, Cake) for issue in case.issues):
        return case
    issues = tuple(part for issue in case.issues for part in _stretches(issue))
    wants = {party: _preference(case, preference) for party, preference in case.preferences.items()}
    return case.model_copy(update={"issues": issues, "preferences": wants})


def deal_in_stretches(case: Case, deal: Deal) -> Deal:
    """A deal on a case with cakes as a deal on `in_stretches(case)`, worth the same to everyone."""
    settled = {issue.id: deal[issue.id] for issue in case.issues if not isinstance(issue, Cake)}
    for cake in _cakes(case):
        for number, (start, end) in enumerate(cake.stretches):
            held = {p: _overlap(pieces, start, end) / (end - start) for p, pieces in deal.pieces[cake.id].items()}
            settled[_name(cake, number)] = held
    return Deal.of(in_stretches(case), settled, deal.payments, subsidy=deal.subsidy) if deal.pieces else deal


def with_cakes(case: Case, deal: Deal) -> Deal:
    """A deal on `in_stretches(case)` as a deal on the case.

    Within a stretch parties stand in the case's order, in every second one the other way round, so that
    pieces of one party meet where two stretches do.
    """
    cakes = _cakes(case)
    if not cakes:
        return deal
    settled = {issue.id: deal[issue.id] for issue in case.issues if not isinstance(issue, Cake)}
    return Deal.of(case, settled, deal.payments, {cake.id: _placed(cake, deal) for cake in cakes}, deal.subsidy)


def pieces_worth(preference: Preference, cake: Cake, pieces: Pieces) -> Fraction:
    """What some pieces of a cake are worth to a party."""
    worths = stretch_worths(preference, cake)
    return sum(
        (
            worth * _overlap(pieces, start, end) / (end - start)
            for worth, (start, end) in zip(worths, cake.stretches, strict=True)
        ),
        Fraction(0),
    )


def _cakes(case: Case) -> list[Cake]:
    return [issue for issue in case.issues if isinstance(issue, Cake)]


def _name(cake: Cake, number: int) -> str:
    return f"{cake.id}.{number + 1}"


def _stretches(issue: Issue) -> tuple[Issue, ...]:
    if not isinstance(issue, Cake):
        return (issue,)
    return tuple(
        Divisible.model_construct(
            id=_name(issue, number),
            name=f"{issue.label} {plain_decimal(start)}–{plain_decimal(end)} {issue.unit}".rstrip(),
            kind="divisible",
            amount=end - start,
            unit=issue.unit,
        )
        for number, (start, end) in enumerate(issue.stretches)
    )


def _preference(case: Case, preference: Preference) -> Preference:
    """The points (and what is in doubt of them) spread over the stretches."""
    points = dict(preference.points)
    doubt = preference.doubt if isinstance(preference.doubt, str) else dict(preference.doubt)
    for cake in _cakes(case):
        shares = _stretch_shares(preference, cake)
        whole = points.pop(cake.id)
        points |= {_name(cake, number): whole * share for number, share in enumerate(shares)}
        if not isinstance(doubt, str) and (interval := doubt.pop(cake.id, None)) is not None:
            doubt |= {
                _name(cake, number): interval if isinstance(interval, str) else (interval[0] * s, interval[1] * s)
                for number, s in enumerate(shares)
            }
    return preference.model_copy(update={"points": points, "doubt": doubt, "density": {}})


def stretch_worths(preference: Preference, cake: Cake) -> list[Fraction]:
    """What each stretch of a cake is worth to a party."""
    return [preference.points[cake.id] * share for share in _stretch_shares(preference, cake)]


def _stretch_shares(preference: Preference, cake: Cake) -> list[Fraction]:
    """What part of the cake's worth lies in each stretch: height × length, over the sum of these."""
    heights = preference.density.get(cake.id, (Fraction(1),) * len(cake.stretches))
    areas = [height * (end - start) for height, (start, end) in zip(heights, cake.stretches, strict=True)]
    return [area / sum(areas, Fraction(0)) for area in areas]


def _overlap(pieces: Pieces, start: Fraction, end: Fraction) -> Fraction:
    """How much of a stretch lies in the pieces."""
    return sum((max(Fraction(0), min(last, end) - max(first, start)) for first, last in pieces), Fraction(0))


def _placed(cake: Cake, deal: Deal) -> Mapping[str, list[tuple[Fraction, Fraction]]]:
    placed: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for number, (start, end) in enumerate(cake.stretches):
        at = start
        held = list(deal.shares(_name(cake, number)).items())
        for party, share in held[::-1] if number % 2 else held:
            placed.setdefault(party, []).append((at, at + share * (end - start)))
            at += share * (end - start)
    return placed
