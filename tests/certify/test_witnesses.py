"""What a certificate names can be recomputed by hand from the case and the deal."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import oracle
from evenhand.case import Case, Preference
from evenhand.certify import PROPERTY_IDS, Certificate, certify, certify_for
from evenhand.deals import Deal
from making import case_of, random_case, random_deal

SHAPES: tuple[dict[str, Any], ...] = (
    {"assets": 6},
    {"assets": 5, "entitled": 3},
    {"assets": 5, "burdens": 0.5},
    {"assets": 5, "burdens": 1.0},
    {"together": 2, "own_together": True},
    {"choices": 2, "assets": 2, "parties": 2, "rules": 2},
)


def _certified() -> Iterator[tuple[Case, Deal, dict[str, Certificate]]]:
    for shape in SHAPES:
        for seed in range(15):
            rng = random.Random(f"witness {shape} {seed}")
            case = random_case(rng, no_deal=30, **shape)
            deal = random_deal(rng, case)
            yield case, deal, {found.property: found for found in certify(case, deal)}


def _two_parts(case: Case, deal: Deal, row: dict[str, Any]) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    parts = [oracle.own_part(case, row[who], deal.settlements) for who in ("party", "envies")]
    return parts[0], parts[1]


def test_named_envy_is_real() -> None:
    seen = 0
    for case, deal, found in _certified():
        for row in found["envy-free"].witness.get("envy", []):
            mine, theirs = _two_parts(case, deal, row)
            assert Fraction(row["own"]) == oracle.worth(case, row["party"], mine)
            assert Fraction(row["other"]) == oracle.worth(case, row["party"], theirs)
            assert not oracle.content(case, row["party"], Fraction(row["own"]), row["envies"], Fraction(row["other"]))
            seen += 1
    assert seen > 50


def test_the_thing_left_out_ends_the_envy_or_does_not_as_said() -> None:
    seen = set()
    for case, deal, found in _certified():
        for name in ("ef1", "efx"):
            rows = [(True, row) for row in found[name].witness.get("ended", []) if "left_out" in row]
            rows += [(False, row) for row in found[name].witness.get("envy", []) if "left_out" in row]
            for ended, row in rows:
                mine, theirs = (oracle.minus(part, row["left_out"]) for part in _two_parts(case, deal, row))
                own, other = (oracle.worth(case, row["party"], part) for part in (mine, theirs))
                assert (Fraction(row["own_after"]), Fraction(row["other_after"])) == (own, other)
                assert oracle.content(case, row["party"], own, row["envies"], other) == ended
                seen.add((name, ended))
    assert seen == {("ef1", True), ("ef1", False), ("efx", False)}


def test_fair_parts_and_the_change_that_reaches_them_add_up() -> None:
    changes = 0
    for case, deal, found in _certified():
        for name in ("proportional", "prop1"):
            for party, row in found[name].witness.get("parties", {}).items():
                assert Fraction(row["value"]) == oracle.value(case, party, deal.settlements)
                assert Fraction(row["fair_part"]) == oracle.fair_part(case, party)
                assert Fraction(row["of"]) == oracle.everything(case, party)
                if "change" in row:
                    changes += 1
                    reached = Fraction(row["then"]) >= oracle.fair_part(case, party)
                    assert reached == (party not in found[name].witness.get("short", []))
    assert changes > 20


def test_broken_rules_and_those_worse_off_are_named_and_no_others() -> None:
    for case, deal, found in _certified():
        broken = {row["rule"] for row in found["rules-kept"].witness.get("broken", [])}
        assert broken == {rule.id for rule in case.rules if not oracle.keeps(case, rule, deal.settlements)}
        values = {party: oracle.value(case, party, deal.settlements) for party in oracle.names(case)}
        worse = set(found["beats-no-deal"].witness.get("worse", []))
        assert worse == {party for party, value in values.items() if value < case.preferences[party].no_deal}


# What has no meaning is called undefined, never holds


def _verdicts(case: Case, deal: Deal) -> dict[str, str]:
    return {found.property: found.verdict for found in certify(case, deal)}


def test_envy_and_shares_of_choices_are_undefined() -> None:
    case = random_case(random.Random(1), choices=1, assets=2)
    found = _verdicts(case, random_deal(random.Random(2), case))
    for name in ("envy-free", "ef1", "efx", "fractionally-pareto-optimal"):
        assert found[name] == "undefined", name


def test_what_depends_on_what_others_get_is_undefined() -> None:
    case = case_of({"ana": [1, 2], "ben": [2, 1]}, ana={"together": [{"when": {"i1": "ben"}, "points": 3}]})
    found = _verdicts(case, Deal.of(case, {"i1": "ana", "i2": "ben"}))
    for name in ("envy-free", "ef1", "efx", "proportional", "prop1", "fractionally-pareto-optimal"):
        assert found[name] == "undefined", name


def test_burdens_leave_no_product_and_with_goods_no_efx() -> None:
    case = case_of({"ana": [-1, 2, 9], "ben": [-2, 3, 9]}, [{"id": "i1", "burden": True}, "i2", "i3"])
    found = _verdicts(case, Deal.of(case, {"i1": "ana", "i2": "ben", "i3": "ben"}))
    assert found["nash-bound"] == found["efx"] == "undefined"


def test_unequal_entitlements_with_goods_beside_burdens_leave_envy_undefined() -> None:
    issues = [{"id": "i1", "burden": True}, "i2"]
    case = case_of({"ana": [-1, 2], "ben": [-2, 3]}, issues, entitlements=[1, 2])
    found = _verdicts(case, Deal.of(case, {"i1": "ana", "i2": "ben"}))
    assert found["envy-free"] == found["ef1"] == found["efx"] == "undefined"


def test_what_is_held_jointly_is_in_nobodys_part() -> None:
    values = {"values": {"i1": {"joint": 50}}}
    case = case_of({"ana": [4, 2], "ben": [2, 3]}, [{"id": "i1", "joint": True}, "i2"], ana=values, ben=values)
    found = _verdicts(case, Deal.of(case, {"i1": "joint", "i2": "ben"}))
    for name in ("envy-free", "ef1", "efx", "proportional", "prop1", "fractionally-pareto-optimal"):
        assert found[name] == "undefined", name


def test_one_thing_more_or_less_is_undefined_where_things_are_divisible() -> None:
    issues = [{"id": "i1", "kind": "divisible"}, "i2"]
    case = case_of({"ana": [9, 2], "ben": [9, 3]}, issues)
    found = _verdicts(case, Deal.of(case, {"i1": "ben", "i2": "ana"}))
    assert found["envy-free"] == found["proportional"] == "fails"
    assert found["ef1"] == found["efx"] == found["prop1"] == "undefined"


def test_rules_that_tie_leave_sharing_undefined() -> None:
    rules = [{"kind": "forbid", "forbid": {"i1": "ana", "i2": "ana"}}]
    case = case_of({"ana": [9, 2], "ben": [9, 3]}, rules=rules)
    assert _verdicts(case, Deal.of(case, {"i1": "ben", "i2": "ana"}))["fractionally-pareto-optimal"] == "undefined"


def test_every_property_gets_one_certificate_in_the_stated_order() -> None:
    for case, deal, _ in _certified():
        assert tuple(found.property for found in certify(case, deal)) == PROPERTY_IDS


# One party's eyes


def test_what_a_party_sees_does_not_change_with_anothers_preferences() -> None:
    for seed in range(100):
        rng = random.Random(f"eyes {seed}")
        case = random_case(rng, no_deal=20, **rng.choice(SHAPES))
        deal = random_deal(rng, case, rng.choice([0.0, 0.3]))
        party = rng.choice(oracle.names(case))
        changed = {
            name: preference if name == party else _scrambled(rng, preference)
            for name, preference in case.preferences.items()
        }
        seen = certify_for(case, deal, party)
        assert seen == certify_for(case.model_copy(update={"preferences": changed}), deal, party)
        assert "pareto-optimal" not in {found.property for found in seen}


def _scrambled(rng: random.Random, preference: Preference) -> Preference:
    """Other points of the same signs, other values of options, nothing together, another walk-away."""
    points = {issue: number * rng.randint(0, 9) for issue, number in preference.points.items()}
    values = {
        issue: {option: Fraction(rng.randint(0, 100)) for option in options}
        for issue, options in preference.values.items()
    }
    update = {"points": points, "values": values, "together": (), "no_deal": Fraction(rng.randint(0, 99))}
    return preference.model_copy(update=update)
