"""The bargaining solutions, each with what it promises in plain words, the definition used, and its source."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evenhand.bargain.solutions.measures import Make, Product, Smallest, Sum, WorstRank, ratios_to_ideal


@dataclass(frozen=True)
class BargainingSolution:
    """A rule that picks one efficient package by the parties' gains over a disagreement point.

    `axioms` are what the source asks of a rule, in plain words; where packages cannot be mixed, more than one package
    may meet them, and then ties are counted. `definition` says which of the field's definitions is
    used; `compares` whether one party's points count against another's; `measured_in` is the unit of its gap.
    """

    id: str
    title: str
    in_short: str
    axioms: tuple[str, ...]
    definition: str
    source: str
    compares: bool
    measured_in: str
    measure: Make
    whole_only: bool = False
    """Has no meaning where packages form an unbroken stretch."""


_EFFICIENT = "No package is better for somebody and worse for nobody."
_ALIKE = "Parties in the same position are served alike."
_UNITS = "Counting a party's points in another unit changes nothing."
_TIES = "Ties: the larger smallest part of the ideal gain, then the first in the frontier's order."

NASH = BargainingSolution(
    id="nash",
    title="Nash",
    in_short="the largest product of gains",
    axioms=(_EFFICIENT, _ALIKE, _UNITS, "Taking away packages that were not picked changes nothing."),
    definition="Largest product of v_i − d_i over efficient packages with v ≥ d. Where no package lets all gain, "
    "the product runs over the largest set of parties that can gain at once, the first such set in the case's order. "
    f"{_TIES}",
    source="J. F. Nash, The bargaining problem, Econometrica 18 (1950); without convexity: M. Kaneko, An extension of "
    "the Nash bargaining problem and the Nash social welfare function, Theory and Decision 12 (1980)",
    compares=False,
    measured_in="of the mean gain",
    measure=lambda menu, _: Product.of(menu, (1,) * len(menu.units)),
)

KALAI_SMORODINSKY = BargainingSolution(
    id="kalai-smorodinsky",
    title="Kalai–Smorodinsky",
    in_short="everybody comes as near as can be to the most it could gain",
    axioms=(
        _EFFICIENT,
        _ALIKE,
        _UNITS,
        "If more becomes possible for one party alone, that party does not lose by it.",
    ),
    definition="Largest smallest ratio (v_i − d_i) / (ideal_i − d_i), where ideal_i is the most party i has in any "
    "package with v ≥ d; then the next smallest ratio (leximin). A party that can gain nothing is left out. "
    "Ties: the first in the frontier's order.",
    source="E. Kalai and M. Smorodinsky, Other solutions to Nash's bargaining problem, Econometrica 43 (1975); "
    "leximin: H. Imai, Individual monotonicity and lexicographic maxmin solution, Econometrica 51 (1983)",
    compares=False,
    measured_in="of the ideal gain",
    measure=lambda menu, _: ratios_to_ideal(menu),
)

EGALITARIAN = BargainingSolution(
    id="egalitarian",
    title="Egalitarian",
    in_short="whoever gains least gains as much as can be",
    axioms=(_EFFICIENT, _ALIKE, "If more packages become possible, the smallest gain never falls."),
    definition="Largest smallest gain v_i − d_i in points as written; then the next smallest (leximin). One party's "
    f"point counts as much as another's. {_TIES}",
    source="E. Kalai, Proportional solutions to bargaining situations: interpersonal utility comparisons, "
    "Econometrica 45 (1977); leximin: H. Imai, Econometrica 51 (1983)",
    compares=True,
    measured_in="points",
    measure=lambda menu, _: Smallest((Fraction(1),) * len(menu.units)),
)

UTILITARIAN = BargainingSolution(
    id="utilitarian",
    title="Utilitarian",
    in_short="the largest sum of points",
    axioms=(_EFFICIENT, _ALIKE, "No deal only says which packages count; among those it does not matter."),
    definition="Largest sum of points as written, over packages with v ≥ d. One party's point counts as much as "
    f"another's, which is meant where points are money or everybody spread the same total. {_TIES}",
    source="R. B. Myerson, Utilitarianism, egalitarianism, and the timing effect in social choice problems, "
    "Econometrica 49 (1981)",
    compares=True,
    measured_in="points in all",
    measure=lambda menu, _: Sum((Fraction(1),) * len(menu.units)),
)

RELATIVE_UTILITARIAN = BargainingSolution(
    id="relative-utilitarian",
    title="Relative utilitarian",
    in_short="the largest sum of parts of what each could gain",
    axioms=(_EFFICIENT, _ALIKE, _UNITS),
    definition="Largest sum of (v_i − d_i) / (ideal_i − d_i), where ideal_i is the most party i has in any package "
    f"with v ≥ d: everybody's best counts 1 and no deal 0. A party that can gain nothing is left out. {_TIES}",
    source="A. Dhillon and J.-F. Mertens, Relative utilitarianism, Econometrica 67 (1999); as a bargaining solution: "
    "X. Cao, Preference functions and bargaining solutions, IEEE Conference on Decision and Control (1982)",
    compares=False,
    measured_in="of the ideal gains in all",
    measure=lambda menu, _: Sum(tuple(1 / gain if gain else gain for gain in menu.ideal)),
)

NASH_WITH_POWER = BargainingSolution(
    id="nash-with-power",
    title="Nash with unequal power",
    in_short="the largest product of gains, each to the power of that party",
    axioms=(_EFFICIENT, _UNITS, "Taking away packages that were not picked changes nothing."),
    definition="Largest product of (v_i − d_i) to the power w_i; w are the entitlements of the case, or what was "
    f"given as power. Parties that cannot gain at once: as for nash. {_TIES}",
    source="J. C. Harsanyi and R. Selten, A generalized Nash solution for two-person bargaining games with incomplete "
    "information, Management Science 18 (1972); E. Kalai, Nonsymmetric Nash solutions and replications of 2-person "
    "bargaining, International Journal of Game Theory 6 (1977)",
    compares=False,
    measured_in="of the mean gain",
    measure=Product.of,
)

SINGLE_TEXT = BargainingSolution(
    id="single-text",
    title="Single text",
    in_short="nobody has to go further down its own list than it must",
    axioms=(
        _EFFICIENT,
        _ALIKE,
        "Only each party's order of the packages counts, not how many points lie between them.",
    ),
    definition="Each party ranks the efficient packages with v ≥ d, one for each value; smallest largest rank, then "
    f"the next largest. A package that is equally good has the same rank. {_TIES}",
    source="S. J. Brams and D. M. Kilgour, Fallback bargaining, Group Decision and Negotiation 10 (2001), there over "
    "all packages",
    compares=False,
    measured_in="",
    measure=lambda menu, _: WorstRank.of(menu),
    whole_only=True,
)

BARGAINING_SOLUTIONS = {
    solution.id: solution
    for solution in (
        NASH,
        KALAI_SMORODINSKY,
        EGALITARIAN,
        UTILITARIAN,
        RELATIVE_UTILITARIAN,
        NASH_WITH_POWER,
        SINGLE_TEXT,
    )
}
"""By id, in the order in which they are shown. Apart from `divide.PROCEDURES`, which know no disagreement point."""

SIDE_BY_SIDE = (NASH.id, KALAI_SMORODINSKY.id, EGALITARIAN.id, UTILITARIAN.id)
"""Shown when nobody names one."""
