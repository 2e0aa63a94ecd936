"""From the tree to a `Case`: each part is validated by itself, so that one run shows every mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeGuard, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from evenhand.case.cells import land_problems
from evenhand.case.doubts import doubt_problems
from evenhand.case.lines import with_line_values
from evenhand.case.model import ISSUE_KINDS, Case, Party, Preference, Proposal, Rule, Source, Statement
from evenhand.case.problems import CaseError, Mistake, Problem
from evenhand.case.reading import Document, TreePath, read_document
from evenhand.case.references import reference_problems

AnyPart = TypeVar("AnyPart", bound=BaseModel)
_LISTS: dict[str, type[BaseModel]] = {
    "parties": Party,
    "rules": Rule,
    "sources": Source,
    "statements": Statement,
    "proposals": Proposal,
}
_SHAPES = {
    "string_type": ("text was expected here.", "Write a word or a sentence."),
    "model_type": ("a group of `name: value` lines was expected here.", "Indent the names below this one."),
    "dict_type": ("a group of `name: value` lines was expected here.", "Indent the names below this one."),
    "model_attributes_type": ("a group of `name: value` lines was expected here.", "Write {id: …, …}."),
    "tuple_type": (
        "a list was expected here.",
        "Write [a, b] or one line per item, each starting with a dash.",
    ),
    "list_type": (
        "a list was expected here.",
        "Write [a, b] or one line per item, each starting with a dash.",
    ),
    "too_short": ("the list is empty.", "Write at least one item, or remove the name."),
    "bool_parsing": ("this is neither true nor false.", "Write true or false."),
    "bool_type": ("this is neither true nor false.", "Write true or false."),
}


def load_case(file: Path | str) -> Case:
    """Read, validate and return the case in a YAML or JSON file.

    Raises CaseError listing every mistake found.
    """
    return read_case(read_document(file))


def read_case(document: Document) -> Case:
    """The case in a document that was already read. Raises CaseError listing every mistake found."""
    if not isinstance(document.tree, dict):
        what = "a case is a group of `name: value` lines."
        raise CaseError([document.problem((), what, "Begin with `evenhand: 1` and `title: …`.")])
    builder = _Builder(document)
    parts = builder.parts()
    problems = [*document.problems, *builder.problems]
    read = Case.model_construct(**parts)
    for check in (reference_problems, land_problems, doubt_problems):
        problems += check(read, document, builder.failed)
    if problems:
        raise CaseError(problems)
    return with_line_values(Case(**{name: part for name, part in parts.items() if name in document.tree}))


def read_part(document: Document, model: type[AnyPart]) -> AnyPart:
    """A document that is one part of another kind than a case. Raises CaseError listing every mistake found."""
    builder = _Builder(document)
    built = builder.validated(model, document.tree, ())
    problems = [*document.problems, *builder.problems]
    if problems or built is None:
        raise CaseError(problems)
    return built


class _Builder:
    """Collects validated parts, the problems met, and the paths of parts that failed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.failed: set[TreePath] = set()

    def parts(self) -> dict[str, Any]:
        tree = self.document.tree
        parts: dict[str, Any] = dict.fromkeys(("parties", "issues", *_LISTS), ())
        parts["preferences"] = {}
        for name, model in _LISTS.items():
            if name in tree:
                parts[name] = tuple(self._items(name, model))
        if "issues" in tree:
            parts["issues"] = tuple(self._issues())
        if "preferences" in tree:
            parts["preferences"] = dict(self._preferences())
        parts.update(self._header({key: value for key, value in tree.items() if key not in parts}))
        return parts

    def _header(self, rest: dict[str, Any]) -> dict[str, Any]:
        """Title, date and so on; also notes the top-level names that are missing or unknown."""
        placeholder = {"id": "x", "kind": "asset"}
        given = {name: self.document.tree.get(name) for name in ("parties", "issues", "preferences")}
        stand_in: dict[str, Any] = {"parties": [{"id": "x"}], "issues": [placeholder], "preferences": {}}
        present = {name: stand_in[name] for name, value in given.items() if value}
        for name, value in given.items():
            if name in self.document.tree and not value:
                self._note((name,), f"there are no {name}.", "Write at least one.")
                present[name] = stand_in[name]
        try:
            header = Case.model_validate({**rest, **present})
        except ValidationError as error:
            self._translate(error, (), Case)
            return {"title": str(rest.get("title", ""))}
        return {name: getattr(header, name) for name in rest if name in header.model_fields_set}

    def _items(self, name: str, model: type[BaseModel]) -> Iterator[BaseModel]:
        for path, item in self._list(name):
            built = self.validated(model, item, path)
            if built is not None:
                yield built

    def _list(self, name: str) -> Iterable[tuple[TreePath, Any]]:
        items = self.document.tree[name]
        if items is None:
            return []
        if not isinstance(items, list):
            self._note((name,), *_SHAPES["list_type"])
            return []
        return [((name, number), item) for number, item in enumerate(items)]

    def _issues(self) -> Iterator[BaseModel]:
        for path, item in self._list("issues"):
            kind = item.get("kind") if isinstance(item, dict) else None
            if not isinstance(item, dict):
                self._note(path, *_SHAPES["model_type"])
            elif not isinstance(kind, str) or kind not in ISSUE_KINDS:
                self._note_kind(path, kind)
            elif (built := self.validated(ISSUE_KINDS[kind], item, path)) is not None:
                yield built

    def _note_kind(self, path: TreePath, kind: object) -> None:
        self.failed.add(path)
        kinds = ", ".join(ISSUE_KINDS)
        if kind is None:
            self._note(path, "the issue has no kind.", f"Add `kind:` with one of {kinds}.")
        else:
            shown = f'"{kind}"' if isinstance(kind, str) else "this"
            self._note((*path, "kind"), f"{shown} is not a kind of issue.", _nearest(str(kind), ISSUE_KINDS))

    def _preferences(self) -> Iterator[tuple[str, Preference]]:
        preferences = self.document.tree["preferences"]
        if preferences is None:
            return
        if not isinstance(preferences, dict):
            self._note(("preferences",), *_SHAPES["dict_type"])
            return
        for party, item in preferences.items():
            built = self.validated(Preference, item, ("preferences", party))
            if isinstance(built, Preference):
                yield party, built

    def validated(self, model: type[AnyPart], item: Any, path: TreePath) -> AnyPart | None:
        try:
            return model.model_validate(item)
        except ValidationError as error:
            self._translate(error, path, model)
            return None

    def _note(self, path: TreePath, what: str, mend: str) -> None:
        self.failed.add(path)
        self.problems.append(self.document.problem(path, what, mend))

    def _translate(self, error: ValidationError, base: TreePath, model: type[BaseModel]) -> None:
        self.failed.add(base)
        for detail in error.errors(include_url=False):
            mistake = detail.get("ctx", {}).get("error")
            within = mistake.within if isinstance(mistake, Mistake) else ()
            self._note((*base, *detail["loc"], *within), *_in_plain_words(detail, model))


