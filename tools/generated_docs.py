"""Write the generated tables of the docs from the code. `python tools/generated_docs.py` renews them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from evenhand.bargain import BARGAINING_SOLUTIONS
from evenhand.case import json_schema
from evenhand.certify import PROPERTIES
from evenhand.divide import PROCEDURES

DOCS = Path(__file__).parents[1] / "docs"
PAGES = (DOCS / "case-format.md", DOCS / "procedures.md", DOCS / "certificates.md", DOCS / "bargain.md")
_MARKED = re.compile(r"(<!-- table: (\w+) -->\n)(.*?)(<!-- end -->)", re.S)


def renewed(page: str) -> str:
    """The page with every marked table made anew."""
    schema = json_schema()
    tables = {"procedures": procedures(), "ties": ties(), "certificates": certificates(), "solutions": solutions()}

    def made(found: re.Match[str]) -> str:
        return found.group(1) + (tables.get(found.group(2)) or table(schema, found.group(2))) + found.group(4)

    return _MARKED.sub(made, page)


def procedures() -> str:
    """What a mediator chooses from."""
    rows = [f"| `{p.id}` | {p.promise} | {p.use} | {p.avoid} |" for p in PROCEDURES.values()]
    return "\n".join(["| procedure | promises | use it for | not for |", "| --- | --- | --- | --- |", *rows]) + "\n"


def ties() -> str:
    """Source and tie-breaking rule of each procedure."""
    rows = [f"| `{p.id}` | {p.source} | {p.ties} |" for p in PROCEDURES.values()]
    return "\n".join(["| procedure | source | equal outcomes |", "| --- | --- | --- |", *rows]) + "\n"


def certificates() -> str:
    """What each property's witness holds, how to check it by hand, and what checking costs."""
    rows = [f"| `{p.id}` | {p.by_hand} | {p.cost} | {p.recheck_cost} |" for p in PROPERTIES.values()]
    heading = "| property | its witness, and how to check it by hand | certifying | rechecking |"
    return "\n".join([heading, "| --- | --- | --- | --- |", *rows]) + "\n"


def solutions() -> str:
    """The bargaining solutions: what each asks for, its definition and source."""
    rows = [
        f"| `{s.id}` | {s.in_short} | {' '.join(s.axioms)} | {s.definition} | {s.source} |"
        for s in BARGAINING_SOLUTIONS.values()
    ]
    heading = "| solution | picks | what is asked of it | definition | source |"
    return "\n".join([heading, "| --- | --- | --- | --- | --- |", *rows]) + "\n"


def table(schema: dict[str, Any], model: str) -> str:
    """A table of one model's fields: name, what it takes, whether it is needed, what it means."""
    part = schema if model == "Case" else schema["$defs"][model]
    lines = ["| name | takes | needed | meaning |", "| --- | --- | --- | --- |"]
    for name, field in part["properties"].items():
        needed = "yes" if name in part.get("required", ()) else ""
        lines.append(f"| `{name}` | {_takes(field)} | {needed} | {field.get('description', '')} |")
    return "\n".join(lines) + "\n"


def _takes(field: dict[str, Any]) -> str:
    """What may stand there, in a few words."""
    if "$ref" in field:
        return "`" + field["$ref"].rsplit("/", 1)[1] + "`"
    if field.get("title") in ("Number", "Condition"):
        return str(field["title"]).lower()
    options = field.get("enum") or [option for option in (field.get("const"),) if option is not None]
    if options:
        return " / ".join(f"`{value}`" for value in options)
    return _nested(field) or _plain(field)


def _nested(field: dict[str, Any]) -> str:
    if field.get("type") == "array":
        return f"list of {_takes(field.get('items', {}))}"
    if field.get("type") == "object":
        return f"names with {_takes(field.get('additionalProperties', {}))}"
    kinds = [_takes(one) for one in (*field.get("anyOf", ()), *field.get("oneOf", ())) if one.get("type") != "null"]
    return " or ".join(dict.fromkeys(kinds))


def _plain(field: dict[str, Any]) -> str:
    if field.get("format") == "date":
        return "a date"
    return {"boolean": "true / false", "integer": "number", "number": "number"}.get(field.get("type", ""), "text")


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(renewed(page.read_text("utf-8")), "utf-8")
