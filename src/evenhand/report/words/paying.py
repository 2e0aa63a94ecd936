"""Each step of a trace that makes payments, as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from evenhand.case import Case
from evenhand.report.words.plain import label, listed, money_text, points_of, share_text


def _money(case: Case, text: str) -> str:
    return money_text(case, Fraction(text))


def _each(case: Case, rows: Mapping[str, str]) -> str:
    """ "Ana 300 EUR and Ben 500 EUR" """
    return listed([f"{label(case, party)} {_money(case, sum_)}" for party, sum_ in rows.items()])


def _bids(case: Case, facts: Mapping[str, Any]) -> str:
    winner, thing = label(case, facts["winner"]), case.issue(facts["issue"]).label
    return f"{thing} goes to {winner}. Bids: {_each(case, facts['bids'])}."


def _pot(case: Case, facts: Mapping[str, Any]) -> str:
    party, pays = label(case, facts["party"]), Fraction(facts["pays"])
    part = "all" if facts["part"] == "1" else share_text(Fraction(facts["part"]))
    text = f"{party} bids {_money(case, facts['total'])} for everything; {part} of that is "
    text += f"{_money(case, facts['fair_part'])}. It wins what it bid {_money(case, facts['won'])} for"
    if not pays:
        return f"{text}, exactly its part."
    how = "pays {} into the pot" if pays > 0 else "takes {} out of the pot"
    return f"{text}, so it {how.format(money_text(case, abs(pays)))}."


def _pot_left(case: Case, facts: Mapping[str, Any]) -> str:
    left = Fraction(facts["left"])
    if not left:
        return "The pot is empty."
    if left < 0:
        return (
            f"The pot lacks {money_text(case, -left)}, borne by entitlement: {_each(case, _turned(facts['shares']))}."
        )
    return f"{_money(case, facts['left'])} is left in the pot, shared by entitlement: {_each(case, facts['shares'])}."


def _turned(rows: Mapping[str, str]) -> dict[str, str]:
    return {party: str(-Fraction(sum_)) for party, sum_ in rows.items()}


def _paid_together(case: Case, facts: Mapping[str, Any]) -> str:
    if Fraction(facts["to_pay"]) < 0:
        due, shares = _turned({"": facts["to_pay"]})[""], _turned(facts["shares"])
        return f"{_money(case, due)} is received together, shared by entitlement: {_each(case, shares)}."
    return f"{_money(case, facts['to_pay'])} is paid together, borne by entitlement: {_each(case, facts['shares'])}."


def _places(case: Case, facts: Mapping[str, Any]) -> str:
    rows = [f"{case.issue(issue).label} to {label(case, party)}" for party, issue in facts["held"].items()]
    return f"{listed(rows)}. No other way, one each, is worth more together: {points_of(facts['sum'])}."


def _rent(case: Case, facts: Mapping[str, Any]) -> str:
    pays = Fraction(facts["pays"])
    how = f"pays {money_text(case, pays)}" if pays >= 0 else f"receives {money_text(case, -pays)}"
    worth, left = _money(case, facts["worth"]), points_of(facts["left"])
    return f"{label(case, facts['party'])} {how} for what is worth {worth} to it: {left} above the price."


def _subsidies(case: Case, facts: Mapping[str, Any]) -> str:
    if not Fraction(facts["total"]):
        return "So handed out, nobody envies anybody, and no money is needed."
    needed = {party: sum_ for party, sum_ in facts["each"].items() if Fraction(sum_)}
    return f"So that nobody envies, {_money(case, facts['total'])} comes from outside: {_each(case, needed)}."


def _largest_sum(case: Case, facts: Mapping[str, Any]) -> str:
    rows = listed([f"{label(case, party)} {points_of(value)}" for party, value in facts["points"].items()])
    level = points_of(facts["level"])
    return f"Before payments: {rows}. Payments bring everyone to {level} for each unit of its entitlement."


def _transfers(case: Case, facts: Mapping[str, Any]) -> str:
    rows = []
    for row in facts["transfers"]:
        giver = "the payer" if row["from"] == "outside" else label(case, row["from"])
        taker = "the payee" if row["to"] == "outside" else label(case, row["to"])
        rows.append(f"{giver} to {taker} {_money(case, row['amount'])}")
    return f"Money changes hands: {'; '.join(rows)}." if rows else "No money changes hands."


PAYING_STEPS = {
    "sealed-bids": _bids,
    "pot": _pot,
    "pot-left": _pot_left,
    "paid-together": _paid_together,
    "places": _places,
    "rent": _rent,
    "subsidies": _subsidies,
    "largest-sum": _largest_sum,
    "transfers": _transfers,
}
