"""Payments count as part of a party's part, and “nothing better even with money” is what its definition says."""

from __future__ import annotations

import copy
import json
import random
from fractions import Fraction
from itertools import permutations
from typing import Any

import oracle
from evenhand.case import Case
from evenhand.certify import (
    PROPERTIES,
    Certificate,
    certificates_from_text,
    certificates_json,
    certify,
    certify_for,
    recheck,
)
from evenhand.certify.examined import Examined
from evenhand.certify.with_money import NAME
from evenhand.deals import Deal, deal_values, payments_as_issues
from making import PARTIES, case_of, random_case, random_deal, with_money


def _found(case: Case, deal: Deal) -> dict[str, Certificate]:
    return {found.property: found for found in certify(case, deal)}


def _paid(rng: random.Random, case: Case, deal: Deal) -> tuple[Case, Deal]:
    """The deal with payments made up at random, and the case that they belong to."""
    paid = {party.id: Fraction(rng.randint(-9, 9)) for party in case.principals}
    return with_money(case, to_pay=sum(paid.values())), Deal.of(case, deal.settlements, paid)


def test_envy_and_fair_parts_count_payments() -> None:
    seen = set()
    for seed in range(400):
        rng = random.Random(f"paid {seed}")
        case = random_case(rng, parties=rng.randint(2, 3), burdens=0.3 * (seed % 2))
        case, deal = _paid(rng, case, random_deal(rng, case))
        ids = oracle.names(case)
        part = {p: oracle.own_part(case, p, deal.settlements) for p in ids}
        looks = {p: {q: oracle.worth(case, p, part[q]) - deal.payments.get(q, 0) for q in ids} for p in ids}
        no_envy = all(looks[p][p] >= looks[p][q] for p in ids for q in ids)
        everything = {p: oracle.everything(case, p) - sum(deal.payments.values()) for p in ids}
        fair = all(looks[p][p] >= everything[p] / len(ids) for p in ids)
        found = _found(case, deal)
        assert found["envy-free"].verdict == ("holds" if no_envy else "fails")
        assert found["proportional"].verdict == ("holds" if fair else "fails")
        assert found["beats-no-deal"].witness["parties"][ids[0]]["value"] == str(looks[ids[0]][ids[0]])
        assert found["pareto-optimal"].verdict == (
            "holds" if oracle.pareto_optimal(case, deal.settlements) else "fails"
        )
        seen |= {(no_envy, fair)}
    assert len(seen) == 3  # no envy without a fair part there is not


def test_whether_something_is_better_for_all_is_asked_of_the_things_alone() -> None:
    for seed in range(60):
        rng = random.Random(f"physical {seed}")
        case = random_case(rng, parties=2)
        case, deal = _paid(rng, case, random_deal(rng, case))
        found = _found(case, deal)["pareto-optimal"]
        assert found.verdict == ("holds" if oracle.pareto_optimal(case, deal.settlements) else "fails")


def test_payments_as_issues_change_nothing_that_anybody_has() -> None:
    for seed in range(100):
        rng = random.Random(f"issues {seed}")
        case = random_case(rng, choices=1, divisible=1)
        case, deal = _paid(rng, case, random_deal(rng, case))
        other, bare = payments_as_issues(case, deal)
        assert deal_values(other, bare) == deal_values(case, deal)
        assert not bare.payments


def test_what_payments_leave_without_a_meaning_is_undefined() -> None:
    case = case_of({"ana": [5, 3], "ben": [4, 6]})
    case, deal = _paid(random.Random(1), case, Deal.of(case, _HELD))
    found = _found(case, deal)
    assert found["maximin-share"].verdict == found["nash-bound"].verdict == "undefined"


_HELD: dict[str, Any] = {"i1": "ana", "i2": "ben"}


def test_a_share_of_things_is_not_held_against_a_value_after_payments() -> None:
    case = with_money(case_of({"ana": [5, 4], "ben": [4, 5]}), to_pay=8)
    deal = Deal.of(case, {"i1": "ana", "i2": "ben"}, {"ana": Fraction(4), "ben": Fraction(4)})
    assert _found(case, deal)["any-price-share"].verdict == "undefined"
    assert {found.property: found.verdict for found in certify_for(case, deal, "ana")}["any-price-share"] == "undefined"
    text = json.dumps(certificates_json(case, deal, certify(case, deal), {}))
    assert all(found.outcome != "refuted" for found in recheck(case, certificates_from_text(case, text)))


