"""A territory as an issue: the cells of a map, and the lines on the table, each of which says who gets which cells.

Whoever does not care where a line runs sees a choice among lines. What a line is worth to a party follows from
what the party says of the cells (`lines` in this room), so no map is needed to read a case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, PrivateAttr, WithJsonSchema

from evenhand.case.numbers import exact
from evenhand.case.parts import NUMBER_PATTERN, IssuePart, Number, Option, Part
from evenhand.case.problems import Mistake

FEWEST_LINES, MOST_LINES = 2, 200
_JOINT_MEND = "Write true, false, or {share: 1/2} for what part of a joint cell counts for each party."
_ZONE_MEND = "Write share, at_least, at_most, of and between, such as {at_most: 6, between: true}."
_ZONE = ("share", "at_least", "at_most", "of", "between")


def _cell(value: Any) -> Any:
    """Many maps number their cells."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _line_count(value: Any) -> int:
    mend = f"Write a whole number from {FEWEST_LINES} to {MOST_LINES}."
    try:
        number = exact(value)
    except Mistake:
        raise Mistake("this is no number of lines", mend) from None
    if number.denominator != 1 or not FEWEST_LINES <= number <= MOST_LINES:
        raise Mistake("this is no number of lines", mend)
    return int(number)


def _joint(value: Any) -> bool | dict[str, Fraction | str | bool]:
    if isinstance(value, bool) or value in ("true", "false"):
        return value in (True, "true")
    if not isinstance(value, dict) or not value:
        raise Mistake("this does not say whether there may be a joint zone", _JOINT_MEND)
    found: dict[str, Fraction | str | bool] = {}
    for name, told in value.items():
        if name not in _ZONE:
            raise Mistake(f'a joint zone has no "{name}"', _ZONE_MEND)
        try:
            found[name] = _of_zone(name, told)
        except Mistake as error:
            raise Mistake(str(error), error.mend, (name,)) from None
    if "at_most" not in found and found.keys() - {"share"}:
        raise Mistake("how large the joint zone may be is not said", "Add `at_most`, such as at_most: 6.")
    return found


def _of_zone(name: str, told: Any) -> Fraction | str | bool:
    if name == "of":
        if isinstance(told, str):
            return told
        raise Mistake("this is no column of the map", "Write a column such as area_km2; leave it out to count cells.")
    if name == "between":
        if told in (True, False, "true", "false"):
            return told in (True, "true")
        raise Mistake("this is neither true nor false", "Write true or false.")
    return exact(told)


Cell = Annotated[str, BeforeValidator(_cell), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]})]
Cells = tuple[Cell, ...]
_NUMBER = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": NUMBER_PATTERN}]}
JointZone = Annotated[
    bool | dict[str, Fraction | str | bool],
    PlainValidator(_joint),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "boolean"},
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": {"enum": list(_ZONE)},
                    "additionalProperties": {"anyOf": [{"type": "number"}, {"type": "string"}, {"type": "boolean"}]},
                },
            ]
        }
    ),
]


LineCount = Annotated[
    int,
    PlainValidator(_line_count),
    WithJsonSchema({"type": "integer", "minimum": FEWEST_LINES, "maximum": MOST_LINES}),
]
Outline = tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True)
class Ground:
    """What the map says of a territory, kept beside the case once it was read, and never written into it.

    `neighbours[cell]` are the cells that share a border with it, each with the length of that border in decimetres, in
    the order of the map; 0 for a link. `columns` are the numbers that the map has for every cell, by column and in the
    order of the cells, the area in km² among them. `outlines` are for drawing: the rings of each cell, as (x, y) in
    degrees.
    """

    cells: tuple[str, ...]
    neighbours: Mapping[str, Mapping[str, int]]
    columns: Mapping[str, tuple[Fraction, ...]]
    outlines: Mapping[str, Outline]

    def sums(self, cells: Sequence[str]) -> dict[str, Fraction]:
        """What some cells come to, by column."""
        numbers = [self.number_of[cell] for cell in cells]
        return {name: sum((row[k] for k in numbers), Fraction(0)) for name, row in self.columns.items()}

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each cell."""
        return {cell: number for number, cell in enumerate(self.cells)}


@dataclass(frozen=True)
class Zone:
    """A joint zone that is asked for: how much of a column of the map (None: how many cells) it has at least and at
    most; `between`: no two parties' sides touch each other."""

    at_least: Fraction
    at_most: Fraction
    of: str | None
    between: bool

    def sizes(self, ground: Ground) -> tuple[Fraction, ...]:
        """What each cell counts for, in the order of the map."""
        return ground.columns[self.of] if self.of else (Fraction(1),) * len(ground.cells)


