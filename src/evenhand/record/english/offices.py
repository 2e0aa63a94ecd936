"""For which state somebody speaks, by the office written before the name: "Northland's president", "French envoy"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from evenhand.record.english.lexicon import lines

OFFICE = (
    r"(?:president|prime minister|premier|chancellor|king|queen|emir|crown prince|supreme leader|foreign minister|"
    r"defen[cs]e minister|minister|secretary of state|foreign secretary|ambassador|negotiator|chief negotiator|envoy|"
    r"special envoy|spokes(?:man|woman|person)|leader)"
)

BODY = (
    r"(?:officials|negotiators|diplomats|envoys|authorities|government|ministry|administration|delegation|"
    r"representatives|military|forces)"
)
"""Who speaks for a state without a name; its people and its press do not."""


@cache
def states() -> Mapping[str, str]:
    """The state's name by its own, its adjectives and its seats of power, in lower case."""
    found: dict[str, str] = {}
    for line in lines("states.txt"):
        name, adjectives, seats = (part.strip() for part in line.split("|"))
        for word in [*adjectives.split(), *seats.split()]:
            found[word.replace("_", " ").lower()] = name
        found[name.lower()] = name
    return MappingProxyType(found)


@cache
def _office() -> re.Pattern[str]:
    adjectives = "|".join(sorted(map(re.escape, states()), key=len, reverse=True))
    return re.compile(rf"\b({adjectives})(?:['’]s)?\s+{OFFICE}\s+$", re.I)


@cache
def _body() -> re.Pattern[str]:
    adjectives = "|".join(sorted(map(re.escape, states()), key=len, reverse=True))
    return re.compile(rf"(?:the\s+)?(?:(?:senior|top|several|some)\s+)?({adjectives})(?:['’]s)?\s+{BODY}", re.I)


def state_of(name: str) -> str | None:
    """The state that a name, an adjective or a seat of power ("the Kremlin") stands for."""
    return states().get(re.sub(r"^the\s+", "", name.strip(), flags=re.I).lower())


def body_of(name: str) -> str | None:
    """The state that unnamed people speak for: "Northland's officials", "French negotiators"."""
    match = _body().fullmatch(name.strip())
    return states()[match[1].lower()] if match else None


def office_of(name: str, text: str) -> str | None:
    """The state whose office is written before a name in a text; nothing where none is, or several are."""
    named = {
        states()[match[1].lower()]
        for place in re.finditer(rf"\b{re.escape(name)}\b", text)
        if (match := _office().search(text[max(0, place.start() - 60) : place.start()]))
    }
    return named.pop() if len(named) == 1 else None
