"""The words of a web page: its headline and paragraphs, without scripts, navigation and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_DROPPED = frozenset(
    {"script", "style", "nav", "aside", "footer", "form", "noscript", "template", "svg", "button", "head"}
)
_BLOCKS_WORDS = """address article blockquote br dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header hr li main ol
p pre section table td th tr ul"""
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_DATE_NAMES = frozenset({"article:published_time", "date", "dc.date", "dcterms.date", "datepublished", "pubdate"})


@dataclass(slots=True)
class Page:
    """The text of a page, paragraph by paragraph, its title, and the dates its header states."""

    text: str = ""
    title: str = ""
    dates: tuple[str, ...] = ()


def page_of(html: str) -> Page:
    """The words of a page. Never raises: what is not well formed is read as browsers do."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    paragraphs = (re.sub(r"[ \t\r\n\f]+", " ", part).strip() for part in "".join(reader.pieces).split("\n\n"))
    text = "\n\n".join(part for part in paragraphs if part)
    return Page(text, re.sub(r"\s+", " ", "".join(reader.title)).strip(), tuple(reader.dates))


@dataclass
class _Reader(HTMLParser):
    pieces: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    in_title: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and (given.get("property") or given.get("name", "")).lower() in _DATE_NAMES:
            self.dates.append(given.get("content", "")[:10])
        elif tag == "title":
            self.in_title = not self.title
        elif tag in _DROPPED:
            self.inside.append(tag)
        elif tag in ("body", "article", "main", "h1"):
            self.inside = [one for one in self.inside if one != "head"]
        if tag in _BLOCKS:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        elif tag in self.inside:
            del self.inside[len(self.inside) - 1 - self.inside[::-1].index(tag) :]
        if tag in _BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title.append(data)
        elif not self.inside:
            self.pieces.append(re.sub(r"\n\s*\n", "\n", data))
