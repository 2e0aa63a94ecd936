"""Certificates files that are broken, cut off, tampered with or of another case: refused or refuted, never a crash."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evenhand.case import CaseError, Problem
from evenhand.certify import certificates_from_text, certificates_json, certify, load_certificates, recheck
from evenhand.deals import Deal
from making import case_of

CASE = case_of({"ana": [60, 40, -5], "ben": [30, 70, -9]}, ["boat", "car", {"id": "debt", "burden": True}])
DEAL = Deal.of(CASE, {"boat": "ana", "car": "ben", "debt": "ben"})
WHOLE = json.dumps(certificates_json(CASE, DEAL, certify(CASE, DEAL), {"evenhand": "0"}))


def tree() -> dict[str, Any]:
    return json.loads(WHOLE)


def put(*path: Any) -> Callable[[dict[str, Any]], None]:
    """A change: the last of `path` goes where the others lead."""

    def change(whole: Any) -> None:
        for step in path[:-2]:
            whole = whole[step]
        whole[path[-2]] = path[-1]

    return change


def without(*path: Any) -> Callable[[dict[str, Any]], None]:
    def change(whole: Any) -> None:
        for step in path[:-1]:
            whole = whole[step]
        del whole[path[-1]]

    return change


REFUSED: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "another format": (without("evenhand_certificates"), "not a certificates file"),
    "a later version": (put("evenhand_certificates", 2), "version"),
    "no case": (without("case"), "title and hash"),
    "the hash a list": (put("case", "sha256", [5]), "title and hash"),
    "no deal": (without("deal"), "no deal"),
    "the deal a list": (put("deal", []), "no deal"),
    "an issue not settled": (without("deal", "car"), '"car" is not settled'),
    "an issue of another case": (put("deal", "house", "ana"), 'no issue "house"'),
    "a party of another case": (put("deal", "car", "zoe"), '"zoe" cannot settle car'),
    "shares that do not add up": (put("deal", "car", {"ana": "1/3", "ben": "1/3"}), "sum to 2/3"),
    "a huge share": (put("deal", "car", {"ana": "9" * 50}), "too large"),
    "payments without money": (put("payments", {"ana": "5"}), "no payments"),
    "for nobody": (put("for", "zoe"), "no principal"),
    "no certificates": (put("certificates", []), "no certificates"),
    "certificates a group": (put("certificates", {}), "no certificates"),
    "a certificate that is text": (put("certificates", 0, "holds"), "a certificate has"),
    "a certificate without a witness": (without("certificates", 0, "witness"), "a certificate has"),
    "an unknown property": (put("certificates", 0, "property", "fair"), "no property"),
    "a property that is a list": (put("certificates", 0, "property", ["ef1"]), "no property"),
    "a property twice": (put("certificates", 0, "property", "ef1"), "twice"),
    "an unknown verdict": (put("certificates", 0, "verdict", "true"), "no verdict"),
    "a verdict that is a group": (put("certificates", 0, "verdict", {}), "no verdict"),
    "a witness that is a list": (put("certificates", 0, "witness", []), "not a group"),
    "what is assumed as text": (put("certificates", 0, "assumed", "all"), "not a list"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_certificates_file_of_this_case_is_refused(name: str) -> None:
    change, what = REFUSED[name]
    whole = tree()
    change(whole)
    with pytest.raises(CaseError, match=what) as raised:
        certificates_from_text(CASE, json.dumps(whole), "c.json")
    assert all(problem.mend and problem.file == "c.json" for problem in raised.value.problems)


BROKEN = {
    "empty": "",
    "a word": "certificates",
    "a list": "[]",
    "a number": "7",
    "nothing": "null",
    "cut off": json.dumps(tree())[:700],
    "twice the same name": '{"evenhand_certificates": 1, "evenhand_certificates": 1}',
    "nested without end": "[" * 100_000 + "]" * 100_000,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_one_problem(name: str) -> None:
    with pytest.raises(CaseError) as raised:
        certificates_from_text(CASE, BROKEN[name])
    assert len(raised.value.problems) == 1
    assert raised.value.problems[0].mend


def test_a_missing_a_binary_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00{")
    (tmp_path / "huge.json").write_bytes(b" " * 10_000_001)
    for name in ("missing.json", "binary.json", "huge.json", "."):
        with pytest.raises(CaseError):
            load_certificates(CASE, tmp_path / name)


ODD = [
    "9" * 5000,
    "9" * 3999,
    "1/0",
    "1e9",
    "-",
    "",
    "½",
    "nan",
    "Infinity",
    None,
    True,
    [],
    {},
    0.5,
    [[]],
    {"ana": []},
    ["ana"],
]


def test_odd_values_anywhere_in_a_witness_are_refuted_not_crashed_on() -> None:
    refuted = 0
    for odd in ODD:
        for number, row in enumerate(tree()["certificates"]):
            for path in places(row["witness"]):
                whole = tree()
                put(*path, odd)(whole["certificates"][number]["witness"])
                refuted += _outcome(whole, number) == "refuted"
    assert refuted > 1000


def places(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path into plain data."""
    steps = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [found for step, inner in steps for found in [(*path, step), *places(inner, (*path, step))]]


def _outcome(whole: dict[str, Any], number: int) -> str:
    alone = {**whole, "certificates": [whole["certificates"][number]]}
    return recheck(CASE, certificates_from_text(CASE, json.dumps(alone)))[0].outcome


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_refused_or_rechecked_but_never_crashes(seed: int) -> None:
    dice = random.Random(seed)
    text = list(json.dumps(tree()))
    for _ in range(dice.randint(1, 8)):
        text[dice.randrange(len(text))] = dice.choice('{}[]",:019ab-/ ')
    problems: tuple[Problem, ...] = ()
    try:
        recheck(CASE, certificates_from_text(CASE, "".join(text)))
    except CaseError as error:
        problems = error.problems
    assert all(problem.mend for problem in problems)
