"""What every part of a case is made of: frozen groups of names, exact numbers, ids."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema

from evenhand.case.numbers import exact
from evenhand.case.problems import Mistake

JOINT = "joint"
"""The settlement of an asset that the parties keep together."""

_ID = re.compile(r"[^\W_](?:[\w-]*\w)?")
_ID_MEND = "Use letters, digits, - and _ (at most 60), with a letter or digit at both ends; a name may be anything."


def is_id(text: str) -> bool:
    """Whether a text can be an id."""
    return len(text) <= 60 and _ID.fullmatch(text) is not None


def _checked_id(text: str) -> str:
    if not is_id(text):
        raise Mistake(f'"{text}" cannot be an id', _ID_MEND)
    return text


def as_list(value: Any) -> Any:
    """One name where a list of names may stand."""
    return [value] if isinstance(value, str) else value


NUMBER_PATTERN = r"^[+-]?([0-9][0-9_]*(\.[0-9]*)?|\.[0-9]+|[0-9]+/[0-9]+)([eE][+-]?[0-9]{1,3})?$"
Number = Annotated[
    Fraction,
    PlainValidator(exact),
    WithJsonSchema(
        {
            "title": "Number",
            "description": "Read exactly: an integer, a decimal, or a fraction written as text (40/3).",
            "anyOf": [{"type": "number"}, {"type": "string", "pattern": NUMBER_PATTERN}],
        }
    ),
]
Id = Annotated[
    str,
    AfterValidator(_checked_id),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 60, "pattern": r"^\S+$"}),
]
Ids = Annotated[
    tuple[str, ...],
    BeforeValidator(as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class Part(BaseModel):
    """A part of a case: frozen, and no unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class IssuePart(Part):
    """What every issue has."""

    id: Id = Field(description="Its short name in the file: letters, digits, - and _.")
    name: str = Field(default="", description="What people call the issue; its id when left out.")
    about: str = Field(default="", description="Anything people should know.")

    @property
    def label(self) -> str:
        """The name to show to people."""
        return self.name or self.id


class Option(Part):
    """One thing a choice can become."""

    id: Id = Field(description="Its short name in the file: letters, digits, - and _.")
    name: str = ""

    @property
    def label(self) -> str:
        """The name to show to people."""
        return self.name or self.id
