"""`evenhand land share`: who holds what share of a territory, by date and source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evenhand.cli.running import console, refuse, stop, write

if TYPE_CHECKING:
    from evenhand.land.kinds import Kinds
    from evenhand.maps import Layer


def share(
    territory: Annotated[Path, typer.Option(metavar="MAP", help="The territory: all areas of this map.")],
    control: Annotated[Path, typer.Option(metavar="MAP", help="Who controls what: each area a date and source.")],
    baseline: Annotated[
        str | None,
        typer.Option(metavar="MAP", help="What was held before: a map, or a source or date of the control map."),
    ] = None,
    by: Annotated[str, typer.Option(metavar="NAMES", help="The properties that tell areas apart.")] = "date,source",
    kind: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The property that tells kinds of area; unasked `kind`, else `source`."),
    ] = None,
    count: Annotated[str, typer.Option(metavar="KINDS", help="Count only areas of these kinds as control.")] = "",
    leave_out: Annotated[str, typer.Option(metavar="KINDS", help="Do not count areas of these kinds.")] = "",
    crs: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The coordinate system of maps that name none, such as EPSG:32636."),
    ] = None,
    points: Annotated[
        Path | None, typer.Option(metavar="TABLE", help="A CSV table of places: how many lie in each area.")
    ] = None,
    sums: Annotated[str, typer.Option("--sum", metavar="NAMES", help="Columns of --points to add up.")] = "",
    districts: Annotated[
        Path | None, typer.Option(metavar="MAP", help="Break shares down by the areas of this map.")
    ] = None,
    district: Annotated[str, typer.Option(metavar="NAME", help="The property that names a district.")] = "name",
    output: Annotated[
        Path | None, typer.Option("-o", help="Also write a page with a chart over time and maps.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the view for people.")] = False,
) -> None:
    """Measure shares of a territory, with every choice behind the figures."""
    from evenhand.case import Problem
    from evenhand.land.districts import districts_of
    from evenhand.land.kinds import kinds_of
    from evenhand.land.shares import shares_of
    from evenhand.maps import MapError, read_layer, read_points
    from evenhand.report.districts import districts_json, show_districts
    from evenhand.report.shape import dumped
    from evenhand.report.shares import shares_json, show_shares

    names = _listed(by)
    try:
        held = read_layer(control, crs=crs)
        _check_names(held, (*names, *([kind] if kind else ())), as_json=as_json)
        kinds = kinds_of(held, kind, _listed(count), _listed(leave_out))
        before = _baseline(held, baseline, names, kinds, crs, as_json=as_json) if baseline else None
        places = read_points(points, _listed(sums)) if points else None
        found = shares_of(read_layer(territory, crs=crs), held, names, before, places, kinds)
        parted = None
        if districts:
            parts = read_layer(districts, crs=crs)
            _check_names(parts, (district,), as_json=as_json)
            parted = districts_of(parts, district, found)
    except MapError as error:
        stop([Problem(p.file, p.line, 0, p.path, p.what, p.mend) for p in error.problems], as_json=as_json)
    except OSError as error:
        refuse(f"{error.filename} cannot be read ({error.strerror}).", "Name a map file.", as_json=as_json)
    title = f"Shares of {territory.name}"
    if as_json:
        typer.echo(dumped(shares_json(found) | ({"districts": districts_json(parted)} if parted else {})))
    else:
        show_shares(console(), found, title)
        if parted:
            show_districts(console(), parted, found)
    if output is not None:
        from evenhand.report.shares_page import shares_page

        write(str(output), shares_page(found, title, parted), as_json=as_json)


def _listed(text: str) -> tuple[str, ...]:
    """The names in a list with commas."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _check_names(held: Layer, names: tuple[str, ...], *, as_json: bool) -> None:
    known = list(dict.fromkeys(name for row in held.properties for name in row))
    for name in names:
        if name not in known:
            refuse(f'{held.file} has no property "{name}".', f"Known: {', '.join(known)}.", as_json=as_json)
    if not names:
        refuse("--by names no property.", f"Known: {', '.join(known)}.", as_json=as_json)


def _baseline(
    held: Layer, wanted: str, names: tuple[str, ...], kinds: Kinds, crs: str | None, *, as_json: bool
) -> Layer:
    """The counted rows of the control map that go by this name, or else a map of its own."""
    from evenhand.land.kinds import counted
    from evenhand.maps import read_layer

    rows = [k for k, row in enumerate(held.properties) if wanted in (str(row.get(name)) for name in names)]
    if rows:
        picked = tuple(held.properties[k] for k in rows)
        file = f"{held.file} ({wanted})"
        return counted(replace(held, file=file, shapes=held.shapes[rows], properties=picked, notes=()), kinds)
    if not Path(wanted).exists():
        known = ", ".join(dict.fromkeys(str(row.get(name)) for row in held.properties for name in names))
        refuse(f'there is no map, date or source "{wanted}".', f"In the control map: {known}.", as_json=as_json)
    return read_layer(wanted, crs=crs)
