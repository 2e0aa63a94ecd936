"""Who is meant by a name: by a registry that people edit, else by the fullest name in the reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from evenhand.case import id_of, read_document, read_part
from evenhand.case.parts import Part
from evenhand.record.model import Actor


class Registry(Part):
    """The file of known actors: `actors:` with id, name, aliases, role, speaks_for."""

    actors: tuple[Actor, ...] = ()


def load_registry(file: Path | str) -> tuple[Actor, ...]:
    """The actors in a registry file. Raises CaseError listing every mistake found."""
    return read_part(read_document(file), Registry).actors


class Actors:
    """The actors met so far, in the order in which they were met; those of a registry first."""

    def __init__(self, known: Iterable[Actor] = ()) -> None:
        self._by_id = {actor.id: actor for actor in known}
        self._by_name: dict[str, str] = {}
        for actor in self._by_id.values():
            for name in (actor.name, actor.id, *actor.aliases):
                self._by_name.setdefault(_folded(name), actor.id)

    def listed(self) -> tuple[Actor, ...]:
        """All of them."""
        return tuple(self._by_id.values())

    def of(self, name: str) -> str:
        """The id of the actor of a name; a new actor where the name is new."""
        folded = _folded(name)
        known = self._by_name.get(folded) or self._by_last_words(folded)
        if known is None:
            known = self._free_id(id_of(name) or "actor")
            self._by_id[known] = Actor(id=known, name=name)
        self._by_name.setdefault(folded, known)
        return known

    def _by_last_words(self, folded: str) -> str | None:
        """A longer known name that ends with this one, or a shorter of two words and more; only where one does."""
        words = folded.split(" ")
        found = {
            actor
            for name, actor in self._by_name.items()
            for known in [name.split(" ")]
            if (len(known) > 1 and known[-len(words) :] == words and len(words) < len(known) and name[:1].isalpha())
            or (1 < len(known) < len(words) and words[-len(known) :] == known)
        }
        return found.pop() if len(found) == 1 else None

    def _free_id(self, wanted: str) -> str:
        numbered = (f"{wanted[:50]}-{number}" for number in range(2, len(self._by_id) + 3))
        return next(name for name in [wanted, *numbered] if name not in self._by_id)


def _folded(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip().casefold()