def _in_plain_words(detail: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """What is wrong and what would mend it, for one of pydantic's errors."""
    kind, name = detail["type"], str(detail["loc"][-1]) if detail["loc"] else "this"
    if kind == "missing":
        return f"`{name}` is missing.", f"Add a line `{name}: …`."
    if kind == "extra_forbidden":
        known = [field.alias or key for key, field in _model_at(model, detail["loc"][:-1]).model_fields.items()]
        return f"`{name}` is not a name known here.", _nearest(name, known)
    if kind == "literal_error":
        allowed = re.findall("'([^']+)'", detail["ctx"]["expected"])
        shown = f'"{detail["input"]}"' if isinstance(detail["input"], str) else "this"
        return f"{shown} is not one of the words allowed here.", _nearest(str(detail["input"]), allowed)
    if kind == "value_error":
        mistake = detail["ctx"]["error"]
        assert isinstance(mistake, Mistake)
        return f"{mistake}.", mistake.mend
    if kind == "too_short" and detail["ctx"]["min_length"] > 1:
        return "the list is too short.", f"Write at least {detail['ctx']['min_length']} items."
    return _SHAPES.get(kind, (f"{detail['msg']}.", "See docs/case-format.md."))


def _model_at(model: type[BaseModel], path: TreePath) -> type[BaseModel]:
    """The model of a part within a part, as far as the path leads through single parts."""
    for name in path:
        field = model.model_fields.get(str(name))
        inner = [kind for kind in get_args(field.annotation) if _is_part(kind)] if field else []
        model = inner[0] if inner else model
    return model


def _is_part(kind: Any) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _nearest(name: str, known: Iterable[str]) -> str:
    names = list(known)
    close = get_close_matches(name, names, n=1)
    return f"Did you mean `{close[0]}`?" if close else f"Known here: {', '.join(names)}."