class Territory(IssuePart):
    """Land that a line divides. A deal takes one of its lines."""

    kind: Literal["territory"]
    map: str = Field(description="The file with its cells, such as valley.geojson, found from the case file.")
    cell: str = Field(default="id", description="The property of the map that names a cell.")
    crs: str | None = Field(
        default=None, description="The coordinate system of the map where its file names none, such as EPSG:32636."
    )
    links: tuple[Cells, ...] = Field(
        default=(), description="Pairs of cells that count as neighbours across a river or strait."
    )
    fixed: dict[Cell, str] = Field(default_factory=dict, description="Cells whose side is settled: a party, or joint.")
    blocks: tuple[Cells, ...] = Field(default=(), description="Cells that stay together on one side.")
    joint: JointZone = Field(
        default=False,
        description="Whether cells may be joint; {share: 1/3} says what part of one counts for each party, "
        "by default an equal part; {at_least: 2, at_most: 6} asks for a joint zone of so many cells, or with `of` of "
        "so much of a column; with `between: true` the sides touch only that zone.",
    )
    assets: dict[str, Cell] = Field(
        default_factory=dict, description="Assets that stand on a cell and go with it; others are settled apart."
    )
    homes: dict[str, str] = Field(
        default_factory=dict, description="For each party, the column of the map that counts its people, who may move."
    )
    lines: dict[str, dict[str, Cells]] = Field(
        default_factory=dict, description="The lines on the table: for each, the cells of each party (and `joint`)."
    )

    seek: LineCount = Field(
        default=20, description="How many lines are sought at most, where none is on the table; 20 if left out."
    )

    _ground: Ground | None = PrivateAttr(default=None)
    _sought: bool = PrivateAttr(default=False)

    @property
    def ground(self) -> Ground | None:
        """What the map says, where it was read."""
        return self._ground

    @property
    def sought(self) -> bool:
        """Whether its lines were found by a search and nobody has put them on the table."""
        return self._sought

    def with_lines(self, lines: Mapping[str, Mapping[str, Cells]], *, sought: bool = False) -> Territory:
        """The territory with these lines and no others."""
        copy = self.model_copy(update={"lines": lines})
        copy._sought = sought
        return copy

    def on(self, ground: Ground) -> Territory:
        """The territory with what its map says."""
        copy = self.model_copy()
        copy._ground = ground
        return copy

    @property
    def options(self) -> tuple[Option, ...]:
        """The lines, as the options of a choice."""
        return tuple(Option.model_construct(id=line, name="") for line in self.lines)

    def option(self, option_id: str) -> Option:
        """The line of this id, as an option."""
        return next(option for option in self.options if option.id == option_id)

    @property
    def cells(self) -> Cells:
        """The cells, as far as the case names them: those of the first line, in its order."""
        first: Mapping[str, Cells] = next(iter(self.lines.values()), {})
        return tuple(cell for cells in first.values() for cell in cells)

    def joint_share(self, principals: int) -> Fraction:
        """What part of a joint cell's worth counts for each of so many parties."""
        share = self.joint.get("share") if isinstance(self.joint, dict) else None
        return share if isinstance(share, Fraction) else Fraction(1, principals)

    @property
    def zone(self) -> Zone | None:
        """The joint zone that is asked for."""
        if not isinstance(self.joint, dict) or "at_most" not in self.joint:
            return None
        said: dict[str, Any] = self.joint
        return Zone(said.get("at_least", Fraction(0)), said["at_most"], said.get("of"), said.get("between", False))

    def sides(self, line: str) -> dict[str, str]:
        """Who gets each cell by a line: {cell: party or joint}."""
        return {cell: side for side, cells in self.lines[line].items() for cell in cells}


class LandValue(Part):
    """What the cells of a territory are worth to a party, one against another. Private to that party."""

    cells: dict[Cell, Number] | None = Field(
        default=None, description="The worth of each cell, in any unit; only their proportions count."
    )
    columns: dict[str, Number] | None = Field(
        default=None, description="Or the weight of each column of the map, such as {people: 2, area_km2: 1}."
    )
    marks: dict[Cell, Number] = Field(
        default_factory=dict, description="With columns: cells that weigh more than their columns say, and by how much."
    )
