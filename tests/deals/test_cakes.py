"""A cake and its stretches are worth the same, and every procedure and certificate can use the stretches."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest

from evenhand.case import Case
from evenhand.certify import certify
from evenhand.deals import Deal, Space, deal_in_stretches, deal_values, in_stretches, with_cakes
from evenhand.divide import PROCEDURES, Options
from strategies import case_of

PARTIES = ("ana", "ben", "cem")


def random_cake_case(rng: random.Random, cakes: int = 1, assets: int = 1) -> Case:
    issues, points, density = [], {p: {} for p in PARTIES}, {p: {} for p in PARTIES}
    for number in range(cakes):
        marks = sorted(rng.sample(range(-5, 30), rng.randint(2, 5)))
        issues.append({"id": f"c{number}", "kind": "cake", "marks": marks, "unit": "km"})
        for party in PARTIES:
            heights = [rng.randint(0, 4) for _ in marks[1:]]
            if any(heights):
                density[party][f"c{number}"] = heights
    issues += [{"id": f"a{number}", "kind": "asset"} for number in range(assets)]
    for party in PARTIES:
        points[party] = {issue["id"]: rng.randint(0, 30) for issue in issues}
    wants = {p: {"points": points[p], "density": density[p]} for p in PARTIES}
    return case_of({"title": "T", "parties": [{"id": p} for p in PARTIES], "issues": issues, "preferences": wants})


def random_pieces(rng: random.Random, case: Case, cake: str) -> dict[str, list[tuple[Fraction, Fraction]]]:
    marks = case.issue(cake).marks
    inner = [marks[0] + (marks[-1] - marks[0]) * Fraction(rng.randint(1, 99), 100) for _ in range(4)]
    ends = sorted({marks[0], marks[-1], *inner})
    pieces: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for start, end in pairwise(ends):
        pieces.setdefault(rng.choice(PARTIES), []).append((start, end))
    return pieces


def worth_by_integration(case: Case, party: str, cake: str, pieces: list[tuple[Fraction, Fraction]]) -> Fraction:
    """Density times length, tenth by tenth of each stretch's pieces, over the whole: from the definition."""
    issue, preference = case.issue(cake), case.preferences[party]
    heights = preference.density.get(cake, (1,) * (len(issue.marks) - 1))

    def area(start: Fraction, end: Fraction) -> Fraction:
        cuts = sorted({start, end, *(mark for mark in issue.marks if start < mark < end)})
        total = Fraction(0)
        for low, high in pairwise(cuts):
            middle = (low + high) / 2
            height = next(h for h, a, b in zip(heights, issue.marks, issue.marks[1:], strict=False) if a < middle < b)
            total += height * (high - low)
        return total

    whole = area(issue.marks[0], issue.marks[-1])
    return preference.points[cake] * sum((area(*piece) for piece in pieces), Fraction(0)) / whole


@pytest.mark.parametrize("seed", range(60))
def test_a_piece_is_worth_its_area_under_the_density(seed: int) -> None:
    rng = random.Random(seed)
    case = random_cake_case(rng, assets=0)
    pieces = random_pieces(rng, case, "c0")
    deal = Deal.of(case, {}, pieces={"c0": pieces})
    for party in PARTIES:
        assert deal_values(case, deal)[party] == worth_by_integration(case, party, "c0", pieces.get(party, []))


@pytest.mark.parametrize("seed", range(60))
def test_a_deal_is_worth_the_same_in_stretches_and_back(seed: int) -> None:
    rng = random.Random(seed)
    case = random_cake_case(rng, cakes=2)
    deal = Deal.of(case, {"a0": "ana"}, pieces={c: random_pieces(rng, case, c) for c in ("c0", "c1")})
    plain = deal_in_stretches(case, deal)
    assert deal_values(in_stretches(case), plain) == deal_values(case, deal)
    back = with_cakes(case, plain)
    assert deal_values(case, back) == deal_values(case, deal)
    assert deal_in_stretches(case, back) == plain


def test_touching_pieces_are_one_and_empty_ones_are_none() -> None:
    case = random_cake_case(random.Random(1), assets=0)
    first, last = case.issue("c0").marks[0], case.issue("c0").marks[-1]
    middle = (first + last) / 2
    pieces = {"ben": [(middle, last), (first, middle)], "ana": [(middle, middle)]}
    deal = Deal.of(case, {}, pieces={"c0": pieces})
    assert deal.pieces == {"c0": {"ben": ((first, last),)}}
    assert deal.shares("c0") == {"ben": 1}


def test_a_case_without_cakes_is_its_own_stretches() -> None:
    case = case_of(
        {
            "title": "T",
            "parties": [{"id": "ana"}],
            "issues": [{"id": "a", "kind": "asset"}],
            "preferences": {"ana": {"points": {"a": 1}}},
        }
    )
    assert in_stretches(case) is case


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("procedure", ["nash", "leximin"])
def test_optimal_procedures_divide_cakes_as_well_as_their_stretches(seed: int, procedure: str) -> None:
    case = random_cake_case(random.Random(seed), assets=2)
    found = PROCEDURES[procedure].find(case, Options())
    assert set(found.deal.pieces) == {"c0"}
    parts = PROCEDURES[procedure].run(in_stretches(case), Options())
    assert deal_values(case, found.deal) == deal_values(in_stretches(case), parts.deal)
    assert Space.of(case).parties == PARTIES
    for certificate in certify(case, found.deal):
        assert certificate.verdict in ("holds", "fails", "undecided", "undefined")
    assert {c.property: c for c in certify(case, found.deal)}["rules-kept"].verdict == "holds"
