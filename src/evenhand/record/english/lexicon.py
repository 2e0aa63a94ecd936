"""The words that report speech, belief, feeling and intention, read from the lists in `words`, with all their forms.

A *frame* is what may follow a word: "clause", "to", "object", "about" … ; the lists say which word has which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

Frames = frozenset[str]
NOTHING: Frames = frozenset()
PREPOSITIONS = ("about", "against", "at", "for", "from", "in", "of", "on", "over", "with", "by", "toward", "towards")


def lines(name: str) -> list[str]:
    """The lines of a word list, without comments and empty ones."""
    text = files("evenhand.record.english").joinpath("words", name).read_text("utf-8")
    return [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]


def framed(name: str) -> dict[str, Frames]:
    """Frames by base form of a list whose headings are frames."""
    found: dict[str, set[str]] = {}
    heading = ""
    for line in lines(name):
        if line.startswith("["):
            heading = line.strip("[]").split("]")[0]
            continue
        for word in line.split():
            base, _, preps = word.partition(":")
            for frame in preps.split(",") if preps else [heading]:
                found.setdefault(base.replace("_", " "), set()).add(
                    "to as object" if preps and frame == "to" else frame
                )
    return {base: frozenset(frames) for base, frames in found.items()}


@cache
def verb_frames() -> Mapping[str, Frames]:
    """Frames by base form; verb and particle are parted by a space."""
    return MappingProxyType(framed("verbs.txt"))


@cache
def noun_frames() -> Mapping[str, Frames]:
    """Frames by every form of a noun, singular and plural."""
    by_base = framed("nouns.txt")
    return MappingProxyType({form: frames for base, frames in by_base.items() for form in (base, plural(base))})


@cache
def adjective_frames() -> Mapping[str, Frames]:
    """Frames by adjective."""
    return MappingProxyType(framed("adjectives.txt"))


@cache
def verb_bases() -> Mapping[str, str]:
    """The base form of every form of a listed verb, British and American."""
    bases: dict[str, str] = {}
    for base in {key.split()[0] for key in verb_frames()} | helpers():
        for form in regular(base):
            bases.setdefault(form, base)
    for line in lines("irregular.txt"):
        base, *others = line.split()
        _, present, _, going = regular(base)
        if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", base):
            going = base + base[-1] + "ing"
        bases |= dict.fromkeys([base, present, going, *others], base)
    return MappingProxyType(bases)


@cache
def helpers() -> frozenset[str]:
    """Verbs that carry a noun of speech or thought: "make" a claim, "have" a doubt."""
    return frozenset(word for line in lines("helpers.txt") for word in line.split())


def regular(base: str) -> list[str]:
    """Base form, -s, -ed and -ing of a regular verb."""
    if base.endswith("e"):
        return [base, base + "s", base + "d", (base if base.endswith(("ee", "ye", "oe")) else base[:-1]) + "ing"]
    if re.search(r"[^aeiou]y$", base):
        return [base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"]
    return [base, base + ("es" if re.search(r"(s|x|z|ch|sh|o)$", base) else "s"), base + "ed", base + "ing"]


def plural(noun: str) -> str:
    """The regular plural."""
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    if noun.endswith("sis"):
        return noun[:-2] + "es"
    return noun + ("es" if re.search(r"(s|x|z|ch|sh)$", noun) else "s")
