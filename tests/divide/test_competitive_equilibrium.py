"""In a competitive equilibrium everyone spends its budget on what it likes best for the price."""

import random
from fractions import Fraction

from evenhand.certify import certify
from evenhand.divide import PROCEDURES, Options
from making import case_of

CE = PROCEDURES["competitive-equilibrium"]
NAMES = ("a", "b", "c", "d")


def random_market(rng):
    count, width = rng.randint(1, 4), rng.randint(1, 6)
    points = {name: [rng.randint(0, 9) for _ in range(width)] for name in NAMES[:count]}
    return case_of(points, entitlements=[rng.randint(1, 3) for _ in range(count)])


def test_budgets_are_spent_on_the_best_rates_and_everything_is_sold():
    rng = random.Random(11)
    tried = 0
    for _ in range(150):
        case = random_market(rng)
        if CE.why_not(case):
            continue
        tried += 1
        outcome = CE.run(case, Options())
        facts = outcome.trace[0].facts
        prices = {issue: Fraction(price) for issue, price in facts["prices"].items()}
        budgets = {party: Fraction(budget) for party, budget in facts["budgets"].items()}
        spent = dict.fromkeys(budgets, Fraction(0))
        for issue in case.issues:
            shares = outcome.deal.shares(issue.id)
            assert sum(shares.values()) == 1
            for party, share in shares.items():
                spent[party] += share * prices[issue.id]
                points = case.preferences[party].points
                rates = [points[i.id] / prices[i.id] for i in case.issues if prices[i.id]]
                assert prices[issue.id] == 0 or points[issue.id] / prices[issue.id] == max(rates)
        assert spent == budgets
    assert tried > 100


def test_nobody_envies_and_nothing_is_better_even_by_sharing():
    rng = random.Random(12)
    for _ in range(80):
        case = random_market(rng)
        if CE.why_not(case) is None:
            outcome = CE.run(case, Options())
            found = {row.property: row.verdict for row in certify(case, outcome.deal, outcome.multipliers)}
            assert found["envy-free"] == "holds"
            assert found["fractionally-pareto-optimal"] == "holds"
            assert found["proportional"] == "holds"


def test_the_prices_prove_that_no_product_is_larger():
    case = case_of({"a": [4, 1], "b": [1, 4]}, [{"id": "x"}, {"id": "y"}])
    outcome = CE.run(case, Options())
    bound = next(row for row in certify(case, outcome.deal, outcome.multipliers) if row.property == "nash-bound")
    assert bound.witness["largest_possible"]
