"""The AnyPrice share of each party, against its definition; and its recheck."""

import json
import random
from fractions import Fraction

import oracle
from evenhand.certify import certificates_from_text, certificates_json, certify, recheck
from evenhand.deals import Deal, value_of
from making import case_of, random_case, random_deal


def found(case, deal):
    return next(row for row in certify(case, deal) if row.property == "any-price-share")


def share(case, party):
    points = [case.preferences[party].points[issue.id] for issue in case.issues]
    return oracle.any_price_share(points, case.party(party).entitlement / sum(oracle.weights(case)))


def outcome(case, deal, certificate):
    tree = json.loads(json.dumps(certificates_json(case, deal, [certificate], {})))
    return recheck(case, certificates_from_text(case, json.dumps(tree)))[0].outcome


def test_the_verdict_is_that_of_the_definition_and_is_confirmed():
    rng = random.Random(9)
    seen = set()
    for _ in range(150):
        case = random_case(rng, parties=rng.randint(1, 3), assets=rng.randint(1, 4), top=12, entitled=3)
        deal = random_deal(rng, case)
        shares = {party: share(case, party) for party in oracle.names(case)}
        short = [party for party, least in shares.items() if value_of(case, deal, party) < least]
        certificate = found(case, deal)
        seen.add(certificate.verdict)
        assert certificate.verdict == ("fails" if short else "holds")
        assert certificate.witness.get("short", []) == short
        for party, row in certificate.witness["parties"].items():
            assert Fraction(row["at_least"]) <= shares[party] <= Fraction(row["at_most"])
        assert outcome(case, deal, certificate) == "confirmed"
    assert seen == {"holds", "fails"}


def test_a_mix_or_prices_that_prove_less_are_refuted():
    case = case_of({"ana": [6, 5, 4, 3], "ben": [6, 5, 4, 3]}, entitlements=[1, 2])
    certificate = found(case, Deal.of(case, {"i1": "ana", "i2": "ben", "i3": "ben", "i4": "ben"}))
    deal = Deal.of(case, {"i1": "ana", "i2": "ben", "i3": "ben", "i4": "ben"})
    row = certificate.witness["parties"]["ana"]
    for name, value in (
        ("mix", [{"bundle": ["i1", "i2", "i3", "i4"], "weight": "1"}]),
        ("mix", [{"bundle": ["i1"], "weight": "1/3"}]),
        ("mix", [{"bundle": ["i1", "i1"], "weight": "1"}]),
        ("prices", {"i1": "1", "i2": "0", "i3": "0", "i4": "0"}),
        ("prices", {"i1": "-1", "i2": "9", "i3": "9", "i4": "9"}),
        ("prices", {"i1": "1000000000", "i2": "9", "i3": "9", "i4": "9"}),
    ):
        right = row[name]
        row[name] = value
        assert outcome(case, deal, certificate) == "refuted", (name, value)
        row[name] = right
    assert outcome(case, deal, certificate) == "confirmed"


def test_it_is_undefined_with_burdens_choices_or_shares():
    burden = case_of({"a": [1, -2], "b": [2, -1]}, ["i1", {"id": "i2", "burden": True}])
    assert found(burden, Deal.of(burden, {"i1": "a", "i2": "b"})).verdict == "undefined"
    case = case_of({"a": [1, 2], "b": [2, 1]})
    half = {"a": Fraction(1, 2), "b": Fraction(1, 2)}
    assert found(case, Deal.of(case, {"i1": half, "i2": "b"})).verdict == "undefined"


def test_twelve_parties_of_unequal_entitlement_are_decided_and_confirmed():
    case = random_case(random.Random(1), parties=12, assets=60, entitled=3, top=60)
    deal = random_deal(random.Random(2), case)
    certificate = found(case, deal)
    assert certificate.verdict in ("holds", "fails")
    assert outcome(case, deal, certificate) == "confirmed"
