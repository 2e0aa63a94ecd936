"""Which question to a party would tell most: by how much its answer can be expected to lower regret.

A question halves what one party might want: a form in its unknown points is at least 0, or it is not. After either
answer the package is chosen that then has the least regret. (Expected value of information: U. Chajewska, D. Koller
and R. Parr, AAAI 2000; with worst regret: Boutilier and others, Artificial Intelligence 170, 2006.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import frexp
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenhand.bargain.doubt.form import Form
from evenhand.bargain.doubt.wants import Wants
from evenhand.bargain.doubt.worlds import Worlds
from evenhand.solve import Limits

Kind = Literal["no-deal", "packages", "more-than", "issues"]
Floats = NDArray[np.float64]
MOST_UNKNOWNS = 30
"""Of one party, no more unknowns are asked about than this: those that may lie furthest apart."""


@dataclass(frozen=True)
class Question:
    """Something to ask one party. The answer is yes where `form` is at least 0.

    `no-deal`: is package `first` at least as good as no deal; `packages`: is package `first` at least as good as
    `second`; `more-than`: is unknown `first` at least `limit` points; `issues`: is unknown `first` at least `second`.
    """

    party: int
    kind: Kind
    form: Form
    first: int
    second: int | None = None
    limit: Fraction | None = None


@dataclass(frozen=True)
class Effect:
    """What asking would do: regrets before and after, expected and worst over the sampled worlds.

    `yes` is the part of the worlds in which the answer is yes; `if_yes` and `if_no` are the packages to choose then.
    """

    question: Question
    yes: Fraction
    expected_before: float
    expected_after: float
    worst_before: float
    worst_after: float
    if_yes: int
    if_no: int


def questions(wants: Sequence[Wants], worlds: Sequence[Worlds], values: Sequence[Sequence[Form]]) -> list[Question]:
    """Every question considered, party by party; `values[d][p]` is what package d is worth to party p."""
    return [
        question
        for party, (want, world) in enumerate(zip(wants, worlds, strict=True))
        for question in (
            *_against_no_deal(party, want, [row[party] for row in values]),
            *_between_packages(party, [row[party] for row in values]),
            *_about_unknowns(party, want, world),
        )
        if question.form.factors
    ]


def _against_no_deal(party: int, want: Wants, values: Sequence[Form]) -> Iterator[Question]:
    for package, form in enumerate(values):
        yield Question(party, "no-deal", form - want.no_deal, package)


def _between_packages(party: int, values: Sequence[Form]) -> Iterator[Question]:
    for first, second in combinations(range(len(values)), 2):
        yield Question(party, "packages", values[first] - values[second], first, second)


def _about_unknowns(party: int, want: Wants, worlds: Worlds) -> Iterator[Question]:
    spread = [unknown.high - unknown.low for unknown in want.region.unknowns]
    asked = sorted(sorted(range(len(spread)), key=lambda k: -spread[k])[:MOST_UNKNOWNS])
    for k in asked:
        for limit in _limits(worlds, k):
            yield Question(party, "more-than", Form(-limit, {k: Fraction(1)}), k, limit=limit)
    points = [k for k in asked if want.named[k][0] and not want.named[k][1]]
    for first, second in combinations(points, 2):
        yield Question(party, "issues", Form(Fraction(0), {first: Fraction(1), second: Fraction(-1)}), first, second)


def _limits(worlds: Worlds, k: int) -> list[Fraction]:
    """Round numbers near the quarters of what an unknown may be."""
    ordered = np.sort(worlds.units[:, k])
    quarters = [Fraction(int(ordered[len(ordered) * part // 4]), worlds.scale) for part in (1, 2, 3)]
    spread = Fraction(int(ordered[-1] - ordered[0]), worlds.scale)
    step = _step(spread)
    return list(dict.fromkeys(round(quarter / step) * step for quarter in quarters)) if step else []


def _step(spread: Fraction) -> Fraction:
    """A power of ten, at most a tenth of the spread; 0 for none."""
    if spread <= 0:
        return Fraction(0)
    step = Fraction(1)
    while step > spread / 10:
        step /= 10
    while step * 10 <= spread / 10:
        step *= 10
    return step


def effects(
    asked: Iterable[Question],
    worlds: Sequence[Worlds],
    regrets: Floats,
    among: Sequence[int],
    limits: Limits | None = None,
) -> list[Effect]:
    """What each question would do; those whose answer is the same in every world are left out.

    `regrets`: worlds × packages; a package is chosen `among` those with these numbers. When the limits are spent, the
    questions tried so far.
    """
    regrets = regrets[:, among]
    exact = _summable(regrets)
    sums, worst = exact.sum(axis=0), regrets.max(axis=0)
    before = float(sums.min()) / len(regrets), float(worst.min())
    found = []
    for question in asked:
        if limits is not None and limits.spent():
            break
        yes = worlds[question.party].holds(question.form)
        count = int(yes.sum())
        if 0 < count < len(yes):
            found.append(_effect(question, yes, count, exact, sums, regrets, before, among))
    return found


def _effect(
    question: Question,
    yes: NDArray[np.bool_],
    count: int,
    exact: Floats,
    sums: Floats,
    regrets: Floats,
    before: tuple[float, float],
    among: Sequence[int],
) -> Effect:
    where_yes = yes.astype(np.float64) @ exact
    where_no = sums - where_yes
    worst = max(float(regrets[part].max(axis=0).min()) for part in (yes, ~yes))
    return Effect(
        question,
        Fraction(count, len(yes)),
        before[0],
        (float(where_yes.min()) + float(where_no.min())) / len(yes),
        before[1],
        worst,
        among[int(where_yes.argmin())],
        among[int(where_no.argmin())],
    )


def _summable(regrets: Floats) -> Floats:
    """Regrets rounded so that sums over all worlds are exact, and so do not depend on the order of adding."""
    largest = float(regrets.max()) * len(regrets)
    if not largest:
        return regrets
    grain = 2.0 ** (frexp(largest)[1] - 52)
    return np.asarray(np.rint(regrets / grain) * grain)


def best_effect(found: Sequence[Effect], *, worst: bool = False) -> Effect | None:
    """The question after which regret is least, expected or worst; of equal ones the first. None if none lowers it."""
    if worst:
        helpful = [effect for effect in found if effect.worst_after < effect.worst_before]
        return min(helpful, key=lambda effect: (effect.worst_after, effect.expected_after), default=None)
    helpful = [effect for effect in found if effect.expected_after < effect.expected_before]
    return min(helpful, key=lambda effect: (effect.expected_after, effect.worst_after), default=None)
