"""Certificates written to a file, and read and checked again from it.

One JSON file holds the case's title and the SHA-256 of its canonical text, the deal with its payments, every
certificate with its witness, and the versions of what computed. It may be for one party's eyes; then the case
is as that party sees it, so that not even the hash depends on anybody else's numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evenhand.case import Case, CaseError, Document, Problem, case_digest, nearest_name
from evenhand.case.reading import file_bytes, utf8_text
from evenhand.certify.bundles import names
from evenhand.certify.certificate import Certificate
from evenhand.certify.properties import PROPERTIES
from evenhand.certify.recheck.claim import Claim, NotRecheckable, Wrong
from evenhand.deals import Deal, deal_file, deal_from_document, deal_in_stretches, in_stretches, payments_as_issues

FORMAT = "evenhand_certificates"
VERDICTS = ("holds", "fails", "undecided", "undefined")
Outcome = Literal["confirmed", "refuted", "nothing to recheck", "not recheckable"]
_REWRITE = "Write the file anew with --certificates."


@dataclass(frozen=True)
class Finding:
    """What rechecking one certificate found; `what` says what is wrong, or why there was nothing to do."""

    property: str
    verdict: str
    outcome: Outcome
    what: str = ""

    def as_json(self) -> dict[str, str]:
        """The finding as plain data; keys: property, verdict, outcome, what."""
        return {"property": self.property, "verdict": self.verdict, "outcome": self.outcome, "what": self.what}


@dataclass(frozen=True)
class Written:
    """A certificates file that was read: what it claims about which deal of which case."""

    title: str
    digest: str
    eyes: str | None
    deal: Deal
    certificates: Sequence[Mapping[str, Any]]

    def is_of(self, case: Case) -> bool:
        """Whether the case is, in every part, the one the certificates were made for."""
        return self.digest == case_digest(_seen(case, self.eyes))


def _seen(case: Case, eyes: str | None) -> Case:
    return case if eyes is None else case.seen_by(eyes)


def certificates_json(
    case: Case,
    deal: Deal,
    certificates: Sequence[Certificate],
    versions: Mapping[str, str],
    eyes: str | None = None,
) -> dict[str, Any]:
    """The content of a certificates file as plain data; `eyes` names the one party it is for."""
    return {
        FORMAT: 1,
        "case": {"title": case.title, "sha256": case_digest(_seen(case, eyes))},
        **({"for": eyes} if eyes else {}),
        **deal_file(deal),
        "certificates": [certificate.as_json() for certificate in certificates],
        "versions": dict(versions),
    }


def recheck(case: Case, written: Written) -> tuple[Finding, ...]:
    """What is found about every certificate of the file, in its order. Searches nothing."""
    seen = _seen(case, written.eyes)
    eyes = (written.eyes,) if written.eyes else names(case)
    case, deal = in_stretches(seen), deal_in_stretches(seen, written.deal)
    return tuple(_rechecked(case, deal, eyes, row) for row in written.certificates)


def _rechecked(case: Case, deal: Deal, eyes: tuple[str, ...], row: Mapping[str, Any]) -> Finding:
    found, verdict, witness = PROPERTIES[row["property"]], str(row["verdict"]), row["witness"]
    decided = verdict in ("holds", "fails")
    outcome: Outcome = "confirmed" if decided else "nothing to recheck"
    try:
        if decided and tuple(row["assumed"]) != found.assumed:
            raise Wrong("it does not assume what such a verdict rests on.")
        if not decided:
            return Finding(found.id, verdict, outcome, _why(witness))
        if found.of_parts:
            case, deal = payments_as_issues(case, deal)
        found.recheck(Claim(case, deal, eyes, verdict, witness))
    except Wrong as error:
        return Finding(found.id, verdict, "refuted", str(error))
    except NotRecheckable as error:
        return Finding(found.id, verdict, "not recheckable", str(error))
    return Finding(found.id, verdict, outcome)


def _why(witness: Mapping[str, Any]) -> str:
    if not isinstance(witness.get("why"), str):
        raise Wrong("it does not say why there is no verdict.")
    return str(witness["why"])


def load_certificates(case: Case, file: Path | str) -> Written:
    """Read a certificates file against a case. Raises CaseError listing what is wrong with the file."""
    return certificates_from_text(case, utf8_text(str(file), file_bytes(Path(file))), str(file))


def certificates_from_text(case: Case, text: str, file: str = "certificates") -> Written:
    """The certificates in a text that was already read. Raises CaseError listing what is wrong with it."""
    document = Document(file, text, _parsed(text, file), {})
    problems = sorted(_problems(case, document))
    if problems:
        raise CaseError(problems)
    tree = document.tree
    deal = deal_from_document(case, document)
    return Written(tree["case"]["title"], tree["case"]["sha256"], tree.get("for"), deal, tree["certificates"])


def _parsed(text: str, file: str) -> Any:
    """The tree, numbers as text; refuses names written twice and deep nesting."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = next(name for number, (name, _) in enumerate(pairs) if name in dict(pairs[:number]))
            raise CaseError([Problem(file, 0, 0, "", f'the name "{twice}" is written twice.', _REWRITE)])
        return found

    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        what = "this is not a whole certificates file: it is broken or cut off here."
        raise CaseError([Problem(file, error.lineno, error.colno, "", what, _REWRITE)]) from None
    except RecursionError:
        what = "the file is nested too deeply."
        raise CaseError([Problem(file, 0, 0, "", what, _REWRITE)]) from None


def _problems(case: Case, document: Document) -> Iterator[Problem]:
    tree = document.tree
    if not isinstance(tree, dict) or FORMAT not in tree:
        yield document.problem((), "this is not a certificates file.", "Name one written with --certificates.")
        return
    if tree[FORMAT] != "1":
        yield document.problem((FORMAT,), "this is not a version of the format known here.", _REWRITE)
        return
    about = tree.get("case")
    if not isinstance(about, dict) or not all(isinstance(about.get(name), str) for name in ("title", "sha256")):
        yield document.problem(("case",), "the case's title and hash are missing.", _REWRITE)
    known = [party.id for party in case.principals]
    if "for" in tree and tree["for"] not in known:
        yield document.problem(("for",), "this is no principal of the case.", nearest_name(str(tree["for"]), known))
    if not isinstance(tree.get("deal"), dict):
        yield document.problem(("deal",), "there is no deal.", _REWRITE)
    rows = tree.get("certificates")
    if not isinstance(rows, list) or not rows:
        yield document.problem(("certificates",), "there are no certificates.", _REWRITE)
        return
    yield from _row_problems(document, rows)


def _row_problems(document: Document, rows: list[Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, row in enumerate(rows):
        path = ("certificates", number)
        if not isinstance(row, dict) or set(row) != {"property", "verdict", "witness", "assumed"}:
            what = "a certificate has a property, a verdict, a witness and what was assumed."
            yield document.problem(path, what, _REWRITE)
        elif str(row["property"]) not in PROPERTIES or row["property"] in seen:
            what = f"“{row['property']}” is no property, or certified twice."
            yield document.problem(path, what, nearest_name(str(row["property"]), list(PROPERTIES)))
        elif row["verdict"] not in VERDICTS:
            what = f"“{row['verdict']}” is no verdict."
            yield document.problem(path, what, nearest_name(str(row["verdict"]), VERDICTS))
        elif not isinstance(row["witness"], dict) or not isinstance(row["assumed"], list):
            yield document.problem(path, "the witness is not a group, or what was assumed is not a list.", _REWRITE)
        else:
            seen.add(row["property"])
