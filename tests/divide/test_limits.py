"""Odd and extreme cases: every procedure gives a deal that keeps the rules, or says in plain words what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

import oracle
from evenhand.case import Case
from evenhand.certify import certify
from evenhand.deals import Deal, NoDeal, Outcome
from evenhand.divide import PROCEDURES, Options
from making import PARTIES, case_of

MONEY: dict[str, Any] = {"id": "money", "kind": "divisible"}
DEBT: dict[str, Any] = {"id": "debt", "burden": True}
COSTS: dict[str, Any] = {"id": "costs", "kind": "divisible", "burden": True}


def _forbid(issue: str, party: object) -> dict[str, Any]:
    return {"kind": "forbid", "forbid": {issue: party}}


def _require(issue: str, condition: object) -> dict[str, Any]:
    return {"kind": "require", "require": {issue: condition}}


DEALS: dict[str, Case] = {
    "a party that values nothing": case_of({"ana": [4, 3, 2], "ben": [0, 0, 0], "cem": [1, 5, 1]}),
    "a party that values nothing, shares": case_of({"ana": [4, 3], "ben": [0, 0]}, [MONEY, "house"]),
    "a party that minds no burden": case_of({"ana": [-4, -3], "ben": [0, 0]}, [DEBT, {"id": "duty", "burden": True}]),
    "things worth nothing to all": case_of({"ana": [0, 3, 0], "ben": [0, 4, 0], "cem": [0, 1, 0]}),
    "nothing worth anything": case_of({"ana": [0, 0, 0], "ben": [0, 0, 0]}),
    "nothing worth anything, shares": case_of({"ana": [0, 0], "ben": [0, 0]}, [MONEY, COSTS]),
    "more parties than things": case_of({party: [n + 1, 9 - n] for n, party in enumerate(PARTIES[:8])}),
    "more parties than burdens": case_of({p: [-n - 1] for n, p in enumerate(PARTIES[:8])}, [DEBT]),
    "one thing for two": case_of({"ana": [5], "ben": [5]}),
    "identical parties": case_of({party: [5, 4, 3, 3, 2] for party in PARTIES[:4]}),
    "identical parties, burdens": case_of(
        {party: [-5, -4, -3, -3, -2] for party in PARTIES[:3]}, [{"id": f"d{n}", "burden": True} for n in range(5)]
    ),
    "identical parties, shares": case_of({party: [5, 4] for party in PARTIES[:3]}, [MONEY, "house"]),
    "one party": case_of({"ana": [3, -2, 0]}, ["house", DEBT, "car"]),
    "one party, shares": case_of({"ana": [3, -2]}, [MONEY, COSTS]),
    "values of a million million": case_of({"ana": [10**12, 1, 10**12 - 1], "ben": [10**12 - 1, 10**12, 1]}),
    "burdens of a million million": case_of(
        {"ana": [-(10**12), -1, 7], "ben": [-1, -(10**12), 10**12]}, [DEBT, {"id": "duty", "burden": True}, "house"]
    ),
    "shares of a million million": case_of({"ana": [10**12, 1], "ben": [10**12 - 1, 3]}, [MONEY, "house"]),
    "one to a thousand": case_of({"ana": [5, 7, 9], "ben": [4, 6, 8]}, entitlements=[1, 1000]),
    "one to a thousand, burdens": case_of(
        {"ana": [-5, -7], "ben": [-4, -6]}, [DEBT, {"id": "duty", "burden": True}], entitlements=[1, 1000]
    ),
    "one to a thousand, shares": case_of({"ana": [5, 7], "ben": [4, 6]}, [MONEY, "house"], entitlements=[1, 1000]),
    "one to a thousand, all shares": case_of({"ana": [5, -7], "ben": [4, -6]}, [MONEY, COSTS], entitlements=[1, 1000]),
    "one may carry it": case_of({"ana": [-5, 3], "ben": [-4, 2]}, [DEBT, "house"], rules=[_forbid("debt", "ana")]),
    "claims of a million million": case_of(
        {"ana": [10**12], "ben": [1]},
        [{**MONEY, "amount": 10**12, "claims": {"ana": 10**12, "ben": 1}}],
    ),
    "claims of nothing": case_of(
        {"ana": [5], "ben": [5], "cem": [5]}, [{**MONEY, "amount": 10, "claims": {"ana": 0, "ben": 12, "cem": 0}}]
    ),
}
"""Cases for which the rules leave some deal."""

CLASHES: dict[str, Case] = {
    "a burden nobody may carry": case_of(
        {"ana": [-5, 3], "ben": [-4, 2]}, [DEBT, "house"], rules=[_forbid("debt", "ana"), _forbid("debt", "ben")]
    ),
    "a burden nobody may carry, of two": case_of(
        {"ana": [-5, -3], "ben": [-4, -2], "cem": [-1, -1]},
        [DEBT, {"id": "duty", "burden": True}],
        rules=[_forbid("debt", ["ana", "ben"]), _forbid("debt", "cem")],
    ),
    "a thing nobody may have": case_of({"ana": [5, 3], "ben": [4, 2]}, rules=[_forbid("i1", ["ana", "ben"])]),
    "costs nobody may carry": case_of(
        {"ana": [-5, 3], "ben": [-4, 2]}, [COSTS, MONEY], rules=[_forbid("costs", "ana"), _forbid("costs", "ben")]
    ),
    "caps that leave a rest": case_of(
        {"ana": [-5], "ben": [-4]},
        [COSTS],
        rules=[_forbid("costs", {party: "> 1/3"}) for party in ("ana", "ben")],
    ),
    "floors above the whole": case_of(
        {"ana": [5, 1], "ben": [4, 1]},
        [MONEY, "house"],
        rules=[_require("money", {"ana": ">= 60%"}), _require("money", {"ben": ">= 60%"})],
    ),
}
"""Cases in which no deal keeps the rules."""


def _found(case: Case, name: str) -> Outcome | str:
    procedure = PROCEDURES[name]
    why = procedure.refusal(case)
    if why is not None:
        return why
    try:
        return procedure.find(case, Options())
    except NoDeal as reason:
        return str(reason)


def _is_sentence(text: str) -> bool:
    """Words for people: it names something and ends, and shows nothing of the program's inside."""
    return text.rstrip("r0123456789 ").endswith(".") and not any(
        part in text for part in ("None", "Fraction(", "Error")
    )


