"""`evenhand offers`: what was put on the table, how everybody answered, and which two offers are closest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evenhand.cli.running import Opened, console, refuse, stop

if TYPE_CHECKING:
    from evenhand.case import Case, Document


def offers(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A case file (YAML or JSON).", show_default=False)],
    add: Annotated[
        str | None,
        typer.Option(metavar="OFFER", help='Keep an offer: a file, or "ana: house=ana savings=ana:1/2,ben:1/2".'),
    ] = None,
    answer: Annotated[
        str | None,
        typer.Option(
            metavar="OFFER:PARTY=ANSWER",
            help="Keep an answer: accepted, accepted-with-conditions, refused or open.",
        ),
    ] = None,
    condition: Annotated[
        str | None, typer.Option(metavar="TEXT", help="With --answer: what it depends on; a sentence, or lease=ana.")
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="With --add or --answer: the day it was given.")
    ] = None,
    party: Annotated[
        str | None, typer.Option("--for", metavar="PARTY", help="Show only what this party may see.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of the view for people.")] = False,
) -> None:
    """Show the offers and answers so far, or keep one more in the case file."""
    opened = Opened(case, as_json=as_json)
    eyes = opened.principal(party)
    if condition is not None and answer is None:
        refuse("--condition belongs to an answer.", "Add --answer OFFER:PARTY=…", as_json=as_json)
    if on is not None and add is None and answer is None:
        refuse("--on is the day of an offer or an answer.", "Add --add or --answer.", as_json=as_json)
    if add is not None and answer is not None:
        refuse("an offer and an answer are kept one at a time.", "Give --add first, then --answer.", as_json=as_json)
    found = opened.case
    if add is not None or answer is not None:
        found = _kept(opened, add, answer, condition, on)
    _show(found, eyes, as_json=as_json)


def _kept(opened: Opened, add: str | None, answer: str | None, condition: str | None, on: str | None) -> Case:
    """The case with the offer or answer, written to its file; nothing is written where anything is wrong."""
    from evenhand.bargain.keeping import answer_from_text, condition_from_text, with_answer, with_offer
    from evenhand.case import CaseError, Mistake, save_case

    try:
        if add is not None:
            found = with_offer(opened.document, _offer(add), on)
        else:
            stated = None if condition is None else condition_from_text(condition)
            found = with_answer(opened.document, answer_from_text(str(answer)), stated, on)
        save_case(found, opened.file)
    except CaseError as error:
        stop(error.problems, as_json=opened.as_json)
    except Mistake as error:
        refuse(f"{error}.", error.mend, as_json=opened.as_json)
    except OSError as error:
        what = f"{opened.file} cannot be written ({error.strerror})."
        refuse(what, "Check that you may change it.", as_json=opened.as_json)
    if not opened.as_json:
        typer.echo(f"Kept in {opened.file}.\n")
    return found


def _offer(text: str) -> Document | dict[str, Any]:
    """An offer from a file, where there is one of this name or it is clearly meant; else written out."""
    from evenhand.bargain.keeping import offer_from_text
    from evenhand.case import read_document

    if Path(text).suffix.lower() in (".yaml", ".yml", ".json"):
        return read_document(text)
    return offer_from_text(text)


def _show(case: Case, eyes: str | None, *, as_json: bool) -> None:
    if as_json:
        from evenhand.report.shape import dumped
        from evenhand.report.shape_offers import offers_json

        typer.echo(dumped(offers_json(case, eyes)))
        return
    from evenhand.report.terminal_offers import show_offers

    show_offers(console(), case, eyes)
