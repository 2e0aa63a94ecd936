import random
from fractions import Fraction

import pytest

import oracle
from evenhand.bargain import frontier_of
from evenhand.case import Divisible
from evenhand.deals import NotDefined, Space, broken_rules, deal_values
from making import case_of, random_case, with_money


def some_case(rng):
    return random_case(
        rng,
        parties=3,
        assets=rng.randint(0, 1),
        choices=rng.randint(0, 1),
        divisible=1,
        top=20,
        burdens=0.3,
        together=rng.choice([0, 1]),
        rules=rng.choice([0, 1, 2]),
        no_deal=rng.choice([0, 4]),
    )


def some_deal(rng, case):
    """Whole issues and fine shares, at random."""
    settled = dict(rng.choice(list(oracle.every_deal(case))))
    for issue in case.issues:
        if isinstance(issue, Divisible):
            parts = [rng.choice([0, rng.random()]) for _ in case.principals]
            parts = [Fraction(int(part * 1000)) for part in parts]
            parts[rng.randrange(3)] += 1
            settled[issue.id] = dict(zip(oracle.names(case), (part / sum(parts) for part in parts), strict=True))
    return settled


@pytest.mark.parametrize("seed", range(4))
def test_no_deal_is_further_above_a_listed_one_than_the_gap_says(seed):
    rng, compared = random.Random(seed), 0
    for _ in range(6):
        case = some_case(rng)
        frontier = frontier_of(case)
        space = Space.of(case)
        ranges = [high - low for low, high in map(space.extremes, range(3))]
        within = [float(frontier.gap * size) + 1e-9 for size in ranges]
        values = frontier.values / [float(scale) for scale in frontier.scales]
        for _ in range(60):
            settled = some_deal(rng, case)
            if oracle.keeps_rules(case, settled) and oracle.beats_no_deal(case, settled):
                found = [float(value) for value in oracle.values(case, settled)]
                assert frontier.gap == 1 or ((values + within) >= found).all(axis=1).any()
                compared += 1
    assert compared > 20


def test_listed_packages_keep_the_rules_and_are_worth_what_is_said():
    rng = random.Random(9)
    for _ in range(10):
        case = some_case(rng)
        frontier = frontier_of(case)
        assert not frontier.complete
        for k in range(0, len(frontier), 200):
            deal = frontier.deal(k)
            assert not broken_rules(case, deal)
            assert tuple(deal_values(case, deal).values()) == frontier.value(k)
            assert all(v >= d for v, d in zip(frontier.value(k), frontier.no_deal, strict=True))


def test_payments_between_three_are_refused():
    with pytest.raises(NotDefined, match="two parties"):
        frontier_of(with_money(case_of({"ana": [1], "ben": [2], "cem": [3]})))


def test_one_party_alone_gets_all_of_what_can_be_split():
    case = case_of({"ana": [3, 4]}, [{"id": "savings", "kind": "divisible"}, "land"])
    frontier = frontier_of(case)
    assert (frontier.complete, len(frontier), frontier.value(0)) == (True, 1, (Fraction(7),))
