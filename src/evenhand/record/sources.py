"""Reports to sources: the text of a file, untouched or taken out of HTML or PDF, and the day it is from.

A date is given, or, where it is asked for, found in the report itself and said how; it is never guessed. What a file's
bytes mean as text is decided by a stated rule and kept with the source.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Literal

from evenhand.case import CaseError, Problem, file_bytes, id_of
from evenhand.record.english.full_dates import full_dates
from evenhand.record.html import Page, page_of
from evenhand.record.model import Source

AUTO = "auto"
_AT = re.compile(r"(.+)@(\d{4}-\d{2}-\d{2}|auto)", re.DOTALL)
_UNDEFINED = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
_HEAD = 600


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    form: Literal["text", "html", "pdf"]
    encoding: str
    title: str = ""
    dates: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()


def digest(text: str) -> str:
    """The sha256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_sources(
    reports: Sequence[str], day: str | None = None, *, publisher: str = ""
) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """The sources in some files, in their order, and notes for the reader.

    Each report is a file, or FILE@DAY. `day` is for those without their own: a date, or `auto`, to look in the
    report. A report given twice is read once. Raises CaseError for all reports that cannot be used.
    """
    found: list[Source] = []
    notes: list[str] = []
    problems: list[Problem] = []
    for report in reports:
        try:
            source = _source(report, day, publisher, {one.id for one in found})
            twin = next((one for one in found if one.sha256 == source.sha256), None)
            if twin is None:
                found.append(source)
            else:
                notes.append(_twin_note(twin, source))
        except CaseError as error:
            problems += error.problems
    if problems:
        raise CaseError(problems)
    return tuple(found), tuple(notes)


def _twin_note(twin: Source, source: Source) -> str:
    if twin.date != source.date:
        what = f"this is the same text as {twin.file}, but dated {source.date} and not {twin.date}."
        raise _error(source.file, what, "Give the report once, with its one date.")
    return f"{source.file} is the same text as {twin.file}; it was read once."


def _source(report: str, day: str | None, publisher: str, taken: set[str]) -> Source:
    own = _AT.fullmatch(report) if not Path(report).exists() else None
    file, day = (own[1], own[2]) if own else (report, day)
    read = text_of(file)
    when, how = _dated(file, day, read)
    name = Path(file).name
    return Source(
        id=_free_id(id_of(Path(file).stem) or "report", taken),
        title=read.title or name,
        publisher=publisher,
        file=name,
        date=when,
        dated_by=how,
        form=read.form,
        encoding=read.encoding,
        sha256=digest(read.text),
        pages=read.pages,
        text=read.text,
    )


def _free_id(wanted: str, taken: set[str]) -> str:
    wanted = wanted[:40].strip("-")
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in [wanted, *numbered] if name not in taken)


def _error(file: str, what: str, mend: str) -> CaseError:
    return CaseError([Problem(file, 0, 0, "", what, mend)])


def text_of(file: str) -> _Text:
    """The text in a file, by what the file holds rather than by its name alone."""
    path = Path(file)
    data = file_bytes(path)
    if data.startswith(b"%PDF-"):
        read = _pdf(file, data)
    else:
        text, encoding = decoded(file, data)
        is_html = path.suffix.lower() in (".html", ".htm", ".xhtml") or re.match(
            r"\s*<(!doctype html|html)", text, re.I
        )
        read = _html(page_of(text), encoding) if is_html else _Text(text, "text", encoding)
    if not read.text.strip():
        what = "the PDF has no text, only pictures." if read.form == "pdf" else "there is no text in this report."
        raise _error(file, what, "Name a file with the report's words.")
    return read


def _html(page: Page, encoding: str) -> _Text:
    return _Text(page.text, "html", encoding, page.title, page.dates)


def _pdf(file: str, data: bytes) -> _Text:
    from pypdf import PdfReader  # noqa: PLC0415  heavy, and needed only for PDF files
    from pypdf.errors import PyPdfError  # noqa: PLC0415  the same

    mend = "Save it again without protection, or save its text."
    try:
        reader = PdfReader(BytesIO(data))
        parts = [page.extract_text() for page in reader.pages]
        title = str(reader.metadata.title or "") if reader.metadata else ""
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        # broken files make the library fail in many ways
        raise _error(file, f"the PDF cannot be read ({str(error) or type(error).__name__}).", mend) from None
    pages: list[int] = []
    text = ""
    for part in parts:
        text += "\n\n" if text else ""
        pages.append(len(text))
        text += part.encode("utf-8", "replace").decode("utf-8")
    return _Text(text, "pdf", "", title.strip(), (), tuple(pages))


def decoded(file: str, data: bytes) -> tuple[str, str]:
    """The text in some bytes and the name of its encoding.

    UTF-8 where the bytes are that; UTF-16 where they begin with its mark; else each byte that is not UTF-8 counts as
    Windows-1252. Bytes that mean nothing in either are refused.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            raise _error(file, "the file begins as UTF-16 but is not.", "Save it again as UTF-8.") from None
    if b"\0" in data:
        raise _error(file, "this is not a text file.", "Name a report as text, HTML or PDF.")
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return _mixed(file, data)


def _mixed(file: str, data: bytes) -> tuple[str, str]:
    parts: list[str] = []
    odd = good = 0
    place = 0
    while place < len(data):
        try:
            parts.append(data[place:].decode("utf-8-sig" if place == 0 else "utf-8"))
            good += not parts[-1].isascii()
            break
        except UnicodeDecodeError as error:
            before = data[place : place + error.start].decode("utf-8-sig" if place == 0 else "utf-8")
            good += not before.isascii()
            stop = place + error.end
            run = data[place + error.start : stop]
            if _UNDEFINED & set(run):
                line = data.count(b"\n", 0, stop) + 1
                what = "these bytes are no text, neither as UTF-8 nor as Windows-1252."
                raise CaseError([Problem(file, line, 0, "", what, "Save the report again as UTF-8.")]) from None
            parts += [before, run.decode("cp1252")]
            odd += 1
            place = stop
    return "".join(parts), "utf-8 and cp1252 mixed" if good else "cp1252"


def _dated(file: str, day: str | None, read: _Text) -> tuple[date, str]:
    if day == AUTO:
        return _found_date(file, read)
    if day is None:
        mend = f"Say it with --date 2025-03-17 or {file}@2025-03-17; --date auto looks for it in the report."
        raise _error(file, "the report has no date, and none is guessed.", mend)
    try:
        return date.fromisoformat(day), "given"
    except ValueError:
        raise _error(file, f'"{day}" is not a date.', "Write year-month-day, such as 2025-03-17.") from None


def _found_date(file: str, read: _Text) -> tuple[date, str]:
    """The one date in the report's own header; two different ones are refused."""
    stated = {found for text in read.dates for found in full_dates(text)}
    how = "the date in the page's header"
    if not stated:
        stated = set(full_dates(read.text[:_HEAD]))
        how = f"the only full date in the first {_HEAD} characters"
    if len(stated) == 1:
        return stated.pop(), how
    if not stated:
        raise _error(file, "no full date stands in the report's header.", f"Say it: {file}@2025-03-17")
    days = " and ".join(str(one) for one in sorted(stated))
    raise _error(file, f"the report's header has several dates: {days}.", f"Say which: {file}@{min(stated)}")


def one_day(days: Iterable[str]) -> str | None:
    """The one day that was given; several different ones are refused, all named."""
    given = list(dict.fromkeys(days))
    if len(given) > 1:
        what = f"there are several dates for the same reports: {' and '.join(given)}."
        raise _error("", what, "Give each report its own: FILE@2025-03-17.")
    return given[0] if given else None