@pytest.mark.parametrize("name", DEALS)
def test_every_procedure_gives_a_deal_that_keeps_the_rules_or_a_reason(name: str) -> None:
    case = DEALS[name]
    applied = 0
    for procedure in PROCEDURES:
        found = _found(case, procedure)
        if isinstance(found, str):
            assert _is_sentence(found), procedure
            continue
        applied += 1
        settled = found.deal.settlements
        assert oracle.keeps_rules(case, settled), procedure
        assert found.deal == Deal.of(case, settled), procedure
        assert certify(case, found.deal, found.multipliers), procedure
    assert applied


@pytest.mark.parametrize("name", CLASHES)
def test_where_no_deal_keeps_the_rules_none_is_given_and_those_that_clash_are_named(name: str) -> None:
    case = CLASHES[name]
    reasons = {procedure: _found(case, procedure) for procedure in PROCEDURES}
    assert [procedure for procedure, why in reasons.items() if not isinstance(why, str)] == []
    assert all(_is_sentence(str(why)) for why in reasons.values())
    with pytest.raises(NoDeal) as raised:
        PROCEDURES["leximin"].find(case, Options())
    assert raised.value.clash == tuple(rule.id for rule in case.rules)


@pytest.mark.parametrize("procedure", ["efx", "ef1-po"])
def test_a_burden_nobody_may_carry_is_named(procedure: str) -> None:
    assert "every party from “debt”" in str(_found(CLASHES["a burden nobody may carry, of two"], procedure))


def test_reasons_name_the_party_or_the_thing_in_the_way() -> None:
    shares = DEALS["a party that values nothing, shares"]
    assert "ben" in str(_found(shares, "equitable-split"))
    assert "ben" in str(_found(shares, "competitive-equilibrium"))
    assert "“i1”" in str(_found(CLASHES["a thing nobody may have"], "competitive-equilibrium"))
    assert "this case has 1." in str(_found(DEALS["one party"], "adjusted-winner"))


def test_one_party_gets_everything() -> None:
    for name in ("one party", "one party, shares"):
        found = [outcome for procedure in PROCEDURES if not isinstance(outcome := _found(DEALS[name], procedure), str)]
        assert found
        assert all(outcome.deal.shares(issue.id) == {"ana": 1} for outcome in found for issue in DEALS[name].issues)


@pytest.mark.parametrize("name", ["one to a thousand, shares", "one to a thousand, all shares"])
def test_at_one_to_a_thousand_equal_service_is_exact(name: str) -> None:
    found = _found(DEALS[name], "equitable-split")
    assert isinstance(found, Outcome)
    low, high = oracle.levels(DEALS[name], oracle.values(DEALS[name], found.deal.settlements))
    assert low == high
