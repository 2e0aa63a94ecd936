"""What a statement is about: issues by the words that name them, from a list anybody can replace."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from evenhand.record.english.lexicon import lines


@dataclass(frozen=True, slots=True)
class Issue:
    """Something talks are about: its name, its contexts in PLOVER, and the pattern of its words."""

    name: str
    contexts: tuple[str, ...]
    words: re.Pattern[str]


def issues_from(rows: Sequence[str]) -> tuple[Issue, ...]:
    """Issues from rows `name | contexts | words`; `*` stands for any ending, `_` for a space."""
    found = []
    for row in rows:
        name, contexts, words = (part.strip() for part in row.split("|", 2))
        pattern = "|".join(re.escape(word).replace("_", r"\s+").replace(r"\*", r"\w*") for word in words.split())
        found.append(Issue(name, tuple(contexts.split()), re.compile(rf"\b(?:{pattern})\b", re.I)))
    return tuple(found)


@cache
def usual_issues() -> tuple[Issue, ...]:
    """The general list, of no one conflict."""
    return issues_from(lines("issues.txt"))


def issues_in(text: str, known: Sequence[Issue] | None = None) -> tuple[Issue, ...]:
    """The issues that a text names, in the order of the list: the more telling first."""
    return tuple(issue for issue in (usual_issues() if known is None else known) if issue.words.search(text))
