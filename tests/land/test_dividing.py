"""Lines found are lines, none is beaten by another, and what is said of the best possible is never exceeded."""

import json
import random
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from evenhand.case import CaseError, read_case, read_document
from evenhand.certify import certificates_from_text, certificates_json, certify, recheck
from evenhand.deals import Deal, NotDefined
from evenhand.land.ceiling import limit_of, worst_ceiling
from evenhand.land.dividing import Asked, divide
from evenhand.land.ensemble import random_lines
from evenhand.land.ground import Land, read_land
from evenhand.land.lines import entitled_parts, measured
from evenhand.land.problem import as_sides, check_dividable, exact_levels, line_problem, sides_of
from evenhand.settle.land import drawn, with_lines
from evenhand.solve import Limits
from land.grids import connected, every_line, land_of

VALLEY = Path(__file__).parents[2] / "examples" / "valley" / "case.yaml"


def valley() -> Land:
    document = read_document(VALLEY)
    return read_land(read_case(document), document)[1]["valley"]


def random_land(draw: random.Random, **territory: object) -> Land:
    return land_of(3, 3, {party: [draw.randint(0, 9) for _ in range(8)] + [1] for party in ("ana", "ben")}, **territory)


def test_no_line_of_small_lands_passes_the_ceiling_and_searches_find_the_best() -> None:
    draw = random.Random(5)
    for number in range(8):
        land = random_land(draw, **({"fixed": {"00": "ana", "22": "ben"}} if number % 2 else {}))
        parts = entitled_parts(land)
        lines = [measured(land, "x", sides) for sides in every_line(land)]
        most = max(line.least(parts) for line in lines)
        problem, levels = line_problem(land), exact_levels(land)
        ceiling = worst_ceiling(problem, levels)
        assert most <= ceiling.limit
        assert sum(ceiling.weights) == 1
        assert limit_of(problem, levels, ceiling.weights) == ceiling.limit
        found = divide(land, Asked(count=4, seed=1))
        assert max(line.least(parts) for line in found.lines) == most
        shortest = min(line.border for line in lines if line.least(parts) >= Fraction(1, 2))
        assert min(line.border for line in found.lines) == shortest
        assert found.shortest is not None
        assert found.shortest.least == shortest


