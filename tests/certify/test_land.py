"""Certificates of land hold exactly where each side hangs together and all land is given, and are rechecked."""

import json
import random
from fractions import Fraction

import pytest

from evenhand.case import Case, Ground, Territory, parse_document, read_case
from evenhand.certify import certificates_from_text, certificates_json, certify, certify_for, recheck
from evenhand.deals import Deal

SIZE = 4
CELLS = tuple(f"{x}{y}" for y in range(SIZE) for x in range(SIZE))
NAMES = ("sides-connected", "land-covered-once")


def beside(cell: str) -> list[str]:
    x, y = int(cell[0]), int(cell[1])
    near = ((x, y - 1), (x - 1, y), (x + 1, y), (x, y + 1))
    return [f"{a}{b}" for a, b in near if 0 <= a < SIZE and 0 <= b < SIZE]


GROUND = Ground(CELLS, {cell: dict.fromkeys(beside(cell), 10) for cell in CELLS}, {"area_km2": (Fraction(1),) * 16}, {})


def case_with(line: dict[str, list[str]], ground: Ground | None = GROUND) -> Case:
    land = {"valley": {"cells": dict.fromkeys(CELLS, 1)}}
    tree = {
        "title": "Grid",
        "parties": [{"id": "ana"}, {"id": "ben"}],
        "issues": [{"id": "valley", "kind": "territory", "map": "m.geojson", "joint": True, "lines": {"x": line}}],
        "preferences": {party: {"points": {"valley": 10}, "land": land} for party in ("ana", "ben")},
    }
    case = read_case(parse_document(json.dumps(tree), "case.json", is_json=True))
    valley = case.issue("valley")
    assert isinstance(valley, Territory)
    return case if ground is None else case.model_copy(update={"issues": (valley.on(ground),)})


def checked(case: Case) -> tuple[dict[str, str], set[str]]:
    deal = Deal.of(case, {"valley": "x"})
    found = certify(case, deal, only=NAMES)
    written = json.dumps(certificates_json(case, deal, found, {}))
    outcomes = {finding.outcome for finding in recheck(case, certificates_from_text(case, written))}
    return {one.property: one.verdict for one in found}, outcomes


def hangs_together(cells: list[str]) -> bool:
    """By definition: from any cell, every other is reached through cells of the side."""
    reached = set(cells[:1])
    while more := {other for cell in reached for other in beside(cell) if other in cells} - reached:
        reached |= more
    return reached == set(cells)


def test_sides_hang_together_exactly_where_every_cell_can_be_reached() -> None:
    draw = random.Random(3)
    seen = set()
    for _ in range(300):
        sides: dict[str, list[str]] = {"ana": [], "ben": [], "joint": []}
        for cell in CELLS:
            sides[draw.choices(("ana", "ben", "joint"), (6, 3, draw.randint(0, 1)))[0]].append(cell)
        verdicts, outcomes = checked(case_with(sides))
        expected = all(hangs_together(cells) for cells in sides.values())
        seen.add(expected)
        assert verdicts["sides-connected"] == ("holds" if expected else "fails")
        assert outcomes == {"confirmed"}
    assert seen == {True, False}


def test_land_that_the_line_leaves_out_or_makes_up_is_told() -> None:
    assert checked(case_with({"ana": list(CELLS[:8]), "ben": list(CELLS[8:])}))[0]["land-covered-once"] == "holds"
    larger = Ground((*CELLS, "99"), {**GROUND.neighbours, "99": {}}, {}, {})
    inner = {cell: {n: 10 for n in GROUND.neighbours[cell] if n != "33"} for cell in CELLS[:15]}
    smaller = Ground(CELLS[:15], inner, {}, {})
    for ground in (larger, smaller):
        verdicts, outcomes = checked(case_with({"ana": list(CELLS[:8]), "ben": list(CELLS[8:])}, ground))
        assert verdicts["land-covered-once"] == "fails"
        assert outcomes == {"confirmed"}


def test_without_the_map_nothing_is_claimed() -> None:
    verdicts, outcomes = checked(case_with({"ana": list(CELLS[:8]), "ben": list(CELLS[8:])}, None))
    assert set(verdicts.values()) == {"undefined"}
    assert outcomes == {"nothing to recheck"}


def test_each_party_is_told_too() -> None:
    case = case_with({"ana": list(CELLS[:8]), "ben": list(CELLS[8:])})
    found = {one.property: one.verdict for one in certify_for(case, Deal.of(case, {"valley": "x"}), "ana")}
    assert found["sides-connected"] == found["land-covered-once"] == "holds"


@pytest.mark.parametrize("damage", ["swap", "lose", "double", "stranger", "verdict", "side", "not a list"])
def test_a_certificate_that_was_tampered_with_is_refuted(damage: str) -> None:
    case = case_with({"ana": list(CELLS[:6]), "ben": list(CELLS[6:])})
    deal = Deal.of(case, {"valley": "x"})
    written = json.loads(json.dumps(certificates_json(case, deal, certify(case, deal, only=NAMES[:1]), {})))
    row = written["certificates"][0]
    order = row["witness"]["order"]["valley"]
    match damage:
        case "swap":
            order["ana"][1], order["ana"][-1] = order["ana"][-1], order["ana"][1]
        case "lose":
            del order["ana"][-1]
        case "double":
            order["ana"].append(order["ana"][-1])
        case "stranger":
            order["ana"][2][1] = "33"
        case "verdict":
            row["verdict"] = "fails"
        case "side":
            order["ben"], order["ana"] = order["ana"], order["ben"]
        case "not a list":
            order["ana"] = "all of it"
    (finding,) = recheck(case, certificates_from_text(case, json.dumps(written)))
    assert finding.outcome == "refuted"


def test_a_false_claim_that_a_side_falls_apart_is_refuted() -> None:
    case = case_with({"ana": list(CELLS[:8]), "ben": list(CELLS[8:])})
    deal = Deal.of(case, {"valley": "x"})
    written = json.loads(json.dumps(certificates_json(case, deal, certify(case, deal, only=NAMES[:1]), {})))
    for part in (["00"], list(CELLS[:8]), [], ["33"]):
        apart = [{"territory": "valley", "side": "ana", "cut_off": part}]
        written["certificates"][0] |= {"verdict": "fails", "witness": {"apart": apart}}
        (finding,) = recheck(case, certificates_from_text(case, json.dumps(written)))
        assert finding.outcome == "refuted"
