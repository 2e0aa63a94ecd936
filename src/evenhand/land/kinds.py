"""Which areas of a control map count as control: their kinds, read from a property of the map, counted or left out.

Sources draw more than control: ground where forces operated without holding it, claims. Such kinds stand in a property
of their own, or are joined into one area's by `+` ("control+advance"). What is said of them here is said by the map.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from evenhand.maps import EqualArea, Layer
from evenhand.maps.layer import Shapes
from evenhand.maps.problems import refused

USUAL = ("kind", "source")
"""The properties in which kinds are looked for where none is named, the first that the map has."""
JOINED = "+"
SQUARE_KM = 1e6
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Kinds:
    """Which kinds of area are counted, by a property of the map (None: the map tells no kinds).

    `count` are the only ones counted, all where it is empty; `leave_out` are not. An area of several kinds counts where
    each of them does.
    """

    name: str | None
    count: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()

    def of(self, row: Row) -> tuple[str, ...]:
        """The kinds of one area, in the order in which the map joins them."""
        parts = str(row.get(self.name, "")).split(JOINED) if self.name else ()
        return tuple(part.strip() for part in parts if part.strip())

    def called(self, row: Row) -> str:
        """The kinds of one area in words."""
        return JOINED.join(self.of(row)) or "nothing"

    def counts(self, row: Row) -> bool:
        """Whether an area is counted."""
        kinds = set(self.of(row))
        return not kinds & set(self.leave_out) and (not self.count or (bool(kinds) and kinds <= set(self.count)))

    def known(self, rows: Sequence[Row]) -> tuple[str, ...]:
        """Every kind in the map, in its order."""
        return tuple(dict.fromkeys(kind for row in rows for kind in self.of(row)))


def kinds_of(layer: Layer, name: str | None, count: tuple[str, ...] = (), leave_out: tuple[str, ...] = ()) -> Kinds:
    """What is asked for, checked against the map. Raises MapError for a kind that the map does not have."""
    usual = next((one for one in USUAL if any(one in row for row in layer.properties)), None)
    kinds = Kinds(name or usual, count, leave_out)
    known = kinds.known(layer.properties)
    for kind in (*count, *leave_out):
        if kind not in known:
            told = f"Known, from “{kinds.name}”: {', '.join(known)}." if known else "Name their property with --kind."
            raise refused(layer.file, 0, f'it has no area of the kind "{kind}".', told)
    return kinds


def counted(layer: Layer, kinds: Kinds) -> Layer:
    """The areas that count. Raises MapError where none does."""
    rows = [number for number, row in enumerate(layer.properties) if kinds.counts(row)]
    if not rows:
        named = ", ".join(dict.fromkeys(map(kinds.called, layer.properties)))
        raise refused(layer.file, 0, "none of its areas counts as control.", f"Count some of their kinds: {named}.")
    return replace(layer, shapes=layer.shapes[rows], properties=tuple(layer.properties[k] for k in rows))


def told(whole: Layer, kinds: Kinds) -> Iterator[str]:
    """What control includes, and what it does not, in the words of the map."""
    if kinds.name is None:
        yield f"Control is every area of {whole.file}; the map does not tell kinds of area."
        return
    rows = whole.properties
    left = [kind for kind in kinds.known(rows) if kind in kinds.leave_out or (kinds.count and kind not in kinds.count)]
    held = [kind for kind in kinds.known(rows) if kind not in left]
    yield (
        f"Counted as control are areas that {whole.file} calls, in “{kinds.name}”: {', '.join(held)}. "
        f"Left out: {', '.join(left) or 'none'}."
    )
    dropped = [row for row in rows if not kinds.counts(row)]
    if dropped:
        named = ", ".join(dict.fromkeys(map(kinds.called, dropped)))
        yield f"{len(dropped)} of its {len(rows)} areas are not counted: those called {named}."


@dataclass(frozen=True, eq=False)
class Grouped:
    """The areas of a map that go by the same names, laid together: their names, kinds, and one shape each."""

    names: tuple[Mapping[str, str], ...]
    kinds: tuple[tuple[str, ...], ...]
    shapes: Shapes


def grouped(layer: Layer, kinds: Kinds, by: Sequence[str]) -> Grouped:
    """Areas told apart by the properties `by`, in the order of the map; where areas of one overlap, they count once."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(layer.properties):
        groups.setdefault(tuple(str(row.get(name, "")) for name in by), []).append(number)
    shapes = [layer.shapes[k[0]] if len(k) == 1 else shapely.union_all(layer.shapes[k]) for k in groups.values()]
    return Grouped(
        tuple(dict(zip(by, key, strict=True)) for key in groups),
        tuple(kinds.known([layer.properties[k] for k in rows]) for rows in groups.values()),
        np.array(shapes, dtype=object),
    )


def parted(layer: Layer, kinds: Kinds, found: Grouped, inside: Shapes, plane: EqualArea) -> Iterator[str]:
    """For every share of several kinds, how much of it is of one kind alone, as far as the map parts them."""
    mixed = []
    for names, shown, shape in zip(found.names, found.kinds, inside, strict=True):
        if len(shown) < 2:
            continue
        alone = list(_alone(layer, kinds, names, shown, shape, plane))
        yield from alone
        mixed += [] if alone else [", ".join(names.values())]
    if mixed:
        yield f"{'; '.join(mixed)}: drawn as one area, so how much of it is of which kind cannot be told."


def _alone(
    layer: Layer, kinds: Kinds, names: Mapping[str, str], shown: tuple[str, ...], shape: Any, plane: EqualArea
) -> Iterator[str]:
    """What a share would lose without one of its kinds, where the map draws the others by themselves."""
    here = {name: text for name, text in names.items() if name != kinds.name}
    rows = [k for k, row in enumerate(layer.properties) if all(str(row.get(n, "")) == t for n, t in here.items())]
    for kind in shown:
        others = [k for k in rows if (own := kinds.of(layer.properties[k])) and set(own) <= set(shown) - {kind}]
        if others:
            rest = shapely.difference(shape, shapely.union_all(layer.shapes[others]))
            area = float(plane.areas(np.array([rest], dtype=object))[0]) / SQUARE_KM
            besides = ", ".join(one for one in shown if one != kind)
            yield f"{', '.join(names.values())}: {area:,.0f} km² of it are {kind} alone, beyond what is {besides}."