def test_nothing_is_better_even_with_money_when_no_deal_has_a_larger_sum() -> None:
    verdicts = []
    for seed in range(600):
        rng = random.Random(f"money {seed}")
        shape: dict[str, Any] = ({"assets": 3}, {"choices": 1, "assets": 2, "rules": 1}, {"together": 1, "assets": 3})[
            seed % 3
        ]
        case = with_money(random_case(rng, parties=2, top=5, burdens=0.2, **shape))
        deal = rng.choice(
            [random_deal(rng, case), *(Deal.of(case, settled) for settled in oracle.kept_deals(case)[:4])]
        )
        found = PROPERTIES[NAME].check(Examined(case, deal, tuple(oracle.names(case))))
        sums = [sum(oracle.values(case, settled)) for settled in oracle.kept_deals(case)]
        own = sum(oracle.values(case, deal.settlements))
        assert found.verdict == ("fails" if sums and max(sums) > own else "holds")
        if found.verdict == "fails":
            better = found.witness["better_deal"]
            assert sum(oracle.values(case, better)) == Fraction(found.witness["sum"]) == max(sums)
            assert oracle.keeps_rules(case, better)
        elif "most" in found.witness:
            assert sum(map(Fraction, found.witness["most"].values())) == own
        verdicts.append(found.verdict)
    assert 100 < verdicts.count("holds") < 500


def test_one_thing_each_is_compared_with_one_thing_each() -> None:
    verdicts = set()
    for seed in range(200):
        rng = random.Random(f"each {seed}")
        size = rng.randint(1, 4)
        table = {party: [rng.randint(0, 4) for _ in range(size)] for party in PARTIES[:size]}
        case = with_money(case_of(table), one_each=True)
        ids, issues = oracle.names(case), [issue.id for issue in case.issues]
        settled = dict(zip(issues, rng.sample(ids, size), strict=True))
        others = [dict(zip(issues, way, strict=True)) for way in permutations(ids)]
        own = oracle.values(case, settled)
        found = _found(case, Deal.of(case, settled))
        better = [other for other in others if oracle.dominates(oracle.values(case, other), own)]
        assert found["pareto-optimal"].verdict == ("fails" if better else "holds")
        if better:
            assert found["pareto-optimal"].witness["better_deal"] in better
        most = max(sum(oracle.values(case, other)) for other in others)
        assert found[NAME].verdict == ("holds" if sum(own) == most else "fails")
        _dual_is_right(case, found[NAME])
        verdicts.add((found["pareto-optimal"].verdict, found[NAME].verdict))
    assert len(verdicts) == 3


def _dual_is_right(case: Case, found: Certificate) -> None:
    if found.verdict == "fails":
        assert sum(oracle.values(case, found.witness["better_deal"])) == Fraction(found.witness["sum"])
        return
    gains = {party: Fraction(gain) for party, gain in found.witness["gains"].items()}
    prices = {issue: Fraction(price) for issue, price in found.witness["prices"].items()}
    assert sum(gains.values()) + sum(prices.values()) == Fraction(found.witness["sum"])
    for party, preference in case.preferences.items():
        assert all(gains[party] + prices[issue] >= worth for issue, worth in preference.points.items())


def test_without_money_it_is_undefined() -> None:
    case = case_of({"ana": [1, 2], "ben": [2, 1]})
    assert _found(case, Deal.of(case, _HELD))[NAME].verdict == "undefined"


def _rechecked(case: Case, deal: Deal, rows: list[dict[str, Any]]) -> dict[str, str]:
    tree = certificates_json(case, deal, (), {})
    written = certificates_from_text(case, json.dumps({**tree, "certificates": rows}))
    return {found.property: found.outcome for found in recheck(case, written)}


def test_certificates_of_deals_with_payments_are_confirmed_when_checked_again() -> None:
    for seed in range(60):
        rng = random.Random(f"again {seed}")
        case = random_case(rng, parties=2, assets=3, choices=seed % 3 == 0, rules=seed % 2, together=seed % 5 == 0)
        case, deal = _paid(rng, case, random_deal(rng, case))
        rows = [found.as_json() for found in certify(case, deal)]
        found = _rechecked(case, deal, json.loads(json.dumps(rows)))
        assert "refuted" not in found.values()
        for party in oracle.names(case):
            tree = certificates_json(case, deal, certify_for(case, deal, party), {}, party)
            again = recheck(case, certificates_from_text(case, json.dumps(tree)))
            assert all(finding.outcome != "refuted" for finding in again)


def test_what_is_changed_in_a_certificate_is_refuted() -> None:
    changed = 0
    for seed in range(60):
        rng = random.Random(f"changed {seed}")
        each = bool(seed % 2)
        table = {party: [rng.randint(0, 9) for _ in range(3)] for party in PARTIES[:3]}
        case = with_money(case_of(table), one_each=each)
        issues = [issue.id for issue in case.issues]
        held = dict(zip(issues, rng.sample(oracle.names(case), 3), strict=True))
        deal = Deal.of(case, held)
        for name in (NAME, "pareto-optimal"):
            row = json.loads(json.dumps(_found(case, deal)[name].as_json()))
            if name == NAME or each:
                other = {**row, "verdict": "fails" if row["verdict"] == "holds" else "holds"}
                assert _rechecked(case, deal, [other])[name] == "refuted"
            for key in ("sum", "most", "gains", "prices"):
                if key in row["witness"]:
                    other = copy.deepcopy(row)
                    part = other["witness"][key]
                    other["witness"][key] = "-7" if isinstance(part, str) else {**part, next(iter(part)): "-7"}
                    assert _rechecked(case, deal, [other])[name] == "refuted"
                    changed += 1
    assert changed > 60
