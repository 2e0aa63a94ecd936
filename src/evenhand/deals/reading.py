"""Deals as files: written as plain data, read back with every mistake named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from evenhand.case import (
    JOINT,
    Asset,
    Cake,
    Case,
    CaseError,
    Chosen,
    Document,
    Issue,
    Mistake,
    Problem,
    Territory,
    TreePath,
    exact,
    fraction_text,
    nearest_name,
    read_document,
)
from evenhand.deals.deal import Deal, Pieces, Settlement


def deal_json(deal: Deal) -> dict[str, object]:
    """The settlements as plain data: party, option, {party: "fraction"}, or {party: [["from", "to"], …]} (cake)."""
    return {issue: _settlement_json(deal, issue) for issue in deal.settlements}


def payments_json(deal: Deal) -> dict[str, str]:
    """What each party pays (below 0: receives) as text; empty where nobody does."""
    return {party: fraction_text(paid) for party, paid in deal.payments.items()}


def deal_file(deal: Deal) -> dict[str, object]:
    """What a deal file holds: {"deal": {issue: settlement}}; and, where there are any, {"payments": {party: "amount"}}
    and {"subsidy": "amount"}."""
    paid = {"payments": payments_json(deal)} if deal.payments else {}
    added = {"subsidy": fraction_text(deal.subsidy)} if deal.subsidy else {}
    return {"deal": deal_json(deal), **paid, **added}


def _settlement_json(deal: Deal, issue: str) -> object:
    settlement = deal[issue]
    if issue in deal.pieces:
        return {
            party: [[fraction_text(start), fraction_text(end)] for start, end in pieces]
            for party, pieces in deal.pieces[issue].items()
        }
    if isinstance(settlement, str):
        return settlement
    return {party: fraction_text(share) for party, share in settlement.items()}


def load_deal(case: Case, file: Path | str) -> Deal:
    """Read a deal file in JSON or YAML, as `deal_file` describes it. Raises CaseError."""
    return deal_from_document(case, read_document(file))


def deal_from_document(case: Case, document: Document) -> Deal:
    """The deal in a document that was already read. Raises CaseError listing every mistake."""
    tree = document.tree
    if not isinstance(tree, dict) or not isinstance(tree.get("deal"), dict):
        mend = 'Write {"deal": {issue: settlement, …}}.'
        raise CaseError([document.problem((), "this is not a deal file.", mend)])
    problems = [*document.problems, *_deal_problems(case, tree["deal"], document)]
    wrong = [*_subsidy_problems(case, tree.get("subsidy"))]
    subsidy = Fraction(0) if wrong else exact(tree.get("subsidy", 0))
    wrong += _payment_problems(case, tree.get("payments"), subsidy)
    problems += [document.problem(*found) for found in wrong]
    if problems:
        raise CaseError(problems)
    cakes = {issue.id: issue for issue in case.issues if isinstance(issue, Cake)}
    settled = {issue.id: _read(tree["deal"][issue.id]) for issue in case.issues if issue.id not in cakes}
    pieces = {name: _read_pieces(cake, tree["deal"][name]) for name, cake in cakes.items()}
    payments = {party: exact(paid) for party, paid in (tree.get("payments") or {}).items()}
    return Deal.of(case, settled, payments, pieces, subsidy)


def _read(value: Any) -> Settlement:
    return value if isinstance(value, str) else {party: exact(share) for party, share in value.items()}


def _read_pieces(cake: Cake, value: Any) -> Mapping[str, Pieces]:
    if isinstance(value, str):
        return {value: ((cake.marks[0], cake.marks[-1]),)}
    return {party: tuple((exact(start), exact(end)) for start, end in found) for party, found in value.items()}


def _subsidy_problems(case: Case, subsidy: Any) -> Iterator[tuple[TreePath, str, str]]:
    if subsidy is None:
        return
    if case.money is None:
        yield ("subsidy",), "this case has no payments.", "Add `money: {unit: …}` to the case, or remove it."
        return
    try:
        if exact(subsidy) < 0:
            yield (
                ("subsidy",),
                "a subsidy may not be below 0.",
                "What the parties pay to others is `to_pay` in the case.",
            )
    except Mistake as error:
        yield ("subsidy",), f"{error}.", error.mend


def _payment_problems(case: Case, payments: Any, subsidy: Fraction) -> Iterator[tuple[TreePath, str, str]]:
    if payments is None:
        payments = {}
    if not isinstance(payments, dict):
        yield ("payments",), "this does not say who pays.", "Write {party: amount}; below 0, the party receives it."
        return
    if case.money is None:
        if payments:
            yield ("payments",), "this case has no payments.", "Add `money: {unit: …}` to the case, or remove them."
        return
    total, principals = Fraction(0), [party.id for party in case.principals]
    for party, text in payments.items():
        if party not in principals:
            yield ("payments", party), f'there is no principal "{party}".', nearest_name(party, principals)
        try:
            total += exact(text)
        except Mistake as error:
            yield ("payments", party), f"{error}.", error.mend
            return
    due = case.money.to_pay - subsidy
    if total != due:
        what = f"the payments sum to {fraction_text(total)}, not to {fraction_text(due)}."
        mend = "What one pays, another receives, but for what the case says they pay together, less a `subsidy`."
        yield ("payments",), what, mend


def _deal_problems(case: Case, settled: Mapping[str, Any], document: Document) -> Iterator[Problem]:
    issues = [issue.id for issue in case.issues]
    for name in settled:
        if name not in issues:
            yield document.problem(("deal", name), f'the case has no issue "{name}".', nearest_name(name, issues))
    for issue in case.issues:
        path = ("deal", issue.id)
        if issue.id not in settled:
            yield document.problem(("deal",), f'"{issue.id}" is not settled.', "A deal settles every issue.")
        else:
            for what, mend in _settlement_problems(case, issue, settled[issue.id]):
                yield document.problem(path, what, mend)
    if case.money is not None and case.money.one_each:
        yield from _one_each_problems(case, settled, document)


def _one_each_problems(case: Case, settled: Mapping[str, Any], document: Document) -> Iterator[Problem]:
    for party in case.principals:
        held = [issue.id for issue in case.issues if settled.get(issue.id) == party.id]
        if len(held) > 1:
            what = f'"{party.id}" gets {" and ".join(held)}, but the case says `one_each`.'
            yield document.problem(("deal", held[1]), what, "Give everyone one.")


def _settlement_problems(case: Case, issue: Issue, value: Any) -> Iterator[tuple[str, str]]:
    principals = [party.id for party in case.principals]
    if isinstance(issue, Cake) and isinstance(value, dict) and value:
        yield from _piece_problems(issue, principals, value)
    elif isinstance(value, dict) and value and not isinstance(issue, Chosen):
        yield from _share_problems(principals, value)
    elif isinstance(value, str):
        joint = [JOINT] if isinstance(issue, Asset) and issue.joint else []
        allowed = [option.id for option in issue.options] if isinstance(issue, Chosen) else [*principals, *joint]
        if value not in allowed:
            yield f'"{value}" cannot settle {issue.id}.', nearest_name(value, allowed)
    else:
        wanted = "a line" if isinstance(issue, Territory) else "an option"
        wanted = wanted if isinstance(issue, Chosen) else "a party, or shares such as {ana: 1/2, ben: 1/2}"
        wanted = "a party, or pieces such as {ana: [[0, 5]], ben: [[5, 9]]}" if isinstance(issue, Cake) else wanted
        yield f"{issue.id} is not settled by this.", f"Write {wanted}."


def _share_problems(principals: list[str], value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    total = Fraction(0)
    for party, text in value.items():
        if party not in principals:
            yield f'there is no principal "{party}".', nearest_name(party, principals)
        try:
            share = exact(text)
        except ValueError as error:
            yield f"{error}.", "Write a share such as 1/2 or 0.5."
            return
        if share < 0:
            yield f"the share of {party} is negative.", "Shares lie between 0 and 1."
        total += share
    if total != 1:
        yield f"the shares sum to {total}, not to 1.", "Correct them; thirds are written 1/3."


def _piece_problems(cake: Cake, principals: list[str], value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    ends: list[tuple[Fraction, Fraction]] = []
    for party, pieces in value.items():
        if party not in principals:
            yield f'there is no principal "{party}".', nearest_name(party, principals)
        if not isinstance(pieces, list) or not all(isinstance(piece, list) and len(piece) == 2 for piece in pieces):
            yield f"the pieces of {party} cannot be read.", "Write a list of [from, to]."
            return
        try:
            ends += [(exact(start), exact(end)) for start, end in pieces]
        except Mistake as error:
            yield f"{error}.", error.mend
            return
    if not _cover(cake, ends):
        first, last = fraction_text(cake.marks[0]), fraction_text(cake.marks[-1])
        yield f"the pieces do not cover {first} to {last} exactly once.", "Let each piece begin where another ends."


def _cover(cake: Cake, ends: list[tuple[Fraction, Fraction]]) -> bool:
    """Whether the pieces, put in a row, lead from one end of the cake to the other."""
    at = cake.marks[0]
    for start, end in sorted(ends):
        if start != at or end <= start:
            return False
        at = end
    return at == cake.marks[-1]
