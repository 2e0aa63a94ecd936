"""`evenhand land`: commands about maps, a file each."""

from __future__ import annotations

import typer

from evenhand.cli.land_divide import divide
from evenhand.cli.land_share import share

land_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Maps: where a line could run, and who holds how much."
)
land_app.command("divide")(divide)
land_app.command("share")(share)
