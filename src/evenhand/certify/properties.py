"""Each property: what it is called, what it means, and whose definition is used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Property:
    """A property of deals: `title` and `meaning` are for people, `definition` and `source` for checkers."""

    id: str
    title: str
    meaning: str
    definition: str
    source: str


_ALL = (
    Property(
        "rules-kept",
        "Rules kept",
        "The deal crosses no red line and keeps every linkage.",
        "Every rule of the case holds. A shared asset counts against a rule as soon as any holder is barred.",
        "the case itself",
    ),
    Property(
        "beats-no-deal",
        "Better than no deal",
        "Nobody would do better by walking away.",
        "v_i(deal) ≥ no_deal_i for every party i.",
        "individual rationality; Nash, Econometrica 18 (1950)",
    ),
    Property(
        "envy-free",
        "No envy",
        "Nobody would rather have another's part.",
        "v_i(A_i)/e_i ≥ v_i(A_j)/e_j for all i, j; e are the entitlements (equal: plain envy-freeness).",
        "Foley (1967); for entitlements Chakraborty, Igarashi, Suksompong and Zick (2021)",
    ),
    Property(
        "ef1",
        "No envy but for one thing",
        "Whoever would rather have another's part would not, if one thing were left out.",
        "For all i, j some item g of A_i or A_j has v_i(A_i − g)/e_i ≥ v_i(A_j − g)/e_j.",
        "Budish (2011); with burdens Aziz, Caragiannis, Igarashi and Walsh (2022); weighted as above (2021)",
    ),
    Property(
        "efx",
        "No envy but for any one thing",
        "Whoever would rather have another's part would not, whichever one thing were left out.",
        "For all i, j and each good g of A_j that adds value to i: v_i(A_i)/e_i ≥ v_i(A_j − g)/e_j; "
        "burdens: for each own burden that costs i something, v_i(A_i − g)/e_i ≥ v_i(A_j)/e_j.",
        "Caragiannis, Kurokawa, Moulin, Procaccia, Shah and Wang (2019)",
    ),
    Property(
        "proportional",
        "A fair part of the whole",
        "Everyone gets at least its entitled part of all there is, by its own points.",
        "v_i(deal) ≥ e_i/E · T_i. T_i is what everything would be worth to i; of a choice, its best option.",
        "Steinhaus (1948); with choices Conitzer, Freeman and Shah (2017)",
    ),
    Property(
        "prop1",
        "A fair part but for one thing",
        "Everyone would have its entitled part with one thing more, or one burden less.",
        "For each i some one change (one more good, one burden less, one choice at i's best) brings v_i to "
        "e_i/E · T_i or above.",
        "Conitzer, Freeman and Shah (2017); weighted Aziz, Moulin and Sandomirskiy (2020)",
    ),
    Property(
        "maximin-share",
        "As good as dividing first",
        "Everyone gets at least what it could make sure of by dividing everything itself and taking the worst part.",
        "v_i(deal) ≥ max over splits into n parts of the least v_i(part), for equal entitlements.",
        "Budish, Journal of Political Economy 119 (2011)",
    ),
    Property(
        "equitable",
        "Equally served",
        "All are equally well served, each by its own points.",
        "v_i(deal)/e_i is the same for all i; points as written, not rescaled.",
        "Brams and Taylor (1996)",
    ),
    Property(
        "pareto-optimal",
        "Nothing better for everyone",
        "No other deal that leaves assets whole is better for somebody and worse for nobody.",
        "No deal that keeps the rules, with every asset whole and divisibles split in any way, has "
        "v_i ≥ for all i and > for one.",
        "Pareto optimality among whole assets (PO)",
    ),
    Property(
        "fractionally-pareto-optimal",
        "Nothing better even by sharing",
        "Even if every asset could be shared, nothing would be better for somebody and worse for nobody.",
        "Weights w > 0 exist such that every issue is held only by parties with the largest w_i v_i; "
        "otherwise a circle of small exchanges helps everyone in it.",
        "Varian (1976); Sandomirskiy and Segal-Halevi, Operations Research 70 (2022)",
    ),
    Property(
        "nash-bound",
        "How close to the largest product",
        "A limit that no deal's product of values can exceed, from prices that can be added up by hand.",
        "With multipliers m > 0 and prices p_k = max_s sum_i m_i v_i(k, s), every deal has "
        "prod v_i^e_i ≤ prod (e_i/m_i)^e_i · (sum p / E)^E.",
        "the inequality of the weighted means; prices as in Eisenberg and Gale (1959)",
    ),
)

PROPERTIES: dict[str, Property] = {item.id: item for item in _ALL}
"""Every property by id, in the order in which certificates are given."""
