"""Efficient values of two parties where some can be mixed: points and straight pieces, from left to right.

The first party's points grow to the right, the second's fall. All arithmetic is on fractions. Two profiles are joined
exactly: between neighbouring ends both are straight, so the higher one is found, and where they cross.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

Point = tuple[Fraction, Fraction]
Source = tuple[int, int]
"""Which way to settle it, and which step of sharing."""


@dataclass(frozen=True)
class Piece:
    """A point (start = end) or a falling line from start to end. An open end is not efficient itself.

    Pieces of one source lie on one line.
    """

    start: Point
    end: Point
    source: Source
    open_start: bool = False
    open_end: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it is a single value."""
        return self.start == self.end

    def height(self, x: Fraction) -> Fraction:
        """The second party's points where the first has x."""
        if x == self.start[0]:
            return self.start[1]
        (a, top), (b, bottom) = self.start, self.end
        return top + (x - a) / (b - a) * (bottom - top)


Profile = tuple[Piece, ...]


def envelope(profiles: Sequence[Profile]) -> Profile:
    """What is efficient among all profiles; of equal values the first profile's."""
    if not profiles:
        return ()
    if len(profiles) == 1:
        return profiles[0]
    half = len(profiles) // 2
    return _joined(envelope(profiles[:half]), envelope(profiles[half:]))


def clipped(profile: Profile, least: Point) -> Profile:
    """The part of a profile where both parties have at least so much."""
    kept = []
    for piece in profile:
        if piece.end[0] < least[0] or piece.start[1] < least[1]:
            continue
        left, right = piece, piece
        if piece.start[0] < least[0]:
            left = replace(piece, start=(least[0], piece.height(least[0])), open_start=False)
        if piece.end[1] < least[1]:
            (a, top), (b, bottom) = piece.start, piece.end
            right = replace(piece, end=(a + (top - least[1]) / (top - bottom) * (b - a), least[1]), open_end=False)
        part = replace(left, end=right.end, open_end=right.open_end)
        if part.start[0] < part.end[0] or (part.is_point and not (part.open_start or part.open_end)):
            kept.append(part)
    return tuple(kept)


def _joined(one: Profile, other: Profile) -> Profile:
    """The profile of two together."""
    ends = sorted({end[0] for piece in (*one, *other) for end in (piece.start, piece.end)})
    looks = (_Look(one), _Look(other))
    spans = [span for a, b in pairwise(ends) for span in _higher(a, b, *(look.span(a, b) for look in looks))]
    places = [_place(x, looks) for x in [*(span.a for span in spans), ends[-1]]]
    return tuple(_pieces(places, spans))


@dataclass(frozen=True)
class _Span:
    """What can be reached between two neighbouring places, from `left` down to `right`; `source` None: level."""

    a: Fraction
    b: Fraction
    left: Fraction
    right: Fraction
    source: Source | None


@dataclass(frozen=True)
class _Place:
    """The most that goes with x or more, and whose it is at x itself."""

    x: Fraction
    height: Fraction
    source: Source | None


def _higher(a: Fraction, b: Fraction, one: _Span | None, other: _Span | None) -> list[_Span]:
    """The higher one of two spans, or both up to where they cross and from there."""
    if one is None or other is None:
        return [span for span in (one, other) if span is not None]
    left, right = one.left - other.left, one.right - other.right
    if left * right < 0:
        cross = a + (b - a) * left / (left - right)
        level = one.left + (one.right - one.left) * left / (left - right)
        before, after = (one, other) if left > 0 else (other, one)
        return [replace(before, b=cross, right=level), replace(after, a=cross, left=level)]
    first = left > 0 or right > 0 or (left == right == 0 and one.source is not None)
    return [one if first else other]


def _place(x: Fraction, looks: Sequence[_Look]) -> _Place:
    found = [place for look in looks if (place := look.at(x)) is not None]
    height = max(place.height for place in found)
    sources = [place.source for place in found if place.height == height and place.source is not None]
    return _Place(x, height, sources[0] if sources else None)


def _pieces(places: Sequence[_Place], spans: Sequence[_Span]) -> Iterator[Piece]:
    """What is efficient: falling spans, and places that are not as high as what follows and belong to no such span."""
    around = [None, *(span if span.source is not None else None for span in spans), None]
    efficient = [
        place.height != span.left or span.source is not None for place, span in zip(places, spans, strict=False)
    ] + [True]
    going: Piece | None = None
    for number, place in enumerate(places):
        before, after = around[number], around[number + 1]
        starts = after is not None and after.left == place.height
        if going is not None and not (after and before and starts and after.source == before.source):
            yield replace(going, open_end=not efficient[number])
            going = None
        if efficient[number] and before is None and not starts:
            assert place.source is not None
            yield Piece((place.x, place.height), (place.x, place.height), place.source)
        if after is not None and after.source is not None:
            end = (after.b, after.right)
            going = replace(going, end=end) if going else Piece((after.a, after.left), end, after.source, not starts)


class _Look:
    """Reads a profile from left to right."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._ends = [piece.end[0] for piece in profile]

    def span(self, a: Fraction, b: Fraction) -> _Span | None:
        """What is reached between two neighbouring ends; None: nothing lies further right."""
        place = bisect_left(self._ends, b)
        if place == len(self._profile):
            return None
        piece = self._profile[place]
        if piece.start[0] <= a:
            return _Span(a, b, piece.height(a), piece.height(b), piece.source)
        return _Span(a, b, piece.start[1], piece.start[1], None)

    def at(self, x: Fraction) -> _Place | None:
        """The most that goes with x or more; None: nothing does."""
        place = bisect_left(self._ends, x)
        if place == len(self._profile):
            return None
        piece = self._profile[place]
        if piece.start[0] > x:
            return _Place(x, piece.start[1], None)
        return _Place(x, piece.height(x), None if piece.open_end and x == piece.end[0] else piece.source)
