"""Claims rules give the table of the Mishnah, and keep their axioms on random claims."""

import json
import random
from fractions import Fraction
from pathlib import Path

import pytest

from evenhand.case import CaseError, parse_document, read_case
from evenhand.divide import PROCEDURES, Options
from evenhand.divide.claims import equal_awards, equal_losses, proportional, talmud

SHARED = Path(__file__).parents[2].parent / "shared" / "cases" / "talmud_bankruptcy.json"
RULES = [proportional, equal_awards, equal_losses, talmud]


def claimed(name, least=0):
    """A thousand times: who claims what, and what there is."""
    rng = random.Random(name)
    for _ in range(1000):
        claims = [Fraction(rng.randint(least, 40)) for _ in range(rng.randint(2 if least else 1, 5))]
        yield claims, sum(claims) * rng.randint(0, 100) / 100


def case(amount, claims):
    names = "abcde"[: len(claims)]
    claimed = ", ".join(f"{name}: {claim}" for name, claim in zip(names, claims, strict=True))
    return read_case(
        parse_document(
            f"""
title: t
parties: [{", ".join(f"{{id: {name}}}" for name in names)}]
issues: [{{id: e, kind: divisible, amount: {amount}, claims: {{{claimed}}}}}]
preferences: {{{", ".join(f"{name}: {{points: {{e: 100}}}}" for name in names)}}}
"""
        )
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not beside this checkout")
def test_the_talmud_rule_gives_the_published_table():
    published = json.loads(SHARED.read_text())
    claims = [Fraction(claim) for claim in published["points"]["claims"]]
    for estate, awards in published["published_result"].items():
        assert talmud(claims, Fraction(estate)) == [Fraction(award) for award in awards]


def test_every_rule_hands_out_the_estate_within_the_claims_and_treats_equals_equally():
    for claims, estate in claimed("all"):
        for rule in RULES:
            rows = list(zip(claims, rule(claims, estate), strict=True))
            assert sum(award for _, award in rows) == estate
            assert all(0 <= award <= claim for claim, award in rows)
            assert all(a == b for c, a in rows for d, b in rows if c == d)


def test_equal_losses_are_the_dual_of_equal_awards_and_talmud_is_its_own_dual():
    for claims, estate in claimed("dual"):
        for rule, dual in ((equal_awards, equal_losses), (talmud, talmud), (proportional, proportional)):
            losses = dual(claims, sum(claims) - estate)
            assert rule(claims, estate) == [claim - loss for claim, loss in zip(claims, losses, strict=True)]


def test_talmud_divides_between_any_two_as_it_would_for_them_alone():
    for claims, estate in claimed("two", least=1):
        awards = talmud(claims, estate)
        assert talmud(claims[:2], awards[0] + awards[1]) == awards[:2]


def test_equal_awards_make_the_smallest_award_as_large_as_possible_and_equal_losses_the_largest_loss_small():
    for claims, estate in claimed("levels"):
        awards = equal_awards(claims, estate)
        level = max(awards)
        assert all(award in (level, claim) for award, claim in zip(awards, claims, strict=True))
        losses = [c - a for c, a in zip(claims, equal_losses(claims, estate), strict=True)]
        assert all(loss in (max(losses), claim) for loss, claim in zip(losses, claims, strict=True))


def test_a_procedure_shares_the_issue_by_the_rule():
    outcome = PROCEDURES["talmud"].run(case(200, [100, 200, 300]), Options())
    assert dict(outcome.deal.shares("e")) == {"a": Fraction(1, 4), "b": Fraction(3, 8), "c": Fraction(3, 8)}
    assert [step.facts["award"] for step in outcome.trace] == ["50", "75", "75"]


def test_claims_that_do_not_exceed_the_estate_are_refused_with_the_reason():
    assert "nothing to ration" in PROCEDURES["talmud"].why_not(case(700, [100, 200, 300]))


@pytest.mark.parametrize(
    ("claims", "phrase"),
    [
        ("{a: 1}", 'the claim of "b" is missing'),
        ("{a: 1, b: -1}", "a claim may not be below 0"),
        ("{a: 1, b: 1, z: 1}", 'there is no principal "z"'),
    ],
)
def test_wrong_claims_are_named(claims, phrase):
    text = f"""
title: t
parties: [{{id: a}}, {{id: b}}]
issues: [{{id: e, kind: divisible, amount: 1, claims: {claims}}}]
preferences: {{a: {{points: {{e: 1}}}}, b: {{points: {{e: 1}}}}}}
"""
    with pytest.raises(CaseError, match=phrase):
        read_case(parse_document(text))
