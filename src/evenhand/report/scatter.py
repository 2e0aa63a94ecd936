"""The picture of two parties' packages as SVG: no script, no network, readable in print and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from evenhand.report.picture import Mark, Picture, Point

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 540, 380, 60, 20, 20, 50


def scatter(picture: Picture) -> str:
    """One SVG element: packages as dots and lines, no deal as two dashed lines, and a sign for each mark."""
    view = _View(picture)
    spoken = "; ".join(f"{mark.name}: {_spoken(picture, mark)}" for mark in picture.marks)
    drawn = [*view.axes(), *view.floor(), *view.stretches(), *view.dots(), *view.marks()]
    counted = f"Efficient packages: {len(picture.dots)} dots and {len(picture.stretches)} lines"
    return (
        f'<svg class="scatter" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(f"{counted}. {spoken}")}">{"".join(drawn)}</svg>'
    )


def _spoken(picture: Picture, mark: Mark) -> str:
    worth = zip(picture.parties, mark.at, strict=True)
    return ", ".join(f"{name} {_number(points)}" for name, points in worth)


def _number(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")


class _View:
    """Points placed on the page."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.low, self.high = picture.span

    def place(self, at: Point) -> Point:
        """Where a point stands on the page."""
        across, up = ((a - low) / max(high - low, 1e-12) for a, low, high in zip(at, self.low, self.high, strict=True))
        return (
            _LEFT + 10 + across * (_WIDTH - _LEFT - _RIGHT - 20),
            _HEIGHT - _BOTTOM - 10 - up * (_HEIGHT - _TOP - _BOTTOM - 20),
        )

    def axes(self) -> Iterator[str]:
        """Two lines, their ends in points, and whose points they are."""
        right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
        first, second = (escape(name) for name in self.picture.parties)
        yield f'<path class="axis" d="M{_LEFT} {_TOP}V{bottom}H{right}"/>'
        for points, anchor in ((self.low, "start"), (self.high, "end")):
            x, y = self.place(points)
            yield f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="{anchor}">{_number(points[0])}</text>'
            yield f'<text x="{_LEFT - 8}" y="{y + 5:.1f}" text-anchor="end">{_number(points[1])}</text>'
        yield f'<text x="{right}" y="{_HEIGHT - 10}" text-anchor="end" class="who">{first} →</text>'
        yield f'<text x="{_LEFT}" y="{_TOP - 6}" class="who">↑ {second}</text>'

    def floor(self) -> Iterator[str]:
        """What no deal (or the deal given) is worth: everything right of and above both lines is as good for all."""
        x, y = self.place(next(mark.at for mark in self.picture.marks if mark.kind == "start"))
        yield f'<path class="floor" d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>'

    def stretches(self) -> Iterator[str]:
        """Efficient mixes, as lines."""
        for one, other in self.picture.stretches:
            (x1, y1), (x2, y2) = self.place(one), self.place(other)
            yield f'<path class="stretch" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'

    def dots(self) -> Iterator[str]:
        """Efficient packages, as one path."""
        places = (self.place(dot) for dot in self.picture.dots)
        path = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in places)
        if path:
            yield f'<path class="dots" d="{path}"/>'

    def marks(self) -> Iterator[str]:
        """Packages that were picked, and whole deals on the table."""
        for mark in self.picture.marks:
            x, y = self.place(mark.at)
            if mark.kind != "start":
                yield f'<g class="{mark.kind}"><title>{escape(mark.name)}</title>'
                yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9"/>'
                yield f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle">{escape(mark.sign)}</text></g>'
