"""One text for one case, however its file is written: to tell whether a case is still the one it was."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from evenhand.case.lines import as_written_by_people
from evenhand.case.model import Case


def canonical_text(case: Case) -> str:
    """The case as JSON with names sorted, numbers as fractions in lowest terms, and defaults left out.

    Two files give the same text exactly when they say the same; comments, order of names, and whether a
    default was written out make no difference.
    """
    return json.dumps(_plain(as_written_by_people(case)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def case_digest(case: Case) -> str:
    """The SHA-256 of the canonical text, in hexadecimal digits."""
    return hashlib.sha256(canonical_text(case).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        given = {name: getattr(value, name) for name in fields}
        told = {
            name: part
            for name, part in given.items()
            if fields[name].is_required() or part != fields[name].get_default(call_default_factory=True)
        }
        return {fields[name].alias or name: _plain(part) for name, part in told.items()}
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, Fraction) or not isinstance(value, bool | int | None) else value
