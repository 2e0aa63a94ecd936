"""What follows from the lines of a territory: their worth to each party, and what goes with the land.

It is computed when a case is read, and never written back. Ids made here have a dot, which no id in a file may have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from evenhand.case.model import Asset, Case, Preference, Rule
from evenhand.case.parts import JOINT
from evenhand.case.territory import Territory

CellValues = Mapping[str, Fraction]
"""The worth of each cell to one party, 0 or more; only their proportions count."""


def territories(case: Case) -> tuple[Territory, ...]:
    """The issues of the case that are territories, in its order."""
    return tuple(issue for issue in case.issues if isinstance(issue, Territory))


def with_line_values(case: Case, values: Mapping[tuple[str, str], CellValues] | None = None) -> Case:
    """The case with what each line is worth to each party, in percent of its points, and what goes with the land.

    `values` gives the worth of cells by (party, territory) where the case alone does not: where it rests on the map.
    """
    if not territories(case):
        return case
    bare = as_written_by_people(case)
    wants = {party: _valued(bare, party, values or {}) for party in bare.preferences}
    return bare.model_copy(update={"preferences": wants, "rules": (*bare.rules, *_standing(bare))})


def as_written_by_people(case: Case) -> Case:
    """The case without what `with_line_values` put in."""
    if not territories(case):
        return case
    wants = {party: _unvalued(preference) for party, preference in case.preferences.items()}
    rules = tuple(rule for rule in case.rules if "." not in rule.id)
    return case.model_copy(update={"preferences": wants, "rules": rules})


def unread_maps(case: Case) -> tuple[Territory, ...]:
    """The territories that cannot be dealt with before their map is read: no lines yet, or lines of unknown worth."""
    return tuple(t for t in territories(case) if not t.lines or any(_unknown(case, p.id, t) for p in case.principals))


def part_of_land(territory: Territory, sides: Mapping[str, str], party: str, values: CellValues, n: int) -> Fraction:
    """What part of the land's worth a party gets where `sides` says who gets each cell, among n principals."""
    share = territory.joint_share(n)
    own = sum((values[cell] for cell, side in sides.items() if side == party), Fraction(0))
    joint = sum((values[cell] for cell, side in sides.items() if side == JOINT), Fraction(0))
    return (own + share * joint) / sum(values.values(), Fraction(0))


def _unknown(case: Case, party: str, territory: Territory) -> bool:
    preference = case.preferences.get(party)
    return preference is not None and territory.id not in preference.values


def _valued(case: Case, party: str, given: Mapping[tuple[str, str], CellValues]) -> Preference:
    preference, n = case.preferences[party], len(case.principals)
    values = dict(preference.values)
    for territory in territories(case):
        land = preference.land.get(territory.id)
        cells = given.get((party, territory.id)) or (land.cells if land else None)
        if cells:
            values[territory.id] = {
                line: 100 * part_of_land(territory, territory.sides(line), party, cells, n) for line in territory.lines
            }
    return preference.model_copy(update={"values": values}) if values != preference.values else preference


def _unvalued(preference: Preference) -> Preference:
    values = {issue: found for issue, found in preference.values.items() if issue not in preference.land}
    return preference.model_copy(update={"values": values}) if values != preference.values else preference


def _standing(case: Case) -> Iterator[Rule]:
    for territory in territories(case):
        for asset in territory.assets:
            yield from _goes_with_its_cell(case, territory, asset)


def _goes_with_its_cell(case: Case, territory: Territory, asset: str) -> Iterator[Rule]:
    """Whoever gets the cell gets the asset; on a joint cell it is joint where it may be, else settled apart."""
    thing, cell = case.issue(asset), territory.assets[asset]
    assert isinstance(thing, Asset)
    joint = (JOINT,) if thing.joint else ()
    for side in (*(party.id for party in case.principals), *joint):
        lines = tuple(line for line in territory.lines if territory.sides(line)[cell] == side)
        if lines:
            yield Rule.model_construct(
                id=f"{territory.id}.{asset}.{side}",
                kind="linkage",
                if_={territory.id: lines},
                then={asset: (side,)},
                why=f"{thing.label} stands on {cell} and goes with it.",
            )
