"""Lines cut fairly, held against the definitions: worths are summed here, tenth of a length by tenth where needed."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from itertools import pairwise, permutations
from math import ceil, log2

import pytest

from evenhand.case import Case
from evenhand.certify import certify
from evenhand.deals import Deal
from evenhand.divide import PROCEDURES, Options
from making import PARTIES, case_of, random_line

CUTTERS = ("moving-knife", "last-diminisher", "even-paz")


def worth(case: Case, party: str, cake: str, pieces: list[tuple[Fraction, Fraction]]) -> Fraction:
    """The definition: points times the part of the area under the density that lies in the pieces."""
    issue, preference = case.issue(cake), case.preferences[party]
    heights = preference.density.get(cake, (Fraction(1),) * len(issue.stretches))
    area = whole = Fraction(0)
    for height, (low, high) in zip(heights, issue.stretches, strict=True):
        whole += height * (high - low)
        area += height * sum(max(Fraction(0), min(high, end) - max(low, start)) for start, end in pieces)
    return preference.points[cake] * area / whole


def assert_covered_once(case: Case, deal: Deal, cake: str) -> None:
    ends = sorted(piece for pieces in deal.pieces[cake].values() for piece in pieces)
    marks = case.issue(cake).marks
    assert (ends[0][0], ends[-1][1]) == (marks[0], marks[-1])
    assert all(one[1] == two[0] for one, two in pairwise(ends))


def assert_proportional(case: Case, deal: Deal, cake: str) -> None:
    parts = sum(party.entitlement for party in case.principals)
    for party in case.principals:
        mine = worth(case, party.id, cake, deal.pieces[cake].get(party.id, ()))
        assert mine * parts >= case.preferences[party.id].points[cake] * party.entitlement


def assert_envy_free(case: Case, deal: Deal, cake: str) -> None:
    for one in case.principals:
        seen = {two.id: worth(case, one.id, cake, deal.pieces[cake].get(two.id, ())) for two in case.principals}
        assert all(seen[one.id] >= other for other in seen.values())


@pytest.mark.parametrize("block", range(10))
def test_everyone_gets_one_piece_worth_its_part_and_the_pieces_cover_the_line(block: int) -> None:
    for seed in range(100):
        rng = random.Random(f"cut {block} {seed}")
        case = random_line(rng, rng.randint(1, 5), cakes=1 + (seed % 10 == 0))
        for procedure in CUTTERS:
            deal = PROCEDURES[procedure].find(case, Options()).deal
            for cake in deal.pieces:
                assert_covered_once(case, deal, cake)
                assert_proportional(case, deal, cake)
                assert all(len(pieces) == 1 for pieces in deal.pieces[cake].values())


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("procedure", CUTTERS)
def test_unequal_entitlements_are_served_in_proportion(procedure: str, seed: int) -> None:
    case = random_line(random.Random(seed), 2 + seed % 3, entitled=4)
    deal = PROCEDURES[procedure].find(case, Options()).deal
    assert_covered_once(case, deal, "c0")
    assert_proportional(case, deal, "c0")


@pytest.mark.parametrize("block", range(5))
def test_after_divide_and_choose_nobody_prefers_the_others_piece(block: int) -> None:
    for seed in range(200):
        case = random_line(random.Random(f"choose {block} {seed}"), 2, cakes=1 + seed % 2)
        deal = PROCEDURES["divide-and-choose"].find(case, Options()).deal
        for cake in deal.pieces:
            assert_covered_once(case, deal, cake)
            assert_envy_free(case, deal, cake)
            assert_proportional(case, deal, cake)


@pytest.mark.parametrize("seed", range(60))
def test_divide_and_choose_serves_unequal_entitlements(seed: int) -> None:
    case = random_line(random.Random(seed), 2, entitled=5)
    deal = PROCEDURES["divide-and-choose"].find(case, Options()).deal
    assert_covered_once(case, deal, "c0")
    assert_proportional(case, deal, "c0")


@pytest.mark.parametrize("block", range(10))
def test_an_envy_free_cut_leaves_one_piece_each_and_no_envy(block: int) -> None:
    for seed in range(100):
        rng = random.Random(f"envy {block} {seed}")
        case = random_line(rng, 3 if seed % 4 else rng.randint(1, 2), stretches=2)
        found = PROCEDURES["envy-free-cut"].find(case, Options())
        assert_covered_once(case, found.deal, "c0")
        assert_envy_free(case, found.deal, "c0")
        assert_proportional(case, found.deal, "c0")
        assert all(len(pieces) == 1 for pieces in found.deal.pieces["c0"].values())


@pytest.mark.parametrize("seed", range(30))
def test_no_envy_free_cut_on_a_grid_serves_the_worst_served_better(seed: int) -> None:
    case = random_line(random.Random(f"grid {seed}"), 3, zeros=0)
    found = PROCEDURES["envy-free-cut"].find(case, Options())
    least = min(_part(case, party, found.deal.pieces["c0"][party]) for party in PARTIES[:3])
    marks = case.issue("c0").marks
    grid = [marks[0] + Fraction(step, 2) for step in range(int(2 * (marks[-1] - marks[0])) + 1)]
    for low, high in ((a, b) for a in grid for b in grid if a <= b):
        pieces = ((marks[0], low), (low, high), (high, marks[-1]))
        rows = {party: [_part(case, party, [piece]) for piece in pieces] for party in PARTIES[:3]}
        for order in permutations(range(3)):
            own = [rows[party][order[number]] for number, party in enumerate(PARTIES[:3])]
            if all(mine >= max(rows[party]) for mine, party in zip(own, PARTIES[:3], strict=True)):
                assert min(own) <= least


def _part(case: Case, party: str, pieces: object) -> Fraction:
    return worth(case, party, "c0", list(pieces)) / case.preferences[party].points["c0"]  # type: ignore[call-overload]


@pytest.mark.parametrize("parties", range(1, 13))
def test_no_more_questions_are_asked_than_the_published_bounds(parties: int) -> None:
    for seed in range(5):
        case = random_line(random.Random(seed), parties, zeros=0)
        asked = {}
        for procedure in CUTTERS:
            trace = PROCEDURES[procedure].find(case, Options()).trace
            asked[procedure] = Counter(step.action in ("mark", "trim", "let-stand") for step in trace)[True]
        assert asked["moving-knife"] == asked["last-diminisher"] == parties * (parties + 1) // 2 - 1
        assert asked["even-paz"] <= parties * ceil(log2(parties))


def test_marks_are_exact_and_told_with_their_part() -> None:
    case = case_of(
        {"ana": [90], "ben": [1]},
        [{"id": "coast", "kind": "cake", "marks": [0, 1, 3]}],
        ana={"density": {"coast": [4, 1]}},
    )
    found = PROCEDURES["divide-and-choose"].find(case, Options())
    assert found.deal.pieces["coast"] == {"ana": ((0, Fraction(3, 4)),), "ben": ((Fraction(3, 4), 3),)}
    assert found.trace[0].facts["at"] == "3/4"
    assert found.trace[0].facts["part"] == "1/2"


def test_a_party_that_wants_nothing_of_a_line_gets_nothing_and_harms_nobody() -> None:
    line = [{"id": "coast", "kind": "cake", "marks": [0, 6]}]
    case = case_of({"ana": [6], "ben": [0], "cem": [6]}, line)
    for procedure in (*CUTTERS, "envy-free-cut"):
        deal = PROCEDURES[procedure].find(case, Options()).deal
        values = {party: worth(case, party, "coast", deal.pieces["coast"].get(party, ())) for party in ("ana", "cem")}
        assert min(values.values()) >= 2
    assert "ben" not in PROCEDURES["moving-knife"].find(case, Options()).deal.pieces["coast"]


def test_equal_marks_go_to_the_first_party_in_the_case() -> None:
    case = case_of({"ana": [6], "ben": [6], "cem": [6]}, [{"id": "coast", "kind": "cake", "marks": [0, 6]}])
    for procedure in CUTTERS:
        deal = PROCEDURES[procedure].find(case, Options()).deal
        assert deal.pieces["coast"] == {"ana": ((0, 2),), "ben": ((2, 4),), "cem": ((4, 6),)}


def test_certificates_see_what_was_promised() -> None:
    case = random_line(random.Random(3), 3, zeros=0)
    for procedure in (*CUTTERS, "envy-free-cut"):
        found = PROCEDURES[procedure].find(case, Options())
        verdicts = {item.property: item.verdict for item in certify(case, found.deal)}
        assert verdicts["proportional"] == "holds"
        assert verdicts["envy-free"] == "holds" or procedure in CUTTERS


@pytest.mark.parametrize("procedure", CUTTERS)
def test_whatever_cannot_be_cut_is_named(procedure: str) -> None:
    case = case_of({"ana": [6, 1], "ben": [6, 1]}, [{"id": "coast", "kind": "cake", "marks": [0, 6]}, "house"])
    assert "“house” cannot" in PROCEDURES[procedure].refusal(case)


def test_too_fine_entitlements_are_refused() -> None:
    line = [{"id": "coast", "kind": "cake", "marks": [0, 6]}]
    case = case_of({"ana": [6], "ben": [6]}, line, entitlements=[1, 1000])
    for procedure in (*CUTTERS, "divide-and-choose"):
        assert "1001" in PROCEDURES[procedure].refusal(case)
    assert "unequal entitlements" in PROCEDURES["envy-free-cut"].refusal(case)


def test_envy_free_pieces_are_not_looked_for_among_four() -> None:
    assert "has 4 principals" in PROCEDURES["envy-free-cut"].refusal(random_line(random.Random(1), 4))
