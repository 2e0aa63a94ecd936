"""Numbers with their units in English: money, shares, areas, distances, people and forces, energy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.record.english import numbers

UNITS = {
    "percent": r"%|per ?cent\b|percentage points?\b",
    "km2": r"(?:square kilomet(?:er|re)s?|sq\.? ?km|km²|km2)\b",
    "mi2": r"(?:square miles?|sq\.? ?mi)\b",
    "ha": r"(?:hectares?|ha)\b",
    "acre": r"acres?\b",
    "km": r"(?:kilomet(?:er|re)s?|km)\b",
    "mi": r"miles?\b",
    "m": r"met(?:er|re)s?\b",
    "t": r"(?:metric )?ton(?:ne)?s?\b",
    "barrel": r"barrels?\b",
    "m3": r"cubic met(?:er|re)s?\b",
    "MW": r"(?:megawatts?|mw)\b",
    "USD": r"(?:us |american )?dollars?\b",
    "EUR": r"euros?\b",
    "GBP": r"pounds? sterling\b",
    "prisoner": r"(?:prisoners?|hostages?|captives?|detainees?)\b",
    "soldier": r"(?:soldiers?|troops|fighters?|peacekeepers?|militants?)\b",
    "person": r"(?:people|persons?|civilians?|refugees?|residents?|children|workers?)\b",
    "vehicle": r"(?:tanks?|vehicles?|trucks?|aircraft|planes?|drones?|missiles?|ships?)\b",
}
PEOPLE = ("prisoner", "soldier", "person")
SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
ABOUT = (
    r"about|around|approximately|roughly|nearly|almost|some|more than|over|at least|up to|fewer than|less than|under|"
    r"an estimated"
)
_UNIT = "|".join(f"(?P<u{at}>{pattern})" for at, pattern in enumerate(UNITS.values()))
_FOUND = re.compile(
    rf"(?<![\w.,-])(?:(?P<about>{ABOUT})\s+)?(?P<sign>(?:US)?\$\s?|[€£¥]\s?)?(?P<first>{numbers.NUMBER})"
    rf"(?:\s?(?:to|-|–)\s?[$€£¥]?(?P<second>{numbers.NUMBER}))?(?:[\s-]?(?:{_UNIT})|\s[a-z]+\s(?P<people>"
    rf"{UNITS['prisoner']}|{UNITS['soldier']}|{UNITS['person']}))?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A number at its place in the text: `value` in digits ("1200"; "10..20", a range), `unit`, and whether about."""

    start: int
    end: int
    value: str
    unit: str
    about: bool


def quantities_in(text: str) -> tuple[Measured, ...]:
    """The numbers of a text that have a unit, in its order."""
    return tuple(_quantities(text))


def _quantities(text: str) -> Iterator[Measured]:
    for match in _FOUND.finditer(text):
        unit = _unit(match)
        first = numbers.number(match["first"])
        if not unit or first is None:
            continue
        second = numbers.number(match["second"]) if match["second"] else None
        value = f"{first.normalize():f}" if second is None else f"{first.normalize():f}..{second.normalize():f}"
        yield Measured(match.start(), match.end(), value, unit, match["about"] is not None)


def _unit(match: re.Match[str]) -> str:
    if match["sign"]:
        return SIGNS[match["sign"].strip().upper()]
    if match["people"]:
        return next(name for name in PEOPLE if re.fullmatch(UNITS[name], match["people"], re.I))
    return next((name for at, name in enumerate(UNITS) if match[f"u{at}"]), "")
