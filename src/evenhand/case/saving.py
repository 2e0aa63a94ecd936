"""Saving a case: exact, atomic, and with the comments its writer left in the file."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import date
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from evenhand.case.building import read_case
from evenhand.case.lines import as_written_by_people, territories
from evenhand.case.model import Case
from evenhand.case.problems import CaseError
from evenhand.case.reading import TreePath, parse_document

_LONG = 8
"""Lists of so many names and more are written in rows."""


def case_text(case: Case, *, as_json: bool = False, previous: str | None = None) -> str:
    """The case as YAML or JSON text.

    `previous` is the YAML text it was read from: parts of it, and items of its lists, that did not change keep
    every letter and comment. Reading the text gives an equal case.
    """
    plain = _tree(case)
    if as_json:
        return json.dumps(plain, ensure_ascii=False, indent=2, default=str) + "\n"
    yaml = YAML()
    yaml.width = 110
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    if previous is None or not _reads(previous):
        return _dumped(yaml, _in_rows(plain))
    before = _tree(read_case(parse_document(previous)))
    if before == plain:
        return previous
    tree = yaml.load(previous)
    _update(tree, plain, before)
    return _as_written(previous, before, _dumped(yaml, tree), plain)


def save_case(case: Case, file: Path | str) -> None:
    """Write the case to a YAML or JSON file, all or nothing. Comments in an existing file survive."""
    path = Path(file)
    as_json = path.suffix.lower() == ".json"
    previous = _text_of(path) if path.exists() and not as_json else None
    write_atomically(path, case_text(case, as_json=as_json, previous=previous))


def _as_written(previous: str, before: Any, text: str, now: Any) -> str:
    """The new text, with each part that did not change as it was written before: dumping may break lines anew."""
    old, new = _parts(previous), _parts(text)
    heads = {(name,) for name, *item in old if item} & {(name,) for name, *item in new if item}

    def same(path: TreePath) -> bool:
        return path in old and (path in heads or _at(before, path) == _at(now, path))

    kept = [old[path] if same(path) else part for path, part in new.items()]
    joined = "".join(part if part.endswith("\n") else part + "\n" for part in kept)
    return joined if _reads(joined) and _tree(read_case(parse_document(joined))) == now else text


def _parts(text: str) -> dict[TreePath, str]:
    """The text cut where its names, and the items of their lists, begin on lines of their own.

    What stands before the first name belongs to it, what stands before any other to the part before.
    """
    starts: dict[int, TreePath] = {}
    for path, place in parse_document(text).places.items():
        if len(path) == 1 or (len(path) == 2 and isinstance(path[1], int)):
            starts.setdefault(place.line - 1 if starts else 0, path)
    lines, ends = text.splitlines(keepends=True), [*sorted(starts)[1:], None]
    return {starts[start]: "".join(lines[start:end]) for start, end in zip(sorted(starts), ends, strict=True)}


def _at(plain: Any, path: TreePath) -> Any:
    for name in path:
        plain = plain[name]
    return plain


def _text_of(path: Path) -> str | None:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return None  # no case ever stood there, so there is nothing to keep


def write_atomically(file: Path | str, text: str, *, private: bool = False) -> None:
    """Replace a file's content in one step: a reader, or a crash, sees the old text or the new.

    A `private` file can be read by its owner alone.
    """
    path = Path(file).resolve()
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if not private:  # a temporary file is its owner's alone already
            os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reads(text: str) -> bool:
    try:
        read_case(parse_document(text))
    except CaseError:
        return False
    return True


def _dumped(yaml: YAML, tree: Any) -> str:
    stream = StringIO()
    yaml.dump(tree, stream)
    return stream.getvalue()


def _tree(case: Case) -> dict[str, Any]:
    """The case as plain data, without what is made when it is read."""
    tree: dict[str, Any] = _plain(as_written_by_people(case))
    if territories(case):  # making it has marked these as said
        for part, name in ((tree, "rules"), *((wants, "values") for wants in tree["preferences"].values())):
            if not part.get(name, True):
                del part[name]
    return tree


def _plain(value: Any) -> Any:
    """Models to dicts, fractions to ints or text, leaving out what was not set."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        given = [name for name in fields if name in value.model_fields_set]
        return {fields[name].alias or name: _plain(getattr(value, name)) for name in given}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Fraction):
        return _number(value)
    return value if isinstance(value, bool | int | str | date) or value is None else str(value)


def _number(value: Fraction) -> int | float | str:
    """The number as a person would write it: whole, as a decimal where that is exact, else as a fraction."""
    if value.denominator == 1:
        return value.numerator
    decimal = float(value)
    return decimal if Fraction(repr(decimal)) == value else str(value)


def _in_rows(value: Any) -> Any:
    """The same, with long lists of names, such as the cells of a line, to be written in rows."""
    if isinstance(value, dict):
        return {name: _in_rows(part) for name, part in value.items()}
    if isinstance(value, list):
        rows = CommentedSeq(_in_rows(part) for part in value)
        if len(rows) >= _LONG and all(isinstance(part, str) for part in value):
            rows.fa.set_flow_style()
        return rows
    return value


def _update(tree: Any, new: Any, old: Any) -> None:
    """Change in `tree` (comments and all) just what differs between `old` and `new`."""
    if isinstance(tree, CommentedMap):
        for key in [key for key in tree if str(key) not in new]:
            del tree[key]
        names = {str(key): key for key in tree}
        for name, value in new.items():
            _set(tree, names.get(name, name), value, old.get(name), present=name in names)
    elif isinstance(tree, CommentedSeq):
        del tree[len(new) :]
        for number, value in enumerate(new):
            known = number < len(tree)
            if known:
                _set(tree, number, value, old[number] if number < len(old) else None, present=True)
            else:
                tree.append(_in_rows(value))


def _set(tree: Any, key: Any, value: Any, old: Any, *, present: bool) -> None:
    if present and value == old:
        return
    nested = present and type(value) is type(old) and isinstance(tree[key], CommentedMap | CommentedSeq)
    if nested and isinstance(value, dict | list):
        _update(tree[key], value, old)
    else:
        tree[key] = _in_rows(value)
