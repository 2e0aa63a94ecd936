"""Two reports of one speech: statements that quote the same words are linked, not merged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from evenhand.record.model import Statement

SHINGLE = 6
"""So many words in a row, said in two reports by the same actor, are the same words."""


def with_same_words(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those that quote the same words in different reports naming each other."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(statements):
        for run in _runs(one):
            places[run].append(at)
    linked: dict[int, set[int]] = defaultdict(set)
    for found in places.values():
        for at in found:
            linked[at].update(found)
    return tuple(
        one.model_copy(
            update={
                "same_words": tuple(
                    statements[other].id for other in sorted(linked[at]) if _may_be_one(one, statements[other])
                )
            }
        )
        if linked[at] or one.same_words
        else one
        for at, one in enumerate(statements)
    )


def _may_be_one(one: Statement, other: Statement) -> bool:
    unknown = None in (one.speaker.actor, other.speaker.actor)
    return one.source != other.source and (unknown or one.speaker.actor == other.speaker.actor)


def _runs(one: Statement) -> set[tuple[str, ...]]:
    if one.type == "indirect":
        return set()
    words = re.findall(r"\w+", one.words.casefold())
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
