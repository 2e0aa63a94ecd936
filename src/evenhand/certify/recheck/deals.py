"""A deal written in a witness."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenhand.case import Case, Document
from evenhand.certify.recheck.claim import wrong
from evenhand.deals.deal import Deal
from evenhand.deals.reading import deal_from_document


def deal_in(case: Case, given: Any) -> Deal:
    """The deal written as {issue: settlement}, if it settles every issue of the case and no other."""
    if not isinstance(given, Mapping):
        wrong("the other deal is not written as one")
    try:
        # Nobody has to pay in a deal that is compared by its things alone.
        return deal_from_document(case.model_copy(update={"money": None}), Document("", "", {"deal": dict(given)}, {}))
    except ValueError:
        wrong("the other deal is no deal of this case")
