"""Certificates written to a file are confirmed without searching, and refuted once anything in them is changed."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

import oracle
from evenhand.case import Case, CaseError, case_digest
from evenhand.certify import (
    PROPERTIES,
    Finding,
    certificates_from_text,
    certificates_json,
    certify,
    certify_for,
    recheck,
)
from evenhand.certify.examined import Examined
from evenhand.deals import Deal
from making import case_of, random_case, random_deal

SHAPES: dict[str, dict[str, Any]] = {
    "plain": {},
    "many": {"parties": 2, "assets": 7},
    "small-numbers": {"assets": 6, "top": 3, "zeros": 0.3},
    "entitled": {"entitled": 3, "assets": 5},
    "burdens": {"burdens": 1.0, "assets": 5},
    "mixed": {"burdens": 0.5, "assets": 5},
    "own-together": {"together": 2, "own_together": True},
    "together": {"together": 2},
    "choices": {"choices": 2, "assets": 2},
    "joint": {"joint": 0.5},
    "ruled": {"rules": 3},
    "divisible": {"assets": 3, "divisible": 2},
    "divisible-ruled": {"assets": 2, "divisible": 1, "rules": 2},
    "everything": {
        "rules": 2,
        "together": 1,
        "choices": 1,
        "joint": 0.3,
        "burdens": 0.3,
        "entitled": 2,
        "divisible": 1,
    },
    "alone": {"parties": 1, "assets": 3},
}


def written(case: Case, deal: Deal, eyes: str | None = None) -> dict[str, Any]:
    certificates = certify_for(case, deal, eyes) if eyes else certify(case, deal)
    return json.loads(json.dumps(certificates_json(case, deal, certificates, {"evenhand": "0"}, eyes)))


def findings(case: Case, tree: dict[str, Any]) -> tuple[Finding, ...]:
    return recheck(case, certificates_from_text(case, json.dumps(tree)))


def deals(shape: str, count: int) -> Iterator[tuple[Case, Deal]]:
    for seed in range(count):
        rng = random.Random(f"recheck {shape} {seed}")
        case = random_case(rng, no_deal=30, **SHAPES[shape])
        yield case, (_for_the_heaviest(rng, case) if seed % 3 == 0 else random_deal(rng, case, rng.choice([0, 0, 0.3])))


def _for_the_heaviest(rng: random.Random, case: Case) -> Deal:
    """A deal that few others beat: each thing to whom it counts for most, by some weights."""
    weight = {party: Fraction(rng.randint(1, 3)) for party in oracle.names(case)}
    settled: dict[str, Any] = dict(random_deal(rng, case).settlements)
    for issue in case.issues:
        if issue.kind != "choice":
            best = max(weight, key=lambda party: weight[party] * case.preferences[party].points[issue.id])
            settled[issue.id] = best
    return Deal.of(case, settled)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_certificate_of_a_random_deal_is_confirmed(shape: str) -> None:
    for case, deal in deals(shape, 25):
        for found in findings(case, written(case, deal)):
            decided = found.verdict in ("holds", "fails")
            allowed = {"confirmed"} if decided else {"nothing to recheck"}
            if found.property in ("maximin-share", "pareto-optimal", "leximin") and found.verdict == "holds":
                allowed.add("not recheckable")
            assert found.outcome in allowed, (found, case, deal)


def test_almost_nothing_is_left_out_of_the_witnesses() -> None:
    outcomes = [
        found.outcome
        for shape in SHAPES
        for case, deal in deals(shape, 5)
        for found in findings(case, written(case, deal))
        if found.property != "leximin"  # which rests on a list of all deals wherever weights do not reach
    ]
    assert outcomes.count("not recheckable") <= len(outcomes) / 100


def test_what_one_party_sees_is_confirmed_from_what_it_may_see() -> None:
    for case, deal in deals("ruled", 20):
        for party in oracle.names(case):
            tree = written(case, deal, party)
            assert tree["case"]["sha256"] == case_digest(case.seen_by(party))
            assert all(found.outcome != "refuted" for found in findings(case, tree))


# Mutations


def leaves(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from leaves(value, (*path, name))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from leaves(value, (*path, number))
    else:
        yield path, tree


def changed(rng: random.Random, case: Case, value: Any) -> Any:
    """Another value of the same sort: a number, a party, an issue, an entry of a walk."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, float | int):
        return round(value * 0.9 + 0.05, 6) if isinstance(value, float) else value + rng.choice([-1, 1])
    names = oracle.names(case)
    if value in names:
        return rng.choice([name for name in [*names, "nobody"] if name != value])
    if value in [issue.id for issue in case.issues]:
        return rng.choice([name for name in [*(issue.id for issue in case.issues), "nothing"] if name != value])
    try:
        number = Fraction(value)
    except ValueError:
        return value + "x"
    return str(number + rng.choice([-1, 1, Fraction(1, 7), Fraction(-1, 1000)]) * max(1, abs(number) // 10))


def put(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    for step in path[:-1]:
        tree = tree[step]
    tree[path[-1]] = value
    return value


def may_be_immaterial(path: tuple[Any, ...]) -> bool:
    """Changes after which the witness may still prove the verdict.

    Any weights, any better deal, any prices or mix and any sum that prove it prove it, and so does any of several
    equal things; where a party has less than one split gives, no bound on other splits matters.
    """
    if path in (("wasted", "to"), ("without",)):
        return True
    if path[0] == "parties" and path[2] in ("prices", "mix"):
        return True
    if path[0] == "bounds" and "weights" in path:
        return True
    other_proof = path[0] in ("weights", "more_weights", "better_deal") or path[-1] in ("bound", "taken", "at_most")
    return other_proof or path[-1] in ("least", "most", "left_out", "change")


def one_by_one(whole: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """For each certificate with a verdict: the file with it alone, to be changed, and the certificate in it."""
    for row in whole["certificates"]:
        if row["verdict"] in ("holds", "fails"):
            alone = copy.deepcopy({**whole, "certificates": [row]})
            yield alone, alone["certificates"][0]


@pytest.mark.parametrize("shape", SHAPES)
def test_any_number_or_name_that_is_changed_is_noticed(shape: str) -> None:
    rng = random.Random(f"mutants of {shape}")
    noticed = 0
    for case, deal in deals(shape, 10):
        for tree, row in one_by_one(written(case, deal)):
            if findings(case, tree)[0].outcome != "confirmed":
                continue
            for path, value in leaves(row["witness"]):
                if not may_be_immaterial(path):
                    new = put(row["witness"], path, changed(rng, case, value))
                    assert findings(case, tree)[0].outcome == "refuted", (path, value, new, row, case)
                    put(row["witness"], path, value)
                    noticed += 1
    assert noticed > 100


def test_the_thing_left_out_or_changed_is_the_one_named() -> None:
    case = case_of({"ana": [10, 7, 8, 12], "ben": [1, 2, 4, 93]})
    deal = Deal.of(case, {"i1": "ben", "i2": "ana", "i3": "ben", "i4": "ben"})
    seen = 0
    for tree, row in one_by_one(written(case, deal)):
        for path, value in leaves(row["witness"]):
            if path[-1] in ("left_out", "change"):
                for other in {"i1", "i2", "i3", "i4", "i5"} - {value}:
                    put(row["witness"], path, other)
                    assert findings(case, tree)[0].outcome == "refuted", (row, path)
                    seen += 1
                put(row["witness"], path, value)
    assert seen >= 12


@pytest.mark.parametrize("shape", SHAPES)
def test_a_changed_verdict_is_noticed(shape: str) -> None:
    for case, deal in deals(shape, 12):
        for tree, row in one_by_one(written(case, deal)):
            for verdict in {"holds", "fails", "undecided", "undefined"} - {row["verdict"]}:
                tree["certificates"][0]["verdict"] = verdict
                assert findings(case, tree)[0].outcome == "refuted", (row, verdict)


def test_parts_of_a_witness_that_are_missing_or_too_many_are_noticed() -> None:
    for case, deal in deals("plain", 20):
        for tree, row in one_by_one(written(case, deal)):
            witness = row["witness"]
            for name in witness:
                row["witness"] = {other: part for other, part in witness.items() if other != name}
                assert findings(case, tree)[0].outcome == "refuted", (row, name)
            row["witness"] = {**witness, "more": "1"}
            assert findings(case, tree)[0].outcome == "refuted", row


def test_what_a_verdict_assumes_is_part_of_it() -> None:
    case, deal = next(deals("plain", 1))
    for tree, row in one_by_one(written(case, deal)):
        row["assumed"] = [*row["assumed"], "Everybody agrees."]
        assert findings(case, tree)[0].outcome == "refuted"


def test_weights_that_do_not_support_the_deal_are_noticed() -> None:
    case = case_of({"ana": [60, 40, 0], "ben": [40, 30, 30]})
    deal = Deal.of(case, {"i1": "ana", "i2": "ben", "i3": "ben"})
    tree = written(case, deal)
    for number, row in enumerate(tree["certificates"]):
        if row["property"] in ("pareto-optimal", "fractionally-pareto-optimal"):
            assert findings(case, tree)[number].outcome == "confirmed"
            row["witness"]["weights"]["ben"] = "1000"
            assert findings(case, tree)[number].outcome == "refuted"


def test_a_walk_with_an_entry_less_more_or_changed_is_refuted() -> None:
    rng = random.Random("walks")
    seen = 0
    for seed in range(60):
        case = random_case(random.Random(f"walk {seed}"), assets=5, top=9)
        deal = _near_best(case)
        certificate = PROPERTIES["pareto-optimal"].check(Examined(case, deal, tuple(oracle.names(case))))
        branches = list(certificate.witness.get("branches", []))
        if len(branches) < 3:
            continue
        seen += 1
        whole = certificates_json(case, deal, [certificate], {})
        assert findings(case, whole)[0].outcome == "confirmed"
        place = rng.choice([n for n, entry in enumerate(branches) if entry[0] in "<=!"])
        for change in (
            branches[:place] + branches[place + 1 :],
            [*branches, "="],
            ["-"],
            [*branches[:-1], "<ana <ben"],
        ):
            row = whole["certificates"][0]
            row["witness"] = {**row["witness"], "branches": change}
            assert findings(case, whole)[0].outcome == "refuted", (branches, change)
    assert seen > 5


def _near_best(case: Case) -> Deal:
    """A deal that is hard to beat though no weights support it: the best by its lowest value, then by the sum."""
    return oracle.as_deal(case, max(oracle.every_deal(case), key=lambda d: (min(v := oracle.values(case, d)), sum(v))))


def test_another_deal_or_another_case_is_noticed() -> None:
    case = case_of({"ana": [60, 40], "ben": [30, 70]})
    other = case_of({"ana": [60, 40], "ben": [70, 30]})
    tree = written(case, Deal.of(case, {"i1": "ana", "i2": "ben"}))
    assert certificates_from_text(case, json.dumps(tree)).is_of(case)
    assert not certificates_from_text(other, json.dumps(tree)).is_of(other)
    assert "refuted" in {found.outcome for found in findings(other, tree)}
    tree["deal"]["i1"] = "ben"
    assert "refuted" in {found.outcome for found in findings(case, tree)}


def test_numbers_written_in_another_way_are_no_change() -> None:
    case = case_of({"ana": [60, 40], "ben": [30, 70]})
    tree = written(case, Deal.of(case, {"i1": "ana", "i2": "ben"}))
    worth = next(row for row in tree["certificates"] if row["property"] == "envy-free")["witness"]["worth"]
    worth["ana"]["ana"] = "120/2"
    assert all(found.outcome in ("confirmed", "nothing to recheck") for found in findings(case, tree))


def test_a_file_for_another_case_is_refused_where_the_deal_does_not_fit() -> None:
    case = case_of({"ana": [60, 40], "ben": [30, 70]})
    bigger = case_of({"ana": [60, 40, 1], "ben": [30, 70, 1]})
    tree = written(case, Deal.of(case, {"i1": "ana", "i2": "ben"}))
    with pytest.raises(CaseError, match="i3"):
        findings(bigger, tree)
