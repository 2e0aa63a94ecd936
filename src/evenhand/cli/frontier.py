"""`evenhand frontier`: every efficient package of a case."""

from __future__ import annotations

import sys
from time import process_time
from typing import Annotated

import typer

from evenhand.cli.running import Opened, console, progress, refuse


def frontier(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A case file (YAML or JSON).", show_default=False)],
    all_deals: Annotated[bool, typer.Option("--all", help="Also what is worse than no deal for somebody.")] = False,
    limit: Annotated[int, typer.Option(help="How many packages to show (--json has all).", min=2, max=1000)] = 10,
    deals_of: Annotated[
        int | None,
        typer.Option("--deals", metavar="NUMBER", help="Every deal worth what the package of this number is.", min=1),
    ] = None,
    time: Annotated[
        float | None, typer.Option(help="Limit in CPU seconds; then a part of them, with its gap.", min=0.05, max=1e6)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the view for people.")] = False,
) -> None:
    """List every efficient package: none is better for somebody and worse for nobody. For the mediator."""
    opened = Opened(case, as_json=as_json)
    from evenhand.bargain.frontier import frontier_of
    from evenhand.deals import NotDefined
    from evenhand.report.frontier import deals_json, frontier_json, show_deals, show_frontier
    from evenhand.solve import Limits

    limits = Limits(time)
    try:
        with progress(quiet=as_json) as tell:
            found = frontier_of(opened.case, all_deals=all_deals, limits=limits, progress=tell)
    except NotDefined as reason:
        refuse(str(reason), "", as_json=as_json)
    if deals_of is not None and deals_of > len(found):
        refuse(f"there is no package {deals_of}.", f"They have the numbers 1 to {len(found)}.", as_json=as_json)
    if deals_of is not None and as_json:
        sys.stdout.writelines(deals_json(found, deals_of - 1))
        typer.echo()
    elif deals_of is not None:
        show_deals(console(), found, deals_of - 1, limit)
    elif as_json:
        sys.stdout.writelines(frontier_json(found, process_time() - limits.started))
        typer.echo()
    else:
        show_frontier(console(), found, limit)
