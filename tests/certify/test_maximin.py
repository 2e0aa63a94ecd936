"""The maximin share of each party, against all splits."""

import itertools
import random
from fractions import Fraction

import pytest

import oracle
from evenhand.certify import certify
from evenhand.deals import Deal, value_of
from making import case_of


def found(case, deal):
    return next(row for row in certify(case, deal) if row.property == "maximin-share")


def share(case, party):
    points = [case.preferences[party].points[issue.id] for issue in case.issues]
    return oracle.largest_smallest_part(points, len(case.principals))


@pytest.mark.parametrize("signs", [(1,), (-1,), (1, -1)])
def test_the_verdict_is_that_of_all_splits_and_both_halves_of_the_proof_are_given(signs):
    rng = random.Random(9)
    seen = set()
    for _ in range(100):
        count, width = rng.randint(2, 3), rng.randint(1, 6)
        names = ("a", "b", "c")[:count]
        sign = [rng.choice(signs) for _ in range(width)]
        issues = [{"id": f"i{n}", "burden": sign[n] < 0} for n in range(width)]
        case = case_of(
            {name: [Fraction(sign[n] * rng.randint(0, 18), 2) for n in range(width)] for name in names}, issues
        )
        deal = Deal.of(case, {issue.id: rng.choice(names) for issue in case.issues})
        shares = {party: share(case, party) for party in names}
        short = [party for party in names if value_of(case, deal, party) < shares[party]]
        certificate = found(case, deal)
        seen.add(certificate.verdict)
        assert certificate.verdict == ("fails" if short else "holds")
        assert certificate.witness.get("short", []) == short
        for party, row in certificate.witness["parties"].items():
            assert Fraction(row["at_least"]) == Fraction(row["at_most"]) == shares[party]
            assert sorted(itertools.chain.from_iterable(row["split"])) == [issue.id for issue in case.issues]
            points = case.preferences[party].points
            assert min(sum(points[i] for i in part) for part in row["split"]) == shares[party]
    assert seen == {"holds", "fails"}


def test_it_is_undefined_with_choices_shares_or_unequal_entitlements():
    case = case_of({"a": [1, 2], "b": [2, 1]}, entitlements=[1, 2])
    assert found(case, Deal.of(case, {"i1": "a", "i2": "b"})).verdict == "undefined"
    case = case_of({"a": [1, 2], "b": [2, 1]})
    half = {"a": Fraction(1, 2), "b": Fraction(1, 2)}
    assert found(case, Deal.of(case, {"i1": half, "i2": "b"})).verdict == "undefined"
