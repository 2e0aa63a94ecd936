"""`evenhand doubt`: which packages survive what is not known of the parties' points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from evenhand.cli.running import Opened, console, progress, refuse, stop

if TYPE_CHECKING:
    from evenhand.deals import Deal


def doubt(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A case file (YAML or JSON).", show_default=False)],
    worlds: Annotated[int, typer.Option(help="How many possible worlds to draw.", min=100, max=1_000_000)] = 10_000,
    seed: Annotated[int, typer.Option(help="Seed of the draws: same seed, same worlds.", min=0)] = 0,
    by: Annotated[
        str, typer.Option(metavar="CRITERION", help="What is best in a world: the largest `sum` or `product` of gains.")
    ] = "sum",
    deal: Annotated[
        str | None, typer.Option(metavar="FILE", help="Also test the package in this deal file.", show_default=False)
    ] = None,
    party: Annotated[
        str | None, typer.Option("--for", metavar="PARTY", help="Show only what rests on this party's own doubt.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the view for people.")] = False,
) -> None:
    """Test packages against what the parties are not sure of, and say what to ask."""
    opened = Opened(case, as_json=as_json)
    eyes = opened.principal(party)
    given = _given(opened, deal)
    if eyes is not None:
        _show_own(opened, eyes, worlds, seed, given)
        return
    from evenhand.bargain.doubt import CRITERIA, doubt_table
    from evenhand.deals import NotDefined
    from evenhand.report.doubt import doubt_json, show_doubt
    from evenhand.report.shape import dumped

    criterion = next((known for known in CRITERIA if known == by), None)
    if criterion is None:
        refuse(f'"{by}" is not a criterion.', f"Known: {', '.join(CRITERIA)}.", as_json=as_json)
    with opened.guarded(), progress(quiet=as_json) as tell:
        try:
            table = doubt_table(opened.case, worlds=worlds, seed=seed, by=criterion, given=given, progress=tell)
        except NotDefined as reason:
            refuse(str(reason), "", as_json=as_json)
    if as_json:
        typer.echo(dumped(doubt_json(table)))
    else:
        show_doubt(console(), table)


def _given(opened: Opened, file: str | None) -> Deal | None:
    from evenhand.case import CaseError
    from evenhand.deals import load_deal

    try:
        return load_deal(opened.case, file) if file is not None else None
    except CaseError as error:
        stop(error.problems, as_json=opened.as_json)


def _show_own(opened: Opened, party: str, worlds: int, seed: int, given: Deal | None) -> None:
    from evenhand.bargain.doubt import own_outlooks
    from evenhand.deals import NotDefined
    from evenhand.report.doubt import own_doubt_json, show_own_doubt
    from evenhand.report.shape import dumped

    try:
        found = own_outlooks(opened.case, party, worlds=worlds, seed=seed, given=given)
    except NotDefined as reason:  # it rests on the party's own words alone, so it may hear it
        refuse(str(reason), "", as_json=opened.as_json)
    if opened.as_json:
        typer.echo(dumped(own_doubt_json(opened.case, party, found, worlds, seed)))
    else:
        show_own_doubt(console(), opened.case, party, found, worlds)
