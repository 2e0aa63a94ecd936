"""In a competitive equilibrium everyone spends its budget on what it likes best for the price."""

import random
from fractions import Fraction

import oracle
from evenhand.certify import PROPERTIES, certify
from evenhand.certify.examined import Examined
from evenhand.divide import PROCEDURES, Options
from making import case_of

CE = PROCEDURES["competitive-equilibrium"]
NAMES = ("a", "b", "c", "d")


def markets(name):
    """A thousand small markets that have a meaning, each with its outcome."""
    rng = random.Random(name)
    for _ in range(1250):
        count, width = rng.choice([1, 2, 2, 2, 3]), rng.randint(1, 3)
        points = {name: [rng.randint(0, 9) for _ in range(width)] for name in NAMES[:count]}
        case = case_of(points, entitlements=[rng.randint(1, 3) for _ in range(count)])
        if CE.why_not(case) is None:
            yield case, CE.run(case, Options())


def test_budgets_are_spent_on_the_best_rates_everything_is_sold_and_so_nobody_envies():
    tried = 0
    for case, outcome in markets("sold"):
        tried += 1
        facts = outcome.trace[0].facts
        prices = {issue: Fraction(price) for issue, price in facts["prices"].items()}
        budgets = {party: Fraction(budget) for party, budget in facts["budgets"].items()}
        assert spent(case, outcome.deal, prices) == budgets
        assert oracle.envy_free(case, outcome.deal.settlements)
        assert oracle.proportional(case, outcome.deal.settlements)
        if tried % 20 == 0:
            examined = Examined(case, outcome.deal, tuple(oracle.names(case)))
            assert PROPERTIES["fractionally-pareto-optimal"].check(examined).verdict == "holds"
    assert tried > 1000


def spent(case, deal, prices):
    """What each party pays for its shares, which must be of the best worth for the price that it can buy."""
    paid = dict.fromkeys(oracle.names(case), Fraction(0))
    best = {
        party: max((worth.points[issue] / price for issue, price in prices.items() if price), default=0)
        for party, worth in case.preferences.items()
    }
    for issue in case.issues:
        shares = deal.shares(issue.id)
        assert sum(shares.values()) == 1
        for party, share in shares.items():
            paid[party] += share * prices[issue.id]
            assert case.preferences[party].points[issue.id] == best[party] * prices[issue.id] or not prices[issue.id]
    return paid


def test_the_prices_prove_that_no_product_is_larger():
    case = case_of({"a": [4, 1], "b": [1, 4]}, [{"id": "x"}, {"id": "y"}])
    outcome = CE.run(case, Options())
    bound = next(row for row in certify(case, outcome.deal, outcome.multipliers) if row.property == "nash-bound")
    assert bound.witness["largest_possible"]
