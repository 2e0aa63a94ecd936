"""A deal settles every issue: a party or `joint` (asset), an option (choice), or shares (divisible, or an
asset that had to be shared)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from evenhand.case import (
    JOINT,
    Asset,
    Case,
    CaseError,
    Choice,
    Divisible,
    Document,
    Issue,
    Problem,
    exact,
    fraction_text,
    nearest_name,
    read_document,
)

Settlement = str | Mapping[str, Fraction]


@dataclass(frozen=True)
class Deal:
    """A settlement for each issue of a case, in the case's order. Shares are above 0 and sum to 1."""

    settlements: Mapping[str, Settlement]

    @classmethod
    def of(cls, case: Case, settlements: Mapping[str, Settlement]) -> Deal:
        """The deal in its one written form: issues and parties in case order, no empty shares, and a
        party's id where an asset is whole."""
        return cls({issue.id: _written(case, issue, settlements[issue.id]) for issue in case.issues})

    def __getitem__(self, issue_id: str) -> Settlement:
        return self.settlements[issue_id]

    def shares(self, issue_id: str) -> Mapping[str, Fraction]:
        """Who holds how much of an asset or divisible; empty for `joint`."""
        settlement = self.settlements[issue_id]
        if isinstance(settlement, str):
            return {} if settlement == JOINT else {settlement: Fraction(1)}
        return settlement

    def is_shared(self, issue_id: str) -> bool:
        """Whether more than one party holds a part."""
        return not isinstance(self.settlements[issue_id], str) and len(self.settlements[issue_id]) > 1


def _written(case: Case, issue: Issue, settlement: Settlement) -> Settlement:
    if isinstance(settlement, str):
        return {settlement: Fraction(1)} if isinstance(issue, Divisible) else settlement
    shares = {party.id: settlement[party.id] for party in case.principals if settlement.get(party.id, 0) != 0}
    if isinstance(issue, Asset) and len(shares) == 1:
        return next(iter(shares))
    return shares


def deal_json(deal: Deal) -> dict[str, object]:
    """The deal as plain data: party, option, or {party: "fraction"}."""
    return {
        issue: settlement if isinstance(settlement, str) else {p: fraction_text(f) for p, f in settlement.items()}
        for issue, settlement in deal.settlements.items()
    }


def load_deal(case: Case, file: Path | str) -> Deal:
    """Read a deal file, `{"deal": {issue: settlement}}` in JSON or YAML. Raises CaseError."""
    return deal_from_document(case, read_document(file))


def deal_from_document(case: Case, document: Document) -> Deal:
    """The deal in a document that was already read. Raises CaseError listing every mistake."""
    tree = document.tree
    if not isinstance(tree, dict) or not isinstance(tree.get("deal"), dict):
        mend = 'Write {"deal": {issue: settlement, …}}.'
        raise CaseError([document.problem((), "this is not a deal file.", mend)])
    problems = [*document.problems, *_deal_problems(case, tree["deal"], document)]
    if problems:
        raise CaseError(problems)
    return Deal.of(case, {issue.id: _read(tree["deal"][issue.id]) for issue in case.issues})


def _read(value: Any) -> Settlement:
    return value if isinstance(value, str) else {party: exact(share) for party, share in value.items()}


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


def _settlement_problems(case: Case, issue: Issue, value: Any) -> Iterator[tuple[str, str]]:
    principals = [party.id for party in case.principals]
    if isinstance(value, dict) and value and not isinstance(issue, Choice):
        yield from _share_problems(principals, value)
    elif isinstance(value, str):
        joint = [JOINT] if isinstance(issue, Asset) and issue.joint else []
        allowed = [option.id for option in issue.options] if isinstance(issue, Choice) else [*principals, *joint]
        if value not in allowed:
            yield f'"{value}" cannot settle {issue.id}.', nearest_name(value, allowed)
    else:
        wanted = "an option" if isinstance(issue, Choice) else "a party, or shares such as {ana: 1/2, ben: 1/2}"
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