@pytest.mark.parametrize("between", [False, True])
def test_a_joint_zone_of_so_much_is_sought_certified_and_never_passes_the_ceiling(between: bool) -> None:
    draw = random.Random(6)
    for share, fixed in (("1/2", {}), ("1/3", {"11": "joint"}), ("2/3", {"00": "ana"})):
        joint = {"share": share, "at_least": 2, "at_most": "7/2", "between": between}
        values = {party: [draw.randint(1, 9) for _ in range(8)] for party in ("ana", "ben")}
        land = land_of(4, 2, values, joint=joint, fixed=fixed)
        parts, zone = entitled_parts(land), land.territory.zone
        lines = [measured(land, "x", sides) for sides in every_line(land, "joint")]
        asked = [line for line in lines if 2 <= len(line.cells["joint"]) <= 3]
        asked = [line for line in asked if not (between and sides_touch(land, line.sides))]
        enough = [line for line in asked if line.least(parts) >= Fraction(1, 2)]
        found = drawn(land, read_document(VALLEY), Asked(count=4, seed=1), 0)
        assert zone is not None
        assert max(line.least(parts) for line in found.lines) == max(line.least(parts) for line in asked)
        assert min(line.border for line in found.lines) == min(line.border for line in enough)
        assert found.division.ceiling.limit >= max(line.least(parts) for line in asked)
        for line in lines[:: len(lines) // 40]:
            case = land.case.model_copy(update={"issues": (land.territory.with_lines({"x": line.cells}),)})
            (one,) = certify(case, Deal.of(case, {"land": "x"}), only=("joint-zone-as-asked",))
            assert one.verdict == ("holds" if line in asked else "fails")
            written = json.dumps(certificates_json(case, Deal.of(case, {"land": "x"}), [one], {}))
            assert {row.outcome for row in recheck(case, certificates_from_text(case, written))} == {"confirmed"}
        assert {row.verdict for rows in found.certificates.values() for row in rows} == {"holds"}


def sides_touch(land: Land, sides: dict[str, str]) -> bool:
    """By definition: two neighbours of two parties."""
    rows = land.ground.neighbours.items()
    pairs = ({sides[cell], sides[other]} for cell, row in rows for other in row)
    return any(pair == {"ana", "ben"} for pair in pairs)


def test_nobody_moves_in_a_joint_zone_and_a_zone_that_cannot_be_is_named() -> None:
    document, equal = read_document(VALLEY), {"ana": [1, 1, 1, 1], "ben": [1, 1, 1, 1]}
    homes = {"ana": "area_km2", "ben": "area_km2"}
    land = land_of(4, 1, equal, joint={"at_most": 2, "of": "area_km2"}, homes=homes)
    assert line_problem(land).moving.tolist() == [[1, 1, 0]] * 4
    for joint, fixed, what in (
        ({"at_most": 1}, {"10": "joint", "20": "joint"}, "more than the joint zone may have"),
        ({"at_least": 3, "at_most": 4}, {"00": "ana", "30": "ben"}, "more than the land that is not fixed"),
    ):
        with pytest.raises(CaseError, match=what):
            check_dividable(land_of(4, 1, equal, joint=joint, fixed=fixed), document)
    with pytest.raises(NotDefined, match="a larger joint zone"):
        divide(land_of(2, 2, equal, joint={"at_most": 1, "between": True}), Asked(count=2))


def test_lines_found_are_connected_undominated_and_the_same_for_a_seed() -> None:
    land = valley()
    found = divide(land, Asked(count=8))
    parts = entitled_parts(land)
    for line in found.lines:
        assert sorted(cell for cells in line.cells.values() for cell in cells) == sorted(land.ground.cells)
        assert all(connected(land.ground, cells) for cells in line.cells.values())
        assert all(line.sides[cell] == side for cell, side in land.territory.fixed.items())
        assert line.sides["c4"] == line.sides["d4"]
        assert found.gap(line) * line.least(parts) == max(0, found.ceiling.limit - line.least(parts))
    borders, levels = [line.border for line in found.lines], [line.least(parts) for line in found.lines]
    assert borders == sorted(set(borders))
    assert levels == sorted(set(levels))
    again = divide(valley(), Asked(count=8))
    assert [line.cells for line in again.lines] == [line.cells for line in found.lines]


@pytest.mark.parametrize("by", ["shortest-border", "max-min", "nash"])
def test_one_aim_gives_one_line_as_good_as_any_on_small_lands(by: str) -> None:
    draw = random.Random(8)
    for _ in range(6):
        land = random_land(draw)
        parts = entitled_parts(land)
        score = {
            "shortest-border": lambda line: -line.border,
            "max-min": lambda line, parts=parts: line.least(parts),
            "nash": lambda line: np.prod([float(part) for part in line.part.values()]),
        }[by]
        (found,) = divide(land, Asked(by=by)).lines
        lines = (measured(land, "x", sides) for sides in every_line(land))
        best = max(score(line) for line in lines if line.least(parts) >= Fraction(1, 2))
        assert score(found) == pytest.approx(float(best))


def test_a_part_that_no_line_gives_is_refused_and_a_smaller_one_is_kept() -> None:
    land = random_land(random.Random(3))
    parts = entitled_parts(land)
    for least in (Fraction(1, 4), Fraction(4, 5)):
        assert all(line.least(parts) >= least for line in divide(land, Asked(count=4, least=least)).lines)
    alike = land_of(2, 1, {"ana": [9, 1], "ben": [9, 1]})
    with pytest.raises(NotDefined, match="--least"):
        divide(alike, Asked(count=4, least=Fraction(1)))


def test_least_movement_counts_people_of_others() -> None:
    with pytest.raises(NotDefined, match="homes"):
        divide(random_land(random.Random(1)), Asked(by="least-movement"))
    land = land_of(3, 1, {"ana": [1, 1, 1], "ben": [1, 1, 1]}, homes={"ana": "area_km2"})
    assert line_problem(land).moving.tolist() == [[0, 1], [0, 1], [0, 1]]


def test_three_parties_get_connected_land() -> None:
    draw = random.Random(2)
    land = land_of(4, 3, {party: [draw.randint(0, 9) for _ in range(12)] for party in ("ana", "ben", "cem")})
    for line in divide(land, Asked(count=5)).lines:
        assert all(cells and connected(land.ground, cells) for cells in line.cells.values())


def test_a_place_among_random_lines_is_counted_exactly() -> None:
    land = valley()
    found = random_lines(land, 300, 4, "people")
    assert found is not None
    line = measured(land, "river", land.territory.sides("river"))
    own = [(line.part[party], whole) for party, whole in zip(land.parties, found.wholes, strict=True)]
    worse = [
        all(part > Fraction(int(less), whole) for (part, whole), less in zip(own, row, strict=True))
        for row in found.sums
    ]
    place = found.place(line)
    assert place.worse_for_all == Fraction(sum(worse), 300)
    assert place.longer == Fraction(sum(int(border) > line.border for border in found.borders), 300)
    assert (random_lines(land, 300, 4, "people").borders == found.borders).all()


def test_labels_and_sides_are_two_ways_to_say_the_same() -> None:
    land = valley()
    sides = land.territory.sides("river")
    labels = [sides_of(land).index(sides[cell]) for cell in land.ground.cells]
    assert as_sides(land, labels) == sides


def test_fixed_cells_that_cut_others_off_are_named() -> None:
    document = read_document(VALLEY)
    land = land_of(3, 1, {"ana": [1, 1, 1], "ben": [1, 1, 1]}, fixed={"00": "ana", "10": "ben", "20": "ana"})
    with pytest.raises(CaseError, match=r"ana cannot have 00 and 20 in one piece") as raised:
        check_dividable(land, document)
    assert raised.value.problems[0].path == "issues[0].fixed"


def test_fewer_cells_than_sides_and_a_single_side_are_refused() -> None:
    document = read_document(VALLEY)
    three = land_of(2, 1, {"ana": [1, 1], "ben": [1, 1], "cem": [1, 1]})
    with pytest.raises(CaseError, match="2 cells are too few for 3 sides"):
        check_dividable(three, document)
    with pytest.raises(CaseError, match="nobody to divide the land with"):
        check_dividable(land_of(2, 1, {"ana": [1, 1]}), document)


def test_a_stopped_search_says_so_and_keeps_what_it_has() -> None:
    found = divide(valley(), Asked(count=20, limits=Limits(0.01)))
    assert found.stopped or len(found.lines) < 20
    assert found.lines


def test_lines_put_on_the_table_are_options_with_certificates_that_hold() -> None:
    document = read_document(VALLEY)
    _, lands = read_land(read_case(document), document)
    found = drawn(lands["valley"], document, Asked(count=4), 0)
    assert found.on_table == {"river", "dam-to-hill", "east-bank-and-more"}
    case = with_lines(lands, "valley", found.lines)
    assert [option.id for option in case.issue("valley").options] == [line.id for line in found.lines]
    for line in found.lines:
        assert [one.verdict for one in found.certificates[line.id]] == ["holds", "holds"]
        values = case.preferences["hill"].values["valley"]
        assert values[line.id] == 100 * line.part["hill"]
    deal = Deal.of(case, {"valley": found.lines[-1].id, "dam": "hill", "water": {"hill": 1}, "tolls": "none"})
    assert [one.verdict for one in certify(case, deal, only=("sides-connected",))] == ["holds"]
