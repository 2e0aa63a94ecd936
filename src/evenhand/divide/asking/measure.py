"""What a party thinks of a line, exactly: the worth of a piece, and where a piece reaches a worth."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evenhand.case import Cake, Preference
from evenhand.deals import stretch_worths


@dataclass(frozen=True)
class Measure:
    """A worth spread evenly within each stretch of a line; `worths[k]` is that of stretch k, in points."""

    stretches: tuple[tuple[Fraction, Fraction], ...]
    worths: tuple[Fraction, ...]

    @classmethod
    def of(cls, preference: Preference, cake: Cake) -> Measure:
        """A party's own measure of a cake."""
        return cls(cake.stretches, tuple(stretch_worths(preference, cake)))

    @property
    def whole(self) -> Fraction:
        """What the whole line is worth."""
        return sum(self.worths, Fraction(0))

    def worth(self, start: Fraction, end: Fraction) -> Fraction:
        """What the piece from `start` to `end` is worth."""
        total = Fraction(0)
        for (low, high), worth in zip(self.stretches, self.worths, strict=True):
            total += worth * max(Fraction(0), min(end, high) - max(start, low)) / (high - low)
        return total

    def reach(self, start: Fraction, wanted: Fraction) -> Fraction:
        """The first position up from `start` to which the piece is worth `wanted`; the end where it never is."""
        if wanted <= 0:
            return start
        for (low, high), worth in zip(self.stretches, self.worths, strict=True):
            begin = max(low, start)
            here = worth * (high - begin) / (high - low) if begin < high else Fraction(0)
            if here >= wanted:
                return begin + wanted * (high - low) / worth
            wanted -= here
        return self.stretches[-1][1]
